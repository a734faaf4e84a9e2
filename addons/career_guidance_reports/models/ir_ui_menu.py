from odoo import models


class IrUiMenu(models.Model):
    _inherit = "ir.ui.menu"

    def _load_menus_blacklist(self):
        """Figures are for HR and the board, lists for who leads or guides somebody."""
        hidden = super()._load_menus_blacklist()
        user = self.env.user
        is_board = user.has_group("career_guidance.group_career_board")
        if not is_board and not user._career_leads_or_guides():
            hidden += [
                self.env.ref("career_guidance_reports.career_menu_reporting").id,
                self.env.ref("career_guidance_reports.career_menu_analysis").id,
            ]
        return hidden
