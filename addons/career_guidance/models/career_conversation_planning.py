from datetime import datetime, time, timedelta

from pytz import timezone, utc

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.intervals import Intervals

from .calendar_event import EVENT_SYNCED

# Events that the server makes for a conversation, and whom each is for.
_SOLO_EVENTS = {
    "employee_event_id": "employee_id",
    "conductor_event_id": "conductor_id",
}
_STAND_IN_EVENTS = {
    "stand_in_id": "stand_in_event_id",
    "employee_stand_in_id": "employee_stand_in_event_id",
}
# Outside a shift: between these hours of the day, in the employee's time zone.
_DAY = (7, 21)
_SLOT_DAYS = 28
_SLOTS_A_DAY = 3
_SLOT_STEP = timedelta(minutes=30)


class CareerConversationPlanning(models.Model):
    """Calendar, free moments and stand-ins of career conversations.

    A line conversation has one private event with both. Outside the line there is no
    event, unless a side wants one: then it is alone in it, and nothing in the calendar
    links the two (R1.6, traps.md).
    """

    _inherit = "career.conversation"

    # For the server alone: who may read the conversation must not find the other's
    # events by it.
    employee_event_id = fields.Many2one(
        "calendar.event",
        groups=".",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        export_string_translation=False,
    )
    conductor_event_id = fields.Many2one(
        "calendar.event",
        groups=".",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        export_string_translation=False,
    )
    stand_in_event_id = fields.Many2one(
        "calendar.event",
        groups=".",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        export_string_translation=False,
    )
    employee_stand_in_event_id = fields.Many2one(
        "calendar.event",
        groups=".",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        export_string_translation=False,
    )
    overdue_told = fields.Date(
        readonly=True, copy=False, export_string_translation=False
    )
    has_my_placeholder = fields.Boolean(
        compute="_compute_has_my_placeholder", export_string_translation=False
    )
    is_stand_in_needed = fields.Boolean(
        "Stand-in needed", compute="_compute_stand_in", compute_sudo=True
    )
    stand_in_warning = fields.Text(compute="_compute_stand_in", compute_sudo=True)
    planning_hint = fields.Text(compute="_compute_planning_hint")

    # -------------------------------------------------------------------- computes
    @api.depends_context("uid")
    @api.depends("employee_user_id", "conductor_user_id")
    def _compute_has_my_placeholder(self):
        for conversation in self:
            side = conversation._career_side()
            # sudo: own model - whether the viewer's own event exists
            conversation.has_my_placeholder = bool(
                side and conversation.sudo()[f"{side}_event_id"]
            )

    @api.depends_context("lang", "uid")
    @api.depends(
        "employee_id",
        "conductor_id",
        "stand_in_id",
        "employee_stand_in_id",
        "date_start",
        "date_end",
        "state",
    )
    def _compute_stand_in(self):
        """Whether a shift has to be taken over, and what stands in the way (R2.3)."""
        for conversation in self:
            needed = not conversation._career_is_hidden() and bool(
                conversation._career_on_shift()
            )
            lines = []
            open_state = conversation.state in ("requested", "planned")
            # when a colleague is away is for who plans, not for who may read along
            if needed and open_state and conversation.is_conductor:
                if not (conversation.stand_in_id or conversation.employee_stand_in_id):
                    lines.append(
                        self.env._(
                            "One of you works in shifts: choose who takes over "
                            "meanwhile."
                        )
                    )
                for stand_in in conversation.stand_in_id | (
                    conversation.employee_stand_in_id
                ):
                    lines.append(conversation._career_stand_in_problem(stand_in))
            conversation.is_stand_in_needed = needed
            conversation.stand_in_warning = "\n".join(filter(None, lines)) or False

    def _career_stand_in_problem(self, stand_in):
        """What stands in the way of a stand-in; says no more than that."""
        self.ensure_one()
        if not stand_in.user_id:
            return self.env._(
                "%(name)s has no login and gets no invitation: say it yourself that a "
                "replacement is needed.",
                name=stand_in.name,
            )
        if not self.date_start or not self.date_end:
            return ""
        if not stand_in.active or stand_in._career_is_away(
            self.date_start, self.date_end
        ):
            return self.env._("%(name)s is absent at that time.", name=stand_in.name)
        own = (self.stand_in_event_id | self.employee_stand_in_event_id).ids
        if stand_in._career_busy(self.date_start, self.date_end, ignore=own):
            return self.env._(
                "%(name)s has something else at that time.", name=stand_in.name
            )
        attendee = (
            self.stand_in_event_id | self.employee_stand_in_event_id
        ).attendee_ids.filtered(lambda a: a.partner_id == stand_in.user_id.partner_id)
        if "declined" in attendee.mapped("state"):
            return self.env._(
                "%(name)s cannot: choose somebody else.", name=stand_in.name
            )
        return ""

    @api.depends_context("lang", "uid")
    @api.depends("employee_id", "hidden_from_n1", "state")
    def _compute_planning_hint(self):
        for conversation in self:
            hint = False
            if conversation.state in ("requested", "planned") and (
                conversation._career_is_hidden()
            ):
                hint = self.env._(
                    "Nothing about this conversation is put in a calendar, unless you "
                    'want to keep the time free: then your own calendar shows "Busy".'
                )
                # sudo: hr.employee - only whether one of them works in shifts
                if conversation.sudo()._career_on_shift():
                    hint += " " + self.env._("Moments outside the shift are proposed.")
            conversation.planning_hint = hint

    # ----------------------------------------------------------------------- people
    def _career_is_hidden(self):
        """Whether there is anybody who must not learn of it."""
        self.ensure_one()
        return (
            self.hidden_from_n1
            or self.hidden_from_n2
            or self.hidden_from_hr
            or self.conductor_role == "external"
        )

    def _career_on_shift(self):
        """Who of the two cannot leave without being replaced."""
        self.ensure_one()
        # sudo: hr.employee - the mark of shift work, of person or job
        both = (self.employee_id | self.conductor_id).sudo()
        return both.filtered(
            lambda e: e.career_shift_work or e.job_id.career_shift_work
        )

    def _career_check_plannable(self, start, hours):
        """Refuse a moment at which the conversation cannot take place.

        :raise UserError: the guide left; one of them is absent; no stand-in where the
            company asks for one
        """
        self.ensure_one()
        stop = start + timedelta(hours=hours)
        guide = self.conductor_id
        if (guide and not guide.active) or (
            self.conductor_user_id and not self.conductor_user_id.active
        ):
            raise UserError(
                self.env._(
                    "The guide of this conversation no longer works here. Hand it on "
                    "to somebody else, or cancel it and ask for a new one."
                )
            )
        for person in guide | self.employee_id:
            if person._career_is_away(start, stop):
                raise UserError(
                    self.env._(
                        "%(name)s is absent at that time. Choose another moment.",
                        name=person.name,
                    )
                )
        if (
            self.company_id.career_stand_in_required
            and self.is_stand_in_needed
            and not (self.stand_in_id or self.employee_stand_in_id)
        ):
            raise UserError(
                self.env._(
                    "Your company asks for a stand-in when somebody works in shifts: "
                    "choose one first."
                )
            )

    # ------------------------------------------------------------------- the calendar
    def _career_calendar(self):
        """Calendar events as the system writes them: no mail, author or follower."""
        return (
            self.env["calendar.event"]
            .with_user(SUPERUSER_ID)
            .with_context(
                career_event_synced=EVENT_SYNCED,
                skip_contact_description=True,
                dont_notify=True,
                no_mail_to_attendees=True,
                mail_create_nolog=True,
                mail_create_nosubscribe=True,
                mail_notrack=True,
                active_test=False,
            )
        )

    def _career_sync_calendar(self):
        """Bring every event of planned conversations in step with them."""
        for conversation in self.filtered(lambda c: c.state == "planned"):
            conversation._career_sync_event()
            conversation._career_sync_solo_events()
            conversation._career_sync_stand_ins()

    def _career_put_event(self, event, user, partners, name, own=False):
        """Write or make one event; the title says nothing about a career.

        :param event: the event that is there, or an empty record
        :param user: organiser, empty for who has no login
        :param name: function of an environment, for the receiver's language
        :param own: it is the organiser's own, and looks made by him
        """
        self.ensure_one()
        events = self._career_calendar().with_context(lang=user.lang or self.env.lang)
        if own:
            # sudo: calendar.event - the server writes it; colleagues can search by
            # author, and what the system wrote would be known as one of these
            events = events.with_user(user).sudo()
        vals = {
            "start": self.date_start,
            "stop": self.date_end,
            "partner_ids": [fields.Command.set(partners.ids)],
            "user_id": user.id,
        }
        event = events.browse(event.id).exists()
        if event:
            event.write({**vals, "active": True})
        else:
            event = events.create(
                {
                    **vals,
                    "name": name(events.env),
                    "privacy": "private",
                    "show_as": "busy",
                    "res_model_id": False,
                    "res_id": False,
                }
            )
        # who flushes what was computed is its last author
        event.flush_recordset()
        return event

    def _career_sync_event(self):
        """The event of line conversations: private, with a neutral title, with both."""
        for conversation in self.filtered(lambda c: not c._career_is_hidden()):
            users = conversation.employee_user_id | conversation.conductor_user_id
            organiser = conversation.conductor_user_id or conversation.employee_user_id
            if not organiser:
                continue
            event = conversation._career_put_event(
                conversation.event_id,
                organiser,
                users.partner_id,
                lambda env: env._("Conversation"),
            )
            if event != conversation.event_id:
                conversation.event_id = event.id

    def _career_sync_solo_events(self):
        """Move the placeholders that are there; none is made unasked."""
        self.ensure_one()
        for name in _SOLO_EVENTS:
            if self[name]:
                self._career_put_solo_event(name)

    def _career_put_solo_event(self, name):
        self.ensure_one()
        user = self[name.replace("event_id", "user_id")]
        event = self._career_put_event(
            self[name], user, user.partner_id, lambda env: env._("Busy"), own=True
        )
        if event != self[name]:
            self[name] = event.id

    def _career_sync_stand_ins(self):
        """Invite the stand-ins apart: a replacement is needed, and nothing else."""
        self.ensure_one()
        for person_field, event_field in _STAND_IN_EVENTS.items():
            user = self[person_field].user_id
            event = self[event_field]
            if event and event.user_id != user:
                event._career_unlink_synced()
                event = self.env["calendar.event"]
            if not user:
                continue
            moved = (event.start, event.stop) != (self.date_start, self.date_end)
            new = self._career_put_event(
                event, user, user.partner_id, lambda env: env._("Replacement needed")
            )
            if new != event:
                self[event_field] = new.id
            if moved:
                user._career_add_replacement_todo(
                    self._career_todo_key("stand_in"), self.date_start
                )

    def _career_remove_events(self):
        """Take every event of these conversations out of the calendars."""
        for conversation in self:
            events = conversation.event_id
            for name in [*_SOLO_EVENTS, *_STAND_IN_EVENTS.values()]:
                events |= conversation[name]
            events._career_unlink_synced()
            conversation._career_todo_done("stand_in")

    # ------------------------------------------------------------------ placeholders
    def action_add_placeholder(self):
        """Keep the time free in the caller's own calendar; it shows "Busy" only.

        :raise AccessError: the caller is neither the employee nor the guide
        :raise UserError: the conversation has an event already, or no date
        """
        self._career_check("placeholder")
        for conversation in self:
            if not conversation._career_is_hidden():
                raise UserError(
                    self.env._("This conversation stands in both calendars already.")
                )
            side = conversation._career_side()
            system = conversation._career_system()
            if not system[f"{side}_user_id"]:
                raise UserError(self.env._("Only who has a login has a calendar here."))
            system._career_put_solo_event(f"{side}_event_id")
        return True

    def action_remove_placeholder(self):
        """Take the caller's own placeholder away.

        :raise AccessError: the caller is neither the employee nor the guide
        """
        self._career_check("placeholder")
        for conversation in self:
            side = conversation._career_side()
            conversation._career_system()[f"{side}_event_id"]._career_unlink_synced()
        return True

    # ------------------------------------------------------- what happens in calendars
    def _career_event_moved(self, start, stop):
        """The event was moved in the calendar: follow it.

        :raise UserError: to a moment in the past
        """
        for conversation in self.filtered(lambda c: c.state == "planned"):
            if start != conversation.date_start:
                conversation._career_check_start(start)
            conversation.write(
                {
                    "date_start": start,
                    "duration": max((stop - start).total_seconds() / 3600, 0.25),
                }
            )

    def _career_event_gone(self):
        """The event was deleted by hand: the conversation asks for a new date."""
        for conversation in self.filtered(lambda c: c.state == "planned"):
            conversation.event_id = False
            conversation._career_remove_events()
            conversation.write({"state": "requested"})
            words = conversation.employee_id._career_reader_env()
            conversation._career_log(
                "plan", words._("Deleted in the calendar; a new date is needed")
            )
            conversation._career_todo_done("prepare", "moved")
            conversation._career_todo(conversation.conductor_user_id, "plan")
            conversation._career_todo(
                conversation.employee_user_id - self.env.user, "moved"
            )

    def _career_stand_in_gone(self, events):
        """A stand-in deleted his invitation: the guide looks for another."""
        for conversation in self.filtered(lambda c: c.state == "planned"):
            for person_field, event_field in _STAND_IN_EVENTS.items():
                if conversation[event_field] & events:
                    conversation.write({event_field: False, person_field: False})
            conversation._career_todo(conversation.conductor_user_id, "stand_in_gone")

    # ------------------------------------------------------------------ free moments
    def _career_slots(self, hours=None, limit=12):
        """Moments at which both are free.

        From working hours, time off and both calendars. Where a hidden conversation
        concerns somebody who works in shifts: outside the shift, since a replacement
        would tell about it.

        :param hours: duration, by default the record's own
        :param limit: how many moments
        :return: list of naive UTC datetimes, in order
        """
        self.ensure_one()
        # sudo: hr.employee, calendar.event - free moments of both, never what fills
        # the others
        system = self.sudo()
        people = system.employee_id | system.conductor_id
        zone = timezone(system.employee_id.tz or self.env.user.tz or "UTC")
        length = timedelta(hours=hours or self.duration or 1)
        begin = datetime.combine(
            fields.Datetime.now().date() + timedelta(days=1), time.min
        ).replace(tzinfo=utc)
        end = begin + timedelta(days=_SLOT_DAYS)
        outside = (
            system._career_on_shift() if system._career_is_hidden() else people[:0]
        )
        free = None
        for person in people - outside:
            work = person._career_working(begin, end)
            free = work if free is None else free & work
        day = self._career_day_intervals(begin, end, zone)
        if outside:
            free = day if free is None else free
            for person in outside:
                free -= person._career_working(begin, end)
            if not free:
                # the guide's hours lie within the shift: before and after the day
                free = day
                for person in people:
                    free -= person._career_working(begin, end)
        for person in people:
            free -= person._career_taken(begin, end, ignore=system._career_own_events())
        return self._career_pick_slots(free, length, zone, limit)

    def _career_own_events(self):
        self.ensure_one()
        return (self.event_id | self.employee_event_id | self.conductor_event_id).ids

    @api.model
    def _career_day_intervals(self, begin, end, zone):
        """Decent hours of each weekday."""
        none = self.env["resource.calendar"]
        first, last = _DAY
        days = [begin.date() + timedelta(days=n) for n in range((end - begin).days)]
        return Intervals(
            [
                (
                    zone.localize(datetime.combine(day, time(first))),
                    zone.localize(datetime.combine(day, time(last))),
                    none,
                )
                for day in days
                if day.weekday() < 5
            ]
        )

    @api.model
    def _career_pick_slots(self, free, length, zone, limit):
        """On the half hour, a few each day, spread over the day."""
        slots = []
        per_day = {}
        for start, stop, _payload in free:
            moment = start.astimezone(zone)
            late = timedelta(
                minutes=moment.minute % 30,
                seconds=moment.second,
                microseconds=moment.microsecond,
            )
            if late:
                moment += _SLOT_STEP - late
            while moment + length <= stop and len(slots) < limit:
                day = moment.date()
                if per_day.get(day, 0) >= _SLOTS_A_DAY:
                    break
                per_day[day] = per_day.get(day, 0) + 1
                slots.append(moment.astimezone(utc).replace(tzinfo=None))
                moment += max(length, timedelta(hours=2))
        return slots

    def button_propose_slots(self):
        """Open the moments at which both are free."""
        self.ensure_one()
        self._career_check("plan")
        wizard = self.env["career.slot.wizard"].create(
            {"conversation_id": self.id, "duration": self.duration}
        )
        return wizard._career_reopen()

    # ------------------------------------------------------------------ each night
    def _career_is_prepare_time(self):
        """Whether the preparation is offered by now (company setting)."""
        self.ensure_one()
        # sudo: res.company - a setting of the employee's company
        days = self.sudo().company_id.career_prepare_days
        return self.date_start and self.date_start <= (
            fields.Datetime.now() + timedelta(days=days)
        )

    def _career_offer_preparation(self):
        """Ask both sides to prepare; who is ready already is left alone."""
        for conversation in self:
            for preparation in conversation.preparation_ids:
                if not preparation.date_ready:
                    conversation._career_todo(
                        conversation[f"{preparation.role}_user_id"],
                        "prepare",
                        deadline=conversation.date_start.date(),
                    )
            conversation.prepare_offered = fields.Date.context_today(self)

    @api.model
    def _career_nightly_domain(self):
        now = fields.Datetime.now()
        # each company has its own lead time; there are few
        companies = self.env["res.company"].search(Domain.TRUE)
        offer = Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain(
                "date_start", "<=", now + timedelta(days=company.career_prepare_days)
            )
            for company in companies
        )
        planned = Domain("state", "=", "planned") & Domain("date_start", ">", now)
        to_offer = planned & Domain("prepare_offered", "=", False) & offer
        to_heal = (
            planned
            & Domain("event_id", "=", False)
            & Domain("hidden_from_n1", "=", False)
            & Domain("hidden_from_n2", "=", False)
            & Domain("hidden_from_hr", "=", False)
            & Domain("conductor_role", "!=", "external")
            & (
                Domain("conductor_user_id", "!=", False)
                | Domain("employee_user_id", "!=", False)
            )
        )
        to_free = (
            Domain("state", "in", ("requested", "planned"))
            & Domain("conductor_role", "in", ("hr", "coach"))
            & Domain("conductor_user_id.active", "=", False)
            & Domain("conductor_user_id", "!=", False)
        )
        late = (
            Domain("is_overdue", "=", True)
            & Domain("overdue_told", "=", False)
            & (
                Domain("conductor_user_id.active", "=", True)
                | Domain("employee_user_id.active", "=", True)
            )
        )
        return to_offer | to_heal | to_free | late

    @api.model
    def _cron_nightly(self, batch=100):
        """Offer preparations, remind of what is late, heal what broke; resumable.

        :param batch: records between two commits
        """
        cron = self.env["ir.cron"]
        conversations = self.search(self._career_nightly_domain(), order="id")
        remaining = len(conversations)
        for start in range(0, remaining, batch):
            part = conversations[start : start + batch]
            part.try_lock_for_update()._career_nightly()
            remaining -= len(part)
            if not cron._commit_progress(len(part), remaining=remaining):
                break

    def _career_nightly(self):
        now = fields.Datetime.now()
        for conversation in self:
            user = conversation.conductor_user_id
            if (
                user
                and not user.active
                and conversation.conductor_role in ("hr", "coach")
            ):
                conversation._career_free_request()
            elif conversation.is_overdue:
                conversation._career_tell_overdue()
            elif conversation.state == "planned" and conversation.date_start > now:
                if not conversation.event_id:
                    conversation._career_sync_event()
                if not conversation.prepare_offered and (
                    conversation._career_is_prepare_time()
                ):
                    conversation._career_offer_preparation()

    def _career_tell_overdue(self):
        """Once for each delay, to who has to act."""
        self.ensure_one()
        if self.is_open_request:
            users = self._career_role_users()
        else:
            users = self.conductor_user_id or self.employee_user_id
        self._career_todo(users, "overdue")
        self.overdue_told = fields.Date.context_today(self)

    def _career_free_request(self):
        """The guide left: the request goes back to the role; nothing is lost."""
        self.ensure_one()
        self._career_remove_events()
        self._career_forget_conductor()
        self._career_keep_request()
        self.write({"state": "requested"})
        words = self.employee_id._career_reader_env()
        self._career_log("plan", words._("The guide left; the request is open again"))
        self._career_todo(self._career_role_users(), "assign")
        self._career_todo(self.employee_user_id, "moved")
