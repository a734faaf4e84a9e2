"""`script/i18n`: exports the terms of the add-ons and merges the translations."""

from __future__ import annotations

import argparse
from pathlib import Path

from . import postgres, setup
from .commands import run
from .console import say, step
from .databases import Databases
from .errors import Problem
from .layout import Layout
from .python_env import environment
from .steps import remove

LANGUAGES = ("nl", "fr")
PO_TOOLS = Path(__file__).parents[1] / "po_tools.py"
EXPORT = """
from odoo.tools.translate import trans_export
for name in {names!r}:
    with open({folder!r} + '/' + name + '.pot', 'wb') as target:
        trans_export(None, [name], target, 'po', env)
"""


def export(databases: Databases, names: list[str], folder: Path) -> None:
    """Write the template of each add-on, MODULE.pot, into a folder."""
    remove(folder)
    folder.mkdir(parents=True)
    template, _findings = databases.template()
    code = EXPORT.format(names=names, folder=str(folder))
    databases.run_odoo(template, folder / "log", "--no-http", code=code)


def main(arguments: list[str]) -> int:
    """Run `script/i18n`."""
    parser = argparse.ArgumentParser(prog="script/i18n", description=__doc__)
    parser.add_argument("addons", nargs="*", help="only these (default: all)")
    options = parser.parse_args(arguments)
    layout = Layout.find()
    with postgres.in_use(layout):
        databases = Databases(setup.ensure(layout))
        names = [addon.name for addon in databases.addons]
        unknown = set(options.addons) - set(names)
        if unknown:
            raise Problem(
                f"{', '.join(sorted(unknown))} cannot be exported: there are"
                f" {', '.join(names)}."
            )
        folder = layout.work / "i18n"
        with step("Exporting terms"):
            export(databases, options.addons or names, folder)
    command = [layout.python, "-I", PO_TOOLS, folder, layout.addons, *LANGUAGES]
    say(run(command, "merging translations", env=environment(layout)).rstrip())
    return 0
