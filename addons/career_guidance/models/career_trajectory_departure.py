from odoo import fields, models


class CareerTrajectory(models.Model):
    _inherit = "career.trajectory"

    def _career_end_departed(self):
        """The guidance cannot go on: one of the two left."""
        self.ensure_one()
        trajectory = self._career_system()
        reason = trajectory._career_departed_reason(trajectory.employee_user_id)
        if trajectory.state == "requested":
            trajectory._career_apply(
                {"state": "refused", "refuse_reason": reason}, "refuse", reason
            )
        else:
            trajectory._career_apply(
                {"state": "closed", "date_closed": fields.Date.context_today(self)},
                "close",
                reason,
            )
        trajectory._career_todo_done("accept")
