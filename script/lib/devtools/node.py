"""prettier and its plug-in, installed with npm from the lock file."""

from __future__ import annotations

import os
import shutil

from .commands import is_root, run, system_install
from .console import warn
from .errors import Problem
from .layout import Layout
from .steps import Step

FILES = ("package.json", "package-lock.json")


def ensure(layout: Layout) -> bool:
    """Install the tools of package.json; return whether they are there."""
    if not shutil.which("npm") and is_root():
        try:
            system_install(["nodejs", "npm"], "installing Node.js")
        except Problem as problem:
            warn(str(problem))
    npm = shutil.which("npm")
    if not npm:
        return False
    files = [layout.root / name for name in FILES]
    step = Step(layout, "node", "prettier", ["1", *files], layout.node)

    def build(place):
        for path in files:
            shutil.copy2(path, place)
        command = [npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
        command.append(f"--cache={layout.cache / 'npm'}")
        run(command, "installing prettier", cwd=place, env=dict(os.environ))

    step.ensure(build)
    return True


def prettier(layout: Layout) -> list[str]:
    """Return the command line that runs prettier with the plug-in for XML."""
    modules = layout.node / "node_modules"
    plugin = modules / "@prettier" / "plugin-xml" / "src" / "plugin.js"
    return [
        "node",
        str(modules / "prettier" / "bin" / "prettier.cjs"),
        f"--plugin={plugin}",
    ]
