"""`script/i18n`: exports the terms of the add-ons and merges the translations."""

from __future__ import annotations

import argparse
import os
from dataclasses import replace
from pathlib import Path

from . import postgres, setup
from .addons import installable
from .commands import run
from .console import say, step
from .databases import Databases
from .errors import Problem
from .layout import Layout
from .python_env import environment
from .settings import Odoo
from .steps import remove

LANGUAGES = ("nl", "fr")
STAND_INS = "tests/addons"
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


def export_with_stand_ins(odoo: Odoo, names: list[str], folder: Path) -> None:
    """Do the same for add-ons that need one that cannot be had (Odoo Enterprise).

    A minimal add-on of that name in tests/addons stands in for it. It excludes the
    OCA's of the same purpose, so this takes a database of its own.
    """
    odoo = replace(odoo, extra=[odoo.layout.root / STAND_INS])
    databases = Databases(odoo)
    name = f"career_i18n{databases.suffix}_{os.getpid()}"
    log = folder / "log"
    try:
        options = ("--stop-after-init", "--no-http", "--skip-auto-install")
        databases.run_odoo(name, log, *options, "-i", ",".join(names))
        code = EXPORT.format(names=names, folder=str(folder))
        databases.run_odoo(name, log, "--no-http", code=code)
    finally:
        databases.drop(name)


def with_stand_ins(databases: Databases) -> list[str]:
    """Return the add-ons that can be installed with the stand-ins only."""
    stand_ins = [databases.layout.root / STAND_INS]
    layout, source = databases.layout, databases.odoo.source
    more, _left_out = installable(layout, source, stand_ins)
    return [addon.name for addon in more if addon.name in databases.left_out]


def main(arguments: list[str]) -> int:
    """Run `script/i18n`."""
    parser = argparse.ArgumentParser(prog="script/i18n", description=__doc__)
    parser.add_argument("addons", nargs="*", help="only these (default: all)")
    options = parser.parse_args(arguments)
    layout = Layout.find()
    with postgres.in_use(layout):
        databases = Databases(setup.ensure(layout))
        names = [addon.name for addon in databases.addons]
        enterprise = with_stand_ins(databases)
        unknown = set(options.addons) - {*names, *enterprise}
        if unknown:
            raise Problem(
                f"{', '.join(sorted(unknown))} cannot be exported: there are"
                f" {', '.join([*names, *enterprise])}."
            )
        wanted = options.addons or [*names, *enterprise]
        folder = layout.work / "i18n"
        with step("Exporting terms"):
            export(databases, [name for name in wanted if name in names], folder)
            rest = [name for name in wanted if name in enterprise]
            if rest:
                export_with_stand_ins(databases.odoo, rest, folder)
    command = [layout.python, "-I", PO_TOOLS, folder, layout.addons, *LANGUAGES]
    say(run(command, "merging translations", env=environment(layout)).rstrip())
    return 0
