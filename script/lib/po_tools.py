"""Merging and checking translation files; runs where polib is installed.

As a program: `po_tools.py EXPORT_FOLDER ADDONS_FOLDER LANGUAGE…` takes over exported
templates (MODULE.pot) into the add-ons and merges the languages' files with them.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

import polib

# What must be the same in a term and its translation.
PLACEHOLDER = re.compile(
    r"%\(\w+\)[sdifr]"  # %(name)s
    r"|%[sdifr]\b"  # %s
    r"|\$\{[^}]*\}"  # ${name}
    r"|\{\{[^}]*\}\}"  # {{ expression }} in mail templates
    r"|</?[a-zA-Z][\w-]*"  # tags
)
WRAP = 78
SHOWN = 10
HEADER = {
    "Project-Id-Version": "Odoo Server 19.0",
    "Report-Msgid-Bugs-To": "",
    "Last-Translator": "",
    "Language-Team": "",
    "Language": "",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "",
}
PLURAL = {"fr": "nplurals=2; plural=(n > 1);"}


def clean_template(exported: Path, target: Path) -> polib.POFile:
    """Write an exported template without what differs from day to day."""
    template = polib.pofile(str(exported), wrapwidth=WRAP)
    template.metadata = {k: v for k, v in HEADER.items() if k != "Language"}
    target.parent.mkdir(parents=True, exist_ok=True)
    template.save(str(target))
    return template


def merge(template: polib.POFile, path: Path, language: str) -> polib.POFile:
    """Bring a language's file in line with the template.

    Translations are kept, terms that are gone are dropped, and nothing is guessed.
    """
    old = polib.pofile(str(path)) if path.exists() else polib.POFile()
    known = {(e.msgctxt, e.msgid): e for e in old if not e.obsolete}
    new = polib.POFile(wrapwidth=WRAP)
    new.header = old.header or template.header
    new.metadata = HEADER | {
        "Language": language,
        "Plural-Forms": PLURAL.get(language, "nplurals=2; plural=(n != 1);"),
    }
    for entry in template:
        before = known.get((entry.msgctxt, entry.msgid))
        new.append(
            polib.POEntry(
                msgid=entry.msgid,
                msgctxt=entry.msgctxt,
                msgstr=before.msgstr if before else "",
                occurrences=entry.occurrences,
                comment=entry.comment,
                flags=[flag for flag in entry.flags if flag != "fuzzy"],
                tcomment=before.tcomment if before else "",
            )
        )
    new.save(str(path))
    return new


def placeholders(text: str) -> Counter[str]:
    """Return what a translation must keep."""
    return Counter(PLACEHOLDER.findall(text))


def complaints(po: polib.POFile) -> list[str]:
    """Return what is wrong with a language's file, a line each."""
    found = []
    for entry in po:
        if entry.obsolete:
            continue
        term = entry.msgid if len(entry.msgid) < 80 else f"{entry.msgid[:77]}..."
        if not entry.msgstr:
            found.append(f"missing: {term!r}")
        elif "fuzzy" in entry.flags:
            found.append(f"fuzzy: {term!r}")
        else:
            one, two = placeholders(entry.msgid), placeholders(entry.msgstr)
            if one != two:
                differ = sorted(set((one - two) + (two - one)))
                found.append(f"differs in {', '.join(differ)}: {term!r}")
    return found


def main(arguments: list[str]) -> int:
    """Take over exported templates, merge the languages, say what is missing."""
    exports, addons, *languages = arguments
    for exported in sorted(Path(exports).glob("*.pot")):
        folder = Path(addons) / exported.stem / "i18n"
        template = clean_template(exported, folder / exported.name)
        print(f"{exported.stem}: {len(template)} terms")
        there = {path.stem for path in folder.glob("*.po")}
        for language in sorted(there | set(languages)):
            found = complaints(merge(template, folder / f"{language}.po", language))
            print(f"  {language}: {len(found)} to do")
            for line in found[:SHOWN]:
                print(f"    {line}")
            if len(found) > SHOWN:
                print(f"    … and {len(found) - SHOWN} more, in {language}.po")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
