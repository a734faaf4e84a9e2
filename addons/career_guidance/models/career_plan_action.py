import math

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class CareerPlanAction(models.Model):
    """What somebody will do for a plan, by when, and what became of it (R2.6)."""

    _name = "career.plan.action"
    _inherit = "career.plan.child.mixin"
    _description = "Development action"
    _order = "deadline, id"
    _career_path = "career-actions"

    _content = {
        "name",
        "need_id",
        "method_id",
        "responsible",
        "weight",
        "hours",
        "deadline",
    }
    # hours: what it took is known afterwards only, and is no part of the rate
    _progress = {"evidence", "hours", "not_done_cause"}
    # what a new version is compared on with the one before
    _career_compared = (
        "name",
        "need_id",
        "method_id",
        "responsible",
        "weight",
        "deadline",
    )
    _career_creatable = {
        "employee": _content | {"plan_id"},
        "conductor": _content | {"plan_id"},
    }
    _career_writable = {
        "employee": {"draft": _content | {"evidence"}, "agreed": _progress},
        "conductor": {"draft": _content | {"evidence"}, "agreed": _progress},
    }
    _sides = {"employee", "conductor"}
    _career_transitions = {
        "start": ({"todo"}, _sides),
        "done": ({"todo", "doing"}, _sides),
        "reopen": ({"done"}, _sides),
        "drop": ({"todo", "doing"}, _sides),
        "agree_drop": ({"drop_asked"}, _sides),
        "refuse_drop": ({"drop_asked"}, _sides),
        "postpone": ({"todo", "doing"}, _sides),
    }

    name = fields.Char("What", compute="_compute_name", store=True, readonly=False)
    need_id = fields.Many2one(
        "career.plan.need",
        string="For the need",
        index="btree_not_null",
        ondelete="set null",
        domain="[('plan_id', '=', plan_id)]",
    )
    method_id = fields.Many2one(
        "career.development.method",
        index="btree_not_null",
        ondelete="restrict",
    )
    method_category = fields.Selection(related="method_id.category", store=True)
    responsible = fields.Selection(
        [("employee", "Employee"), ("manager", "Manager"), ("hr", "HR")],
        string="Who sees to it",
        default="employee",
        required=True,
    )
    weight = fields.Float(
        default=1.0,
        digits=(8, 2),
        help="How much it counts in the realisation rate.",
    )
    hours = fields.Float(help="Time that it takes, for the training days.")
    deadline = fields.Date(index=True)
    original_deadline = fields.Date(
        "First agreed date",
        compute="_compute_original_deadline",
        store=True,
        readonly=True,
        help="Stays when the action is postponed: the rate counts from this date.",
    )
    state = fields.Selection(
        [
            ("todo", "To do"),
            ("doing", "Doing"),
            ("done", "Done"),
            ("drop_asked", "Drop asked"),
            ("dropped", "Dropped"),
        ],
        default="todo",
        required=True,
        readonly=True,
        index=True,
        copy=False,
    )
    date_done = fields.Date("Done on", readonly=True, copy=False)
    drop_reason = fields.Char("Why it is dropped", readonly=True, copy=False)
    drop_asked_by = fields.Selection(
        [("employee", "Employee"), ("conductor", "Counterpart")],
        readonly=True,
        copy=False,
    )
    not_done_cause = fields.Selection(
        [
            ("employee", "On the employee's side"),
            ("employer", "On the employer's side"),
            ("both", "Both"),
            ("outside", "From outside"),
        ],
        string="Why not done",
        copy=False,
    )
    evidence = fields.Text("What shows that it is done", copy=False)
    origin_id = fields.Many2one(
        "career.plan.action",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        export_string_translation=False,
    )
    is_overdue = fields.Boolean(
        "Overdue", compute="_compute_is_overdue", search="_search_is_overdue"
    )
    can_start = fields.Boolean(compute="_compute_can", export_string_translation=False)
    can_done = fields.Boolean(compute="_compute_can", export_string_translation=False)
    can_reopen = fields.Boolean(compute="_compute_can", export_string_translation=False)
    can_drop = fields.Boolean(compute="_compute_can", export_string_translation=False)
    can_agree_drop = fields.Boolean(
        compute="_compute_can", export_string_translation=False
    )
    can_refuse_drop = fields.Boolean(
        compute="_compute_can", export_string_translation=False
    )
    can_postpone = fields.Boolean(
        compute="_compute_can", export_string_translation=False
    )

    # NaN is greater than every number in PostgreSQL: the upper bound refuses it
    _weight_valid = models.Constraint(
        "CHECK (weight >= 0 AND weight <= 1000)",
        "The weight of an action is a number from 0 to 1000.",
    )
    _hours_valid = models.Constraint(
        "CHECK (hours IS NULL OR (hours >= 0 AND hours <= 10000))",
        "The hours of an action are a number from 0 to 10000.",
    )

    @api.model
    def _career_label(self):
        return self.env._("Development action")

    # -------------------------------------------------------------------- computes
    @api.depends("method_id", "need_id")
    def _compute_name(self):
        """A short name where none was given: the method, and what it is for.

        Who is writing it in a form finds an empty box, not a name to rub out.
        """
        for action in self.filtered(lambda a: not a.name):
            names = [action.method_id.name, action.need_id.name]
            label = self._career_label() if action.id else False
            action.name = ": ".join(filter(None, names)) or label

    @api.depends("deadline", "plan_id.state", "origin_id")
    def _compute_original_deadline(self):
        """Follows the deadline until the plan is agreed, then stays.

        A new version keeps the date that was agreed first: a later date in it is a
        postponement, too (K4b).
        """
        for action in self:
            first = action.origin_id.original_deadline or action.original_deadline
            negotiated = action.plan_id.state in ("draft", "proposed")
            if not action.origin_id.original_deadline and negotiated:
                first = action.deadline
            action.original_deadline = first or action.deadline

    @api.depends("state", "deadline", "plan_id.state")
    def _compute_is_overdue(self):
        today = fields.Date.context_today(self)
        for action in self:
            action.is_overdue = bool(
                action.plan_id.state == "agreed"
                and action.state in ("todo", "doing", "drop_asked")
                and action.deadline
                and action.deadline < today
            )

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        return (
            fields.Domain("plan_id.state", "=", "agreed")
            & fields.Domain("state", "in", ("todo", "doing", "drop_asked"))
            & fields.Domain("deadline", "<", fields.Date.context_today(self))
        )

    @api.depends_context("uid", "career_acting_employee")
    @api.depends("state", "plan_id.state", "drop_asked_by")
    def _compute_can(self):
        for action in self:
            running = action.plan_id.state == "agreed"
            side = action._career_side()
            for name in self._career_transitions:
                action[f"can_{name}"] = running and action._career_can_here(name)
            if side == action.drop_asked_by and action._career_has_other_side():
                action.can_agree_drop = False

    def _career_can_here(self, name):
        """The table of transitions looks at the action's own state."""
        states, roles = self._career_transitions[name]
        if self.state not in states:
            return False
        return not self._career_guarded() or bool(roles & self._career_roles())

    # ------------------------------------------------------------------------ CRUD
    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._career_check_numbers(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._career_check_numbers(vals)
        before = {action.id: (action.deadline, action.hours) for action in self}
        result = super().write(vals)
        if {"deadline", "hours"} & set(vals):
            self._career_tell_next_version(before)
        return result

    @api.model
    def _career_check_numbers(self, vals):
        """Refuse what is no number before anything is computed with it.

        :raise UserError: says which field
        """
        for name in {"weight", "hours"} & set(vals):
            try:
                valid = math.isfinite(float(vals[name] or 0))
            except (TypeError, ValueError):
                valid = False
            if not valid:
                raise UserError(
                    self.env._(
                        "%(field)s: write a number.",
                        field=self._fields[name]._description_string(self.env),
                    )
                )

    def _career_tell_next_version(self, before):
        """A date or hours that move in the running version move in the next one, too,
        unless they were changed there."""
        system = self._career_system()
        for following in system.search(
            [
                ("origin_id", "in", self.ids),
                ("plan_id.state", "in", ("draft", "proposed")),
            ]
        ):
            origin = following.origin_id
            deadline, hours = before[origin.id]
            if following.deadline == deadline != origin.deadline:
                following.deadline = origin.deadline
            if following.hours == hours != origin.hours:
                following.hours = origin.hours

    @api.ondelete(at_uninstall=False)
    def _unlink_except_agreed(self):
        """What was agreed is not deleted in a new version: it is dropped, with a
        reason that both see (K4a)."""
        for action in self:
            if action.origin_id and self._career_guarded():
                raise UserError(
                    self.env._(
                        'The action "%(action)s" was agreed before. It cannot be '
                        "deleted: drop it in the running plan, with a reason.",
                        action=action.name,
                    )
                )

    # ----------------------------------------------------------------- constraints
    @api.constrains("deadline", "plan_id")
    def _check_deadline(self):
        for action in self:
            plan = action.plan_id
            if action.deadline and not (
                plan.date_start <= action.deadline <= plan.date_end
            ):
                raise ValidationError(
                    self.env._(
                        'The action "%(action)s" should be done within the plan, from '
                        "%(start)s to %(end)s. Choose another date, or change the "
                        "plan's period.",
                        action=action.name,
                        start=fields.Date.to_string(plan.date_start),
                        end=fields.Date.to_string(plan.date_end),
                    )
                )

    @api.constrains("need_id", "plan_id")
    def _check_need(self):
        for action in self:
            if action.need_id and action.need_id.plan_id != action.plan_id:
                raise ValidationError(
                    self.env._("The need of an action belongs to the same plan.")
                )

    # ----------------------------------------------------------------------- roles
    def _career_has_other_side(self):
        # sudo: career.plan - only whether there is a counterpart
        plan = self.plan_id.sudo()
        return bool(plan.conductor_user_id) and plan.employee_id._career_acts()

    def _career_check(self, action):
        """As for documents, on the action's own state, in an agreed plan."""
        states, roles = self._career_transitions[action]
        self.check_access("read")
        labels = dict(self._fields["state"]._description_selection(self.env))
        for record in self:
            if self._career_guarded() and not roles & record._career_roles():
                self._career_refuse_role(roles)
            if record.plan_id.state != "agreed":
                raise UserError(
                    self.env._("Actions begin when both sides have signed the plan.")
                )
            if record.state not in states:
                raise UserError(
                    self.env._(
                        'This is not possible for an action that is "%(state)s".',
                        state=labels[record.state],
                    )
                )

    # --------------------------------------------------------------------- actions
    def action_start(self):
        """Somebody has begun.

        :raise UserError: the plan was not agreed yet
        """
        todo = self.filtered(lambda a: a.state != "doing")
        todo._career_check("start")
        todo._career_apply({"state": "doing"}, "progress")
        return True

    def action_done(self):
        """It is done, today. Where a need is met by it, the employee is asked whether
        the skill may go to the profile.

        :raise UserError: the plan was not agreed, or the action was dropped
        """
        todo = self.filtered(lambda a: a.state != "done")
        todo._career_check("done")
        todo._career_apply(
            {
                "state": "done",
                "date_done": fields.Date.context_today(self),
                "not_done_cause": False,
            },
            "progress",
        )
        todo._career_todo_done("due")
        todo.need_id._career_offer_skill()
        return True

    def action_reopen(self):
        """It was not done after all (undo).

        :raise UserError: the action is not done
        """
        todo = self.filtered(lambda a: a.state != "doing")
        todo._career_check("reopen")
        todo._career_apply({"state": "doing", "date_done": False}, "progress")
        todo.need_id._career_offer_skill()
        return True

    def action_drop(self, reason=None):
        """Ask to drop it. It stays counted until the other side agrees (K4a).

        :param reason: a few words
        :raise UserError: no reason given
        """
        todo = self.filtered(lambda a: a.state != "drop_asked")
        todo._career_check("drop")
        if todo and not (reason or "").strip():
            raise UserError(self.env._("Say in a few words why it can be dropped."))
        for action in todo:
            side = action._career_side() or "conductor"
            action._career_apply(
                {
                    "state": "drop_asked",
                    "drop_reason": reason,
                    "drop_asked_by": side,
                },
                "progress",
                reason,
            )
            others = (
                action.employee_user_id | action.conductor_user_id
            ) - self.env.user
            action._career_system()._career_todo(others, "agree_drop")
        return True

    def action_agree_drop(self):
        """The other side agrees: it is dropped, and no longer counted.

        :raise AccessError: the caller is the one who asked
        """
        todo = self.filtered(lambda a: a.state != "dropped")
        todo._career_check("agree_drop")
        for action in todo:
            if (
                self._career_guarded()
                and action._career_has_other_side()
                and action._career_side() == action.drop_asked_by
            ):
                self._career_refuse_role(
                    {"employee", "conductor"} - {action.drop_asked_by}
                )
            action._career_apply({"state": "dropped"}, "agree", action.drop_reason)
            action._career_todo_done("agree_drop", "due")
            action.need_id._career_offer_skill()
        return True

    def action_refuse_drop(self):
        """Keep it after all: the other side does not agree, or the asker withdraws.

        :raise UserError: nobody asked to drop it
        """
        todo = self.filtered(lambda a: a.state not in ("todo", "doing"))
        todo._career_check("refuse_drop")
        todo._career_apply(
            {"state": "todo", "drop_reason": False, "drop_asked_by": False}, "refuse"
        )
        todo._career_todo_done("agree_drop")
        return True

    def action_postpone(self, date=None):
        """Another deadline. The first agreed one stays, and the rate counts from it.

        :param date: the new deadline, within the plan
        :raise UserError: no date
        :raise ValidationError: the date lies outside the plan
        """
        self._career_check("postpone")
        day = fields.Date.to_date(date)
        if not day:
            raise UserError(self.env._("Choose the new date."))
        self._career_apply({"deadline": day}, "progress", fields.Date.to_string(day))
        self._career_todo_done("due")
        return True

    def _career_responsible_users(self):
        """Who is reminded of the action: the responsible party, where he may know.

        In a plan that is hidden from the manager or HR, the two sides see to it.
        """
        self.ensure_one()
        plan = self.plan_id
        wanted = {
            "employee": plan.employee_user_id,
            "manager": plan.n1_user_id or plan.conductor_user_id,
            "hr": plan.company_id._career_officers(),
        }[self.responsible]
        readers = self.env["res.users"].union(*[r[0] for r in plan._career_readers()])
        return wanted & readers or plan.conductor_user_id or plan.employee_user_id

    def _career_take_progress(self):
        """A new version takes what happened while it was being agreed."""
        for action in self._career_system():
            old = action.origin_id
            action.write(
                {
                    name: old[name]
                    for name in (
                        "state",
                        "date_done",
                        "drop_reason",
                        "drop_asked_by",
                        "not_done_cause",
                        "evidence",
                    )
                }
            )
            if old.state == "drop_asked":
                # the question goes along: who has to answer finds it at the new one
                sides = {
                    "employee": old.conductor_user_id,
                    "conductor": old.employee_user_id,
                }
                other = sides.get(old.drop_asked_by)
                action._career_todo(other or old.employee_user_id, "agree_drop")
