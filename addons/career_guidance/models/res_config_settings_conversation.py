from odoo import fields, models


class ResConfigSettingsConversation(models.TransientModel):
    _inherit = "res.config.settings"

    career_prepare_days = fields.Integer(
        related="company_id.career_prepare_days", readonly=False
    )
    career_duration = fields.Float(related="company_id.career_duration", readonly=False)
    career_stand_in_required = fields.Boolean(
        related="company_id.career_stand_in_required", readonly=False
    )
