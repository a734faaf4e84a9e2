"""Odoo's own test suites, with our add-ons or without: `script/suites`.

Which of their tests fail without our add-ons is written in `tests/odoo_suites.json`;
the tests marked ``odoo`` compare a run with our add-ons with that list.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from . import browser, postgres, setup
from .addons import foundation
from .console import say, step
from .databases import Databases
from .errors import Problem
from .layout import Layout
from .logcheck import Finding, check_log
from .settings import free_port
from .steps import write

# Odoo's modules whose tests are run; and Odoo's linter of modules.
SUITES = ("hr", "hr_skills", "hr_recruitment", "hr_holidays", "calendar", "mail")
LINT = "test_lint"
RUNNER = Path(__file__).parents[1] / "run_odoo_suite.py"
FAILED = ("error", "failure")


@dataclass(frozen=True)
class Outcome:
    """What came of the tests of one module."""

    passed: list[str]
    failed: dict[str, str]
    """Names of tests, and the first line of why."""
    skipped: dict[str, str]
    findings: list[Finding]
    log: Path


class Suites:
    """Runs the suites on databases of their own."""

    def __init__(self, databases: Databases) -> None:
        self.databases = databases
        self.odoo = databases.odoo
        self.known_file = databases.layout.root / "tests" / "odoo_suites.json"

    def known(self) -> dict[str, dict[str, str]]:
        """Return the tests that fail without our add-ons, by module."""
        return json.loads(self.known_file.read_text())["failures"]

    def prepare(self, name: str, *, ours: bool) -> None:
        """Make a database with all modules that the suites are about.

        Without our add-ons it has all that they need all the same, so that nothing
        but they make the difference. Add-ons of others (the OCA's appraisals), and the
        bridges to them, are not there: what those break would hide what ours break.
        """
        databases = self.databases
        peers = {peer.name for peer in databases.peers}
        suite = [a for a in databases.addons if not peers & set(a.depends)]
        modules = {*foundation(databases.addons), *SUITES} - peers
        if ours:
            modules |= {addon.name for addon in suite}
        log = databases.layout.logs / f"install-{name}.log"
        options = ("--stop-after-init", "--no-http", "--skip-auto-install")
        databases.run_odoo(name, log, *options, "-i", ",".join(sorted(modules)))
        databases.pregenerate_assets(name)

    def run(self, database: str, module: str, tests: Iterable[str] = ()) -> Outcome:
        """Run the tests of a module on a copy of a database.

        :param tests: only these (names as in an outcome)
        """
        copy = f"{database}_{module}{'_again' if tests else ''}"
        layout = self.databases.layout
        self.databases.clone(database, copy)
        target = layout.logs / f"suite-{copy}.json"
        log = layout.logs / f"suite-{copy}.log"
        target.unlink(missing_ok=True)
        config = self.odoo.config(copy, http_port=free_port(), gevent_port=free_port())
        tags = ",".join(map(as_tag, tests)) or f"/{module}"
        command = [str(layout.python), str(RUNNER), copy, str(target), tags]
        env = self.odoo.env(config)
        if module == LINT:
            env["LINT_ONLY"] = str(layout.addons)
        try:
            with log.open("wb") as output:
                done = subprocess.run(
                    command,
                    env=env,
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    check=False,
                )
        finally:
            self.databases.drop(copy)
        if done.returncode or not target.exists():
            tail = "\n".join(log.read_text(errors="replace").splitlines()[-30:])
            raise Problem(f"the tests of {module} did not run (log: {log})", tail)
        outcomes = json.loads(target.read_text())
        return Outcome(
            [name for name, value in outcomes.items() if value["outcome"] == "passed"],
            pick(outcomes, *FAILED),
            pick(outcomes, "skipped"),
            check_log(log),
            log,
        )

    def measure(self, modules: Iterable[str]) -> None:
        """Write the list of what fails without our add-ons anew; keep the reasons."""
        values = json.loads(self.known_file.read_text())
        database = f"career_suites{self.databases.suffix}_{os.getpid()}"
        try:
            with step("Database for the suites, without our add-ons"):
                self.prepare(database, ours=False)
            for module in modules:
                with step(f"Tests of {module}"):
                    outcome = self.run(database, module)
                known = values["failures"].get(module, {})
                values["failures"][module] = {
                    name: known.get(name) or f"not looked into: {why}"
                    for name, why in sorted(outcome.failed.items())
                }
                say(
                    f"{module}: {len(outcome.passed)} passed,"
                    f" {len(outcome.failed)} failed, {len(outcome.skipped)} skipped"
                )
                write(self.known_file, json.dumps(values, indent=4) + "\n")
        finally:
            self.databases.drop(database)


def pick(outcomes: dict[str, dict[str, str]], *kinds: str) -> dict[str, str]:
    """Return the tests with some outcome, and why."""
    return {
        name: value.get("reason", "")
        for name, value in outcomes.items()
        if value["outcome"] in kinds
    }


def as_tag(name: str) -> str:
    """Return the tag that runs one test: ``/hr:TestUI.test_x``.

    A class whose set-up failed is run as a whole.
    """
    if name.startswith("setUpClass ("):
        name = name.removeprefix("setUpClass (").rstrip(")") + "."
    name = name.partition(" ")[0]
    parts = name.split(".")
    return f"/{parts[0]}:{parts[-2]}" + (f".{parts[-1]}" if parts[-1] else "")


def main(arguments: list[str]) -> int:
    """Run `script/suites`."""
    parser = argparse.ArgumentParser(
        prog="script/suites",
        description="Runs Odoo's own tests WITHOUT our add-ons, and writes those that"
        " fail to tests/odoo_suites.json. With our add-ons they are run by"
        " script/test --stage odoo.",
    )
    parser.add_argument("modules", nargs="*", default=[*SUITES, LINT])
    options = parser.parse_args(arguments)
    layout = Layout.find()
    with postgres.in_use(layout):
        odoo = setup.ensure(layout, tests=True)
        browser.ensure()
        Suites(Databases(odoo)).measure(options.modules)
    return 0
