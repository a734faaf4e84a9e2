from odoo import fields, models


class CareerPolicyMixin(models.AbstractModel):
    _inherit = "career.policy.mixin"

    career_employee_type_ids = fields.Many2many(
        related="company_id.career_employee_type_ids", readonly=False
    )
    career_cycle_months = fields.Selection(
        related="company_id.career_cycle_months", readonly=False
    )
    career_lead_days = fields.Integer(
        related="company_id.career_lead_days", readonly=False
    )
    career_reminder_days = fields.Integer(
        related="company_id.career_reminder_days", readonly=False
    )
    career_escalation_days = fields.Integer(
        related="company_id.career_escalation_days", readonly=False
    )
    career_unheard_months = fields.Integer(
        related="company_id.career_unheard_months", readonly=False
    )
    career_guide_skill_id = fields.Many2one(
        related="company_id.career_guide_skill_id", readonly=False
    )
    career_privacy_threshold = fields.Integer(
        related="company_id.career_privacy_threshold", readonly=False
    )
    career_document_lang_id = fields.Many2one(
        related="company_id.career_document_lang_id", readonly=False
    )
