from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_datetime


class CareerSlotWizardLine(models.TransientModel):
    """One free moment."""

    _name = "career.slot.wizard.line"
    _description = "Moment for a career conversation"
    _order = "date_start"

    wizard_id = fields.Many2one(
        "career.slot.wizard", required=True, index=True, ondelete="cascade"
    )
    date_start = fields.Datetime("From", required=True)
    date_end = fields.Datetime("Until", compute="_compute_date_end")
    moment = fields.Char("When", compute="_compute_moment")

    @api.depends("date_start", "wizard_id.duration")
    def _compute_date_end(self):
        for line in self:
            line.date_end = line.date_start + timedelta(hours=line.wizard_id.duration)

    @api.depends_context("lang", "tz")
    @api.depends("date_start", "date_end")
    def _compute_moment(self):
        """The day of the week too: one reads at once whether it suits."""
        for line in self:

            def show(moment, pattern, env=line.env):
                return format_datetime(env, moment, dt_format=pattern) or ""

            day = show(line.date_start, "EEEE d MMMM")
            hours = [show(m, "HH:mm") for m in (line.date_start, line.date_end)]
            line.moment = f"{day}, {' – '.join(hours)}"

    def action_choose(self):
        """Plan the conversation at this moment, with all its checks."""
        self.ensure_one()
        wizard = self.wizard_id
        wizard.conversation_id.action_plan(self.date_start, wizard.duration)
        return {"type": "ir.actions.act_window_close"}
