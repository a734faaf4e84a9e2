from markupsafe import Markup

from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools.misc import clean_context


class ResUsers(models.Model):
    _inherit = "res.users"

    def _career_employee(self):
        """The employee of this user, in the present company first.

        :return: one ``hr.employee`` or none
        """
        self.ensure_one()
        # sudo: hr.employee - the user's own employees, in whatever company
        employees = self.sudo().employee_ids
        here = employees.filtered(lambda e: e.company_id == self.env.company)
        return (here or employees)[:1].with_env(self.env)

    def _career_is_officer_of(self, company):
        """Whether the user is a career officer (HR) for a company."""
        self.ensure_one()
        # sudo: res.users - groups and companies of a user, only this answer returns
        user = self.sudo()
        return company in user.company_ids and user.has_group(
            "career_guidance.group_career_officer"
        )

    def _career_is_coach_of(self, company):
        """Whether the user belongs to the coach pool that a company can use."""
        self.ensure_one()
        # sudo: res.users - groups and companies of a user, only this answer returns
        user = self.sudo()
        return company in user.company_ids and user.has_group(
            "career_guidance.group_career_coach"
        )

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        if any("group_ids" in vals for vals in vals_list):
            self.env["res.groups"]._career_alert_members(
                {}, self.env["res.groups"]._career_members()
            )
        return users

    def write(self, vals):
        if "group_ids" not in vals:
            return super().write(vals)
        before = self.env["res.groups"]._career_members()
        result = super().write(vals)
        self.env["res.groups"]._career_alert_members(
            before, self.env["res.groups"]._career_members()
        )
        return result

    def _career_add_todo(self, key, link, deadline=None, text=None):
        """Give these users a neutral to-do, once for each key.

        The activity has no document: followers, and the record's name in Odoo's
        notification, would show others that a document exists (traps.md). The system
        makes it, so that its maker cannot be read; its text names nobody.

        :param key: what it is about; for the server alone
        :param link: where the user finds it
        :param deadline: date, today by default
        :param text: what it says instead of the neutral words; never about a document
        """
        activities = self.env["mail.activity"].with_user(SUPERUSER_ID)
        present = activities.search(
            [("career_key", "=", key), ("user_id", "in", self.ids)]
        )
        values = []
        for user in self - present.user_id:
            env = self.with_context(lang=user.lang).env
            values.append(
                {
                    "user_id": user.id,
                    "summary": env._("Career guidance: there is something for you"),
                    "note": Markup('<p>%s<a href="%s">%s</a></p>')
                    % (
                        Markup("%s<br/>") % text if text else "",
                        link,
                        env._("Open it in Career guidance"),
                    ),
                    "date_deadline": deadline or fields.Date.context_today(self),
                    "career_key": key,
                    "automated": True,
                }
            )
        context = clean_context(self.env.context)
        context["mail_activity_quick_update"] = True
        activities.with_context(context).create(values)  # pylint: disable=context-overridden
