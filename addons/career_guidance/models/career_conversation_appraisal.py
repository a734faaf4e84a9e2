from odoo import models


class CareerConversation(models.Model):
    """The meeting of an appraisal as the event of the conversation (R3.2)."""

    _inherit = "career.conversation"

    def _career_appraisal_event(self):
        """The event, where it is the appraisal's own meeting; else none.

        The field ``appraisal_id`` comes from the bridge to the appraisal module.
        """
        self.ensure_one()
        # sudo: own model - the link to the appraisal is the server's
        conversation = self.sudo()
        event = conversation.event_id
        if not event or "appraisal_id" not in self._fields:
            return event.browse()
        appraisal = conversation.appraisal_id
        return event & appraisal._career_meetings() if appraisal else event.browse()

    def _career_adopt_event(self, event):
        """Take another event as the conversation's own, and drop the one it had.

        :param event: record of ``calendar.event``, in the future
        """
        self.ensure_one()
        conversation = self._career_system()
        own = conversation.event_id
        conversation.write({"event_id": event.id})
        own._career_unlink_synced()
        vals = {
            "date_start": event.start,
            "duration": max((event.stop - event.start).total_seconds() / 3600, 0.25),
        }
        if conversation.state == "planned":
            conversation.write(vals)
            return
        first = conversation.date_planned_original or event.start
        conversation._career_apply(
            {**vals, "state": "planned", "date_planned_original": first}
        )
        conversation._career_sync_calendar()
        conversation._career_moved()

    def _career_sync_event(self):
        """Of an appraisal's meeting only the time follows; its guests are its own."""
        self.ensure_one()
        event = self._career_appraisal_event()
        if not event:
            return super()._career_sync_event()
        return (
            self._career_calendar()
            .browse(event.id)
            .write({"start": self.date_start, "stop": self.date_end})
        )

    def _career_remove_events(self):
        """A conversation that goes leaves the appraisal's meeting where it is."""
        for conversation in self:
            if conversation._career_appraisal_event():
                conversation._career_system().write({"event_id": False})
        return super()._career_remove_events()
