"""Reading Odoo's log: a warning or an error in it is a finding."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

HEAD = re.compile(
    r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} \d+ (?P<level>[A-Z]+) (?P<database>\S+)"
    r" (?P<logger>[\w.]+): (?P<message>.*)$"
)
BAD = ("WARNING", "ERROR", "CRITICAL")
# Lines of the plain Odoo that are no fault of an add-on: (logger, message, why).
ALLOWED: tuple[tuple[str, str, str], ...] = ()


class Finding(NamedTuple):
    """One line of a log that should not be there."""

    level: str
    logger: str
    message: str


def check_log(path: Path) -> list[Finding]:
    """Return the warnings and errors in a log, without the known ones of Odoo."""
    found = []
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        match = HEAD.match(line)
        if (
            match
            and match["level"] in BAD
            and not is_allowed(match["logger"], match["message"].strip())
        ):
            message = match["message"].strip()
            found.append(Finding(match["level"], match["logger"], message))
    return found


def is_allowed(logger: str, message: str) -> bool:
    """Return whether a line is known to come from the plain Odoo."""
    return any(
        logger == name and re.search(text, message) for name, text, _why in ALLOWED
    )
