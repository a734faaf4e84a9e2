from odoo import fields, models


class CareerResourceEvaluation(models.Model):
    """One anonymous answer: no user, no time. Nobody has access to single answers."""

    _name = "career.resource.evaluation"
    _description = "Evaluation of a session"
    _log_access = False

    session_id = fields.Many2one(
        "career.resource.session", required=True, index=True, ondelete="cascade"
    )
    satisfaction = fields.Integer()
    learning = fields.Integer("Learning effect")
    practice = fields.Integer("Use in practice")

    _marks = models.Constraint(
        "CHECK (satisfaction BETWEEN 1 AND 5 AND learning BETWEEN 1 AND 5"
        " AND practice BETWEEN 0 AND 5)",
        "A mark lies between 1 and 5.",
    )
