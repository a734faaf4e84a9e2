"""Dispatches `script/COMMAND` and turns trouble into one sentence."""

from __future__ import annotations

import errno
import importlib
import sys

from .console import say
from .errors import Problem

COMMANDS = {
    "setup": "setup",
    "server": "server",
    "test": "testing",
    "odoo": "odoo_cli",
    "lint": "lint",
    "i18n": "i18n",
    "screenshots": "screenshots",
    "bench": "bench",
    "suites": "suites",
}


def main(arguments: list[str]) -> int:
    """Run the command that ``arguments`` begin with; return the exit status."""
    module = importlib.import_module(f".{COMMANDS[arguments[0]]}", __package__)
    try:
        return module.main(arguments[1:])
    except Problem as problem:
        if problem.detail:
            say(problem.detail)
        say(f"error: {problem}")
        return 1
    except KeyboardInterrupt:
        say("stopped")
        return 130
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EROFS):
            raise
        what = {
            errno.ENOSPC: "the disk is full: free some space and run again",
            errno.EDQUOT: "the disk quota is used up: free some space and run again",
            errno.EROFS: "the disk is read-only: let CAREER_HOME name another folder",
            errno.EACCES: "it belongs to somebody else: run as that user, or let"
            " CAREER_HOME name a folder of yours",
        }[error.errno]
        say(f"error: cannot write {error.filename or 'a file'}: {what}.")
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
