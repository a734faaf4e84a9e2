"""Steps that are done once, never half, and again when what they depend on changes."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from .console import say, step
from .errors import Problem
from .layout import Layout


def digest(*inputs: str | bytes | Path) -> str:
    """Return a fingerprint of texts and of files' contents."""
    total = hashlib.sha256()
    for item in inputs:
        data = item.read_bytes() if isinstance(item, Path) else item
        data = data.encode() if isinstance(data, str) else data
        total.update(len(data).to_bytes(8, "big") + data)
    return total.hexdigest()


@contextmanager
def lock(layout: Layout, name: str = "setup") -> Iterator[None]:
    """Let one process at a time in; the system frees the lock of a dead one."""
    layout.create()
    with open(layout.home / f"{name}.lock", "w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"another run holds the lock '{name}': waiting for it …")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


class Step:
    """One result of the set-up: a folder, and the fingerprint of its inputs.

    The stamp is written last. Without it, or with another fingerprint in it, the
    folder counts as absent and is made anew.
    """

    def __init__(
        self,
        layout: Layout,
        name: str,
        title: str,
        inputs: Iterable[str | bytes | Path],
        target: Path,
        *,
        needs_mb: int = 0,
    ) -> None:
        self.layout = layout
        self.title = title
        self.target = target
        self.fingerprint = digest(*inputs)
        self.stamp = layout.stamps / name
        self.needs_mb = needs_mb

    def is_done(self) -> bool:
        """Return whether the result is there and made from the present inputs."""
        try:
            return self.stamp.read_text() == self.fingerprint and self.target.exists()
        except OSError:
            return False

    def ensure(self, build: Callable[[Path], None], *, in_place: bool = False) -> None:
        """Make the result unless it is there.

        ``build`` is given an empty folder beside the target, which is moved to its
        place when it is complete. What cannot be moved is built ``in_place``: there
        the missing stamp alone protects from a half-made result.
        """
        if self.is_done():
            return
        with lock(self.layout):
            if self.is_done():  # by the run that we waited for
                return
            check_space(self.layout.home, self.needs_mb)
            with step(self.title):
                self.stamp.unlink(missing_ok=True)
                place = self.target
                if not in_place:
                    place = self.target.with_name(f"{self.target.name}.part")
                    remove(place)
                    place.mkdir(parents=True)
                build(place)
                if not in_place:
                    remove(self.target)
                    place.rename(self.target)
                write(self.stamp, self.fingerprint)


def write(path: Path, text: str) -> None:
    """Write a file so that no reader ever sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)


def remove(path: Path) -> None:
    """Remove a file or folder if there is one."""
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path)


def check_space(folder: Path, needs_mb: int) -> None:
    """Refuse to begin what cannot end."""
    free = shutil.disk_usage(folder).free // 2**20
    if free < needs_mb:
        raise Problem(
            f"The disk of {folder} has {free} MB free and this step needs about"
            f" {needs_mb} MB: free some space, or let CAREER_HOME name another folder."
        )
