from odoo import fields, models


class CareerQuestion(models.Model):
    """A question that invites to think, for the preparation of one side (R2.8)."""

    _name = "career.question"
    _description = "Career question"
    _order = "sequence, id"

    name = fields.Text("Question", required=True, translate=True)
    hint = fields.Text(translate=True)
    theme = fields.Selection(
        [
            ("who_am_i", "Who am I?"),
            ("what_do_i_want", "What do I want?"),
            ("what_can_i", "What can I?"),
            ("how", "How do I get there?"),
        ],
        required=True,
        default="who_am_i",
    )
    role = fields.Selection(
        [("employee", "Employee"), ("conductor", "Guide")],
        string="For",
        required=True,
        default="employee",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
