from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError, ValidationError


class CareerMove(models.Model):
    """A dated move of an employee to another job; never a second employee.

    On its date the employee gets a new version (job, department) and the new manager;
    open line conversations and plans pass to the new line by then (access.md, rule 2).
    """

    _name = "career.move"
    _inherit = "career.audience.mixin"
    _description = "Internal move"
    _order = "date desc, id desc"
    _career_path = "career-moves"

    _audience_rules = {
        "employee": ("r", None),
        "n1": ("r", "[('n1_user_id', '=', user.id), ('state', '!=', 'cancelled')]"),
        "n2": ("r", "[('n2_user_id', '=', user.id), ('state', '!=', 'cancelled')]"),
        "hr": ("rwc", "[('company_id', 'in', company_ids)]"),
    }
    _content = {"job_id", "department_id", "manager_id", "date", "note"}
    _career_creatable = {"hr": _content}
    _career_writable = {"hr": {"planned": _content}}
    _career_transitions = {
        "apply": ({"planned"}, {"hr"}),
        "cancel": ({"planned"}, {"hr"}),
    }

    employee_id = fields.Many2one(default=None)
    job_id = fields.Many2one(
        "hr.job", string="New job", required=True, index=True, ondelete="restrict"
    )
    department_id = fields.Many2one(
        "hr.department", string="New department", ondelete="restrict"
    )
    manager_id = fields.Many2one(
        "hr.employee", string="New manager", ondelete="restrict"
    )
    date = fields.Date(required=True, index=True)
    note = fields.Text()
    state = fields.Selection(
        [("planned", "Planned"), ("done", "Done"), ("cancelled", "Cancelled")],
        default="planned",
        required=True,
        readonly=True,
        index=True,
        copy=False,
    )
    hand_over = fields.Text("What passes to whom", compute="_compute_hand_over")
    can_apply = fields.Boolean(compute="_compute_can", export_string_translation=False)
    can_cancel = fields.Boolean(compute="_compute_can", export_string_translation=False)

    _planned_uniq = models.UniqueIndex(
        "(employee_id) WHERE state = 'planned'",
        "A move is planned for this employee already. Cancel it first.",
    )

    @api.model
    def _career_label(self):
        return self.env._("Internal move")

    @api.depends_context("uid")
    @api.depends("state")
    def _compute_can(self):
        for move in self:
            move.can_apply = move._career_can("apply")
            move.can_cancel = move._career_can("cancel")

    @api.depends_context("lang")
    @api.depends("date", "manager_id")
    def _compute_hand_over(self):
        for move in self:
            move.hand_over = self.env._(
                "On %(date)s, open conversations with the present manager and open "
                "plans pass to %(manager)s. Conversations that were held stay with who "
                "held them. Wishes are no longer shared with the line; they can be "
                "shared again.",
                date=fields.Date.to_string(move.date) if move.date else "?",
                manager=move.manager_id.name or self.env._("nobody yet"),
            )

    @api.constrains("date", "job_id", "employee_id", "manager_id")
    def _check_move(self):
        today = fields.Date.context_today(self)
        for move in self.filtered(lambda m: m.state == "planned"):
            if move.date < today:
                raise ValidationError(
                    self.env._("A move is planned for today or later.")
                )
            # sudo: hr.employee - the present job of the employee who moves
            if move.employee_id.sudo().job_id == move.job_id:
                raise ValidationError(self.env._("The employee has this job already."))
            if move.manager_id == move.employee_id:
                raise ValidationError(
                    self.env._("Nobody is his own manager: choose somebody else.")
                )

    @api.model
    def _career_prepare_create(self, vals_list):
        """Whether a move is planned already is no answer for a stranger."""
        if self._career_guarded():
            for vals in vals_list:
                # sudo: hr.employee - only the company, to see who may plan moves
                employee = (
                    self.env["hr.employee"].sudo().browse(vals.get("employee_id"))
                )
                if not self.env.user._career_is_officer_of(employee.company_id):
                    self._career_refuse_role({"hr"})
        return super()._career_prepare_create(vals_list)

    @api.model_create_multi
    def create(self, vals_list):
        moves = super().create(vals_list)
        for move in moves._career_system():
            move._career_log("plan", move.hand_over)
            told = move.employee_user_id | move.n1_user_id
            move._career_todo(told, "move", move.date)
        return moves

    def _career_readers(self):
        readers = [
            (self.employee_user_id, "employee", self.env._("It is about this person")),
        ]
        if self.state != "cancelled":
            readers += [
                (self.n1_user_id, "n1", self.env._("Line manager")),
                (self.n2_user_id, "n2", self.env._("Manager's manager")),
            ]
        readers += [
            (user, "hr", self.env._("Career officer (HR)"))
            for user in self.company_id._career_officers()
        ]
        return [reader for reader in readers if reader[0]]

    # --------------------------------------------------------------------- actions
    def action_apply(self):
        """Carry the move out, today.

        :raise AccessError: the caller is not a career officer
        :raise UserError: its date is still to come
        """
        todo = self.filtered(lambda m: m.state != "done")
        todo._career_check("apply")
        for move in todo:
            if move.date > fields.Date.context_today(self):
                raise UserError(
                    self.env._("This move is carried out by itself on its date.")
                )
        todo._career_system()._career_carry_out()
        return True

    def _career_carry_out(self):
        """A new version of the same employee, and the new manager that day."""
        for move in self.with_user(SUPERUSER_ID):
            values = {
                "job_id": move.job_id.id,
                "department_id": move.department_id.id or move.job_id.department_id.id,
            }
            employee = move.employee_id
            version = employee.create_version({"date_version": move.date, **values})
            version.write(values)
            employee._compute_current_version_id()
            if move.manager_id:
                employee.write({"parent_id": move.manager_id.id})
            move._career_apply({"state": "done"}, "line", move.job_id.name)
            move._career_todo_done("move")
            applications = self.env["career.application"].with_user(SUPERUSER_ID)
            moved = applications.search([("move_id", "=", move.id)])
            moved.write({"state": "moved"})
            moved.applicant_id.write({"active": False})
            # two applications at once: the others end here
            applications.search(
                [
                    ("employee_id", "=", employee.id),
                    ("state", "in", ("applied", "released", "selected")),
                ]
            )._career_end("withdrawn", "withdraw")

    def action_cancel(self, reason=None):
        """The move does not take place.

        :param reason: a few words, read by the employee
        :raise UserError: no reason; it took place already
        """
        todo = self.filtered(lambda m: m.state != "cancelled")
        todo._career_check("cancel")
        if todo and not (reason or "").strip():
            raise UserError(self.env._("Say in a few words why it is cancelled."))
        todo._career_stop(reason)
        return True

    def _career_stop(self, reason=None):
        for move in self._career_system():
            move._career_apply({"state": "cancelled"}, "cancel", reason)
            move._career_todo_done("move")
            move._career_todo(move.employee_user_id, "cancelled")

    @api.model
    def _cron_carry_out(self):
        """Carry out the moves of today and before, one by one; safe to run twice."""
        due = self.search(
            [
                ("state", "=", "planned"),
                ("date", "<=", fields.Date.context_today(self)),
            ]
        )
        self.env["ir.cron"]._commit_progress(remaining=len(due))
        for move in due:
            move.try_lock_for_update().filtered(
                lambda m: m.state == "planned"
            )._career_carry_out()
            self.env["ir.cron"]._commit_progress(1)
