"""Two do the same, or opposite things, at once; and the mail server is away.

Real processes and transactions: the test locks a row, so that all parties are known to
be in the middle, and lets them go together.
"""

from __future__ import annotations

import json
import socketserver
import threading
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from email import message_from_string
from functools import partial
from http.cookiejar import CookieJar

import pytest
from devtools.settings import free_port
from fault_jobs import FIND, JOBS, PEOPLE, STEP, WAITING, one, wait

pytestmark = pytest.mark.faults

PLAN = """
plan = view("career.plan", people[0]).create({"employee_id": people[0].id})
plan.action_propose()
env.cr.commit()
result = plan.id
"""
CYCLE = """
cycle = view("career.cycle", officer).create({
    "name": "At once",
    "company_ids": [Command.set(company.ids)],
    "department_ids": [Command.set(crew.ids)],
    "tell_employees": True,
})
env.cr.commit()
result = cycle.id
"""
TWICE = "SELECT {0} FROM {1} GROUP BY {0} HAVING COUNT(*) > 1"


class Session:
    """Somebody who is logged in."""

    def __init__(self, url: str, database: str, login: str) -> None:
        self.url = url
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self.opener = urllib.request.build_opener(cookies)
        self.post("/web/session/authenticate", db=database, login=login, password=login)

    def post(self, path: str, **params):
        """Return the answer of the server, or raise its error."""
        request = urllib.request.Request(
            self.url + path,
            json.dumps({"jsonrpc": "2.0", "params": params}).encode(),
            {"Content-Type": "application/json"},
        )
        with self.opener.open(request, timeout=120) as answer:
            values = json.load(answer)
        if "error" in values:
            raise RuntimeError(values["error"]["data"]["name"])
        return values.get("result")

    def call(self, model: str, method: str, *arguments):
        """Call a method as the web client does."""
        return self.post(
            "/web/dataset/call_kw",
            model=model,
            method=method,
            args=arguments,
            kwargs={},
        )


@pytest.fixture
def at_once(connect, sql) -> Callable:
    """Return a function: lock a row, let all begin, let go; what each came to."""

    def run(
        database: str, server, lock: str, *calls: Callable, waiting: int = 2
    ) -> list:
        def attempt(call):
            try:
                return call()
            except RuntimeError as error:
                return str(error)

        with ThreadPoolExecutor(len(calls)) as pool, connect(database) as blocker:
            with blocker.cursor() as cursor:
                cursor.execute(lock)
                futures = [pool.submit(attempt, call) for call in calls]
                wait(lambda: one(sql, database, WAITING) >= waiting, server)
                blocker.rollback()
            return [future.result(120) for future in futures]

    return run


@pytest.fixture
def running(company_copy, start_server):
    """Return a server on a copy of the company."""
    return start_server(company_copy)


def test_two_sign_a_plan(running, at_once, shell, sql):
    """Both signatures count, the plan is agreed once, and nobody else sees it."""
    database = running.database
    plan = shell(database, FIND + PLAN)
    sessions = [Session(running.url, database, login) for login in ("p0", "boss")]
    lock = f"SELECT FROM career_plan WHERE id = {plan} FOR UPDATE"
    sign = [
        lambda session=session: session.call("career.plan", "action_sign", [plan])
        for session in sessions
    ]
    assert at_once(database, running, lock, *sign) == [True, True]
    state = sql(
        database,
        "SELECT state, employee_signed_by, conductor_signed_by, employee_signed_on"
        " IS NOT NULL AND conductor_signed_on IS NOT NULL FROM career_plan",
    )
    assert state == [("agreed", "p0", "boss", True)]
    events = (
        "SELECT event, COUNT(*) FROM career_history WHERE res_model = 'career.plan'"
    )
    signed = dict(sql(database, events + " GROUP BY 1"))
    assert signed["sign"] == 2
    assert max(count for event, count in signed.items() if event != "sign") == 1
    assert (
        one(
            sql,
            database,
            "SELECT COUNT(*) FROM mail_activity WHERE career_key LIKE '%,sign'",
        )
        == 0
    )
    other = Session(running.url, database, "p1")
    assert other.call("career.plan", "search", []) == []


@pytest.mark.may_log("odoo.http", "^You have signed already", "the second click")
def test_one_signs_twice(running, at_once, shell, sql):
    """Two clicks, or two windows: one signature."""
    database = running.database
    plan = shell(database, FIND + PLAN)
    sessions = [Session(running.url, database, "p0") for _ in range(2)]
    lock = f"SELECT FROM career_plan WHERE id = {plan} FOR UPDATE"
    sign = [
        lambda session=session: session.call("career.plan", "action_sign", [plan])
        for session in sessions
    ]
    results = at_once(database, running, lock, *sign)
    assert sorted(map(str, results)) == ["True", "odoo.exceptions.UserError"]
    history = "SELECT COUNT(*) FROM career_history WHERE event = 'sign'"
    assert one(sql, database, history) == 1
    assert sql(database, "SELECT state FROM career_plan") == [("proposed",)]


@pytest.mark.may_log(
    "odoo.http", "^Somebody else is launching", "the second officer is told so"
)
def test_two_launch_a_cycle(running, at_once, shell, sql, serve, wake):
    """Two officers' clicks, then two servers: one participation each."""
    database = running.database
    cycle = shell(database, FIND + CYCLE)
    first = shell(database, FIND + "result = people[1].id")
    sessions = [Session(running.url, database, "officer") for _ in range(2)]
    # somebody of the first step: who comes first is stopped in the middle of it
    lock = f"SELECT FROM hr_employee WHERE id = {first} FOR UPDATE"
    launch = [
        lambda session=session: session.call("career.cycle", "action_launch", [cycle])
        for session in sessions
    ]
    results = at_once(database, running, lock, *launch, waiting=1)
    assert sorted(map(str, results)) == ["True", "odoo.exceptions.UserError"]
    made = one(sql, database, "SELECT COUNT(*) FROM career_participation")
    assert 0 < made <= STEP
    shell(
        database,
        "env.ref('career_guidance.ir_cron_launch_cycles').write("
        "{'active': True, 'nextcall': '2001-01-01'})\nenv.cr.commit()",
    )
    state = "SELECT COUNT(*) FROM career_cycle WHERE state = 'running'"
    with serve(database) as first, serve(database) as second:
        wait(lambda: one(sql, database, state), first, lambda: wake(database))
        assert second.process.poll() is None
    _check_launched(sql, database)


def _check_launched(sql, database):
    """Everybody takes part once, and has one to-do."""
    assert one(sql, database, "SELECT COUNT(*) FROM career_participation") == PEOPLE
    for columns, table in (
        ("cycle_id, employee_id", "career_participation"),
        ("user_id, career_key", "mail_activity"),
    ):
        assert sql(database, TWICE.format(columns, table)) == []
    done = "SELECT batch_done FROM career_cycle"
    assert one(sql, database, done) == PEOPLE


def test_a_worker_leaves_what_another_holds(company_copy, shell, sql):
    """While one worker holds the cycle, another leaves it alone."""
    held, after = shell(
        company_copy,
        FIND
        + CYCLE
        + """
from odoo.modules.registry import Registry
from odoo import api
cycle.action_launch()
env.cr.commit()
begun = cycle.batch_done
cycle.sudo().lock_for_update(allow_referencing=True)
with Registry(env.cr.dbname).cursor() as other:
    system = api.Environment(other, 1, {})
    system["career.cycle"]._career_cron_batches()
    held = system["career.cycle"].browse(cycle.id).batch_done - begun
env.cr.commit()
env["career.cycle"]._career_cron_batches()
result = [held, cycle.batch_done]
""",
    )
    assert (held, after) == (0, PEOPLE)
    _check_launched(sql, company_copy)


# Participations that belong to somebody else than the present line says.
STALE = """
    SELECT e.name, p.n1_user_id, m.user_id, p.n2_user_id, d.user_id
    FROM career_participation p
    JOIN hr_employee e ON e.id = p.employee_id
    LEFT JOIN hr_employee m ON m.id = e.parent_id
    LEFT JOIN hr_employee d ON d.id = m.parent_id
    WHERE p.n1_user_id IS DISTINCT FROM m.user_id
       OR p.n2_user_id IS DISTINCT FROM d.user_id"""


def test_the_line_changes_during_a_launch(
    company, company_copy, shell, sql, serve, connect, wake
):
    """Who is done, is just being done, is still to come: all follow the line."""
    _database, held, _user = company
    shell(
        company_copy,
        FIND
        + CYCLE
        + """
cycle.action_launch()
env.ref("career_guidance.ir_cron_launch_cycles").write(
    {"active": True, "nextcall": "2001-01-01"})
env.cr.commit()
""",
    )
    state = "SELECT COUNT(*) FROM career_cycle WHERE state = 'running'"
    with serve(company_copy) as server:
        with connect(company_copy) as blocker, blocker.cursor() as cursor:
            cursor.execute("SELECT FROM hr_employee WHERE id = %s FOR UPDATE", [held])
            wait(
                lambda: one(sql, company_copy, WAITING),
                server,
                lambda: wake(company_copy),
            )
            # those before the locked one in the same step, one that is done, and one
            # that is still to come, get the stranger as their manager
            moved = shell(
                company_copy,
                FIND
                + """
moved = env["hr.employee"].browse(
    [people[n].id for n in range(len(people)) if n in (0, 10, 11, 12, 14, 15, 25)])
moved.write({"parent_id": find("stranger").id})
env.cr.commit()
result = moved.ids
""",
            )
            assert held not in moved
            blocker.rollback()
        wait(lambda: one(sql, company_copy, state), server, lambda: wake(company_copy))
    _check_launched(sql, company_copy)
    # those of the same step did not see the change, nor the change them: a job that the
    # change itself has asked for puts that right
    assert {row[0] for row in sql(company_copy, STALE)} == {"p14", "p15"}
    asked = one(
        sql,
        company_copy,
        "SELECT COUNT(*) FROM ir_cron_trigger t JOIN ir_model_data d"
        " ON d.model = 'ir.cron' AND d.res_id = t.cron_id"
        " WHERE d.name = 'ir_cron_settle_line'",
    )
    assert asked == 1
    shell(
        company_copy,
        "env.ref('career_guidance.ir_cron_settle_line').method_direct_trigger()\n"
        "env.cr.commit()",
    )
    assert sql(company_copy, STALE) == []
    reads = shell(
        company_copy,
        FIND
        + """
result = [
    len(view("career.participation", someone).search([]))
    for someone in (boss, find("stranger"))
]
""",
    )
    assert reads == [PEOPLE - len(moved), len(moved)]


# Wishes and who left, all kept long enough; and who lets go of which, as the database
# sees it.
LONG_AGO = """
gone = env["hr.employee"].browse([someone.id for someone in people[:8]])
gone.action_archive()
env["career.help.question"].create([
    {"asker_id": officer.user_id.id, "company_id": company.id, "question": "?"}
    for _n in range(8)
])
env.flush_all()
env.cr.execute("UPDATE hr_employee SET career_left_on = '2001-01-01' WHERE NOT active")
env.cr.execute("UPDATE career_help_question SET date_answered = '2001-01-01'")
env.cr.execute('''
    CREATE TABLE test_let_go (table_name varchar, row_id int, worker int);
    CREATE FUNCTION test_note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        INSERT INTO test_let_go VALUES (TG_TABLE_NAME, OLD.id, pg_backend_pid());
        RETURN NULL;
    END $$;
    CREATE TRIGGER test_note AFTER UPDATE OF anonymised_on ON career_aspiration
        FOR EACH ROW EXECUTE FUNCTION test_note();
    CREATE TRIGGER test_note AFTER UPDATE OF career_forgotten_on ON hr_employee
        FOR EACH ROW EXECUTE FUNCTION test_note();
''')
env.cr.commit()
result = [people[n].id for n in (13, 22)]
"""
LET_GO = f"""
env["career.retention"]._cron_anonymise({STEP})
result = "ended"
"""


@pytest.mark.may_log(
    "odoo.sql_db",
    "could not serialize access",
    "who comes second begins his batch anew",
)
def test_two_let_go_of_the_same(running, at_once, shell, sql):
    """Two workers on the same due documents: each goes once, and none is left."""
    database = running.database
    (job,) = (job for job in JOBS if job.cron == "career_guidance.ir_cron_anonymise")
    held = shell(database, FIND + job.prepare + LONG_AGO)
    # each worker is stopped in the middle of a batch, and neither waits for the other
    lock = f"SELECT FROM career_history WHERE employee_id IN {tuple(held)} FOR UPDATE"
    worker = partial(shell, database, LET_GO)
    assert at_once(database, running, lock, worker, worker) == ["ended", "ended"]

    wishes = "SELECT row_id, worker FROM test_let_go WHERE table_name LIKE 'career%'"
    by = dict(sql(database, wishes))
    assert len(by) == len(sql(database, wishes)) == PEOPLE
    assert len(set(by.values())) == 2, "one worker did everything"
    leavers = "SELECT row_id FROM test_let_go WHERE table_name = 'hr_employee'"
    assert len(sql(database, leavers)) == len(set(sql(database, leavers))) == 8
    for query in (job.done, *job.same):
        assert one(sql, database, query) == PEOPLE
    assert one(sql, database, "SELECT COUNT(*) FROM career_help_question") == 0

    # a third finds nothing, and nobody reads what is nobody's
    assert shell(database, LET_GO) == "ended"
    assert one(sql, database, "SELECT COUNT(*) FROM test_let_go") == PEOPLE + 8
    for login in ("p13", "p22", "boss", "director", "officer", "stranger"):
        session = Session(running.url, database, login)
        assert session.call("career.aspiration", "search", []) == []


# -- the mail server -------------------------------------------------------------------


class Postbox(socketserver.ThreadingTCPServer):
    """A mail server that keeps what it gets."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int) -> None:
        self.mails: list = []
        super().__init__(("127.0.0.1", port), Talk)


class Talk(socketserver.StreamRequestHandler):
    """Just enough SMTP."""

    def handle(self) -> None:
        self.wfile.write(b"220 postbox\r\n")
        while line := self.rfile.readline().decode().strip():
            word = line.split(" ")[0].upper()
            if word == "DATA":
                self.wfile.write(b"354 go on\r\n")
                lines = []
                while (part := self.rfile.readline().decode()) != ".\r\n":
                    lines.append(part)
                self.server.mails.append(message_from_string("".join(lines)))
            self.wfile.write(b"221 bye\r\n" if word == "QUIT" else b"250 ok\r\n")
            if word == "QUIT":
                return


def test_the_mail_server_is_down(company_copy, shell, sql):
    """Mails wait with their error, to-dos are there; later each goes out once."""
    port = free_port()
    shell(
        company_copy,
        FIND
        + f"""
env["ir.mail_server"].search([]).unlink()
env["ir.mail_server"].create(
    {{"name": "Test", "smtp_host": "127.0.0.1", "smtp_port": {port}}})
users._career_add_todo("career.test,1,todo", "/odoo/my-career")
env["career.plan.follow.up"]._cron_digest()
env.cr.commit()
env["mail.mail"].process_email_queue()
env.cr.commit()
""",
    )
    assert one(sql, company_copy, "SELECT COUNT(*) FROM mail_mail") == PEOPLE
    waiting = "SELECT COUNT(*) FROM mail_mail WHERE state IN ('exception', 'outgoing')"
    assert one(sql, company_copy, waiting) == PEOPLE
    todos = "SELECT COUNT(*) FROM mail_activity WHERE career_key IS NOT NULL"
    assert one(sql, company_copy, todos) == PEOPLE

    with Postbox(port) as postbox:
        threading.Thread(target=postbox.serve_forever, daemon=True).start()
        shell(
            company_copy,
            FIND
            + """
# what an administrator does: select the failed mails, "Retry"
env["mail.mail"].search([("state", "=", "exception")]).mark_outgoing()
for _turn in range(2):
    env["career.plan.follow.up"]._cron_digest()
    env["mail.mail"].process_email_queue()
env.cr.commit()
""",
        )
        postbox.shutdown()
    got = sorted(mail["To"] for mail in postbox.mails)
    assert len(got) == PEOPLE
    assert len(set(got)) == PEOPLE
    assert one(sql, company_copy, waiting) == 0
    # neutral: the same words to everybody
    assert len({mail["Subject"] for mail in postbox.mails}) == 1
    bodies = {
        part.get_payload(decode=True)
        for mail in postbox.mails
        for part in mail.walk()
        if part.get_content_type() == "text/html"
    }
    assert len(bodies) == 1
    assert one(sql, company_copy, todos) == PEOPLE
