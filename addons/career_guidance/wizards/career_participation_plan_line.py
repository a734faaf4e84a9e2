from odoo import fields, models


class CareerParticipationPlanLine(models.TransientModel):
    """One conversation that is about to be planned."""

    _name = "career.participation.plan.line"
    _description = "Conversation to plan"
    _order = "date_start, id"

    wizard_id = fields.Many2one(
        "career.participation.plan", required=True, ondelete="cascade", index=True
    )
    participation_id = fields.Many2one(
        "career.participation", required=True, ondelete="cascade"
    )
    employee_id = fields.Many2one(related="participation_id.employee_id")
    deadline = fields.Date(related="participation_id.deadline")
    date_start = fields.Datetime("Date")
