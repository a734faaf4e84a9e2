"""Run the tests of some modules of Odoo on a database, and write what came of each.

A program for the environment's Python, with ODOO_RC set as for `script/odoo`:

    python run_odoo_suite.py DATABASE RESULT.json TAGS

Unlike Odoo's own runner it runs the tests for ``at_install`` after everything is
loaded, too: during an update the add-ons that come later, ours, are not loaded yet, so
that such a run would say nothing about them. A result names each test with its outcome
and its seconds; a test with several failed parts (subtests) counts once.

With LINT_ONLY set to a folder, the linter of modules (test_lint) looks at the add-ons
in that folder only, and each part counts.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path


def main(database: str, target: str, tags: str) -> int:
    """Run the tests that the tags select; return how Odoo ended."""
    from odoo.cli.server import main as serve
    from odoo.tests import loader
    from odoo.tests.result import OdooTestResult
    from odoo.tests.suite import OdooSuite

    outcomes: dict[str, dict[str, object]] = {}
    modules = [tag.partition(":")[0].lstrip("/") for tag in tags.split(",")]
    make_suite = loader.make_suite

    def make_whole_suite(_names, position):
        if position == "at_install":  # asked for after each module that is loaded
            return OdooSuite()
        names = list(dict.fromkeys(modules))
        tests = [*make_suite(names, "at_install"), *make_suite(names, "post_install")]
        return OdooSuite(sorted(tests, key=lambda t: getattr(t, "test_sequence", 0)))

    class Recorder(OdooTestResult):
        """Odoo's result, which counts, with names."""

        def startTest(self, test):  # noqa: N802
            super().startTest(test)
            outcomes[name_of(test)] = {"outcome": "passed", "seconds": 0.0}
            self.began = time.monotonic()

        def stopTest(self, test):  # noqa: N802
            super().stopTest(test)
            seconds = round(time.monotonic() - self.began, 2)
            outcomes[name_of(test)]["seconds"] = seconds

        def addError(self, test, err):  # noqa: N802
            super().addError(test, err)
            self.note(test, "error", err)

        def addFailure(self, test, err):  # noqa: N802
            super().addFailure(test, err)
            self.note(test, "failure", err)

        def addSkip(self, test, reason):  # noqa: N802
            super().addSkip(test, reason)
            self.note(test, "skipped", (None, reason, None))

        def note(self, test, outcome, err):
            if self._soft_fail:
                return
            found = outcomes.setdefault(name_of(test), {"seconds": 0.0})
            if found.get("outcome") not in ("error", "failure"):
                text = str(err[1]).strip().splitlines()
                found |= {"outcome": outcome, "reason": text[0][:200] if text else ""}

    if os.environ.get("LINT_ONLY"):
        only_lint(Path(os.environ["LINT_ONLY"]))
    loader.make_suite = make_whole_suite
    loader.OdooTestResult = Recorder
    try:
        serve(
            [f"--database={database}", f"--test-tags={tags}"]
            + ["--stop-after-init", "--max-cron-threads=0", "--workers=0"]
        )
    except SystemExit as end:
        status = end.code
    Path(target).write_text(json.dumps(outcomes, indent=1), encoding="utf-8")
    return 0 if outcomes else int(status or 1)


def only_lint(folder: Path) -> None:
    """Let the linter look at the add-ons of a folder, where it looks at files."""
    from odoo import tools
    from odoo.modules import Manifest

    from odoo.addons.test_lint.tests import test_manifests, test_pylint

    everything = Manifest.all_addon_manifests
    Manifest.all_addon_manifests = lambda: [
        manifest for manifest in everything() if Path(manifest.path).parent == folder
    ]

    # the OCA's key, which says how far an add-on is; Odoo has no use for it
    test_manifests.MANIFEST_KEYS |= {"development_status"}

    class Config:
        """Odoo's settings, with another root."""

        root_path = str(folder)

        def __getitem__(self, name):
            return tools.config[name]

    class Tools:
        """Odoo's tools, with these settings."""

        config = Config()

        def __getattr__(self, name):
            return getattr(tools, name)

    test_pylint.tools = Tools()


def name_of(test) -> str:
    """Return ``hr.test_ui.TestUI.test_x``, for a part of a test that of the whole."""
    if os.environ.get("LINT_ONLY"):
        name = test.id()
    else:
        name = getattr(test, "test_case", test).id().partition(" [")[0]
    return name.replace("odoo.addons.", "").replace(".tests.", ".", 1)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
