from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError


class CareerHelpQuestion(models.Model):
    """A question of somebody who guides others, to HR; about nobody (R3.13).

    There is no field for a person, and the form says that no name is needed: HR helps
    with how to guide, without a file on anybody.
    """

    _name = "career.help.question"
    _description = "Question to HR about guiding"
    _order = "state desc, id desc"

    asker_id = fields.Many2one(
        "res.users",
        string="Asked by",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.user,
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
    )
    question = fields.Text(
        required=True,
        help="Describe the situation. Do not name anybody: HR does not need to know "
        "who it is about.",
    )
    answer = fields.Text(readonly=True)
    answered_by = fields.Char(readonly=True)
    date_answered = fields.Datetime("Answered on", readonly=True)
    state = fields.Selection(
        [("open", "Open"), ("answered", "Answered")],
        default="open",
        required=True,
        readonly=True,
        index=True,
    )
    can_answer = fields.Boolean(compute="_compute_can", export_string_translation=False)
    is_mine = fields.Boolean(compute="_compute_can", export_string_translation=False)

    @api.depends_context("uid")
    @api.depends("asker_id", "company_id")
    def _compute_can(self):
        for question in self:
            question.is_mine = question.asker_id == self.env.user
            question.can_answer = question._career_may_answer()

    @api.depends_context("lang")
    def _compute_display_name(self):
        for question in self:
            question.display_name = self.env._("Question to HR")

    @api.model_create_multi
    def create(self, vals_list):
        """Ask; the officers of the company get a neutral to-do.

        :raise AccessError: in somebody else's name, or with the answer
        """
        if not self.env.su:
            self._career_refuse(set().union(*vals_list) - {"question"})
            context = {
                key: value
                for key, value in self.env.context.items()
                if not key.startswith("default_") or key == "default_question"
            }
            self = self.with_env(self.env(context=context))
        questions = super().create(vals_list)
        for question in questions:
            # sudo: res.users - who answers is told, nothing is returned
            officers = question.company_id._career_officers() - question.asker_id
            officers._career_add_todo(question._career_key(), question._career_link())
        return questions

    def write(self, vals):
        if not self.env.su:
            self._career_refuse(set(vals) - {"question"})
            for question in self:
                if question.asker_id != self.env.user:
                    raise AccessError(self.env._("Only who asks changes the question."))
                if question.state != "open":
                    raise UserError(
                        self.env._("This question was answered. Ask a new one.")
                    )
        return super().write(vals)

    @api.model
    def _career_refuse(self, names):
        if names:
            raise AccessError(
                self.env._("You write the question; the answer comes from HR.")
            )

    def _career_key(self):
        self.ensure_one()
        return f"{self._name},{self.id},answer"

    def _career_link(self):
        self.ensure_one()
        return f"/odoo/career-help/{self.id}"

    def _career_may_answer(self):
        self.ensure_one()
        return self.asker_id != self.env.user and (
            self.env.user._career_is_officer_of(self.company_id)
        )

    def action_answer(self, answer):
        """Answer as HR; who asked gets a neutral to-do.

        :param answer: text
        :raise AccessError: the caller is no career officer of the company
        :raise UserError: nothing written
        """
        self.check_access("read")
        if not (answer or "").strip():
            raise UserError(self.env._("Write your answer first."))
        for question in self:
            if not question._career_may_answer():
                raise AccessError(self.env._("HR answers this question."))
            # sudo: own model - the caller's role was checked just above
            question.sudo().write(
                {
                    "answer": answer,
                    "answered_by": self.env.user.name,
                    "date_answered": fields.Datetime.now(),
                    "state": "answered",
                }
            )
            todos = self.env["mail.activity"].with_user(SUPERUSER_ID)
            todos.search([("career_key", "=", question._career_key())]).unlink()
            question.asker_id._career_add_todo(
                f"{self._name},{question.id},answered", question._career_link()
            )
        return True
