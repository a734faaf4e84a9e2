from odoo import fields, models


class CareerPolicyMixin(models.AbstractModel):
    _inherit = "career.policy.mixin"

    career_keep_conversation = fields.Integer(
        related="company_id.career_keep_conversation", readonly=False
    )
    career_keep_feedback = fields.Integer(
        related="company_id.career_keep_feedback", readonly=False
    )
    career_keep_wish = fields.Integer(
        related="company_id.career_keep_wish", readonly=False
    )
    career_keep_assessment = fields.Integer(
        related="company_id.career_keep_assessment", readonly=False
    )
    career_keep_participation = fields.Integer(
        related="company_id.career_keep_participation", readonly=False
    )
    career_keep_file = fields.Integer(
        related="company_id.career_keep_file", readonly=False
    )
    career_keep_other = fields.Integer(
        related="company_id.career_keep_other", readonly=False
    )
