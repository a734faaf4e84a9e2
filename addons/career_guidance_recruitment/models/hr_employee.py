from odoo import models
from odoo.exceptions import AccessError


class HrEmployee(models.Model):
    _inherit = "hr.employee"

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
        shown = wishes.filtered("matchable")
        recruits = self.env.user.has_group("hr_recruitment.group_hr_recruitment_user")
        if not shown or not recruits:
            raise AccessError(self.env._("This employee is not shown to recruiters."))
        return shown
