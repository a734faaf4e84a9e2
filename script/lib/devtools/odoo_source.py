"""Where Odoo comes from: ODOO_HOME, an importable one, or Debian's package."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
from dataclasses import dataclass
from pathlib import Path

from . import apt
from .console import warn
from .errors import Problem
from .layout import Layout
from .steps import Step, remove

SERIES = "19.0"
PACKAGE = "odoo-19"
PINNED = "19.0.0+dfsg-1"
PINNED_SHA256 = "9d2f598b0555db17e291d48ed24df184c70823c053c4c5ed53c467ca7f629bbf"
# What the package's symbolic links point to. Font Awesome must be 4.7: newer suites
# have a version without the files that Odoo uses.
COMPANIONS = (
    "fonts-montserrat/sid",
    "fonts-roboto-unhinted/sid",
    "fonts-glyphicons-halflings/sid",
    "fonts-ocr-b/sid",
    "libjs-jquery/sid",
    "libjs-jquery-form/sid",
    "libjs-underscore/sid",
    "fonts-font-awesome/bookworm",
    "fonts-inconsolata/bookworm",
)
LANGUAGES = ("nl", "fr", "de")
# Debian leaves this library out (its licence); without the file every page of the
# backend logs an error and every browser test fails.
STUB = "odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"
STUB_TEXT = "// Left out by Debian: video calls cannot blur the background.\n"


@dataclass(frozen=True)
class OdooSource:
    """An Odoo: what to put on PYTHONPATH, and the version."""

    root: Path
    version: str

    @property
    def addons_path(self) -> list[Path]:
        """Return the folders with Odoo's own add-ons."""
        places = (self.root / "odoo" / "addons", self.root / "addons")
        return [
            place
            for place in places
            if place.is_dir() and any(place.glob("*/__manifest__.py"))
        ]


def find(layout: Layout) -> OdooSource:
    """Return the Odoo to work with; get it from Debian when there is none."""
    named = os.environ.get("ODOO_HOME")
    if named:
        return read(Path(named).expanduser().absolute(), "ODOO_HOME")
    importable = _importable()
    if importable:
        return importable
    root = layout.odoo / "usr/lib/python3/dist-packages"
    step = Step(
        layout,
        "odoo",
        f"Odoo {SERIES} (Debian's package, about 125 MB)",
        ["1", PACKAGE, PINNED, *COMPANIONS, *LANGUAGES],
        layout.odoo,
        needs_mb=1500,
    )
    step.ensure(lambda place: _from_debian(layout, place))
    return read(root, "the unpacked package")


def read(root: Path, origin: str) -> OdooSource:
    """Return the Odoo in a folder, if it is one of our series."""
    for candidate in (root, root / "usr/lib/python3/dist-packages", root.parent):
        release = candidate / "odoo" / "release.py"
        if release.is_file():
            break
    else:
        raise Problem(
            f"{origin} names {root}, where there is no Odoo (odoo/release.py): let it"
            f" name the folder that holds the Python package odoo of version {SERIES}."
        )
    version = release_version(release.read_text(errors="replace"))
    if version != SERIES:
        raise Problem(
            f"{origin} names an Odoo {version} in {candidate}; this project needs"
            f" {SERIES}: name another folder, or unset it to have {SERIES} fetched."
        )
    return OdooSource(candidate, version)


def release_version(text: str) -> str:
    """Return 'MAJOR.MINOR' out of the text of odoo/release.py."""
    match = re.search(r"^version_info\s*=\s*\(\s*([^,]+),\s*(\d+)", text, re.MULTILINE)
    if not match:
        return "of an unknown version"
    return f"{match[1].strip().strip(chr(39) + chr(34))}.{match[2]}"


def _importable() -> OdooSource | None:
    """Return the Odoo that our own interpreter could import (as in a container)."""
    try:
        spec = importlib.util.find_spec("odoo")
    except (ImportError, ValueError):
        return None
    for place in (spec and spec.submodule_search_locations) or ():
        release = Path(place) / "release.py"
        if release.is_file():
            version = release_version(release.read_text(errors="replace"))
            if version == SERIES:
                return OdooSource(Path(place).parent, version)
            warn(f"the installed Odoo is {version}, not {SERIES}: leaving it alone")
    return None


def _from_debian(layout: Layout, place: Path) -> None:
    work = layout.cache / "apt"
    debian = apt.open_debian(work)
    versions = [v for v in debian.versions(PACKAGE) if v.startswith(f"{SERIES}.")]
    if not versions:
        raise Problem(
            f"Debian no longer offers Odoo {SERIES}: get it from its makers and let"
            " ODOO_HOME name its folder (see README.md, 'Where Odoo comes from')."
        )
    version = PINNED if PINNED in versions else versions[0]
    if version != PINNED:
        warn(f"Debian's Odoo is now {version}; the project was tested with {PINNED}")
    main = debian.download([f"{PACKAGE}={version}"], work / "odoo")[0]
    if version == PINNED:
        check_sha256(main, PINNED_SHA256)
    # Of the 1.2 GB, 0.9 are translations.
    apt.unpack(
        main, place, "--exclude=*.po", "--exclude=*.pot", "--exclude=./usr/share/man"
    )
    wanted = [f"*/i18n/{language}.po" for language in LANGUAGES]
    apt.unpack(main, place, "--wildcards", *wanted)
    for package in debian.download(COMPANIONS, work / "companions"):
        apt.unpack(package, place)
    stub = place / "usr/lib/python3/dist-packages" / STUB
    if not stub.exists():
        stub.parent.mkdir(parents=True, exist_ok=True)
        stub.write_text(STUB_TEXT)
    remove(work)


def check_sha256(path: Path, expected: str) -> None:
    """Refuse, and remove, a download that is not what was published."""
    total = hashlib.sha256()
    with path.open("rb") as handle:
        while block := handle.read(2**20):
            total.update(block)
    if total.hexdigest() != expected:
        path.unlink()
        raise Problem(
            f"The download of {path.name} is incomplete or not the published file; it"
            " was removed: run again to download it anew."
        )
