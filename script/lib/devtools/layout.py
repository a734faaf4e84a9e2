"""Where everything lies."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

MARKER = ".made-by-career-guidance"


@dataclass(frozen=True)
class Layout:
    """The folders of one checkout.

    ``root`` is the checkout. ``home`` is the one folder for everything that is
    made: ``.career`` in the checkout, or what CAREER_HOME names, which several
    checkouts may share. What depends on the checkout (settings, databases, logs)
    then carries the checkout's name: ``suffix``.
    """

    root: Path
    home: Path

    @classmethod
    def find(cls, root: Path | None = None) -> Layout:
        """Return the layout of the checkout that this file belongs to."""
        root = root or Path(__file__).resolve().parents[3]
        named = os.environ.get("CAREER_HOME")
        home = Path(named).expanduser().absolute() if named else root / ".career"
        return cls(root, home)

    @property
    def suffix(self) -> str:
        """Return '' for a set-up of our own, else what tells checkouts apart."""
        if self.home == self.root / ".career":
            return ""
        name = re.sub(r"[^a-z0-9]+", "_", self.root.name.lower())[:20].strip("_")
        return f"_{name}_{hashlib.sha256(str(self.root).encode()).hexdigest()[:4]}"

    @property
    def work(self) -> Path:
        """Return the folder for what belongs to this checkout alone."""
        return (
            self.home / "checkouts" / self.suffix.strip("_")
            if self.suffix
            else self.home
        )

    @property
    def addons(self) -> Path:
        return self.root / "addons"

    @property
    def odoo(self) -> Path:
        return self.home / "odoo"

    @property
    def venv(self) -> Path:
        return self.home / "venv"

    @property
    def python(self) -> Path:
        return self.venv / "bin" / "python"

    @property
    def stamps(self) -> Path:
        return self.home / "stamps"

    @property
    def cache(self) -> Path:
        return self.home / "cache"

    @property
    def peers(self) -> Path:
        return self.home / "peers"

    @property
    def node(self) -> Path:
        return self.home / "node"

    @property
    def data(self) -> Path:
        """Odoo's data folder: one for all databases of the server."""
        return self.home / "data"

    @property
    def logs(self) -> Path:
        return self.work / "logs"

    def create(self) -> None:
        """Make ``home``; mark it as ours, so that --clean removes nothing else."""
        if not self.home.exists():
            self.home.mkdir(parents=True)
            (self.home / MARKER).touch()
        elif not (self.home / MARKER).exists():
            if any(self.home.iterdir()):
                raise_foreign(self.home)
            (self.home / MARKER).touch()
        for folder in (self.work, self.logs, self.stamps, self.cache):
            folder.mkdir(parents=True, exist_ok=True)


def raise_foreign(home: Path) -> None:
    """Refuse a folder with somebody else's files."""
    from .errors import Problem

    raise Problem(
        f"{home} holds files that this project did not make: empty it, or let"
        " CAREER_HOME name another folder."
    )
