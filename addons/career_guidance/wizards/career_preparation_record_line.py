from odoo import fields, models


class CareerPreparationRecordLine(models.TransientModel):
    """One question, and what the employee answered."""

    _name = "career.preparation.record.line"
    _description = "Recorded answer"

    record_id = fields.Many2one(
        "career.preparation.record", required=True, index=True, ondelete="cascade"
    )
    question_id = fields.Many2one(
        "career.question",
        string="Question of the library",
        required=True,
        ondelete="cascade",
    )
    question = fields.Text(related="question_id.name")
    answer = fields.Text()
