"""Reading Odoo's log: a warning or an error in it is a finding.

Whoever starts an Odoo looks here at what it logged: the installations of the databases,
each test across modules (tests/conftest.py), each test of an add-on
(pytest_logcheck.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

HEAD = re.compile(
    r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} \d+ (?P<level>[A-Z]+) (?P<database>\S+)"
    r" (?P<logger>[\w.]+): (?P<message>.*)$"
)
BAD = ("WARNING", "ERROR", "CRITICAL")
TRACEBACK = "Traceback (most recent call last):"


class Finding(NamedTuple):
    """One line of a log that should not be there."""

    level: str
    logger: str
    message: str


class Allowance(NamedTuple):
    """What may be logged, and why."""

    logger: str
    message: str
    """A regular expression that is found in the message."""
    why: str


# Lines of the plain Odoo that are no fault of an add-on: seen without ours, too.
ALLOWED: tuple[Allowance, ...] = ()


def check_log(path: Path) -> list[Finding]:
    """Return the warnings and errors in a log, without the known ones of Odoo."""
    return check_text(path.read_text(encoding="utf-8", errors="replace"))


def check_text(text: str) -> list[Finding]:
    """Return the same of the text of a log.

    What follows a line of the log belongs to it: the rest of its message, and the
    traceback. A traceback below a line that is no error was logged by nobody: it is a
    finding of the logger ``stderr``.
    """
    records: list[tuple[re.Match[str] | None, list[str]]] = [(None, [])]
    for line in text.splitlines():
        match = HEAD.match(line)
        if match:
            records.append((match, []))
        else:
            records[-1][1].append(line)
    found = []
    for match, rest in records:
        where = rest.index(TRACEBACK) if TRACEBACK in rest else len(rest)
        if match and match["level"] in BAD:
            message = "\n".join([match["message"], *rest[:where]]).strip()
            found.append(Finding(match["level"], match["logger"], message))
        elif where < len(rest):
            ends = (line for line in rest[where + 1 :] if not line.startswith(" "))
            found.append(Finding("ERROR", "stderr", next(ends, "a traceback")))
    return [finding for finding in found if not is_allowed(finding)]


def is_allowed(finding: Finding, allowed: Iterable[Allowance] = ()) -> bool:
    """Return whether a line is the plain Odoo's, or allowed besides."""
    return any(
        finding.logger == logger and re.search(message, finding.message)
        for logger, message, _why in (*ALLOWED, *allowed)
    )


def report(found: Iterable[Finding]) -> str:
    """Return findings as text for somebody who has to repair them; '' if none."""
    lines = [f"  {level} {logger}: {message}" for level, logger, message in found]
    return "\n".join(["logged, but must not be:", *lines]) if lines else ""


class Watch:
    """Logs that are still being written."""

    def __init__(self) -> None:
        self._seen: dict[Path, int] = {}
        self._found: list[Finding] = []

    def follow(self, log: Path) -> None:
        """Look at a log from its beginning, again and again."""
        self._seen[log] = 0

    def read(self, text: str) -> None:
        """Look at the whole log of something that has ended."""
        self._found += check_text(text)

    def take(self) -> list[Finding]:
        """Return what was found since the last time."""
        found, self._found = self._found, []
        for log, seen in self._seen.items():
            text = log.read_text(encoding="utf-8", errors="replace")
            # the last line may still be half written
            now = check_text(text[: text.rfind("\n") + 1])
            found += now[seen:]
            self._seen[log] = len(now)
        return found
