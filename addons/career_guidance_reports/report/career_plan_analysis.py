from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.career_guidance.tools import rates
from odoo.addons.career_guidance.tools.selection import labels_of

from .career_analysis_mixin import AUDIENCE, EMPLOYEE, VERSION


class CareerPlanAnalysis(models.Model):
    """Plans: how far they are, and whether they meet the target (K3, K4a-K4c, K5)."""

    _name = "career.plan.analysis"
    _inherit = "career.analysis.mixin"
    _description = "Analysis of development plans"
    _auto = False
    _order = "date_end desc, id desc"
    _career_source = "career.plan"
    _depends = {
        "career.plan": [
            *AUDIENCE,
            "weight_done",
            "weight_counted",
            "conductor_role",
            "state",
            "maturity",
            "date_start",
            "date_end",
            "target_rate",
            "realisation_rate",
            "is_unmeasured",
        ],
        "career.plan.action": [
            "plan_id",
            "state",
            "weight",
            "original_deadline",
            "not_done_cause",
        ],
        "hr.employee": EMPLOYEE,
        "hr.version": VERSION,
    }

    plan_id = fields.Many2one("career.plan", readonly=True)
    state = fields.Selection(
        labels_of("career.plan", "state"),
        readonly=True,
    )
    track = fields.Selection(
        labels_of("career.plan", "track"),
        readonly=True,
    )
    maturity = fields.Selection(
        labels_of("career.plan", "maturity"),
        readonly=True,
    )
    date_start = fields.Date("From", readonly=True)
    date_end = fields.Date("Until", readonly=True)
    plan_count = fields.Integer("Plans", readonly=True)
    weight_counted = fields.Float("Weight agreed", digits=(16, 2), readonly=True)
    weight_done = fields.Float("Weight done", digits=(16, 2), readonly=True)
    realisation_rate = fields.Float(
        "Realised (%)", digits=(5, 1), aggregator="avg", readonly=True
    )
    judged_count = fields.Integer("Plans that can be judged", readonly=True)
    met_count = fields.Integer("Plans that meet the target", readonly=True)
    met_rate = fields.Float(
        "Plans that meet the target (%)",
        digits=(5, 1),
        aggregator="avg",
        readonly=True,
        help="K4c: evaluated plans by all their actions, running ones by what was due. "
        "A plan of which nothing is due yet counts as neither.",
    )

    @property
    def _table_query(self):
        today = fields.Date.context_today(self)
        judged, met = rates.judged_sql("plan", "sums")
        decided = SQL("(plan.state IN ('agreed', 'evaluated') AND %s)", judged)
        return SQL(
            """
            SELECT plan.id, plan.id AS plan_id, %(audience)s, plan.conductor_role,
                   version.department_id, version.job_id, plan.state, plan.maturity,
                   plan.date_start, plan.date_end, 1 AS plan_count,
                   plan.weight_counted,
                   plan.weight_done,
                   CASE WHEN plan.is_unmeasured THEN NULL
                        ELSE plan.realisation_rate END AS realisation_rate,
                   %(decided)s::int AS judged_count,
                   (%(decided)s AND %(met)s)::int AS met_count,
                   CASE WHEN %(decided)s THEN 100.0 * (%(met)s)::int END AS met_rate,
                   %(track)s AS track
              FROM career_plan plan
                   %(place)s
                   LEFT JOIN LATERAL (%(sums)s) sums ON TRUE
            """,
            audience=self._career_audience_sql("plan"),
            decided=decided,
            met=met,
            track=rates.track_sql("plan", "sums", today),
            place=self._career_place_sql("plan"),
            sums=rates.sums_sql("plan", today),
        )

    def button_open(self):
        """Open the plan, with the viewer's own rights."""
        self.ensure_one()
        return self.env["career.conversation"]._career_open(self.plan_id)
