from odoo import models


class CareerChannel(models.Model):
    _inherit = "career.channel"

    def _career_is_line(self):
        """Whether the line manager holds it and it is hidden from nobody."""
        self.ensure_one()
        return self.conductor_role == "n1" and not (
            self.hidden_from_n1 or self.hidden_from_n2 or self.hidden_from_hr
        )
