from odoo import fields, models

from odoo.addons.career_guidance.tools.selection import labels_of


class CareerApplicationAnswer(models.TransientModel):
    """The manager's answer: from when a colleague can go, or why not yet."""

    _name = "career.application.answer"
    _description = "Answer to an internal application"

    application_id = fields.Many2one(
        "career.application",
        required=True,
        default=lambda self: self.env.context.get("active_id"),
        ondelete="cascade",
    )
    date_latest_release = fields.Date(
        related="application_id.date_latest_release", related_sudo=False
    )
    answer = fields.Selection(
        [
            ("agreed", "Yes, agreed"),
            ("delayed", "Later"),
            ("refused", "Not now"),
        ],
        required=True,
        default="agreed",
    )
    proposed_date = fields.Date("Can go on")
    reason = fields.Selection(labels_of("career.application", "answer_reason"))

    def action_confirm(self):
        """Give the answer, as the user."""
        self.ensure_one()
        self.application_id.action_answer(self.answer, self.proposed_date, self.reason)
        return {"type": "ir.actions.act_window_close"}
