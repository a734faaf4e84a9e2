from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.career_guidance.tools.selection import labels_of

from .career_analysis_mixin import AUDIENCE, EMPLOYEE, VERSION


class CareerCheckpointAnalysis(models.Model):
    """Follow-up of plans: held on time, late, or not at all (K6)."""

    _name = "career.checkpoint.analysis"
    _inherit = "career.analysis.mixin"
    _description = "Analysis of follow-up"
    _auto = False
    _order = "date desc, id desc"
    _career_source = "career.plan.checkpoint"
    _depends = {
        "career.plan": ["state", "conductor_role"],
        "career.plan.checkpoint": [
            *AUDIENCE,
            "plan_id",
            "date",
            "date_held",
            "state",
            "rate_at_date",
            "has_rate",
        ],
        "res.company": ["career_grace_days"],
        "hr.employee": EMPLOYEE,
        "hr.version": VERSION,
    }

    plan_id = fields.Many2one("career.plan", readonly=True)
    plan_state = fields.Selection(
        labels_of("career.plan", "state"),
        string="State of the plan",
        readonly=True,
    )
    state = fields.Selection(
        labels_of("career.plan.checkpoint", "state"),
        readonly=True,
    )
    date = fields.Date(readonly=True)
    date_held = fields.Date("Held on", readonly=True)
    timing = fields.Selection(
        [
            ("in_time", "On time"),
            ("late", "Held late"),
            ("missed", "Not held"),
            ("to_come", "To come"),
        ],
        readonly=True,
        help="On time is at most the days of the policy after the date. Empty where "
        "nobody agreed on the plan, or where a new version took over.",
    )
    days_late = fields.Integer("Days after the date", aggregator="avg", readonly=True)
    rate_at_date = fields.Float(
        "Realised (%)", digits=(5, 1), aggregator="avg", readonly=True
    )
    checkpoint_count = fields.Integer("Follow-up moments", readonly=True)
    in_time_rate = fields.Float(
        "On time (%)",
        digits=(5, 1),
        aggregator="avg",
        readonly=True,
        help="K6: held on time, of those whose date has come.",
    )

    @property
    def _table_query(self):
        today = fields.Date.context_today(self)
        in_time = SQL(
            "moment.state = 'held'"
            " AND moment.date_held <= moment.date + company.career_grace_days"
        )
        # of a revised plan, what is still planned counts in its new version only
        counts = SQL(
            "(plan.state IN ('agreed', 'evaluated')"
            " OR plan.state = 'superseded' AND moment.state != 'planned')"
        )
        return SQL(
            """
            SELECT moment.id, %(audience)s, plan.conductor_role,
                   version.department_id, version.job_id,
                   moment.plan_id, plan.state AS plan_state, moment.state,
                   moment.date, moment.date_held,
                   CASE WHEN moment.state = 'held'
                        THEN moment.date_held - moment.date END AS days_late,
                   CASE WHEN moment.has_rate THEN moment.rate_at_date END
                       AS rate_at_date,
                   CASE WHEN NOT %(counts)s THEN NULL
                        WHEN %(in_time)s THEN 'in_time'
                        WHEN moment.state = 'held' THEN 'late'
                        WHEN moment.state = 'skipped' OR moment.date < %(today)s
                        THEN 'missed' ELSE 'to_come' END AS timing,
                   CASE WHEN NOT %(counts)s THEN NULL
                        WHEN %(in_time)s THEN 100.0
                        WHEN moment.state != 'planned' OR moment.date < %(today)s
                        THEN 0 END AS in_time_rate,
                   1 AS checkpoint_count
              FROM career_plan_checkpoint moment
                   LEFT JOIN career_plan plan ON plan.id = moment.plan_id
                   LEFT JOIN res_company company ON company.id = moment.company_id
                   %(place)s
            """,
            audience=self._career_audience_sql("moment"),
            place=self._career_place_sql("moment"),
            in_time=in_time,
            counts=counts,
            today=today,
        )

    def button_open(self):
        """Open the plan, with the viewer's own rights."""
        self.ensure_one()
        return self.env["career.conversation"]._career_open(self.plan_id)
