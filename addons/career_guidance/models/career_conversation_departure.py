from odoo import models


class CareerConversation(models.Model):
    _inherit = "career.conversation"

    def _career_cancel_departed(self, person):
        """Cancel what cannot take place: one of the two left.

        :param person: ``hr.employee`` who left; the other is told neutrally
        """
        for conversation in self._career_system():
            other = conversation.employee_user_id | conversation.conductor_user_id
            other -= person.user_id
            reason = conversation._career_departed_reason(other)
            conversation._career_remove_events()
            conversation._career_delete_secrets()
            conversation._career_apply(
                {"state": "cancelled", "cancel_reason": reason}, "cancel", reason
            )
            conversation._career_todo_done(
                "assign", "plan", "prepare", "hold", "moved", "overdue"
            )
            conversation._career_todo(other, "cancelled")

    def _career_to_request(self):
        """Give a conversation back to the role that it was asked of."""
        for conversation in self._career_system():
            former = conversation.conductor_user_id.name or ""
            conversation._career_remove_events()
            conversation._career_change_conductor(self.env["res.users"])
            conversation._career_keep_request()
            conversation._career_apply({"state": "requested"}, "line", former)
            conversation._career_todo_done("prepare", "moved", "hold", "overdue")
            conversation._career_todo(conversation._career_role_users(), "assign")
            conversation._career_todo(conversation.employee_user_id, "guide_left")

    def _career_keep_request(self):
        """Everybody of the role reads an open request: nothing stays in it but the
        request. What the guide noted goes; what the employee wrote for this guide
        goes to the own preparation, that only the employee reads.
        """
        self.ensure_one()
        system = self._career_system()
        if system.talking_points_employee:
            preparation = self._career_preparation_of("employee")
            preparation.note = (preparation.note or "") + (
                system.talking_points_employee
            )
        system.item_ids.unlink()
        system.write(
            {
                "talking_points_employee": False,
                "talking_points_conductor": False,
                "report": False,
                "report_previous": False,
                "outcome": False,
                "outcome_reason": False,
                "next_date": False,
            }
        )
