from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import is_html_empty


class CareerPreparation(models.Model):
    """The preparation of one side; private to its author until shared (R2.8)."""

    _name = "career.preparation"
    _inherit = "career.conversation.child.mixin"
    _description = "Preparation of a career conversation"
    _order = "conversation_id, role"
    _career_path = "career-preparations"

    _audience_rules = {
        "employee": (
            "rw",
            "[('role', '=', 'employee'), ('employee_user_id', '=', user.id)]",
        ),
        "employee_other": (
            "r",
            "[('state', '=', 'shared'), ('employee_user_id', '=', user.id)]",
        ),
        "conductor": (
            "rw",
            "[('role', '=', 'conductor'), ('conductor_user_id', '=', user.id)]",
        ),
        "conductor_other": (
            "r",
            "[('state', '=', 'shared'), ('conductor_user_id', '=', user.id)]",
        ),
    }
    _career_writable = {"author": {"*": {"note", "question_set_id", "answer_ids"}}}
    _career_transitions = {
        "ready": ({"private", "shared"}, {"author"}),
        "share": ({"private"}, {"author"}),
        "unshare": ({"shared"}, {"author"}),
        "confirm_recording": ({"shared"}, {"employee"}),
    }

    conversation_date = fields.Datetime(
        "Conversation on", compute="_compute_conversation_date", compute_sudo=True
    )
    role = fields.Selection(
        [("employee", "Employee"), ("conductor", "Guide")],
        string="Side",
        required=True,
        readonly=True,
    )
    state = fields.Selection(
        [("private", "Private"), ("shared", "Shared")],
        default="private",
        required=True,
        readonly=True,
        copy=False,
    )
    question_set_id = fields.Many2one(
        "career.question.set",
        string="Questions",
        ondelete="set null",
        domain="[('role', '=', role), ('company_id', 'in', [False, company_id])]",
    )
    answer_ids = fields.One2many(
        "career.preparation.answer", "preparation_id", string="Answers"
    )
    note = fields.Html("My notes")
    date_ready = fields.Datetime("Ready on", readonly=True, copy=False)
    recorded_by = fields.Char(
        "Recorded by",
        readonly=True,
        copy=False,
        help="An employee without a user gave the answers; the guide wrote them down.",
    )
    date_recording_confirmed = fields.Datetime(
        "Recording confirmed on", readonly=True, copy=False
    )
    is_author = fields.Boolean(compute="_compute_can", export_string_translation=False)
    can_share = fields.Boolean(compute="_compute_can", export_string_translation=False)
    can_unshare = fields.Boolean(
        compute="_compute_can", export_string_translation=False
    )

    _side_uniq = models.UniqueIndex(
        "(conversation_id, role)", "Each side prepares a conversation once."
    )

    def unlink(self):
        """Its answers by the ORM as well, so that nothing stays that hangs on them."""
        self.check_access("unlink")
        # sudo: career.preparation.answer - parts of what may be deleted
        self.sudo().answer_ids.unlink()
        return super().unlink()

    @api.model
    def _career_label(self):
        return self.env._("Preparation")

    @api.depends_context("uid")
    @api.depends("conversation_id.date_start", "employee_user_id", "conductor_user_id")
    def _compute_conversation_date(self):
        """For both sides alone, who otherwise cannot tell their preparations apart."""
        for preparation in self:
            sides = {"employee", "conductor"} & preparation._career_roles()
            preparation.conversation_date = (
                sides and preparation.conversation_id.date_start
            )

    @api.depends_context("uid", "career_acting_employee")
    @api.depends("state", "conversation_state", "conductor_user_id")
    def _compute_can(self):
        for preparation in self:
            author = "author" in preparation._career_roles()
            preparation.is_author = author
            preparation.can_share = author and preparation.state == "private"
            preparation.can_unshare = (
                author
                and preparation.state == "shared"
                and preparation.conversation_state in ("requested", "planned")
            )

    def _career_roles(self):
        """``author`` is the side that the preparation belongs to."""
        roles = super()._career_roles()
        # sudo: own model - only the side is looked at
        return roles | ({"author"} if self.sudo().role in roles else set())

    def _career_writable_fields(self):
        """A guide writes no notes about a conversation that is over."""
        # sudo: own model - only the state of the conversation is looked at
        state = self.sudo().conversation_id.state
        if state in ("closed", "cancelled") and not self.is_mine:
            return set()
        return super()._career_writable_fields()

    def _career_readers(self):
        author = (
            self.employee_user_id if self.role == "employee" else self.conductor_user_id
        )
        readers = [(author, self.role, self.env._("Author"))]
        if self.state == "shared":
            other = (self.employee_user_id | self.conductor_user_id) - author
            role = "conductor" if self.role == "employee" else "employee"
            readers += [(user, role, self.env._("It was shared")) for user in other]
        return [reader for reader in readers if reader[0]]

    # ------------------------------------------------------------------- actions
    def action_load_questions(self):
        """Put the questions of the chosen set in the preparation; answers stay.

        :raise AccessError: the caller is not the author
        """
        self._career_check("ready")
        for preparation in self:
            if not preparation.question_set_id:
                preparation._career_system().question_set_id = self.env[
                    "career.question.set"
                ]._career_default(preparation.role, preparation.company_id)
            known = preparation.answer_ids.question_id
            system = preparation._career_system()
            system.env["career.preparation.answer"].create(
                [
                    {"preparation_id": preparation.id, "question_id": question.id}
                    for question in preparation.question_set_id.question_ids - known
                ]
            )
        return True

    def action_ready(self):
        """Ready; the other side sees that, and nothing of the content.

        :raise AccessError: the caller is not the author
        """
        todo = self.filtered(lambda p: not p.date_ready)
        todo._career_check("ready")
        todo._career_apply({"date_ready": fields.Datetime.now()}, "prepare")
        for preparation in todo:
            preparation.conversation_id._career_todo_done(
                "prepare", users=self.env.user
            )
        return True

    def action_share(self):
        """Let the other side read it; that also says that it is ready.

        :raise AccessError: the caller is not the author
        """
        todo = self.filtered(lambda p: p.state != "shared")
        todo._career_check("share")
        for preparation in todo:
            preparation._career_apply(
                {
                    "state": "shared",
                    "date_ready": preparation.date_ready or fields.Datetime.now(),
                },
                "share",
                preparation._career_other_side(),
            )
            preparation.conversation_id._career_todo_done(
                "prepare", users=self.env.user
            )
        return True

    def action_unshare(self):
        """Take it back, as long as the conversation was not held.

        :raise AccessError: the caller is not the author
        :raise UserError: the conversation was held
        """
        todo = self.filtered(lambda p: p.state != "private")
        todo._career_check("unshare")
        for preparation in todo:
            if preparation.conversation_state not in ("requested", "planned"):
                raise UserError(
                    self.env._(
                        "The conversation was held: what was shared stays shared."
                    )
                )
        todo._career_take_back()
        return True

    def _career_take_back(self):
        for preparation in self:
            preparation._career_apply(
                {"state": "private"}, "unshare", preparation._career_other_side()
            )

    def _career_other_side(self):
        """With whom the author shares it, as the history says."""
        # sudo: own model - a name that both sides of the conversation know
        preparation = self.sudo()
        if preparation.role == "conductor":
            return preparation.employee_id.name
        return preparation.conductor_user_id.name

    # ---------------------------------------------------------------------- on paper
    def _career_paper_lines(self):
        """Questions and answers for two pages of paper, with the caller's rights.

        :return: list of (question, answer): every answer, and what was not answered up
            to twelve questions
        """
        self.ensure_one()
        answers = self.answer_ids
        if not answers:
            return self.question_set_id._career_paper_lines(self.role, self.company_id)
        answered = answers.filtered("answer")
        room = max(12 - len(answered), 0)
        chosen = answered | (answers - answered)[:room]
        return [
            (line.question, line.answer or "")
            for line in answers.filtered(lambda answer: answer in chosen)
        ]

    # ---------------------------------------------------- employees without a user
    def _career_record(self, answers, note=None):
        """Write down what an employee without a user answered; it is shared by that.

        The guide cannot read or write the employee's side (access.md): the employee,
        who has no login, hands the answers over and agrees that they are recorded. The
        record says by whom, and the employee can confirm it on the personal page.

        :param answers: list of (question, text)
        :param note: text that belongs to no question
        :raise UserError: the employee prepared already, or gave nothing
        """
        self.ensure_one()
        if self.date_ready and not self.recorded_by:
            raise UserError(
                self.env._("The employee prepared already: nothing was overwritten.")
            )
        given = [(question, text) for question, text in answers if (text or "").strip()]
        if not given and is_html_empty(note):
            raise UserError(self.env._("Write at least one answer."))
        self.answer_ids.unlink()
        self.env["career.preparation.answer"].create(
            [
                {"preparation_id": self.id, "question_id": question.id, "answer": text}
                for question, text in given
            ]
        )
        guide = self.env.user.name
        self._career_apply(
            {
                "note": note or False,
                "state": "shared",
                "date_ready": fields.Datetime.now(),
                "recorded_by": guide,
                "date_recording_confirmed": False,
            },
            "prepare",
            self.env._("Recorded by %(guide)s", guide=guide),
        )

    def action_confirm_recording(self):
        """The employee confirms what the guide wrote down.

        :raise AccessError: the caller is not the employee
        """
        self._career_check("confirm_recording")
        for preparation in self:
            if not preparation.recorded_by:
                raise UserError(self.env._("You wrote this preparation yourself."))
            preparation._career_apply(
                {"date_recording_confirmed": fields.Datetime.now()}, "confirm"
            )
        return True
