from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.career_guidance.tools.selection import labels_of

from .career_analysis_mixin import AUDIENCE, EMPLOYEE, VERSION


class CareerNeedAnalysis(models.Model):
    """Needs: what people want to learn, how precisely, and for what (R2.5, K5)."""

    _name = "career.need.analysis"
    _inherit = "career.analysis.mixin"
    _description = "Analysis of development needs"
    _auto = False
    _order = "plan_date_start desc, id desc"
    _career_source = "career.plan.need"
    _depends = {
        "career.plan": ["state", "conductor_role", "date_start"],
        "career.plan.need": [
            *AUDIENCE,
            "plan_id",
            "name",
            "domain",
            "purpose",
            "skill_id",
            "current_level_id",
            "target_level_id",
            "is_precise",
        ],
        "career.plan.action": ["need_id", "state"],
        "hr.employee": EMPLOYEE,
        "hr.version": VERSION,
    }

    name = fields.Char("In short", readonly=True)
    plan_id = fields.Many2one("career.plan", readonly=True)
    plan_state = fields.Selection(
        labels_of("career.plan", "state"),
        string="State of the plan",
        readonly=True,
    )
    plan_date_start = fields.Date("Plan from", readonly=True)
    domain = fields.Selection(
        labels_of("career.plan.need", "domain"),
        string="About",
        readonly=True,
    )
    purpose = fields.Selection(
        labels_of("career.plan.need", "purpose"),
        string="For",
        readonly=True,
    )
    skill_id = fields.Many2one("hr.skill", readonly=True)
    current_level_id = fields.Many2one("hr.skill.level", "Level now", readonly=True)
    target_level_id = fields.Many2one("hr.skill.level", "Level wanted", readonly=True)
    is_precise = fields.Boolean("Precise", readonly=True)
    has_action = fields.Boolean(
        "With an action",
        readonly=True,
        help="At least one action that was not dropped is meant for it.",
    )
    need_count = fields.Integer("Needs", readonly=True)
    precise_rate = fields.Float(
        "Precise (%)",
        digits=(5, 1),
        aggregator="avg",
        readonly=True,
        help="Situation, present behaviour and wanted behaviour are all described.",
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT need.id, %(audience)s, plan.conductor_role,
                   version.department_id, version.job_id,
                   need.plan_id, plan.state AS plan_state,
                   plan.date_start AS plan_date_start,
                   need.name, need.domain, need.purpose, need.skill_id,
                   need.current_level_id, need.target_level_id, need.is_precise,
                   EXISTS (SELECT FROM career_plan_action action
                            WHERE action.need_id = need.id
                              AND action.state != 'dropped') AS has_action,
                   1 AS need_count,
                   CASE WHEN need.is_precise THEN 100.0 ELSE 0 END AS precise_rate
              FROM career_plan_need need
                   LEFT JOIN career_plan plan ON plan.id = need.plan_id
                   %(place)s
            """,
            audience=self._career_audience_sql("need"),
            place=self._career_place_sql("need"),
        )

    def button_open(self):
        """Open the plan, with the viewer's own rights."""
        self.ensure_one()
        return self.env["career.conversation"]._career_open(self.plan_id)
