from odoo import models


# Odoo's settings, that share the policies with a page of our own
# pylint: disable-next=no-wizard-in-models
class ResConfigSettings(models.TransientModel):
    _name = "res.config.settings"
    _inherit = ["res.config.settings", "career.policy.mixin"]
