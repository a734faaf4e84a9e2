from dateutil.relativedelta import relativedelta

from odoo import api, fields, models


class CareerAspiration(models.Model):
    """A wish of an employee about his career; shared with whom he chooses (R0.1)."""

    _name = "career.aspiration"
    _inherit = "career.audience.mixin"
    _description = "Career aspiration"
    _order = "state, create_date desc, id desc"
    _career_path = "career-aspirations"

    _career_keep = "wish"
    _career_keep_states = ("achieved", "withdrawn")
    _audience_rules = {
        "employee": ("rwc", None),
        "employee_unlink": (
            "u",
            "[('employee_user_id', '=', user.id), ('state', '=', 'draft')]",
        ),
        "n1": ("r", None),
        "n2": ("r", None),
        "hr": ("r", None),
        "coach": ("r", None),
    }
    _content = {
        "direction",
        "target_job_id",
        "target_department_id",
        "horizon",
        "wants_to_manage",
        "motivation",
        "matchable",
        "share_n1",
        "share_n2",
        "share_hr",
        "share_coach",
    }
    _career_creatable = {"employee": _content}
    _career_writable = {
        "employee": {
            "draft": _content,
            "active": _content,
            "achieved": {"share_n1", "share_n2", "share_hr", "share_coach"},
            "withdrawn": {"share_n1", "share_n2", "share_hr", "share_coach"},
        }
    }
    _career_transitions = {
        "activate": ({"draft", "withdrawn", "achieved"}, {"employee"}),
        "achieve": ({"active"}, {"employee"}),
        "withdraw": ({"draft", "active"}, {"employee"}),
        "confirm": ({"active"}, {"employee"}),
        "create_plan": ({"draft", "active"}, {"employee"}),
    }

    direction = fields.Selection(
        [
            ("stay", "Keep my present job"),
            ("enrich", "More depth or variety in my job"),
            ("specialise", "Become a specialist"),
            ("lateral", "Another job at the same level"),
            ("rotation", "Rotate between jobs or places"),
            ("project", "Work on a project"),
            ("vertical", "Take on more responsibility"),
            ("step_back", "A step back, or slow down"),
            ("external", "Look outside the company"),
        ],
        string="What I wish",
        required=True,
        index=True,
    )
    target_job_id = fields.Many2one(
        "hr.job", string="Job I think of", index="btree_not_null", ondelete="set null"
    )
    target_department_id = fields.Many2one(
        "hr.department",
        string="Department I think of",
        index="btree_not_null",
        ondelete="set null",
    )
    horizon = fields.Selection(
        [
            ("now", "As soon as possible"),
            ("1y", "Within a year"),
            ("3y", "Within three years"),
            ("5y", "Later"),
        ],
        string="When",
        default="1y",
    )
    wants_to_manage = fields.Selection(
        [("yes", "Yes"), ("later", "Later, perhaps"), ("no", "No")],
        string="I want to manage people",
    )
    motivation = fields.Text(
        "Why this matters to me",
        help="In your own words. No medical details are needed.",
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("active", "Active"),
            ("achieved", "Achieved"),
            ("withdrawn", "Withdrawn"),
        ],
        default="draft",
        required=True,
        readonly=True,
        index=True,
        copy=False,
    )
    matchable = fields.Boolean(
        "Show me fitting vacancies, and show me to recruiters",
        help="Recruiters of your company then see this wish beside fitting vacancies.",
    )
    last_confirmed = fields.Date(
        "Still true on", readonly=True, copy=False, help="When you last confirmed it."
    )
    date_reminded = fields.Date(
        readonly=True, copy=False, export_string_translation=False
    )
    is_to_confirm = fields.Boolean(
        "Still true?", compute="_compute_is_to_confirm", search="_search_is_to_confirm"
    )
    # From the more private document to the less private one. For the server alone:
    # who reads the wish may not know that a plan follows from it.
    plan_id = fields.Many2one(
        "career.plan",
        groups=".",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        export_string_translation=False,
    )
    open_plan_id = fields.Many2one(
        "career.plan", string="Development plan", compute="_compute_open_plan_id"
    )
    can_activate = fields.Boolean(
        compute="_compute_can", export_string_translation=False
    )
    can_achieve = fields.Boolean(
        compute="_compute_can", export_string_translation=False
    )
    can_withdraw = fields.Boolean(
        compute="_compute_can", export_string_translation=False
    )
    can_create_plan = fields.Boolean(
        compute="_compute_can", export_string_translation=False
    )

    @api.model
    def _career_label(self):
        return self.env._("Career aspiration")

    @api.depends_context("uid", "career_acting_employee")
    @api.depends("state", "employee_user_id")
    def _compute_can(self):
        for aspiration in self:
            aspiration.can_activate = aspiration._career_can("activate")
            aspiration.can_achieve = aspiration._career_can("achieve")
            aspiration.can_withdraw = aspiration._career_can("withdraw")
            aspiration.can_create_plan = aspiration._career_can("create_plan")

    @api.depends_context("uid")
    @api.depends("plan_id")
    def _compute_open_plan_id(self):
        """The plan that follows from the wish, for who can read that plan."""
        for aspiration in self:
            # sudo: own model - the link only; the plan is shown by the viewer's rights
            plan = aspiration.sudo().plan_id.with_env(self.env)
            aspiration.open_plan_id = plan if plan.has_access("read") else False

    @api.model
    def _to_confirm_before(self):
        """Wishes confirmed before this date are asked again: six months ago."""
        return fields.Date.context_today(self) - relativedelta(months=6)

    @api.depends("state", "last_confirmed")
    def _compute_is_to_confirm(self):
        before = self._to_confirm_before()
        for aspiration in self:
            aspiration.is_to_confirm = (
                aspiration.state == "active"
                and aspiration.last_confirmed
                and aspiration.last_confirmed <= before
            )

    def _search_is_to_confirm(self, operator, value):
        if operator != "in":
            return NotImplemented
        return fields.Domain("state", "=", "active") & fields.Domain(
            "last_confirmed", "<=", self._to_confirm_before()
        )

    # ----------------------------------------------------------------- each night
    @api.model
    def _career_reminder_domain(self):
        before = self._to_confirm_before()
        never = fields.Domain("date_reminded", "=", False)
        return (
            fields.Domain("is_to_confirm", "=", True)
            & fields.Domain("employee_user_id", "!=", False)
            & (never | fields.Domain("date_reminded", "<=", before))
        )

    @api.model
    def _cron_remind(self, batch=200):
        """Ask "still true?", six months after the last confirmation or reminder.

        :param batch: records between two commits
        """
        cron = self.env["ir.cron"]
        wishes = self.search(self._career_reminder_domain(), order="id")
        remaining = len(wishes)
        for start in range(0, remaining, batch):
            part = wishes[start : start + batch]
            for wish in part.try_lock_for_update():
                wish._career_todo(wish.employee_user_id, "confirm")
                wish.date_reminded = fields.Date.context_today(self)
            remaining -= len(part)
            if not cron._commit_progress(len(part), remaining=remaining):
                break

    # ------------------------------------------------------------------- actions
    def action_create_plan(self, channel=None):
        """A draft plan for this wish, with a need for each skill that the job expects.

        :param channel: record or id of ``career.channel``, the line by default
        :return: ``career.plan`` in draft, or the one that is there already
        :raise AccessError: the caller is not the employee
        """
        self.ensure_one()
        self._career_check("create_plan")
        if self.open_plan_id.state in ("draft", "proposed", "agreed"):
            return self.open_plan_id
        plans = self.env["career.plan"]
        if self.target_job_id:
            plan = plans.action_create_from_job(
                self.employee_id, self.target_job_id, channel
            )
        else:
            channel = self.env["career.conversation"]._career_browse(
                "career.channel", channel
            )
            plan = plans.create(
                {
                    "employee_id": self.employee_id.id,
                    "title": dict(
                        self._fields["direction"]._description_selection(self.env)
                    )[self.direction],
                    **({"channel_id": channel.id} if channel else {}),
                }
            )
        self._career_apply({"plan_id": plan.id})
        return plan

    def button_create_plan(self):
        """Make the plan, or open the one that is there."""
        return self.env["career.conversation"]._career_open(self.action_create_plan())

    def action_activate(self):
        """The wish is real: it counts, and those it is shared with can act on it.

        :raise AccessError: the caller is not the employee
        """
        todo = self.filtered(lambda a: a.state != "active")
        todo._career_check("activate")
        todo._career_apply(
            {"state": "active", "last_confirmed": fields.Date.context_today(self)},
            "confirm",
        )
        return True

    def action_achieve(self):
        """The wish came true. It no longer asks to be confirmed.

        :raise AccessError: the caller is not the employee
        :raise UserError: the wish is not active
        """
        todo = self.filtered(lambda a: a.state != "achieved")
        todo._career_check("achieve")
        todo._career_apply({"state": "achieved"}, "close")
        todo._career_todo_done("confirm")
        return True

    def action_withdraw(self):
        """The wish no longer counts. It can be made active again.

        :raise AccessError: the caller is not the employee
        :raise UserError: the wish was achieved already
        """
        todo = self.filtered(lambda a: a.state != "withdrawn")
        todo._career_check("withdraw")
        todo._career_apply({"state": "withdrawn"}, "withdraw")
        todo._career_todo_done("confirm")
        return True

    def action_confirm(self):
        """Still true today (asked every six months).

        :raise AccessError: the caller is not the employee
        :raise UserError: the wish is not active
        """
        self._career_check("confirm")
        self._career_apply(
            {"last_confirmed": fields.Date.context_today(self)}, "confirm"
        )
        self._career_todo_done("confirm")
        return True
