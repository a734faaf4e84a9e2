"""Fixtures for the tests that look at the suite from outside.

They run Odoo as people do: a command line, a server process, a browser. Databases are
copies of the templates that `script/test` makes; a copy takes a second.
"""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "script" / "lib"))

from browsing import WIDE  # noqa: E402
from devtools import browser as chromium  # noqa: E402
from devtools import setup  # noqa: E402
from devtools.databases import Databases  # noqa: E402
from devtools.layout import Layout  # noqa: E402
from devtools.logcheck import Allowance, Watch, is_allowed, report  # noqa: E402
from devtools.server import stop  # noqa: E402
from devtools.settings import Odoo, free_port  # noqa: E402
from fault_jobs import COMPANY  # noqa: E402

MARK = "--- result of the shell ---"
COUNTER = itertools.count(1)


# -- what Odoo logs --------------------------------------------------------------------


def refuse(watch: Watch, allowed: list[Allowance]) -> None:
    """Fail when there is something new in a log that is not allowed."""
    found = [item for item in watch.take() if not is_allowed(item, allowed)]
    if found:
        pytest.fail(report(found), pytrace=False)


@pytest.fixture(scope="session")
def watch() -> Iterator[Watch]:
    """Return who reads the logs of all servers and commands that the tests start."""
    watch = Watch()
    yield watch
    refuse(watch, [])


@pytest.fixture(autouse=True)
def nothing_is_logged(request, watch) -> Iterator[None]:
    """Fail each test in which an Odoo logs a warning, or worse.

    A test that provokes one says so: ``@pytest.mark.may_log(logger, message, why)``,
    the message as a regular expression.
    """
    yield
    markers = request.node.iter_markers("may_log")
    refuse(watch, [Allowance(*marker.args) for marker in markers])


# -- databases and commands ------------------------------------------------------------


@pytest.fixture(scope="session")
def odoo() -> Odoo:
    """Return the Odoo that `script/setup` made."""
    return setup.ensure(Layout.find(), tests=True)


@pytest.fixture(scope="session")
def databases(odoo: Odoo) -> Databases:
    """Return the databases of this checkout."""
    return Databases(odoo)


@pytest.fixture(scope="session")
def odoo_db(databases: Databases) -> Iterator[Callable[..., str]]:
    """Return a factory of databases; they are dropped when the session ends.

    ``odoo_db()`` copies the template with demo data, ``odoo_db(demo=False)`` the one
    without, ``odoo_db(base=True)`` has only the modules of Odoo that ours need, and
    ``odoo_db(empty=True)`` is the name of a database that is not there yet.
    """
    made: list[str] = []

    def make(*, demo: bool = True, base: bool = False, empty: bool = False) -> str:
        name = f"career_test{databases.suffix}_{os.getpid()}_{next(COUNTER)}"
        made.append(name)
        if not empty:
            make_template = databases.foundation if base else databases.template
            databases.clone(make_template(demo=demo)[0], name)
        return name

    yield make
    for name in made:
        databases.drop(name)


@pytest.fixture(scope="session")
def odoo_run(watch) -> Callable[..., str]:
    """Return a function that runs `script/odoo` on a database: what Odoo says.

    The test fails when Odoo ends with another status than it should.
    """

    def run(
        database: str,
        *arguments: str,
        stdin: str = "",
        timeout: int = 900,
        status: int = 0,
        **env: str,
    ) -> str:
        done = subprocess.run(
            [str(ROOT / "script" / "odoo"), *arguments],
            env=os.environ | {"ODOO_DB": database} | env,
            input=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=timeout,
            check=False,
        )
        watch.read(done.stdout)
        assert done.returncode == status, done.stdout[-5000:]
        return done.stdout

    return run


@pytest.fixture(scope="session")
def shell(odoo_run) -> Callable[[str, str], Any]:
    """Return a function that runs Python in Odoo's shell.

    The code finds ``env`` and leaves what it wants to hand back in ``result`` (what
    JSON can hold). What it changes lasts only if it calls ``env.cr.commit()``.
    """

    def run(database: str, code: str) -> Any:
        # Fed in one piece: a shell without a terminal executes it as one program.
        program = f"import json\nresult = None\n{code}\n"
        program += f"print({MARK!r} + json.dumps(result, default=str))\n"
        text = odoo_run(database, "shell", "--no-http", stdin=program)
        for line in text.splitlines():
            if line.startswith(MARK):
                return json.loads(line.removeprefix(MARK))
        raise AssertionError(f"the shell handed nothing back:\n{text[-5000:]}")

    return run


@pytest.fixture(scope="session")
def sql(odoo) -> Callable[..., list[tuple]]:
    """Return a function that runs a query on a database."""
    import psycopg2

    where = odoo.server.env
    options = {"host": where["PGHOST"], "user": where.get("PGUSER")}

    def run(database: str, query: str, *values: Any) -> list[tuple]:
        connection = psycopg2.connect(dbname=database, **options)
        try:
            with connection.cursor() as cursor:
                cursor.execute(query, values or None)
                return cursor.fetchall()
        finally:
            connection.close()

    return run


# -- servers that are killed, and two at once ------------------------------------------


@pytest.fixture(scope="session")
def company(odoo_db, shell) -> tuple[str, int, int]:
    """Return a database with the company, and the employee and user to be locked."""
    database = odoo_db(demo=False)
    return database, *shell(database, COMPANY)


@pytest.fixture
def company_copy(company, databases, odoo_db) -> str:
    """Return a copy of the company's database."""
    name = odoo_db(empty=True)
    databases.clone(company[0], name)
    return name


@pytest.fixture(scope="session")
def connect(odoo) -> Callable:
    """Return a context manager: a connection to a database, rolled back at its end."""
    import psycopg2

    where = odoo.server.env
    options = {"host": where["PGHOST"], "user": where.get("PGUSER")}

    @contextmanager
    def connecting(database: str):
        connection = psycopg2.connect(dbname=database, **options)
        try:
            yield connection
        finally:
            connection.close()

    return connecting


@pytest.fixture(scope="session")
def wake(connect) -> Callable[[str], None]:
    """Return a function that wakes the scheduled actions up, as Odoo does."""

    def call(database: str) -> None:
        with connect("postgres") as connection, connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify('cron_trigger', %s)", [database])
            connection.commit()

    return call


@dataclass(frozen=True)
class RunningServer:
    """A real Odoo server on a database of its own."""

    url: str
    database: str
    log: Path
    process: subprocess.Popen[bytes] = field(repr=False)


@pytest.fixture(scope="session")
def serve(odoo: Odoo, watch) -> Callable[..., AbstractContextManager[RunningServer]]:
    """Return a context manager: a real server, by default with scheduled actions."""

    @contextmanager
    def run(database: str, *, cron_threads: int = 1) -> Iterator[RunningServer]:
        port = free_port()
        log = odoo.layout.logs / f"server-{database}-{next(COUNTER)}.log"
        config = odoo.config(
            database,
            http_port=port,
            gevent_port=free_port(),
            dbfilter=f"^{database}$",
            workers=0,
            max_cron_threads=cron_threads,
        )
        with log.open("wb") as output:
            process = subprocess.Popen(
                odoo.command("server"),
                env=odoo.env(config),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        watch.follow(log)
        try:
            yield RunningServer(f"http://127.0.0.1:{port}", database, log, process)
        finally:
            stop(process)

    return run


@pytest.fixture(scope="session")
def start_server(serve) -> Iterator[Callable[[str], RunningServer]]:
    """Return a function that starts a server; it answers, and runs to the end."""
    with ExitStack() as running:

        def start(database: str) -> RunningServer:
            server = running.enter_context(serve(database, cron_threads=0))
            _wait_for(server)
            return server

        yield start


def _wait_for(server: RunningServer, seconds: int = 120) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        assert server.process.poll() is None, server.log.read_text()[-5000:]
        try:
            with urllib.request.urlopen(
                f"{server.url}/web/login", timeout=60
            ) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise AssertionError(
        f"no answer within {seconds} s: {server.log.read_text()[-5000:]}"
    )


@pytest.fixture(scope="session")
def server(odoo_db, start_server) -> RunningServer:
    """Return a server on a copy of the database with demo data."""
    return start_server(odoo_db())


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Return a Chromium, driven by Playwright."""
    path = os.environ.get("CAREER_CHROMIUM") or chromium.find()
    if not path or not chromium.has_library():
        pytest.skip(f"no browser: install {' and '.join(chromium.PACKAGES)}")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        instance = playwright.chromium.launch(
            executable_path=path, args=list(chromium.FLAGS)
        )
        yield instance
        instance.close()


@pytest.fixture
def page(browser, server) -> Iterator[Any]:
    """Return a fresh page of nobody in particular, on the demo server.

    Errors in the page's console, failed requests among them, fail the test.
    """
    context = browser.new_context(
        base_url=server.url, viewport={"width": 1366, "height": 900}
    )
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "console",
        lambda message: message.type == "error" and errors.append(message.text),
    )
    yield page
    context.close()
    assert not errors, f"the page's console has errors: {errors}"


@pytest.fixture
def login() -> Callable[..., None]:
    """Return a function that logs a user in on a page."""

    def log_in(page: Any, user: str, password: str | None = None) -> None:
        page.context.clear_cookies()
        page.goto("/web/login")
        page.fill("input[name=login]", user)
        page.fill("input[name=password]", password or user)
        page.click("button[type=submit]")
        page.wait_for_selector(".o_main_navbar")

    return log_in


@pytest.fixture
def people(browser, server, login) -> Iterator[Callable[..., Any]]:
    """Return a function that opens a page as somebody, who stays logged in."""
    contexts: dict[str, Any] = {}
    pages: dict[tuple[str, int], Any] = {}
    errors: list[str] = []

    def watch(message: Any) -> None:
        address = message.location["url"]
        # a report that is shown as a page has no icon
        if message.type == "error" and not address.endswith("/favicon.ico"):
            errors.append(f"{message.text} {address}")

    def open_page(user: str, size: dict[str, int]) -> Any:
        known = user in contexts
        if not known:
            contexts[user] = browser.new_context(base_url=server.url, viewport=WIDE)
        page = contexts[user].new_page()
        page.set_viewport_size(size)
        page.set_default_timeout(60_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", watch)
        if not known:
            login(page, user)
        return page

    def become(user: str, path: str, size: dict[str, int] = WIDE) -> Any:
        key = (user, size["width"])
        if key not in pages:
            pages[key] = open_page(user, size)
        page = pages[key]
        page.goto(path)
        page.wait_for_selector(".o_career_home_page, .o_view_controller")
        return page

    yield become
    for context in contexts.values():
        context.close()
    assert not errors, f"the console of a page has errors: {errors}"
