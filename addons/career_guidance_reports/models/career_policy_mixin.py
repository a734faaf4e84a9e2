from odoo import fields, models


class CareerPolicyMixin(models.AbstractModel):
    _inherit = "career.policy.mixin"

    career_grace_days = fields.Integer(
        related="company_id.career_grace_days", readonly=False
    )
    career_equity_rate = fields.Integer(
        related="company_id.career_equity_rate", readonly=False
    )
