from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools import SQL


class HrEmployee(models.Model):
    """What happens when somebody leaves, and how the last of it is forgotten."""

    _inherit = "hr.employee"

    # for the period after leaving; the departure of Odoo is filled in by hand only
    career_left_on = fields.Date(
        groups=".", copy=False, export_string_translation=False
    )
    career_forgotten_on = fields.Date(
        groups=".", copy=False, export_string_translation=False
    )

    def _career_left_day(self):
        """The day from which the period after leaving counts."""
        self.ensure_one()
        # sudo: hr.employee - two dates, for the nightly job
        employee = self.sudo()
        return employee.career_left_on or employee.write_date.date()

    # ------------------------------------------------------------------- departure
    def _career_line_changed(self, old, new):
        result = super()._career_line_changed(old, new)
        employee = self.with_user(SUPERUSER_ID)
        if old["active"] and not new["active"]:
            employee.write(
                {
                    "career_left_on": fields.Date.context_today(self),
                    "career_forgotten_on": False,
                }
            )
            employee._career_leave()
            employee._career_stop_guiding()
        elif new["active"] and not old["active"]:
            employee.write({"career_left_on": False, "career_forgotten_on": False})
        return result

    def _career_leave(self):
        """Hook: what was asked for or planned ends; who guides is told neutrally.

        Nothing that was agreed or held changes: it stays for its period.
        """
        self.ensure_one()
        about = [("employee_id", "=", self.id)]
        self.env["career.conversation"].search(
            [*about, ("state", "in", ("requested", "planned"))]
        )._career_cancel_departed(self)
        trajectories = self.env["career.trajectory"].search(
            [*about, ("state", "in", ("requested", "running"))]
        )
        for trajectory in trajectories:
            trajectory._career_end_departed()
            trajectory._career_todo(trajectory.conductor_user_id, "left")
        feedback = self.env["career.feedback"].search(
            [*about, ("state", "=", "awaiting_agreement")]
        )
        # nobody agrees for the employee: what was not agreed is not told
        feedback._career_apply({"state": "refused"}, "refuse")
        plans = self.env["career.plan"].search(
            [*about, ("state", "in", ("draft", "proposed", "agreed"))]
        )
        for plan in plans.filtered(lambda p: p.state != "agreed"):
            reason = plan._career_departed_reason(plan.conductor_user_id)
            plan._career_apply(
                {"state": "cancelled", "cancel_reason": reason}, "cancel", reason
            )
        plans._career_stop_following()
        for plan in plans:
            plan._career_todo(plan.conductor_user_id, "left")
        deals = self.env["career.deal"].search([*about, ("state", "=", "to_sign")])
        deals._career_apply({"state": "cancelled"}, "cancel")

    def _career_stop_guiding(self):
        """What this person held for others goes on without anybody reading more.

        The line passes with the line. A request to HR or to the pool goes back to
        where it was made. What was asked of this very person (a coach or mentor by
        name, the manager's manager) is shown to nobody else: the employee is told, and
        chooses.
        """
        self.ensure_one()
        users = self.user_id
        conversations = self.env["career.conversation"].search(
            [
                ("state", "in", ("requested", "planned")),
                ("conductor_role", "!=", "n1"),
                "|",
                ("conductor_id", "=", self.id),
                ("conductor_user_id", "in", users.ids),
            ]
        )
        back = conversations.filtered(
            lambda c: (
                c.conductor_role == "hr"
                or (c.conductor_role == "coach" and not c.trajectory_id)
            )
        )
        back._career_to_request()
        (conversations - back)._career_cancel_departed(self)
        trajectories = self.env["career.trajectory"].search(
            [
                ("state", "in", ("requested", "running")),
                ("coach_id", "=", self.id),
            ]
        )
        for trajectory in trajectories:
            trajectory._career_end_departed()
            trajectory._career_todo(trajectory.employee_user_id, "guide_left")
        plans = self.env["career.plan"].search(
            [
                ("state", "in", ("draft", "proposed", "agreed")),
                ("conductor_role", "!=", "n1"),
                ("conductor_user_id", "in", users.ids),
            ]
        )
        plans._career_pass_on(self.env["res.users"], self.browse())
        for plan in plans:
            plan._career_todo(plan.employee_user_id, "guide_left")

    # ------------------------------------------------------------------ forgetting
    def _career_forget(self):
        """Forget what is no document: notes of the line, pages, to-dos, mails.

        Documents have their own periods; a line of history that belongs to one stays
        with it.
        """
        employees = self.with_user(SUPERUSER_ID).with_context(active_test=False)
        env = employees.env
        about = [("employee_id", "in", employees.ids)]
        env["career.history"].search(
            [*about, ("res_model", "in", ("hr.employee", "career.personal.page"))]
        ).unlink()
        env["career.personal.page"].search(about).unlink()
        env["career.coach"].search(about).unlink()
        # the user of an employee; a user who works elsewhere in the company stays
        gone = employees.filtered(lambda e: not e.active).user_id.filtered(
            lambda u: not u.with_context(active_test=True).employee_ids
        )
        env["career.notice"].search([("user_id", "in", gone.ids)]).unlink()
        env["career.help.question"].search([("asker_id", "in", gone.ids)]).unlink()
        env["mail.activity"].search(
            [("career_key", "!=", False), ("user_id", "in", gone.ids)]
        ).unlink()
        for employee in employees:
            employee._career_forget_notes_of_line()
        env["mail.mail"].search(
            [
                ("career_neutral", "=", True),
                ("email_to", "in", gone.mapped("email_formatted")),
            ]
        ).unlink()
        employees.write(
            {
                "career_page_code": False,
                "career_forgotten_on": fields.Date.context_today(self),
            }
        )

    def _career_forget_notes_of_line(self):
        self.env["mail.activity"].search(
            [("career_key", "=", f"hr.employee,{self.id},line")]
        ).unlink()

    def _career_erase(self):
        """Anonymise everything about these people, whatever its period (erasure).

        Only for who left: what runs is ended by archiving, where all who take part in
        it are told.
        """
        employees = self.with_user(SUPERUSER_ID).with_context(active_test=False)
        for model in employees.env["career.retention"]._career_kept_models():
            model.with_context(active_test=False).search(
                [("employee_id", "in", employees.ids)]
            )._career_anonymise()
        # a document that was kept back by another has nothing to wait for now
        for model in employees.env["career.retention"]._career_kept_models():
            model.with_context(active_test=False).search(
                [("employee_id", "in", employees.ids)]
            )._career_anonymise()
        employees._career_forget()

    @api.model
    def _career_is_anonymous(self, employees):
        """Whether no document is about these people (any more)."""
        mixin = self.env["career.audience.mixin"]
        return not any(
            self.env.execute_query(
                SQL(
                    "SELECT 1 FROM %s WHERE employee_id IN %s LIMIT 1",
                    SQL.identifier(model._table),
                    tuple(employees.ids),
                )
            )
            for model in mixin._career_confidential_models()
        )
