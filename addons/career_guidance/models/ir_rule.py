from odoo import api, models


class IrRule(models.Model):
    _inherit = "ir.rule"

    @api.model_create_multi
    def create(self, vals_list):
        with self.env["career.security.event"]._career_watch(self) as rules:
            return super(IrRule, rules).create(vals_list).with_env(self.env)

    def write(self, vals):
        with self.env["career.security.event"]._career_watch(self) as rules:
            return super(IrRule, rules).write(vals)

    def unlink(self):
        with self.env["career.security.event"]._career_watch(self) as rules:
            return super(IrRule, rules).unlink()
