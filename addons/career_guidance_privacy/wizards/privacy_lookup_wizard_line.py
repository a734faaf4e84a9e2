from odoo import models
from odoo.exceptions import UserError


class PrivacyLookupWizardLine(models.TransientModel):
    _inherit = "privacy.lookup.wizard.line"

    def action_unlink(self):
        """Anonymise the documents of an employee before the employee is deleted.

        :raise UserError: the employee still works here
        """
        self.ensure_one()
        if self.res_model != "hr.employee" or self.is_unlinked:
            return super().action_unlink()
        # sudo: hr.employee - as the look-up itself deletes
        employees = self.env["hr.employee"].sudo().with_context(active_test=False)
        employee = employees.browse(self.res_id).exists()
        if employee and not employee._career_is_anonymous(employee):
            if employee.active:
                raise UserError(
                    self.env._(
                        "Archive this employee first: what runs in Career guidance "
                        "ends then, and who takes part in it is told. Delete the line "
                        "after that."
                    )
                )
            employee._career_erase()
        return super().action_unlink()

    def action_unlink_all(self):
        """The employee first: user and contact cannot go before."""
        ordered = self.sorted(lambda line: line.res_model != "hr.employee")
        return super(PrivacyLookupWizardLine, ordered).action_unlink_all()
