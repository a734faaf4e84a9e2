from odoo import models

from .career_security_event import _WATCHED


class IrModuleModule(models.Model):
    _inherit = "ir.module.module"

    def module_uninstall(self):
        """Removing the application removes its rules: nobody is left to be told."""
        if "career_guidance" not in self.mapped("name"):
            return super().module_uninstall()
        modules = self.with_context(career_uninstalling=_WATCHED)
        return super(IrModuleModule, modules).module_uninstall()
