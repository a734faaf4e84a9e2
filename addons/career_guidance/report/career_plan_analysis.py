from odoo import fields, models
from odoo.tools import SQL

from ..tools import rates


class CareerPlanAnalysis(models.Model):
    """Plans by track, for pivots and graphs: those that the viewer may read, no other.

    The query starts from the viewer's own search of plans, so that the record rules
    of ``career.plan`` decide on every row.
    """

    _name = "career.plan.analysis"
    _description = "Analysis of development plans"
    _auto = False
    _order = "date_end desc, id desc"

    plan_id = fields.Many2one("career.plan", readonly=True)
    employee_id = fields.Many2one("hr.employee", readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    state = fields.Selection(
        selection=lambda self: self.env["career.plan"]._fields["state"].selection,
        readonly=True,
    )
    track = fields.Selection(
        selection=lambda self: self.env["career.plan"]._fields["track"].selection,
        readonly=True,
    )
    maturity = fields.Selection(
        selection=lambda self: self.env["career.plan"]._fields["maturity"].selection,
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

    @property
    def _table_query(self):
        plans = self.env["career.plan"]
        plans._career_flush_rates()
        plans.flush_model()
        self.env["hr.employee"].flush_model(["current_version_id"])
        self.env["hr.version"].flush_model(["department_id"])
        today = fields.Date.context_today(self)
        return SQL(
            """
            SELECT plan.id, plan.id AS plan_id, plan.employee_id, plan.company_id,
                   version.department_id, plan.state, plan.maturity,
                   plan.date_start, plan.date_end, 1 AS plan_count,
                   sums.counted AS weight_counted, sums.done AS weight_done,
                   CASE WHEN plan.is_unmeasured THEN NULL
                        ELSE plan.realisation_rate END AS realisation_rate,
                   %(track)s AS track
              FROM career_plan plan
              LEFT JOIN hr_employee employee ON employee.id = plan.employee_id
              LEFT JOIN hr_version version ON version.id = employee.current_version_id
              LEFT JOIN LATERAL (%(sums)s) sums ON TRUE
             WHERE plan.id IN %(readable)s
            """,
            track=rates.track_sql("plan", "sums", today),
            sums=rates.sums_sql("plan", today),
            readable=plans._search([]).subselect(),
        )

    def button_open(self):
        """Open the plan, with the viewer's own rights."""
        self.ensure_one()
        return self.env["career.conversation"]._career_open(self.plan_id)
