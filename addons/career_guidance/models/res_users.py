from markupsafe import Markup

from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools.misc import clean_context

# what decides on the groups of a user, and for which companies they count
_RIGHTS_FIELDS = {"group_ids", "company_ids", "active"}


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model_create_multi
    def create(self, vals_list):
        with self.env["career.security.event"]._career_watch(self) as users:
            return super(ResUsers, users).create(vals_list).with_env(self.env)

    def write(self, vals):
        if not _RIGHTS_FIELDS & set(vals):
            return super().write(vals)
        with self.env["career.security.event"]._career_watch(self) as users:
            return super(ResUsers, users).write(vals)

    def unlink(self):
        with self.env["career.security.event"]._career_watch(self) as users:
            return super(ResUsers, users).unlink()

    def _career_employee(self):
        """The employee of this user, in the present company first.

        :return: one ``hr.employee`` or none
        """
        self.ensure_one()
        # sudo: hr.employee - the user's own employees in whatever company: employee_ids
        # leaves out other companies than the caller's
        employees = self.env["hr.employee"].sudo().search([("user_id", "=", self.id)])
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

    def _career_leads_or_guides(self):
        """Whether there can be plans of others that this user follows.

        :return: True for HR and coaches, for who leads somebody, and for who agreed
            on a plan with somebody
        """
        self.ensure_one()
        if any(
            self.has_group(f"career_guidance.group_career_{role}")
            for role in ("officer", "coach")
        ):
            return True
        # about the own people and the own plans only
        system = self.with_user(SUPERUSER_ID).env
        led = [("parent_id.user_id", "=", self.id)]
        agreed = [("conductor_user_id", "=", self.id)]
        return bool(
            system["hr.employee"].search_count(led, limit=1)
            or system["career.plan"].search_count(agreed, limit=1)
        )

    def _career_add_todo(self, key, link, deadline=None):
        """Give these users a neutral to-do, once for each key.

        The activity has no document: followers, and the record's name in Odoo's
        notification, would show others that a document exists (traps.md). The system
        makes it, so that its maker cannot be read; its text names nobody.

        :param key: what it is about; for the server alone
        :param link: where the user finds it
        :param deadline: date, today by default
        """
        activities = self.env["mail.activity"].with_user(SUPERUSER_ID)
        present = activities.search(
            [("career_key", "=", key), ("user_id", "in", self.ids)]
        )
        # sudo: mail.activity.type - whoever takes the step, the kind is the same
        todo_type = self.env.ref("career_guidance.mail_activity_type_career").sudo()
        values = []
        for user in self - present.user_id:
            env = self.with_context(lang=user.lang).env
            values.append(
                {
                    "user_id": user.id,
                    "summary": env._("Career guidance: there is something for you"),
                    "note": (
                        Markup('<p><a href="%s">%s</a></p>')
                        % (link, env._("Open it in Career guidance"))
                    ),
                    "date_deadline": deadline or fields.Date.context_today(self),
                    "career_key": key,
                    "career_link": link,
                    "activity_type_id": todo_type.id,
                    "automated": True,
                }
            )
        context = clean_context(self.env.context)
        context["mail_activity_quick_update"] = True
        activities.with_env(activities.env(context=context)).create(values)
