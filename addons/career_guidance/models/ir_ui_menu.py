from odoo import models


class IrUiMenu(models.Model):
    _inherit = "ir.ui.menu"

    def _load_menus_blacklist(self):
        """Who can open Odoo's settings page finds the policies there."""
        hidden = super()._load_menus_blacklist()
        if self.env.user.has_group("base.group_system"):
            hidden.append(self.env.ref("career_guidance.career_menu_policies").id)
        return hidden
