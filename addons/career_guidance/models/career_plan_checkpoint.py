from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class CareerPlanCheckpoint(models.Model):
    """A formal moment of follow-up of a plan (R2.6)."""

    _name = "career.plan.checkpoint"
    _inherit = "career.plan.child.mixin"
    _description = "Follow-up of a development plan"
    _order = "date, id"

    _career_creatable = {
        "employee": {"plan_id", "date"},
        "conductor": {"plan_id", "date"},
    }
    _career_writable = {
        "employee": {"draft": {"date"}, "agreed": set()},
        "conductor": {"draft": {"date"}, "agreed": set()},
    }
    _sides = {"employee", "conductor"}
    _career_transitions = {
        "hold": ({"planned"}, _sides),
        "skip": ({"planned"}, _sides),
    }

    date = fields.Date(required=True, index=True)
    state = fields.Selection(
        [("planned", "Planned"), ("held", "Held"), ("skipped", "Skipped")],
        default="planned",
        required=True,
        readonly=True,
        copy=False,
    )
    date_held = fields.Date("Held on", readonly=True, copy=False)
    rate_at_date = fields.Float(
        "Realised (%)", digits=(5, 1), readonly=True, copy=False
    )
    has_rate = fields.Boolean(
        readonly=True, copy=False, export_string_translation=False
    )
    note = fields.Text(copy=False, readonly=True)
    skip_reason = fields.Char("Why skipped", readonly=True, copy=False)
    can_hold = fields.Boolean(compute="_compute_can", export_string_translation=False)
    event_id = fields.Many2one(
        "calendar.event",
        groups=".",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )

    @api.model
    def _career_label(self):
        return self.env._("Follow-up")

    @api.depends_context("uid", "career_acting_employee")
    @api.depends("state", "plan_id.state")
    def _compute_can(self):
        for checkpoint in self:
            checkpoint.can_hold = (
                checkpoint.state == "planned"
                and checkpoint.plan_id.state == "agreed"
                and bool(self._sides & checkpoint._career_roles())
            )

    @api.constrains("date", "plan_id")
    def _check_date(self):
        for checkpoint in self:
            plan = checkpoint.plan_id
            if not plan.date_start <= checkpoint.date <= plan.date_end:
                raise ValidationError(
                    self.env._("A follow-up lies within the period of the plan.")
                )

    def _career_check(self, action):
        states, roles = self._career_transitions[action]
        self.check_access("read")
        for checkpoint in self:
            if self._career_guarded() and not roles & checkpoint._career_roles():
                self._career_refuse_role(roles)
            if checkpoint.plan_id.state != "agreed" or checkpoint.state not in states:
                raise UserError(
                    self.env._(
                        "A follow-up takes place once, in a plan that both have signed."
                    )
                )

    def action_hold(self, note=None):
        """The follow-up took place today; the rate of this day is kept.

        :param note: what was said, read by both
        """
        todo = self.filtered(lambda c: c.state != "held")
        todo._career_check("hold")
        for checkpoint in todo:
            checkpoint._career_apply(
                {
                    "state": "held",
                    "date_held": fields.Date.context_today(self),
                    "rate_at_date": checkpoint.plan_id.realisation_rate,
                    "has_rate": not checkpoint.plan_id.is_unmeasured,
                    "note": note or checkpoint.note,
                },
                "hold",
            )
            checkpoint._career_todo_done("checkpoint")
        return True

    def action_skip(self, reason=None):
        """Leave it out, with a reason.

        :param reason: a few words
        :raise UserError: no reason given
        """
        todo = self.filtered(lambda c: c.state != "skipped")
        todo._career_check("skip")
        if todo and not (reason or "").strip():
            raise UserError(self.env._("Say in a few words why it is skipped."))
        todo._career_apply(
            {"state": "skipped", "skip_reason": reason}, "cancel", reason
        )
        todo._career_todo_done("checkpoint")
        todo._career_sync_event()
        return True

    # -------------------------------------------------------------------- calendar
    def _career_sync_event(self):
        """A day in the calendars of both sides, for line plans that run.

        Private, with a neutral title and without a link to the plan: a colleague sees
        "Busy" at most. A plan outside the line has nothing in a calendar (traps.md).
        """
        # the system writes it, silently: an invitation would name the other side
        calendar = self.env["career.conversation"]._career_calendar()
        for checkpoint in self._career_system():
            plan = checkpoint.plan_id
            event = calendar.browse(checkpoint.event_id.id).exists()
            wanted = (
                checkpoint.state == "planned"
                and plan.state == "agreed"
                and plan.conductor_role == "n1"
                and not plan.hidden_from_n1
            )
            users = plan.employee_user_id | plan.conductor_user_id
            organiser = plan.conductor_user_id or plan.employee_user_id
            if not wanted or not organiser:
                if checkpoint.state != "held":
                    event.unlink()
                continue
            people = {
                "user_id": organiser.id,
                "partner_ids": [fields.Command.set(users.partner_id.ids)],
            }
            if event:
                # the day was agreed, and stays; the hour is for the two to choose
                event.write(people)
                continue
            events = calendar.with_context(lang=organiser.lang)
            checkpoint.event_id = events.create(
                {
                    **people,
                    "allday": True,
                    "start_date": checkpoint.date,
                    "stop_date": checkpoint.date,
                    "start": checkpoint.date,
                    "stop": checkpoint.date,
                    "name": events.env._("Conversation"),
                    "privacy": "private",
                    "show_as": "free",
                    "res_model_id": False,
                    "res_id": False,
                }
            )
