"""Running other programs, and saying in one sentence why one failed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from .errors import Problem

NO_NETWORK = re.compile(
    r"temporary failure (in name resolution|resolving)|could not resolve"
    r"|name or service not known|no address associated|network is unreachable"
    r"|connection (refused|timed out|reset)|could not connect|cannot initiate the"
    r"|failed to establish a new connection|dns error|error sending request"
    r"|EAI_AGAIN|ENOTFOUND|ECONNREFUSED|ETIMEDOUT|unable to connect|no route to host",
    re.IGNORECASE,
)
DISK_FULL = re.compile(
    r"no space left on device|ENOSPC|disk quota exceeded|os error 28", re.IGNORECASE
)


def explain(what: str, output: str) -> str:
    """Return one sentence that says why ``what`` failed and what to do."""
    if DISK_FULL.search(output):
        return f"{what} failed because the disk is full: free some space and run again."
    if NO_NETWORK.search(output):
        return (
            f"{what} failed because the network did not answer: check the connection"
            " (or the proxy settings) and run again; what was finished is kept."
        )
    return f"{what} failed; its last lines are above."


def run(
    arguments: Sequence[str | Path],
    what: str,
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | str | None = None,
    log: Path | None = None,
    stdin: str | None = None,
    pipe: IO[bytes] | None = None,
    **options: Any,
) -> str:
    """Run a program, return its output; a failure becomes a :class:`Problem`.

    The output (both streams) also goes to ``log`` when one is named. Input is a text
    (``stdin``), a file (``pipe``) or nothing.
    """
    source: dict[str, Any]
    source = (
        {"stdin": pipe or subprocess.DEVNULL} if stdin is None else {"input": stdin}
    )
    try:
        done = subprocess.run(
            [str(argument) for argument in arguments],
            env=env,
            cwd=cwd,
            **source,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
            **options,
        )
    except FileNotFoundError as error:
        raise Problem(
            f"{what} needs the program {error.filename}: install it."
        ) from None
    except PermissionError as error:
        raise Problem(
            f"{what} could not run {error.filename}: {error.strerror}."
        ) from None
    if log:
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text(done.stdout, encoding="utf-8")
    if done.returncode:
        tail = "\n".join(done.stdout.strip().splitlines()[-25:])
        raise Problem(explain(what, done.stdout), tail)
    return done.stdout


def is_root() -> bool:
    """Return whether we are the superuser."""
    return os.geteuid() == 0


def system_install(packages: Sequence[str], what: str) -> None:
    """Install packages of the system; only root may, and only where apt is."""
    if not is_root() or not shutil.which("apt-get"):
        names = " ".join(packages)
        raise Problem(
            f"{what} needs the system's packages: {names}. Please install them."
        )
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    # A list of one broken third party must not keep us from the others.
    subprocess.run(
        ["apt-get", "update", "-q"],
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    run(
        ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages],
        what,
        env=env,
    )
