from odoo import fields, models
from odoo.exceptions import UserError


class HrApplicant(models.Model):
    _inherit = "hr.applicant"

    career_application_ids = fields.One2many(
        "career.application", "applicant_id", string="Internal application"
    )

    career_is_internal = fields.Boolean(
        "Colleague", compute="_compute_career_is_internal", compute_sudo=True
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
