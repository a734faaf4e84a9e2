from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import LockError, UserError, ValidationError
from odoo.fields import Domain

# What a launched cycle promised to people, and therefore keeps.
_FIXED_WHEN_LAUNCHED = {
    "company_ids",
    "department_ids",
    "category_ids",
    "employee_type_ids",
    "hired_before",
    "channel_id",
    "mode",
    "date_start",
}


class CareerCycle(models.Model):
    """The organisation's round over every employee (R3.1).

    Conversations that wait for somebody's initiative do not happen. HR launches a
    cycle; each employee gets a participation; managers work off their list.
    """

    _name = "career.cycle"
    _inherit = "career.population.mixin"
    _description = "Cycle of career conversations"
    _order = "date_start desc, id desc"

    _system_fields = {
        "state",
        "batch_cursor",
        "batch_total",
        "batch_done",
        "batch_active",
        "date_launched",
        "date_reminded",
        "date_escalated",
    }

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    state = fields.Selection(
        [
            ("draft", "In preparation"),
            ("launching", "Being launched"),
            ("running", "Running"),
            ("closed", "Closed"),
        ],
        default="draft",
        required=True,
        readonly=True,
        index=True,
        copy=False,
        group_expand=True,
    )
    channel_id = fields.Many2one(
        "career.channel",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env["career.channel"]._career_by_code(
            "line", self.env.company
        ),
        domain="[('conductor_role', '=', 'n1'), ('hidden_from_n1', '=', False),"
        " ('hidden_from_n2', '=', False), ('hidden_from_hr', '=', False)]",
        help="A cycle runs through the line. Whoever prefers another channel chooses "
        "it freely, and says here that it is arranged otherwise.",
    )
    mode = fields.Selection(
        [
            ("single", "One moment"),
            ("core_and_checkpoint", "Two moments: core and check-point"),
        ],
        string="Moments",
        default="single",
        required=True,
    )
    date_start = fields.Date(
        "From", required=True, default=lambda self: fields.Date.context_today(self)
    )
    date_end = fields.Date(
        "Until",
        required=True,
        compute="_compute_date_end",
        store=True,
        precompute=True,
        readonly=False,
    )
    date_checkpoint = fields.Date(
        "Check-points from",
        compute="_compute_date_checkpoint",
        store=True,
        precompute=True,
        readonly=False,
        help="The core conversation takes place before this day, the check-point "
        "after.",
    )
    lead_days = fields.Integer(
        "Time to prepare (days)",
        default=lambda self: self.env.company.career_lead_days,
        help="Slots are proposed no earlier than this many days ahead, so that both "
        "sides can prepare.",
    )
    letter = fields.Html(
        translate=True,
        help="What every participant reads: why, how it works, with whom they can "
        "talk.",
    )
    tell_employees = fields.Boolean(
        "Tell employees",
        default=True,
        help="Every employee with a user finds a to-do, without details.",
    )
    date_launched = fields.Datetime("Launched on", readonly=True, copy=False)
    date_reminded = fields.Date("Last reminder", readonly=True, copy=False)
    date_escalated = fields.Date("Last escalation", readonly=True, copy=False)
    participation_ids = fields.One2many(
        "career.participation", "cycle_id", string="Participations", readonly=True
    )
    concerns_viewer = fields.Boolean(
        "About me or my line",
        compute="_compute_concerns_viewer",
        search="_search_concerns_viewer",
        help="You take part in it, or people below you do.",
    )
    participation_count = fields.Integer(compute="_compute_counts")
    to_plan_count = fields.Integer("To plan", compute="_compute_counts")
    planned_count = fields.Integer("Planned", compute="_compute_counts")
    held_count = fields.Integer("Held", compute="_compute_counts")
    other_count = fields.Integer(
        "Arranged otherwise or excused", compute="_compute_counts"
    )

    _dates_in_order = models.Constraint(
        "CHECK (date_end >= date_start)", "The cycle ends before it starts."
    )
    _lead_days_positive = models.Constraint(
        "CHECK (lead_days >= 0)", "The time to prepare cannot be negative."
    )

    # -------------------------------------------------------------------- computes
    @api.depends("date_start", "company_ids")
    def _compute_date_end(self):
        for cycle in self:
            if cycle.state in (False, "draft") and cycle.date_start:
                company = cycle.company_ids._origin[:1] or self.env.company
                months = int(company.career_cycle_months)
                cycle.date_end = cycle.date_start + relativedelta(
                    months=months, days=-1
                )

    @api.depends("mode", "date_start", "date_end")
    def _compute_date_checkpoint(self):
        for cycle in self:
            if cycle.mode == "single":
                cycle.date_checkpoint = False
            elif not cycle.date_checkpoint and cycle.date_start and cycle.date_end:
                days = (cycle.date_end - cycle.date_start).days
                cycle.date_checkpoint = cycle.date_start + timedelta(days=days // 2)

    @api.depends_context("uid")
    @api.depends("participation_ids")
    def _compute_concerns_viewer(self):
        domain = self._career_viewer_domain() & Domain("cycle_id", "in", self.ids)
        groups = self._career_of_viewer()._read_group(domain, ["cycle_id"])
        mine = {cycle.id for [cycle] in groups}
        for cycle in self:
            cycle.concerns_viewer = cycle._origin.id in mine

    @api.model
    def _search_concerns_viewer(self, operator, value):
        if operator != "in":
            return NotImplemented
        mine = self._career_of_viewer()._search(self._career_viewer_domain())
        found = Domain("id", "in", mine.subselect("cycle_id"))
        # "in" gets True, False or both
        return Domain.OR(found if each else ~found for each in value)

    @api.model
    def _career_of_viewer(self):
        # sudo: career.participation - the rule of cycles asks whether the viewer is
        # among the participants or above one; no participation is shown
        return self.env["career.participation"].sudo()

    @api.model
    def _career_viewer_domain(self):
        """Participations of the viewer, and of who is one or two levels below.

        Asked of the database, never of the participations in memory: a cycle has as
        many as the company has employees.
        """
        roles = ("employee_user_id", "n1_user_id", "n2_user_id")
        return Domain.OR(Domain(role, "=", self.env.uid) for role in roles)

    @api.depends_context("uid")
    @api.depends("participation_ids.state")
    def _compute_counts(self):
        """Of the participations that the viewer may see."""
        groups = self.env["career.participation"]._read_group(
            [("cycle_id", "in", self.ids)], ["cycle_id", "state"], ["__count"]
        )
        counts = {(cycle.id, state): count for cycle, state, count in groups}
        for cycle in self:

            def count(*states, cycle_id=cycle._origin.id):
                return sum(counts.get((cycle_id, state), 0) for state in states)

            cycle.to_plan_count = count("to_plan")
            cycle.planned_count = count("planned")
            cycle.held_count = count("held")
            cycle.other_count = count("arranged_otherwise", "excused")
            cycle.participation_count = count(
                "to_plan", "planned", "held", "arranged_otherwise", "excused"
            )

    # ----------------------------------------------------------------- constraints
    @api.constrains("channel_id")
    def _check_channel_id(self):
        for cycle in self:
            if not cycle.channel_id._career_is_line():
                raise ValidationError(
                    self.env._(
                        "A cycle is followed by name, so it runs through the line. "
                        "Choose a channel that the line manager holds and that is "
                        "hidden from nobody."
                    )
                )

    @api.constrains("mode", "date_start", "date_end", "date_checkpoint")
    def _check_date_checkpoint(self):
        for cycle in self:
            if cycle.mode == "core_and_checkpoint" and not (
                cycle.date_checkpoint
                and cycle.date_start < cycle.date_checkpoint <= cycle.date_end
            ):
                raise ValidationError(
                    self.env._(
                        "With two moments, the check-points begin after the start of "
                        "the cycle and before its end."
                    )
                )

    # ------------------------------------------------------------------------ CRUD
    def write(self, vals):
        """Write; what a launched cycle promised does not change.

        :raise UserError: the cycle was launched, or is closed
        """
        if not self.env.su:
            self._career_refuse_system(vals)
            launched = self.filtered(lambda c: c.state != "draft")
            if launched and _FIXED_WHEN_LAUNCHED & set(vals):
                raise UserError(
                    self.env._(
                        "The cycle was launched: who takes part, the channel and the "
                        "start stay. Close it and prepare the next one."
                    )
                )
            if any(c.state == "closed" for c in self) and set(vals) - {"active"}:
                raise UserError(
                    self.env._(
                        "A closed cycle stays as it is. Prepare the next one instead."
                    )
                )
        return super().write(vals)

    def copy_data(self, default=None):
        """The next round: same people, the following period."""
        result = super().copy_data(default)
        given = default or {}
        for cycle, vals in zip(self, result, strict=True):
            if "date_start" not in given and cycle.date_end:
                vals["date_start"] = cycle.date_end + timedelta(days=1)
                if "date_end" not in given:
                    vals.pop("date_end", None)
                    vals.pop("date_checkpoint", None)
            if "name" not in given:
                vals["name"] = self.env._("%(name)s (copy)", name=cycle.name)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_draft(self):
        if any(cycle.state != "draft" for cycle in self):
            raise UserError(
                self.env._(
                    "A cycle that was launched is part of people's history. Close and "
                    "archive it instead."
                )
            )

    # ------------------------------------------------------------------- population
    def _career_population_parts(self):
        """Also: nobody takes part in two cycles at the same time."""
        parts = super()._career_population_parts()
        others = (
            self.env["career.participation"]
            .with_user(SUPERUSER_ID)
            ._search(
                [
                    ("cycle_id", "!=", self._origin.id or False),
                    ("cycle_id.state", "in", ("launching", "running")),
                    ("cycle_id.date_start", "<=", self.date_end),
                    ("cycle_id.date_end", ">=", self.date_start),
                ]
            )
        )
        parts["cycle"] = Domain("id", "not in", others.subselect("employee_id"))
        return parts

    @api.depends("date_start", "date_end")
    def _compute_population_count(self):
        return super()._compute_population_count()

    # --------------------------------------------------------------------- actions
    def action_preview(self):
        """Open the preview: how many take part, and who is left out and why."""
        self.ensure_one()
        preview = self.env["career.cycle.preview"].create({"cycle_id": self.id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Who takes part?"),
            "res_model": "career.cycle.preview",
            "res_id": preview.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def action_launch(self):
        """Make one participation for each employee of the population.

        The first few hundred are made at once, the rest in the background, in steps
        that survive a stop of the server. Calling it again changes nothing.

        :raise AccessError: the caller is not HR of all the companies
        :raise UserError: nobody is in the population; the cycle is closed or over
        """
        for cycle in self:
            cycle.check_access("write")
            cycle._career_need_officer(cycle.company_ids)
            system = cycle.with_user(SUPERUSER_ID)
            try:
                system.lock_for_update(allow_referencing=True)
            except LockError as error:
                raise UserError(
                    self.env._(
                        "Somebody else is launching or closing this cycle at this "
                        "moment. Look again in a minute."
                    )
                ) from error
            system.invalidate_recordset(["state"])
            if system.state in ("launching", "running"):
                continue
            if system.state == "closed":
                raise UserError(
                    self.env._(
                        "A closed cycle is not opened again. Prepare the next one: its "
                        "dates follow on."
                    )
                )
            if system.date_end < fields.Date.context_today(self):
                raise UserError(
                    self.env._("This cycle is over already. Choose a later end.")
                )
            if not system.population_count:
                raise system._career_nobody_reason()
            system.write({"state": "launching", "date_launched": fields.Datetime.now()})
            system._career_batch_start()
        return True

    def _career_nobody_reason(self):
        """Say whether nobody fits, or everybody is in another cycle."""
        self.ensure_one()
        parts = self._career_population_parts()
        parts.pop("cycle")
        if self.env["hr.employee"].search_count(Domain.AND(parts.values()), limit=1):
            return UserError(
                self.env._(
                    "Everybody in this population takes part in another cycle of the "
                    "same period. Close that one first, or choose other dates."
                )
            )
        return self._career_nobody()

    def action_close(self):
        """Close: the list is settled. Planned conversations stay planned.

        :raise AccessError: the caller is not HR of all the companies
        :raise UserError: the cycle was never launched
        """
        for cycle in self:
            cycle.check_access("write")
            cycle._career_need_officer(cycle.company_ids)
            if cycle.state == "closed":
                continue
            if cycle.state == "draft":
                raise UserError(
                    self.env._(
                        "This cycle was not launched. Delete it, or archive it, if you "
                        "do not need it."
                    )
                )
            system = cycle.with_user(SUPERUSER_ID)
            system.lock_for_update(allow_referencing=True)
            system.write({"state": "closed", "batch_active": False})
            system._career_todo_clear()
        return True

    def action_prepare_next(self):
        """Make the next cycle, in the rhythm of the company, and open it."""
        self.ensure_one()
        following = self.copy()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": following.id,
            "views": [(False, "form")],
        }

    def action_open_participations(self):
        """Open the participations of this cycle."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "career_guidance.career_participation_action"
        )
        action["domain"] = [("cycle_id", "=", self.id)]
        action["context"] = {"default_cycle_id": self.id}
        return action

    # ----------------------------------------------------------------------- steps
    @api.model
    def _career_batch_cron(self):
        return self.env.ref("career_guidance.ir_cron_launch_cycles").with_user(
            SUPERUSER_ID
        )

    def _career_batch_make(self, employees):
        """Participations of those who have none yet, and the to-dos that go with it."""
        self.ensure_one()
        Participation = self.env["career.participation"]
        present = Participation.search(
            [("cycle_id", "=", self.id), ("employee_id", "in", employees.ids)]
        ).employee_id
        employees -= present
        made = Participation.create(
            [
                {"cycle_id": self.id, "employee_id": employee.id}
                for employee in employees
            ]
        )
        if self.tell_employees:
            made.employee_user_id._career_add_todo(
                self._career_todo_key("participate"),
                "/odoo/my-participations",
                self.date_end,
            )
        made.n1_user_id._career_add_todo(
            self._career_todo_key("plan"),
            "/odoo/team-participations",
            fields.Date.context_today(self) + timedelta(days=self.lead_days),
        )
        return len(made)

    def _career_batch_finished(self):
        if self.state == "launching":
            self.write({"state": "running"})

    # ---------------------------------------------------------------------- to-dos
    def _career_todo_key(self, code):
        self.ensure_one()
        return f"{self._name},{self.id},{code}"

    def _career_todo_clear(self):
        """Take away every open to-do of these cycles."""
        codes = ("participate", "plan", "remind", "escalate")
        keys = [cycle._career_todo_key(code) for cycle in self for code in codes]
        self.env["mail.activity"].with_user(SUPERUSER_ID).search(
            [("career_key", "in", keys)]
        ).unlink()

    # ----------------------------------------------------------------------- night
    @api.model
    def _career_cron_follow(self):
        """Every night: who joined, who has to be reminded, what is escalated.

        Leavers need no job: the state of a participation depends on the employee.
        """
        today = fields.Date.context_today(self)
        cycles = self.with_user(SUPERUSER_ID).search([("state", "=", "running")])
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(cycles))
        for cycle in cycles:
            if not cycle.try_lock_for_update(allow_referencing=True):
                continue
            if cycle.date_end >= today:
                # a new walk finds the joiners; those who take part are left out
                cycle.write({"batch_active": True, "batch_cursor": 0})
            cycle._career_remind(today)
            cycle._career_escalate(today)
            if not cron._commit_progress(1):
                break
        if self.with_user(SUPERUSER_ID).search_count(
            [("batch_active", "=", True)], limit=1
        ):
            self._career_batch_cron()._trigger()

    def _career_open_users(self, field):
        """Users of the line above participations that are still to be planned."""
        self.ensure_one()
        groups = self.env["career.participation"]._read_group(
            [("cycle_id", "=", self.id), ("is_open", "=", True), (field, "!=", False)],
            [field],
        )
        return self.env["res.users"].union(*(user for (user,) in groups))

    def _career_remind(self, today):
        """Managers with something to plan, each time the policy's days have passed."""
        self.ensure_one()
        days = min(self.company_ids.mapped("career_reminder_days"))
        last = self.date_reminded or fields.Date.to_date(self.date_launched)
        if not days or (last and last + timedelta(days=days) > today):
            return
        self._career_open_users("n1_user_id")._career_add_todo(
            self._career_todo_key("remind"), "/odoo/team-participations", today
        )
        self.date_reminded = today

    def _career_escalate(self, today):
        """Shortly before the end, the manager's manager and HR are told, too."""
        self.ensure_one()
        days = max(self.company_ids.mapped("career_escalation_days"))
        if not days or today < self.date_end - timedelta(days=days):
            return
        every = min(self.company_ids.mapped("career_reminder_days")) or 7
        if self.date_escalated and self.date_escalated + timedelta(days=every) > today:
            return
        key = self._career_todo_key("escalate")
        above = self._career_open_users("n2_user_id")
        if not above and not self._career_open_users("n1_user_id"):
            return
        above._career_add_todo(key, "/odoo/team-participations", today)
        officers = self.env["res.users"].union(
            *(company._career_officers() for company in self.company_ids)
        )
        (officers - above)._career_add_todo(
            key, f"/odoo/career-cycles/{self.id}", today
        )
        self.date_escalated = today
