from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    career_target_rate = fields.Integer(
        related="company_id.career_target_rate", readonly=False
    )
    career_checkpoint_months = fields.Char(
        related="company_id.career_checkpoint_months", readonly=False
    )
