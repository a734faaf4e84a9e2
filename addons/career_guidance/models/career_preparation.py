from odoo import api, fields, models
from odoo.exceptions import UserError


class CareerPreparation(models.Model):
    """The preparation of one side; private to its author until shared (R2.8)."""

    _name = "career.preparation"
    _inherit = "career.conversation.child.mixin"
    _description = "Preparation of a career conversation"
    _order = "conversation_id desc, role"
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
    }

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
    is_author = fields.Boolean(compute="_compute_can")
    can_share = fields.Boolean(compute="_compute_can")
    can_unshare = fields.Boolean(compute="_compute_can")

    _side_uniq = models.UniqueIndex(
        "(conversation_id, role)", "Each side prepares a conversation once."
    )

    @api.model
    def _career_label(self):
        return self.env._("Preparation")

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
        todo._career_apply({"date_ready": fields.Datetime.now()})
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
                }
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
        todo._career_apply({"state": "private"})
        return True
