from contextlib import contextmanager

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError, ValidationError

# Only the server can put this very object in a context: a client cannot switch off
# what a change of line does.
_LINE_WATCHED = object()
_LINE_FIELDS = {"parent_id", "user_id", "active", "resource_id"}


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    # hash of the code of the personal page; for the server alone
    career_page_code = fields.Char(
        groups=".", copy=False, export_string_translation=False
    )
    # the group that reads hr.employee at all; the pages obey their own rules
    career_page_count = fields.Integer(
        "Personal pages",
        compute="_compute_career_page_count",
        groups="hr.group_hr_user",
    )

    def _compute_career_page_count(self):
        counts = dict(
            self.env["career.personal.page"]._read_group(
                [("employee_id", "in", self.ids), ("state", "=", "open")],
                ["employee_id"],
                ["__count"],
            )
        )
        for employee in self:
            employee.career_page_count = counts.get(employee, 0)

    def action_career_personal_pages(self):
        """The personal pages of this employee, for HR."""
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "career_guidance.career_personal_page_action"
            ),
            "domain": [("employee_id", "=", self.id)],
            "context": {"default_employee_id": self.id},
        }

    def _career_reader_env(self):
        """For words that the employee reads later, whoever takes the step now."""
        self.ensure_one()
        # sudo: hr.employee - the language alone
        lang = self.sudo().user_id.lang or self._career_page_lang()
        return self.with_context(lang=lang).env

    def _career_page_lang(self):
        """The language of the employee's personal page and letter."""
        self.ensure_one()
        # sudo: hr.employee - the language alone
        employee = self.sudo()
        installed = dict(self.env["res.lang"].get_installed())
        for lang in (
            employee.lang,
            employee.work_contact_id.lang,
            employee.company_id.partner_id.lang,
        ):
            if lang in installed:
                return lang
        return self.env.lang or "en_US"

    def _career_acts(self):
        """Whether the employee can act in person: by a user, or by an open page."""
        self.ensure_one()
        # sudo: hr.employee, career.personal.page - only whether there is one
        return bool(self.sudo().user_id) or bool(
            self.env["career.personal.page"]
            .sudo()
            .search_count(
                [("employee_id", "=", self.id), ("state", "=", "open")], limit=1
            )
        )

    # -------------------------------------------------------------------- the line
    def _career_line(self):
        """The line of one employee: the one definition of N+1 and N+2.

        Empty when the employee is archived; N1 when the employee is his own manager
        or the manager left; N2 when it is the employee or N1 again (architecture.md).

        :return: ``{"n1": hr.employee, "n2": hr.employee}``
        """
        none = self.browse()
        if not self:
            # of an anonymised document: nobody's line
            return {"n1": none, "n2": none}
        self.ensure_one()
        # sudo: hr.employee - managers are public in Odoo; other companies' and
        # archived ones have to be seen as well
        employee = self.sudo().with_context(active_test=False)
        none = employee.browse()
        line = {"n1": none, "n2": none}
        if not employee.active:
            return line
        n1, n2 = employee.parent_id, employee.parent_id.parent_id
        if n1.active and n1 != employee:
            line["n1"] = n1
        if n2.active and n2 not in (employee, n1):
            line["n2"] = n2
        return line

    def _career_line_users(self):
        """Users of N1 and N2; never the employee's own user, never one user twice.

        :return: tuple of two ``res.users``, each empty or one
        """
        self.ensure_one()
        line = self._career_line()
        # sudo: hr.employee - as in _career_line
        own = self.sudo().user_id
        n1 = line["n1"].user_id - own
        return n1, line["n2"].user_id - own - n1

    def _career_holds(self, role, user):
        """Whether the user holds the role of a channel for this employee."""
        self.ensure_one()
        n1, n2 = self._career_line_users()
        # sudo: hr.employee - the company of the employee decides on officers
        company = self.sudo().company_id
        return {
            "n1": user == n1,
            "n2": user == n2,
            "hr": user._career_is_officer_of(company),
            "coach": user._career_is_coach_of(company),
            "mentor": user._is_internal(),
            "external": False,
        }[role]

    def _career_may_start(self, role, user):
        """Whether the user may begin a document about this employee in the role.

        Everybody could call himself a mentor: that one needs a guidance which the
        employee asked for.
        """
        if role == "mentor":
            return user in self.env["career.trajectory"]._career_coaches_of(self)
        return self._career_holds(role, user)

    def _career_check_conductor(self, role, user):
        """Refuse a guide who does not hold the role for this employee.

        :param role: ``conductor_role`` of the channel
        :param user: record of ``res.users``, empty where nobody holds it in Odoo
        :raise ValidationError: says which role is missing
        """
        self.ensure_one()
        if not user:
            return
        # sudo: hr.employee - compared with the chosen guide only
        if not self._career_holds(role, user) or user == self.sudo().user_id:
            raise ValidationError(
                self.env._(
                    "%(user)s does not hold the role of this channel for this "
                    "employee. Choose somebody who does, or another channel.",
                    user=user.name,
                )
            )

    # ---------------------------------------------------------------- line changes
    @contextmanager
    def _career_watch_line(self, names):
        """Compare the line before and after a change, and do what follows from it.

        :param names: the fields that change
        """
        watched = self.env.context.get("career_line_watched") is _LINE_WATCHED
        if watched or not (_LINE_FIELDS & set(names)):
            yield self
            return
        # sudo: hr.employee - the rights of all who are below must move at once
        employees = self.sudo().with_context(active_test=False)
        affected = employees | employees.child_ids | employees.child_ids.child_ids
        before = {e.id: e._career_line_snapshot() for e in affected}
        yield self.with_context(career_line_watched=_LINE_WATCHED)
        affected |= employees.child_ids | employees.child_ids.child_ids
        pool_users = self.env["res.users"].browse(
            {before[e.id]["user"] for e in affected if e.id in before} - {False}
        )
        for employee in affected:
            old = before.get(employee.id)
            new = employee._career_line_snapshot()
            if old is not None and old != new:
                employee._career_line_changed(old, new)
        # the group of the pool follows its members when they leave or change user
        self.env["career.coach"].with_user(SUPERUSER_ID)._sync_group(
            pool_users | employees.user_id
        )

    def _career_line_snapshot(self):
        line = self._career_line()
        n1, n2 = self._career_line_users()
        return {
            "n1": line["n1"].id,
            "n1_user": n1.id,
            "n2_user": n2.id,
            "user": self.user_id.id,
            "active": self.active,
        }

    def _career_line_changed(self, old, new):
        """Rights move at once; this does the rest of rule 2 of access.md.

        Open conversations and plans of the line pass to the new manager; what is
        closed, and every aspiration, is no longer shared with the line; the employee
        reads what passed to whom.
        """
        self.ensure_one()
        employee = self.with_user(SUPERUSER_ID)
        line_moved = (old["n1"], old["n1_user"]) != (new["n1"], new["n1_user"])
        if line_moved or old["n2_user"] != new["n2_user"]:
            employee._career_unshare_line(both=line_moved)
        if line_moved and new["active"]:
            employee._career_hand_over()
        if new["active"]:
            employee._career_tell_line_change(old, new)

    def _career_unshare_line(self, both):
        """Aspirations, and what is finished, are no longer shared with the line."""
        self.ensure_one()
        flags = ["share_n1", "share_n2"] if both else ["share_n2"]
        for model, domain in self._career_unshared_on_line_change():
            for flag in flags:
                records = self.env[model].search(
                    [("employee_id", "=", self.id), (flag, "=", True), *domain]
                )
                records.write({flag: False})

    @api.model
    def _career_unshared_on_line_change(self):
        """Hook: models and domains of what stops being shared when the line changes."""
        return [
            ("career.aspiration", []),
            # a held conversation and its report stay with who held it
            (
                "career.conversation",
                [("state", "in", ("held", "closed", "cancelled"))],
            ),
            (
                "career.plan",
                [("state", "in", ("evaluated", "superseded", "cancelled"))],
            ),
        ]

    def _career_hand_over(self):
        """Planned line conversations and open line plans pass to the new manager."""
        self.ensure_one()
        manager = self._career_line()["n1"]
        user = self._career_line_users()[0]
        conversations = self.env["career.conversation"].search(
            [
                ("employee_id", "=", self.id),
                ("conductor_role", "=", "n1"),
                ("state", "in", ("requested", "planned")),
            ]
        )
        for conversation in conversations:
            if (conversation.conductor_id, conversation.conductor_user_id) == (
                manager,
                user,
            ):
                continue  # made meanwhile, with the new manager
            conversation._career_change_conductor(user, manager)
            conversation._career_log("line", manager.name)
        plans = self.env["career.plan"].search(
            [
                ("employee_id", "=", self.id),
                ("conductor_role", "=", "n1"),
                ("state", "in", ("draft", "proposed", "agreed")),
            ]
        )
        plans._career_pass_on(user, manager)

    def _career_tell_line_change(self, old, new):
        """The employee is told of every change of line or of user link."""
        self.ensure_one()
        users = self.env["res.users"]
        names = {
            key: users.browse(new[key]).name or self.env._("nobody")
            for key in ("n1_user", "n2_user", "user")
        }
        detail = self.env._(
            "Line manager: %(n1)s. Manager's manager: %(n2)s. User: %(user)s.",
            n1=names["n1_user"],
            n2=names["n2_user"],
            user=names["user"],
        )
        self.env["career.history"].create(
            {
                "res_model": "hr.employee",
                "res_id": self.id,
                "employee_id": self.id,
                "user_id": False,
                "event": "line",
                "detail": detail,
            }
        )
        told = users.browse([uid for uid in {old["user"], new["user"]} if uid])
        told._career_add_todo(f"hr.employee,{self.id},line", "/odoo/my-career")

    # ------------------------------------------------------------------------ CRUD
    def write(self, vals):
        with self._career_watch_line(vals) as employees:
            return super(HrEmployee, employees).write(vals)

    def unlink(self):
        """What is below a deleted manager follows, as in any change of line."""
        self.check_access("unlink")
        # sudo: career.coach, career.history - the pool, and notes about the line
        self.env["career.coach"].sudo().with_context(active_test=False).search(
            [("employee_id", "in", self.ids)]
        ).unlink()
        self.env["career.history"].sudo().search(
            [("employee_id", "in", self.ids), ("res_model", "=", "hr.employee")]
        ).unlink()
        self._unlink_except_career_records()
        # sudo: hr.employee, career.conversation - the database would empty these links
        # without anybody being told
        employees = self.sudo().with_context(active_test=False)
        (employees.child_ids - employees).write({"parent_id": False})
        open_talks = (
            self.env["career.conversation"]
            .with_user(SUPERUSER_ID)
            .search(
                [
                    ("conductor_id", "in", self.ids),
                    ("state", "in", ("requested", "planned")),
                ]
            )
        )
        for conversation in open_talks:
            conversation._career_change_conductor(self.env["res.users"])
        return super().unlink()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_career_records(self):
        """A clear message instead of the database's (traps.md)."""
        for name, model in self.env.items():
            if model._abstract or not isinstance(
                model, self.pool["career.audience.mixin"]
            ):
                continue
            # sudo: own models - only whether there is any record
            if (
                self.env[name]
                .sudo()
                .search_count([("employee_id", "in", self.ids)], limit=1)
            ):
                raise UserError(
                    self.env._(
                        "This employee has documents in Career guidance and cannot be "
                        "deleted. Archive the employee instead."
                    )
                )

    # --------------------------------------------------------------------- figures
    def career_skill_gap(self, job):
        """What a job expects, beside what the employee has today.

        :param job: record of ``hr.job``
        :return: list of (skill, present level or empty, expected level), one for each
            skill that the job expects at a higher level than the employee has
        """
        self.ensure_one()
        present = {
            line.skill_id: line.skill_level_id
            for line in self.env["hr.employee.skill"].search(
                [
                    ("employee_id", "=", self.id),
                    "|",
                    ("valid_to", "=", False),
                    ("valid_to", ">=", fields.Date.context_today(self)),
                ]
            )
        }
        none = self.env["hr.skill.level"]
        gap = []
        for expected in job.current_job_skill_ids:
            level = present.get(expected.skill_id, none)
            if level.level_progress < expected.skill_level_id.level_progress:
                gap.append((expected.skill_id, level, expected.skill_level_id))
        return gap
