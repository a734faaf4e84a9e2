"""A large organisation, made in SQL: the same for the same seed.

Employees in a line of ten to a manager, their users, five years of cycles,
conversations, plans, needs, actions, follow-up and job history. Each table gets one
set-based INSERT, so that 50,000 employees with 250,000 conversations and 1,000,000
actions take minutes.

What is inserted is what the ORM would have written: every stored computed column is
filled. :func:`differences` proves it on a small size: it computes all again, by the
ORM, and compares. Columns that are not spoken of here get what the ORM gives a record
that was made on the way (and taken back), so that an add-on may bring columns of its
own.

Runs in Odoo's shell; see ``script/bench``.
"""

import contextlib
import random
import time
from datetime import date, timedelta

from psycopg2.extras import Json

COACHES, OFFICERS, JOBS, SKILLS = 10, 2, 60, 20
ACTIONS = 4  # of each plan

# Tables that are filled with most rows: their indexes and foreign keys are made again
# after the load, which is many times quicker than to keep them up row by row.
HEAVY = (
    "career_participation",
    "career_conversation",
    "career_preparation",
    "career_feedback",
    "career_plan",
    "career_plan_need",
    "career_plan_action",
    "career_plan_checkpoint",
)

# Filled as well. Their foreign keys are checked once, after the load: a check that was
# planned for an empty table reads the whole table for each row.
PEOPLE = (
    "hr_department",
    "res_partner",
    "res_users",
    "res_company_users_rel",
    "res_groups_users_rel",
    "resource_resource",
    "hr_employee",
    "hr_version",
    "career_aspiration",
    "hr_resume_line",
)

# A number below ``m`` that depends on ``n``, on what it is for, and on the seed.
PICK = """
CREATE OR REPLACE FUNCTION pg_temp.pick(n bigint, what int, m int) RETURNS int
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ SELECT ((hashint8extended(n, what * 7919 + {seed})
                   & 9223372036854775807) % m)::int $$
"""

PERSONS = """
CREATE TEMP TABLE bench_person AS
SELECT n, p, g, leads, active, has_user,
       %(employee)s + n AS employee_id, %(partner)s + n AS partner_id,
       %(resource)s + n AS resource_id,
       CASE WHEN has_user THEN %(user)s + n END AS user_id,
       CASE WHEN active AND p IS NOT NULL THEN %(user)s + p END AS n1_user_id,
       CASE WHEN active AND g IS NOT NULL THEN %(user)s + g END AS n2_user_id,
       %(department)s + 1 + n %% %(departments)s AS department_id,
       %(today)s::date - 30 - pg_temp.pick(n, 4, 5400) AS hired,
       1 + pg_temp.pick(n, 5, 4) AS versions,
       'Bench ' || lpad(n::text, 6, '0') AS name
  FROM (
        SELECT n, NULLIF((n + 8) / 10, CASE WHEN n = 1 THEN 0 END) AS p,
               CASE WHEN n > 11 THEN ((n + 8) / 10 + 8) / 10 END AS g,
               n <= (%(employees)s + 8) / 10 AS leads,
               n <= (%(employees)s + 8) / 10 OR pg_temp.pick(n, 1, 10) < 8 AS has_user,
               n <= (%(employees)s + 8) / 10 OR pg_temp.pick(n, 2, 20) > 0 AS active
          FROM generate_series(1, %(employees)s) AS n
       ) line
"""

VERSIONS = """
CREATE TEMP TABLE bench_version AS
SELECT %(version)s + row_number() OVER (ORDER BY n, j) AS id, n, j,
       j = versions - 1 AS is_current,
       hired + j * ((%(today)s::date - hired) / versions) AS date_version,
       CASE WHEN pg_temp.pick(n * 8 + j, 8, 40) > 0 THEN
            %(job)s + 1 + pg_temp.pick(
                n * 8 + j - CASE WHEN j > 0 THEN pg_temp.pick(n * 8 + j, 6, 2) ELSE 0
                            END, 7, %(jobs)s)
       END AS job_id,
       CASE WHEN j = versions - 1 THEN department_id
            ELSE %(department)s + 1 + pg_temp.pick(n * 8 + j, 9, %(departments)s)
       END AS department_id
  FROM bench_person, generate_series(0, versions - 1) AS j
"""

# One plan, one conversation and one participation for each employee and year.
PLANS = """
CREATE TEMP TABLE bench_plan AS
SELECT base.*, plan.*,
       channel.id AS channel_id, channel.conductor_role,
       channel.hidden_from_n1, channel.hidden_from_n2, channel.hidden_from_hr,
       COALESCE(channel.plan_share_hr, FALSE) AS share_hr,
       channel.code = 'line' AND pg_temp.pick(q, 12, 2) = 0 AS share_n2,
       CASE plan.code WHEN 'line' THEN %(employee)s + p
                 WHEN 'management' THEN %(employee)s + g
                 WHEN 'coach' THEN coach.employee_id
       END AS conductor_id,
       CASE plan.code WHEN 'line' THEN %(user)s + p
                 WHEN 'management' THEN %(user)s + g
                 WHEN 'coach' THEN coach.user_id
                 ELSE (%(officers)s::int[])[1 + pg_temp.pick(q, 14, %(officer_count)s)]
       END AS conductor_user_id
  FROM (
        SELECT person.*, y, (n - 1) * %(years)s + y AS q, y = %(years)s AS is_last,
               %(today)s::date - 365 * (%(years)s - y + 1) + pg_temp.pick(n, 10, 200)
                   AS date_start,
               pg_temp.pick((n - 1) * %(years)s + y, 11, 100) AS channel_pick,
               pg_temp.pick((n - 1) * %(years)s + y, 13, 100) AS state_pick
          FROM bench_person person, generate_series(1, %(years)s) AS y
       ) base
  CROSS JOIN LATERAL (
        SELECT date_start + 364 AS date_end,
               CASE WHEN n = 1 THEN 'staff'
                    WHEN channel_pick < 86 THEN 'line'
                    WHEN channel_pick < 91 THEN 'coach'
                    WHEN channel_pick < 95 AND g IS NOT NULL THEN 'management'
                    ELSE 'staff'
               END AS code,
               CASE WHEN is_last THEN
                        CASE WHEN state_pick < 75 THEN 'agreed'
                             WHEN state_pick < 83 THEN 'proposed'
                             WHEN state_pick < 98 THEN 'draft'
                             ELSE 'cancelled' END
                    WHEN state_pick < 83 THEN 'evaluated'
                    WHEN state_pick < 95 THEN 'agreed'
                    ELSE 'cancelled'
               END AS state
       ) plan
  JOIN career_channel channel ON channel.id = (%(channels)s::jsonb ->> plan.code)::int
  JOIN unnest(%(coaches)s::int[], %(coach_users)s::int[]) WITH ORDINALITY
       AS coach(employee_id, user_id, k) ON coach.k = 1 + q %% %(coach_count)s
"""

ACTION_ROWS = """
CREATE TEMP TABLE bench_action AS
SELECT %(action)s + (q - 1) * %(actions)s + a AS id, q, a, first_deadline,
       method.id AS method_id, method.category AS method_category,
       COALESCE(method.is_classical, FALSE) AS is_classical, state,
       CASE WHEN state = 'done'
            THEN LEAST(first_deadline - 30 + pg_temp.pick(r, 24, 60), %(today)s::date)
       END AS date_done,
       CASE WHEN plan_state IN ('agreed', 'evaluated') AND pg_temp.pick(r, 25, 7) = 0
            THEN first_deadline + 30 ELSE first_deadline END AS deadline,
       (ARRAY[1, 1, 1, 2, 0.5])[1 + pg_temp.pick(r, 26, 5)]::numeric AS weight,
       a <= 2 AS has_need, plan_state
  FROM (
        SELECT plan.q, a, (plan.q - 1) * %(actions)s + a AS r,
               plan.state AS plan_state, plan.date_start + a * 80 AS first_deadline
          FROM bench_plan plan, generate_series(1, %(actions)s) AS a
       ) base
  CROSS JOIN LATERAL (
        SELECT CASE
                 WHEN plan_state IN ('draft', 'proposed', 'cancelled') THEN 'todo'
                 WHEN plan_state = 'agreed' AND first_deadline > %(today)s::date THEN
                     CASE WHEN pg_temp.pick(r, 21, 100) < 12 THEN 'done'
                          WHEN pg_temp.pick(r, 21, 100) < 50 THEN 'doing'
                          ELSE 'todo' END
                 WHEN pg_temp.pick(r, 21, 100) < 77 THEN 'done'
                 WHEN pg_temp.pick(r, 21, 100) < 88 THEN 'todo'
                 WHEN pg_temp.pick(r, 21, 100) < 94 THEN 'doing'
                 WHEN pg_temp.pick(r, 21, 100) < 95 THEN 'drop_asked'
                 ELSE 'dropped'
               END AS state
       ) progress
  JOIN bench_method method
    ON method.k = 1 + CASE WHEN pg_temp.pick(r, 22, 3) = 0 THEN 0
                           ELSE pg_temp.pick(r, 23, %(methods)s) END
"""

# What the plan's stored columns are computed from.
PLAN_SUMS = """
CREATE TEMP TABLE bench_sums AS
SELECT q,
       SUM(weight * 100) FILTER (WHERE state = 'done') AS done,
       SUM(weight * 100) FILTER (WHERE state != 'dropped') AS counted,
       COUNT(DISTINCT method_category) FILTER (WHERE state != 'dropped') >= 2 AS varied,
       bool_or(NOT is_classical) FILTER (WHERE state != 'dropped') AS other_method,
       bool_or(has_need) FILTER (WHERE state != 'dropped') AS needed
  FROM bench_action
 GROUP BY q
"""


class Generator:
    """One organisation in one company of its own.

    :param env: environment of the system
    :param employees: how many people are in the line (coaches and HR come on top)
    :param years: years of cycles, conversations and plans
    :param seed: another number, another organisation
    :param today: the day to look back from
    """

    def __init__(self, env, employees, *, years=5, seed=1, today=None, log=None):
        self.env, self.cr = env, env.cr
        self.employees, self.years, self.seed = employees, years, seed
        self.today = today or date.today()
        self.log = log or (lambda text: None)
        self.values = {
            "employees": employees,
            "years": years,
            "actions": ACTIONS,
            "today": self.today,
            "departments": max(employees // 60, 4),
            "jobs": JOBS,
        }

    # ------------------------------------------------------------------------- steps
    def run(self):
        """Make everything, commit, and let the database know its new size.

        :return: the company, as a record
        """
        started = time.monotonic()
        self.cr.execute(PICK.format(seed=int(self.seed)))
        self.prototypes = self._prototypes()
        self._make_catalogues()
        with self._without_checks():
            self._make_people()
            self._make_plans_in_memory()
            self._insert_documents()
            self._insert_others()
        for table in ("person", "version", "plan", "action", "sums", "method"):
            self.cr.execute(f"DROP TABLE bench_{table}")
        self.cr.commit()
        self.env.invalidate_all()
        self._vacuum()
        self.log(f"made in {time.monotonic() - started:.0f} s")
        return self.company

    def _vacuum(self):
        """As autovacuum does in a database that is in use."""
        self.cr.commit()
        connection = self.cr._cnx
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE")
        finally:
            connection.autocommit = False

    # -------------------------------------------------------------------- catalogues
    def _make_catalogues(self):
        """What there are few of is made by the ORM: company, jobs, HR, coaches."""
        env, rng = self.env, random.Random(self.seed)
        name = f"Bench {self.seed}-{self.employees}"
        known = env["res.company"].search_count([("name", "=like", f"{name}%")])
        self.company = company = env["res.company"].create(
            {"name": f"{name} ({known + 1})" if known else name}
        )
        prefix = f"bench{company.id}"
        self.prefix = prefix
        # each new user would make members of all users who are none yet: those that
        # were made in SQL, ten thousands of them
        env["discuss.channel"].search([("group_ids", "!=", False)]).group_ids = False
        jobs = env["hr.job"].create(
            [
                {"name": f"Job {n:02}", "company_id": company.id}
                for n in range(1, JOBS + 1)
            ]
        )
        path = env["career.path"].create({"name": prefix, "company_id": company.id})
        env["career.path.step"].create(
            [
                {
                    "path_id": path.id,
                    "from_job_id": jobs[n].id,
                    "to_job_id": jobs[n + 1 + rng.randrange(JOBS - n - 1)].id,
                    "kind": rng.choice(["vertical", "lateral", "temporary"]),
                }
                for n in range(JOBS - 1)
            ]
        )
        self.officers = self._users("officer", OFFICERS, officer=True)
        coaches = self._users("coach", COACHES)
        self.coaches = env["hr.employee"].create(
            [
                {"name": user.name, "user_id": user.id, "company_id": company.id}
                for user in coaches
            ]
        )
        env["career.coach"].create(
            [{"employee_id": coach.id} for coach in self.coaches]
        )
        skill_type = env["hr.skill.type"].create(
            {
                "name": prefix,
                "skill_ids": [
                    (0, 0, {"name": f"Skill {n:02}"}) for n in range(1, SKILLS + 1)
                ],
                "skill_level_ids": [
                    (0, 0, {"name": f"Level {n}", "level_progress": 25 * n})
                    for n in range(1, 5)
                ],
            }
        )
        line = env.ref("career_guidance.channel_line")
        self.cycles = env["career.cycle"].create(
            [
                {
                    "name": f"{prefix} {year}",
                    "company_ids": [(6, 0, company.ids)],
                    "channel_id": line.id,
                    "mode": "single",
                    "date_start": start,
                    "date_end": start + timedelta(days=364),
                    "state": "running" if year == self.years else "closed",
                }
                for year in range(1, self.years + 1)
                for start in [
                    self.today - timedelta(days=365 * (self.years - year + 1))
                ]
            ]
        )
        env.flush_all()
        self.cr.execute(
            """
            CREATE TEMP TABLE bench_method AS
            SELECT row_number() OVER (
                       ORDER BY (category = 'formal_training') DESC, id
                   ) AS k, id, category, is_classical
              FROM career_development_method WHERE active
            """
        )
        route = line.route_ids.filtered(lambda r: r.required and r.author_role)[:1]
        self.values |= {
            "company": company.id,
            "job": self._numbered("hr_job", jobs.ids),
            "skills": skill_type.skill_ids.ids,
            "levels": skill_type.skill_level_ids.sorted("level_progress").ids,
            "officers": self.officers.ids,
            "officer_count": OFFICERS,
            "coaches": self.coaches.ids,
            "coach_users": self.coaches.user_id.ids,
            "coach_count": COACHES,
            "cycles": self.cycles.ids,
            "route": route.id,
            "channels": Json(
                {
                    code: env.ref(f"career_guidance.channel_{code}").id
                    for code in ("line", "staff", "management", "coach")
                }
            ),
            "methods": self._one("SELECT COUNT(*) FROM bench_method"),
            "prefix": prefix,
        }

    def _numbered(self, table, ids):
        """The number before the first of some records that were made in one go."""
        assert ids == list(range(ids[0], ids[0] + len(ids))), f"gaps in {table}"
        return ids[0] - 1

    def _users(self, role, count, officer=False):
        groups = self.env.ref("base.group_user")
        if officer:
            groups |= self.env.ref("career_guidance.group_career_officer")
        return self.env["res.users"].create(
            [
                {
                    "name": f"{self.prefix} {role} {n}",
                    "login": f"{self.prefix}_{role}_{n}",
                    "company_id": self.company.id,
                    "company_ids": [(6, 0, self.company.ids)],
                    "group_ids": [(6, 0, groups.ids)],
                }
                for n in range(1, count + 1)
            ]
        )

    # -------------------------------------------------------------------- prototypes
    def _prototypes(self):
        """A row of each table as the ORM writes it; the records are taken back."""
        env = self.env
        rows = {}
        savepoint = env.cr.savepoint(flush=False)
        company = env["res.company"].create({"name": "Prototype"})
        users = env["res.users"].create(
            [
                {
                    "name": f"Prototype {n}",
                    "login": f"prototype {n}",
                    "company_id": company.id,
                    "company_ids": [(6, 0, company.ids)],
                }
                for n in range(3)
            ]
        )
        n2, n1, employee = env["hr.employee"].create(
            [
                {"name": user.name, "user_id": user.id, "company_id": company.id}
                for user in users
            ]
        )
        n1.parent_id = n2
        employee.parent_id = n1
        department = env["hr.department"].create(
            {"name": "Prototype", "company_id": company.id}
        )
        line = env.ref("career_guidance.channel_line")
        talk = env["career.conversation"].create(
            {"employee_id": employee.id, "channel_id": line.id}
        )
        plan = env["career.plan"].create(
            {"employee_id": employee.id, "channel_id": line.id}
        )
        need = env["career.plan.need"].create({"plan_id": plan.id})
        cycle = env["career.cycle"].create(
            {
                "name": "Prototype",
                "company_ids": [(6, 0, company.ids)],
                "date_start": self.today,
                "date_end": self.today + timedelta(days=364),
                "state": "running",
            }
        )
        route = line.route_ids[:1]
        records = [
            users[2],
            users[2].partner_id,
            employee,
            employee.resource_id,
            employee.current_version_id,
            department,
            talk,
            talk.preparation_ids[:1],
            env["career.feedback"].create(
                {"conversation_id": talk.id, "route_id": route.id, "body": "<p>x</p>"}
            ),
            plan,
            need,
            env["career.plan.action"].create({"plan_id": plan.id, "name": "x"}),
            env["career.plan.checkpoint"].create(
                {"plan_id": plan.id, "date": plan.date_end}
            ),
            env["career.participation"].create(
                {"employee_id": employee.id, "cycle_id": cycle.id}
            ),
            env["career.aspiration"].create(
                {"employee_id": employee.id, "direction": "stay"}
            ),
            env["hr.resume.line"].create({"employee_id": employee.id, "name": "x"}),
        ]
        env.flush_all()
        for record in records:
            env.cr.execute(f"SELECT * FROM {record._table} WHERE id = %s", [record.id])
            [rows[record._table]] = env.cr.dictfetchall()
        savepoint.rollback()
        savepoint.close()
        env.invalidate_all()
        env.registry.clear_all_caches()
        return rows

    def _one(self, query, values=None):
        self.cr.execute(query, values)
        return self.cr.fetchone()[0]

    def _reserve(self, name, table, count):
        """Take ``count`` numbers of a table; leave the one before in the values."""
        last = self._one(f"SELECT COALESCE(MAX(id), 0) FROM {table}")
        self.values[name] = last
        self.cr.execute(
            "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)",
            [table, last + count + 1],
        )

    def _insert(self, table, source, **columns):
        """One INSERT: the columns given, and the prototype's value of all others.

        :param source: what follows FROM
        :param columns: SQL expressions
        """
        values = dict(self.values)
        for name, value in self.prototypes[table].items():
            if name in columns or value is None:
                continue
            values[f"proto_{name}"] = (
                Json(value) if isinstance(value, (dict, list)) else value
            )
            columns[name] = f"%(proto_{name})s"
        started = time.monotonic()
        self.cr.execute(
            f"INSERT INTO {table} ({', '.join(columns)})"
            f" SELECT {', '.join(columns.values())} FROM {source}",
            values,
        )
        self.log(f"{table}: {self.cr.rowcount} in {time.monotonic() - started:.1f} s")

    # ------------------------------------------------------------------------ people
    def _make_people(self):
        size, values = self.employees, self.values
        self._reserve("department", "hr_department", values["departments"])
        self._reserve("partner", "res_partner", size)
        self._reserve("user", "res_users", size)
        self._reserve("resource", "resource_resource", size)
        self._reserve("employee", "hr_employee", size)
        self.cr.execute(PERSONS, values)
        self.cr.execute("CREATE UNIQUE INDEX ON bench_person (n)")
        self._reserve(
            "version", "hr_version", self._one("SELECT SUM(versions) FROM bench_person")
        )
        self.cr.execute(VERSIONS, values)
        self.cr.execute("ANALYZE bench_person, bench_version")
        # departments in a tree of ten
        self._insert(
            "hr_department",
            """(
            WITH RECURSIVE tree AS (
                SELECT 1 AS k, NULL::int AS up, (%(department)s + 1) || '/' AS path
             UNION ALL
                SELECT k.k, tree.k, tree.path || (%(department)s + k.k) || '/'
                  FROM tree, generate_series(10 * tree.k - 8, 10 * tree.k + 1) AS k
                 WHERE k.k <= %(departments)s
            ) SELECT * FROM tree ORDER BY k
            ) tree""",
            id="%(department)s + k",
            parent_id="%(department)s + up",
            parent_path="path",
            name="jsonb_build_object('en_US', 'Department ' || lpad(k::text, 4, '0'))",
            master_department_id="%(department)s + 1",
            company_id="%(company)s",
        )
        self._insert(
            "res_partner",
            "bench_person",
            id="partner_id",
            name="name",
            complete_name="name",
            commercial_partner_id="partner_id",
            company_id="%(company)s",
            employee="active",
            partner_share="NOT has_user",
            active="TRUE",
            email="lower(replace(name, ' ', '.')) || '@' || %(prefix)s || '.example'",
            email_normalized="lower(replace(name, ' ', '.')) || '@' || %(prefix)s"
            " || '.example'",
        )
        self._insert(
            "res_users",
            "bench_person WHERE has_user",
            id="user_id",
            login="%(prefix)s || '_' || n",
            partner_id="partner_id",
            company_id="%(company)s",
            signature="'<div>' || name || '</div>'",
        )
        self.cr.execute(
            """
            INSERT INTO res_company_users_rel (cid, user_id)
                 SELECT %(company)s, user_id FROM bench_person WHERE has_user;
            INSERT INTO res_groups_users_rel (gid, uid)
                 SELECT %(group)s, user_id FROM bench_person WHERE has_user
            """,
            self.values | {"group": self.env.ref("base.group_user").id},
        )
        self._insert(
            "resource_resource",
            "bench_person",
            id="resource_id",
            name="name",
            active="active",
            company_id="%(company)s",
            user_id="user_id",
            calendar_id=str(self.company.resource_calendar_id.id or "NULL"),
        )
        # an employee and his version point at each other
        self._insert(
            "hr_employee",
            "bench_person",
            id="employee_id",
            name="name",
            legal_name="name",
            resource_id="resource_id",
            company_id="%(company)s",
            user_id="user_id",
            work_contact_id="partner_id",
            work_email="lower(replace(name, ' ', '.')) || '@' || %(prefix)s"
            " || '.example'",
            parent_id="%(employee)s + p",
            coach_id="%(employee)s + p",
            active="active",
            current_version_id="NULL",
            barcode="NULL",
            birthday="CASE WHEN pg_temp.pick(n, 15, 50) > 0 THEN"
            " %(today)s::date - 7300 - pg_temp.pick(n, 16, 16500) END",
        )
        self._insert(
            "hr_version",
            "bench_version JOIN bench_person USING (n)"
            " LEFT JOIN hr_job job ON job.id = bench_version.job_id ORDER BY 1",
            id="bench_version.id",
            employee_id="employee_id",
            company_id="%(company)s",
            department_id="bench_version.department_id",
            job_id="bench_version.job_id",
            job_title="job.name ->> 'en_US'",
            is_custom_job_title="FALSE",
            resource_calendar_id=str(self.company.resource_calendar_id.id or "NULL"),
            address_id=str(self.company.partner_id.id),
            date_version="date_version",
            sex="(ARRAY['female', 'male', 'other', NULL])[CASE"
            " WHEN pg_temp.pick(n, 17, 50) = 0 THEN 4"
            " WHEN pg_temp.pick(n, 17, 50) = 1 THEN 3"
            " ELSE 1 + pg_temp.pick(n, 18, 2) END]",
            departure_date="CASE WHEN is_current AND NOT bench_person.active THEN"
            " %(today)s::date - pg_temp.pick(n, 19, 700) END",
        )
        self.cr.execute("ANALYZE hr_employee, res_users, res_partner, hr_version")
        self.cr.execute(
            """
            UPDATE hr_employee SET current_version_id = version.id
              FROM bench_version version
             WHERE is_current AND hr_employee.id = %(employee)s + version.n
            """,
            self.values,
        )

    # --------------------------------------------------------------------- documents
    def _make_plans_in_memory(self):
        """The rows that other rows are computed from, before any is written."""
        size = self.employees * self.years
        for name, table, count in (
            ("participation", "career_participation", size),
            ("conversation", "career_conversation", size),
            ("plan", "career_plan", size),
            ("need", "career_plan_need", size),
            ("action", "career_plan_action", size * ACTIONS),
            ("checkpoint", "career_plan_checkpoint", size),
        ):
            self._reserve(name, table, count)
        for query, index in (
            (PLANS, "bench_plan (q)"),
            (ACTION_ROWS, "bench_action (id)"),
            (PLAN_SUMS, "bench_sums (q)"),
        ):
            self.cr.execute(query, self.values)
            self.cr.execute(f"CREATE UNIQUE INDEX ON {index}")
        self.cr.execute("ANALYZE bench_plan, bench_action, bench_sums")

    @contextlib.contextmanager
    def _without_checks(self):
        """Drop foreign keys, and indexes of the heavy tables; make them again."""
        self.cr.execute(
            """
            SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
              FROM pg_constraint
             WHERE contype = 'f' AND conrelid::regclass::text = ANY(%s)
            """,
            [[*HEAVY, *PEOPLE]],
        )
        keys = self.cr.fetchall()
        self.cr.execute(
            """
            SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid)
              FROM pg_index
             WHERE indrelid::regclass::text = ANY(%s) AND NOT indisprimary
               AND NOT EXISTS (SELECT FROM pg_constraint
                                WHERE conindid = indexrelid AND contype != 'f')
            """,
            [list(HEAVY)],
        )
        indexes = self.cr.fetchall()
        for table, name, __ in keys:
            self.cr.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        for name, __ in indexes:
            self.cr.execute(f"DROP INDEX {name}")
        yield
        started = time.monotonic()
        self.cr.execute("SET LOCAL maintenance_work_mem = '512MB'")
        for __, definition in indexes:
            self.cr.execute(definition)
        for table, name, definition in keys:
            self.cr.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
        self.log(f"indexes and foreign keys in {time.monotonic() - started:.1f} s")

    def _insert_documents(self):
        line = {
            "employee_id": "employee_id",
            "company_id": "%(company)s",
            "employee_user_id": "user_id",
            "n1_user_id": "n1_user_id",
            "n2_user_id": "n2_user_id",
        }
        hidden = {
            f"hidden_from_{role}": f"hidden_from_{role}" for role in ("n1", "n2", "hr")
        }
        guided = {**line, **hidden, "conductor_user_id": "conductor_user_id"}
        shared = {
            **guided,
            "share_n1": "FALSE",
            "share_n2": "share_n2",
            "share_hr": "share_hr",
            "share_coach": "FALSE",
        }
        agreed = "state IN ('agreed', 'evaluated')"
        self._insert(
            "career_plan",
            "bench_plan LEFT JOIN bench_sums USING (q) ORDER BY q",
            **shared,
            id="%(plan)s + q",
            channel_id="channel_id",
            conductor_role="conductor_role",
            state="state",
            version="1",
            target_rate="80",
            date_start="date_start",
            date_end="date_end",
            title="NULL",
            employee_signed_on=f"CASE WHEN {agreed} THEN date_start + time '10:00' END",
            employee_signed_by=f"CASE WHEN {agreed} THEN name END",
            employee_signed_how=f"CASE WHEN {agreed} THEN CASE WHEN has_user"
            " THEN 'login' ELSE 'screen' END END",
            conductor_signed_on=f"CASE WHEN {agreed}"
            " THEN date_start + time '11:00' END",
            conductor_signed_by=f"CASE WHEN {agreed} THEN 'Bench' END",
            conductor_signed_how=f"CASE WHEN {agreed} THEN 'login' END",
            date_agreed=f"CASE WHEN {agreed} THEN date_start + time '11:00' END",
            date_evaluated="CASE WHEN state = 'evaluated' THEN date_end + 5"
            " + time '10:00' END",
            cancel_reason="CASE WHEN state = 'cancelled' THEN 'Bench' END",
            weight_done="COALESCE(done, 0) / 100",
            weight_counted="COALESCE(counted, 0) / 100",
            realisation_rate="COALESCE(div(COALESCE(done, 0) * 1000,"
            " NULLIF(counted, 0)) / 10, 0)",
            is_unmeasured="COALESCE(counted, 0) = 0",
            is_target_met="COALESCE(counted, 0) > 0"
            " AND COALESCE(done, 0) * 100 >= 80 * counted",
            maturity=f"""
                CASE WHEN {PRECISE} AND varied AND other_method
                          AND needed AND {NEXT_STEP} THEN 'advanced'
                     WHEN COALESCE(other_method, FALSE) OR {PRECISE} THEN 'growing'
                     ELSE 'beginner' END""",
        )
        self._insert(
            "career_plan_need",
            "bench_plan ORDER BY q",
            **shared,
            id="%(need)s + q",
            plan_id="%(plan)s + q",
            name="'Need ' || q",
            domain="(ARRAY['attitude', 'social', 'leadership', 'technical'])"
            "[1 + pg_temp.pick(q, 33, 4)]",
            purpose=f"CASE WHEN {NEXT_STEP} THEN 'next_step' ELSE 'current_job' END",
            situation="'In meetings'",
            behaviour_now="'I wait'",
            behaviour_wanted=f"CASE WHEN {PRECISE} THEN 'I speak' END",
            is_precise=PRECISE,
            skill_id="CASE WHEN q %% 2 = 0 THEN (%(skills)s::int[])"
            f"[1 + pg_temp.pick(q, 34, {SKILLS})] END",
            current_level_id="CASE WHEN q %% 2 = 0 THEN (%(levels)s::int[])[1] END",
            target_level_id="CASE WHEN q %% 2 = 0 THEN (%(levels)s::int[])"
            "[2 + pg_temp.pick(q, 35, 3)] END",
        )
        self._insert(
            "career_plan_action",
            "bench_action action JOIN bench_plan plan USING (q) ORDER BY action.id",
            **shared,
            id="action.id",
            plan_id="%(plan)s + q",
            need_id="CASE WHEN has_need THEN %(need)s + q END",
            name="'Action ' || a",
            method_id="method_id",
            method_category="method_category",
            responsible="(ARRAY['employee', 'employee', 'manager', 'hr'])"
            "[1 + pg_temp.pick(action.id - %(action)s, 27, 4)]",
            state="action.state",
            weight="weight",
            hours="CASE WHEN method_category = 'formal_training'"
            " THEN 4 * (1 + pg_temp.pick(action.id - %(action)s, 28, 10)) ELSE 0 END",
            deadline="deadline",
            original_deadline="first_deadline",
            date_done="date_done",
            drop_reason="CASE WHEN action.state IN ('dropped', 'drop_asked')"
            " THEN 'Bench' END",
            drop_asked_by="CASE WHEN action.state IN ('dropped', 'drop_asked')"
            " THEN 'employee' END",
            not_done_cause="CASE WHEN plan_state = 'evaluated'"
            " AND action.state IN ('todo', 'doing', 'drop_asked') THEN"
            " (ARRAY['employee', 'employer', 'both', 'outside', NULL])"
            "[1 + pg_temp.pick(action.id - %(action)s, 29, 5)] END",
        )
        self._insert(
            "career_plan_checkpoint",
            """(
            SELECT *, CASE WHEN state NOT IN ('agreed', 'evaluated')
                             OR date_start + 180 > %(today)s THEN 'planned'
                           WHEN pg_temp.pick(q, 41, 100) < 78 THEN 'held'
                           WHEN pg_temp.pick(q, 41, 100) < 86 THEN 'skipped'
                           ELSE 'planned' END AS follow_up
              FROM bench_plan
            ) plan ORDER BY q""",
            **shared,
            id="%(checkpoint)s + q",
            plan_id="%(plan)s + q",
            date="date_start + 180",
            state="follow_up",
            date_held="CASE WHEN follow_up = 'held' THEN LEAST("
            "date_start + 178 + pg_temp.pick(q, 42, 22), %(today)s::date) END",
            has_rate="follow_up = 'held'",
            rate_at_date="CASE WHEN follow_up = 'held' THEN 50 ELSE 0 END",
            skip_reason="CASE WHEN follow_up = 'skipped' THEN 'Bench' END",
        )
        self.cr.execute(TALKS, self.values)
        self.cr.execute("CREATE UNIQUE INDEX ON bench_talk (q)")
        self.cr.execute("ANALYZE bench_talk")
        held = "talk_state IN ('held', 'closed')"
        counts = "code = 'line' AND kind = 'formal'"
        self._insert(
            "career_participation",
            f"""(
            SELECT *, CASE WHEN {counts} AND {held} THEN 'held'
                           WHEN NOT ({counts} AND talk_state = 'planned')
                                AND pg_temp.pick(q, 51, 12) = 0
                           THEN 'arranged_otherwise'
                           WHEN NOT active THEN 'excused'
                           WHEN {counts} AND talk_state = 'planned' THEN 'planned'
                           ELSE 'to_plan' END AS part
              FROM bench_talk
            ) talk ORDER BY y, n""",
            **line,
            conductor_user_id="NULL",
            id="%(participation)s + q",
            cycle_id="(%(cycles)s::int[])[y]",
            department_id="department_id",
            state="part",
            checkpoint_state="NULL",
            is_open="part = 'to_plan'",
            date_planned=f"CASE WHEN {counts} AND talk_state = 'planned'"
            " THEN talk_start END",
            date_held=f"CASE WHEN {counts} AND {held} THEN talk_held END",
            date_arranged="CASE WHEN part = 'arranged_otherwise'"
            " THEN date_start + time '09:00' END",
            deadline="%(today)s::date - 365 * (%(years)s - y + 1) + 364",
        )
        self._insert(
            "career_conversation",
            "bench_talk ORDER BY q",
            **shared,
            id="%(conversation)s + q",
            channel_id="channel_id",
            conductor_role="conductor_role",
            conductor_id="conductor_id",
            kind="kind",
            initiator="'organisation'",
            participation_id=f"CASE WHEN {counts} THEN %(participation)s + q END",
            plan_id=f"CASE WHEN {held} AND outcome IN ('develop', 'move')"
            " THEN %(plan)s + q END",
            state="talk_state",
            is_open_request="FALSE",
            date_start="talk_start",
            duration="1",
            date_end="talk_start + interval '1 hour'",
            date_planned_original="talk_start",
            date_held="talk_held",
            outcome="outcome",
            outcome_reason="CASE WHEN outcome = 'not_discussed' THEN 'Bench' END",
            cancel_reason="CASE WHEN talk_state = 'cancelled' THEN 'Bench' END",
            employee_confirmed="talk_state = 'closed'",
            conductor_confirmed="talk_state = 'closed'",
            report=f"CASE WHEN {held} THEN '<p>Bench</p>' END",
        )
        self._reserve(
            "preparation", "career_preparation", 2 * self.employees * self.years
        )
        self._insert(
            "career_preparation",
            """bench_talk, generate_series(0, 1) AS side
              WHERE side = 0 OR talk_state != 'closed' OR pg_temp.pick(q, 61, 3) > 0
              ORDER BY q, side""",
            **{**guided, "share_n1": "FALSE", "share_n2": "FALSE"},
            id="%(preparation)s + 2 * q - 1 + side",
            conversation_id="%(conversation)s + q",
            role="(ARRAY['employee', 'conductor'])[1 + side]",
            state="CASE WHEN pg_temp.pick(q, 61, 3) > 0 THEN 'shared' ELSE 'private'"
            " END",
            date_ready="CASE WHEN pg_temp.pick(2 * q + side, 62, 4) > 0"
            " THEN talk_start - interval '1 day'"
            " + pg_temp.pick(2 * q + side, 63, 40) * interval '1 hour' END",
        )
        told = f"code = 'line' AND {held} AND n2_user_id IS NOT NULL"
        self._reserve("feedback", "career_feedback", self.employees * self.years)
        self._insert(
            "career_feedback",
            f"bench_talk WHERE {told} AND pg_temp.pick(q, 71, 5) > 0 ORDER BY q",
            **guided,
            id="%(feedback)s + q",
            conversation_id="%(conversation)s + q",
            route_id="%(route)s",
            author_role="'conductor'",
            recipient_role="'n2'",
            author_user_id="conductor_user_id",
            recipient_user_id="n2_user_id",
            state="'sent'",
            date_sent="talk_held + pg_temp.pick(q, 72, 20) * interval '1 day'",
            body="'<p>Bench</p>'",
        )
        self.cr.execute("DROP TABLE bench_talk")

    def _insert_others(self):
        self._reserve("aspiration", "career_aspiration", self.employees)
        self._insert(
            "career_aspiration",
            "bench_person ORDER BY n",
            id="%(aspiration)s + n",
            employee_id="employee_id",
            company_id="%(company)s",
            employee_user_id="user_id",
            n1_user_id="n1_user_id",
            n2_user_id="n2_user_id",
            direction="(ARRAY['vertical', 'lateral', 'specialise', 'enrich', 'stay'])"
            "[1 + pg_temp.pick(n, 81, 5)]",
            target_job_id=f"%(job)s + 1 + pg_temp.pick(n, 82, {JOBS})",
            horizon="'3y'",
            state="'active'",
            share_hr="pg_temp.pick(n, 83, 2) = 0",
            last_confirmed="%(today)s::date - pg_temp.pick(n, 84, 600)",
        )
        training = self.env.ref("hr_skills.resume_type_training")
        self._reserve("resume", "hr_resume_line", self.employees)
        self._insert(
            "hr_resume_line",
            "bench_person WHERE n %% 2 = 0 ORDER BY n",
            id="%(resume)s + n",
            employee_id="employee_id",
            name="jsonb_build_object('en_US', 'Course ' || n)",
            line_type_id=str(training.id),
            duration="8 * (1 + pg_temp.pick(n, 85, 5))",
            date_start="%(today)s::date - pg_temp.pick(n, 86, 1500)",
            date_end="NULL",
        )


# Of the plan's one need.
PRECISE = "(pg_temp.pick(q, 31, 10) < 6)"
NEXT_STEP = "(pg_temp.pick(q, 32, 4) = 0)"

TALKS = """
CREATE TEMP TABLE bench_talk AS
SELECT *,
       CASE WHEN talk_state != 'requested'
            THEN date_start - 7 + time '09:00' END AS talk_start,
       CASE WHEN talk_state IN ('held', 'closed')
            THEN date_start - 7 + time '10:00' END AS talk_held,
       CASE WHEN talk_state IN ('held', 'closed') THEN
            (ARRAY['develop', 'develop', 'move', 'no_change', 'decide_later',
                   'not_discussed'])[1 + pg_temp.pick(q, 92, 6)] END AS outcome,
       CASE WHEN pg_temp.pick(q, 93, 10) > 0 THEN 'formal' ELSE 'informal' END AS kind
  FROM (
        SELECT *, CASE WHEN pg_temp.pick(q, 91, 100) < 78 THEN 'closed'
                       WHEN pg_temp.pick(q, 91, 100) < 86 THEN 'held'
                       WHEN pg_temp.pick(q, 91, 100) < 93 THEN 'cancelled'
                       WHEN NOT is_last OR pg_temp.pick(q, 91, 100) < 97 THEN 'planned'
                       ELSE 'requested' END AS talk_state
          FROM bench_plan
       ) plan
"""

# What the ORM computes and stores, of all that is generated.
CHECKED = (
    "res.partner",
    "res.users",
    "hr.department",
    "hr.employee",
    "hr.version",
    "career.participation",
    "career.conversation",
    "career.preparation",
    "career.feedback",
    "career.plan",
    "career.plan.need",
    "career.plan.action",
    "career.plan.checkpoint",
    "career.aspiration",
    "hr.resume.line",
)


def differences(env, company):
    """Compute every stored column again, by the ORM, and compare.

    :raise ValidationError: a row that the ORM would not have accepted
    :return: list of (model, field, how many rows differ, one of them)
    """
    found = []
    for name in CHECKED:
        model = env[name].with_context(active_test=False)
        domain = {
            "res.users": [("company_id", "=", company.id)],
            "res.partner": [("company_id", "=", company.id)],
            "hr.resume.line": [("employee_id.company_id", "=", company.id)],
        }.get(name, [("company_id", "=", company.id)])
        records = model.search(domain)
        computed = [
            field
            for field in model._fields.values()
            if field.store and field.compute and field.column_type
        ]
        # what no user could have saved does not belong in a measure either; who has
        # left had a line when it was written
        current = records
        if "employee_id" in model._fields and name != "hr.version":
            current = records.filtered("employee_id.active")
        current._validate_fields(model._fields)
        before = _values(env, records, computed)
        for field in computed:
            env.add_to_compute(field, records)
        env.flush_all()
        after = _values(env, records, computed)
        for field in computed:
            wrong = [
                (record_id, before[record_id][field.name], after[record_id][field.name])
                for record_id in before
                if (before[record_id][field.name] or None)
                != (after[record_id][field.name] or None)
            ]
            if wrong:
                found.append((name, field.name, len(wrong), wrong[0]))
    return found


def _values(env, records, computed):
    names = ", ".join(["id", *(f'"{field.name}"' for field in computed)])
    env.cr.execute(
        f"SELECT {names} FROM {records._table} WHERE id = ANY(%s)", [records.ids]
    )
    return {row["id"]: row for row in env.cr.dictfetchall()}
