from odoo import fields, models

_MARKS = [
    ("1", "1 - Not at all"),
    ("2", "2 - A little"),
    ("3", "3 - Fairly"),
    ("4", "4 - Well"),
    ("5", "5 - Very well"),
]


class CareerResourceEvaluate(models.TransientModel):
    """Three short questions after a session; the answer is kept without a name."""

    _name = "career.resource.evaluate"
    _description = "Evaluate a session"
    # the dialog itself would tell who answered what
    _transient_max_hours = 0.1

    session_id = fields.Many2one(
        "career.resource.session", required=True, readonly=True, ondelete="cascade"
    )
    satisfaction = fields.Selection(_MARKS, "I am satisfied with it")
    learning = fields.Selection(_MARKS, "I learned something")
    practice = fields.Selection(
        _MARKS, "I use it in practice", help="Leave it empty when it is too early."
    )

    def action_confirm(self):
        """Give the answer and forget who gave it."""
        self.ensure_one()
        self.session_id.career_evaluate(
            int(self.satisfaction or 0),
            int(self.learning or 0),
            int(self.practice or 0),
        )
        self.unlink()
        return {"type": "ir.actions.act_window_close"}
