from odoo import api, models

# what decides, from the side of the group, who is a member and what members may do
_FIELDS = {"user_ids", "implied_ids", "implied_by_ids", "rule_groups"}


class ResGroups(models.Model):
    _inherit = "res.groups"

    @api.model_create_multi
    def create(self, vals_list):
        with self.env["career.security.event"]._career_watch(self) as groups:
            return super(ResGroups, groups).create(vals_list).with_env(self.env)

    def write(self, vals):
        if not _FIELDS & set(vals):
            return super().write(vals)
        with self.env["career.security.event"]._career_watch(self) as groups:
            return super(ResGroups, groups).write(vals)

    def unlink(self):
        with self.env["career.security.event"]._career_watch(self) as groups:
            return super(ResGroups, groups).unlink()
