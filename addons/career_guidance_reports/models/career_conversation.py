from odoo import SUPERUSER_ID, fields, models


class CareerConversation(models.Model):
    _inherit = "career.conversation"

    # K8: noted when it is held, since what the guide did not share is deleted later.
    # For the figures only: nobody reads it of one conversation.
    career_was_prepared = fields.Boolean(
        "Both sides were ready before the start",
        groups=".",
        readonly=True,
        copy=False,
        export_string_translation=False,
    )

    def write(self, vals):
        result = super().write(vals)
        if vals.get("state") == "held":
            self._career_note_preparation()
        return result

    def _career_note_preparation(self):
        """Note whether both sides were ready before the start, shared or not (K8)."""
        system = self.with_user(SUPERUSER_ID)
        rows = system.env["career.preparation"]._read_group(
            [("conversation_id", "in", self.ids), ("date_ready", "!=", False)],
            ["conversation_id", "role"],
            ["date_ready:min"],
        )
        ready = {}
        for conversation, role, date_ready in rows:
            if conversation.date_start and date_ready < conversation.date_start:
                ready.setdefault(conversation, set()).add(role)
        for conversation in system:
            conversation.career_was_prepared = len(ready.get(conversation, ())) == 2
