from odoo import fields, models


class CareerPolicyMixin(models.AbstractModel):
    _inherit = "career.policy.mixin"

    career_prepare_days = fields.Integer(
        related="company_id.career_prepare_days", readonly=False
    )
    career_duration = fields.Float(related="company_id.career_duration", readonly=False)
    career_stand_in_required = fields.Boolean(
        related="company_id.career_stand_in_required", readonly=False
    )
