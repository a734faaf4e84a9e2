"""The virtual environment with the pinned Python packages."""

from __future__ import annotations

import importlib.util
import os
import platform
import subprocess
import sys
from pathlib import Path

from . import apt
from .commands import is_root, run, system_install
from .console import warn
from .errors import Problem
from .layout import Layout
from .steps import Step, remove

UV = "uv==0.13.9"
OUR_SETTINGS = ("PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "VIRTUAL_ENV")


def ensure(layout: Layout) -> None:
    """Make the environment in which Odoo runs."""
    requirements = layout.root / "requirements.txt"
    check_interpreter()
    step = Step(
        layout,
        "venv",
        "Python packages for Odoo",
        ["2", platform.machine(), UV, requirements],
        layout.python,
        needs_mb=1000,
    )
    if step.is_done() and not _runs(layout.python):
        step.stamp.unlink()  # the interpreter beneath it was removed
    step.ensure(lambda _place: _create(layout, requirements), in_place=True)


def ensure_tests(layout: Layout) -> None:
    """Add what the tests and linters need."""
    ensure(layout)
    requirements = [
        layout.root / "requirements.txt",
        layout.root / "test-requirements.txt",
    ]
    base = (layout.stamps / "venv").read_text()
    step = Step(
        layout,
        "venv-tests",
        "Python packages for the tests",
        ["1", base, *requirements],
        layout.python,
        needs_mb=500,
    )
    step.ensure(lambda _place: install(layout, requirements), in_place=True)


def check_interpreter() -> None:
    """Odoo 19 runs on Python 3.10-3.13; the wrappers look for one, CI may not."""
    if not (3, 10) <= sys.version_info[:2] <= (3, 13):
        raise Problem(
            f"Python {platform.python_version()} does not run Odoo 19: let"
            " CAREER_PYTHON name a Python 3.10, 3.11, 3.12 or 3.13."
        )


def environment(layout: Layout) -> dict[str, str]:
    """Return the surroundings in which the environment's programs run."""
    env = {key: value for key, value in os.environ.items() if key not in OUR_SETTINGS}
    env["UV_CACHE_DIR"] = str(layout.cache / "uv")
    env["PIP_CACHE_DIR"] = str(layout.cache / "pip")
    env["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"
    env["PYTHONPYCACHEPREFIX"] = str(layout.cache / "pycache")
    env["UV_SYSTEM_CERTS"] = "1"
    env["UV_NO_PROGRESS"] = "1"
    return env


def install(layout: Layout, requirements: list[Path]) -> None:
    """Install pinned packages: with uv, and where that fails with pip.

    uv is about ten times faster; pip knows the settings (mirror, certificates) that
    the machine's administrator may have made for it.
    """
    env = environment(layout)
    files = [part for path in requirements for part in ("-r", str(path))]
    command = [
        layout.python,
        "-m",
        "uv",
        "pip",
        "install",
        "--quiet",
        "--python",
        layout.python,
    ]
    try:
        run([*command, *files], "installing Python packages with uv", env=env)
    except Problem as problem:
        warn(f"{problem} Trying with pip …")
        run(
            [layout.python, "-m", "pip", "install", "--quiet", *files],
            "installing Python packages with pip",
            env=env,
        )


def _runs(python: Path) -> bool:
    try:
        done = subprocess.run(
            [python, "-I", "-c", ""], capture_output=True, check=False
        )
    except OSError:
        return False
    return done.returncode == 0


def _create(layout: Layout, requirements: Path) -> None:
    remove(layout.venv)
    (layout.stamps / "venv-tests").unlink(missing_ok=True)
    env = environment(layout)
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    missing = [m for m in ("venv", "ensurepip") if not importlib.util.find_spec(m)]
    if missing and is_root():
        # Debian and Ubuntu keep these in a package of their own.
        system_install([f"python{version}-venv"], "making a virtual environment")
        importlib.invalidate_caches()
        missing = []
    if "venv" in missing:
        raise Problem(
            "This Python cannot make virtual environments: install the system's package"
            f" python{version}-venv (or python3-venv)."
        )
    command = [sys.executable, "-m", "venv", layout.venv]
    if missing:
        run([*command, "--without-pip"], "making a virtual environment", env=env)
        _install_pip(layout)
    else:
        run(command, "making a virtual environment", env=env)
    run(
        [layout.python, "-m", "pip", "install", "--quiet", UV],
        "installing the package installer",
        env=env,
    )
    install(layout, [requirements])


def _install_pip(layout: Layout) -> None:
    """Take pip out of Debian's package of it; needs no rights."""
    work = layout.cache / "pip-wheel"
    remove(work)
    try:
        package = apt.open_debian(work).download(
            ["python3-pip-whl/sid"], work / "debs"
        )[0]
    except Problem as problem:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise Problem(
            f"This Python comes without pip: install the system's package"
            f" python{version}-venv (or python3-venv).",
            f"{problem}\n{problem.detail}",
        ) from problem
    apt.unpack(package, work / "root")
    wheel = next((work / "root").glob("usr/share/python-wheels/pip-*.whl"))
    run(
        [layout.python, wheel / "pip", "install", "--quiet", "--no-index", wheel],
        "installing pip",
        env=environment(layout),
    )
    remove(work)
