from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    career_target_rate = fields.Integer(
        related="company_id.career_target_rate", readonly=False
    )
    career_checkpoint_months = fields.Char(
        related="company_id.career_checkpoint_months", readonly=False
    )
    career_page_days = fields.Integer(
        related="company_id.career_page_days", readonly=False
    )
    career_page_factor = fields.Selection(
        related="company_id.career_page_factor", readonly=False
    )
    career_page_attempts = fields.Integer(
        related="company_id.career_page_attempts", readonly=False
    )
