from pytz import utc

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools.intervals import Intervals


class HrEmployeeAvailability(models.Model):
    """When an employee works, is away or is taken: for the planning alone."""

    _inherit = "hr.employee"

    career_shift_work = fields.Boolean(
        "Works in shifts",
        groups="hr.group_hr_user",
        help="Somebody has to take over during a career conversation with the line "
        "manager. The job can say so, too.",
    )

    def _career_working(self, begin, end):
        """Working hours without time off, between two aware moments."""
        self.ensure_one()
        # sudo: hr.employee - working hours, of which only free moments are shown
        return self.sudo()._get_expected_attendances(begin, end)

    def _career_leaves(self, start, stop):
        """Time off and closing days between two naive UTC moments."""
        self.ensure_one()
        # sudo: hr.employee, resource.calendar.leaves - that, not why, somebody is away
        employee = self.sudo()
        calendar = employee.resource_calendar_id
        personal = Domain("resource_id", "=", employee.resource_id.id)
        closed = (
            Domain("resource_id", "=", False)
            & Domain("company_id", "in", [False, employee.company_id.id])
            & Domain("calendar_id", "in", [False, calendar.id])
        )
        return employee.env["resource.calendar.leaves"].search(
            Domain("date_from", "<", stop)
            & Domain("date_to", ">", start)
            & Domain("time_type", "=", "leave")
            & (personal | closed)
        )

    def _career_is_away(self, start, stop):
        return bool(self._career_leaves(start, stop))

    def _career_events(self, start, stop, ignore=()):
        """Events that keep the employee busy, between two naive UTC moments."""
        self.ensure_one()
        # sudo: hr.employee, calendar.event - whether, not with what, he is busy
        partner = self.sudo().user_id.partner_id
        events = self.env["calendar.event"].sudo()
        if not partner:
            return events
        return events.search(
            [
                ("partner_ids", "in", partner.ids),
                ("show_as", "=", "busy"),
                ("start", "<", stop),
                ("stop", ">", start),
                ("id", "not in", list(ignore)),
            ]
        ).filtered(
            lambda event: (
                "declined"
                not in event.attendee_ids.filtered(
                    lambda a: a.partner_id == partner
                ).mapped("state")
            )
        )

    def _career_busy(self, start, stop, ignore=()):
        return bool(self._career_events(start, stop, ignore))

    def _career_taken(self, begin, end, ignore=()):
        """Intervals of events and time off, between two aware moments."""
        self.ensure_one()
        start, stop = (
            moment.astimezone(utc).replace(tzinfo=None) for moment in (begin, end)
        )
        none = self.env["resource.calendar"]
        spans = [
            (event.start, event.stop)
            for event in self._career_events(start, stop, ignore)
        ]
        spans += [
            (leave.date_from, leave.date_to)
            for leave in self._career_leaves(start, stop)
        ]
        return Intervals(
            [
                (first.replace(tzinfo=utc), last.replace(tzinfo=utc), none)
                for first, last in spans
                if first < last
            ]
        )
