"""`script/server`: everything, and then a running demo."""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from . import postgres, setup
from .console import say, step
from .databases import Databases
from .errors import Problem
from .layout import Layout
from .settings import Odoo, is_free

# The add-on that makes the demo company says who can log in to it.
LOGINS = (
    Path(__file__).parents[3] / "addons" / "career_guidance" / "demo" / "logins.json"
)
LONGEST_START = 180


def main(arguments: list[str]) -> int:
    """Run `script/server`."""
    parser = argparse.ArgumentParser(prog="script/server", description=__doc__)
    parser.add_argument(
        "--port",
        type=int,
        default=os.environ.get("PORT") or 8069,
        help="port to listen on (default: PORT or 8069)",
    )
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)"
    )
    options = parser.parse_args(arguments)
    layout = Layout.find()
    check_port(options.port, options.host)
    with postgres.in_use(layout):
        odoo = setup.ensure(layout)
        databases = Databases(odoo)
        databases.ensure_demo()
        return serve(odoo, databases.demo, options.host, options.port)


def check_port(port: int, host: str) -> None:
    """Refuse a port on which we could not listen, before the long work."""
    if not 1 <= port <= 65535:
        raise Problem(
            f"{port} is no port: choose one between 1024 and 65535 with --port."
        )
    if not is_free(port, host):
        raise Problem(
            f"Port {port} is taken (or not ours to take): stop what listens there, or"
            f" choose another: script/server --port {8070 if port == 8069 else 8069}."
        )


def serve(odoo: Odoo, database: str, host: str, port: int) -> int:
    """Start Odoo, say how to get in once it answers, and wait for it to end."""
    log = odoo.layout.logs / "server.log"
    config = odoo.config(
        database, http_interface=host, http_port=port, dbfilter=f"^{database}$"
    )
    # On SIGTERM, too, the server and then PostgreSQL are to be stopped.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with log.open("w") as output:
        process = subprocess.Popen(
            odoo.command("server"),
            env=odoo.env(config),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C is for us; we pass it on
        )
    shown = "127.0.0.1" if host == "0.0.0.0" else host
    try:
        with step("Starting Odoo"):
            wait_for(process, f"http://{shown}:{port}/web/login", log)
        say(welcome(f"http://{shown}:{port}", log))
        return process.wait()
    except KeyboardInterrupt:
        say("stopping …")
        return 0
    finally:
        stop(process)


def wait_for(process: subprocess.Popen, url: str, log: Path) -> None:
    """Wait until the server shows its log-in page."""
    deadline = time.monotonic() + LONGEST_START
    while time.monotonic() < deadline:
        if process.poll() is not None:
            tail = "\n".join(log.read_text(errors="replace").splitlines()[-20:])
            raise Problem(f"Odoo ended before it answered; its log is {log}.", tail)
        try:
            with urllib.request.urlopen(url, timeout=30) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    raise Problem(
        f"Odoo did not answer within {LONGEST_START} seconds; its log is {log}."
    )


def stop(process: subprocess.Popen) -> None:
    """Stop the server gently, then less so."""
    for how in (signal.SIGTERM, signal.SIGTERM, signal.SIGKILL):
        if process.poll() is not None:
            return
        process.send_signal(how)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            continue


def welcome(address: str, log: Path) -> str:
    """Return what a person needs to know to begin."""
    texts = json.loads(LOGINS.read_text(encoding="utf-8"))
    width = max(len(person["login"]) for person in texts["people"])
    lines = ["", f"Odoo is ready: {address}", "", "Log in as (password):"]
    for person in texts["people"]:
        lines.append(
            f"  {person['login']:{width}}  ({person['password']})  {person['who']}"
        )
    lines += ["", "Try first:"]
    lines += [f"  {number}. {text}" for number, text in enumerate(texts["first"], 1)]
    lines += ["", f"Log: {log}", "Ctrl-C stops it."]
    return "\n".join(lines)
