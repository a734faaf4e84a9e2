from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    career_keep_application = fields.Integer(
        related="company_id.career_keep_application", readonly=False
    )
