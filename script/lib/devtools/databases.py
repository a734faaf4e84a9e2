"""The project's databases: the templates, their copies, and the demo.

    foundation   Odoo's own modules that ours need           (made rarely)
    template     foundation + our add-ons, without demo data (for the unit tests)
    demo         the same with demo data                     (for tests across modules)

The demo that `script/server` shows is a copy of the last. Copies take a second.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

from . import addons
from .commands import explain
from .console import step, warn
from .errors import Problem
from .logcheck import Finding, check_log
from .settings import Odoo
from .steps import check_space, digest, lock, remove, write

DBADMIN = Path(__file__).with_name("dbadmin.py")
# The first is the language of the database: without en_US there it would be Dutch.
INSTALL_LANGUAGES = "en_US,nl_NL,fr_FR"
PREGENERATE = "env['ir.qweb']._pregenerate_assets_bundles()\nenv.cr.commit()\n"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,62}")


def check_name(name: str) -> str:
    """Refuse names that Odoo or PostgreSQL would trip over."""
    if not NAME.fullmatch(name):
        raise Problem(
            f"ODOO_DB names the database {name!r}: use letters, digits, '_', '-' and"
            " '.', 63 at most, the first a letter or digit."
        )
    return name


class Databases:
    """The databases of one checkout on one server."""

    def __init__(self, odoo: Odoo) -> None:
        self.odoo = odoo
        self.layout = odoo.layout
        self.suffix = self.layout.suffix
        self.demo = f"career_demo{self.suffix}"
        self.addons, self.left_out = addons.installable(self.layout, odoo.source)
        needed = {name for addon in self.addons for name in addon.depends}
        self.peers = [
            peer
            for peer in addons.discover(self.layout.peers).values()
            if peer.name in needed
        ]

    @property
    def tested(self) -> list[Path]:
        """Return the add-ons whose own tests we run: ours, and converted ones."""
        return [addon.path for addon in [*self.peers, *self.addons]]

    # -- plain operations --------------------------------------------------------------

    def call(self, action: str, *arguments: str) -> Any:
        """Do one action of dbadmin.py in the environment's Python."""
        done = subprocess.run(
            [str(self.layout.python), "-I", str(DBADMIN), action, *arguments],
            env=self.odoo.server.env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            message = done.stderr.strip() or "no message"
            raise Problem(
                f"The database server refused ({action} {' '.join(arguments)}):"
                f" {message.splitlines()[-1]}",
                explain("The database server", message),
            )
        return json.loads(done.stdout)

    def filestore(self, name: str) -> Path:
        """Return where a database keeps its attachments."""
        return self.layout.data / "filestore" / name

    def drop(self, name: str) -> None:
        """Remove a database with its attachments."""
        self.call("drop", name)
        remove(self.filestore(name))

    def clone(self, template: str, name: str) -> None:
        """Copy a database with its attachments.

        Attachments are named after their content and never written again, so the
        copies share them (hard links).
        """
        self.drop(name)
        self.call("clone", template, name)
        source = self.filestore(template)
        if source.exists():
            shutil.copytree(source, self.filestore(name), copy_function=link_or_copy)

    def rename(self, name: str, new: str) -> None:
        """Give a database, and its attachments, another name."""
        self.drop(new)
        self.call("rename", name, new)
        if self.filestore(name).exists():
            self.filestore(name).rename(self.filestore(new))

    # -- templates ---------------------------------------------------------------------

    def template(
        self, *, demo: bool = False, fresh: bool = False, assets: bool = True
    ) -> tuple[str, list[Finding]]:
        """Return the template's name and what its installation's log complains of.

        After a change of an add-on it is updated; with ``fresh`` it is made again, and
        one that was updated since it was made does not do. Without ``assets`` the
        style sheets and scripts are not built ahead: there will be no browser.
        """
        name = f"career_template{'_demo' if demo else ''}{self.suffix}"
        with lock(self.layout, name):
            foundation, base = self.foundation(demo=demo)
            made, wanted = Made(self, name), self.fingerprints()
            usable = made.base == base and self.call("exists", name)
            enough = made.is_fresh >= fresh and made.has_assets >= assets
            if usable and enough and made.addons == wanted:
                return name, made.findings
            update = usable and not fresh and made.addons.keys() <= wanted.keys()
            data = "with demo data" if demo else "without demo data"
            verb = "updating" if update else "installing"
            with step(f"Database {data}: {verb} the project's add-ons"):
                part = f"{name}_part"
                self.clone(name if update else foundation, part)
                log = self.layout.logs / f"install-{name}.log"
                known = made.addons if update else {}
                self.bring_up_to_date(part, known, log, demo=demo)
                findings = check_log(log)
                if assets:
                    findings += check_log(self.pregenerate_assets(part))
                made.forget()
                self.rename(part, name)
                made.base, made.addons, made.findings = base, wanted, findings
                made.is_fresh, made.has_assets = not update, assets
                made.write()
            return name, made.findings

    def fingerprints(self) -> dict[str, str]:
        """Return what the add-ons are now."""
        return {addon.name: addon.fingerprint() for addon in self.addons}

    def foundation(self, *, demo: bool = False) -> tuple[str, str]:
        """Return the name of the foundation, and its fingerprint."""
        name = f"career_template{'_demo' if demo else ''}{self.suffix}_base"
        modules = addons.foundation(self.addons)
        base = digest(
            "3",
            str(self.odoo.source.root),
            (self.layout.stamps / "venv").read_text(),
            INSTALL_LANGUAGES,
            json.dumps(modules),
            *(peer.fingerprint() for peer in self.peers),
        )
        with lock(self.layout, name):
            made = Made(self, name)
            if made.base != base or not self.call("exists", name):
                self._make_foundation(name, modules, demo)
                made.base = base
                made.write()
        return name, base

    def _make_foundation(self, name: str, modules: list[str], demo: bool) -> None:
        check_space(self.layout.home, 1000)
        title = f"Database {'with' if demo else 'without'} demo data: Odoo's modules"
        with step(title):
            part = f"{name}_part"
            Made(self, name).forget()
            self.drop(part)
            log = self.layout.logs / f"install-{name}.log"
            self.run_odoo(
                part, log, *self._install_options(demo), "-i", ",".join(modules)
            )
            self.rename(part, name)

    @staticmethod
    def _install_options(demo: bool) -> list[str]:
        # Without --skip-auto-install Odoo adds modules that call out to services.
        options = ["--stop-after-init", "--no-http", "--max-cron-threads=0"]
        options += ["--skip-auto-install", f"--load-language={INSTALL_LANGUAGES}"]
        return [*options, "--with-demo"] if demo else options

    def bring_up_to_date(
        self, name: str, known: dict[str, str], log: Path, *, demo: bool
    ) -> None:
        """Install the add-ons that a database lacks, update those that changed."""
        there = set(self.call("installed", name))
        changed = [a.name for a in self.addons if known.get(a.name) != a.fingerprint()]
        new = [module for module in changed if module not in there]
        old = [module for module in changed if module in there]
        options = self._install_options(demo)
        if new:
            options += ["-i", ",".join(new)]
        if old:
            options += ["-u", ",".join(old)]
        if new or old:
            self.run_odoo(name, log, *options)
        else:
            write(log, "")
        half = self.call("unfinished", name)
        if half:
            raise Problem(
                f"Odoo left modules half-way: {', '.join(half)}; {log} says why."
            )

    def pregenerate_assets(self, name: str) -> Path:
        """Build the style sheets and scripts once, instead of in every browser test.

        Return the log.
        """
        log = self.layout.logs / f"assets-{name}.log"
        self.run_odoo(name, log, "--no-http", "--max-cron-threads=0", code=PREGENERATE)
        return log

    def run_odoo(self, name: str, log: Path, *options: str, code: str = "") -> None:
        """Run Odoo (or, with ``code``, its shell) on a database until it ends."""
        config = self.odoo.config(name)
        log.parent.mkdir(parents=True, exist_ok=True)
        command = self.odoo.command("shell" if code else "server", *options)
        with log.open("w") as output:
            done = subprocess.run(
                command,
                env=self.odoo.env(config),
                input=code or "",
                stdout=output,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
            )
        text = log.read_text(errors="replace")
        failed = done.returncode or (
            code and "Traceback (most recent call last)" in text
        )
        if failed:
            tail = "\n".join(text.splitlines()[-40:])
            raise Problem(explain(f"Odoo (log: {log})", text), tail)

    # -- the demo ----------------------------------------------------------------------

    def ensure_demo(self) -> None:
        """Make the demo, or bring it up to date; what was entered in it is kept."""
        made = Made(self, self.demo)
        wanted = self.fingerprints()
        if made.addons == wanted and self.call("exists", self.demo):
            return
        with lock(self.layout, self.demo):
            made = Made(self, self.demo)
            gone = made.addons.keys() - wanted.keys()
            if gone:
                warn(f"{', '.join(sorted(gone))} is gone: the demo is made anew")
            if self.call("exists", self.demo) and made.known and not gone:
                if made.addons == wanted:
                    return
                with step("Demo database: updating"):
                    log = self.layout.logs / f"install-{self.demo}.log"
                    self.bring_up_to_date(self.demo, made.addons, log, demo=True)
            else:
                template, _findings = self.template(demo=True)
                with step("Demo database"):
                    made.forget()
                    part = f"{self.demo}_part"
                    self.clone(template, part)
                    self.rename(part, self.demo)
            made.addons = wanted
            made.write()


class Made:
    """What a database was made from; without this record it does not count."""

    def __init__(self, databases: Databases, name: str) -> None:
        self.path = databases.layout.work / "made" / f"{name}.json"
        self.server = databases.odoo.server.socket or os.environ.get("PGHOST", "")
        try:
            values = json.loads(self.path.read_text())
        except (OSError, ValueError):
            values = {}
        self.known = values.get("server") == self.server
        if not self.known:
            values = {}
        self.base: str = values.get("base", "")
        self.addons: dict[str, str] = values.get("addons", {})
        self.findings = [Finding(*item) for item in values.get("findings", [])]
        self.is_fresh: bool = values.get("is_fresh", False)
        self.has_assets: bool = values.get("has_assets", False)

    def forget(self) -> None:
        """Drop the record, before the database is changed."""
        self.path.unlink(missing_ok=True)

    def write(self) -> None:
        """Write the record, after the database is complete."""
        values = {
            "server": self.server,
            "base": self.base,
            "addons": self.addons,
            "findings": [list(finding) for finding in self.findings],
            "is_fresh": self.is_fresh,
            "has_assets": self.has_assets,
        }
        write(self.path, json.dumps(values, indent=1))


def link_or_copy(source: str, target: str) -> None:
    """Give a file a second name; copy it where that cannot be."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
