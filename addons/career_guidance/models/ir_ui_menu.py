from odoo import models


class IrUiMenu(models.Model):
    _inherit = "ir.ui.menu"

    def _load_menus_blacklist(self):
        """Show a menu to whom it can serve.

        Who can open Odoo's settings page finds the policies there; the plans of others
        are for who leads or guides somebody. What somebody may read stays as it is.
        """
        hidden = super()._load_menus_blacklist()
        if self.env.user.has_group("base.group_system"):
            hidden.append(self.env.ref("career_guidance.career_menu_policies").id)
        if not self.env.user._career_leads_or_guides():
            hidden.append(self.env.ref("career_guidance.career_menu_follow_up").id)
        return hidden
