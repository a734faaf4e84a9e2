from odoo import SUPERUSER_ID, Command, models
from odoo.exceptions import AccessError


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def _career_line_changed(self, old, new):
        """Running applications follow the line; so does what an employee is told."""
        result = super()._career_line_changed(old, new)
        system = self.with_user(SUPERUSER_ID)
        if (old["n1_user"], old["n2_user"]) != (new["n1_user"], new["n2_user"]):
            system.env["career.application"].search(
                [
                    ("employee_id", "=", self.id),
                    ("state", "in", ("applied", "released", "selected")),
                ]
            )._career_line_moved()
        if new["user"] and not old["user"]:
            # hired before there was a log-in: told now (R3.14)
            for assessment in system.env["career.assessment"].search(
                [("employee_id", "=", self.id), ("moment", "=", "hiring")]
            ):
                assessment._career_todo(assessment.employee_user_id, "read")
        return result

    def _career_forget(self):
        """Forget also that a wish of theirs was counted; the number stays."""
        result = super()._career_forget()
        figures = self.with_user(SUPERUSER_ID).env["career.wish.figure"]
        counted = figures.search([("member_ids", "in", self.ids)])
        counted.member_ids = [Command.unlink(number) for number in self.ids]
        return result

    def career_match(self, job):
        """How a job fits this employee, with the explanation.

        The employee sees it with all own active wishes; a recruiter only for an
        employee who made a wish matchable, and with those wishes alone.

        :param job: record of ``hr.job``
        :return: ``{"score": 0-100, "skills_met", "skills_missing", "wishes_met",
            "text"}``
        :raise AccessError: the caller is neither the employee nor a recruiter, or the
            employee does not wish to be shown
        """
        self.ensure_one()
        wishes = self._career_matchable_wishes()
        matches = self.env["career.match"]._match(self, job, wishes)
        nothing = {
            "score": 0,
            "skills_met": [],
            "skills_missing": job.current_job_skill_ids.mapped("skill_id.name"),
            "wishes_met": [],
            "text": self.env._("Nothing fits yet."),
        }
        return matches.get((self.id, job.id), nothing)

    def _career_matchable_wishes(self):
        self.ensure_one()
        # sudo: career.aspiration - the employee's own, or those made matchable
        wishes = (
            self.env["career.aspiration"]
            .sudo()
            .search([("employee_id", "=", self.id), ("state", "=", "active")])
        )
        if self.env.su or self.env.user in wishes.employee_user_id:
            return wishes
        if self.env.user._career_employee() == self or self.user_id == self.env.user:
            return wishes
        shown = wishes.filtered("matchable")._career_shown_to_recruiter()
        recruits = self.env.user.has_group("hr_recruitment.group_hr_recruitment_user")
        if not shown or not recruits:
            raise AccessError(self.env._("This employee is not shown to recruiters."))
        return shown
