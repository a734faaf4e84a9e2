from odoo import fields, models


class CareerReferral(models.Model):
    """A guide proposes another channel to the employee (R3.12).

    Only the employee reads whether it was accepted: a line manager who proposes a
    coach does not learn what came of it.
    """

    _name = "career.referral"
    _inherit = "career.conversation.child.mixin"
    _description = "Proposal of another career channel"
    _order = "id desc"
    _career_path = "career-referrals"

    _audience_rules = {"employee": ("r", None)}
    _career_transitions = {
        "accept": ({"proposed"}, {"employee"}),
        "decline": ({"proposed"}, {"employee"}),
    }

    channel_id = fields.Many2one("career.channel", required=True, readonly=True)
    proposed_by = fields.Char(readonly=True)
    state = fields.Selection(
        [("proposed", "Proposed"), ("accepted", "Accepted"), ("declined", "Declined")],
        default="proposed",
        required=True,
        readonly=True,
    )
    new_conversation_id = fields.Many2one(
        "career.conversation", readonly=True, ondelete="set null", index=True
    )

    def _career_label(self):
        return self.env._("Proposal of another channel")

    def _career_readers(self):
        return [
            (self.employee_user_id, "employee", self.env._("It is about this person"))
        ]

    def action_accept(self):
        """Ask for a conversation through the proposed channel.

        :return: the new ``career.conversation``, requested by the employee
        :raise AccessError: the caller is not the employee
        """
        self.ensure_one()
        if self.state == "accepted":
            return self.new_conversation_id
        self._career_check("accept")
        conversation = self.env["career.conversation"].create(
            {"employee_id": self.employee_id.id, "channel_id": self.channel_id.id}
        )
        self._career_apply(
            {"state": "accepted", "new_conversation_id": conversation.id}, "agree"
        )
        self._career_todo_done("referral")
        return conversation

    def action_decline(self):
        """Leave it. Nobody is told.

        :raise AccessError: the caller is not the employee
        """
        todo = self.filtered(lambda r: r.state != "declined")
        todo._career_check("decline")
        todo._career_apply({"state": "declined"}, "refuse")
        todo._career_todo_done("referral")
        return True
