from odoo import SUPERUSER_ID, api, fields, models

from ..tools.selection import labels_of


class CareerConversationChildMixin(models.AbstractModel):
    """A part of a conversation: it repeats the conversation's audience columns."""

    _name = "career.conversation.child.mixin"
    _inherit = "career.audience.mixin"
    _description = "Part of a career conversation"

    # kept as long as the conversation
    _career_keep = None

    conversation_id = fields.Many2one(
        "career.conversation",
        required=True,
        index=True,
        ondelete="cascade",
    )
    conversation_state = fields.Selection(
        labels_of("career.conversation", "state"),
        string="State of the conversation",
        compute="_compute_conversation_state",
        compute_sudo=True,
    )
    employee_id = fields.Many2one(
        related="conversation_id.employee_id",
        store=True,
        precompute=True,
        required=False,
        default=None,
    )
    conductor_user_id = fields.Many2one(
        related="conversation_id.conductor_user_id", store=True, precompute=True
    )
    hidden_from_n1 = fields.Boolean(
        related="conversation_id.hidden_from_n1", store=True, precompute=True
    )
    hidden_from_n2 = fields.Boolean(
        related="conversation_id.hidden_from_n2", store=True, precompute=True
    )
    hidden_from_hr = fields.Boolean(
        related="conversation_id.hidden_from_hr", store=True, precompute=True
    )

    @api.depends_context("uid")
    @api.depends("conversation_id.state", "employee_user_id", "conductor_user_id")
    def _compute_conversation_state(self):
        """For both sides alone: who received a message does not learn what became of
        a conversation that he may not read."""
        for record in self:
            sides = {"employee", "conductor"} & record._career_roles()
            if sides or self.env.uid == SUPERUSER_ID:
                record.conversation_state = record.conversation_id.state
            else:
                record.conversation_state = False
