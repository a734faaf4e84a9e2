from odoo import models

from .calendar_event import EVENT_SYNCED


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
        system = self._career_system()
        own = system.event_id
        system.write({"event_id": event.id})
        own.with_context(career_event_synced=EVENT_SYNCED).unlink()
        if system.state == "requested" or system.date_start != event.start:
            system.write(
                {
                    "state": "planned",
                    "date_start": event.start,
                    "date_planned_original": system.date_planned_original
                    or event.start,
                    "duration": max((event.stop - event.start).seconds / 3600, 0.25),
                }
            )
            self._career_log("plan", str(event.start))
            self._career_todo_done("plan")

    def _career_sync_event(self):
        """Of an appraisal's meeting only the time follows; its guests are its own."""
        adopted = self.filtered(lambda c: c._career_appraisal_event())
        for conversation in adopted:
            conversation.event_id.with_context(career_event_synced=EVENT_SYNCED).write(
                {"start": conversation.date_start, "stop": conversation.date_end}
            )
        return super(CareerConversation, self - adopted)._career_sync_event()

    def action_cancel(self, reason=None):
        """A cancelled conversation leaves the appraisal's meeting where it is."""
        adopted = self.filtered(lambda c: c._career_appraisal_event())
        adopted._career_check("cancel")
        adopted._career_system().write({"event_id": False})
        return super().action_cancel(reason)
