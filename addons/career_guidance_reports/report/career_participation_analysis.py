from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.career_guidance.tools.selection import labels_of

from .career_analysis_mixin import AUDIENCE, EMPLOYEE, VERSION


class CareerParticipationAnalysis(models.Model):
    """Who had the conversation of the cycle, and who is still to have it (K1, R3.1).

    Line conversations only: "arranged otherwise" counts as neither, so that a talk
    outside the line does not show by subtraction.
    """

    _name = "career.participation.analysis"
    _inherit = "career.analysis.mixin"
    _description = "Analysis of participation"
    _auto = False
    _order = "deadline desc, id desc"
    _career_source = "career.participation"
    # a cycle runs through the line, and nothing else is linked to it
    _career_line_leaf = ""
    _depends = {
        "career.participation": [
            *AUDIENCE,
            "cycle_id",
            "department_id",
            "state",
            "checkpoint_state",
            "date_planned",
            "date_held",
            "deadline",
        ],
        "career.cycle": ["state"],
        "hr.employee": EMPLOYEE,
        "hr.version": VERSION,
    }

    cycle_id = fields.Many2one("career.cycle", readonly=True)
    cycle_state = fields.Selection(
        labels_of("career.cycle", "state"),
        string="State of the cycle",
        readonly=True,
    )
    state = fields.Selection(
        labels_of("career.participation", "state"),
        readonly=True,
    )
    checkpoint_state = fields.Selection(
        labels_of("career.participation", "checkpoint_state"),
        string="Check-point",
        readonly=True,
    )
    date_planned = fields.Datetime("Planned on", readonly=True)
    date_held = fields.Datetime("Held on", readonly=True)
    deadline = fields.Date(readonly=True)
    is_late = fields.Boolean("Late", readonly=True)
    participation_count = fields.Integer("Participations", readonly=True)
    held_rate = fields.Float(
        "Held (%)",
        digits=(5, 1),
        aggregator="avg",
        readonly=True,
        help="Held, of those who were to have the conversation. Who arranged it "
        "otherwise or was excused counts as neither.",
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT part.id, %(audience)s, NULL AS conductor_role,
                   part.department_id, version.job_id, part.cycle_id,
                   cycle.state AS cycle_state,
                   part.state, part.checkpoint_state, part.date_planned,
                   part.date_held, part.deadline,
                   COALESCE(part.state IN ('to_plan', 'planned')
                            AND part.deadline < %(today)s, FALSE) AS is_late,
                   1 AS participation_count,
                   CASE part.state WHEN 'held' THEN 100.0
                                   WHEN 'to_plan' THEN 0
                                   WHEN 'planned' THEN 0 END AS held_rate
              FROM career_participation part
                   LEFT JOIN career_cycle cycle ON cycle.id = part.cycle_id
                   %(place)s
            """,
            audience=self._career_audience_sql("part"),
            place=self._career_place_sql("part"),
            today=fields.Date.context_today(self),
        )
