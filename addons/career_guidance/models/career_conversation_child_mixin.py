from odoo import fields, models


class CareerConversationChildMixin(models.AbstractModel):
    """A part of a conversation: it repeats the conversation's audience columns."""

    _name = "career.conversation.child.mixin"
    _inherit = "career.audience.mixin"
    _description = "Part of a career conversation"

    conversation_id = fields.Many2one(
        "career.conversation",
        string="Conversation",
        required=True,
        index=True,
        ondelete="cascade",
    )
    conversation_state = fields.Selection(
        related="conversation_id.state",
        string="State of the conversation",
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
