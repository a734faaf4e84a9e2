from odoo import api, models


class CalendarEvent(models.Model):
    """A meeting made on an appraisal is the meeting of its career conversation."""

    _inherit = "calendar.event"

    @api.model_create_multi
    def create(self, vals_list):
        events = super().create(vals_list)
        models_ = self.pool.descendants(["career.appraisal.mixin"], "_inherit")
        for name, meetings in events.grouped("res_model").items():
            if name in models_ and not self.env[name]._abstract:
                # sudo: appraisals - whose meeting was made; nothing is returned
                appraisals = self.env[name].sudo().browse(meetings.mapped("res_id"))
                appraisals.exists()._career_follow_meeting()
        return events

    def _career_check_mover(self):
        """An appraisal's meeting moves as the appraisal module allows."""
        meetings = self.browse()
        for conversation in self._career_conversations():
            meetings |= self & conversation._career_appraisal_event().with_env(self.env)
        return super(CalendarEvent, self - meetings)._career_check_mover()
