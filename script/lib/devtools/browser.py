"""Chromium, for the tests that look at pages."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess

from .commands import is_root, system_install
from .console import step, warn
from .errors import Problem

NAMES = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser")
LIBRARY = "libatomic.so.1"
PACKAGES = ("chromium", "libatomic1")
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
    if path and has_library():
        return path
    if is_root() and shutil.which("apt-get"):
        try:
            with step("Chromium (for the browser tests)"):
                system_install(PACKAGES, "installing Chromium")
        except Problem as problem:
            warn(str(problem))
    path = find()
    if path and not has_library():
        warn(f"{LIBRARY} is missing (package {PACKAGES[1]}): no browser tests")
        return ""
    return path


def has_library() -> bool:
    """Return whether Playwright, which drives Chromium, finds its library."""
    try:
        ctypes.CDLL(LIBRARY)
    except OSError:
        return False
    return True


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
