from odoo import Command, api, fields, models
from odoo.exceptions import UserError


class CareerPreparationRecord(models.TransientModel):
    """The guide writes down what an employee without a user prepared (access.md, 8)."""

    _name = "career.preparation.record"
    _description = "Record the employee's preparation"

    conversation_id = fields.Many2one(
        "career.conversation", required=True, ondelete="cascade"
    )
    line_ids = fields.One2many("career.preparation.record.line", "record_id")
    note = fields.Html("Further notes")
    is_agreed = fields.Boolean(
        "The employee gave me these answers, and agrees that I record and read them"
    )

    @api.model
    def default_get(self, fields):
        defaults = super().default_get(fields)
        conversation = self.env["career.conversation"].browse(
            self.env.context.get("active_id") or []
        )
        if conversation:
            conversation._career_check("record_answers")
            conversation._career_check_no_user()
            questions = self.env["career.question.set"]._career_default(
                "employee", conversation.company_id
            )
            defaults["conversation_id"] = conversation.id
            defaults["line_ids"] = [
                Command.create({"question_id": question.id})
                for question in questions.question_ids
            ]
        return defaults

    def action_record(self):
        """Record the answers; the preparation says by whom.

        :raise AccessError: the caller is not the guide
        :raise UserError: the employee has a login, or did not agree
        """
        self.ensure_one()
        conversation = self.conversation_id
        conversation._career_check("record_answers")
        conversation._career_check_no_user()
        if not self.is_agreed:
            raise UserError(
                self.env._("Record answers only when the employee agrees to it.")
            )
        # sudo: career.preparation - the employee handed the answers over; the guide
        # reads them afterwards because they are shared
        preparation = conversation.sudo().preparation_ids.filtered(
            lambda p: p.role == "employee"
        )
        preparation._career_record(
            [(line.question_id, line.answer) for line in self.line_ids], self.note
        )
        return {"type": "ir.actions.act_window_close"}
