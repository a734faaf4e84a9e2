"""The server dies in the middle of a job: nothing is lost, and nothing done twice.

Each job of `fault_jobs.py` runs in a real server, as a scheduled action. A row that it
needs in the middle of its work is locked by the test, so that the server is known to be
in the middle of a transaction when it is ended by SIGKILL. A second server goes on.
"""

from __future__ import annotations

import signal

import pytest
from fault_jobs import FIND, JOBS, PEOPLE, WAITING, WITHOUT, Job, one, wait

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


def finished(job: Job, sql, database: str) -> bool:
    """Return whether there is nothing left to do."""
    if job.left:
        return one(sql, database, job.left) == 0
    return one(sql, database, job.done) == PEOPLE


@pytest.mark.parametrize("job", JOBS, ids=[job.name for job in JOBS])
def test_kill_in_the_middle(
    job, company, company_copy, databases, shell, sql, serve, connect, wake
):
    copy = company_copy
    if job.addon not in {addon.name for addon in databases.addons}:
        pytest.skip(f"{job.addon} cannot be installed here")
    _database, employee, user = company
    cron = shell(copy, FIND + job.prepare + ARM.format(cron=job.cron))
    last = f"SELECT COUNT(*) FROM ir_cron WHERE id = {cron} AND nextcall > now()"
    began = check(job, sql, copy)

    with connect(copy) as blocker, blocker.cursor() as cursor:
        if job.hold:
            cursor.execute(job.hold, [employee])
        else:
            for table, row in (("hr_employee", employee), ("res_users", user)):
                cursor.execute(f"SELECT FROM {table} WHERE id = {row} FOR UPDATE")
        with serve(copy) as first:
            wait(
                lambda: one(sql, copy, WAITING) or one(sql, copy, last),
                first,
                lambda: wake(copy),
            )
            assert not one(sql, copy, last), "it ended without a lock in its way"
            first.process.send_signal(signal.SIGKILL)
            first.process.wait()
    killed = check(job, sql, copy)
    assert began < killed, "it was killed before it did anything"
    assert not finished(job, sql, copy), "it was killed when all was done"

    with serve(copy) as second:
        wait(lambda: one(sql, copy, last), second, lambda: wake(copy))
        done = check(job, sql, copy)
        assert done > killed
        assert finished(job, sql, copy)
        # once more, from the start: it finds nothing left to do
        with connect(copy) as connection, connection.cursor() as cursor:
            cursor.execute(
                "UPDATE ir_cron SET nextcall = '2001-01-01', active = true"
                " WHERE id = %s",
                [cron],
            )
            connection.commit()
        wait(lambda: one(sql, copy, last), second, lambda: wake(copy))
    assert check(job, sql, copy) == done
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
