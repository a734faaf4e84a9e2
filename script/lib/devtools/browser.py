"""Chromium, for the tests that look at pages."""

from __future__ import annotations

import os
import shutil
import subprocess

from .commands import is_root, system_install
from .console import step, warn
from .errors import Problem

NAMES = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser")
# Without these Chromium calls out at every start.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def find() -> str:
    """Return a Chromium that really runs (some systems have only a stub), or ''."""
    for name in (os.environ.get("CAREER_CHROMIUM", ""), *NAMES):
        path = name and shutil.which(name)
        if path and _runs(path):
            return path
    return ""


def ensure() -> str:
    """Return a Chromium; root installs a missing one. '' when there is none."""
    path = find()
    if path or not is_root() or not shutil.which("apt-get"):
        return path
    try:
        with step("Chromium (for the browser tests)"):
            system_install(["chromium"], "installing Chromium")
    except Problem as problem:
        warn(str(problem))
    return find()


def _runs(path: str) -> bool:
    try:
        done = subprocess.run(
            [path, "--version"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=60,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 and b"hrom" in done.stdout
