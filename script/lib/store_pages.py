"""Writes static/description/index.html of add-ons from their readme fragments.

As a program: `store_pages.py [--check] ADDON…`. Pictures of the documentation that a
fragment shows are copied beside the page: an add-on is installed without `docs`.
"""

from __future__ import annotations

import argparse
import ast
import filecmp
import html
import shutil
import sys
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

PARTS = {
    "DESCRIPTION": "",
    "CONTEXT": "Why",
    "INSTALL": "Installing",
    "CONFIGURE": "Setting it up",
    "USAGE": "Using it",
    "ROADMAP": "Known limits",
}
PAGE = """<section class="container">
    <div class="text-center mb-4">
        <img src="banner.png" alt="{name}" class="img-fluid rounded" />
    </div>
    <h1 class="text-center">{name}</h1>
    <p class="lead text-center">{summary}</p>
{body}
    <p class="text-muted text-center mt-5">
        Odoo {odoo} Community and Enterprise · {license} · version {version}
    </p>
</section>
"""
PICTURE = "img-fluid border rounded shadow-sm my-3"


class StorePage:
    """The store page of one add-on, and the pictures that it shows."""

    def __init__(self, addon: Path) -> None:
        self.addon = addon
        self.folder = addon / "static" / "description"
        # {file beside the page: file of the documentation}
        self.pictures: dict[Path, Path] = {}
        self.text = self._text()

    def _text(self) -> str:
        source = (self.addon / "__manifest__.py").read_text(encoding="utf-8")
        manifest = ast.literal_eval(source)
        lines = []
        for part, title in PARTS.items():
            fragment = self.addon / "readme" / f"{part}.md"
            if not fragment.exists():
                continue
            if title:
                lines.append(f'<h2 class="mt-4">{title}</h2>')
            lines += self._convert(fragment).splitlines()
        return PAGE.format(
            name=html.escape(manifest["name"]),
            summary=html.escape(manifest["summary"]),
            body="\n".join(f"    {line}" for line in lines),
            odoo=".".join(manifest["version"].split(".")[:2]),
            version=manifest["version"],
            license=manifest["license"],
        )

    def _convert(self, fragment: Path) -> str:
        markdown = MarkdownIt("commonmark").enable("table")
        tokens = markdown.parse(fragment.read_text(encoding="utf-8"))
        for token in tokens:
            if token.type in ("heading_open", "heading_close"):
                token.tag = "h3"
            token.children = self._inline(token.children, fragment)
        return str(markdown.renderer.render(tokens, markdown.options, {}))

    def _inline(self, tokens: list[Token] | None, fragment: Path) -> list[Token] | None:
        """Put pictures beside the page; the page has no files of the project."""
        if tokens is None:
            return None
        result = []
        outside = True  # of a link to a file of the project
        for token in tokens:
            if token.type == "image":
                self._picture(token, fragment)
            elif token.type == "softbreak":
                token = Token("text", "", 0, content=" ")
            elif token.type == "text":
                token.content = token.content.replace("[ ] ", "☐ ")
            elif token.type == "link_open":
                outside = str(token.attrs["href"]).startswith("https://")
            if outside or token.type not in ("link_open", "link_close"):
                result.append(token)
            if token.type == "link_close":
                outside = True
        return result

    def _picture(self, token: Token, fragment: Path) -> None:
        source = (fragment.parent / str(token.attrs["src"])).resolve()
        self.pictures[self.folder / source.name] = source
        token.attrs = {**token.attrs, "src": source.name, "class": PICTURE}

    def is_current(self) -> bool:
        """Return whether the page and its pictures are what the fragments say."""
        page = self.folder / "index.html"
        return (
            page.exists()
            and page.read_text(encoding="utf-8") == self.text
            and all(
                copy.exists() and filecmp.cmp(copy, source, shallow=False)
                for copy, source in self.pictures.items()
            )
        )

    def write(self) -> None:
        """Write the page, and the pictures beside it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "index.html").write_text(self.text, encoding="utf-8")
        for copy, source in self.pictures.items():
            shutil.copyfile(source, copy)


def main(arguments: list[str]) -> int:
    """Write the pages of the add-ons that are named, or say which are out of date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing")
    parser.add_argument("addons", nargs="+", type=Path, metavar="ADDON")
    options = parser.parse_args(arguments)
    stale = []
    for addon in options.addons:
        page = StorePage(addon)
        if page.is_current():
            continue
        if options.check:
            stale.append(addon.as_posix())
        else:
            page.write()
    if stale:
        print("script/lint --fix writes the store page of", ", ".join(stale))
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
