from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError

# Proposed slots lie between these hours of the guide's own day.
_DAY_START = time(9)
_DAY_END = time(17)
_LOOK_AHEAD = timedelta(days=120)
# slots to choose from, beside one for each line
_SPARE_SLOTS = 40


class CareerParticipationPlan(models.TransientModel):
    """Plan several conversations of a team in one go, with proposed slots.

    It calls the public methods of participation and conversation as the guide: it
    grants nothing.
    """

    _name = "career.participation.plan"
    _description = "Plan several conversations"

    date_first = fields.Datetime("First conversation", required=True)
    step_minutes = fields.Integer("One every (minutes)", default=90, required=True)
    duration = fields.Float("Duration (hours)", default=1.0, required=True)
    line_ids = fields.One2many(
        "career.participation.plan.line", "wizard_id", string="Conversations"
    )

    _step_positive = models.Constraint(
        "CHECK (step_minutes > 0)", "There has to be some time between two talks."
    )
    _duration_positive = models.Constraint(
        "CHECK (duration > 0 AND duration <= 8)",
        "A conversation takes more than nothing, and less than a day.",
    )

    @api.model
    def _career_propose(self, participations):
        """Make the wizard for these participations, with a slot for each."""
        lead = max(participations.cycle_id.mapped("lead_days"), default=0)
        first = self._career_local(fields.Datetime.now()) + timedelta(days=max(lead, 1))
        wizard = self.create(
            {
                "date_first": self._career_utc(
                    datetime.combine(first.date(), _DAY_START)
                ),
                "line_ids": [
                    fields.Command.create({"participation_id": participation.id})
                    for participation in participations
                ],
            }
        )
        wizard.action_propose()
        return wizard

    # ------------------------------------------------------------------------ slots
    @api.model
    def _career_local(self, moment):
        """A naive datetime in the time zone of the user, from one in UTC."""
        return pytz.utc.localize(moment).astimezone(self.env.tz).replace(tzinfo=None)

    @api.model
    def _career_utc(self, moment):
        """A naive datetime in UTC, from one in the time zone of the user."""
        local = pytz.timezone(str(self.env.tz)).localize(moment)
        return local.astimezone(pytz.utc).replace(tzinfo=None)

    def _career_slots(self, busy):
        """Working-day slots, one after the other, that do not touch what is busy.

        :param busy: list of (start, stop) in UTC
        :return: generator of datetimes in UTC
        """
        self.ensure_one()
        if self.step_minutes <= 0 or not 0 < self.duration <= 8:
            raise UserError(
                self.env._("Choose a duration and a time between two talks first.")
            )
        length = timedelta(hours=self.duration)
        step = timedelta(minutes=self.step_minutes)
        slot = self._career_local(self.date_first)
        while True:
            late = (slot + length).time() > _DAY_END or (
                (slot + length).date() != slot.date()
            )
            if slot.weekday() > 4 or late or slot.time() < _DAY_START:
                day = slot.date()
                if slot.weekday() > 4 or late:
                    day += timedelta(days=1)
                slot = datetime.combine(day, _DAY_START)
                if slot.weekday() > 4:
                    continue
            start = self._career_utc(slot)
            if not any(b < start + length and e > start for b, e in busy):
                yield start
            slot += step

    def _career_busy(self):
        """When the guide is taken, or away."""
        self.ensure_one()
        begin = pytz.utc.localize(self.date_first)
        guide = self.env.user._career_employee()
        taken = guide._career_taken(begin, begin + _LOOK_AHEAD) if guide else []
        return [
            tuple(m.astimezone(pytz.utc).replace(tzinfo=None) for m in (first, last))
            for first, last, __ in taken
        ]

    def action_propose(self):
        """Fill in a slot for each line, from the first date on."""
        self.ensure_one()
        slots = self._career_slots(self._career_busy())
        left = [next(slots) for __ in range(len(self.line_ids) + _SPARE_SLOTS)]
        for line in self.line_ids:
            free = line._career_free(left, self.duration)
            # nobody is free in weeks: the guide sees the slot, and asks
            line.date_start = next(free, left[0])
            left.remove(line.date_start)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Plan several conversations"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def action_confirm(self):
        """Make and plan the conversations.

        :raise UserError: a line without a date, or two at the same time
        """
        self.ensure_one()
        lines = self.line_ids.sorted("date_start")
        if not lines:
            raise UserError(self.env._("Nobody is left to plan."))
        length = timedelta(hours=self.duration)
        previous = None
        for line in lines:
            if not line.date_start:
                raise UserError(
                    self.env._("Choose a date for everybody, or remove the line.")
                )
            if previous and line.date_start < previous + length:
                raise UserError(
                    self.env._(
                        "Two conversations overlap: %(employee)s. Choose another time.",
                        employee=line.employee_id.name,
                    )
                )
            previous = line.date_start
        for line in lines:
            conversation = line.participation_id.action_create_conversation()
            conversation.action_plan(line.date_start, self.duration)
        return {"type": "ir.actions.act_window_close"}
