from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import hmac


class CareerResourceSession(models.Model):
    """One time that a workshop or course took place, and what people found (K20)."""

    _name = "career.resource.session"
    _description = "Session of a workshop or course"
    _order = "date desc, id desc"

    resource_id = fields.Many2one(
        "career.resource", string="Offer", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
    )
    date = fields.Datetime(required=True)
    place = fields.Char()
    trainer = fields.Char()
    attendance = fields.Integer("Participants", help="A number; no list of names.")
    # marks of who answered, sorted: they tell neither who, nor in which order
    answered = fields.Json(groups=".", copy=False, export_string_translation=False)
    evaluation_ids = fields.One2many(
        "career.resource.evaluation", "session_id", groups="."
    )
    answer_count = fields.Integer(
        "Answers", compute="_compute_evaluation", compute_sudo=True
    )
    satisfaction = fields.Float(
        compute="_compute_evaluation", compute_sudo=True, digits=(3, 1)
    )
    learning = fields.Float(
        "Learning effect",
        compute="_compute_evaluation",
        compute_sudo=True,
        digits=(3, 1),
    )
    practice = fields.Float(
        "Use in practice",
        compute="_compute_evaluation",
        compute_sudo=True,
        digits=(3, 1),
    )
    is_shown = fields.Boolean(
        "Enough answers", compute="_compute_evaluation", compute_sudo=True
    )

    _attendance_positive = models.Constraint(
        "CHECK (attendance >= 0)", "The number of participants cannot be negative."
    )

    @api.depends("resource_id.name", "date")
    def _compute_display_name(self):
        for session in self:
            day = fields.Datetime.context_timestamp(session, session.date).date()
            session.display_name = f"{session.resource_id.name} ({day})"

    @api.depends("evaluation_ids.satisfaction", "company_id.career_privacy_threshold")
    def _compute_evaluation(self):
        """Means of the answers, where enough people answered.

        One more answer would be known by comparing the mean before and after: it counts
        when as many more as the threshold have come.
        """
        items = ("satisfaction", "learning", "practice")
        rows = self.env["career.resource.evaluation"]._read_group(
            [("session_id", "in", self.ids)],
            ["session_id"],
            [f"{item}:array_agg" for item in items],
        )
        answers = {row[0]: row[1:] for row in rows}
        for session in self:
            given = answers.get(session._origin, ((), (), ()))
            threshold = session.company_id.career_privacy_threshold
            session.answer_count = 0
            session.is_shown = False
            for item, values in zip(items, given, strict=True):
                marks = [value for value in values if value]
                marks = marks[: len(marks) - len(marks) % threshold]
                shown = bool(marks)
                session[item] = sum(marks) / len(marks) if shown else 0.0
                if item == "satisfaction" and shown:
                    session.is_shown = True
                    session.answer_count = len(marks)

    def action_evaluate(self):
        """Open the short evaluation."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("How was it?"),
            "res_model": "career.resource.evaluate",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_session_id": self.id},
        }

    def career_evaluate(self, satisfaction=0, learning=0, practice=0):
        """Give an answer, without a name: no user and no time are kept.

        :param satisfaction: 1-5
        :param learning: 1-5
        :param practice: 1-5, or 0 where it is too early to say
        :raise UserError: the session is still to come, a mark is missing, or the
            caller gave an answer before
        """
        self.ensure_one()
        self.check_access("read")
        if self.date > fields.Datetime.now():
            raise UserError(self.env._("This session is still to come."))
        marks = {
            "satisfaction": satisfaction,
            "learning": learning,
            "practice": practice,
        }
        for name, value in marks.items():
            low = 0 if name == "practice" else 1
            if isinstance(value, bool) or not isinstance(value, int):
                value = -1
            if not low <= value <= 5:
                raise UserError(self.env._("Give a mark from 1 to 5 on each line."))
        if not self.env.su:
            self._career_mark_answered()
        # sudo: career.resource.evaluation - nobody reads or writes single answers
        self.env["career.resource.evaluation"].sudo().create(
            {"session_id": self.id, **marks}
        )
        return True

    def _career_mark_answered(self):
        """One answer a person: keep a mark that only the server can compare.

        :raise UserError: this user gave an answer before
        """
        # sudo: career.resource.session - the marks; whoever takes part may answer
        session = self.sudo()
        session.lock_for_update()
        session.invalidate_recordset(["answered"])
        mark = hmac(session.env, "career-evaluation", (session.id, self.env.uid))
        marks = session.answered or []
        if mark in marks:
            raise UserError(
                self.env._("You have given your answer already. Thank you for it.")
            )
        session.answered = sorted([*marks, mark])
