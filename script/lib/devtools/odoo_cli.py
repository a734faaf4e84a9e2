"""`script/odoo`: Odoo's command line with the project's settings."""

from __future__ import annotations

import os
import sys

from . import postgres, setup
from .databases import Databases, check_name
from .layout import Layout
from .settings import free_port

# Commands that work on the database of the settings.
ON_A_DATABASE = ("server", "shell", "i18n", "module", "cloc", "neutralize", "populate")
HELP = ("-h", "--help", "--version", "-s", "--save")
PORT_OPTIONS = ("-p", "--http-port", "--no-http")


def explicit_database(arguments: list[str]) -> str:
    """Return the database that the arguments name, or ''."""
    for position, argument in enumerate(arguments):
        if argument in ("-d", "--database"):
            return arguments[position + 1] if position + 1 < len(arguments) else ""
        if argument.startswith("--database="):
            return argument.partition("=")[2]
        if (
            argument.startswith("-d")
            and not argument.startswith("--")
            and len(argument) > 2
        ):
            return argument[2:].lstrip("=")
    return ""


def wants_demo(arguments: list[str]) -> bool:
    """Return whether a run without a named database needs the demo to be there."""
    if any(argument in HELP for argument in arguments):
        return False
    command = (
        arguments[0] if arguments and not arguments[0].startswith("-") else "server"
    )
    return command in ON_A_DATABASE


def wants_free_port(arguments: list[str]) -> bool:
    """Return whether a run ends by itself and does not say on which port to listen.

    Such runs (installation, tests) must not collide with a server or one another.
    """
    return "--stop-after-init" in arguments and not any(
        argument.split("=", 1)[0] in PORT_OPTIONS for argument in arguments
    )


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
    # `odoo db` sees no other database than that of its settings, if there is one.
    on_all = arguments[:1] == ["db"]
    config = odoo.config("" if on_all else name or databases.demo)
    env = odoo.env(config)
    if wants_free_port(arguments):
        env.setdefault("ODOO_HTTP_PORT", str(free_port()))
    command = odoo.command(*arguments)
    sys.stdout.flush()
    sys.stderr.flush()
    os.execve(command[0], command, env)
