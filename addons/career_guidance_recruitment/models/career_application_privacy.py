from odoo import models


class CareerApplication(models.Model):
    _inherit = "career.application"

    _career_keep = "application"
    _career_keep_states = ("moved", "rejected", "withdrawn")

    def _career_forget_around(self):
        """The applicant that was made of the employee goes along, with its messages."""
        result = super()._career_forget_around()
        self.applicant_id.with_context(active_test=False).unlink()
        return result
