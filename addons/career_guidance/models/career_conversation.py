import difflib
from datetime import timedelta
from functools import partial

from markupsafe import Markup, escape

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import format_datetime, html2plaintext

from ..tools.selection import labels_of

# A request without a date, and a held conversation that stays open, are late after
# this many days; a planned one is late when its time has passed.
_OVERDUE_DAYS = 14


class CareerConversation(models.Model):
    """A career conversation (loopbaangesprek), from the request to the follow-up.

    Who holds it, who may be told and who will not know follow from its channel; the
    flags are copied at the request and stay (R1).
    """

    _name = "career.conversation"
    _inherit = "career.audience.mixin"
    _description = "Career conversation"
    _order = "date_start desc, id desc"
    _career_path = "career-conversations"

    _career_keep = "conversation"
    _career_keep_states = ("held", "closed", "cancelled")
    _audience_rules = {
        "employee": ("rwc", None),
        "employee_unlink": (
            "u",
            "[('employee_user_id', '=', user.id), ('state', '=', 'requested')]",
        ),
        "conductor": ("rwc", None),
        "n1": ("r", None),
        "n2": ("r", None),
        "hr": ("r", None),
        "hr_request": (
            "r",
            "[('is_open_request', '=', True), ('conductor_role', '=', 'hr'),"
            " ('company_id', 'in', company_ids)]",
        ),
        "pool_request": (
            "r",
            "[('is_open_request', '=', True), ('conductor_role', '=', 'coach'),"
            " ('company_id', 'in', company_ids)]",
        ),
    }
    _shares = {"share_n1", "share_n2", "share_hr", "share_coach"}
    _career_creatable = {
        "employee": _shares
        | {
            "channel_id",
            "kind",
            "request",
            "conductor_id",
            "adviser_id",
            "date_start",
            "duration",
            "trajectory_id",
        },
        "conductor": {
            "channel_id",
            "kind",
            "conductor_id",
            "date_start",
            "duration",
            "trajectory_id",
        },
    }
    # What both sides confirm; a change afterwards asks them again.
    _agreed_fields = ("report", "outcome", "outcome_reason", "next_date")
    _stand_ins = {"stand_in_id", "employee_stand_in_id"}
    _career_writable = {
        "employee": {
            "*": _shares | {"talking_points_employee"},
            "requested": {"request", "kind", "conductor_id", "adviser_id"},
            "planned": {"request", "item_ids"},
            "held": {"item_ids"},
        },
        "conductor": {
            "*": {"talking_points_conductor"},
            "requested": {"date_start", "duration", "kind", "outcome", "outcome_reason"}
            | _stand_ins,
            "planned": {"date_start", "duration", "report", "outcome"}
            | {"outcome_reason", "next_date", "item_ids"}
            | _stand_ins,
            "held": {"report", "outcome", "outcome_reason", "next_date", "item_ids"},
        },
    }
    # In a channel without a guide in Odoo, the employee keeps the record himself.
    _career_writable_alone = {
        "requested": {"date_start", "duration", "outcome", "outcome_reason"},
        "planned": {"date_start", "duration", "report", "outcome", "outcome_reason"}
        | {"next_date"},
        "held": {"report", "outcome", "outcome_reason", "next_date"},
    }
    _career_transitions = {
        "assign": ({"requested", "planned"}, {"conductor", "hr", "coach", "pool"}),
        "refer": ({"requested", "planned", "held"}, {"conductor"}),
        "plan": ({"requested", "planned"}, {"conductor", "alone"}),
        "hold": ({"requested", "planned"}, {"conductor", "alone"}),
        "confirm_report": ({"held"}, {"employee", "conductor"}),
        "record_confirmation": ({"held"}, {"conductor"}),
        "record_answers": ({"requested", "planned"}, {"conductor"}),
        "placeholder": ({"planned"}, {"employee", "conductor"}),
        "close": ({"held"}, {"employee", "conductor"}),
        "cancel": ({"requested", "planned"}, {"employee", "conductor"}),
        "create_plan": ({"planned", "held", "closed"}, {"employee", "conductor"}),
        "write_feedback": (
            {"planned", "held", "closed"},
            {"employee", "conductor"},
        ),
    }

    channel_id = fields.Many2one(
        "career.channel",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self._default_channel_id(),
    )
    conductor_role = fields.Selection(
        labels_of("career.channel", "conductor_role"),
        string="Held by",
        readonly=True,
        required=True,
    )
    channel_explanation = fields.Text(related="channel_id.explanation")
    channel_description = fields.Text(related="channel_id.description")
    kind = fields.Selection(
        [("formal", "Formal"), ("informal", "Informal")],
        default="formal",
        required=True,
        help="A formal one counts for the cycle; an informal one is a talk in between.",
    )
    initiator = fields.Selection(
        [
            ("employee", "Employee"),
            ("conductor", "Guide"),
            ("organisation", "Organisation"),
        ],
        string="Asked by",
        default="employee",
        required=True,
        readonly=True,
    )
    conductor_id = fields.Many2one(
        "hr.employee",
        string="Guide",
        index="btree_not_null",
        ondelete="set null",
        help="Who holds the conversation. Empty while HR or the coach pool still has "
        "to take the request.",
    )
    conductor_user_id = fields.Many2one(
        string="User of the guide",
        compute="_compute_conductor_user_id",
        compute_sudo=True,
        store=True,
        precompute=True,
        readonly=False,
    )
    adviser_id = fields.Many2one(
        "res.partner", string="External adviser", ondelete="set null"
    )
    request = fields.Char(
        "My question", help="One sentence is enough. You can also leave it empty."
    )
    date_start = fields.Datetime("Date", index="btree_not_null")
    duration = fields.Float(
        "Duration (hours)", default=lambda self: self.env.company.career_duration
    )
    date_end = fields.Datetime(compute="_compute_date_end", store=True)
    date_planned_original = fields.Datetime(
        "First planned date", readonly=True, copy=False
    )
    date_held = fields.Datetime("Held on", readonly=True, copy=False, index=True)
    next_date = fields.Date("Next conversation", help="When you will meet again.")
    event_id = fields.Many2one(
        "calendar.event",
        string="Calendar event",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    stand_in_id = fields.Many2one(
        "hr.employee",
        string="Stand-in",
        index="btree_not_null",
        ondelete="set null",
        help="Who takes over the guide's shift during the conversation. The stand-in "
        "is told only that a replacement is needed.",
    )
    employee_stand_in_id = fields.Many2one(
        "hr.employee",
        string="Stand-in for the employee",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        help="Who takes over the employee's shift, where that is another person.",
    )
    state = fields.Selection(
        [
            ("requested", "Requested"),
            ("planned", "Planned"),
            ("held", "Held"),
            ("closed", "Closed"),
            ("cancelled", "Cancelled"),
        ],
        default="requested",
        required=True,
        readonly=True,
        index=True,
        copy=False,
        group_expand=True,
    )
    is_open_request = fields.Boolean(
        compute="_compute_is_open_request",
        store=True,
        precompute=True,
        export_string_translation=False,
    )
    talking_points_employee = fields.Html("What I want to talk about")
    talking_points_conductor = fields.Html("What the guide wants to talk about")
    report = fields.Html(copy=False)
    report_previous = fields.Html(
        "Report as confirmed before", readonly=True, copy=False
    )
    report_difference = fields.Html(
        "What changed since", compute="_compute_report_difference", sanitize=False
    )
    employee_confirmed = fields.Boolean(
        "Confirmed by the employee", readonly=True, copy=False
    )
    conductor_confirmed = fields.Boolean(
        "Confirmed by the guide", readonly=True, copy=False
    )
    confirmation_recorded_by = fields.Char(
        "Employee's confirmation recorded by",
        readonly=True,
        copy=False,
        help="An employee without a user confirmed in person; the guide recorded it.",
    )
    prepare_offered = fields.Date(
        readonly=True, copy=False, export_string_translation=False
    )
    outcome = fields.Selection(
        [
            ("develop", "Develop: a plan follows"),
            ("move", "Move: look for another job"),
            ("no_change", "No change wished"),
            ("decide_later", "Decide later"),
            ("not_discussed", "Not discussed"),
        ],
        copy=False,
        help="Always explicit: an empty answer could mean anything (R3.2).",
    )
    outcome_reason = fields.Char(
        "Why not discussed", copy=False, help="Needed when it was not discussed."
    )
    cancel_reason = fields.Char(readonly=True, copy=False)
    trajectory_id = fields.Many2one(
        "career.trajectory",
        index="btree_not_null",
        ondelete="set null",
    )
    plan_id = fields.Many2one(
        "career.plan",
        string="Development plan",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        copy=False,
    )
    item_ids = fields.One2many(
        "career.conversation.item", "conversation_id", string="Agreed points"
    )
    preparation_ids = fields.One2many(
        "career.preparation", "conversation_id", string="Preparations", readonly=True
    )
    preparation_status = fields.Char(
        "Preparation",
        compute="_compute_preparation_status",
        compute_sudo=True,
        help="Who is ready; nothing of what was written.",
    )
    feedback_ids = fields.One2many("career.feedback", "conversation_id", readonly=True)
    referral_ids = fields.One2many(
        "career.referral", "conversation_id", string="Proposals", readonly=True
    )
    my_preparation_id = fields.Many2one(
        "career.preparation", compute="_compute_my_preparation_id"
    )
    is_hidden = fields.Boolean(
        compute="_compute_is_hidden", export_string_translation=False
    )
    available_route_ids = fields.Many2many(
        "career.channel.route", compute="_compute_available_route_ids"
    )
    unsettled_route_ids = fields.Many2many(
        "career.channel.route",
        string="Feedback still due",
        compute="_compute_unsettled_route_ids",
        compute_sudo=True,
    )
    next_step = fields.Char("What comes next", compute="_compute_next_step")
    next_button = fields.Char(
        compute="_compute_next_step", export_string_translation=False
    )
    is_overdue = fields.Boolean(
        "Overdue", compute="_compute_is_overdue", search="_search_is_overdue"
    )
    can_assign = fields.Boolean(compute="_compute_can", export_string_translation=False)
    can_refer = fields.Boolean(compute="_compute_can", export_string_translation=False)
    can_plan = fields.Boolean(compute="_compute_can", export_string_translation=False)
    can_hold = fields.Boolean(compute="_compute_can", export_string_translation=False)
    can_confirm_report = fields.Boolean(
        compute="_compute_can", export_string_translation=False
    )
    can_close = fields.Boolean(compute="_compute_can", export_string_translation=False)
    can_cancel = fields.Boolean(compute="_compute_can", export_string_translation=False)
    can_create_plan = fields.Boolean(
        compute="_compute_can", export_string_translation=False
    )
    can_write_feedback = fields.Boolean(
        compute="_compute_can", export_string_translation=False
    )
    can_record_confirmation = fields.Boolean(
        compute="_compute_can", export_string_translation=False
    )
    can_record_answers = fields.Boolean(
        compute="_compute_can", export_string_translation=False
    )
    can_placeholder = fields.Boolean(
        compute="_compute_can", export_string_translation=False
    )
    can_edit_date = fields.Boolean(
        compute="_compute_can", export_string_translation=False
    )
    can_edit_report = fields.Boolean(
        compute="_compute_can", export_string_translation=False
    )
    can_edit_outcome = fields.Boolean(
        compute="_compute_can", export_string_translation=False
    )

    _duration_positive = models.Constraint(
        "CHECK (duration > 0 AND duration <= 24)",
        "A conversation takes more than nothing, and at most a day: correct the "
        "duration.",
    )

    # ------------------------------------------------------------------- defaults
    @api.model
    def _default_channel_id(self):
        return self.env["career.channel"]._career_by_code(
            "line", self.env.user.employee_id.company_id or self.env.company
        )

    @api.onchange("employee_id", "channel_id")
    def _onchange_channel_id(self):
        """Only what is open to this employee can be chosen; show who would hold it."""
        if self._origin:
            return
        available = self.available_channel_ids._origin
        if self.employee_id and self.channel_id not in available:
            self.channel_id = available[:1]
        if self.conductor_role != self.channel_id.conductor_role:
            self.conductor_id = False
            self.adviser_id = False
        self.conductor_role = self.channel_id.conductor_role

    @api.model
    def _career_label(self):
        return self.env._("Career conversation")

    # ------------------------------------------------------------------- computes
    @api.depends("conductor_id.user_id")
    def _compute_conductor_user_id(self):
        for conversation in self:
            if conversation.conductor_id:
                conversation.conductor_user_id = conversation.conductor_id.user_id
            else:
                # an officer without an employee of his own keeps what he took
                conversation.conductor_user_id = conversation.conductor_user_id

    @api.depends("date_start", "duration")
    def _compute_date_end(self):
        for conversation in self:
            conversation.date_end = conversation.date_start and (
                conversation.date_start + timedelta(hours=conversation.duration or 0)
            )

    @api.depends("state", "conductor_id", "conductor_user_id")
    def _compute_is_open_request(self):
        for conversation in self:
            conversation.is_open_request = (
                conversation.state == "requested"
                and not conversation.conductor_id
                and not conversation.conductor_user_id
            )

    @api.depends("hidden_from_n1", "hidden_from_n2", "hidden_from_hr", "conductor_role")
    def _compute_is_hidden(self):
        for conversation in self:
            conversation.is_hidden = conversation._career_is_hidden()

    @api.depends_context("uid", "career_acting_employee")
    @api.depends("preparation_ids.role")
    def _compute_my_preparation_id(self):
        for conversation in self:
            role = conversation._career_side()
            conversation.my_preparation_id = conversation.preparation_ids.filtered(
                lambda p, role=role: p.role == role
            )[:1]

    @api.depends_context("uid", "career_acting_employee")
    @api.depends("channel_id.route_ids", "feedback_ids.state")
    def _compute_available_route_ids(self):
        """Routes along which the viewer may (still) tell something."""
        for conversation in self:
            role = conversation._career_side()
            conversation.available_route_ids = (
                conversation.channel_id.route_ids.filtered(
                    lambda r, role=role, c=conversation: (
                        r.author_role == role and c._career_recipient_exists(r)
                    )
                )
            )

    @api.depends(
        "channel_id.route_ids.required",
        "feedback_ids.state",
        "n1_user_id",
        "n2_user_id",
        "conductor_user_id",
    )
    def _compute_unsettled_route_ids(self):
        """Required feedback that nobody gave; a guide without a user owes none."""
        # searched, not read from the one2many: its cache may hold what another user
        # of the same request could see
        settled_routes = dict(
            self.env["career.feedback"]._read_group(
                [
                    ("conversation_id", "in", self.ids),
                    ("state", "in", ("sent", "refused")),
                ],
                ["conversation_id"],
                ["route_id:recordset"],
            )
        )
        none = self.env["career.channel.route"]
        for conversation in self:
            settled = settled_routes.get(conversation._origin, none)
            conversation.unsettled_route_ids = (
                conversation.channel_id.route_ids.filtered(
                    lambda r, c=conversation: (
                        r.required
                        and (r.author_role == "employee" or c.conductor_user_id)
                        and c._career_recipient_exists(r)
                    )
                )
                - settled
            )

    @api.depends_context("uid", "career_acting_employee", "lang")
    @api.depends(
        "state",
        "conductor_user_id",
        "conductor_id",
        "outcome",
        "feedback_ids.state",
        "employee_confirmed",
        "conductor_confirmed",
        "plan_id",
    )
    def _compute_next_step(self):
        """One sentence: who does what now (R2.9)."""
        for conversation in self:
            step = getattr(
                conversation, f"_career_next_step_{conversation.state}", lambda: ""
            )
            conversation.next_step = step()
            conversation.next_button = conversation._career_next_button()

    def _career_next_step_requested(self):
        alone = "alone" in self._career_roles()
        if self.is_open_request and self.conductor_role == "mentor":
            return self.env._("Choose who is your mentor.")
        if alone:
            return self.env._("Note the date of your conversation when you have one.")
        if self.is_open_request:
            return (
                self.env._("Waits until somebody of the channel takes it.")
                if self.is_mine
                else self.env._("Take this request, or leave it to a colleague.")
            )
        if self.is_mine:
            return self.env._(
                "Your guide proposes a date. You can prepare in the meantime."
            )
        return self.env._("Choose a date and plan the conversation.")

    def _career_next_step_planned(self):
        if self.date_end and self.date_end < fields.Datetime.now():
            return (
                self.env._(
                    "The time has passed. Your guide records that it took place."
                )
                if self.is_mine and not self.can_hold
                else self.env._(
                    "The time has passed. Record what came of it, or choose a new date."
                )
            )
        return self.env._("Prepare, and hold the conversation on its date.")

    def _career_next_button(self):
        """The button of a held conversation that the viewer presses next.

        :return: ``confirm``, ``feedback``, ``plan``, ``close``, or an empty string
            where it is not up to the viewer
        """
        side = self._career_side()
        if self.state != "held" or not side:
            return ""
        if not self[f"{side}_confirmed"]:
            return "confirm"
        if self.unsettled_route_ids.filtered(lambda r: r.author_role == side):
            return "feedback"
        if self.outcome in ("develop", "move") and not self.plan_id:
            # also who waits for the other's feedback can make the plan meanwhile
            return "plan"
        return "" if self.unsettled_route_ids else "close"

    def _career_next_step_held(self):
        step = self._career_next_button()
        if step == "confirm":
            if self._career_side() == "conductor" and not self.report:
                return self.env._("Write the report, and confirm it.")
            return self.env._("Read the report and confirm it, or ask to change it.")
        if step == "feedback":
            return self.env._("Give the feedback that belongs to this channel.")
        if step == "plan":
            return self.env._(
                "Make the plan that follows, then close the conversation."
            )
        if not self.unsettled_route_ids:
            return self.env._("All is said: close the conversation.")
        if self.is_mine:
            return self.env._("Your guide still gives the feedback that belongs to it.")
        if self.unsettled_route_ids.filtered(lambda r: r.author_role == "conductor"):
            return self.env._("The guide still gives the feedback that belongs to it.")
        return self.env._("The employee still gives the feedback that belongs to it.")

    def _career_next_step_closed(self):
        if self.outcome in ("develop", "move") and not self.plan_id:
            return self.env._("Done. You can still make the plan that follows.")
        return self.env._("Done. What was agreed lives on in the plan.")

    def _career_next_step_cancelled(self):
        return self.env._("Cancelled. Ask for a new conversation whenever you wish.")

    @api.depends_context("lang")
    @api.depends("preparation_ids.date_ready", "preparation_ids.state")
    def _compute_preparation_status(self):
        for conversation in self:
            ready = conversation.preparation_ids.filtered("date_ready").mapped("role")
            if not ready:
                status = self.env._("Nobody is ready yet")
            elif len(ready) == len(conversation.preparation_ids):
                status = self.env._("Ready")
            elif "employee" in ready:
                status = self.env._("The employee is ready")
            else:
                status = self.env._("The guide is ready")
            conversation.preparation_status = status

    @api.depends("report", "report_previous")
    def _compute_report_difference(self):
        """The report, with what was added and taken away since it was confirmed."""
        for conversation in self:
            conversation.report_difference = conversation.report_previous and (
                self._career_difference(
                    conversation.report_previous, conversation.report
                )
            )

    @api.model
    def _career_difference(self, before, after):
        """Two texts word by word, as HTML with ``ins`` and ``del``.

        :param before: HTML
        :param after: HTML
        :return: safe HTML: the words are escaped, only our own tags are markup
        """
        old = html2plaintext(before or "").split()
        new = html2plaintext(after or "").split()
        parts = []
        for tag, i, j, k, m in difflib.SequenceMatcher(None, old, new).get_opcodes():
            if tag == "equal":
                parts.append(escape(" ".join(old[i:j])))
                continue
            if i < j:
                parts.append(Markup("<del>%s</del>") % " ".join(old[i:j]))
            if k < m:
                parts.append(Markup("<ins>%s</ins>") % " ".join(new[k:m]))
        return Markup("<p>%s</p>") % Markup(" ").join(parts)

    @api.depends("state", "date_end", "date_held", "create_date")
    def _compute_is_overdue(self):
        now = fields.Datetime.now()
        limit = now - timedelta(days=_OVERDUE_DAYS)
        for conversation in self:
            since = {
                "requested": conversation.create_date,
                "held": conversation.date_held,
            }.get(conversation.state)
            conversation.is_overdue = bool(
                (since and since < limit)
                or (
                    conversation.state == "planned"
                    and conversation.date_end
                    and conversation.date_end < now
                )
            )

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        now = fields.Datetime.now()
        limit = now - timedelta(days=_OVERDUE_DAYS)
        state = partial(fields.Domain, "state", "=")
        return (
            (state("planned") & fields.Domain("date_end", "<", now))
            | (state("requested") & fields.Domain("create_date", "<", limit))
            | (state("held") & fields.Domain("date_held", "<", limit))
        )

    @api.depends_context("uid", "career_acting_employee")
    @api.depends("state", "conductor_user_id", "employee_user_id", "report")
    def _compute_can(self):
        for conversation in self:
            for action in self._career_transitions:
                conversation[f"can_{action}"] = conversation._career_can(action)
            writable = conversation._career_writable_fields()
            conversation.can_edit_date = "date_start" in writable
            conversation.can_edit_report = "report" in writable
            conversation.can_edit_outcome = "outcome" in writable
            if conversation.kind == "formal" and conversation.state == "requested":
                conversation.can_hold = False
            for action in ("record_confirmation", "record_answers"):
                # an employee who can log in acts for himself
                if conversation.employee_user_id:
                    conversation[f"can_{action}"] = False

    # ---------------------------------------------------------------- constraints
    @api.constrains("conductor_user_id")
    def _check_conductor_user(self):
        """A user who was set; one who follows from the guide's employee moves along,
        and what was held stays with who held it."""
        chosen = self.filtered(
            lambda c: (
                c.state in ("requested", "planned")
                and not (
                    c.conductor_id and c.conductor_id.user_id == c.conductor_user_id
                )
            )
        )
        chosen._check_conductor()

    @api.constrains("conductor_id", "channel_id", "employee_id")
    def _check_conductor(self):
        """The guide holds the channel's role for this employee (architecture.md)."""
        result = super()._check_conductor()
        for conversation in self:
            if conversation.conductor_id == conversation.employee_id:
                raise ValidationError(
                    self.env._(
                        "Nobody can guide himself. Choose somebody else for this "
                        "conversation or plan."
                    )
                )
            conversation.employee_id._career_check_conductor(
                conversation.conductor_role, conversation.conductor_user_id
            )
            role, guide = conversation.conductor_role, conversation.conductor_id
            if (
                role in ("n1", "n2")
                and guide
                and guide != conversation.employee_id._career_line()[role]
            ):
                raise ValidationError(
                    self.env._("The guide of this channel is in the employee's line.")
                )
            if role in ("hr", "coach") and guide and not conversation.conductor_user_id:
                raise ValidationError(
                    self.env._(
                        "This colleague has no user and cannot hold the role of this "
                        "channel. Choose somebody else, or leave it open."
                    )
                )
        return result

    @api.constrains("trajectory_id", "employee_id")
    def _check_trajectory(self):
        for conversation in self:
            trajectory = conversation.trajectory_id
            if trajectory and trajectory.employee_id != conversation.employee_id:
                raise ValidationError(
                    self.env._("The guidance belongs to the same employee.")
                )

    @api.constrains("stand_in_id", "employee_stand_in_id")
    def _check_stand_in(self):
        for conversation in self:
            stand_ins = conversation.stand_in_id | conversation.employee_stand_in_id
            if stand_ins and conversation._career_is_hidden():
                raise ValidationError(
                    self.env._(
                        "Outside the line no stand-in is asked: that would tell "
                        "colleagues about the conversation. Choose a time outside the "
                        "shift."
                    )
                )
            if stand_ins & (conversation.employee_id | conversation.conductor_id):
                raise ValidationError(
                    self.env._(
                        "The stand-in is somebody else than the two who talk: choose "
                        "a colleague."
                    )
                )

    @api.constrains("channel_id", "employee_id")
    def _check_channel_company(self):
        for conversation in self:
            company = conversation.channel_id.company_id
            if company and company != conversation.company_id:
                raise ValidationError(
                    self.env._(
                        "This channel belongs to another company. Choose one that is "
                        "open to the employee."
                    )
                )

    @api.constrains("state", "outcome", "outcome_reason")
    def _check_outcome(self):
        """A conversation that was held says what came of it, for good (R3.2)."""
        for conversation in self.filtered(lambda c: c.state in ("held", "closed")):
            if not conversation.outcome:
                raise ValidationError(
                    self.env._(
                        "A conversation that was held has an outcome: choose one."
                    )
                )
            if (
                conversation.outcome == "not_discussed"
                and not (conversation.outcome_reason or "").strip()
            ):
                raise ValidationError(
                    self.env._("Say in a few words why it was not discussed.")
                )

    # ----------------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        conversations = super().create(vals_list)
        conversations._career_system()._career_start()
        return conversations

    @api.model
    def _career_prepare_create(self, vals_list):
        """Copy the channel's flags, and find who holds the conversation."""
        result = []
        for vals in super()._career_prepare_create(vals_list):
            employee = self._career_given_employee(vals)
            channel = self._career_open_channel(vals.get("channel_id"), employee)
            self._career_prepare_trajectory(vals, employee)
            vals["employee_id"] = employee.id
            vals["channel_id"] = channel.id
            vals["conductor_role"] = channel.conductor_role
            for role in ("n1", "n2", "hr"):
                vals[f"hidden_from_{role}"] = channel[f"hidden_from_{role}"]
            self._career_prepare_conductor(vals, employee, channel)
            if self._career_guarded():
                own = self._career_acting_employee_id() == employee.id or (
                    employee.user_id == self.env.user
                )
                vals["initiator"] = "employee" if own else "conductor"
            result.append(vals)
        return result

    @api.model
    def _career_prepare_trajectory(self, vals, employee):
        """A conversation of a trajectory is with its own employee and guide.

        One message for what does not exist, what is somebody else's and what may not
        be read: a number tried out tells nothing.

        :raise AccessError: the caller does not read this trajectory of this employee
        """
        if not vals.get("trajectory_id"):
            return
        trajectory = self.env["career.trajectory"].browse(vals["trajectory_id"])
        # sudo: own model - compared with the employee of the conversation only
        trajectory_sudo = trajectory.sudo().exists()
        readable = not self._career_guarded() or (
            trajectory_sudo and trajectory.has_access("read")
        )
        if not readable or trajectory_sudo.employee_id != employee:
            raise AccessError(
                self.env._("This guidance is not one of this employee and you.")
            )
        if trajectory_sudo.kind != "external":
            vals.setdefault("conductor_id", trajectory_sudo.coach_id.id)

    @api.model
    def _career_open_channel(self, channel_id, employee):
        """The channel that was chosen, if it is open to employee and caller.

        :raise AccessError: the caller may not begin anything about this employee
        :raise UserError: no channel, or one that is not the employee's to choose
        """
        # sudo: career.channel - shared by all; other companies' are refused below
        channels = self.env["career.channel"].sudo()
        channel = channels.browse(
            channel_id or self._default_channel_id().id or []
        ).exists()
        self._career_check_starter(employee, channel.conductor_role or "external")
        if not channel:
            raise UserError(
                self.env._("Choose a channel: who should hold the conversation?")
            )
        if self._career_guarded() and channel not in channels._career_available(
            employee
        ):
            raise UserError(
                self.env._(
                    'The channel "%(channel)s" is not open to you. Choose another one.',
                    channel=channel.name,
                )
            )
        return channel

    @api.model
    def _career_prepare_conductor(self, vals, employee, channel):
        """The line follows from the organisation; a role waits until one takes it."""
        role = channel.conductor_role
        if role == "external":
            vals.pop("conductor_id", None)
        elif role in ("n1", "n2"):
            if vals.get("conductor_id") or vals.get("conductor_user_id"):
                return
            holder = employee._career_line()[role]
            if not holder:
                raise UserError(
                    self.env._(
                        "%(employee)s has nobody in the role that holds a conversation "
                        'in the channel "%(channel)s". Choose another channel.',
                        employee=employee.name,
                        channel=channel.name,
                    )
                )
            vals["conductor_id"] = holder.id
        elif (
            not vals.get("conductor_id")
            and self._career_guarded()
            and self._career_acting_employee_id() is None
            and employee.user_id != self.env.user
        ):
            # somebody of the role starts it himself
            vals["conductor_id"] = self.env.user._career_employee().id
            vals["conductor_user_id"] = self.env.uid

    def _career_start(self):
        """What belongs to a new conversation: preparations, to-dos, history."""
        preparations = []
        for conversation in self:
            sides = ["employee"]
            if conversation.conductor_role != "external":
                sides.append("conductor")
            preparations += [
                {"conversation_id": conversation.id, "role": side} for side in sides
            ]
            conversation._career_log("create")
            if conversation.conductor_user_id and conversation.initiator == "employee":
                conversation._career_todo(conversation.conductor_user_id, "plan")
            elif conversation.is_open_request:
                conversation._career_todo(conversation._career_role_users(), "assign")
        self.env["career.preparation"].create(preparations)

    def write(self, vals):
        if "conductor_id" in vals and self._career_guarded():
            self.check_access("write")
            for conversation in self:
                self._career_refuse_fields(
                    {"conductor_id"} - conversation._career_writable_fields()
                )
                if vals["conductor_id"] != conversation.conductor_id.id:
                    conversation._career_forget_conductor()
        if set(self._agreed_fields) & set(vals):
            self._career_agreed_changes(vals)
        planned = self.filtered(lambda c: c.state == "planned")
        start = fields.Datetime.to_datetime(vals.get("date_start"))
        moves = {"date_start", "duration"} & set(vals)
        if moves and self._career_guarded():
            for conversation in planned:
                if "date_start" in vals and start != conversation.date_start:
                    self._career_check_start(start)
        before = {c: (c.date_start, c.duration) for c in planned}
        result = super().write(vals)
        if (
            moves
            or {"conductor_id", "conductor_user_id"} & set(vals)
            or (self._stand_ins & set(vals))
        ):
            planned = planned.filtered(lambda c: c.state == "planned")
            planned._career_system()._career_sync_calendar()
            for conversation in planned:
                if before[conversation] != (
                    conversation.date_start,
                    conversation.duration,
                ):
                    conversation._career_moved()
        return result

    def _career_agreed_changes(self, vals):
        """A change after a confirmation asks both sides again, and shows what was."""
        for conversation in self:
            if not (
                conversation.employee_confirmed or conversation.conductor_confirmed
            ):
                continue
            new = self.new(
                {name: vals[name] for name in self._agreed_fields if name in vals}
            )
            changed = [
                name
                for name in self._agreed_fields
                if name in vals and new[name] != conversation[name]
            ]
            if not changed:
                continue
            if self._career_guarded():
                self._career_refuse_fields(
                    set(changed) - conversation._career_writable_fields()
                )
            reset = {
                "employee_confirmed": False,
                "conductor_confirmed": False,
                "confirmation_recorded_by": False,
            }
            if "report" in changed:
                reset["report_previous"] = conversation.report
            labels = [
                self._fields[name]._description_string(self.env) for name in changed
            ]
            conversation._career_apply(reset, "change", ", ".join(labels))
            both = conversation.employee_user_id | conversation.conductor_user_id
            conversation._career_system()._career_todo(both, "confirm_report")

    @api.ondelete(at_uninstall=False)
    def _unlink_only_requested(self):
        for conversation in self:
            if conversation.state != "requested" and self._career_guarded():
                raise UserError(
                    self.env._(
                        "Only a request can be deleted. Cancel this conversation "
                        "instead."
                    )
                )

    def unlink(self):
        self.check_access("unlink")
        # sudo: career.history, mail.activity - nothing of a withdrawn request stays
        self._career_todo_done("plan", "assign", "prepare", "moved", "overdue")
        self.sudo()._career_remove_events()
        self.sudo().history_ids.unlink()
        return super().unlink()

    # ---------------------------------------------------------------------- roles
    def _career_roles(self):
        """Also: ``pool`` and ``hr`` for an open request, ``alone`` for an employee
        whose guide is not in Odoo."""
        roles = super()._career_roles()
        # sudo: own model - only who holds it is looked at
        conversation = self.sudo()
        if "employee" in roles and not conversation.conductor_user_id:
            if conversation.conductor_role == "external" or conversation.conductor_id:
                roles.add("alone")
        if (
            conversation.conductor_role == "coach"
            and self._career_acting_employee_id() is None
            and self.env.user._career_is_coach_of(conversation.company_id)
        ):
            roles.add("pool")
        return roles

    def _career_writable_fields(self):
        allowed = super()._career_writable_fields()
        # sudo: own model - only the state is looked at
        state = self.sudo().state
        if "alone" in self._career_roles():
            allowed |= self._career_writable_alone.get(state, set())
        return allowed

    def _career_role_users(self):
        """Users of the role that an open request is made to, but for the hidden."""
        self.ensure_one()
        if self.conductor_role == "hr":
            users = self.company_id._career_officers()
        elif self.conductor_role == "coach":
            users = self.company_id._career_coaches()
        else:
            users = self.env["res.users"]
        users -= self.employee_user_id
        if self.hidden_from_n1:
            users -= self.n1_user_id
        if self.hidden_from_n2:
            users -= self.n2_user_id
        return users

    def _career_extra_readers(self):
        if not self.is_open_request:
            return []
        role = "hr" if self.conductor_role == "hr" else "coach"
        return [
            (self._career_role_users(), role, self.env._("Until somebody takes it"))
        ]

    def _career_recipient(self, route):
        """The user (n1, n2) or users (HR) whom a route reaches, now."""
        self.ensure_one()
        if route.recipient_role == "hr":
            # a to-do that cannot be opened would tell the manager all
            return self.company_id._career_officers() - self._career_kept_out()
        return self[f"{route.recipient_role}_user_id"]

    def _career_kept_out(self):
        """Users of the line who do not receive what HR is told, whatever role they
        have: a message to HR is not shared along with the conversation."""
        self.ensure_one()
        users = self.env["res.users"]
        if self.hidden_from_n1:
            users |= self.n1_user_id
        if self.hidden_from_n2:
            users |= self.n2_user_id
        return users - self.conductor_user_id

    def _career_recipient_exists(self, route):
        """Nobody has to tell somebody who is not there, or himself."""
        self.ensure_one()
        # sudo: own model - only whether there is a recipient
        conversation = self.sudo()
        recipients = conversation._career_recipient(route)
        if route.author_role == "conductor":
            recipients -= conversation.conductor_user_id
        return bool(recipients - conversation.employee_user_id)

    # -------------------------------------------------------------------- actions
    def action_assign(self, user=None):
        """Take a request made to one's role, or hand it on to a colleague.

        :param user: who takes it: ``res.users``, ``hr.employee`` or the id of a user;
            the caller by default
        :raise AccessError: the caller does not hold the role
        :raise ValidationError: the other does not hold the role
        """
        self._career_check("assign")
        Users = self.env["res.users"]
        if isinstance(user, int):
            user = Users.browse(user)
        elif getattr(user, "_name", None) == "hr.employee":
            # sudo: hr.employee - the user behind a colleague who was chosen
            user = user.sudo().user_id
        user = user or self.env.user
        for conversation in self:
            roles = conversation._career_roles()
            if conversation.conductor_user_id == user:
                continue
            if conversation.conductor_role in ("n1", "n2", "external"):
                raise UserError(
                    self.env._(
                        "In this channel the guide follows from the organisation: "
                        "nobody can take it over."
                    )
                )
            if self._career_guarded() and "conductor" not in roles:
                if not conversation.is_open_request:
                    raise AccessError(
                        self.env._("Somebody has taken this request already.")
                    )
                needed = {"hr": "hr", "coach": "pool"}.get(conversation.conductor_role)
                if needed not in roles:
                    raise AccessError(
                        self.env._("This request was made to another role.")
                    )
            if user in conversation._career_hidden_line():
                raise ValidationError(
                    self.env._("This request cannot be handed to this person.")
                )
            conversation._career_change_conductor(user)
            conversation._career_log("assign", user.name)
        return True

    def _career_hidden_line(self):
        """Users of the line from whom the conversation is hidden and not shared."""
        self.ensure_one()
        # sudo: own model - compared with the chosen person only
        conversation = self.sudo()
        hidden = self.env["res.users"]
        if conversation.hidden_from_n1 and not conversation.share_n1:
            hidden |= conversation.n1_user_id
        if conversation.hidden_from_n2 and not conversation.share_n2:
            hidden |= conversation.n2_user_id
        return hidden

    def _career_change_conductor(self, user, employee=None):
        """Give the conversation to another guide; the old one's notes do not go along.

        :param user: record of ``res.users``; empty where the new guide has none
        :param employee: the guide's employee, by default found by the user
        """
        self.ensure_one()
        conversation = self._career_system()
        if user and not employee:
            employee = user._career_employee()
        conversation._career_forget_conductor()
        conversation.write(
            {
                "conductor_id": employee.id if employee else False,
                "conductor_user_id": user.id,
            }
        )
        conversation._check_conductor()
        if user and user != self.env.user:
            planned = conversation.state == "planned"
            conversation._career_todo(user, "prepare" if planned else "plan")

    def _career_delete_secrets(self):
        """No secret file about a person (access.md, rule 7): what a guide wrote and
        neither shared nor sent is deleted."""
        # the server deletes, also when an employee acts on the personal page
        system = self._career_system().env
        # searched with all rights: a cached one2many holds what the caller can see
        system["career.preparation"].with_user(SUPERUSER_ID).search(
            [
                ("conversation_id", "in", self.ids),
                ("role", "=", "conductor"),
                ("state", "=", "private"),
            ]
        ).unlink()
        system["career.feedback"].with_user(SUPERUSER_ID).search(
            [
                ("conversation_id", "in", self.ids),
                ("author_role", "=", "conductor"),
                ("state", "=", "draft"),
            ]
        ).unlink()

    def _career_forget_conductor(self):
        """The guide changes: his unshared notes and drafts are nobody else's."""
        self.ensure_one()
        conversation = self._career_system()
        conversation._career_delete_secrets()
        old = self._career_preparation_of("conductor")
        conversation._career_unshare_preparation()
        conversation._career_todo_done("assign", "plan")
        conversation._career_todo_done(
            *("prepare", "close", "moved", "hold", "overdue"),
            users=conversation.conductor_user_id,
        )
        conversation.conductor_event_id._career_unlink_synced()
        # a guide without a user who was replaced leaves no user behind
        conversation.write(
            {
                "conductor_id": False,
                "conductor_user_id": False,
                "conductor_confirmed": False,
            }
        )
        if not old:
            old.create({"conversation_id": conversation.id, "role": "conductor"})

    def _career_preparation_of(self, role):
        """The preparation of one side, for the server alone.

        :param role: ``employee`` or ``conductor``
        """
        self.ensure_one()
        preparations = self.env["career.preparation"].with_user(SUPERUSER_ID)
        return preparations.search(
            [("conversation_id", "=", self.id), ("role", "=", role)]
        )

    def _career_unshare_preparation(self):
        """What the employee shared with a guide was shared with that guide; the next
        one reads it when the employee shares it again."""
        shared = self._career_preparation_of("employee").filtered_domain(
            [("state", "=", "shared")]
        )
        shared._career_take_back()

    def action_refer(self, channel):
        """Propose another channel; the employee accepts it or not (R3.12).

        :param channel: record or id of ``career.channel``
        :return: the ``career.referral`` that only the employee reads
        :raise AccessError: the caller is not the guide
        """
        self._career_check("refer")
        channel = self._career_browse("career.channel", channel)
        for conversation in self:
            if channel == conversation.channel_id:
                raise UserError(
                    self.env._("The conversation is in this channel already.")
                )
            if channel not in channel._career_available(conversation.employee_id):
                raise UserError(
                    self.env._("This channel is not open to the employee's company.")
                )
        referrals = self.env["career.referral"].with_user(SUPERUSER_ID)
        for conversation in self:
            referral = referrals.create(
                {
                    "conversation_id": conversation.id,
                    "channel_id": channel.id,
                    "proposed_by": self.env.user.name,
                }
            )
            conversation._career_log("refer", channel.name)
            referral._career_todo(conversation.employee_user_id, "referral")
            referrals |= referral
        return referrals.with_env(self.env)

    @api.model
    def _career_browse(self, model, value):
        """A record of the model from a record, an id, or nothing."""
        if isinstance(value, models.BaseModel):
            return value
        return self.env[model].browse(value or [])

    def action_plan(self, date_start=None, duration=None):
        """Set the date, or another date, and put it in the calendars of a line talk.

        :param date_start: datetime (UTC), by default the record's own
        :param duration: hours, by default the record's own
        :raise UserError: no date, a date in the past, no guide yet
        """
        self._career_check("plan")
        for conversation in self:
            start = fields.Datetime.to_datetime(date_start) or conversation.date_start
            if not start:
                raise UserError(self.env._("Choose a date first."))
            replanned = conversation.state == "planned"
            if not (replanned and start == conversation.date_start):
                self._career_check_start(start)
            hours = duration or conversation.duration
            if hours <= 0:
                raise UserError(
                    self.env._(
                        "The conversation ends before it starts: set its duration."
                    )
                )
            if (
                conversation.is_open_request
                and conversation.conductor_role != "external"
            ):
                raise UserError(
                    self.env._("Nobody holds this conversation yet: take it first.")
                )
            conversation._career_system()._career_check_plannable(start, hours)
            vals = {"date_start": start, "duration": hours, "state": "planned"}
            vals["overdue_told"] = False
            if not conversation.date_planned_original:
                vals["date_planned_original"] = start
            conversation._career_apply(vals)
            if not replanned:
                conversation._career_system()._career_sync_calendar()
                conversation._career_moved()
        return True

    @api.model
    def _career_check_start(self, start):
        """Refuse a date in the past.

        :param start: datetime, or nothing
        :raise UserError: no date, or one in the past
        """
        if not start:
            raise UserError(self.env._("Choose a date first."))
        if start < fields.Datetime.now():
            raise UserError(
                self.env._(
                    "This date is in the past. Choose a later one; for a talk that "
                    "took place already, note it as an informal conversation."
                )
            )

    def _career_moved(self):
        """The conversation got its date, or another one: both sides are told."""
        for conversation in self:
            start = conversation.date_start
            conversation._career_log("plan", conversation._career_date_text(start))
            conversation._career_todo_done("plan", "overdue")
            both = conversation.employee_user_id | conversation.conductor_user_id
            system = conversation._career_system()
            conversation._career_todo_done("moved", "prepare", users=both)
            if conversation._career_is_prepare_time():
                system._career_offer_preparation()
            system._career_todo(both - self.env.user, "moved")

    def _career_date_text(self, value):
        """A moment as the employee reads it: own time zone, own language."""
        self.ensure_one()
        # sudo: hr.employee - time zone and language of the employee himself
        employee = self.sudo().employee_id
        return format_datetime(
            self.env,
            value,
            tz=employee.user_id.tz or employee.tz or "UTC",
            dt_format="short",
            lang_code=employee._career_reader_env().lang,
        )

    def action_hold(self, outcome=None, reason=None):
        """The conversation took place, with an explicit outcome (R3.2).

        :param outcome: one of the outcomes, by default the one on the record
        :param reason: why it was not discussed, where that is the outcome
        :raise UserError: no outcome; "not discussed" without a reason
        """
        todo = self.filtered(lambda c: c.state != "held" or not c._career_can("close"))
        todo._career_check("hold")
        outcomes = dict(self._fields["outcome"].selection)
        for conversation in todo:
            if conversation.state == "requested" and conversation.kind == "formal":
                raise UserError(
                    self.env._(
                        "Plan the conversation before you record that it was held."
                    )
                )
            result = outcome or conversation.outcome
            if result not in outcomes:
                raise UserError(
                    self.env._(
                        "Choose the outcome. If the career was not talked about, "
                        'choose "Not discussed" and say why.'
                    )
                )
            why = (reason or conversation.outcome_reason or "").strip()
            if result == "not_discussed" and not why:
                raise UserError(
                    self.env._("Say in a few words why it was not discussed.")
                )
            conversation._career_apply(
                {
                    "state": "held",
                    "outcome": result,
                    "outcome_reason": why if result == "not_discussed" else False,
                    "date_held": fields.Datetime.now(),
                    "overdue_told": False,
                },
                "hold",
            )
            conversation._career_todo_done(
                "assign", "plan", "prepare", "hold", "moved", "overdue"
            )
            system = conversation._career_system()
            if conversation.unsettled_route_ids and conversation.conductor_user_id:
                system._career_todo(conversation.conductor_user_id, "close")
            system._career_todo(
                conversation.employee_user_id - self.env.user, "confirm_report"
            )
        return True

    def action_confirm_report(self):
        """Confirm the report, for the side of the caller; a change asks again.

        :raise AccessError: the caller is neither the employee nor the guide
        """
        self._career_check("confirm_report")
        for conversation in self:
            side = conversation._career_side()
            field = f"{side}_confirmed"
            if conversation[field]:
                continue
            conversation._career_apply({field: True}, "confirm")
            conversation._career_todo_done("confirm_report", users=self.env.user)
        return True

    def action_record_confirmation(self):
        """The guide records that an employee without a user confirmed the report.

        :raise AccessError: the caller is not the guide
        :raise UserError: the employee has a user, and confirms himself
        """
        self._career_check("record_confirmation")
        for conversation in self:
            conversation._career_check_no_user()
            conversation._career_apply(
                {
                    "employee_confirmed": True,
                    "confirmation_recorded_by": self.env.user.name,
                },
                "confirm",
                self.env._("Recorded by %(guide)s", guide=self.env.user.name),
            )
        return True

    def _career_check_no_user(self):
        """Refuse to act for an employee who can act himself (access.md, rule 6)."""
        self.ensure_one()
        if self.employee_user_id:
            raise UserError(
                self.env._(
                    "This employee has a login and does this himself. You can record "
                    "it only for who works without one."
                )
            )

    def action_close(self):
        """Close: nothing is open any more. The guide's unshared notes are deleted.

        :raise UserError: feedback that the channel requires was not given
        """
        todo = self.filtered(lambda c: c.state != "closed")
        todo._career_check("close")
        for conversation in todo:
            if conversation.unsettled_route_ids:
                raise UserError(
                    self.env._(
                        "This channel asks for feedback first: %(routes)s. Write it, "
                        "then close the conversation.",
                        routes=", ".join(
                            conversation.unsettled_route_ids.mapped("display_name")
                        ),
                    )
                )
            conversation._career_delete_secrets()
            conversation._career_apply({"state": "closed"}, "close")
            conversation._career_todo_done("close", "confirm_report", "overdue")
        return True

    def action_cancel(self, reason=None):
        """Cancel a request or a planned conversation; both sides see the reason.

        :param reason: a few words
        :raise UserError: no reason; it was held already
        """
        todo = self.filtered(lambda c: c.state != "cancelled")
        todo._career_check("cancel")
        if todo and not (reason or "").strip():
            raise UserError(self.env._("Say in a few words why it is cancelled."))
        for conversation in todo:
            system = conversation._career_system()
            system._career_remove_events()
            conversation._career_delete_secrets()
            conversation._career_apply(
                {"state": "cancelled", "cancel_reason": reason}, "cancel", reason
            )
            conversation._career_todo_done(
                "assign", "plan", "prepare", "hold", "moved", "overdue"
            )
            both = conversation.employee_user_id | conversation.conductor_user_id
            system._career_todo(both - self.env.user, "cancelled")
        return True

    def action_create_plan(self):
        """Make the development plan that follows from the conversation.

        :return: ``career.plan`` in draft, or the one that is there already
        """
        self.ensure_one()
        self._career_check("create_plan")
        if self.plan_id:
            return self.plan_id
        plan = self.env["career.plan"]._career_create_from_conversation(self)
        self._career_apply({"plan_id": plan.id})
        self._career_system().item_ids._career_to_plan(plan)
        return plan.with_env(self.env)

    def action_write_feedback(self, route=None):
        """Begin a feedback along one of the channel's routes.

        :param route: record or id of ``career.channel.route``; by default the only
            one that is open to the caller
        :return: ``career.feedback`` in draft
        :raise UserError: no such route for the caller in this channel
        """
        self.ensure_one()
        self._career_check("write_feedback")
        route = self._career_browse("career.channel.route", route)
        open_routes = self.available_route_ids
        if not route and len(open_routes) == 1:
            route = open_routes
        if not route or route not in open_routes:
            raise UserError(
                self.env._(
                    "This channel has no such route for you. Routes that are open to "
                    "you: %(routes)s.",
                    routes=", ".join(open_routes.mapped("display_name"))
                    or self.env._("none"),
                )
            )
        draft = self.feedback_ids.filtered(
            lambda f: f.route_id == route and f.state == "draft"
        )[:1]
        return draft or self.env["career.feedback"].create(
            {"conversation_id": self.id, "route_id": route.id}
        )

    # -------------------------------------------------------------------- buttons
    def _career_open(self, record):
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [(False, "form")],
        }

    def button_create_plan(self):
        """Make the plan and open it."""
        return self._career_open(self.action_create_plan())

    def button_open_plan(self):
        """Open the plan that followed from the conversation."""
        self.ensure_one()
        return self._career_open(self.plan_id)

    def button_open_trajectory(self):
        """Open the guidance that the conversation belongs to."""
        self.ensure_one()
        return self._career_open(self.trajectory_id)

    def button_open_preparation(self):
        """Open the caller's own preparation, with its questions."""
        self.ensure_one()
        preparation = self.my_preparation_id
        if not preparation.answer_ids:
            preparation.action_load_questions()
        return self._career_open(preparation)
