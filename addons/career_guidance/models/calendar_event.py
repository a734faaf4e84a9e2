from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

# Only the server can put this very object in a context: a client cannot move an event
# while its conversation stays behind.
EVENT_SYNCED = object()
_MEETING_FIELDS = {
    "start",
    "stop",
    "duration",
    "active",
    "allday",
    "privacy",
    "partner_ids",
    "user_id",
    "recurrency",
}


# Who takes part is how every calendar is looked up; the present attendee is who looks.
_ATTENDANCE = {"partner_ids", "attendee_ids", "current_attendee", "current_status"}


class CalendarEvent(models.Model):
    _inherit = "calendar.event"

    @api.model
    def _search(self, domain, *args, **kwargs):
        """What Odoo masks of a private event of others is not found by it, either.

        Title and author are read as "Busy" and nobody. By a search for them, a
        colleague could tell the placeholder of a career conversation from other private
        events.
        """
        if not self.env.su and not kwargs.get("bypass_access"):
            domain = Domain(domain).map_conditions(self._career_seen_condition)
        return super()._search(domain, *args, **kwargs)

    @api.model
    def _career_seen_condition(self, condition):
        name = condition.field_expr.partition(".")[0]
        if name in _ATTENDANCE or name in self._get_public_fields():
            return condition
        mine = Domain("partner_ids", "in", self.env.user.partner_id.ids)
        return condition & (mine | Domain(self._get_default_privacy_domain()))

    def _career_conversations(self, name="event_id"):
        """Conversations of these events, for the server alone."""
        # sudo: career.conversation - who may move the event decides on its date; the
        # conversation follows, and nothing of it is returned
        conversations = self.env["career.conversation"].sudo()
        return conversations.search([(name, "in", self.ids)])

    def _career_checkpoints(self):
        """Follow-ups of these events that are still to come, for the server alone."""
        # sudo: career.plan.checkpoint - compared with the event, nothing is returned
        checkpoints = self.env["career.plan.checkpoint"].sudo()
        return checkpoints.search(
            [("event_id", "in", self.ids), ("state", "=", "planned")]
        )

    def _career_unlink_synced(self):
        """Delete events of conversations, without asking them what follows."""
        self.env["career.conversation"]._career_calendar().browse(
            self.ids
        ).exists().unlink()

    def _career_gone(self):
        """Deleted or archived by hand: conversations ask for what is missing."""
        self._career_conversations()._career_event_gone()
        for name in ("stand_in_event_id", "employee_stand_in_event_id"):
            self._career_conversations(name)._career_stand_in_gone(self)

    def _career_synced(self):
        return self.env.context.get("career_event_synced") is EVENT_SYNCED

    def _career_check_mover(self):
        """Only the two who meet decide on their meeting, whoever else was invited.

        :raise AccessError: the caller is not one of the two
        """
        if self.env.su:
            return
        for document in (*self._career_conversations(), *self._career_checkpoints()):
            if self.env.user not in (
                document.employee_user_id | document.conductor_user_id
            ):
                raise AccessError(
                    self.env._("Only the two people who meet can change this meeting.")
                )

    def _career_check_agreed_days(self):
        """The day of a follow-up stands in a plan that both signed; its hour is theirs.

        :raise UserError: the event was moved to another day
        """
        for checkpoint in self._career_checkpoints():
            event = checkpoint.event_id
            start = fields.Datetime.context_timestamp(self, event.start)
            if (event.start_date or start.date()) != checkpoint.date:
                raise UserError(
                    self.env._(
                        "Both agreed on this day. To meet on another day, leave this "
                        "one as it is, and note in the plan when you have met."
                    )
                )

    def write(self, vals):
        if self._career_synced():
            return super().write(vals)
        if _MEETING_FIELDS & set(vals):
            self._career_check_mover()
        result = super().write(vals)
        if {"start", "stop", "duration", "active"} & set(vals):
            archived = self.filtered(lambda event: not event.active)
            if archived:
                archived._career_gone()
            for conversation in (self - archived)._career_conversations():
                event = conversation.event_id
                if (event.start, event.stop) != (
                    conversation.date_start,
                    conversation.date_end,
                ):
                    conversation._career_event_moved(event.start, event.stop)
        if {"start", "stop", "start_date", "stop_date", "duration", "allday"} & set(
            vals
        ):
            self._career_check_agreed_days()
        return result

    def unlink(self):
        if not self._career_synced():
            self.check_access("unlink")
            self._career_check_mover()
            self._career_gone()
        return super().unlink()
