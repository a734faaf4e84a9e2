"""The background jobs of the suite, and what must be true whenever one is cut off.

One entry a job. `tests/test_faults.py` ends the server in the middle of each, and fails
for a scheduled action that has no entry here.

The company: thirty people, p0 to p29, in the crew of one boss, who reports to the
director; an officer (HR), and a stranger. Each has a user, with the log-in as name and
password.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

PEOPLE = 30
STEP = 5
# The job is stopped in the step that this person is in.
HELD = 13

COMPANY = f"""
from odoo import Command

company = env["res.company"].create({{"name": "Fault Co"}})
crew = env["hr.department"].create({{"name": "Crew", "company_id": company.id}})

def person(login, parent=None, groups=(), **values):
    groups = [env.ref(group).id for group in ("base.group_user", *groups)]
    user = env["res.users"].with_context(no_reset_password=True).create({{
        "name": login,
        "login": login,
        "password": login,
        "email": f"{{login}}@example.com",
        "company_id": company.id,
        "company_ids": [Command.set(company.ids)],
        "group_ids": [Command.set(groups)],
    }})
    return env["hr.employee"].create({{
        "name": login,
        "user_id": user.id,
        "company_id": company.id,
        "parent_id": parent.id if parent else False,
        **values,
    }})

director = person("director")
boss = person("boss", director)
people = [person(f"p{{n}}", boss, department_id=crew.id) for n in range({PEOPLE})]
person("officer", groups=("career_guidance.group_career_officer",))
person("stranger", director)
env["mail.activity"].search([]).unlink()
env["ir.cron"].search([]).active = False
env["ir.config_parameter"].set_param("career_guidance.batch_size", "{STEP}")
env.cr.commit()
result = [people[{HELD}].id, people[{HELD}].user_id.id]
"""

# What each preparation finds, besides ``env``.
FIND = f"""
from datetime import timedelta
from odoo import Command, fields

def find(login):
    return env["hr.employee"].search([("user_id.login", "=", login)])

boss, officer = find("boss"), find("officer")
people = [find(f"p{{n}}") for n in range({PEOPLE})]
users = env["res.users"].union(*[someone.user_id for someone in people])
company, crew = boss.company_id, people[0].department_id
today = fields.Date.today()
code = None

def view(record, someone):
    if isinstance(record, str):
        record = env[record]
    return record.with_user(someone.user_id).with_context(
        allowed_company_ids=company.ids
    )
"""


# Backends that wait for a lock.
WAITING = """
    SELECT COUNT(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'"""


def wait(condition, server, between=lambda: None, seconds=120) -> None:
    """Wait for a condition while a server runs."""
    deadline = time.monotonic() + seconds
    turn = 0
    while time.monotonic() < deadline:
        assert server.process.poll() is None, server.log.read_text()[-5000:]
        if condition():
            return
        if turn % 10 == 0:
            between()
        turn += 1
        time.sleep(0.05)
    raise AssertionError(f"it took too long: {server.log.read_text()[-3000:]}")


def one(sql, database: str, query: str) -> int:
    """Return the number that a query gives."""
    return int(sql(database, query)[0][0] or 0)


@dataclass(frozen=True)
class Job:
    """A background job, and how to tell how far it got."""

    name: str
    cron: str
    """External id of the scheduled action."""
    prepare: str
    """Python that makes the work; ``code`` may become the call with small steps."""
    done: str
    """SQL: how many of the thirty are done, by the job's own account."""
    same: tuple[str, ...]
    """SQL for what is made with it: numbers that equal ``done`` after each step."""
    single: tuple[str, ...] = ()
    """Table and columns of what must be there once only."""
    model: str = ""
    """The records that it works on: each person reads only the own one."""
    left: str = ""
    """SQL: how much is still to be done, where it is not a matter of thirty people."""
    hold: str = ""
    """SQL that locks what it needs for an employee, instead of the person's rows."""

    @property
    def addon(self) -> str:
        """Return the add-on that has it."""
        return self.cron.partition(".")[0]


def todos(code: str) -> str:
    """Return SQL for the number of to-dos of a code."""
    return f"SELECT COUNT(*) FROM mail_activity WHERE career_key LIKE '%,{code}'"


JOBS = (
    Job(
        "launch of a cycle",
        "career_guidance.ir_cron_launch_cycles",
        """
cycle = view("career.cycle", officer).create({
    "name": "Fault",
    "company_ids": [Command.set(company.ids)],
    "department_ids": [Command.set(crew.ids)],
    "tell_employees": True,
})
cycle.action_launch()
""",
        done="SELECT SUM(batch_done) FROM career_cycle",
        same=("SELECT COUNT(*) FROM career_participation", todos("participate")),
        single=("career_participation: cycle_id, employee_id",),
        model="career.participation",
    ),
    Job(
        "sending of a deal",
        "career_guidance.ir_cron_send_deals",
        """
template = env["career.deal.template"].create({
    "name": "Deal", "company_id": company.id, "introduction": "<p>Together</p>",
})
template.action_publish()
view("career.deal.sending", officer).create({
    "template_id": template.id,
    "company_ids": [Command.set(company.ids)],
    "department_ids": [Command.set(crew.ids)],
}).action_send()
""",
        done="SELECT SUM(batch_done) FROM career_deal_sending",
        same=("SELECT COUNT(*) FROM career_deal",),
        single=("career_deal: template_id, version, employee_id",),
        model="career.deal",
    ),
    Job(
        "weekly mail",
        "career_guidance.career_plan_digest_cron",
        f"""
users._career_add_todo("career.test,1,todo", "/odoo/my-career")
code = "model._cron_digest(batch_size={STEP})"
""",
        done="SELECT COUNT(*) FROM career_notice WHERE key = 'digest'",
        same=(
            "SELECT COUNT(*) FROM mail_mail",
            "SELECT COUNT(*) FROM mail_activity WHERE career_mailed",
        ),
        single=("mail_mail: email_to", "career_notice: user_id, key"),
    ),
    Job(
        "follow-up of plans",
        "career_guidance.career_plan_follow_up_cron",
        f"""
for someone in people:
    plan = view("career.plan", someone).create({{
        "employee_id": someone.id,
        "action_ids": [
            Command.create({{"name": "Learn", "deadline": today + timedelta(days=2)}})
        ],
    }})
    plan.action_propose()
    plan.action_sign()
    view(plan, boss).action_sign()
env["mail.activity"].search([("career_key", "!=", False)]).unlink()
code = "model._cron_follow_up(batch_size={STEP})"
""",
        done="SELECT COUNT(*) FROM career_plan WHERE followed_up_on = CURRENT_DATE",
        same=(
            "SELECT COUNT(DISTINCT plan_id) FROM career_notice WHERE code = 'due'",
            "SELECT COUNT(DISTINCT career_key) FROM mail_activity"
            " WHERE career_key LIKE 'career.plan.action,%,due'",
        ),
        single=("career_notice: user_id, key",),
        model="career.plan",
    ),
    Job(
        "nightly round of conversations",
        "career_guidance.ir_cron_nightly_conversation",
        f"""
for someone in people:
    talk = view("career.conversation", someone).create({{
        "channel_id": env.ref("career_guidance.channel_line").id, "request": "?",
    }})
    view(talk, boss).action_plan(fields.Datetime.now() + timedelta(days=3))
# as if they had been planned long before: the preparation is still to be offered
env.flush_all()
env["mail.activity"].search([("career_key", "!=", False)]).unlink()
env.cr.execute("UPDATE career_conversation SET prepare_offered = NULL")
code = "model._cron_nightly(batch={STEP})"
""",
        done="SELECT COUNT(*) FROM career_conversation"
        " WHERE prepare_offered IS NOT NULL",
        same=(
            "SELECT COUNT(DISTINCT career_key) FROM mail_activity"
            " WHERE career_key LIKE '%,prepare'",
        ),
        single=("career_preparation: conversation_id, role",),
        model="career.conversation",
    ),
    Job(
        "wishes that may be out of date",
        "career_guidance.ir_cron_remind_aspiration",
        f"""
for someone in people:
    view("career.aspiration", someone).create({{"direction": "stay"}}).action_activate()
env.flush_all()
env.cr.execute("UPDATE career_aspiration SET last_confirmed = CURRENT_DATE - 400")
code = "model._cron_remind(batch={STEP})"
""",
        done="SELECT COUNT(*) FROM career_aspiration"
        " WHERE date_reminded = CURRENT_DATE",
        same=(todos("confirm"),),
        model="career.aspiration",
    ),
    Job(
        "letting go of what was kept long enough",
        "career_guidance.ir_cron_anonymise",
        f"""
for someone in people:
    wish = view("career.aspiration", someone).create({{
        "direction": "stay", "motivation": "<p>Secret</p>",
    }})
    wish.action_activate()
    wish.action_withdraw()
env.flush_all()
long_ago = "SET write_date = '2001-01-01', create_date = '2001-01-01'"
env.cr.execute(f"UPDATE career_aspiration {{long_ago}}")
env.cr.execute("UPDATE career_history SET date = '2001-01-01'")
code = "model._cron_anonymise({STEP})"
""",
        done="SELECT COUNT(*) FROM career_aspiration WHERE anonymised_on IS NOT NULL",
        same=(
            "SELECT COUNT(*) FROM career_aspiration WHERE employee_id IS NULL",
            "SELECT COUNT(*) FROM career_aspiration"
            " WHERE COALESCE(motivation, '') NOT LIKE '%Secret%'",
            f"SELECT {PEOPLE} - COUNT(DISTINCT res_id) FROM career_history"
            " WHERE res_model = 'career.aspiration'",
        ),
        hold="SELECT FROM career_history WHERE employee_id = %s FOR UPDATE",
    ),
    Job(
        "internal moves",
        "career_guidance_recruitment.ir_cron_carry_out_moves",
        """
job, old = env["hr.job"].create([
    {"name": name, "company_id": company.id} for name in ("Planner", "Operator")
])
for someone in people:
    someone.write({"job_id": old.id, "date_version": today - timedelta(days=400)})
    view("career.move", officer).create({
        "employee_id": someone.id, "job_id": job.id, "date": today,
        "manager_id": find("director").id,
    })
""",
        done="SELECT COUNT(*) FROM career_move WHERE state = 'done'",
        same=(
            "SELECT COUNT(*) FROM hr_version v JOIN hr_job j ON j.id = v.job_id"
            " WHERE j.name->>'en_US' = 'Planner' AND v.date_version = CURRENT_DATE",
            "SELECT COUNT(*) FROM hr_employee e JOIN hr_employee m"
            " ON m.id = e.parent_id WHERE m.name = 'director' AND e.name LIKE 'p%'",
        ),
        single=("hr_version: employee_id, date_version",),
        model="career.move",
    ),
    Job(
        "internal applications without an answer",
        "career_guidance_recruitment.ir_cron_escalate_applications",
        """
job = env["hr.job"].create({
    "name": "Planner", "company_id": company.id, "career_is_internal": True,
    "user_id": officer.user_id.id,
})
for someone in people:
    view("career.application", someone).create({
        "employee_id": someone.id, "job_id": job.id,
    }).action_release()
env.flush_all()
env.cr.execute("UPDATE career_application SET date_answer_due = CURRENT_DATE - 1")
""",
        done="SELECT COUNT(*) FROM career_application WHERE is_escalated",
        same=(todos("decide"),),
        model="career.application",
        hold="SELECT FROM career_application WHERE employee_id = %s FOR UPDATE",
    ),
)

JOBS += (
    Job(
        "monthly key figures",
        "career_guidance_reports.ir_cron_figures",
        "",
        done="SELECT SUM(step) FROM career_figure_snapshot",
        same=(),
        single=(
            "career_figure_cell: snapshot_id, indicator_id, dimension, name, item",
        ),
        left="SELECT COUNT(*) FROM career_figure_snapshot WHERE state != 'done'",
        hold="SELECT FROM career_figure_indicator"
        " WHERE code IN ('K6', 'K9', 'K11') AND %s > 0 FOR UPDATE",
    ),
)

# Scheduled actions without an entry, and why.
WITHOUT = {
    "career_guidance.ir_cron_settle_line": "test_at_once.py runs it; what it has not"
    " looked at yet, it looks at the next time",
    "career_guidance.ir_cron_follow_cycles": "it only starts the steps of a launch"
    " again, and its to-dos are given once for a key, as those of the launch",
    "career_guidance_recruitment.ir_cron_make_wish_figures": "it makes the figures of a"
    " month anew, one company a transaction",
    "career_guidance_reports.ir_cron_policy_report": "one company a transaction, which"
    " notes that the board was told; the queue sends the mail",
    "career_guidance.ir_cron_deals_of_new_guides": "it only starts the sending of a"
    " deal, which has an entry",
}
