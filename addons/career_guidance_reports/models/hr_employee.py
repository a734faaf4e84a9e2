from odoo import SUPERUSER_ID, Command, models


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def _career_forget(self):
        """Forget also with whom somebody was counted.

        What was published stays as it is: a number says nothing of its members.
        """
        result = super()._career_forget()
        employees = self.with_user(SUPERUSER_ID).with_context(active_test=False)
        groups = employees.env["career.figure.group"].search(
            [("member_ids", "in", employees.ids)]
        )
        groups.member_ids = [Command.unlink(number) for number in employees.ids]
        return result
