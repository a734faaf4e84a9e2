"""How long the lists of persons take, beside plain SQL for the same answer.

For HR, an N+1 and an N+2: the first page (``web_search_read``, as the list asks for it)
and the pivot (``formatted_read_group``). The plain SQL is written by hand over the same
tables, with the condition that lets this viewer read; both answers are compared before
anything is measured. They take turns, and the median counts.

Odoo's own directory of employees is measured in the same way: what it takes beside
plain SQL (names, rules, JSON) is what Odoo takes for any answer on this machine, and
ours may take as much.

Runs in Odoo's shell; see ``script/bench``.
"""

import statistics
import threading
import time
from dataclasses import dataclass

from odoo import api, fields

PAGE, COUNT_LIMIT = 80, 10_001
LINE = {
    "HR": "{d}.share_hr AND {d}.company_id = %(company)s",
    "N+1": "{d}.n1_user_id = %(user)s AND plan.conductor_role = 'n1'"
    " AND ({d}.share_n1 OR {d}.conductor_user_id = %(user)s)",
    # who is N+2 is N+1 of his own reports as well
    "N+2": "plan.conductor_role = 'n1' AND ({d}.n2_user_id = %(user)s AND {d}.share_n2"
    " OR {d}.n1_user_id = %(user)s"
    " AND ({d}.share_n1 OR {d}.conductor_user_id = %(user)s))",
}
PLACE = """
    JOIN hr_employee employee ON employee.id = {d}.employee_id
    LEFT JOIN hr_version version ON version.id = employee.current_version_id
"""
PLAN = "JOIN career_plan plan ON plan.id = {d}.plan_id"
DUE = """
    LEFT JOIN LATERAL (
        SELECT SUM(weight) FILTER (WHERE state = 'done') AS due_done,
               SUM(weight) AS due_counted
          FROM career_plan_action
         WHERE plan_id = plan.id AND state != 'dropped'
           AND original_deadline <= %(today)s
    ) due ON TRUE
"""
TRACK = """
    CASE WHEN plan.weight_counted = 0 THEN NULL
         WHEN plan.weight_done * 100 >= target_rate * plan.weight_counted THEN 'reached'
         WHEN date_end < %(today)s THEN 'missed'
         WHEN COALESCE(due_counted, 0) = 0
           OR COALESCE(due_done, 0) * 100 >= target_rate * due_counted THEN 'on_track'
         WHEN COALESCE(due_done, 0) * 400 >= target_rate * 3 * due_counted
         THEN 'at_risk' ELSE 'behind' END
"""
COUNTS = """(plan.state IN ('agreed', 'evaluated')
             OR plan.state = 'superseded' AND doc.state != 'planned')"""
NAMES = """
    LEFT JOIN hr_department department ON department.id = {dep}
    LEFT JOIN hr_job job ON job.id = {job}
    LEFT JOIN res_users boss ON boss.id = {d}.n1_user_id
    LEFT JOIN res_partner boss_partner ON boss_partner.id = boss.partner_id
"""
RUNS = """
    SELECT employee_id, MIN(date_version) FILTER (WHERE NOT broken) AS start
      FROM (
            SELECT employee_id, date_version,
                   bool_or(job_id IS DISTINCT FROM last_job)
                       OVER (PARTITION BY employee_id ORDER BY date_version DESC)
                       AS broken
              FROM (
                    SELECT employee_id, date_version, job_id,
                           first_value(job_id) OVER (PARTITION BY employee_id
                               ORDER BY date_version DESC) AS last_job
                      FROM hr_version WHERE active AND date_version <= %(today)s
                   ) newest
             WHERE last_job IS NOT NULL
           ) runs
     GROUP BY employee_id
"""
BAND = """
    CASE WHEN start IS NULL THEN NULL
         WHEN (%(today)s::date - start) / 365.25 < 1 THEN '00'
         WHEN (%(today)s::date - start) / 365.25 < 3 THEN '01'
         WHEN (%(today)s::date - start) / 365.25 < 5 THEN '03'
         WHEN (%(today)s::date - start) / 365.25 < 10 THEN '05' ELSE '10' END
"""
AGE = """
    CASE WHEN birthday <= %(today)s THEN GREATEST(15, LEAST(70,
         EXTRACT(YEAR FROM age(%(today)s, birthday))::int / 5 * 5))::text END
"""
STAFF = "employee.company_id = %(company)s AND employee.active"
YEAR = "date_trunc('year', %(today)s::date)::date"


@dataclass(frozen=True)
class Report:
    """One list: what the client asks for, and the plain SQL for it."""

    name: str
    model: str
    domain: list  # as the menu opens it
    groupby: tuple
    measure: str
    table: str  # FROM, for the pivot
    where: str
    by: str  # columns of the pivot
    value: str  # and what is summed
    page: str = ""  # FROM of the page, where it is another
    select: str = "doc.id"
    order: str = "doc.id DESC"
    alias: str = "doc"  # of the documents
    rights: dict | None = None  # viewer -> condition; None: as for documents
    columns: tuple = ()  # of the list; none: as its view has them


def _names(dep="version.department_id", job="version.job_id"):
    return NAMES.format(d="doc", dep=dep, job=job)


PERSON = "employee.name, department.name, job.name, boss_partner.name"
DOC = "career_plan_{} doc " + PLAN.format(d="doc") + PLACE.format(d="doc")
OFFICER = {"HR": STAFF}


def _year(name):
    return [(name, ">=", "{year}"), (name, "<", "{next_year}")]


# done in plans, and courses of the resume
TRAINING = """
    (SELECT 2 * action.id AS id, action.employee_id, action.company_id, action.share_hr,
            action.n1_user_id, action.n2_user_id, action.share_n1, action.share_n2,
            action.conductor_user_id, plan.conductor_role, date_done AS date,
            action.name::text AS name, 'plan' AS origin, hours
       FROM career_plan_action action JOIN career_plan plan ON plan.id = plan_id
      WHERE action.state = 'done' AND method_category = 'formal_training'
      UNION ALL
     SELECT 2 * line.id + 1, e.id, e.company_id, TRUE,
            n1.user_id, n2.user_id, TRUE, TRUE, NULL, 'n1',
            COALESCE(date_end, date_start), line.name ->> 'en_US', 'resume', duration
       FROM hr_resume_line line
       JOIN hr_resume_line_type type ON type.id = line.line_type_id AND is_course
       JOIN hr_employee e ON e.id = line.employee_id
       LEFT JOIN hr_employee n1 ON n1.id = e.parent_id AND e.active AND n1.active
       LEFT JOIN hr_employee n2 ON n2.id = n1.parent_id AND n2.active
      WHERE COALESCE(date_end, date_start) <= %(today)s) doc
"""

REPORTS = [
    Report(
        "Plans",
        "career.plan.analysis",
        [("state", "=", "agreed")],
        ("track", "maturity"),
        "plan_count:sum",
        "career_plan plan" + PLACE.format(d="plan") + DUE,
        "plan.state = 'agreed'",
        f"{TRACK}, plan.maturity",
        "COUNT(*)",
        "career_plan plan"
        + PLACE.format(d="plan")
        + DUE
        + NAMES.format(dep="version.department_id", job="version.job_id", d="plan"),
        f"plan.id, {PERSON}, plan.date_start, plan.date_end, plan.state, {TRACK},"
        " plan.realisation_rate,"
        " plan.weight_counted, plan.weight_done, plan.maturity",
        "plan.date_end DESC, plan.id DESC",
        alias="plan",
    ),
    Report(
        "Actions",
        "career.action.analysis",
        [("plan_state", "=", "agreed")],
        ("method_category", "state"),
        "action_count:sum",
        DOC.format("action"),
        "plan.state = 'agreed'",
        "doc.method_category, doc.state",
        "COUNT(*)",
        DOC.format("action")
        + "LEFT JOIN career_development_method method ON method.id = doc.method_id"
        + _names(),
        f"doc.id, {PERSON}, doc.name, method.name, responsible, deadline,"
        " original_deadline, doc.state, date_done, not_done_cause, hours, weight",
        "doc.deadline DESC, doc.id DESC",
    ),
    Report(
        "Needs",
        "career.need.analysis",
        [("plan_state", "=", "agreed")],
        ("domain", "skill_id", "purpose"),
        "need_count:sum",
        DOC.format("need"),
        "plan.state = 'agreed'",
        "doc.domain, doc.skill_id, doc.purpose",
        "COUNT(*)",
        DOC.format("need") + "LEFT JOIN hr_skill skill ON skill.id = doc.skill_id"
        " LEFT JOIN hr_skill_level now ON now.id = doc.current_level_id"
        " LEFT JOIN hr_skill_level wanted ON wanted.id = doc.target_level_id"
        + _names(),
        f"doc.id, {PERSON}, doc.name, domain, purpose, skill.name, now.name,"
        " wanted.name, is_precise, EXISTS (SELECT FROM career_plan_action action"
        " WHERE action.need_id = doc.id AND action.state != 'dropped'), plan.state",
        "plan.date_start DESC, doc.id DESC",
    ),
    Report(
        "Follow-up",
        "career.checkpoint.analysis",
        [("date", "<=", "{today}"), ("timing", "!=", False), *_year("date")],
        ("date:month", "timing"),
        "checkpoint_count:sum",
        DOC.format("checkpoint"),
        f"doc.date <= %(today)s AND {COUNTS} AND doc.date >= {YEAR}",
        "date_trunc('month', date), CASE WHEN doc.state = 'held'"
        " AND date_held <= date + 14 THEN 'in_time' WHEN doc.state = 'held' THEN 'late'"
        " WHEN doc.state = 'skipped' OR date < %(today)s THEN 'missed'"
        " ELSE 'to_come' END",
        "COUNT(*)",
        DOC.format("checkpoint") + _names(),
        f"doc.id, {PERSON}, date, doc.state, date_held, rate_at_date, plan.state",
        "doc.date DESC, doc.id DESC",
    ),
    Report(
        "Participation",
        "career.participation.analysis",
        [("cycle_state", "in", ("launching", "running"))],
        ("cycle_id", "state"),
        "participation_count:sum",
        "career_participation doc",
        "doc.cycle_id IN (SELECT id FROM career_cycle"
        " WHERE state IN ('launching', 'running'))",
        "doc.cycle_id, doc.state",
        "COUNT(*)",
        "career_participation doc"
        + PLACE.format(d="doc")
        + "JOIN career_cycle cycle ON cycle.id = doc.cycle_id"
        + _names("doc.department_id"),
        f"doc.id, {PERSON}, cycle.name, doc.state, checkpoint_state, date_planned,"
        " date_held, deadline",
        "doc.deadline DESC, doc.id DESC",
        rights={
            "HR": "doc.company_id = %(company)s",
            "N+1": "doc.n1_user_id = %(user)s",
            "N+2": "(doc.n2_user_id = %(user)s OR doc.n1_user_id = %(user)s)",
        },
    ),
    Report(
        "Training",
        "career.training.analysis",
        _year("date"),
        ("date:month", "origin"),
        "hours:sum",
        TRAINING,
        f"doc.date >= {YEAR} AND doc.date < {YEAR} + interval '1 year'",
        "date_trunc('month', doc.date), origin",
        "SUM(hours)",
        TRAINING + PLACE.format(d="doc") + _names(),
        f"doc.id, {PERSON}, doc.date, doc.name, origin, hours",
        "doc.date DESC, doc.id DESC",
        rights={
            name: condition.format(d="doc").replace("plan.", "doc.")
            for name, condition in LINE.items()
        },
    ),
    Report(
        "Time in function",
        "career.function.analysis",
        [],
        ("band",),
        "employee_count:sum",
        "hr_employee employee JOIN hr_version version"
        " ON version.id = employee.current_version_id"
        f" LEFT JOIN ({RUNS}) run ON run.employee_id = employee.id",
        "version.employee_type IN ('employee', 'worker')",
        BAND,
        "COUNT(*)",
        "hr_employee employee JOIN hr_version version"
        " ON version.id = employee.current_version_id"
        f" LEFT JOIN ({RUNS}) run ON run.employee_id = employee.id"
        " LEFT JOIN hr_department department ON department.id = version.department_id"
        " LEFT JOIN hr_job job ON job.id = version.job_id",
        "employee.id, employee.name, department.name, job.name, start,"
        f" (%(today)s::date - start) / 365.25, {BAND}",
        "start, employee.id",
        rights=OFFICER,
    ),
    Report(
        "Age curve",
        "career.age.analysis",
        [],
        ("age_band", "sex"),
        "employee_count:sum",
        "hr_employee employee JOIN hr_version version"
        " ON version.id = employee.current_version_id",
        "version.employee_type IN ('employee', 'worker')",
        f"{AGE}, sex",
        "COUNT(*)",
        f"(SELECT version.department_id, {AGE} AS age, sex,"
        " COUNT(*) AS people FROM hr_employee employee JOIN hr_version version"
        " ON version.id = employee.current_version_id"
        f" WHERE {STAFF} AND version.employee_type IN ('employee', 'worker')"
        " GROUP BY 1, 2, 3) doc LEFT JOIN hr_department department"
        " ON department.id = doc.department_id"
        " CROSS JOIN (SELECT TRUE AS active, %(company)s AS company_id) employee"
        " CROSS JOIN (SELECT 'employee' AS employee_type) version",
        "row_number() OVER (ORDER BY doc.department_id, age, sex), age, sex,"
        " people, department.name",
        "1",
        rights=OFFICER,
    ),
    Report(
        "Mobility",
        "career.mobility.analysis",
        _year("date"),
        ("from_job_id", "kind"),
        "move_count:sum",
        "{moves}",
        f"doc.date >= {YEAR}",
        "doc.from_job, {kind}",
        "COUNT(*)",
        "{moves} LEFT JOIN hr_job old ON old.id = doc.from_job"
        " LEFT JOIN hr_job new ON new.id = doc.job_id"
        " LEFT JOIN hr_department department ON department.id = doc.department_id",
        "doc.id, employee.name, doc.date, old.name, new.name, {kind}, department.name",
        "doc.date DESC, doc.id DESC",
        rights={"HR": "employee.company_id = %(company)s"},
    ),
]
# Odoo's own list of people, with about the columns that ours have
CONTROL = Report(
    "Odoo: employees",
    "hr.employee.public",
    [],
    ("job_id",),
    "__count",
    "hr_employee doc JOIN hr_version version ON version.id = doc.current_version_id",
    "doc.active",
    "version.job_id",
    "COUNT(*)",
    "hr_employee doc JOIN hr_version version ON version.id = doc.current_version_id"
    " LEFT JOIN hr_department department ON department.id = version.department_id"
    " LEFT JOIN hr_job job ON job.id = version.job_id"
    " LEFT JOIN hr_employee boss ON boss.id = doc.parent_id"
    " LEFT JOIN res_users login ON login.id = doc.user_id"
    " LEFT JOIN res_partner login_partner ON login_partner.id = login.partner_id"
    " LEFT JOIN res_company company ON company.id = doc.company_id",
    "doc.id, doc.name, version.job_title, doc.work_email, doc.work_phone,"
    " doc.mobile_phone, department.name, job.name, boss.name, login_partner.name,"
    " company.name",
    "doc.id DESC",
    rights=dict.fromkeys(LINE, "doc.company_id = %(company)s"),
    columns=("name", "job_title", "work_email", "work_phone", "mobile_phone")
    + ("department_id", "job_id", "parent_id", "user_id", "company_id"),
)
MOVES = """
    (SELECT id, employee_id, date_version AS date, job_id, department_id,
            LAG(job_id) OVER (PARTITION BY employee_id ORDER BY date_version)
            AS from_job
       FROM hr_version WHERE active AND date_version <= %(today)s) doc
    JOIN hr_employee employee
      ON employee.id = doc.employee_id AND from_job != doc.job_id
"""
KIND = """
    COALESCE((SELECT MAX(kind) FROM career_path_step
               WHERE from_job_id = from_job AND to_job_id = doc.job_id),
             CASE WHEN doc.job_id IN ({lead}) AND from_job NOT IN ({lead})
                  THEN 'vertical' ELSE 'lateral' END)
""".format(
    lead="""
    SELECT v.job_id FROM hr_employee h JOIN hr_version v ON v.id = h.current_version_id
     WHERE h.active AND v.job_id IS NOT NULL GROUP BY v.job_id
    HAVING bool_or(EXISTS (
        SELECT FROM hr_employee r
         WHERE r.parent_id = h.id AND r.active AND r.id != h.id))
    """
)


class Measure:
    """Measures in one company that :mod:`generate` made.

    :param viewers: dictionary of viewer and ``res.users``
    """

    def __init__(self, env, company, viewers, repeat=7):
        self.env, self.company, self.viewers = env, company, viewers
        self.repeat = repeat
        self.today = fields.Date.context_today(env.user)
        self.rows = []

    def run(self, log=lambda text: None):
        """Measure everything.

        :return: list of dictionaries: ``report, viewer, what, bare, server, sql,
            ratio, rows``; times in milliseconds
        """
        for report in (CONTROL, *REPORTS):
            for viewer in report.rights or LINE:
                for what in ("page", "pivot"):
                    row = self._one(report, viewer, what)
                    self.rows.append(row)
                    log(line(row))
        return self.rows

    # ---------------------------------------------------------------------- one row
    def _one(self, report, viewer, what):
        user = self.viewers[viewer]
        env = api.Environment(
            self.env.cr,
            user.id,
            {"allowed_company_ids": self.company.ids, "lang": "en_US"},
        )
        model = env[report.model]
        domain = self._domain(report)
        queries = self._bare(report, viewer, what)
        values = {"company": self.company.id, "user": user.id, "today": self.today}
        if what == "page":
            spec = list_columns(model, report.columns)
            order = "id desc" if report.columns else None

            def server():
                return model.web_search_read(
                    domain, spec, limit=PAGE, order=order, count_limit=COUNT_LIMIT
                )

        else:

            def server():
                return model.formatted_read_group(
                    domain, list(report.groupby), [report.measure]
                )

        def bare():
            answers = []
            for query in queries:
                self.env.cr.execute(query, values)
                answers.append(self.env.cr.fetchall())
            return answers

        answer, plain = server(), bare()
        self._compare(report, viewer, what, answer, plain)
        times = {"server": [], "sql": [], "bare": []}
        for __ in range(self.repeat):
            milliseconds, in_sql, __queries = observed(self.env, server)
            times["server"].append(milliseconds)
            times["sql"].append(in_sql)
            times["bare"].append(_timed(bare))
        median = {name: statistics.median(found) for name, found in times.items()}
        return {
            "report": report.name,
            "viewer": viewer,
            "what": what,
            "control": report is CONTROL,
            **median,
            "ratio": median["server"] / median["bare"],
            "rows": len(answer["records"]) if what == "page" else len(answer),
        }

    def _domain(self, report):
        words = {
            "{today}": self.today,
            "{year}": self.today.replace(month=1, day=1),
            "{next_year}": self.today.replace(year=self.today.year + 1, month=1, day=1),
        }
        return [
            (name, operator, words.get(value, value) if value else value)
            for name, operator, value in report.domain
        ]

    def _bare(self, report, viewer, what):
        rights = report.rights or {
            name: condition.format(d=report.alias) for name, condition in LINE.items()
        }
        where = f"({rights[viewer]}) AND {report.where}"
        table = report.table if what == "pivot" else report.page

        def fill(text):
            return text.replace("{moves}", MOVES).replace("{kind}", KIND)

        if what == "pivot":
            groups = len(report.groupby)
            numbers = ", ".join(str(n + 1) for n in range(groups))
            queries = [
                f"SELECT {report.by}, {report.value} FROM {table} WHERE {where}"
                f" GROUP BY {numbers}"
            ]
        else:
            queries = [
                f"SELECT {report.select} FROM {table} WHERE {where}"
                f" ORDER BY {report.order} LIMIT {PAGE}",
                f"SELECT COUNT(*) FROM (SELECT FROM {table} WHERE {where}"
                f" LIMIT {COUNT_LIMIT}) counted",
            ]
        return [fill(query) for query in queries]

    def _compare(self, report, viewer, what, answer, plain):
        """Two ways to the same answer, or the measure would be of two things."""
        label = (report.name, viewer, what)
        if what == "page":
            ids = [row["id"] for row in answer["records"]]
            assert ids == [row[0] for row in plain[0]], (*label, ids[:5], plain[0][:2])
            assert answer["length"] == plain[1][0][0], (
                *label,
                answer["length"],
                plain[1],
            )
            return
        total = sum(group[report.measure] or 0 for group in answer)
        assert len(answer) == len(plain[0]), (*label, len(answer), len(plain[0]))
        expected = sum(row[-1] or 0 for row in plain[0])
        assert abs(total - expected) < 1e-6, (*label, total, expected)


def list_columns(model, names=()):
    """The columns of a list, as the client asks for them.

    :param names: these, instead of those of the model's list view
    """
    if names:
        columns = model.fields_get(names, ["type"])
    else:
        columns = model.get_views([(False, "list")])["models"][model._name]["fields"]
    wanted = {}
    for name, description in columns.items():
        many2one = description["type"] == "many2one"
        wanted[name] = {"fields": {"display_name": {}}} if many2one else {}
    return wanted


def observed(env, function):
    """What a call of the server takes, with nothing in its cache.

    :return: (milliseconds, those in the database, queries)
    """
    thread = threading.current_thread()
    env.invalidate_all(flush=False)
    thread.query_count, thread.query_time = 0, 0
    milliseconds = _timed(function)
    return milliseconds, thread.query_time * 1000, thread.query_count


def _timed(function):
    started = time.perf_counter()
    function()
    return (time.perf_counter() - started) * 1000


def line(row):
    """One row as text."""
    return (
        f"{row['report']:<20} {row['viewer']:<4} {row['what']:<6}"
        f" {row['bare']:>9.1f} {row['server']:>9.1f} {row['sql']:>9.1f}"
        f" {row['server'] - row['sql']:>8.1f} {row['ratio']:>6.2f} {row['rows']:>6}"
    )


HEAD = (
    f"{'report':<20} {'for':<4} {'what':<6} {'bare SQL':>9} {'server':>9}"
    f" {'its SQL':>9} {'Python':>8} {'ratio':>6} {'rows':>6}"
)


def viewers(env, company):
    """An officer, the busiest N+1 who is nobody's N+2, and the busiest N+2."""
    officers = env.ref("career_guidance.group_career_officer").user_ids

    found = {}
    for viewer, above in (("N+1", False), ("N+2", True)):
        env.cr.execute(
            """
            SELECT n1_user_id FROM career_plan line
             WHERE company_id = %(company)s AND n1_user_id IS NOT NULL
               AND %(above)s = EXISTS (SELECT FROM career_plan below
                                        WHERE below.n2_user_id = line.n1_user_id)
             GROUP BY 1 ORDER BY COUNT(*) DESC, 1 LIMIT 1
            """,
            {"company": company.id, "above": above},
        )
        found[viewer] = env["res.users"].browse(env.cr.fetchone()[0])
    hr = officers.filtered(lambda u: u.company_id == company)[:1]
    return {"HR": hr, **found}
