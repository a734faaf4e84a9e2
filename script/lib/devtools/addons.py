"""The project's add-ons: which there are, and which can be installed here."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from .errors import Problem
from .layout import Layout
from .odoo_source import OdooSource
from .steps import digest

# What changes nothing in a database does not make a database outdated.
NO_DATA = ("tests", "readme", "static/description", "static/tests", "__pycache__")
# Odoo's own that a company of this kind has; they make the demo look like one.
COMPANY = ("hr_org_chart",)


@dataclass(frozen=True)
class Addon:
    """One add-on of the project."""

    path: Path
    manifest: dict

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def depends(self) -> list[str]:
        return self.manifest.get("depends", ["base"])

    def fingerprint(self) -> str:
        """Return a digest of all files that end up in a database."""
        parts: list[str | Path] = []
        for path in sorted(self.path.rglob("*")):
            relative = path.relative_to(self.path).as_posix()
            skipped = any(f"/{part}/" in f"/{relative}/" for part in NO_DATA)
            if path.is_file() and not skipped and path.suffix != ".pyc":
                parts += [relative, path]
        return digest(*parts)


def discover(folder: Path) -> dict[str, Addon]:
    """Return the add-ons in a folder, by name."""
    found = {}
    for manifest in sorted(folder.glob("*/__manifest__.py")):
        try:
            values = ast.literal_eval(manifest.read_text(encoding="utf-8"))
        except (ValueError, SyntaxError) as error:
            raise Problem(
                f"{manifest} is not a manifest that can be read: {error}."
            ) from None
        found[manifest.parent.name] = Addon(manifest.parent, values)
    return found


def installable(
    layout: Layout, source: OdooSource, folders: Iterable[Path] = ()
) -> tuple[list[Addon], dict[str, str]]:
    """Return the add-ons that can be installed here, and why the others cannot.

    An add-on whose dependency cannot be had (Odoo Enterprise) is left out: Odoo would
    leave it 'to install' for ever and exit with 0.
    """
    ours = discover(layout.addons)
    available = set(ours)
    for folder in [*source.addons_path, layout.peers, *folders]:
        if folder.is_dir():
            available |= {path.parent.name for path in folder.glob("*/__manifest__.py")}
    left_out: dict[str, str] = {}
    while True:
        for addon in ours.values():
            if addon.name in left_out:
                continue
            if not addon.manifest.get("installable", True):
                left_out[addon.name] = "its manifest says that it is not installable"
            gone = [d for d in addon.depends if d not in available or d in left_out]
            if gone:
                left_out[addon.name] = f"it needs {', '.join(gone)}, not available here"
                break
        else:
            return [a for a in ours.values() if a.name not in left_out], left_out


def foundation(addons: Iterable[Addon], extra: Iterable[str] = COMPANY) -> list[str]:
    """Return what is not ours and comes first: the dependencies and the company."""
    addons = list(addons)
    names = {addon.name for addon in addons}
    return sorted({d for addon in addons for d in addon.depends} - names | set(extra))


def extra_folders() -> list[Path]:
    """Return the folders that ODOO_EXTRA_ADDONS names (by comma)."""
    folders = []
    for item in os.environ.get("ODOO_EXTRA_ADDONS", "").split(","):
        if not item.strip():
            continue
        folder = Path(item.strip()).expanduser().absolute()
        if not folder.is_dir():
            raise Problem(
                f"ODOO_EXTRA_ADDONS names {folder}, which is not a folder: name folders"
                " that contain add-ons, separated by commas."
            )
        if not any(folder.glob("*/__manifest__.py")):
            raise Problem(
                f"ODOO_EXTRA_ADDONS names {folder}, in which there is no add-on: name"
                " the folder above the add-ons, not an add-on itself."
            )
        folders.append(folder)
    return folders
