from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import rates


class CareerPlan(models.Model):
    """The development plan (POP): needs, actions, moments of follow-up.

    Both sides propose and sign; a signed version does not change. What was agreed is
    measured against the company's target, 80% by default (R2.6, K4a-K4c).
    """

    _name = "career.plan"
    _inherit = "career.audience.mixin"
    _description = "Development plan"
    _order = "date_start desc, id desc"
    _career_path = "career-plans"

    _audience_rules = {
        "employee": ("rwc", None),
        "conductor": ("rwc", None),
        "employee_unlink": (
            "u",
            "[('employee_user_id', '=', user.id), ('state', '=', 'draft'),"
            " ('version', '=', 1)]",
        ),
        "n1": ("r", None),
        "n2": ("r", None),
        "hr": ("r", None),
        "coach": ("r", None),
    }
    _shares = {"share_n1", "share_n2", "share_hr", "share_coach"}
    _parts = {"need_ids", "action_ids", "checkpoint_ids"}
    _career_creatable = {
        "employee": _shares
        | _parts
        | {"title", "date_start", "date_end", "channel_id", "conductor_user_id"},
        "conductor": _parts | {"title", "date_start", "date_end", "channel_id"}
        | {"conductor_user_id"},
    }
    _career_writable = {
        "employee": {
            "*": _shares,
            "draft": _parts | {"title", "date_start", "date_end"},
            "agreed": {"action_ids", "checkpoint_ids"},
        },
        "conductor": {
            "draft": _parts | {"title", "date_start", "date_end"},
            "agreed": {"action_ids", "checkpoint_ids"},
        },
    }
    _sides = {"employee", "conductor"}
    _career_transitions = {
        "propose": ({"draft"}, _sides),
        "reset": ({"proposed"}, _sides),
        "sign": ({"proposed"}, _sides),
        "evaluate": ({"agreed"}, _sides),
        "cancel": ({"draft", "proposed", "agreed"}, _sides),
        "revise": ({"agreed"}, _sides),
    }

    title = fields.Char(help="What this plan is for, in a few words.")
    channel_id = fields.Many2one(
        "career.channel",
        string="Channel",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env["career.conversation"]._default_channel_id(),
        help="Decides who may know of the plan, as for conversations.",
    )
    conductor_role = fields.Selection(
        selection=lambda self: self.env["career.channel"]
        ._fields["conductor_role"]
        .selection,
        string="Agreed with",
        readonly=True,
        required=True,
    )
    conductor_user_id = fields.Many2one(
        string="Counterpart", help="Who agrees on the plan and signs it with you."
    )
    date_start = fields.Date(
        "From", required=True, default=lambda self: fields.Date.context_today(self)
    )
    date_end = fields.Date(
        "Until",
        required=True,
        default=lambda self: fields.Date.context_today(self)
        + relativedelta(years=1, days=-1),
    )
    version = fields.Integer(default=1, readonly=True, copy=False)
    previous_id = fields.Many2one(
        "career.plan",
        string="Previous version",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("proposed", "To be signed"),
            ("agreed", "Agreed"),
            ("evaluated", "Evaluated"),
            ("superseded", "Replaced by a new version"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        readonly=True,
        index=True,
        copy=False,
    )
    employee_signature = fields.Binary(
        "Signature of the employee", attachment=False, readonly=True, copy=False
    )
    employee_signed_by = fields.Char("Signed by (employee)", readonly=True, copy=False)
    employee_signed_on = fields.Datetime(
        "Signed by the employee on", readonly=True, copy=False
    )
    conductor_signature = fields.Binary(
        "Signature of the counterpart", attachment=False, readonly=True, copy=False
    )
    conductor_signed_by = fields.Char(
        "Signed by (counterpart)", readonly=True, copy=False
    )
    conductor_signed_on = fields.Datetime(
        "Signed by the counterpart on", readonly=True, copy=False
    )
    date_agreed = fields.Datetime("Agreed on", readonly=True, copy=False)
    date_evaluated = fields.Datetime("Evaluated on", readonly=True, copy=False)
    cancel_reason = fields.Char(readonly=True, copy=False)
    need_ids = fields.One2many("career.plan.need", "plan_id", string="Needs")
    action_ids = fields.One2many("career.plan.action", "plan_id", string="Actions")
    checkpoint_ids = fields.One2many(
        "career.plan.checkpoint", "plan_id", string="Follow-up"
    )
    conversation_ids = fields.One2many(
        "career.conversation", "plan_id", string="Conversations", readonly=True
    )
    target_rate = fields.Integer(
        "Target (%)",
        readonly=True,
        copy=False,
        help="Share of what was agreed that should be realised: the company's target "
        "when the plan was made.",
    )
    realisation_rate = fields.Float(
        "Realised (%)",
        compute="_compute_realisation_rate",
        store=True,
        aggregator="avg",
        digits=(5, 1),
        help="Weight of the actions done, of all that were not dropped by both (K4a).",
    )
    due_rate = fields.Float(
        "Realised of what was due (%)",
        compute="_compute_rates",
        digits=(5, 1),
        help="The same, of the actions whose original deadline has passed (K4b).",
    )
    is_unmeasured = fields.Boolean(
        "Nothing to measure yet", compute="_compute_realisation_rate", store=True
    )
    is_target_met = fields.Boolean(
        "Target met",
        compute="_compute_realisation_rate",
        store=True,
        help="Sums are compared exactly; the rate that is shown is rounded down (K4c).",
    )
    has_due_rate = fields.Boolean(compute="_compute_rates")
    track = fields.Selection(
        [
            ("on_track", "On track"),
            ("at_risk", "At risk"),
            ("behind", "Behind"),
            ("reached", "Target reached"),
            ("missed", "Target missed"),
        ],
        compute="_compute_rates",
        search="_search_track",
    )
    open_action_count = fields.Integer(compute="_compute_rates")
    curve = fields.Json("Progress in time", compute="_compute_curve")
    maturity = fields.Selection(
        [("beginner", "Beginner"), ("growing", "Growing"), ("advanced", "Advanced")],
        compute="_compute_maturity",
        store=True,
    )
    maturity_hint = fields.Text(
        "What would make it better", compute="_compute_maturity_hint"
    )
    can_propose = fields.Boolean(compute="_compute_can")
    can_reset = fields.Boolean(compute="_compute_can")
    can_sign = fields.Boolean(compute="_compute_can")
    can_evaluate = fields.Boolean(compute="_compute_can")
    can_cancel = fields.Boolean(compute="_compute_can")
    can_revise = fields.Boolean(compute="_compute_can")
    can_edit = fields.Boolean(compute="_compute_can")

    _dates_in_order = models.Constraint(
        "CHECK (date_end >= date_start)", "The plan ends before it starts."
    )
    _target_range = models.Constraint(
        "CHECK (target_rate BETWEEN 1 AND 100)", "The target lies between 1 and 100."
    )

    @api.model
    def _career_label(self):
        return self.env._("Development plan")

    # -------------------------------------------------------------------- computes
    @api.depends_context("uid", "career_acting_employee")
    @api.depends("state", "employee_signed_on", "conductor_signed_on")
    def _compute_can(self):
        for plan in self:
            for action in self._career_transitions:
                plan[f"can_{action}"] = plan._career_can(action)
            side = plan._career_side()
            plan.can_sign = plan.can_sign and not (side and plan[f"{side}_signed_on"])
            plan.can_edit = "need_ids" in plan._career_writable_fields()

    @api.depends("action_ids.state", "action_ids.weight", "target_rate")
    def _compute_realisation_rate(self):
        for plan in self:
            total = rates.realisation(plan._career_rate_rows())
            plan.realisation_rate = total.shown or 0.0
            plan.is_unmeasured = total.shown is None
            plan.is_target_met = bool(total.meets(plan.target_rate))

    @api.depends(
        "state",
        "date_end",
        "target_rate",
        "action_ids.state",
        "action_ids.weight",
        "action_ids.original_deadline",
    )
    def _compute_rates(self):
        """Rates by the clock of the call: no night has to pass for them to be right."""
        today = fields.Date.context_today(self)
        for plan in self:
            actions = plan._career_rate_rows()
            due = rates.due_realisation(actions, today)
            plan.due_rate = due.shown or 0.0
            plan.has_due_rate = due.shown is not None
            plan.track = rates.track(
                plan.state, actions, plan.target_rate, plan.date_end, today
            )
            plan.open_action_count = sum(
                row.state in ("todo", "doing", "drop_asked") for row in actions
            )

    def _career_rate_rows(self):
        self.ensure_one()
        return [
            rates.Row(a.state, a.weight, a.original_deadline, a.date_done)
            for a in self.action_ids
        ]

    def _search_track(self, operator, value):
        """Plans whose track, computed now, is one of the values."""
        if operator != "in":
            return NotImplemented
        plans = self.search(
            [("state", "in", ("agreed", "evaluated"))]
        )
        return fields.Domain(
            "id", "in", [plan.id for plan in plans if plan.track in value]
        )

    @api.depends("state", "date_start", "date_end", "target_rate", "action_ids.date_done")
    def _compute_curve(self):
        today = fields.Date.context_today(self)
        for plan in self:
            actions = plan._career_rate_rows()
            plan.curve = {
                "start": fields.Date.to_string(plan.date_start),
                "end": fields.Date.to_string(plan.date_end),
                "today": fields.Date.to_string(today),
                "target": plan.target_rate,
                "points": [
                    {"date": fields.Date.to_string(day), "rate": rate}
                    for day, rate in rates.curve(actions)
                ],
            }

    @api.depends(
        "need_ids.is_precise",
        "need_ids.purpose",
        "action_ids.state",
        "action_ids.need_id.purpose",
        "action_ids.method_id.category",
        "action_ids.method_id.is_classical",
    )
    def _compute_maturity(self):
        """From needs met by classical training only, to precise needs, varied
        methods and steps for the next job (R2.5, K5)."""
        for plan in self:
            has = plan._career_maturity_parts()
            if all(has.values()):
                plan.maturity = "advanced"
            elif has["other_method"] or has["precise"]:
                plan.maturity = "growing"
            else:
                plan.maturity = "beginner"

    def _career_maturity_parts(self):
        self.ensure_one()
        actions = self.action_ids.filtered(lambda a: a.state != "dropped")
        methods = actions.method_id
        return {
            "precise": any(self.need_ids.mapped("is_precise")),
            "varied": len(set(methods.mapped("category"))) >= 2,
            "other_method": any(not method.is_classical for method in methods),
            "next_step": any(a.need_id.purpose == "next_step" for a in actions),
        }

    @api.depends_context("lang")
    @api.depends("maturity", "need_ids.is_precise", "action_ids.method_id")
    def _compute_maturity_hint(self):
        _ = self.env._
        hints = {
            "precise": _(
                "Describe one need precisely: the situation, what you do now, what you "
                "would like to do."
            ),
            "varied": _("Use at least two kinds of methods."),
            "other_method": _(
                "Add something else than a course: learning on the job, a project, "
                "a rotation, a mentor."
            ),
            "next_step": _("Add one action that prepares your next career step."),
        }
        for plan in self:
            missing = [
                hints[name]
                for name, present in plan._career_maturity_parts().items()
                if not present
            ]
            plan.maturity_hint = "\n".join(missing) or _(
                "This plan has all that makes a plan work."
            )

    # ----------------------------------------------------------------- constraints
    @api.constrains("conductor_user_id", "channel_id", "employee_id")
    def _check_conductor(self):
        result = super()._check_conductor()
        for plan in self:
            plan.employee_id._career_check_conductor(
                plan.conductor_role, plan.conductor_user_id
            )
        return result

    @api.constrains("date_start", "date_end", "action_ids")
    def _check_actions_inside(self):
        self.action_ids._check_deadline()

    # ------------------------------------------------------------------------ CRUD
    @api.model_create_multi
    def create(self, vals_list):
        plans = super().create(vals_list)
        for plan in plans:
            plan._career_log("create")
        return plans

    @api.model
    def _career_prepare_create(self, vals_list):
        """Copy the channel's flags; find the counterpart; take the company's target."""
        result = []
        for vals in super()._career_prepare_create(vals_list):
            # sudo: hr.employee - the record rules check the employee after creation
            employee = (
                self.env["hr.employee"]
                .sudo()
                .browse(vals.get("employee_id") or self.env.user.employee_id.id)
            )
            if not employee:
                raise UserError(
                    self.env._(
                        "Your user has no employee record. Ask HR to link one, or "
                        "choose an employee."
                    )
                )
            channel = self.env["career.channel"].browse(
                vals.get("channel_id")
                or self.env.context.get("default_channel_id")
                or self.env["career.conversation"]._default_channel_id().id
            )
            vals.update(
                employee_id=employee.id,
                channel_id=channel.id,
                conductor_role=channel.conductor_role,
            )
            vals.setdefault("target_rate", employee.company_id.career_target_rate)
            for role in ("n1", "n2", "hr"):
                vals[f"hidden_from_{role}"] = channel[f"hidden_from_{role}"]
            vals.setdefault("share_hr", channel.plan_share_hr)
            if not vals.get("conductor_user_id"):
                vals["conductor_user_id"] = self._career_find_counterpart(
                    employee, channel
                ).id
            result.append(vals)
        return result

    @api.model
    def _career_find_counterpart(self, employee, channel):
        """The user who signs with the employee, where the line or the caller tells."""
        if channel.conductor_role in ("n1", "n2"):
            line = dict(zip(("n1", "n2"), employee._career_line_users(), strict=True))
            return line[channel.conductor_role]
        acting = self._career_acting_employee_id()
        if self._career_guarded() and acting is None:
            if employee.user_id != self.env.user:
                return self.env.user
        return self.env["res.users"]

    @api.model
    def _career_create_from_conversation(self, conversation):
        """The plan that follows from a conversation, in the same channel.

        :param conversation: one ``career.conversation``; the caller's part in it was
            checked
        """
        conversation.ensure_one()
        system = self.browse()._career_system()
        start = fields.Date.context_today(self)
        return system.create(
            {
                "employee_id": conversation.employee_id.id,
                "channel_id": conversation.channel_id.id,
                "conductor_user_id": conversation.conductor_user_id.id,
                "date_start": start,
                "date_end": start + relativedelta(years=1, days=-1),
            }
        )

    # ----------------------------------------------------------------------- roles
    def _career_side(self):
        self.ensure_one()
        roles = self._career_roles()
        if "employee" in roles:
            return "employee"
        return "conductor" if "conductor" in roles else False

    # --------------------------------------------------------------------- actions
    def action_propose(self):
        """Put the plan to both sides for signature.

        :raise AccessError: the caller is neither the employee nor the counterpart
        """
        todo = self.filtered(lambda p: p.state != "proposed")
        todo._career_check("propose")
        for plan in todo:
            plan._career_apply({"state": "proposed"}, "propose")
            others = (plan.employee_user_id | plan.conductor_user_id) - self.env.user
            plan._career_system()._career_todo(others, "sign")
        return True

    def action_reset(self):
        """Back to draft, to change something before both have signed; signatures
        that were given are taken away.

        :raise AccessError: the caller is neither the employee nor the counterpart
        """
        todo = self.filtered(lambda p: p.state != "draft")
        todo._career_check("reset")
        for plan in todo:
            plan._career_apply(
                {
                    "state": "draft",
                    **{
                        f"{side}_{part}": False
                        for side in ("employee", "conductor")
                        for part in ("signature", "signed_by", "signed_on")
                    },
                },
                "reset",
            )
            plan._career_todo_done("sign")
        return True

    def action_sign(self, signature=None):
        """Sign for the side of the caller; the second signature makes it agreed.

        :param signature: drawn signature, base64; not needed from who is logged in,
            asked on a personal page
        :raise AccessError: the caller is neither the employee nor the counterpart
        :raise UserError: the plan was not proposed, or this side has signed already
        """
        self._career_check("sign")
        if not signature and self._career_acting_employee_id() is not None:
            raise UserError(self.env._("Draw your signature first."))
        self.lock_for_update()
        for plan in self:
            side = plan._career_side()
            if plan[f"{side}_signed_on"]:
                raise UserError(
                    self.env._("You have signed already. The other side signs next.")
                )
            plan._career_apply(
                {
                    f"{side}_signature": signature or False,
                    f"{side}_signed_by": (
                        plan.employee_id.name
                        if side == "employee"
                        else self.env.user.name
                    ),
                    f"{side}_signed_on": fields.Datetime.now(),
                },
                "sign",
            )
            plan._career_todo_done("sign", users=self.env.user)
            if plan.employee_signed_on and (
                plan.conductor_signed_on or not plan.conductor_user_id
            ):
                plan._career_system()._career_agree()
        return True

    def _career_agree(self):
        """Both have signed: the plan counts from now, and its version is closed."""
        for plan in self:
            plan._career_apply(
                {"state": "agreed", "date_agreed": fields.Datetime.now()}, "agree"
            )
            previous = plan.previous_id
            if previous.state == "agreed":
                for action in plan.action_ids.filtered("origin_id"):
                    action._career_take_progress()
                previous._career_apply({"state": "superseded"}, "revise")
                previous.conversation_ids.write({"plan_id": plan.id})

    def action_evaluate(self):
        """Close the plan: it reached its target, or not.

        :raise UserError: actions are still open
        """
        todo = self.filtered(lambda p: p.state != "evaluated")
        todo._career_check("evaluate")
        for plan in todo:
            unfinished = plan.action_ids.filtered(
                lambda a: a.state in ("todo", "doing", "drop_asked")
                and not a.not_done_cause
            )
            if unfinished:
                raise UserError(
                    self.env._(
                        "%(count)s actions are still open. Set each to done, agree to "
                        "drop it, or say why it was not done.",
                        count=len(unfinished),
                    )
                )
        todo._career_apply(
            {"state": "evaluated", "date_evaluated": fields.Datetime.now()}, "evaluate"
        )
        return True

    def action_cancel(self, reason=None):
        """Stop the plan, with a reason that both sides see.

        :param reason: a few words
        :raise UserError: no reason given
        """
        todo = self.filtered(lambda p: p.state != "cancelled")
        todo._career_check("cancel")
        if todo and not (reason or "").strip():
            raise UserError(self.env._("Say in a few words why the plan is cancelled."))
        todo._career_apply(
            {"state": "cancelled", "cancel_reason": reason}, "cancel", reason
        )
        todo._career_todo_done("sign")
        return True

    def action_revise(self):
        """Begin a new version; the present one counts until the new one is signed.

        :return: the new ``career.plan`` in draft, or the draft that is there already
        :raise UserError: the plan was not agreed
        """
        self.ensure_one()
        # sudo: own model - the next version has the same audience
        following = self.sudo().search(
            [
                ("previous_id", "=", self.id),
                ("state", "in", ("draft", "proposed")),
            ],
            limit=1,
        )
        self._career_check("revise")
        if following:
            return following.with_env(self.env)
        new = self._career_system().create(
            {
                "employee_id": self.employee_id.id,
                "channel_id": self.channel_id.id,
                "conductor_user_id": self.conductor_user_id.id,
                "title": self.title,
                "date_start": self.date_start,
                "date_end": self.date_end,
                "target_rate": self.target_rate,
                "version": self.version + 1,
                "previous_id": self.id,
                **{name: self[name] for name in self._shares},
            }
        )
        new.write(
            {
                name: self[name]
                for name in ("hidden_from_n1", "hidden_from_n2", "hidden_from_hr")
            }
        )
        self._career_copy_parts(new)
        self._career_log("revise")
        return new.with_env(self.env)

    def _career_copy_parts(self, new):
        """Copy needs, actions and future checkpoints to a new version."""
        self.ensure_one()
        source = self._career_system()
        needs = {}
        for need in source.need_ids:
            needs[need.id] = need.copy({"plan_id": new.id}).id
        for action in source.action_ids:
            action.copy(
                {
                    "plan_id": new.id,
                    "need_id": needs.get(action.need_id.id, False),
                    "origin_id": action.id,
                    "original_deadline": action.original_deadline,
                    "state": action.state,
                    "date_done": action.date_done,
                    "drop_reason": action.drop_reason,
                    "evidence": action.evidence,
                }
            )
        for checkpoint in source.checkpoint_ids:
            if checkpoint.state == "planned":
                checkpoint.copy({"plan_id": new.id})

    def button_revise(self):
        """Make the new version and open it."""
        plan = self.action_revise()
        return {
            "type": "ir.actions.act_window",
            "res_model": plan._name,
            "res_id": plan.id,
            "views": [(False, "form")],
        }

    # --------------------------------------------------------------------- policy
    def action_propose_checkpoints(self):
        """Propose moments of follow-up after 3, 6 and 9 months (company's policy).

        :raise UserError: the plan is not a draft
        """
        for plan in self:
            known = set(plan.checkpoint_ids.mapped("date"))
            for months in plan.company_id._career_checkpoint_months():
                day = plan.date_start + relativedelta(months=months)
                if day <= plan.date_end and day not in known:
                    self.env["career.plan.checkpoint"].create(
                        {"plan_id": plan.id, "date": day}
                    )
        return True
