from odoo import models


class CareerAssessment(models.Model):
    _inherit = "career.assessment"

    def _career_forget_around(self):
        """The assessment of the hiring stands with the applicant as well."""
        result = super()._career_forget_around()
        carried = self.env["hr.applicant"].search(
            [
                ("employee_id", "in", self.employee_id.ids),
                ("career_assessment_carried", "!=", False),
            ]
        )
        carried.with_context(tracking_disable=True, mail_notrack=True).write(
            {
                "career_assessment_date": False,
                "career_assessor": False,
                "career_assessment_conclusion": False,
                "career_assessment_file": False,
                "career_assessment_filename": False,
            }
        )
        return result
