"""Every term of every add-on is translated, and the files match the code."""

from __future__ import annotations

import json
from pathlib import Path

import po_tools
import polib
import pytest
from devtools import i18n
from devtools.addons import discover
from devtools.layout import Layout

ADDONS = discover(Layout.find().addons)
SAME = json.loads((Path(__file__).parent / "same_terms.json").read_text())
FILES = [
    pytest.param(addon.path / "i18n" / f"{language}.po", id=f"{name}-{language}")
    for name, addon in ADDONS.items()
    for language in i18n.LANGUAGES
]


@pytest.fixture(scope="module")
def exported(databases, tmp_path_factory) -> Path:
    """Return the folder with what the code exports now."""
    folder = tmp_path_factory.mktemp("i18n") / "pot"
    i18n.export(databases, [addon.name for addon in databases.addons], folder)
    return folder


def terms(path: Path) -> set[str]:
    """Return the terms of a file."""
    return {entry.msgid for entry in polib.pofile(str(path)) if not entry.obsolete}


@pytest.mark.parametrize("name", list(ADDONS))
def test_the_template_is_what_the_code_exports(name, databases, exported):
    """A term that was added or changed is in the committed template."""
    path = ADDONS[name].path / "i18n" / f"{name}.pot"
    assert path.exists(), f"{path} is missing: run script/i18n"
    if name in databases.left_out:
        return  # cannot be installed here, so its template is kept by hand
    now, committed = terms(exported / f"{name}.pot"), terms(path)
    assert now - committed == set(), "run script/i18n: these terms are new"
    assert committed - now == set(), "run script/i18n: these terms are gone"


@pytest.mark.parametrize("path", FILES)
def test_every_term_is_translated(path):
    """No term is missing or doubtful, and placeholders and tags are kept.

    A term that is the same word in the language is left empty, as the OCA does; each is
    named in ``same_terms.json``, so that nothing is empty by oversight.
    """
    assert path.exists(), f"{path} is missing: run script/i18n"
    same = {f"missing: {term!r}" for term in SAME[path.stem]}
    found = po_tools.complaints(polib.pofile(str(path)))
    assert [complaint for complaint in found if complaint not in same] == []


@pytest.mark.parametrize("path", FILES)
def test_the_languages_have_the_terms_of_the_template(path):
    """Files and template were merged."""
    template = path.parent / f"{path.parents[1].name}.pot"
    assert terms(path) == terms(template), "run script/i18n"


def test_merging_keeps_translations_and_guesses_nothing(tmp_path):
    """Old terms go, new ones are empty, kept ones keep their translation."""
    template = polib.POFile()
    template.append(polib.POEntry(msgid="Plan", occurrences=[("b.py", "")]))
    template.append(polib.POEntry(msgid="Plans of %(name)s"))
    path = tmp_path / "nl.po"
    old = polib.POFile()
    old.append(polib.POEntry(msgid="Plan", msgstr="Plan!", occurrences=[("a.py", "")]))
    old.append(polib.POEntry(msgid="Plans of", msgstr="Plannen van"))
    old.save(str(path))
    po_tools.merge(template, path, "nl")
    merged = polib.pofile(str(path))
    assert [(e.msgid, e.msgstr) for e in merged] == [
        ("Plan", "Plan!"),
        ("Plans of %(name)s", ""),
    ]
    assert merged[0].occurrences == [("b.py", "")]
    assert not merged.obsolete_entries()
    assert po_tools.complaints(merged) == ["missing: 'Plans of %(name)s'"]


@pytest.mark.parametrize(
    ("term", "translation", "good"),
    [
        ("%(a)s of %(b)s", "%(b)s: %(a)s", True),
        ("%(a)s of %(b)s", "%(a)s", False),
        ("100% of plans", "100% van de plannen", True),
        ("<b>bold</b>", "<b>vet</b>", True),
        ("<b>bold</b>", "<b>vet", False),
        ("for {{ object.name }}", "voor {{ object.naam }}", False),
    ],
)
def test_placeholders_and_tags_are_compared(term, translation, good):
    """What the code fills in must be in the translation too."""
    po = polib.POFile()
    po.append(polib.POEntry(msgid=term, msgstr=translation))
    assert (po_tools.complaints(po) == []) is good
