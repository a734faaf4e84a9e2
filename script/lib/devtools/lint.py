"""`script/lint`: the linters, one result each."""

from __future__ import annotations

import argparse
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from . import node, python_env
from .commands import explain
from .console import say
from .errors import Problem
from .layout import Layout


@dataclass(frozen=True)
class Result:
    """What one linter said; ``ran`` is false for one that could not be run."""

    name: str
    ok: bool
    output: str = ""
    ran: bool = True


class Linters:
    """The linters of the project, run on the files that git knows or would add."""

    def __init__(self, layout: Layout, *, fix: bool = False) -> None:
        self.layout = layout
        self.fix = fix
        self.env = python_env.environment(layout)
        self.addons = sorted(
            path.parent.relative_to(layout.root).as_posix()
            for path in layout.addons.glob("*/__manifest__.py")
        )

    def all(self) -> list[Callable[[], Result]]:
        """Return the linters in the order in which they run."""
        linters = [self.ruff, self.ruff_format, self.prettier]
        if self.addons:
            linters += [self.store_pages, self.pylint_odoo]
            linters += [self.oca_module, self.oca_po]
        return linters

    def run(self) -> list[Result]:
        """Run them all and say what each found."""
        results = []
        for linter in self.all():
            start = time.monotonic()
            result = linter()
            word = ("ok" if result.ok else "FAILED") if result.ran else "NOT RUN"
            say(f"lint: {result.name}: {word} ({time.monotonic() - start:.1f} s)")
            if not result.ok or not result.ran:
                say(result.output.rstrip())
            results.append(result)
        return results

    def files(self, *patterns: str) -> list[str]:
        """Return the project's files of some kinds."""
        listing = subprocess.run(
            [
                "git",
                "ls-files",
                "-co",
                "--exclude-standard",
                "--deduplicate",
                "--",
                *patterns,
            ],
            cwd=self.layout.root,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.splitlines()
        return [name for name in listing if (self.layout.root / name).exists()]

    def _call(self, name: str, command: list[str | Path]) -> Result:
        done = subprocess.run(
            [str(part) for part in command],
            cwd=self.layout.root,
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
        return Result(name, done.returncode == 0, done.stdout)

    def _module(self, *arguments: str) -> list[str | Path]:
        return [self.layout.python, "-m", *arguments]

    def _program(self, name: str, *arguments: str) -> list[str | Path]:
        return [self.layout.python, self.layout.venv / "bin" / name, *arguments]

    # -- the linters -------------------------------------------------------------------

    def ruff(self) -> Result:
        """Check Python."""
        cache = f"--cache-dir={self.layout.cache / 'ruff'}"
        fix = ["--fix"] if self.fix else []
        return self._call(
            "ruff", self._module("ruff", "check", cache, "--quiet", *fix, ".")
        )

    def ruff_format(self) -> Result:
        """Check how Python is laid out."""
        cache = f"--cache-dir={self.layout.cache / 'ruff'}"
        check = [] if self.fix else ["--check"]
        command = self._module("ruff", "format", cache, "--quiet", *check, ".")
        result = self._call("ruff format", command)
        if result.ok or self.fix:
            return result
        diff = self._call(
            "", self._module("ruff", "format", cache, "--quiet", "--diff", ".")
        )
        return Result(
            result.name, False, f"script/lint --fix mends this:\n{diff.output}"
        )

    def prettier(self) -> Result:
        """Check how XML, JavaScript, style sheets, YAML and Markdown are laid out."""
        name = "prettier"
        try:
            there = node.ensure(self.layout)
        except Problem as problem:
            return Result(name, False, f"{problem}\n{problem.detail}")
        if not there:
            return Result(
                name, True, "prettier needs Node.js and npm: install them.", ran=False
            )
        files = self.files(
            "*.xml", "*.js", "*.cjs", "*.scss", "*.css", "*.yaml", "*.yml", "*.json"
        )
        action = "--write" if self.fix else "--check"
        cache = ["--cache", f"--cache-location={self.layout.cache / 'prettier'}"]
        options = [action, "--log-level=warn", *cache]
        command = [*node.prettier(self.layout), *options, *files]
        result = self._call(name, [*command])
        if (
            "is not a supported" in result.output
            or "SyntaxError: Unexpected token" in result.output
        ):
            return Result(name, True, explain("prettier", result.output), ran=False)
        return result

    def store_pages(self) -> Result:
        """Check that the store pages say what the readme fragments say."""
        program = self.layout.root / "script" / "lib" / "store_pages.py"
        check = [] if self.fix else ["--check"]
        return self._call(
            "store pages", [self.layout.python, program, *check, *self.addons]
        )

    def pylint_odoo(self) -> Result:
        """Check what pylint and its plug-in know about Odoo."""
        command = self._module("pylint", "--rcfile=.pylintrc", "--jobs=1", *self.addons)
        return self._call("pylint-odoo", command)

    def oca_module(self) -> Result:
        """Check XML, CSV and manifests as the OCA does."""
        return self._call(
            "oca-checks-odoo-module",
            self._program("oca-checks-odoo-module", *self.addons),
        )

    def oca_po(self) -> Result:
        """Check translation files as the OCA does, or bring them into its form."""
        files = self.files("addons/*.po", "addons/*.pot")
        if not files:
            return Result("oca-checks-po", True)
        program = self._program("oca-checks-po", *files)
        if self.fix:
            self._call("oca-checks-po", [*program, "--fix"])
        return self._call("oca-checks-po", program)


def main(arguments: list[str]) -> int:
    """Run `script/lint`."""
    parser = argparse.ArgumentParser(prog="script/lint", description=__doc__)
    parser.add_argument("--fix", action="store_true", help="mend what can be mended")
    options = parser.parse_args(arguments)
    layout = Layout.find()
    layout.create()
    python_env.ensure_tests(layout)
    results = Linters(layout, fix=options.fix).run()
    return 0 if all(result.ok for result in results) else 1
