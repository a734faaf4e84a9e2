from odoo import api, fields, models
from odoo.exceptions import AccessError


class CareerMatchLine(models.TransientModel):
    """One colleague who could fit a vacancy, shown to the recruiter who asked.

    Only of employees with an active wish that they made matchable; of the others
    nothing is told, not even how many there are.
    """

    _name = "career.match.line"
    _description = "Colleague who could fit a vacancy"
    _order = "score desc, id"

    job_id = fields.Many2one("hr.job", required=True, readonly=True)
    employee_id = fields.Many2one("hr.employee", required=True, readonly=True)
    score = fields.Integer("Fits (%)", readonly=True)
    reasons = fields.Text("Why", readonly=True)

    @api.model
    def _career_fill(self, job):
        """Fill the lines of a vacancy for the caller.

        :param job: one ``hr.job``
        :raise AccessError: the caller does not recruit
        """
        if not self.env.user.has_group("hr_recruitment.group_hr_recruitment_user"):
            raise AccessError(
                self.env._("Only recruiters see who could fit a vacancy.")
            )
        job.check_access("read")
        # sudo: career.aspiration - only what employees made matchable, in the
        # recruiter's companies; of a wish only "it names this job" is told
        wishes = (
            self.env["career.aspiration"]
            .sudo()
            .search(
                [
                    ("matchable", "=", True),
                    ("state", "=", "active"),
                    ("employee_id.active", "=", True),
                    ("company_id", "in", job.company_id.ids or self.env.companies.ids),
                ]
            )
            ._career_shown_to_recruiter()
        )
        employees = wishes.employee_id.filtered(lambda e: e.job_id != job)
        matches = job._career_match_all(employees, wishes)
        return self.create(
            [
                {
                    "job_id": job.id,
                    "employee_id": employee_id,
                    "score": match["score"],
                    "reasons": match["text"],
                }
                for (employee_id, _job_id), match in matches.items()
            ]
        )
