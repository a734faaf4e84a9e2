from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.career_guidance.tools import rates
from odoo.addons.career_guidance.tools.selection import labels_of

from .career_analysis_mixin import AUDIENCE, EMPLOYEE, VERSION


class CareerActionAnalysis(models.Model):
    """Development actions: what is done, how, by whom, and why not (K4d, R2.5)."""

    _name = "career.action.analysis"
    _inherit = "career.analysis.mixin"
    _description = "Analysis of development actions"
    _auto = False
    _order = "deadline desc, id desc"
    _career_source = "career.plan.action"
    _depends = {
        "career.plan": ["state", "conductor_role"],
        "career.plan.need": ["domain", "purpose"],
        "career.plan.action": [
            *AUDIENCE,
            "plan_id",
            "need_id",
            "method_id",
            "method_category",
            "name",
            "responsible",
            "state",
            "not_done_cause",
            "deadline",
            "original_deadline",
            "date_done",
            "hours",
            "weight",
        ],
        "career.development.method": ["is_classical"],
        "hr.employee": EMPLOYEE,
        "hr.version": VERSION,
    }

    name = fields.Char("What", readonly=True)
    plan_id = fields.Many2one("career.plan", readonly=True)
    plan_state = fields.Selection(
        labels_of("career.plan", "state"),
        string="State of the plan",
        readonly=True,
    )
    need_domain = fields.Selection(
        labels_of("career.plan.need", "domain"),
        string="About",
        readonly=True,
    )
    need_purpose = fields.Selection(
        labels_of("career.plan.need", "purpose"),
        string="For",
        readonly=True,
    )
    method_id = fields.Many2one("career.development.method", readonly=True)
    method_category = fields.Selection(
        labels_of("career.development.method", "category"),
        string="Kind of method",
        readonly=True,
    )
    is_classical = fields.Boolean("Classical training", readonly=True)
    responsible = fields.Selection(
        labels_of("career.plan.action", "responsible"),
        string="Who sees to it",
        readonly=True,
    )
    state = fields.Selection(
        labels_of("career.plan.action", "state"),
        readonly=True,
    )
    not_done_cause = fields.Selection(
        labels_of("career.plan.action", "not_done_cause"),
        string="Why not done",
        readonly=True,
    )
    deadline = fields.Date(readonly=True)
    original_deadline = fields.Date("First agreed date", readonly=True)
    date_done = fields.Date("Done on", readonly=True)
    is_overdue = fields.Boolean("Overdue", readonly=True)
    is_postponed = fields.Boolean("Postponed", readonly=True)
    hours = fields.Float(readonly=True)
    action_count = fields.Integer("Actions", readonly=True)
    done_count = fields.Integer("Done", readonly=True)
    weight_counted = fields.Float(
        "Weight agreed",
        digits=(16, 2),
        readonly=True,
        help="Of what both sides dropped nothing is counted (K4a).",
    )
    weight_done = fields.Float("Weight done", digits=(16, 2), readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT action.id, %(audience)s, plan.conductor_role,
                   version.department_id, version.job_id,
                   action.plan_id, plan.state AS plan_state, action.name,
                   need.domain AS need_domain, need.purpose AS need_purpose,
                   action.method_id, action.method_category, method.is_classical,
                   action.responsible, action.state, action.not_done_cause,
                   action.deadline, action.original_deadline, action.date_done,
                   action.hours,
                   COALESCE(plan.state = 'agreed' AND action.state IN %(open)s
                            AND action.deadline < %(today)s, FALSE) AS is_overdue,
                   COALESCE(action.deadline > action.original_deadline, FALSE)
                       AS is_postponed,
                   1 AS action_count,
                   (action.state = 'done')::int AS done_count,
                   CASE WHEN action.state = 'dropped' THEN 0
                        ELSE action.weight END AS weight_counted,
                   CASE WHEN action.state = 'done' THEN action.weight
                        ELSE 0 END AS weight_done
              FROM career_plan_action action
                   LEFT JOIN career_plan plan ON plan.id = action.plan_id
                   LEFT JOIN career_plan_need need ON need.id = action.need_id
                   LEFT JOIN career_development_method method
                          ON method.id = action.method_id
                   %(place)s
            """,
            audience=self._career_audience_sql("action"),
            place=self._career_place_sql("action"),
            open=rates.OPEN_STATES,
            today=fields.Date.context_today(self),
        )

    def button_open(self):
        """Open the plan, with the viewer's own rights."""
        self.ensure_one()
        return self.env["career.conversation"]._career_open(self.plan_id)
