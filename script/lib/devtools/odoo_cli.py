"""`script/odoo`: Odoo's command line with the project's settings."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from . import postgres, setup
from .databases import Databases, check_name
from .layout import Layout

# Commands that want no database of ours.
NO_DATABASE = ("db", "scaffold", "help", "genproxytoken", "deploy", "upgrade_code", "start")


def explicit_database(arguments: list[str]) -> str:
    """Return the database that the arguments name, or ''."""
    for position, argument in enumerate(arguments):
        if argument in ("-d", "--database"):
            return arguments[position + 1] if position + 1 < len(arguments) else ""
        if argument.startswith("--database="):
            return argument.partition("=")[2]
        if argument.startswith("-d") and not argument.startswith("--") and len(argument) > 2:
            return argument[2:].lstrip("=")
    return ""


def wants_demo(arguments: list[str]) -> bool:
    """Return whether a run without a named database needs the demo to be there."""
    if any(argument in ("-h", "--help", "--version", "-s", "--save") for argument in arguments):
        return False
    command = arguments[0] if arguments and not arguments[0].startswith("-") else "server"
    return command not in NO_DATABASE


def main(arguments: list[str]) -> int:
    """Run `script/odoo`: becomes Odoo, so its exit status and signals are Odoo's."""
    layout = Layout.find()
    layout.create()
    postgres.keep_for_exec(layout)
    odoo = setup.ensure(layout)
    databases = Databases(odoo)
    name = os.environ.get("ODOO_DB", "")
    if name:
        check_name(name)
    elif not explicit_database(arguments) and wants_demo(arguments):
        databases.ensure_demo()
    config = odoo.config(name or databases.demo)
    command = odoo.command(*arguments)
    sys.stdout.flush()
    sys.stderr.flush()
    os.execve(command[0], command, odoo.env(Path(config)))
