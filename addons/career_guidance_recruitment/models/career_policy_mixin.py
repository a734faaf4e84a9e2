from odoo import fields, models


class CareerPolicyMixin(models.AbstractModel):
    _inherit = "career.policy.mixin"

    career_answer_days = fields.Integer(
        related="company_id.career_answer_days", readonly=False
    )
    career_release_months = fields.Integer(
        related="company_id.career_release_months", readonly=False
    )
    career_release_policy = fields.Selection(
        related="company_id.career_release_policy", readonly=False
    )
