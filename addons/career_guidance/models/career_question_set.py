from odoo import api, fields, models


class CareerQuestionSet(models.Model):
    """Questions that belong together; the author of a preparation chooses one set."""

    _name = "career.question.set"
    _description = "Set of career questions"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    description = fields.Text(translate=True)
    role = fields.Selection(
        [("employee", "Employee"), ("conductor", "Guide")],
        string="For",
        required=True,
        default="employee",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", index="btree_not_null", ondelete="cascade"
    )
    question_ids = fields.Many2many("career.question", string="Questions")

    @api.model
    def _career_default(self, role, company):
        """The first set for this side: the company's own, else a shared one."""
        return self.search(
            [("role", "=", role), ("company_id", "in", [False, company.id])],
            order="company_id, sequence, id",
            limit=1,
        )

    def _career_paper_lines(self, role, company):
        """The questions of this set, or of the default one, without answers.

        :return: list of (question, empty text), at most twelve
        """
        questions = (self or self._career_default(role, company)).question_ids
        return [(question.name, "") for question in questions[:12]]
