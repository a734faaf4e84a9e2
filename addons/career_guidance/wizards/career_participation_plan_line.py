from datetime import timedelta

import pytz

from odoo import fields, models


class CareerParticipationPlanLine(models.TransientModel):
    """One conversation that is about to be planned."""

    _name = "career.participation.plan.line"
    _description = "Conversation to plan"
    _order = "date_start, id"

    wizard_id = fields.Many2one(
        "career.participation.plan", required=True, ondelete="cascade", index=True
    )
    participation_id = fields.Many2one(
        "career.participation", required=True, ondelete="cascade"
    )
    # with the rights of the user: a number that was guessed shows nobody
    employee_id = fields.Many2one(
        related="participation_id.employee_id", related_sudo=False
    )
    deadline = fields.Date(related="participation_id.deadline", related_sudo=False)
    date_start = fields.Datetime("Date")

    def _career_free(self, slots, hours):
        """Those of the slots at which the employee works, and is not taken.

        :param slots: naive UTC datetimes
        :param hours: duration of the conversation
        :return: generator of the slots that are free, in their order
        """
        self.ensure_one()
        if not slots:
            return
        length = timedelta(hours=hours)
        begin = pytz.utc.localize(min(slots))
        end = pytz.utc.localize(max(slots)) + length
        employee = self.employee_id
        free = employee._career_working(begin, end)
        free -= employee._career_taken(begin, end)
        spans = [(first, last) for first, last, __ in free]
        for slot in slots:
            start = pytz.utc.localize(slot)
            if any(a <= start and start + length <= b for a, b in spans):
                yield slot
