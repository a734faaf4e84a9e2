"""`script/setup`: everything that is missing, in order."""

from __future__ import annotations

import argparse

from . import odoo_source, peers, postgres, python_env
from .console import say
from .errors import Problem
from .layout import MARKER, Layout
from .postgres import Cluster
from .settings import Odoo
from .steps import lock, remove


def ensure(layout: Layout, *, tests: bool = False) -> Odoo:
    """Get what is missing; return an Odoo that is ready to run."""
    layout.create()
    source = odoo_source.find(layout)
    if tests:
        python_env.ensure_tests(layout)
    else:
        python_env.ensure(layout)
    peers.ensure(layout, source)
    server = postgres.ensure(layout)
    return Odoo(layout, source, server)


def clean(layout: Layout) -> None:
    """Remove everything that was made, the embedded PostgreSQL included."""
    if not layout.home.exists():
        say(f"Nothing to remove: {layout.home} does not exist.")
        return
    if not (layout.home / MARKER).exists():
        raise Problem(
            f"{layout.home} was not made by this project: remove it yourself."
        )
    with lock(layout):
        Cluster(layout).destroy()
        remove(layout.home)
    say(f"Removed {layout.home}.")


def main(arguments: list[str]) -> int:
    """Run `script/setup`."""
    parser = argparse.ArgumentParser(
        prog="script/setup",
        description="Get what is missing: Odoo 19, Python packages, PostgreSQL."
        " The databases are made by the commands that need them.",
    )
    parser.add_argument("--tests", action="store_true", help="also what the tests need")
    parser.add_argument(
        "--stop", action="store_true", help="stop the embedded PostgreSQL"
    )
    parser.add_argument("--clean", action="store_true", help="remove all that was made")
    options = parser.parse_args(arguments)
    layout = Layout.find()
    if options.clean:
        clean(layout)
    elif options.stop:
        Cluster(layout).stop()
    else:
        odoo = ensure(layout, tests=options.tests)
        say(f"Ready: Odoo {odoo.source.version}, in {layout.home}.")
    return 0
