"""`script/screenshots`: makes the pictures of the documentation from the demo data.

The browser tests take them on the way, so that a picture shows what was tested.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from . import addons, testing
from .commands import run as call
from .layout import Layout
from .python_env import environment

TESTS = (
    "test_browser_story.py",
    "test_browser_roles.py",
    "test_browser_guides.py",
    "test_mobility_story.py",
)
# Without --all only what makes a picture of the guides, which are in English.
GUIDES = "not accessible and not french and not nl"


def main(arguments: list[str]) -> int:
    """Run `script/screenshots`."""
    parser = argparse.ArgumentParser(
        prog="script/screenshots", description=__doc__, allow_abbrev=False
    )
    parser.add_argument(
        "--all",
        metavar="FOLDER",
        type=Path,
        help="every screen of every role as well, in Dutch at 1400 and 400 pixels",
    )
    options, rest = parser.parse_known_args(arguments)
    os.environ["SCREENSHOTS"] = "1"
    if options.all:
        os.environ["SCREENSHOTS_TO"] = str(options.all.resolve())
    elif "-k" not in rest:
        rest = ["-k", GUIDES, *rest]
    layout = Layout.find()
    tests = layout.root / "tests"
    stages = argparse.Namespace(fast=False, stage=["cross"])
    run = testing.Run(stages, [*(str(tests / name) for name in TESTS), *rest])
    status = testing.carry_out(run)
    # the store pages show some of them
    program = layout.root / "script" / "lib" / "store_pages.py"
    ours = [addon.path for addon in addons.discover(layout.addons).values()]
    call([layout.python, program, *ours], "store pages", env=environment(layout))
    return status
