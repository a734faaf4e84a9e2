"""A pytest plug-in: a warning that a test logs, or worse, is a failure of that test.

`script/test --stage unit` runs Odoo inside pytest with it. What a test provokes on
purpose it takes away with ``assertLogs`` or ``mute_logger``: that does not come here.
What is logged between two tests counts for the one that follows.
"""

from __future__ import annotations

import logging

import pytest
from devtools.logcheck import Finding, is_allowed, report


class Recorder(logging.Handler):
    """Keeps what should not be logged until the test ends."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: list[Finding] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record, unless it is known to come from the plain Odoo."""
        level = logging.getLevelName(record.levelno)
        finding = Finding(level, record.name, record.getMessage())
        if not is_allowed(finding):
            self.found.append(finding)

    def take(self) -> str:
        """Return what there is, as text, and forget it."""
        found, self.found = self.found, []
        return report(found)


RECORDER = Recorder()


def pytest_configure() -> None:
    """Listen to everything that is logged."""
    logging.getLogger().addHandler(RECORDER)


def pytest_unconfigure() -> None:
    """Listen no longer."""
    logging.getLogger().removeHandler(RECORDER)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(call: pytest.CallInfo[None]):
    """Let a test fail, at its very end, that logged what it should not."""
    result = yield
    if call.when == "teardown" and (text := RECORDER.take()):
        result.outcome = "failed"
        result.longrepr = "\n".join(filter(None, [result.longreprtext, text]))
    return result


@pytest.hookimpl(wrapper=True)
def pytest_sessionfinish(session: pytest.Session):
    """Let the run fail when something was logged after the last test."""
    yield
    if text := RECORDER.take():
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        print(f"\nafter the last test: {text}")
