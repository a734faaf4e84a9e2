import json

from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.tools import SQL

from ..tools import rates

_MANAGER = "career_guidance.group_career_officer"
_BOARD = "career_guidance.group_career_board"
_COUNTS = ("employees", "plan_count", "judged_count", "met_count")
_SUMS = ("done", "counted", "lost", *(f"lost_{cause}" for cause in rates.CAUSES[:4]))
_ADDED = (*_COUNTS, *_SUMS)


class CareerPlanTeam(models.Model):
    """Realisation of plans by team, department and company (R2.6, K4c, K4d).

    Every viewer has the rows of the own role, computed when they are read:

    * the own team: the plans of direct reports that the viewer can read;
    * each team below (N+2), each department and the company (HR), the company (board):
      line plans only, so that a plan outside the line never shows by subtraction, and
      from the privacy threshold on.

    Counted are the plans in force, and those evaluated in the last twelve months.
    """

    _name = "career.plan.team"
    _description = "Realisation of development plans by group"
    _auto = False
    _order = "id"

    level = fields.Selection(
        [
            ("team", "My team"),
            ("below", "Teams below"),
            ("department", "Departments"),
            ("company", "Company"),
        ],
        readonly=True,
    )
    name = fields.Char("Group", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    is_suppressed = fields.Boolean(
        "Too small to show",
        readonly=True,
        help="Figures of a group that is too small are not shown.",
    )
    employee_count = fields.Integer("Employees with a plan", readonly=True)
    plan_count = fields.Integer("Plans", readonly=True)
    judged_count = fields.Integer("Plans that can be judged", readonly=True)
    met_count = fields.Integer("Plans that meet the target", readonly=True)
    met_rate = fields.Float(
        "Plans that meet the target (%)",
        digits=(5, 1),
        readonly=True,
        aggregator=None,
        help="K4c: evaluated plans by all their actions, running ones by what was due.",
    )
    realised_rate = fields.Float(
        "Realised (%)",
        digits=(5, 1),
        readonly=True,
        aggregator=None,
        help="K4d: weight done, of all weight agreed in the group.",
    )
    is_unmeasured = fields.Boolean("Nothing to measure yet", readonly=True)
    is_target_met = fields.Boolean("Target met", readonly=True)
    target_rate = fields.Integer("Target (%)", readonly=True, aggregator=None)
    lost_employee = fields.Float(
        "Not done: employee (%)", digits=(5, 1), readonly=True, aggregator=None
    )
    lost_employer = fields.Float(
        "Not done: employer (%)", digits=(5, 1), readonly=True, aggregator=None
    )
    lost_both = fields.Float(
        "Not done: both (%)", digits=(5, 1), readonly=True, aggregator=None
    )
    lost_outside = fields.Float(
        "Not done: outside (%)", digits=(5, 1), readonly=True, aggregator=None
    )

    @property
    def _table_query(self):
        # a viewer's rows have ids of their own: values are cached by id, not by user
        first = self.env.uid * 100_000 + 1
        rows = [
            {**row, "id": number}
            for number, row in enumerate(self._career_rows(), start=first)
        ]
        return SQL(
            """
            SELECT * FROM jsonb_to_recordset(%s::jsonb) AS row(
                id bigint, level varchar, name varchar, company_id integer,
                is_suppressed boolean, employee_count integer, plan_count integer,
                judged_count integer, met_count integer, met_rate numeric,
                realised_rate numeric, is_unmeasured boolean, is_target_met boolean,
                target_rate integer, lost_employee numeric, lost_employer numeric,
                lost_both numeric, lost_outside numeric
            )
            """,
            json.dumps(rows),
        )

    # ------------------------------------------------------------------------- rows
    def _career_rows(self):
        """The rows of the viewer, in the order of the screen."""
        return [
            *self._career_rows_team(),
            *self._career_rows_below(),
            *self._career_rows_company(),
        ]

    def _career_rows_team(self):
        """N+1: the plans of direct reports that the viewer can read himself."""
        plans = self.env["career.plan"]
        query = plans._search([("n1_user_id", "=", self.env.uid)])
        [row] = self._career_sums(
            SQL("plan.id IN %s", query.subselect()), SQL("NULL"), total=True
        )
        if not row["plan_count"]:
            return []
        return [self._career_row("team", self.env._("My team"), row, self.env.company)]

    def _career_sums_below(self):
        """N+2: the sums of each team below, by the user who leads it; teams under the
        threshold of their own company are marked. Which company the viewer works in is
        his to choose, and has no part in it."""
        rows = self._career_sums(
            SQL("plan.n2_user_id = %s AND plan.conductor_role = 'n1'", self.env.uid),
            SQL("plan.n1_user_id"),
        )
        for row in rows:
            row["suppressed"] = row["employees"] < row["threshold"]
        return rows

    def _career_rows_below(self):
        """N+2: each team below, from the threshold on; no total beside them."""
        none = self.env._("Without a manager")
        named = self._career_named("res.users", self._career_sums_below(), none)
        return [
            self._career_row(
                "below", self.env._("Team of %s", name), row, self.env.company
            )
            for name, row in named
        ]

    def _career_below_by_manager(self):
        """The rate of each team below, as the page "My organisation" shows it.

        :return: ``{user of the manager: {"rate", "target", "is_target_met",
            "is_unmeasured", "is_suppressed", "plan_count"}}``
        """
        result = {}
        for row in self._career_sums_below():
            values = self._career_row("below", "", row, self.env.company)
            result[row["key"]] = {
                "rate": values.get("realised_rate") or 0.0,
                "target": values["target_rate"],
                "is_target_met": values.get("is_target_met", False),
                "is_unmeasured": values["is_unmeasured"],
                "is_suppressed": values["is_suppressed"],
                "plan_count": values.get("plan_count", 0),
            }
        return result

    def _career_rows_company(self):
        """HR: departments and company; the board: the company."""
        user = self.env.user
        officer = user.has_group(_MANAGER)
        if not officer and not user.has_group(_BOARD):
            return []
        rows = []
        for company in self.env.companies:
            where = SQL(
                "plan.company_id = %s AND plan.conductor_role = 'n1'", company.id
            )
            parts = self._career_sums(where, SQL("version.department_id"))
            # an employee is in one department: the company is the sum of them
            total = {name: sum(part[name] for part in parts) for name in _ADDED}
            if not total["plan_count"]:
                continue
            threshold = company.career_privacy_threshold
            total["suppressed"] = total["employees"] < threshold
            rows.append(self._career_row("company", company.name, total, company))
            if not officer:
                continue
            if total["suppressed"]:
                threshold = float("inf")
            rates.suppress(parts, threshold)
            none = self.env._("Without a department")
            rows += [
                self._career_row("department", name, part, company)
                for name, part in self._career_named("hr.department", parts, none)
            ]
        return rows

    def _career_named(self, model, rows, none):
        """Rows with the names of their groups, in the order of the names."""
        keys = [row["key"] for row in rows if row["key"]]
        # sudo: res.users, hr.department - names of groups of the viewer's own company
        names = {r.id: r.display_name for r in self.env[model].sudo().browse(keys)}
        named = [(names.get(row["key"], none), row) for row in rows]
        return sorted(named, key=lambda pair: pair[0])

    def _career_sums(self, where, key, total=False):
        """Exact sums of a group of plans, by key.

        :param where: condition on ``plan``, what the viewer may have figures of
        :param key: expression to group by
        :param total: one row, also when there is nothing
        """
        plans = self.env["career.plan"]
        plans._career_flush_rates()
        plans.flush_model(
            ["employee_id", "company_id", "n1_user_id", "n2_user_id", "date_evaluated"]
        )
        self.env["career.plan.action"].flush_model(["not_done_cause"])
        self.env["hr.employee"].flush_model(["current_version_id"])
        self.env["hr.version"].flush_model(["department_id"])
        self.env["res.company"].flush_model(["career_privacy_threshold"])
        today = fields.Date.context_today(self)
        judged, met = rates.judged_sql("plan", "sums")
        lost = SQL(", ").join(
            SQL(
                "COALESCE(SUM(sums.%(name)s) FILTER ("
                " WHERE plan.state = 'evaluated'), 0) AS %(name)s",
                name=SQL.identifier(name),
            )
            for name in _SUMS[2:]
        )
        self.env.cr.execute(
            SQL(
                """
                SELECT %(key)s AS key,
                       COUNT(DISTINCT COALESCE(plan.employee_id, -plan.id))
                           AS employees,
                       COALESCE(MAX(company.career_privacy_threshold), 0) AS threshold,
                       COUNT(plan.id) AS plan_count,
                       COUNT(*) FILTER (WHERE %(judged)s) AS judged_count,
                       COUNT(*) FILTER (WHERE %(judged)s AND %(met)s) AS met_count,
                       COALESCE(SUM(sums.done), 0) AS done,
                       COALESCE(SUM(sums.counted), 0) AS counted,
                       %(lost)s
                  FROM career_plan plan
                  LEFT JOIN res_company company ON company.id = plan.company_id
                  LEFT JOIN hr_employee employee ON employee.id = plan.employee_id
                  LEFT JOIN hr_version version
                         ON version.id = employee.current_version_id
                  LEFT JOIN LATERAL (%(sums)s) sums ON TRUE
                 WHERE %(where)s
                   AND (plan.state = 'agreed'
                        OR plan.state = 'evaluated'
                           AND plan.date_evaluated >= %(since)s)
                %(group)s
                """,
                key=key,
                judged=judged,
                met=met,
                lost=lost,
                sums=rates.sums_sql("plan", today),
                where=where,
                since=today - relativedelta(years=1),
                group=SQL() if total else SQL("GROUP BY %s", key),
            )
        )
        return self.env.cr.dictfetchall()

    def _career_row(self, level, name, row, company):
        """One row of the screen; what is suppressed leaves without its figures."""
        values = {"level": level, "name": name, "company_id": company.id}
        values["target_rate"] = company.career_target_rate
        if row.get("suppressed"):
            return {**values, "is_suppressed": True, "is_unmeasured": True}
        sums = {name: rates.hundredths(row[name]) for name in _SUMS}
        pool = rates.Pool(
            row["plan_count"],
            row["judged_count"],
            row["met_count"],
            sums["done"],
            sums["counted"],
        )
        total = rates.Rate(sums["done"], sums["counted"])
        values.update(
            is_suppressed=False,
            employee_count=row["employees"],
            plan_count=pool.plans,
            judged_count=pool.judged,
            met_count=pool.met,
            met_rate=pool.met_rate,
            realised_rate=pool.realised,
            is_unmeasured=pool.realised is None,
            is_target_met=bool(total.meets(company.career_target_rate)),
        )
        for name in _SUMS[3:]:
            values[name] = rates.Rate(sums[name], sums["lost"]).shown
        return values
