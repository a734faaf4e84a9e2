from odoo import SUPERUSER_ID, fields, models
from odoo.exceptions import UserError

from odoo.addons.career_guidance.tools.selection import labels_of

# An assessment says more than a CV: not for interviewers, who may be the line.
_RECRUITER = "hr_recruitment.group_hr_recruitment_user"


class HrApplicant(models.Model):
    _inherit = "hr.applicant"

    # for the server alone: who may read the applicant may not read the application
    career_application_ids = fields.One2many(
        "career.application",
        "applicant_id",
        string="Internal application",
        groups=".",
    )

    career_is_internal = fields.Boolean(
        "Colleague", compute="_compute_career_is_internal", compute_sudo=True
    )
    career_assessment_kind = fields.Selection(
        labels_of("career.assessment", "kind"),
        string="Kind of assessment",
        default="potential",
        groups=_RECRUITER,
    )
    career_assessment_date = fields.Date("Assessed on", groups=_RECRUITER, copy=False)
    career_assessor = fields.Char("Assessor", groups=_RECRUITER, copy=False)
    career_assessment_conclusion = fields.Html(
        "Conclusion", groups=_RECRUITER, copy=False
    )
    career_assessment_file = fields.Binary(
        "Assessment document", groups=_RECRUITER, copy=False
    )
    career_assessment_filename = fields.Char(groups=_RECRUITER, copy=False)
    career_assessment_carried = fields.Date(
        "Carried to the employee's file on", readonly=True, copy=False
    )

    def _compute_career_is_internal(self):
        for applicant in self:
            applicant.career_is_internal = bool(applicant.career_application_ids)

    def create_employee_from_applicant(self):
        """A colleague is moved, never made a second time."""
        for applicant in self:
            # sudo: career.application - only whether there is one
            if applicant.employee_id and applicant.sudo().career_application_ids:
                raise UserError(
                    self.env._(
                        "%(name)s is a colleague already. Plan the move on the "
                        "internal application instead.",
                        name=applicant.employee_id.name,
                    )
                )
        return super().create_employee_from_applicant()

    def write(self, vals):
        """A refusal in recruitment ends the internal application; whoever becomes
        employee takes the assessment of the hiring along (R3.14).

        :raise UserError: a colleague would be linked to another employee
        """
        if "employee_id" in vals:
            self._career_check_same_employee(vals["employee_id"])
        result = super().write(vals)
        if vals.get("refuse_reason_id"):
            self._career_refused()
        if vals.get("employee_id"):
            self._career_carry_assessment()
        return result

    def _career_check_same_employee(self, employee_id):
        # sudo: career.application - only whether it is about another employee
        for application in self.sudo().career_application_ids:
            if application.employee_id.id != employee_id:
                raise UserError(
                    self.env._(
                        "%(name)s is a colleague already: this application cannot be "
                        "given to another employee.",
                        name=application.employee_id.name,
                    )
                )

    def _career_refused(self):
        # sudo: career.application - follows what recruitment decided on its applicant
        running = (
            self.sudo()
            .career_application_ids.filtered(
                lambda a: a.state in ("released", "selected")
            )
            .with_context(career_keep_applicant=True)
        )
        for application in running:
            application._career_end(
                "rejected", "refuse", application.applicant_id.refuse_reason_id.name
            )

    def _career_carry_assessment(self):
        """What was assessed at hiring goes to the employee's own file, and only there.

        The employee reads all of it and is told; the copy in recruitment is emptied.
        """
        for applicant in self.with_user(SUPERUSER_ID):
            employee = applicant.employee_id
            conclusion = applicant.career_assessment_conclusion
            if not employee or not (conclusion or applicant.career_assessment_file):
                continue
            assessment = self.env["career.assessment"].with_user(SUPERUSER_ID)
            assessment = assessment.create(
                {
                    "employee_id": employee.id,
                    "moment": "hiring",
                    "kind": applicant.career_assessment_kind or "potential",
                    "date": applicant.career_assessment_date
                    or fields.Date.context_today(applicant),
                    "assessor": applicant.career_assessor,
                    "conclusion": conclusion,
                    "commissioned_by": "hr",
                }
            )
            if applicant.career_assessment_file:
                assessment.attachment_ids = (
                    self.env["ir.attachment"]
                    .with_user(SUPERUSER_ID)
                    .create(
                        {
                            "name": applicant.career_assessment_filename
                            or "assessment",
                            "datas": applicant.career_assessment_file,
                        }
                    )
                )
            applicant.write(
                {
                    "career_assessment_date": False,
                    "career_assessor": False,
                    "career_assessment_conclusion": False,
                    "career_assessment_file": False,
                    "career_assessment_filename": False,
                    "career_assessment_carried": fields.Date.context_today(applicant),
                }
            )
