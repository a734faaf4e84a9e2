"""The server dies in the middle of a job: nothing is lost, and nothing done twice.

Each job of `fault_jobs.py` runs in a real server, as a scheduled action. A row that it
needs in the middle of its work is locked by the test, so that the server is known to be
in the middle of a transaction when it is ended by SIGKILL. A second server goes on.
"""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import contextmanager

import psycopg2
import pytest
from devtools.logcheck import check_log
from devtools.settings import free_port
from fault_jobs import COMPANY, FIND, JOBS, PEOPLE, WITHOUT, Job

pytestmark = pytest.mark.faults

ARM = """
cron = env.ref({cron!r})
values = {{"active": True, "nextcall": "2001-01-01", "lastcall": False}}
if code:
    values["code"] = code
cron.write(values)
env.cr.commit()
result = cron.id
"""
# What somebody who is in the job's list reads, a stranger, and the boss of all.
READ = """
result = {{}}
for login in ("p7", "stranger"):
    user = env["res.users"].search([("login", "=", login)])
    records = env[{model!r}].with_user(user).with_context(
        allowed_company_ids=user.company_ids.ids).search([])
    result[login] = sorted(set(records.sudo().employee_id.mapped("name")))
"""


@pytest.fixture(scope="session")
def company(odoo_db, shell) -> tuple[str, int, int]:
    """Return a database with the company, and the employee and user to be locked."""
    database = odoo_db(demo=False)
    return database, *shell(database, COMPANY)


@pytest.fixture
def copy(company, databases, odoo_db) -> str:
    """Return a copy of the company's database."""
    name = odoo_db(empty=True)
    databases.clone(company[0], name)
    return name


@pytest.fixture(scope="session")
def serve(odoo) -> Callable:
    """Return a context manager: a real server that does scheduled actions."""

    @contextmanager
    def start(database: str):
        config = odoo.config(
            database,
            http_port=free_port(),
            gevent_port=free_port(),
            dbfilter=f"^{database}$",
            workers=0,
            max_cron_threads=1,
        )
        log = odoo.layout.logs / f"faults-{database}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                odoo.command("server"),
                env=odoo.env(config),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        process.log = log
        try:
            yield process
        finally:
            if process.poll() is None:
                process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    return start


@pytest.fixture(scope="session")
def connect(odoo) -> Callable:
    """Return a context manager: a connection to a database, rolled back at its end."""
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


def wait(condition, process, between=lambda: None, seconds=120) -> None:
    """Wait for a condition while a server runs."""
    deadline = time.monotonic() + seconds
    turn = 0
    while time.monotonic() < deadline:
        assert process.poll() is None, process.log.read_text()[-5000:]
        if condition():
            return
        if turn % 10 == 0:
            between()
        turn += 1
        time.sleep(0.05)
    raise AssertionError(f"it took too long: {process.log.read_text()[-3000:]}")


def one(sql, database: str, query: str) -> int:
    """Return the number that a query gives."""
    return int(sql(database, query)[0][0] or 0)


def check(job: Job, sql, database: str) -> int:
    """Return how many are done; all that belongs to them is there, once."""
    done = one(sql, database, job.done)
    for query in job.same:
        assert one(sql, database, query) == done, query
    doubles = (
        "mail_activity: user_id, career_key",
        *job.single,
    )
    for item in doubles:
        table, _colon, columns = item.partition(": ")
        first = columns.split(", ")[-1]
        found = sql(
            database,
            f"SELECT {columns}, COUNT(*) FROM {table} WHERE {first} IS NOT NULL"
            f" GROUP BY {columns} HAVING COUNT(*) > 1",
        )
        assert found == [], f"twice in {table}"
    return done


WAITING = """
    SELECT COUNT(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'"""


@pytest.mark.parametrize("job", JOBS, ids=[job.name for job in JOBS])
def test_kill_in_the_middle(job, company, copy, databases, shell, sql, serve, connect, wake):
    if job.addon not in {addon.name for addon in databases.addons}:
        pytest.skip(f"{job.addon} cannot be installed here")
    _database, employee, user = company
    cron = shell(copy, FIND + job.prepare + ARM.format(cron=job.cron))
    began = check(job, sql, copy)

    with connect(copy) as blocker, blocker.cursor() as cursor:
        cursor.execute("SELECT FROM hr_employee WHERE id = %s FOR UPDATE", [employee])
        cursor.execute("SELECT FROM res_users WHERE id = %s FOR UPDATE", [user])
        with serve(copy) as first:
            wait(lambda: one(sql, copy, WAITING), first, lambda: wake(copy))
            first.send_signal(signal.SIGKILL)
            first.wait()
    killed = check(job, sql, copy)
    assert began < killed < PEOPLE, "it was not killed in the middle"

    last = f"SELECT COUNT(*) FROM ir_cron WHERE id = {cron} AND nextcall > now()"
    with serve(copy) as second:
        wait(lambda: one(sql, copy, last), second, lambda: wake(copy))
        assert check(job, sql, copy) == PEOPLE
        # once more, from the start: it finds nothing left to do
        with connect(copy) as connection, connection.cursor() as cursor:
            cursor.execute(
                "UPDATE ir_cron SET nextcall = '2001-01-01', active = true"
                " WHERE id = %s",
                [cron],
            )
            connection.commit()
        wait(lambda: one(sql, copy, last), second, lambda: wake(copy))
    assert check(job, sql, copy) == PEOPLE
    assert check_log(second.log) == []
    if job.model:
        read = shell(copy, READ.format(model=job.model))
        assert read["p7"] == ["p7"]
        assert read["stranger"] in ([], ["stranger"])


def test_every_job_has_an_entry(company, sql):
    """A new scheduled action is not forgotten here."""
    found = {
        row[0]
        for row in sql(
            company[0],
            "SELECT module || '.' || name FROM ir_model_data"
            " WHERE model = 'ir.cron' AND module LIKE '%career\\_guidance%'",
        )
    }
    assert found == {job.cron for job in JOBS} | set(WITHOUT)
