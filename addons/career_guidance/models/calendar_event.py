from odoo import models


class CalendarEvent(models.Model):
    _inherit = "calendar.event"

    def _career_conversations(self):
        """Conversations of these events, for the server alone."""
        # sudo: career.conversation - who may move the event decides on its date; the
        # conversation follows, and nothing of it is returned
        conversations = self.env["career.conversation"].sudo()
        return conversations.search([("event_id", "in", self.ids)])

    def write(self, vals):
        result = super().write(vals)
        if not self.env.context.get("career_event_synced") and (
            {"start", "stop", "duration", "active"} & set(vals)
        ):
            for conversation in self._career_conversations():
                event = conversation.event_id
                if not event.active:
                    conversation._career_event_gone()
                elif (event.start, event.stop) != (
                    conversation.date_start,
                    conversation.date_end,
                ):
                    conversation._career_event_moved(event.start, event.stop)
        return result

    def unlink(self):
        if not self.env.context.get("career_event_synced"):
            self._career_conversations()._career_event_gone()
        return super().unlink()
