from odoo import fields, models


class CareerPolicyMixin(models.AbstractModel):
    _inherit = "career.policy.mixin"

    career_keep_application = fields.Integer(
        related="company_id.career_keep_application", readonly=False
    )
