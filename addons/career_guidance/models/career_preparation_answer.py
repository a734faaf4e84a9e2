from odoo import fields, models


class CareerPreparationAnswer(models.Model):
    """One answer in a preparation; it is read by whoever may read the preparation."""

    _name = "career.preparation.answer"
    _inherit = "career.conversation.child.mixin"
    _description = "Answer in a preparation"
    _order = "preparation_id, sequence, id"

    _audience_state_field = "state"
    _audience_rules = {
        "employee": (
            "rwc",
            "[('role', '=', 'employee'), ('employee_user_id', '=', user.id)]",
        ),
        "employee_other": (
            "r",
            "[('state', '=', 'shared'), ('employee_user_id', '=', user.id)]",
        ),
        "conductor": (
            "rwc",
            "[('role', '=', 'conductor'), ('conductor_user_id', '=', user.id)]",
        ),
        "conductor_other": (
            "r",
            "[('state', '=', 'shared'), ('conductor_user_id', '=', user.id)]",
        ),
    }
    _career_creatable = {"author": {"preparation_id", "question_id", "answer"}}
    _career_writable = {"author": {"*": {"answer"}}}

    preparation_id = fields.Many2one(
        "career.preparation", required=True, index=True, ondelete="cascade"
    )
    conversation_id = fields.Many2one(
        related="preparation_id.conversation_id",
        store=True,
        precompute=True,
        required=False,
    )
    role = fields.Selection(related="preparation_id.role", store=True, precompute=True)
    state = fields.Selection(
        related="preparation_id.state", store=True, precompute=True
    )
    question_id = fields.Many2one(
        "career.question",
        string="Question of the library",
        required=True,
        index=True,
        ondelete="restrict",
    )
    question = fields.Text(related="question_id.name")
    hint = fields.Text(related="question_id.hint")
    theme = fields.Selection(related="question_id.theme", store=True)
    sequence = fields.Integer(related="question_id.sequence", store=True)
    answer = fields.Text()

    def _career_label(self):
        return self.env._("Preparation")

    def _career_initial_state(self):
        return None

    def _career_roles(self):
        roles = super()._career_roles()
        # sudo: own model - only the side is looked at
        return roles | ({"author"} if self.sudo().role in roles else set())

    def _career_readers(self):
        return self.preparation_id._career_readers()
