"""A pytest plug-in: writes the outcome of a run to the file VERDICT_FILE names.

`script/test` runs pytest several times and adds up these files. With VERDICT_FAST set
the tests that need a web server or browser are left out.
"""

from __future__ import annotations

import json
import os


def pytest_collection_modifyitems(config, items):
    """Leave out what `script/test --fast` leaves out."""
    if not os.environ.get("VERDICT_FAST"):
        return
    slow = [item for item in items if _needs_http(item)]
    if slow:
        config.hook.pytest_deselected(items=slow)
        items[:] = [item for item in items if item not in slow]


def _needs_http(item) -> bool:
    names = (
        {base.__name__ for base in getattr(item.cls, "__mro__", ())} if item.cls else ()
    )
    return "HttpCase" in names


def pytest_terminal_summary(terminalreporter):
    """Write counts, failures and reasons for skips."""
    target = os.environ.get("VERDICT_FILE")
    if not target:
        return
    stats = terminalreporter.stats

    def ids(*kinds):
        found = [report for kind in kinds for report in stats.get(kind, ())]
        return [getattr(report, "nodeid", str(report)) for report in found]

    def reason(report):
        longrepr = getattr(report, "longrepr", "")
        text = longrepr[2] if isinstance(longrepr, tuple) else str(longrepr)
        return text.removeprefix("Skipped: ").strip()

    verdict = {
        "passed": len(ids("passed", "xpassed")),
        "failed": sorted(set(ids("failed", "error", "subtests failed"))),
        "skipped": [
            [report.nodeid, reason(report)]
            for kind in ("skipped", "subtests skipped", "xfailed")
            for report in stats.get(kind, ())
        ],
        "deselected": len(stats.get("deselected", ())),
    }
    with open(target, "w", encoding="utf-8") as handle:
        json.dump(verdict, handle)
