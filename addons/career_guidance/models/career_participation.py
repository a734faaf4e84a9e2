from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

_STATES = [
    ("to_plan", "To plan"),
    ("planned", "Planned"),
    ("held", "Held"),
    ("arranged_otherwise", "Arranged otherwise"),
    ("excused", "Excused"),
]


class CareerParticipation(models.Model):
    """One employee in a cycle (R3.1).

    It follows conversations of the line and nothing else. A hidden conversation never
    changes it, and "arranged otherwise" needs no reason and may be set at any time:
    so it tells nothing about a talk that the line should not know of.
    """

    _name = "career.participation"
    _inherit = "career.audience.mixin"
    _description = "Participation in a cycle"
    # the order of cycles is the newest first
    _order = "cycle_id, deadline, id"
    _career_path = "my-participations"

    _career_keep = "participation"
    _audience_rules = {
        "employee": ("r", None),
        "n1_line": ("rw", "[('n1_user_id', '=', user.id)]"),
        "n2_line": ("r", "[('n2_user_id', '=', user.id)]"),
        "hr_company": ("rwc", "[('company_id', 'in', company_ids)]"),
    }
    _career_creatable = {"hr": {"cycle_id", "deadline"}}
    _career_writable = {"n1": {"*": {"deadline"}}, "hr": {"*": {"deadline"}}}
    _open = {"to_plan", "planned"}
    _career_transitions = {
        "create_conversation": (_open | {"held"}, {"n1", "hr"}),
        "arranged_otherwise": ({state for state, _label in _STATES}, {"employee"}),
        "excuse": (_open, {"n1", "hr"}),
        "reopen": ({"arranged_otherwise", "excused"}, {"employee", "n1", "hr"}),
    }

    cycle_id = fields.Many2one(
        "career.cycle", required=True, index=True, ondelete="cascade"
    )
    cycle_state = fields.Selection(
        related="cycle_id.state", string="State of the cycle", compute_sudo=True
    )
    mode = fields.Selection(related="cycle_id.mode", compute_sudo=True)
    letter = fields.Html(related="cycle_id.letter", compute_sudo=True)
    # the organisation's own list: nothing in it is private to the employee
    department_id = fields.Many2one(
        related="employee_id.current_version_id.department_id",
        string="Department",
        store=True,
        index="btree_not_null",
    )
    state = fields.Selection(
        _STATES,
        compute="_compute_state",
        store=True,
        precompute=True,
        index=True,
        group_expand=True,
    )
    checkpoint_state = fields.Selection(
        [("to_plan", "To plan"), ("planned", "Planned"), ("held", "Held")],
        string="Check-point",
        compute="_compute_state",
        store=True,
        precompute=True,
    )
    is_open = fields.Boolean(
        "Still to plan", compute="_compute_state", store=True, precompute=True
    )
    date_planned = fields.Datetime(
        "Planned on", compute="_compute_state", store=True, precompute=True
    )
    date_held = fields.Datetime(
        "Held on", compute="_compute_state", store=True, precompute=True
    )
    deadline = fields.Date(
        compute="_compute_deadline",
        store=True,
        precompute=True,
        readonly=False,
        index=True,
    )
    is_late = fields.Boolean(
        "Late", compute="_compute_is_late", search="_search_is_late"
    )
    date_arranged = fields.Datetime(
        "Arranged otherwise since", readonly=True, copy=False
    )
    date_excused = fields.Datetime("Excused on", readonly=True, copy=False)
    excuse_reason = fields.Char("Reason", readonly=True, copy=False)
    excused_by = fields.Char("Excused by", readonly=True, copy=False)
    has_guide = fields.Boolean(
        "Has a line manager", compute="_compute_has_guide", compute_sudo=True
    )
    conversation_ids = fields.One2many(
        "career.conversation",
        "participation_id",
        string="Line conversations",
        readonly=True,
    )
    can_create_conversation = fields.Boolean(
        compute="_compute_can", export_string_translation=False
    )
    can_arranged_otherwise = fields.Boolean(
        compute="_compute_can", export_string_translation=False
    )
    can_excuse = fields.Boolean(compute="_compute_can", export_string_translation=False)
    can_reopen = fields.Boolean(compute="_compute_can", export_string_translation=False)

    _cycle_employee_uniq = models.UniqueIndex(
        "(cycle_id, employee_id)", "This employee takes part in the cycle already."
    )
    _open_index = models.Index("(n1_user_id, cycle_id) WHERE is_open")

    @api.model
    def _career_keep_since(self):
        """From the deadline of the cycle, whatever happened."""
        return SQL(
            "COALESCE(%(table)s.deadline, %(table)s.create_date)",
            table=SQL.identifier(self._table),
        )

    @api.model
    def _career_label(self):
        return self.env._("Participation in the cycle")

    # -------------------------------------------------------------------- computes
    @api.depends(
        "conversation_ids.state",
        "conversation_ids.kind",
        "conversation_ids.date_start",
        "conversation_ids.date_held",
        "date_arranged",
        "date_excused",
        "employee_id.active",
        "cycle_id.mode",
    )
    def _compute_state(self):
        """The last word counts: what was held after an excuse was held.

        Only formal line conversations are linked; see ``career.conversation``.
        """
        for participation in self:
            formal = participation.conversation_ids.filtered(
                lambda c: c.kind == "formal"
            )
            held = formal.filtered(lambda c: c.state in ("held", "closed")).sorted(
                "date_held"
            )
            planned = formal.filtered(lambda c: c.state == "planned").sorted(
                "date_start"
            )
            state = participation._career_state(held, planned)
            checkpoint = False
            if participation.cycle_id.mode == "core_and_checkpoint":
                checkpoint = "to_plan"
                if len(held) > 1:
                    checkpoint = "held"
                elif held and planned:
                    checkpoint = "planned"
            participation.state = state
            participation.checkpoint_state = checkpoint
            participation.is_open = state == "to_plan" or (
                state == "held" and checkpoint == "to_plan"
            )
            participation.date_planned = planned[:1].date_start
            participation.date_held = held[-1:].date_held

    def _career_state(self, held, planned):
        self.ensure_one()
        last = held[-1:].date_held
        settled = max(
            (d for d in (self.date_arranged, self.date_excused) if d), default=False
        )
        if last and (not settled or last >= settled):
            return "held"
        if settled:
            return "arranged_otherwise" if settled == self.date_arranged else "excused"
        if not self.employee_id.active:
            return "excused"
        return "planned" if planned else "to_plan"

    @api.depends("cycle_id")
    def _compute_deadline(self):
        for participation in self:
            cycle = participation.cycle_id
            participation.deadline = cycle.date_checkpoint or cycle.date_end

    @api.depends("is_open", "state", "deadline")
    def _compute_is_late(self):
        today = fields.Date.context_today(self)
        for participation in self:
            participation.is_late = bool(
                participation.state in self._open
                and participation.deadline
                and participation.deadline < today
            )

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        return fields.Domain("state", "in", tuple(self._open)) & fields.Domain(
            "deadline", "<", fields.Date.context_today(self)
        )

    @api.depends("employee_id.parent_id", "n1_user_id")
    def _compute_has_guide(self):
        for participation in self:
            # nobody has to be found for an anonymised one
            participation.has_guide = not participation.employee_id or bool(
                participation.employee_id._career_line()["n1"]
            )

    @api.depends_context("uid")
    @api.depends("state", "cycle_state", "checkpoint_state", "n1_user_id")
    def _compute_can(self):
        for participation in self:
            running = participation.cycle_state in ("launching", "running")
            for action in self._career_transitions:
                participation[f"can_{action}"] = participation._career_can(action)
            participation.can_create_conversation &= running and (participation.is_open)
            participation.can_excuse &= running
            participation.can_reopen &= running and (
                participation.is_mine
                if participation.state == "arranged_otherwise"
                else not participation.is_mine
            )
            # the list of a closed cycle is settled: there is no way back on it
            if participation.state == "arranged_otherwise" or not running:
                participation.can_arranged_otherwise = False

    # ------------------------------------------------------------------------ CRUD
    def _career_check_created(self, roles):
        """HR adds a person by hand, while the cycle runs."""
        result = super()._career_check_created(roles)
        for participation in self:
            # sudo: career.cycle - compared only
            cycle = participation.cycle_id.sudo()
            participation._career_need_running(cycle)
            if participation.company_id not in cycle.company_ids:
                raise UserError(
                    self.env._("This employee is of a company outside the cycle.")
                )
            if not participation.employee_id.active:
                raise UserError(
                    self.env._("This employee is archived and cannot take part.")
                )
            # sudo: own model - whether the person takes part elsewhere already
            others = participation.sudo().search_count(
                [
                    ("employee_id", "=", participation.employee_id.id),
                    ("id", "!=", participation.id),
                    ("cycle_id.state", "in", ("launching", "running")),
                    ("cycle_id.date_start", "<=", cycle.date_end),
                    ("cycle_id.date_end", ">=", cycle.date_start),
                ],
                limit=1,
            )
            if others:
                raise UserError(
                    self.env._(
                        "This employee takes part in another cycle of the same period."
                    )
                )
        return result

    @api.model
    def _career_need_running(self, cycles):
        if any(cycle.state not in ("launching", "running") for cycle in cycles):
            raise UserError(
                self.env._(
                    "The cycle is not running: launch it first, or prepare the next "
                    "one."
                )
            )

    def _career_extra_readers(self):
        """The line and HR read it by their role: the list is the organisation's."""
        return [
            (self.n1_user_id, "n1", self.env._("Line manager")),
            (self.n2_user_id, "n2", self.env._("Manager's manager")),
            (
                self.company_id._career_officers(),
                "hr",
                self.env._("Career officer (HR)"),
            ),
        ]

    # --------------------------------------------------------------------- actions
    def action_create_conversation(self):
        """The line conversation of this participation, new or the one that is open.

        :return: ``career.conversation``
        :raise AccessError: the caller is neither the line manager nor HR
        :raise UserError: the cycle is not running; it was held, excused or arranged
            otherwise already; nobody is the employee's line manager
        """
        self.ensure_one()
        self._career_check("create_conversation")
        system = self._career_system()
        existing = system.conversation_ids.filtered(
            lambda c: c.kind == "formal" and c.state in ("requested", "planned")
        )[:1]
        if existing:
            return existing.with_env(self.env)
        self._career_need_running(system.cycle_id)
        if not self.is_open:
            raise UserError(self.env._("This conversation was held already."))
        conversation = (
            self.env["career.conversation"]
            ._career_system()
            .create(
                {
                    "employee_id": self.employee_id.id,
                    "channel_id": system.cycle_id.channel_id.id,
                    "kind": "formal",
                    "initiator": "organisation",
                    "participation_id": self.id,
                }
            )
        )
        conversation._career_todo(
            conversation.conductor_user_id - self.env.user, "plan", self.deadline
        )
        return conversation.with_env(self.env)

    def button_create_conversation(self):
        """Make the conversation; open it for who may read it."""
        conversation = self.action_create_conversation()
        if not conversation.has_access("read"):
            return True
        return {
            "type": "ir.actions.act_window",
            "res_model": conversation._name,
            "res_id": conversation.id,
            "views": [(False, "form")],
        }

    def action_arranged_otherwise(self):
        """The employee talks with somebody else, or not now: no reason is asked.

        :raise AccessError: the caller is not the employee
        """
        self._career_check("arranged_otherwise")
        for participation in self.filtered(lambda p: p.state != "arranged_otherwise"):
            participation._career_apply(
                {
                    "date_arranged": fields.Datetime.now(),
                    "date_excused": False,
                    "excuse_reason": False,
                    "excused_by": False,
                }
            )
        return True

    def action_excuse(self, reason=None):
        """No conversation in this cycle, with a reason that the employee reads.

        :param reason: a few words; nothing medical
        :raise AccessError: the caller is neither the line manager nor HR
        :raise UserError: no reason, the cycle is not running, or it was held already
        """
        todo = self.filtered(lambda p: p.state != "excused")
        todo._career_check("excuse")
        if todo and not (reason or "").strip():
            raise UserError(
                self.env._("Say in a few words why no conversation is held.")
            )
        todo._career_need_running(todo._career_system().cycle_id)
        for participation in todo:
            participation._career_apply(
                {
                    "date_excused": fields.Datetime.now(),
                    "excuse_reason": reason.strip(),
                    "excused_by": self.env.user.name,
                },
                "cancel",
                reason.strip(),
            )
        return True

    def action_reopen(self):
        """Back on the list. What the employee arranged, the employee alone takes back.

        :raise AccessError: it is not the caller's to take back
        """
        todo = self.filtered(lambda p: p.state in ("arranged_otherwise", "excused"))
        todo._career_check("reopen")
        for participation in todo:
            arranged = participation.state == "arranged_otherwise"
            needed = {"employee"} if arranged else {"n1", "hr"}
            if self._career_guarded() and not needed & participation._career_roles():
                self._career_refuse_role(needed)
            participation._career_apply(
                {
                    "date_arranged": False,
                    "date_excused": False,
                    "excuse_reason": False,
                    "excused_by": False,
                }
            )
        return True

    def action_plan_several(self):
        """Propose a date for each of these people, in one go.

        :raise UserError: nothing of this is left to be planned by the caller
        """
        mine = self.filtered(
            lambda p: (
                p.is_open
                and p.can_create_conversation
                and p.has_guide
                and p.n1_user_id == self.env.user
            )
        )
        if not mine:
            raise UserError(
                self.env._(
                    "None of these is yours to plan: choose people of your own team "
                    "who are still to plan."
                )
            )
        wizard = self.env["career.participation.plan"]._career_propose(mine)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Plan several conversations"),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "views": [(False, "form")],
            "target": "new",
        }

    @api.constrains("employee_id", "cycle_id")
    def _check_cycle_launched(self):
        for participation in self:
            if participation.cycle_id.state == "draft":
                raise ValidationError(
                    self.env._("Launch the cycle first: it makes the participations.")
                )
