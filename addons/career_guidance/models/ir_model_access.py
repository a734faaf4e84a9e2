from odoo import api, models


class IrModelAccess(models.Model):
    _inherit = "ir.model.access"

    @api.model_create_multi
    def create(self, vals_list):
        with self.env["career.security.event"]._career_watch(self) as access:
            return super(IrModelAccess, access).create(vals_list).with_env(self.env)

    def write(self, vals):
        with self.env["career.security.event"]._career_watch(self) as access:
            return super(IrModelAccess, access).write(vals)

    def unlink(self):
        with self.env["career.security.event"]._career_watch(self) as access:
            return super(IrModelAccess, access).unlink()
