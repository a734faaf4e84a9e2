from odoo import api, models


class CareerHelpGuide(models.TransientModel):
    """The guide with examples for who holds conversations: a page, without data."""

    _name = "career.help.guide"
    _description = "Guide with examples"

    @api.depends_context("lang")
    def _compute_display_name(self):
        for guide in self:
            guide.display_name = self.env._("Guide with examples")
