"""`script/test`: from nothing to a verdict."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from . import browser, postgres, setup
from .console import say
from .databases import Databases
from .errors import Problem
from .layout import Layout
from .lint import Linters
from .steps import remove

STAGES = ("lint", "unit", "cross", "long", "faults", "odoo")
# Stages that run what is in tests/, by pytest's markers.
MARKED = ("long", "faults", "odoo")
AT_ONCE = 2
NO_TESTS = 5  # pytest's exit status
EPILOG = """
stages:
  lint   the linters
  unit   the tests of each add-on (addons/*/tests), with pytest-odoo
  cross  the tests across add-ons (tests/), browser included
  long   those of them marked 'long': installing, upgrading, removing
  faults those marked 'faults': servers killed, two at once, no mail server
  odoo   those marked 'odoo': Odoo's own test suites with our add-ons

All other arguments go to pytest: script/test --fast -k plan
"""


@dataclass
class Verdict:
    """What one stage came to."""

    stage: str
    passed: int = 0
    failed: list[str] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    not_run: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def text(self) -> str:
        """Return the counts in words."""
        parts = [f"{self.passed} passed", f"{len(self.failed)} failed"]
        if self.skipped:
            parts.append(f"{len(self.skipped)} skipped")
        return ", ".join(parts)


class Run:
    """One run of `script/test`."""

    def __init__(self, options: argparse.Namespace, arguments: list[str]) -> None:
        self.layout = Layout.find()
        self.fast = options.fast
        # the databases are made anew, not updated: a verdict is about an installation
        self.fresh = not options.fast
        self.arguments = arguments
        self.stages = options.stage or (["unit"] if self.fast else list(STAGES))
        paths = [Path(a.split("::")[0]) for a in arguments if not a.startswith("-")]
        self._only(paths)
        self.print_lock = threading.Lock()

    def _only(self, paths: list[Path]) -> None:
        """Leave out the stages that paths among pytest's arguments rule out."""
        inside = [path.resolve() for path in paths if path.exists()]
        homes = {
            "unit": self.layout.addons,
            **dict.fromkeys(("cross", *MARKED), self.layout.root / "tests"),
        }
        self.paths = {
            stage: [a for a in self.arguments if is_below(a, home)]
            for stage, home in homes.items()
        }
        self.options = [
            a for a in self.arguments if not any(a in p for p in self.paths.values())
        ]
        if inside:
            self.stages = [stage for stage in self.stages if self.paths.get(stage)]

    # -- the run -----------------------------------------------------------------------

    def run(self) -> list[Verdict]:
        """Set up, run the stages two at a time, return their verdicts."""
        self.odoo = setup.ensure(self.layout, tests=True)
        self.databases = Databases(self.odoo)
        self._drop_leftovers()
        self.chromium = "" if self.fast or self.stages == ["lint"] else browser.ensure()
        verdicts: list[Verdict] = []
        first: list[Callable[[], Verdict]] = []
        if {"unit", "faults", "odoo"} & set(self.stages):
            first.append(lambda: self.install(demo=False))
        if {"cross", "long"} & set(self.stages):
            first.append(lambda: self.install(demo=True))
        if "lint" in self.stages:
            first.append(self.lint)
        verdicts += self._together(first)
        # the longest first: two at a time then end at about the same time
        pytests = {"odoo": self.marked, "unit": self.unit, "long": self.marked}
        pytests |= {"cross": self.cross, "faults": self.marked}
        verdicts += self._together(
            [partial(pytests[s], s) for s in pytests if s in self.stages]
        )
        return verdicts

    @staticmethod
    def _together(jobs: list[Callable[[], Verdict]]) -> list[Verdict]:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            return [future.result() for future in [pool.submit(job) for job in jobs]]

    def _drop_leftovers(self) -> None:
        """Remove what runs that were killed left."""
        for config in (self.layout.work / "conf").glob("career_test*"):
            if config.stat().st_mtime < time.time() - 24 * 3600:
                config.unlink(missing_ok=True)
        remove(self.layout.logs / "screenshots")
        prefix = f"career_test{self.layout.suffix}_"
        for name in self.databases.call("names", prefix):
            pid = name.removeprefix(prefix).split("_")[0]
            if pid.isdigit() and not Path(f"/proc/{pid}").exists():
                self.databases.drop(name)

    # -- stages ------------------------------------------------------------------------

    def install(self, *, demo: bool) -> Verdict:
        """Make a template database; a warning about our add-ons is a failure."""
        stage = "install, with demo data" if demo else "install"
        start = time.monotonic()
        name, findings = self.databases.template(
            demo=demo, fresh=self.fresh, assets=not self.fast
        )
        verdict = Verdict(stage, seconds=time.monotonic() - start)
        if findings:
            verdict.failed = [f"{f.level} {f.logger}: {f.message}" for f in findings]
            log = self.layout.logs / f"install-{name}.log"
            say(f"Installing the add-ons logged warnings, which must not be: see {log}")
        else:
            verdict.passed = 1
        verdict.not_run = [
            f"add-on {n}: {why}" for n, why in self.databases.left_out.items()
        ]
        return verdict

    def lint(self) -> Verdict:
        """Run the linters, each of which counts as one test."""
        start = time.monotonic()
        results = Linters(self.layout).run()
        return Verdict(
            "lint",
            passed=sum(result.ok and result.ran for result in results),
            failed=[result.name for result in results if not result.ok],
            not_run=[f"{r.name}: {r.output.strip()}" for r in results if not r.ran],
            seconds=time.monotonic() - start,
        )

    def unit(self, stage: str) -> Verdict:
        """Run the add-ons' own tests on a copy of the template."""
        name = f"career_test{self.layout.suffix}_{os.getpid()}"
        folders = [str(path / "tests") for path in self.databases.tested]
        folders = self.paths["unit"] or [f for f in folders if Path(f).is_dir()]
        if not folders:
            return Verdict(stage)
        template, _findings = self.databases.template(assets=not self.fast)
        self.databases.clone(template, name)
        try:
            config = self.odoo.config(
                name, screenshots=self.layout.logs / "screenshots"
            )
            options = [f"--odoo-database={name}", "-p", "no:cacheprovider"]
            # pytest-odoo would silence Odoo's warnings
            options += ["-p", "pytest_logcheck", "--odoo-log-level=warn"]
            if not self.fast:
                options.append("--odoo-http")
            return self._pytest(stage, [*options, *folders], self.odoo.env(config))
        finally:
            self.databases.drop(name)

    def cross(self, stage: str) -> Verdict:
        """Run the tests that cross modules, but for those with a stage of their own."""
        return self._tests(stage, " and ".join(f"not {marker}" for marker in MARKED))

    def marked(self, stage: str) -> Verdict:
        """Run the tests across modules that are marked with the stage's name."""
        return self._tests(stage, stage)

    def _tests(self, stage: str, marker: str) -> Verdict:
        paths = self.paths[stage] or [str(self.layout.root / "tests")]
        config = self.odoo.config(self.databases.demo)
        env = self.odoo.env(config)
        del env["ODOO_RC"]
        options = ["-p", "no:odoo", "-p", "no:cacheprovider", "-m", marker]
        return self._pytest(stage, [*options, *paths], env)

    def _pytest(self, stage: str, arguments: list[str], env: dict[str, str]) -> Verdict:
        verdict_file = self.layout.logs / f"verdict-{stage}-{os.getpid()}.json"
        verdict_file.unlink(missing_ok=True)
        env = env | {
            "VERDICT_FILE": str(verdict_file),
            "CAREER_CHROMIUM": self.chromium,
        }
        if self.fast:
            env["VERDICT_FAST"] = "1"
        env["PYTHONPATH"] = (
            f"{env['PYTHONPATH']}{os.pathsep}{self.layout.root / 'script/lib'}"
        )
        command = [str(self.layout.python), "-m", "pytest", "-p", "pytest_verdict"]
        command += [f"--rootdir={self.layout.root}", *arguments, *self.options]
        start = time.monotonic()
        with subprocess.Popen(
            command,
            cwd=self.layout.root,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        ) as process:
            assert process.stdout
            with (self.layout.logs / f"{stage}.log").open("w") as log:
                for line in process.stdout:
                    log.write(line)
                    with self.print_lock:
                        print(f"{stage:6} | {line}", end="", flush=True)
        verdict = Verdict(stage, seconds=time.monotonic() - start)
        if verdict_file.exists():
            values = json.loads(verdict_file.read_text())
            verdict_file.unlink()
            verdict.passed = values["passed"]
            verdict.failed = values["failed"]
            verdict.skipped = [(test, reason) for test, reason in values["skipped"]]
        if process.returncode not in (0, NO_TESTS) and not verdict.failed:
            verdict.failed = [f"pytest ended with status {process.returncode}"]
        return verdict

    # -- the verdict -------------------------------------------------------------------

    def report(self, verdicts: list[Verdict]) -> int:
        """Print the verdict; return the exit status."""
        total = Verdict("all")
        print("\n---- summary ----")
        for verdict in verdicts:
            print(f"{verdict.stage:23} {verdict.text()} ({verdict.seconds:.0f} s)")
            total.passed += verdict.passed
            total.failed += verdict.failed
            total.skipped += verdict.skipped
        not_run = [item for verdict in verdicts for item in verdict.not_run]
        if (
            {"unit", "cross", *MARKED} & set(self.stages)
            and not self.chromium
            and not self.fast
        ):
            not_run.append("browser tests: install chromium and libatomic1")
        for test, reason in total.skipped:
            print(f"SKIPPED {test}: {reason}")
        for item in dict.fromkeys(not_run):
            print(f"NOT RUN {item}")
        for verdict in verdicts:
            for item in verdict.failed:
                print(f"FAILED {verdict.stage}: {item}")
        tested = sum(
            v.passed for v in verdicts if v.stage in ("unit", "cross", *MARKED)
        )
        if self.stages == ["lint"]:
            tested = total.passed
        if not tested and not total.failed:
            total.failed = ["no test ran"]
            print("FAILED no test ran: nothing matches these arguments.")
        print(total.text(), flush=True)
        if total.failed:
            return 1
        if not total.skipped:
            print(f"{total.passed} passed", flush=True)
        return 0


def is_below(argument: str, folder: Path) -> bool:
    """Return whether an argument of pytest names something in a folder."""
    path = Path(argument.split("::")[0])
    return (
        not argument.startswith("-")
        and path.exists()
        and path.resolve().is_relative_to(folder.resolve())
    )


def main(arguments: list[str]) -> int:
    """Run `script/test`."""
    parser = argparse.ArgumentParser(
        prog="script/test",
        description=__doc__,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument(
        "--fast",
        action="store_true",
        help="only unit tests without browser, in seconds",
    )
    parser.add_argument(
        "--stage", action="append", choices=STAGES, help="only this stage"
    )
    options, rest = parser.parse_known_args(arguments)
    return carry_out(Run(options, rest))


def carry_out(run: Run) -> int:
    """Do a run, print its verdict, return the exit status."""
    try:
        with postgres.in_use(run.layout):
            verdicts = run.run()
    except Problem as problem:
        if problem.detail:
            say(problem.detail)
        print(f"error: {problem}\n0 passed, 1 failed", file=sys.stdout, flush=True)
        return 1
    return run.report(verdicts)
