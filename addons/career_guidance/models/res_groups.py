from odoo import SUPERUSER_ID, api, fields, models

_GROUPS = ("coach", "board", "officer", "manager")


class ResGroups(models.Model):
    _inherit = "res.groups"

    @api.model
    def _career_members(self):
        """Users of each group of Career guidance, by the group's name."""
        members = {}
        for name in _GROUPS:
            group = self.env.ref(f"career_guidance.group_career_{name}", False)
            if group:
                # sudo: res.groups - compared before and after a change
                members[name] = set(group.sudo().all_user_ids.ids)
        return members

    @api.model
    def _career_alert_members(self, before, after):
        """Tell the officers who came into, or left, a group of Career guidance.

        :param before: result of :meth:`_career_members`; empty for new users
        :param after: the same, after the change
        """
        if before == after:
            return
        self._career_alert(
            self.env._(
                "%(user)s changed who belongs to the groups of Career guidance.",
                user=self.env.user.name,
            )
        )

    @api.model
    def _career_alert(self, text):
        """A to-do for every career officer, once a day for each text.

        Elevation is possible in any Odoo for who administers it: it is not silent.
        """
        if not self.pool.ready:
            return
        officers = self.env.ref("career_guidance.group_career_officer", False)
        if not officers:
            return
        today = fields.Date.to_string(fields.Date.today())
        # sudo: res.groups - the officers of every company are told
        users = officers.with_user(SUPERUSER_ID).all_user_ids.filtered("active")
        users._career_add_todo(f"res.groups,{today},{text}", "/odoo", text=text)

    def write(self, vals):
        if not {"user_ids", "implied_ids", "implied_by_ids"} & set(vals):
            return super().write(vals)
        before = self._career_members()
        result = super().write(vals)
        self._career_alert_members(before, self._career_members())
        return result
