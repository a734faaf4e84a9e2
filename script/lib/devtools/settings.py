"""Odoo's configuration file, and the surroundings in which Odoo runs."""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass, field
from pathlib import Path

from .addons import extra_folders
from .layout import Layout
from .odoo_source import OdooSource
from .postgres import Server
from .python_env import environment
from .steps import digest, write


@dataclass(frozen=True)
class Odoo:
    """An Odoo that is ready to run: source, packages, database server."""

    layout: Layout
    source: OdooSource
    server: Server
    extra: list[Path] = field(default_factory=extra_folders)

    @property
    def addons_path(self) -> list[Path]:
        """Return all folders with add-ons; Odoo wants none without any."""
        ours = [self.layout.addons, self.layout.peers, *self.extra]
        return self.source.addons_path + [
            folder for folder in ours if any(folder.glob("*/__manifest__.py"))
        ]

    def config(self, database: str, **settings: object) -> Path:
        """Write a configuration for one database (or none); return the file.

        The file's name holds a digest of its content, so that runs with different
        databases or folders do not overwrite each other's.
        """
        values: dict[str, object] = {
            "addons_path": ",".join(str(path) for path in self.addons_path),
            "data_dir": self.layout.data,
            **({"db_name": database} if database else {}),
            "http_interface": "127.0.0.1",
            "list_db": False,
            **self.server.odoo_settings,
            **settings,
        }
        lines = [f"{name} = {value}" for name, value in values.items()]
        text = "\n".join(["; made by script/odoo", "[options]", *lines, ""])
        path = (
            self.layout.work / "conf" / f"{database or 'none'}-{digest(text)[:12]}.conf"
        )
        if not path.exists():
            write(path, text)
            path.chmod(0o600)
        return path

    def env(self, config: Path) -> dict[str, str]:
        """Return the process environment for Odoo."""
        self.layout.data.mkdir(parents=True, exist_ok=True)
        env = environment(self.layout) | self.server.env
        for name in ("PYTHONHOME", "PYTHONSTARTUP", "VIRTUAL_ENV"):
            env.pop(name, None)
        path = [str(self.source.root), os.environ.get("PYTHONPATH", "")]
        env["PYTHONPATH"] = os.pathsep.join(filter(None, path))
        env["ODOO_RC"] = str(config)
        env["PATH"] = os.pathsep.join(
            [str(self.layout.venv / "bin"), env.get("PATH", os.defpath)]
        )
        return env

    def command(self, *arguments: str) -> list[str]:
        """Return the command line that runs Odoo."""
        return [str(self.layout.python), "-m", "odoo", *arguments]


def free_port() -> int:
    """Return a port of this machine on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Return whether a server could listen on a port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
