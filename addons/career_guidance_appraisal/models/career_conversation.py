from odoo import fields, models


class CareerConversation(models.Model):
    _inherit = "career.conversation"

    # For the server alone: an appraisal may be hidden from somebody who reads the
    # conversation, and a link shows the name of what it points to.
    appraisal_id = fields.Many2one(
        "hr.appraisal",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups=".",
        export_string_translation=False,
    )
