"""A server that dies in the middle of a launch loses nothing and doubles nothing.

A real server process launches a cycle through its scheduled action, and is ended by
SIGKILL. Another server goes on where it stopped.
"""

import signal
import subprocess
import time

import pytest
from devtools.settings import free_port

pytestmark = pytest.mark.long

EMPLOYEES = 1500
STEP = 20

PREPARE = f"""
company = env["res.company"].create({{"name": "Kill Co"}})
manager = env["hr.employee"].create({{"name": "Boss", "company_id": company.id}})
env["hr.employee"].create([
    {{"name": f"E{{n}}", "company_id": company.id, "parent_id": manager.id}}
    for n in range({EMPLOYEES} - 1)
])
cycle = env["career.cycle"].create(
    {{"name": "Kill", "company_ids": [(6, 0, company.ids)], "tell_employees": True}}
)
# small steps, so that there is a middle
env["ir.config_parameter"].set_param("career_guidance.batch_size", "{STEP}")
cycle.action_launch()
cron = env.ref("career_guidance.ir_cron_launch_cycles")
env.cr.commit()
result = [cycle.id, cycle.state, cycle.batch_done, cron.id]
"""


@pytest.fixture
def launched(odoo_db, shell):
    """Return a database in which a launch has just begun, and the cycle."""
    database = odoo_db(demo=False)
    cycle, state, done, cron = shell(database, PREPARE)
    assert (state, done) == ("launching", STEP)
    return database, cycle, cron


def _count(sql, database, cycle):
    query = "SELECT COUNT(*) FROM career_participation WHERE cycle_id = %s"
    return sql(database, query, cycle)[0][0]


def _progress(sql, database, cycle):
    query = "SELECT batch_done, state FROM career_cycle WHERE id = %s"
    return sql(database, query, cycle)[0]


def _serve(odoo, database):
    """Start a real server whose only work is the scheduled actions."""
    config = odoo.config(
        database,
        http_port=free_port(),
        gevent_port=free_port(),
        dbfilter=f"^{database}$",
        workers=0,
        max_cron_threads=1,
    )
    log = odoo.layout.logs / f"kill-{database}.log"
    with log.open("ab") as output:
        return subprocess.Popen(
            odoo.command("server"),
            env=odoo.env(config),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )


def _wait(condition, process, seconds=180):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        assert process.poll() is None, "the server ended by itself"
        if condition():
            return
        time.sleep(0.02)
    raise AssertionError("it took too long")


def test_kill_in_the_middle_of_a_launch(launched, odoo, sql):
    database, cycle, _cron = launched

    first = _serve(odoo, database)
    try:
        _wait(lambda: _progress(sql, database, cycle)[0] > 5 * STEP, first)
    finally:
        first.send_signal(signal.SIGKILL)
        first.wait()

    done, state = _progress(sql, database, cycle)
    made = _count(sql, database, cycle)
    assert state == "launching", "the server was killed too late to prove anything"
    assert 5 * STEP < done < EMPLOYEES
    # what is made and how far it got are one: a step is a transaction
    assert made == done

    second = _serve(odoo, database)
    try:
        _wait(lambda: _progress(sql, database, cycle)[1] == "running", second)
    finally:
        second.terminate()
        second.wait(30)

    assert _count(sql, database, cycle) == EMPLOYEES
    assert _progress(sql, database, cycle)[0] == EMPLOYEES
    doubles = sql(
        database,
        "SELECT employee_id FROM career_participation WHERE cycle_id = %s"
        " GROUP BY employee_id HAVING COUNT(*) > 1",
        cycle,
    )
    assert doubles == []
    todos = sql(
        database,
        "SELECT user_id FROM mail_activity WHERE career_key = %s"
        " GROUP BY user_id HAVING COUNT(*) > 1",
        f"career.cycle,{cycle},participate",
    )
    assert todos == []


def test_two_workers_do_not_double(launched, shell, sql):
    """While one worker holds the cycle, another leaves it alone."""
    database, cycle, _cron = launched
    held, after = shell(
        database,
        f"""
from odoo.modules.registry import Registry
from odoo import api
cycle = env["career.cycle"].browse({cycle})
cycle.lock_for_update(allow_referencing=True)
with Registry(env.cr.dbname).cursor() as other:
    system = api.Environment(other, 1, {{}})
    system["career.cycle"]._career_cron_batches()
    held = system["career.cycle"].browse({cycle}).batch_done
env.cr.commit()
env["career.cycle"]._career_cron_batches()
result = [held, cycle.batch_done]
""",
    )
    assert held == STEP
    assert after == EMPLOYEES
    assert _count(sql, database, cycle) == EMPLOYEES
