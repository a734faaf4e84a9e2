from odoo import models


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def _career_leave(self):
        """Applications and planned moves of who left end; the recruiter is told."""
        result = super()._career_leave()
        about = [("employee_id", "=", self.id)]
        self.env["career.application"].search(
            [*about, ("state", "in", ("applied", "released", "selected"))]
        )._career_end("withdrawn", "withdraw")
        self.env["career.move"].search(
            [*about, ("state", "=", "planned")]
        )._career_stop()
        return result
