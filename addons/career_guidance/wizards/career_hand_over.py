from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError

# What is shown and handed over here; the line passes with the line.
_OPEN = {
    "career.conversation": ("requested", "planned"),
    "career.plan": ("draft", "proposed", "agreed"),
}


class CareerHandOver(models.TransientModel):
    """Hand the open work of who leaves to a successor.

    HR hands over what HR can read; who leaves hands over what he holds himself. What
    neither can see is not touched, not counted and not mentioned: it goes back to the
    employee when the leaver is archived, or at once when the leaver says so here.
    """

    _name = "career.hand.over"
    _description = "Hand over the work of a guide"

    is_mine = fields.Boolean(
        default=lambda self: (
            not self.env.user.has_group("career_guidance.group_career_officer")
        ),
        export_string_translation=False,
    )
    guide_id = fields.Many2one(
        "hr.employee",
        string="Who leaves",
        required=True,
        ondelete="cascade",
        default=lambda self: (
            self.env.user._career_employee()
            if not self.env.user.has_group("career_guidance.group_career_officer")
            else False
        ),
    )
    successor_id = fields.Many2one("hr.employee", ondelete="cascade")
    conversation_ids = fields.Many2many(
        "career.conversation", compute="_compute_documents"
    )
    plan_ids = fields.Many2many("career.plan", compute="_compute_documents")
    report_count = fields.Integer(
        "Direct reports", compute="_compute_guide", compute_sudo=True
    )
    is_self = fields.Boolean(
        compute="_compute_guide", compute_sudo=True, export_string_translation=False
    )

    @api.depends_context("uid")
    @api.depends("guide_id")
    def _compute_documents(self):
        for wizard in self:
            documents = wizard._career_documents()
            wizard.conversation_ids = documents["career.conversation"]
            wizard.plan_ids = documents["career.plan"]

    @api.depends_context("uid")
    @api.depends("guide_id")
    def _compute_guide(self):
        for wizard in self:
            guide = wizard.guide_id
            # who reports to whom: the organisation chart, which everybody can see
            wizard.report_count = len(guide.child_ids)
            wizard.is_self = bool(guide.user_id) and guide.user_id == self.env.user

    def _career_documents(self):
        """Open work of the guide that the caller can read, by the caller's rules."""
        self.ensure_one()
        # sudo: hr.employee - the user behind the guide, to compare with
        user = self.guide_id.sudo().user_id
        return {
            model: self.env[model].search(
                [
                    ("conductor_user_id", "in", user.ids),
                    ("conductor_role", "!=", "n1"),
                    ("state", "in", states),
                ]
            )
            for model, states in _OPEN.items()
        }

    def _career_check_caller(self):
        self.ensure_one()
        # sudo: hr.employee - user and company decide on the right
        guide = self.guide_id.sudo()
        if guide.user_id == self.env.user:
            return
        if not self.env.user._career_is_officer_of(guide.company_id):
            raise AccessError(
                self.env._("HR hands over the work of somebody else, not you.")
            )

    def action_hand_over(self):
        """Pass what the caller can see to the successor, one by one checked.

        A successor who does not hold the role of a channel gets nothing of it.

        :raise AccessError: the caller is neither HR nor who leaves
        :raise UserError: no successor, or one without a user
        """
        self.ensure_one()
        self._career_check_caller()
        # sudo: hr.employee - the users of the two, to pass the documents with
        successor = self.successor_id.sudo()
        user = successor.user_id
        if not user or successor == self.guide_id:
            raise UserError(
                self.env._("Choose a successor, who works with an own login.")
            )
        documents = self._career_documents()
        conversations = documents["career.conversation"]
        plans = documents["career.plan"]
        for conversation in conversations:
            self._career_check_successor(conversation, user)
        for plan in plans:
            self._career_check_successor(plan, user)
        for conversation in conversations:
            conversation._career_change_conductor(user, successor)
            conversation._career_log("assign", user.name)
            conversation._career_system()._career_todo(
                conversation.employee_user_id, "guide_left"
            )
        plans._career_pass_on(user, successor)
        return {"type": "ir.actions.act_window_close"}

    def _career_check_successor(self, document, user):
        """The role of the channel, and nobody from whom the document is hidden.

        :raise ValidationError: the successor does not hold the role
        :raise UserError: it is hidden from the successor
        """
        # sudo: own model - the line of the employee, compared with the successor
        record = document.sudo()
        record.employee_id._career_check_conductor(record.conductor_role, user)
        hidden = self.env["res.users"]
        if record.hidden_from_n1 and not record.share_n1:
            hidden |= record.n1_user_id
        if record.hidden_from_n2 and not record.share_n2:
            hidden |= record.n2_user_id
        if user in hidden:
            raise UserError(
                self.env._(
                    "One of these documents cannot pass to this person. Choose "
                    "another successor."
                )
            )

    def action_give_back(self):
        """Give everything that is confidential back to whom it is about.

        For who leaves, alone: requests go back to where they were made, guidance
        ends, and the employees are told and choose somebody else.

        :raise AccessError: for somebody else's work
        """
        self.ensure_one()
        # sudo: hr.employee - only whether the caller is that person
        guide = self.guide_id.sudo()
        if guide.user_id != self.env.user:
            raise AccessError(self.env._("Only who leaves can do this."))
        guide.with_user(SUPERUSER_ID)._career_stop_guiding()
        return {"type": "ir.actions.act_window_close"}
