from textwrap import shorten

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL, format_date, format_datetime

from ..tools import rates
from ..tools.selection import labels_of

# what fits on two pages
_PAPER_NEEDS = 6
_PAPER_ACTIONS = 20


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
        "conductor": _parts
        | {"title", "date_start", "date_end", "channel_id"}
        | {"conductor_user_id"},
    }
    _career_writable = {
        "employee": {
            "*": _shares,
            "draft": _parts | {"title", "date_start", "date_end", "conductor_user_id"},
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
        "sign_on_screen": ({"proposed"}, _sides),
        "evaluate": ({"agreed"}, _sides),
        "cancel": ({"draft", "proposed", "agreed"}, _sides),
        "revise": ({"agreed"}, _sides),
    }

    title = fields.Char(help="What this plan is for, in a few words.")
    channel_id = fields.Many2one(
        "career.channel",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env["career.conversation"]._default_channel_id(),
        help="Decides who may know of the plan, as for conversations.",
    )
    conductor_role = fields.Selection(
        labels_of("career.channel", "conductor_role"),
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
        default=lambda self: (
            fields.Date.context_today(self) + relativedelta(years=1, days=-1)
        ),
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
    employee_signed_how = fields.Selection(
        "_selection_signed_how", "How (employee)", readonly=True, copy=False
    )
    conductor_signed_how = fields.Selection(
        "_selection_signed_how", "How (counterpart)", readonly=True, copy=False
    )
    date_agreed = fields.Datetime("Agreed on", readonly=True, copy=False)
    date_evaluated = fields.Datetime("Evaluated on", readonly=True, copy=False)
    cancel_reason = fields.Char(readonly=True, copy=False)
    is_imported = fields.Boolean(
        "Taken over from a file",
        readonly=True,
        copy=False,
        help="Typed in from an earlier plan. It counts once both sides have signed it "
        "here.",
    )
    hand_over_note = fields.Text(
        "Hand-over",
        readonly=True,
        copy=False,
        help="Where the plan stood when it passed to another manager.",
    )
    change_summary = fields.Text(
        "What is different from the version before", compute="_compute_change_summary"
    )
    next_step = fields.Char("What comes next", compute="_compute_next_step")
    # until which day the nightly follow-up has looked at the plan
    followed_up_on = fields.Date(
        groups=".", copy=False, export_string_translation=False
    )
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
    # the sums behind it, exactly: what figures of many plans are made of
    weight_done = fields.Float(
        compute="_compute_realisation_rate", store=True, digits=(16, 2)
    )
    weight_counted = fields.Float(
        "Weight agreed",
        compute="_compute_realisation_rate",
        store=True,
        digits=(16, 2),
        help="Of all actions but those that both sides dropped.",
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
    has_due_rate = fields.Boolean(
        compute="_compute_rates", export_string_translation=False
    )
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
    can_propose = fields.Boolean(
        compute="_compute_can", export_string_translation=False
    )
    can_reset = fields.Boolean(compute="_compute_can", export_string_translation=False)
    can_sign = fields.Boolean(compute="_compute_can", export_string_translation=False)
    can_sign_on_screen = fields.Boolean(
        compute="_compute_can", export_string_translation=False
    )
    can_evaluate = fields.Boolean(
        compute="_compute_can", export_string_translation=False
    )
    can_cancel = fields.Boolean(compute="_compute_can", export_string_translation=False)
    can_revise = fields.Boolean(compute="_compute_can", export_string_translation=False)
    can_edit = fields.Boolean(compute="_compute_can", export_string_translation=False)

    _dates_in_order = models.Constraint(
        "CHECK (date_end >= date_start)", "The plan ends before it starts."
    )
    _target_range = models.Constraint(
        "CHECK (target_rate BETWEEN 1 AND 100)", "The target lies between 1 and 100."
    )
    _follow_up_index = models.Index(
        "(followed_up_on NULLS FIRST, id) WHERE state = 'agreed'"
    )
    _next_version_uniq = models.UniqueIndex(
        "(previous_id) WHERE state IN ('draft', 'proposed')",
        "A new version of this plan is being made already: open that one.",
    )

    @api.model
    def _selection_signed_how(self):
        login = self.env._("Logged in")
        page = self.env._("On the own personal page")
        screen = self.env._("Drawn on the screen of the other side")
        return [("login", login), ("page", page), ("screen", screen)]

    @api.model
    def _career_label(self):
        return self.env._("Development plan")

    # -------------------------------------------------------------------- computes
    @api.depends_context("uid", "career_acting_employee")
    @api.depends(
        "state",
        "employee_signed_on",
        "conductor_signed_on",
        "employee_user_id",
        "conductor_user_id",
    )
    def _compute_can(self):
        for plan in self:
            for action in self._career_transitions:
                plan[f"can_{action}"] = plan._career_can(action)
            side = plan._career_side()
            plan.can_sign = plan.can_sign and not (side and plan[f"{side}_signed_on"])
            plan.can_sign_on_screen = plan.can_sign_on_screen and bool(
                plan._career_screen_side()
            )
            plan.can_edit = "need_ids" in plan._career_writable_fields()

    @api.depends_context("uid", "career_acting_employee", "lang")
    @api.depends(
        "state",
        "employee_signed_on",
        "conductor_signed_on",
        "track",
        "need_ids.can_add_skill",
        "action_ids.can_agree_drop",
    )
    def _compute_next_step(self):
        """One sentence: who does what now (R2.9)."""
        for plan in self:
            state = plan.state
            if state == "draft":
                step = self.env._(
                    "Write down what you need and what you will do; then propose."
                )
            elif state == "proposed" and plan.can_sign:
                step = self.env._(
                    "Read it and sign, or put it back to draft to change it."
                )
            elif state == "proposed" and plan.can_sign_on_screen:
                step = self.env._("The other side signs on your screen.")
            elif state == "proposed":
                step = self.env._("The other side signs next.")
            elif any(plan.need_ids.mapped("can_add_skill")):
                step = self.env._(
                    "A need is met: choose whether the skill goes to your profile."
                )
            elif any(plan.action_ids.mapped("can_agree_drop")):
                step = self.env._(
                    "An action is to be dropped: open it, and agree or keep it."
                )
            elif state == "agreed" and plan.date_end < fields.Date.context_today(plan):
                step = self.env._(
                    "The period is over: look back together and evaluate."
                )
            elif state == "agreed" and plan.track in ("at_risk", "behind"):
                step = self.env._(
                    "Less was done than agreed. Talk about what would help."
                )
            elif state == "agreed":
                step = self.env._("Do what was agreed, and tick it off.")
            elif state == "evaluated":
                step = self.env._(
                    "Done. What you learned goes along to the next conversation."
                )
            elif state == "superseded":
                step = self.env._("A newer version counts now.")
            else:
                step = self.env._("Cancelled. Make a new plan whenever you wish.")
            plan.next_step = step

    @api.depends("action_ids.state", "action_ids.weight", "target_rate")
    def _compute_realisation_rate(self):
        for plan in self:
            total = rates.realisation(plan._career_rate_rows())
            plan.realisation_rate = total.shown or 0.0
            plan.weight_done = total.done / 100
            plan.weight_counted = total.counted / 100
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
            rates.Row(
                a.state, a.weight, a.original_deadline, a.date_done, a.not_done_cause
            )
            for a in self.action_ids
        ]

    @api.model
    def _career_flush_rates(self):
        """Write what the SQL of ``tools/rates.py`` reads."""
        self.flush_model(
            ["state", "target_rate", "date_end", "weight_done", "weight_counted"]
        )
        self.env["career.plan.action"].flush_model(
            ["plan_id", "state", "weight", "original_deadline"]
        )

    def _search_track(self, operator, value):
        """Plans whose track, computed now by the database, is one of the values."""
        if operator != "in":
            return NotImplemented
        self._career_flush_rates()
        today = fields.Date.context_today(self)
        tracks = tuple(track or "" for track in value)

        def to_sql(model, alias, query):
            return SQL(
                "COALESCE((SELECT %s FROM (%s) track_sums), '') IN %s",
                rates.track_sql(alias, "track_sums", today),
                rates.sums_sql(alias, today),
                tracks,
            )

        return Domain.custom(to_sql=to_sql)

    @api.depends(
        "state",
        "date_start",
        "date_end",
        "target_rate",
        "action_ids.state",
        "action_ids.weight",
        "action_ids.date_done",
    )
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
        hints = {
            "precise": self.env._(
                "Describe one need precisely: the situation, what you do now, what you "
                "would like to do."
            ),
            "varied": self.env._("Use at least two kinds of methods."),
            "other_method": self.env._(
                "Add something else than a course: learning on the job, a project, "
                "a rotation, a mentor."
            ),
            "next_step": self.env._(
                "Add one action that prepares your next career step."
            ),
        }
        for plan in self:
            missing = [
                hints[name]
                for name, present in plan._career_maturity_parts().items()
                if not present
            ]
            plan.maturity_hint = "\n".join(missing) or self.env._(
                "This plan has all that makes a plan work."
            )

    @api.depends_context("uid", "career_acting_employee", "lang")
    @api.depends("previous_id", "need_ids", "action_ids", "date_start", "date_end")
    def _compute_change_summary(self):
        """The difference between two versions in words, for who reads both."""
        for plan in self:
            previous = plan.previous_id
            if not previous or not previous.has_access("read"):
                plan.change_summary = False
                continue
            lines = plan._career_changes()
            plan.change_summary = "\n".join(lines) or self.env._(
                "Nothing was changed yet."
            )

    def _career_changes(self):
        """What this version changes, as a list of sentences."""
        self.ensure_one()
        before = self.previous_id
        lines = []
        for name in ("title", "date_start", "date_end"):
            lines += self._career_change_line(before, self, name)
        new_need, gone_need = (
            self.env._("New need: %s"),
            self.env._("Need taken out: %s"),
        )
        new_action, gone_action = (
            self.env._("New action: %s"),
            self.env._("Action taken out: %s"),
        )
        words = {
            "need_ids": (new_need, gone_need),
            "action_ids": (new_action, gone_action),
        }
        for parts, (new, gone) in words.items():
            for part in self[parts]:
                origin = part.origin_id
                if not origin:
                    lines.append(new % part.name)
                    continue
                for name in part._career_compared:
                    for line in self._career_change_line(origin, part, name):
                        lines.append(f"{origin.name}: {line}")
            for part in before[parts] - self[parts].origin_id:
                lines.append(gone % part.name)
        return lines

    @api.model
    def _career_change_line(self, before, after, name):
        """One field in words: what it was, what it becomes."""
        old, new = (self._career_value_text(part, name) for part in (before, after))
        if old == new:
            return []
        label = after._fields[name]._description_string(self.env)
        none = self.env._("nothing")
        return [
            self.env._(
                "%(field)s: %(old)s becomes %(new)s",
                field=label,
                old=old or none,
                new=new or none,
            )
        ]

    @api.model
    def _career_value_text(self, part, name):
        value, field = part[name], part._fields[name]
        if field.type == "date":
            return format_date(self.env, value) if value else ""
        if field.type == "many2one":
            return value.display_name or ""
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, "")
        return f"{value:g}" if field.type == "float" else (value or "")

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
            employee = self._career_given_employee(vals)
            channel = self.env["career.conversation"]._career_open_channel(
                vals.get("channel_id"), employee
            )
            vals.update(
                employee_id=employee.id,
                channel_id=channel.id,
                conductor_role=channel.conductor_role,
            )
            vals.setdefault("target_rate", employee.company_id.career_target_rate)
            if self.env.context.get("import_file"):
                vals["is_imported"] = True
            for role in ("n1", "n2", "hr"):
                vals[f"hidden_from_{role}"] = channel[f"hidden_from_{role}"]
            vals.setdefault("share_hr", channel.plan_share_hr)
            if not vals.get("conductor_user_id"):
                vals["conductor_user_id"] = self._career_find_counterpart(
                    employee, channel
                ).id
            result.append(vals)
        return result

    def _career_check_created(self, roles):
        """A coach or mentor makes plans for whom he guides, and for nobody else.

        Any colleague can be a mentor: the role alone would let everybody open a file
        about everybody (traps.md).
        """
        if "employee" in roles or self.conductor_role not in ("coach", "mentor"):
            return
        guided = self.env["career.trajectory"]._career_coached_employee_ids()
        # sudo: career.conversation - the caller's own conversations with the employee
        talks = (
            self.env["career.conversation"]
            .sudo()
            .search_count(
                [
                    ("employee_id", "=", self.employee_id.id),
                    ("conductor_user_id", "=", self.env.uid),
                    ("channel_id", "=", self.channel_id.id),
                    ("state", "in", ("planned", "held", "closed")),
                ],
                limit=1,
            )
        )
        if self.employee_id.id not in guided and not talks:
            raise AccessError(
                self.env._(
                    "You can make a plan with somebody whom you guide: in a running "
                    "trajectory, or after a conversation."
                )
            )

    @api.model
    def get_import_templates(self):
        """The documented file for Odoo's import (see docs/plan.md)."""
        return [
            {
                "label": self.env._("Template for development plans"),
                "template": "/career_guidance/static/import/career_plan.csv",
            }
        ]

    @api.model
    def load(self, fields, data):
        """Import; each error stands at its own row, once.

        Odoo repeats the first error at the first row of a batch, where it is wrong.
        """
        result = super().load(fields, data)
        first, *others = result["messages"] or [None]
        if first and first["message"] in [message["message"] for message in others]:
            result["messages"] = others
        return result

    def write(self, vals):
        self._career_log_counterpart(vals)
        result = super().write(vals)
        if self._career_guarded():
            self._career_unshare_versions(vals)
        return result

    def _career_unshare_versions(self, vals):
        """What the employee no longer shares is not read in another version of it: the
        earlier ones, and the one that is being made.

        :param vals: what was written
        """
        # sudo: own model - versions of a plan that the employee just wrote
        others = self.sudo()._career_next_version()
        earlier = self.sudo().previous_id
        while earlier:
            others |= earlier
            earlier = earlier.previous_id - others
        for name in self._shares & set(vals):
            if not vals[name]:
                others.filtered(name)._career_system().write({name: False})

    def _career_log_counterpart(self, vals):
        """The employee reads in the history who was chosen to sign with."""
        if not self._career_guarded() or not vals.get("conductor_user_id"):
            return
        user = self.env["res.users"].browse(vals["conductor_user_id"])
        for plan in self:
            if plan.conductor_user_id != user and "conductor_user_id" in (
                plan._career_writable_fields()
            ):
                plan._career_log("assign", user.name)

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
        return self._career_create_for(
            conversation.employee_id,
            conversation.channel_id,
            # in the line, the plan is the present manager's, whoever held the talk
            conductor=None
            if conversation.conductor_role in ("n1", "n2")
            else conversation.conductor_user_id,
        )

    @api.model
    def _career_create_for(self, employee, channel, conductor=None, **values):
        """A draft made by the server, after a check of the caller.

        :param employee: record of ``hr.employee``
        :param channel: record of ``career.channel``
        :param conductor: who signs with the employee; by default found by the channel
        """
        start = fields.Date.context_today(self)
        return (
            self.browse()
            ._career_system()
            .create(
                {
                    "employee_id": employee.id,
                    "channel_id": channel.id,
                    "date_start": start,
                    "date_end": start + relativedelta(years=1, days=-1),
                    **({"conductor_user_id": conductor.id} if conductor else {}),
                    **values,
                }
            )
        )

    @api.model
    def action_create_from_job(self, employee, job, channel=None):
        """A draft plan with a need for each skill that a job expects beyond today's.

        :param employee: record or id of ``hr.employee``
        :param job: record or id of ``hr.job``
        :param channel: record or id of ``career.channel``, the line by default
        :return: ``career.plan`` in draft, with needs and levels filled in
        :raise AccessError: the caller may not make a plan for this employee
        """
        browse = self.env["career.conversation"]._career_browse
        employee = browse("hr.employee", employee)
        job = browse("hr.job", job)
        channel = browse("career.channel", channel)
        company = employee.company_id
        channel = channel or self.env["career.channel"]._career_by_code("line", company)
        # sudo: hr.job, hr.employee.skill - what a job expects and what colleagues can
        # is public in Odoo; the plan below is made with the caller's own rights
        gap = employee.sudo().career_skill_gap(job.sudo())
        start = fields.Date.context_today(self)
        return self.create(
            {
                "employee_id": employee.id,
                "channel_id": channel.id,
                "title": self.env._("On the way to: %(job)s", job=job.sudo().name),
                "date_start": start,
                "date_end": start + relativedelta(years=1, days=-1),
                "need_ids": [
                    fields.Command.create(values)
                    for values in self.env["career.plan.need"]._career_from_gap(gap)
                ],
            }
        )

    def action_add_job_needs(self, job):
        """Add a need for each skill that a job expects and the plan does not have yet.

        :param job: record or id of ``hr.job``
        :raise UserError: nothing is missing, or the plan is no draft
        """
        self.ensure_one()
        job = self.env["career.conversation"]._career_browse("hr.job", job)
        # sudo: hr.job, hr.employee.skill - public in Odoo, see action_create_from_job
        gap = self.employee_id.sudo().career_skill_gap(job.sudo())
        known = self.need_ids.skill_id
        gap = [line for line in gap if line[0] not in known]
        if not gap:
            raise UserError(
                self.env._(
                    "This job expects no skill beyond what is known or planned already."
                )
            )
        self.write(
            {
                "need_ids": [
                    fields.Command.create(values)
                    for values in self.env["career.plan.need"]._career_from_gap(gap)
                ]
            }
        )
        return True

    # ----------------------------------------------------------------------- roles
    def _career_screen_side(self):
        """The other side, when it has no login and has not signed: it may sign on the
        caller's screen. False where that side signs by itself."""
        self.ensure_one()
        # sudo: own model - who has a login, and who signed
        plan = self.sudo()
        side = self._career_side()
        other = {"employee": "conductor", "conductor": "employee"}.get(side)
        if not other or plan[f"{other}_user_id"] or plan[f"{other}_signed_on"]:
            return False
        return other if plan.conductor_role != "external" else False

    def _career_counterpart_name(self):
        """The name of who signs with the employee, where the line tells it."""
        self.ensure_one()
        if self.conductor_user_id:
            return self.conductor_user_id.name
        return (
            self.employee_id._career_line()
            .get(self.conductor_role, self.env["hr.employee"])
            .name
        )

    # --------------------------------------------------------------------- actions
    def action_propose(self):
        """Put the plan to both sides for signature.

        :raise AccessError: the caller is neither the employee nor the counterpart
        :raise UserError: nobody was chosen to sign with
        """
        todo = self.filtered(lambda p: p.state != "proposed")
        todo._career_check("propose")
        for plan in todo:
            if plan.conductor_role in ("hr", "coach", "mentor") and not (
                plan.conductor_user_id
            ):
                raise UserError(
                    self.env._("Choose first with whom you agree on this plan.")
                )
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
                        for part in (
                            "signature",
                            "signed_by",
                            "signed_on",
                            "signed_how",
                        )
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
        how = "page" if self._career_acting_employee_id() else "login"
        if how == "page" and not signature:
            raise UserError(self.env._("Draw your signature first."))
        for plan in self:
            side = plan._career_side()
            name = plan.employee_id.name if side == "employee" else self.env.user.name
            plan._career_sign(side, name, signature, how)
        return True

    def action_sign_on_screen(self, signature=None, name=None):
        """The other side, who has no login, draws a signature on the caller's screen.

        The plan says so beside the signature.

        :param signature: drawn signature, base64
        :param name: who draws it, where the line does not tell
        :raise AccessError: the other side has a login and signs for himself
        :raise UserError: no signature, or no name
        """
        self._career_check("sign_on_screen")
        for plan in self:
            other = plan._career_screen_side()
            if not other:
                raise AccessError(
                    self.env._(
                        "Nobody signs for another: the other side signs with the own "
                        "login, or has signed already."
                    )
                )
            if not signature:
                raise UserError(
                    self.env._("Let the other side draw a signature on your screen.")
                )
            signer = (
                plan.employee_id.name
                if other == "employee"
                else plan._career_counterpart_name() or (name or "").strip()
            )
            if not signer:
                raise UserError(self.env._("Write the name of the person who signs."))
            plan._career_sign(other, signer, signature, "screen")
        return True

    def _career_sign(self, side, name, signature, how):
        """Put one signature; both make the plan agreed.

        Two people who sign at the same moment wait for each other: the row is locked,
        and the later transaction starts again and sees the first signature.
        """
        self.ensure_one()
        self.env.cr.execute(
            SQL("SELECT id FROM career_plan WHERE id = %s FOR UPDATE", self.id),
            log_exceptions=False,  # the request is begun again; that is no error
        )
        if self[f"{side}_signed_on"]:
            raise UserError(
                self.env._("You have signed already. The other side signs next.")
            )
        self._career_apply(
            {
                f"{side}_signature": signature or False,
                f"{side}_signed_by": name,
                f"{side}_signed_on": fields.Datetime.now(),
                f"{side}_signed_how": how,
            },
            "sign",
            name if how == "screen" else None,
        )
        user = self[f"{side}_user_id"]
        self._career_todo_done("sign", users=user)
        alone = self.conductor_role == "external"
        if self.employee_signed_on and (self.conductor_signed_on or alone):
            self._career_system()._career_agree()

    def _career_agree(self):
        """Both have signed: the plan counts from now, and its version is closed."""
        for plan in self:
            previous = plan.previous_id
            if previous.state == "agreed":
                plan.action_ids.filtered("origin_id")._career_take_progress()
            plan._career_apply(
                {"state": "agreed", "date_agreed": fields.Datetime.now()}, "agree"
            )
            plan._career_todo_done("sign", "change")
            if previous.state == "agreed":
                previous._career_apply({"state": "superseded"}, "revise")
                previous._career_stop_following()
                previous.conversation_ids.write({"plan_id": plan.id})
                self.env["career.aspiration"].browse()._career_system().search(
                    [("plan_id", "=", previous.id)]
                ).plan_id = plan
            plan.checkpoint_ids._career_sync_event()

    def _career_stop_following(self):
        """No reminder and no date in a calendar for a plan that no longer runs."""
        for plan in self._career_system():
            plan._career_drop_todos()
            plan.checkpoint_ids._career_sync_event()

    def _career_drop_todos(self, users=None):
        """Take away what there is to do about the plan, for these users or for all."""
        for plan in self:
            plan._career_todo_done(
                "sign", "track", "end", "escalate", "hand_over", users=users
            )
            plan.action_ids._career_todo_done("due", "agree_drop", users=users)
            plan.checkpoint_ids._career_todo_done("checkpoint", users=users)

    def _career_next_version(self):
        """The new version that is being made, if any."""
        # sudo: own model - the next version has the same audience
        return self.sudo().search(
            [
                ("previous_id", "in", self.ids),
                ("state", "in", ("draft", "proposed")),
            ]
        )

    def action_evaluate(self):
        """Close the plan: it reached its target, or not.

        :raise UserError: actions are still open
        """
        todo = self.filtered(lambda p: p.state != "evaluated")
        todo._career_check("evaluate")
        if todo._career_next_version():
            raise UserError(
                self.env._(
                    "A new version of this plan is being made. Sign it or cancel it "
                    "first."
                )
            )
        for plan in todo:
            unfinished = plan.action_ids.filtered(
                lambda a: (
                    a.state in ("todo", "doing", "drop_asked") and not a.not_done_cause
                )
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
        todo._career_stop_following()
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
        todo._career_stop_following()
        following = todo._career_next_version()
        if following:
            # a version of what no longer exists cannot be signed
            following._career_apply(
                {"state": "cancelled", "cancel_reason": reason}, "cancel", reason
            )
            following._career_stop_following()
        return True

    def action_revise(self):
        """Begin a new version; the present one counts until the new one is signed.

        :return: the new ``career.plan`` in draft, or the draft that is there already
        :raise UserError: the plan was not agreed
        """
        self.ensure_one()
        self._career_check("revise")
        following = self._career_next_version()
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
            needs[need.id] = need.copy({"plan_id": new.id, "origin_id": need.id}).id
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
                    "drop_asked_by": action.drop_asked_by,
                    "not_done_cause": action.not_done_cause,
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
        values = []
        for plan in self:
            known = set(plan.checkpoint_ids.mapped("date"))
            # sudo: res.company - the policy is no secret
            for months in plan.company_id.sudo()._career_checkpoint_months():
                day = plan.date_start + relativedelta(months=months)
                if day <= plan.date_end and day not in known:
                    values.append({"plan_id": plan.id, "date": day})
        self.env["career.plan.checkpoint"].create(values)
        return True

    # ------------------------------------------------------------ change of manager
    def _career_pass_on(self, user, manager):
        """Pass open line plans to the new manager, with a note that both read.

        :param user: ``res.users`` of the new manager, empty where he has no login
        :param manager: the new manager's ``hr.employee``, empty where there is none
        """
        for plan in self._career_system():
            # the former manager has nothing to do with it any more
            plan._career_drop_todos(plan.conductor_user_id)
            vals = {
                "conductor_user_id": user.id,
                "hand_over_note": plan._career_hand_over_text(manager),
            }
            if plan.state == "proposed":
                # the new manager signs for himself
                vals.update(
                    conductor_signature=False,
                    conductor_signed_by=False,
                    conductor_signed_on=False,
                    conductor_signed_how=False,
                )
            plan.write(vals)
            plan._career_log("line", manager.name)
            plan.checkpoint_ids._career_sync_event()
            if user:
                plan._career_todo(user, "hand_over")

    def _career_hand_over_text(self, manager):
        """Where the plan stands, in the language of the employee."""
        self.ensure_one()
        lang = self.employee_user_id.lang or self._career_document_lang()
        plan = self.with_context(lang=lang)
        before = plan.conductor_user_id.name or plan.env._("nobody")
        done = len(plan.action_ids.filtered(lambda a: a.state == "done"))
        counted = len(plan.action_ids.filtered(lambda a: a.state != "dropped"))
        lines = [
            plan.env._(
                "%(date)s: this plan passed from %(before)s to %(after)s.",
                date=format_date(plan.env, fields.Date.context_today(plan)),
                before=before,
                after=manager.name or plan.env._("nobody"),
            ),
            plan.env._(
                "%(done)s of %(counted)s actions were done.",
                done=done,
                counted=counted,
            ),
        ]
        checkpoints = plan.checkpoint_ids.filtered(lambda c: c.state == "planned")
        if checkpoints:
            day = format_date(plan.env, min(checkpoints.mapped("date")))
            lines.append(plan.env._("Next follow-up: %(date)s.", date=day))
        if plan.action_ids.filtered(lambda a: a.state == "drop_asked"):
            lines.append(
                plan.env._("There is a request to drop an action: please answer it.")
            )
        return "\n".join(lines)

    def _career_document_lang(self):
        """Language of the plan on paper: that of the establishment (R4.2)."""
        self.ensure_one()
        return self.company_id._career_document_lang()

    # -------------------------------------------------------------------- document
    def button_print(self):
        """The plan on two pages, for who can read it."""
        self.check_access("read")
        return self.env.ref("career_guidance.career_plan_report").report_action(self)

    def _career_paper(self):
        """What the document shows: cut to two pages at most, in the context's language.

        The reader list is the viewer's: the employee sees everybody, another reader
        the employee and the two who signed.
        """
        self.ensure_one()
        actions = self.action_ids
        progress = ""
        if self.state not in ("draft", "proposed") and not self.is_unmeasured:
            progress = self.env._(
                "Realised on %(date)s: %(rate)s%%",
                date=format_date(self.env, fields.Date.context_today(self)),
                rate=self.realisation_rate,
            )
        readers = [
            f"{reader['name']} ({reader['reason']})" for reader in self.reader_reasons
        ]
        if not self.is_mine:
            readers.append(self.env._("whom the employee shared it with"))
        hidden = max(len(actions) - _PAPER_ACTIONS, 0) + max(
            len(self.need_ids) - _PAPER_NEEDS, 0
        )
        return {
            "state": self._career_state_label(),
            "counterpart": self._career_counterpart_name() or "",
            "progress": progress,
            "needs": [
                {
                    "name": shorten(need.name, 90, placeholder="..."),
                    "skill": " - ".join(
                        filter(None, [need.skill_id.name, need.target_level_id.name])
                    ),
                    "text": shorten(
                        " / ".join(
                            filter(
                                None,
                                [
                                    need.situation,
                                    need.behaviour_now,
                                    need.behaviour_wanted,
                                ],
                            )
                        ),
                        320,
                        placeholder="...",
                    ),
                }
                for need in self.need_ids[:_PAPER_NEEDS]
            ],
            "actions": [
                {
                    "name": shorten(action.name, 90, placeholder="..."),
                    "method": shorten(
                        action.method_id.name or "", 40, placeholder="..."
                    ),
                    "responsible": self._career_value_text(action, "responsible"),
                    "deadline": self._career_value_text(action, "deadline"),
                    "state": self._career_value_text(action, "state"),
                }
                for action in actions[:_PAPER_ACTIONS]
            ],
            "more": hidden
            and self.env._("%(count)s more lines stand in Odoo.", count=hidden)
            or "",
            "checkpoints": ", ".join(
                format_date(self.env, day)
                for day in self.checkpoint_ids[:12].mapped("date")
            ),
            "signatures": [
                self._career_paper_signature("employee", self.env._("Employee")),
                self._career_paper_signature("conductor", self.env._("Counterpart")),
            ],
            "readers": shorten("; ".join(readers), 600, placeholder="..."),
        }

    def _career_paper_signature(self, side, label):
        signed = self[f"{side}_signed_on"]
        text = self.env._("Not signed yet")
        if signed:
            how = dict(self._selection_signed_how())[self[f"{side}_signed_how"]]
            text = self.env._(
                "%(name)s, %(date)s. %(how)s.",
                name=self[f"{side}_signed_by"],
                date=format_datetime(self.env, signed, dt_format="short"),
                how=how,
            )
        return {"who": label, "image": self[f"{side}_signature"], "text": text}
