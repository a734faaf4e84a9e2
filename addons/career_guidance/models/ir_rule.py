from odoo import api, models


class IrRule(models.Model):
    _inherit = "ir.rule"

    def _career_alert(self):
        """Tell the officers that somebody changed a rule of a confidential model."""
        names = self.model_id.mapped("model")
        mixin = self.pool["career.audience.mixin"]
        if any(isinstance(self.env.get(name), mixin) for name in names):
            self.env["res.groups"]._career_alert(
                self.env._(
                    "%(user)s changed access rules of Career guidance.",
                    user=self.env.user.name,
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        rules._career_alert()
        return rules

    def write(self, vals):
        result = super().write(vals)
        self._career_alert()
        return result

    def unlink(self):
        self._career_alert()
        return super().unlink()
