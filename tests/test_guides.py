"""The guides name buttons, menus and pages as the screen does.

In the guides a label of the screen is bold (or, as a path of menus, in italics with
" > " between); other stress is in small letters or ends with a full stop.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

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
    "HR settings",
    "HR Settings",
    "Languages",
    "Apps",
    "Update Apps List",
    "Scheduled actions",
    "Import records",
    "Skill Types",
    "Groups",
    "Save & Close",
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
