"""`script/bench`: how fast the suite is with many employees, on this machine.

The work is done by `tests/bench/` in Odoo's shell, on a database of its own; here are
the options, the table and the verdict.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
from pathlib import Path
from typing import Any

from . import postgres, setup
from .commands import explain
from .console import say, step
from .databases import Databases
from .errors import Problem
from .layout import Layout

SIZES = {"tiny": 200, "small": 2000, "default": 10_000, "full": 50_000}
PARTS = ("lists", "pages", "cycle", "snapshot", "matching")
# A list may take this many times the plain SQL, beside what Odoo takes for any answer:
# measured in the same run on Odoo's own list of employees.
RATIO = 1.5
# Nobody waits longer for a page.
PAGE_MS = 1000.0
EPILOG = """
sizes (employees; five conversations and twenty actions each):
  tiny 200, small 2,000, default 10,000, full 50,000

The result goes to standard output, as Markdown: script/bench > result.md
"""


def main(arguments: list[str]) -> int:
    """Run `script/bench`; return 1 when --check finds a goal that is missed."""
    parser = argparse.ArgumentParser(
        prog="script/bench",
        description="Makes a large organisation and measures on it.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--size", choices=SIZES, default="default")
    parser.add_argument("--employees", type=int, help="another number of employees")
    parser.add_argument("--years", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--part", choices=PARTS, action="append", help="only this (may be repeated)"
    )
    parser.add_argument("--repeat", type=int, default=7, help="runs of each measure")
    parser.add_argument(
        "--check", action="store_true", help="fail when a goal is missed"
    )
    parser.add_argument("--keep", action="store_true", help="keep the database")
    options = parser.parse_args(arguments)
    employees = options.employees or SIZES[options.size]
    if employees < 50 or options.years < 1 or options.repeat < 1:
        raise Problem("--employees is 50 or more, --years and --repeat 1 or more.")
    layout = Layout.find()
    layout.create()
    with postgres.in_use(layout):
        return run(layout, options, employees)


def run(layout: Layout, options: argparse.Namespace, employees: int) -> int:
    """Make the database, measure, print; return the exit status."""
    databases = Databases(setup.ensure(layout))
    template, _findings = databases.template(assets=False)
    name = f"career_bench{databases.suffix}"
    output = layout.logs / "bench.json"
    output.unlink(missing_ok=True)
    databases.clone(template, name)
    try:
        with step(f"Measuring with {employees:,} employees"):
            measure(
                databases,
                name,
                {
                    "employees": employees,
                    "years": options.years,
                    "seed": options.seed,
                    "parts": options.part or list(PARTS),
                    "repeat": options.repeat,
                    "output": str(output),
                },
            )
    finally:
        if options.keep:
            say(f"The database {name} is kept; the next run makes it anew.")
        else:
            databases.drop(name)
    result = json.loads(output.read_text(encoding="utf-8"))
    print(report(result))
    missed = misses(result)
    for text in missed:
        say(f"missed: {text}")
    return 1 if options.check and missed else 0


def measure(databases: Databases, name: str, options: dict[str, Any]) -> None:
    """Run the measures in Odoo's shell, and show how far they are."""
    odoo = databases.odoo
    folder = databases.layout.root / "tests" / "bench"
    code = f"import sys\nsys.path.insert(0, {str(folder)!r})\nimport run\n"
    code += "run.from_environment(env)\n"
    log = databases.layout.logs / "bench.log"
    config = odoo.config(name, max_cron_threads=0, log_level="warn")
    env = odoo.env(config) | {
        "CAREER_BENCH": json.dumps(options),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    process = subprocess.Popen(
        odoo.command("shell", "--no-http"),
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    assert process.stdin and process.stdout
    try:
        process.stdin.write(code)
        process.stdin.close()
        with log.open("w", encoding="utf-8") as file:
            for line in process.stdout:
                file.write(line)
                if line.startswith("bench: "):
                    say(f"  {line.removeprefix('bench: ').rstrip()}")
        process.wait()
    except BaseException:
        process.kill()
        process.wait()
        raise
    text = log.read_text(encoding="utf-8")
    if process.returncode or not Path(options["output"]).exists():
        tail = "\n".join(text.splitlines()[-25:])
        raise Problem(explain(f"The measure (log: {log})", text), tail)


def misses(result: dict[str, Any]) -> list[str]:
    """Return the goals that are missed, as sentences."""
    found = []
    lists = result.get("lists") or []
    odoo = {
        (row["viewer"], row["what"]): max(0, row["server"] - row["bare"])
        for row in lists
        if row["control"]
    }
    for row in lists:
        allowed = RATIO * row["bare"] + odoo[row["viewer"], row["what"]]
        if row["server"] > allowed:
            found.append(
                f"{row['report']}, {row['what']} for {row['viewer']}:"
                f" {row['server']:.0f} ms, at most {allowed:.0f} ms"
            )
    for row in result.get("pages") or []:
        if row["server"] > PAGE_MS:
            found.append(
                f"{row['page']} for {row['viewer']}: {row['server']:.0f} ms,"
                f" at most {PAGE_MS:.0f} ms"
            )
    sizes = result.get("snapshot") or []
    if len(sizes) == 2 and sizes[1]["per_1000"] > 1.5 * sizes[0]["per_1000"]:
        found.append("the snapshot takes more for each employee where there are more")
    return found


def report(result: dict[str, Any]) -> str:
    """Return the result as Markdown."""
    options, made = result["options"], result["generator"]
    lines = [
        f"# {options['employees']:,} employees, {options['years']} years",
        "",
        f"{cores()}; made in {made['seconds']} s (seed {options['seed']}):",
        "",
        *table(
            ("rows of", "count"),
            [(model, f"{count:,}") for model, count in made["rows"].items()],
        ),
    ]
    if result.get("lists"):
        lines += ["", "## Lists of persons (ms, median)", ""]
        lines += table(
            ("list", "for", "what", "plain SQL", "server", "its SQL", "rest", "ratio"),
            [
                (
                    row["report"],
                    row["viewer"],
                    row["what"],
                    f"{row['bare']:.1f}",
                    f"{row['server']:.1f}",
                    f"{row['sql']:.1f}",
                    f"{row['server'] - row['sql']:.1f}",
                    f"{row['ratio']:.2f}",
                )
                for row in result["lists"]
            ],
        )
    if result.get("pages"):
        lines += ["", "## Pages and lists of every day (ms, median)", ""]
        cells: dict[str, dict[str, str]] = {}
        for row in result["pages"]:
            text = f"{row['server']:.0f} ({row['queries']})"
            cells.setdefault(row["page"], {})[row["viewer"]] = text
        viewers = list(dict.fromkeys(row["viewer"] for row in result["pages"]))
        lines += table(
            ("page (queries)", *viewers),
            [(page, *(of.get(v, "") for v in viewers)) for page, of in cells.items()],
        )
    for part, title in (("cycle", "Launch of a cycle"), ("matching", "Matching")):
        if result.get(part):
            lines += ["", f"## {title}", ""]
            lines += table(("figure", "value"), list(result[part].items()))
    if result.get("snapshot"):
        lines += ["", "## Monthly snapshot", ""]
        lines += table(
            tuple(result["snapshot"][0]),
            [tuple(row.values()) for row in result["snapshot"]],
        )
    return "\n".join(lines)


def table(head: tuple, rows: list[tuple]) -> list[str]:
    """Return a table in Markdown, in columns that are easy to read as they are."""
    cells = [[str(cell) for cell in row] for row in (head, *rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    text = [
        "| " + " | ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) + " |"
        for row in cells
    ]
    rule = "| " + " | ".join("-" * width for width in widths) + " |"
    return [text[0], rule, *text[1:]]


def cores() -> str:
    """Return how many processors we may use, in words."""
    count = (
        len(os.sched_getaffinity(0))
        if hasattr(os, "sched_getaffinity")
        else os.cpu_count()
    )
    return f"{count} processor{'s' if count != 1 else ''}"
