from odoo import fields, models


class ResCompanyConversation(models.Model):
    """How a company plans its career conversations."""

    _inherit = "res.company"

    career_prepare_days = fields.Integer(
        "Preparation offered (days before)",
        default=30,
        required=True,
        help="So many days before a conversation, both sides are asked to prepare.",
    )
    career_duration = fields.Float(
        "Length of a conversation (hours)", default=1.0, required=True
    )
    career_stand_in_required = fields.Boolean(
        "No conversation without stand-in",
        help="Where somebody works in shifts, a line conversation cannot be planned "
        "before a stand-in is chosen. Otherwise a warning says that one is missing.",
    )

    _career_prepare_days_positive = models.Constraint(
        "CHECK (career_prepare_days >= 0)",
        "The preparation is offered before the conversation: give a number of days.",
    )
    _career_duration_positive = models.Constraint(
        "CHECK (career_duration > 0 AND career_duration <= 24)",
        "A conversation takes more than nothing, and at most a day.",
    )
