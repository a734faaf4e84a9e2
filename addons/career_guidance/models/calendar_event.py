from odoo import models


class CalendarEvent(models.Model):
    _inherit = "calendar.event"

    def _career_conversations(self, name="event_id"):
        """Conversations of these events, for the server alone."""
        # sudo: career.conversation - who may move the event decides on its date; the
        # conversation follows, and nothing of it is returned
        conversations = self.env["career.conversation"].sudo()
        return conversations.search([(name, "in", self.ids)])

    def _career_unlink_synced(self):
        """Delete events of conversations, without asking them what follows."""
        self.env["career.conversation"]._career_calendar().browse(
            self.ids
        ).exists().unlink()

    def _career_gone(self):
        """Events were deleted or archived by hand: conversations ask for what is missing."""
        self._career_conversations()._career_event_gone()
        for name in ("stand_in_event_id", "employee_stand_in_event_id"):
            self._career_conversations(name)._career_stand_in_gone(self)

    def write(self, vals):
        result = super().write(vals)
        if not self.env.context.get("career_event_synced") and (
            {"start", "stop", "duration", "active"} & set(vals)
        ):
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
        return result

    def unlink(self):
        if not self.env.context.get("career_event_synced"):
            self._career_gone()
        return super().unlink()
