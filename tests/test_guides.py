"""The guides name buttons, menus and pages as the screen does, and show them.

In the guides a label of the screen is bold (or, as a path of menus, in italics with
" > " between); other stress is in small letters or ends with a full stop.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from devtools import screenshots
from test_browser_roles import GUIDES as ON_SCREENS

polib = pytest.importorskip("polib")

ROOT = Path(__file__).resolve().parents[1]
GUIDES = (
    "user-guide",
    "administrator-guide",
    "conversation",
    "cycle",
    "mobility",
    "personal-page",
    "plan",
    "privacy-and-retention",
)
# labels of Odoo itself
ODOO = {
    "New",
    "Employees",
    "Work",
    "Manager",
    "Settings",
    "Users",
    "Users & Companies",
    "User",
    "Languages",
    "Apps",
    "Update Apps List",
    "Scheduled actions",
    "Import records",
    "Skill Types",
    "Groups",
    "Save & Close",
    "Test",
    "View",
}
BOLD = re.compile(r"\*\*([^*]+)\*\*")
PATH = re.compile(r"(?<!\*)\*([^*\n][^*]*? > [^*]*)\*(?!\*)")


def flat(text: str) -> str:
    """Return a term as it shows: without tags, on one line, without an end mark."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", text)).strip(" :.…?")


@pytest.fixture(scope="module")
def labels() -> set[str]:
    """Return what our screens say, in English."""
    files = sorted(ROOT.glob("addons/*/i18n/*.pot"))
    return {flat(entry.msgid) for path in files for entry in polib.pofile(str(path))}


def named(text: str) -> set[str]:
    """Return the labels that a guide names."""
    bold = {" ".join(found.split()) for found in BOLD.findall(text)}
    bold = {found for found in bold if found[0].isupper() and found[-1] != "."}
    paths = {" ".join(found.split()) for found in PATH.findall(text)}
    return {flat(part) for found in bold | paths for part in re.split(" [>/] ", found)}


@pytest.mark.parametrize("guide", GUIDES)
def test_labels_exist(guide, labels):
    """A button, menu or page that a guide names is called so."""
    found = named((ROOT / "docs" / f"{guide}.md").read_text(encoding="utf-8"))
    assert found, "no label found: is this still a guide?"
    assert found - labels - ODOO == set()


def test_a_wrong_label_is_found(labels):
    """The test notices a button that is not there, also in a path of menus."""
    text = "Press **Make a\nplan**, **Make a pie**, in *Offer > Cookery*. **Note.**"
    assert named(text) == {"Make a plan", "Make a pie", "Offer", "Cookery"}
    assert named(text) - labels - ODOO == {"Make a pie", "Cookery"}


# ---------------------------------------------------------------------------- pictures
IMAGES = ROOT / "docs" / "images"
SHOWN = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)")
# GitHub shows larger ones too, but who reads a guide on a train waits for them
LIMIT = 200_000


def shown(pages: Iterable[Path]) -> dict[Path, list[str]]:
    """Return the pictures that pages of ours show, each with its texts."""
    found: dict[Path, list[str]] = {}
    for page in pages:
        for text, address in SHOWN.findall(page.read_text(encoding="utf-8")):
            if "://" not in address:
                found.setdefault((page.parent / address).resolve(), []).append(text)
    return found


def test_pictures_are_shown():
    """Each picture that a page shows is there, and says what it is; none is left."""
    pages = [
        *ROOT.glob("*.md"),
        *ROOT.glob("docs/*.md"),
        *ROOT.glob("addons/*/readme/*"),
    ]
    found = shown(pages)
    assert len(found) > 50, "no pictures found: is this still how a guide shows them?"
    assert {path.name for path in found if not path.is_file()} == set()
    assert {path.name for path in IMAGES.iterdir() if path not in found} == set()
    assert {
        p.name for p, texts in found.items() if not all(map(str.strip, texts))
    } == set()


def test_pictures_are_small():
    """No picture is too heavy for a guide."""
    heavy = {p.name for p in IMAGES.iterdir() if p.stat().st_size > LIMIT}
    assert heavy == set()


def test_pictures_are_made():
    """No picture is made by hand: what `script/screenshots` runs takes it."""
    code = [(ROOT / "tests" / n).read_text(encoding="utf-8") for n in screenshots.TESTS]
    taken = set(re.findall(r'picture\(\s*\w+,\s*"([\w-]+)"', "".join(code)))
    taken |= set(ON_SCREENS.values())
    assert {path.name for path in IMAGES.iterdir() if path.stem not in taken} == set()


def test_a_picture_that_is_missing_is_found(tmp_path):
    """The tests notice a picture that is not there, or has no text."""
    page = tmp_path / "guide.md"
    page.write_text("![ ](images/none.png)\n[![Badge](https://x.org/a.svg)](x)\n")
    assert shown([page]) == {(tmp_path / "images" / "none.png").resolve(): [" "]}
