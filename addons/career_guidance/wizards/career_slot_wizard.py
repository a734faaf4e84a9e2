from odoo import api, fields, models


class CareerSlotWizard(models.TransientModel):
    """Moments at which both sides are free; a click plans the conversation."""

    _name = "career.slot.wizard"
    _description = "Choose a moment for a career conversation"

    conversation_id = fields.Many2one(
        "career.conversation", required=True, readonly=True, ondelete="cascade"
    )
    duration = fields.Float("Duration (hours)", required=True)
    hint = fields.Text(related="conversation_id.planning_hint", related_sudo=False)
    line_ids = fields.One2many("career.slot.wizard.line", "wizard_id", readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        wizards = super().create(vals_list)
        wizards._career_fill()
        return wizards

    def _career_fill(self):
        """Look again for free moments, with the checks of the planning."""
        for wizard in self:
            conversation = wizard.conversation_id
            conversation._career_check("plan")
            slots = conversation._career_slots(wizard.duration)
            wizard.line_ids = [
                fields.Command.clear(),
                *(fields.Command.create({"date_start": slot}) for slot in slots),
            ]

    def action_refresh(self):
        """Propose moments for another duration."""
        self._career_fill()
        return self._career_reopen()

    def _career_reopen(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Choose a moment"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }
