"""Writes static/description/index.html of add-ons from their readme fragments.

As a program: `store_pages.py ADDON…`. It knows the little Markdown that the fragments
use: headings, paragraphs, lists, tables, bold, italics, code, links.
"""

from __future__ import annotations

import ast
import html
import re
import sys
from pathlib import Path

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
        <img
            src="banner.png"
            alt="{name}"
            style="max-width: 100%; border-radius: 12px"
        />
    </div>
    <h1 class="text-center">{name}</h1>
    <p class="lead text-center">{summary}</p>
{body}
    <p class="text-muted text-center mt-5">
        Odoo {odoo} Community and Enterprise · {license} · version {version}
    </p>
</section>
"""


def inline(text: str) -> str:
    """Turn the marks inside a line into HTML."""
    text = html.escape(text, quote=False)
    text = re.sub(r"`([^`]+)`", r"<code>\1</code>", text)
    text = re.sub(r"\[([^\]]+)\]\((https?://[^)]+)\)", r'<a href="\2">\1</a>', text)
    text = re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", text)
    text = re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", text)
    return re.sub(r"(?<!\w)\*([^*]+)\*(?!\w)", r"<em>\1</em>", text)


def table(lines: list[str]) -> str:
    """Turn the lines of a table into HTML."""
    rows = [[cell.strip() for cell in line.strip("| ").split("|")] for line in lines]
    head, *rest = [row for row in rows if not re.fullmatch(r"[-: ]*", "".join(row))]
    cells = "".join(f"<th>{inline(cell)}</th>" for cell in head)
    parts = [f"<tr>{cells}</tr>"]
    for row in rest:
        cells = "".join(f"<td>{inline(cell)}</td>" for cell in row)
        parts.append(f"<tr>{cells}</tr>")
    return '<table class="table">' + "".join(parts) + "</table>"


def listing(block: str) -> str:
    """Turn a list into HTML; a line that is set in belongs to the one before."""
    tag = "ol" if re.match(r"\d+\.", block) else "ul"
    items = re.split(r"\n(?=(?:[-*]|\d+\.) )", block)
    items = [re.sub(r"^(?:[-*]|\d+\.)\s+", "", item) for item in items]
    inner = "".join(f"<li>{inline(' '.join(item.split()))}</li>" for item in items)
    return f"<{tag}>{inner}</{tag}>"


def convert(text: str) -> list[str]:
    """Turn a fragment into lines of HTML."""
    # pictures of the documentation are not part of the add-on
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", text)
    text = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    result = []
    for block in re.split(r"\n\s*\n", text.strip()):
        block = block.strip("\n")
        if not block.strip():
            continue
        if block.startswith("#"):
            title, _newline, block = block.partition("\n")
            result.append(f"<h3>{inline(title.lstrip('# '))}</h3>")
        if re.match(r"\s*(?:[-*]|\d+\.) ", block):
            result.append(listing(block.strip()))
        elif block.startswith("|"):
            result.append(table(block.splitlines()))
        elif block:
            result.append(f"<p>{inline(' '.join(block.split()))}</p>")
    return result


def page(addon: Path) -> str:
    """Return the store page of an add-on."""
    manifest = ast.literal_eval((addon / "__manifest__.py").read_text(encoding="utf-8"))
    lines = []
    for part, title in PARTS.items():
        fragment = addon / "readme" / f"{part}.md"
        if not fragment.exists():
            continue
        if title:
            lines.append(f'<h2 class="mt-4">{title}</h2>')
        lines += convert(fragment.read_text(encoding="utf-8"))
    return PAGE.format(
        name=html.escape(manifest["name"]),
        summary=html.escape(manifest["summary"]),
        body="\n".join(f"    {line}" for line in lines),
        odoo=".".join(manifest["version"].split(".")[:2]),
        version=manifest["version"],
        license=manifest["license"],
    )


def main(arguments: list[str]) -> int:
    """Write the pages of the add-ons that are named."""
    for name in arguments:
        addon = Path(name)
        target = addon / "static" / "description" / "index.html"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(page(addon), encoding="utf-8")
        print(target)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
