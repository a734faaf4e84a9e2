from dateutil.relativedelta import relativedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date


class CareerMove(models.Model):
    """A dated move of an employee to another job; never a second employee.

    On its date the employee gets a new version (job, department) and the new manager;
    open line conversations and plans pass to the new line by then (access.md, rule 2).
    A temporary assignment with an end date plans the way back; a project beside the
    present job changes neither job nor line.
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
        # who receives a colleague knows who comes, and when
        "n1_receiver": (
            "r",
            "[('receiver_user_id', '=', user.id), ('state', '=', 'planned')]",
        ),
        "hr": ("rwc", "[('company_id', 'in', company_ids)]"),
    }
    _content = {
        "job_id",
        "department_id",
        "manager_id",
        "kind",
        "hours_week",
        "date",
        "date_end",
        "note",
    }
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
    receiver_user_id = fields.Many2one(
        "res.users",
        string="User of the new manager",
        compute="_compute_receiver_user_id",
        compute_sudo=True,
        store=True,
        precompute=True,
        index="btree_not_null",
        export_string_translation=False,
    )
    kind = fields.Selection(
        [
            ("job", "Another job"),
            ("assignment", "Temporary assignment"),
            ("project", "Project beside the present job"),
        ],
        required=True,
        default="job",
    )
    hours_week = fields.Float("Hours a week")
    date = fields.Date(required=True, index=True)
    date_end = fields.Date(
        "Until", help="The last day. Of an assignment, the way back is planned then."
    )
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
    return_id = fields.Many2one(
        "career.move", string="The way back", readonly=True, copy=False, index=True
    )
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

    _ends_later = models.Constraint(
        "CHECK (date_end IS NULL OR date_end > date)",
        "It ends after it begins: correct the dates.",
    )

    @api.depends("manager_id.user_id", "manager_id.active")
    def _compute_receiver_user_id(self):
        for move in self:
            manager = move.manager_id.filtered("active")
            move.receiver_user_id = manager.user_id

    @api.depends_context("lang", "uid", "career_acting_employee")
    @api.depends("date", "manager_id", "job_id", "kind", "state")
    def _compute_hand_over(self):
        """Counted with the viewer's own rights: what he cannot read is not there."""
        for move in self:
            move.hand_over = "\n".join(move._career_hand_over_lines())

    def _career_hand_over_lines(self):
        self.ensure_one()
        if self.kind == "project":
            return [
                self.env._(
                    "Job, department and manager stay. Nothing passes to anybody."
                )
            ]
        # sudo: hr.employee - names of the line, public in Odoo
        known = self.sudo()
        manager = known.manager_id
        lines = [
            self.env._(
                "On %(date)s, %(manager)s becomes the manager.",
                date=format_date(self.env, self.date) if self.date else "?",
                manager=manager.name,
            )
            if manager
            else self.env._(
                "The manager stays the same until HR names another one: nothing passes."
            )
        ]
        if manager:
            talks, plans = self._career_passes()
            if talks:
                lines.append(
                    self.env._(
                        "Open conversations with the present manager pass to "
                        "%(manager)s: %(count)s. Conversations that were held stay "
                        "with who held them.",
                        manager=manager.name,
                        count=len(talks),
                    )
                )
            if plans:
                lines.append(
                    self.env._(
                        "Open plans with the present manager go along, and %(manager)s "
                        "signs for what follows: %(count)s.",
                        manager=manager.name,
                        count=len(plans),
                    )
                )
            lines += [
                self.env._(
                    "Wishes are no longer shared with the line; they can be shared "
                    "again."
                ),
            ]
        company = known.job_id.company_id
        if company and company != known.employee_id.company_id:
            lines += [
                self.env._(
                    "HR of %(company)s reads what was shared with HR, instead of the "
                    "present HR.",
                    company=company.name,
                ),
                self.env._(
                    "The career deal of %(company)s, in its language, is put before "
                    "the employee.",
                    company=company.name,
                ),
            ]
        else:
            lines.append(self.env._("The career deal goes along as it was signed."))
        return lines

    def _career_passes(self):
        """Open conversations and plans of the line, as far as the viewer reads them."""
        about = [
            ("employee_id", "=", self.employee_id.id),
            ("conductor_role", "=", "n1"),
        ]
        return (
            self.env["career.conversation"].search(
                [*about, ("state", "in", ("requested", "planned"))]
            ),
            self.env["career.plan"].search(
                [*about, ("state", "in", ("draft", "proposed", "agreed"))]
            ),
        )

    @api.constrains("date", "job_id", "employee_id", "manager_id")
    def _check_move(self):
        today = fields.Date.context_today(self)
        for move in self.filtered(lambda m: m.state == "planned"):
            if move.date < today:
                raise ValidationError(
                    self.env._("A move is planned for today or later.")
                )
            if not move.employee_id.active:
                raise ValidationError(
                    self.env._("This employee left the organisation.")
                )
            if not move.job_id.active:
                raise ValidationError(
                    self.env._("This job is archived: choose another one.")
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
            lang = move.employee_id._career_reader_env().lang
            move._career_log("plan", move.with_context(lang=lang).hand_over)
            told = move.employee_user_id | move.n1_user_id
            if move.kind != "project":
                told |= move.receiver_user_id
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
        if self.state == "planned":
            readers.append((self.receiver_user_id, "n1", self.env._("New manager")))
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
            employee = move.employee_id
            if not employee.active:
                move._career_stop(self.env._("The employee left the organisation."))
                continue
            if move.kind != "project":
                before = {
                    "job_id": employee.job_id.id,
                    "department_id": employee.department_id.id,
                    "manager_id": employee.parent_id.id,
                }
                move._career_change_employee()
            move._career_apply({"state": "done"}, "line", move.job_id.name)
            move._career_todo_done("move")
            move._career_end_applications()
            if move.kind == "assignment" and move.date_end and before["job_id"]:
                move._career_plan_return(before)

    def _career_change_employee(self):
        """Job, department and company in a version; the manager on the employee."""
        self.ensure_one()
        employee, job = self.employee_id, self.job_id
        old_company = employee.company_id
        if job.company_id and job.company_id != old_company:
            employee.write({"company_id": job.company_id.id})
        values = {
            "job_id": job.id,
            "department_id": self.department_id.id or job.department_id.id,
        }
        version = employee.create_version({"date_version": self.date, **values})
        version.write(values)
        # a version is a copy: without this the title of the former job stays
        version.write({"job_title": job.name})
        employee._compute_current_version_id()
        if self.manager_id:
            employee.write({"parent_id": self.manager_id.id})
        if employee.company_id != old_company:
            self._career_pass_deal()

    def _career_pass_deal(self):
        """In another company its own deal counts, in the language of that house.

        What was signed stays as it was signed; what waits for a signature is of no use.
        """
        employee = self.employee_id
        template = (
            self.env["career.deal.template"]
            .with_user(SUPERUSER_ID)
            ._career_for(employee.company_id, "employee")
        )
        deals = (
            self.env["career.deal"]
            .with_user(SUPERUSER_ID)
            .search(
                [
                    ("employee_id", "=", employee.id),
                    ("kind", "=", "employee"),
                    ("state", "in", ("to_sign", "signed")),
                ]
            )
        )
        waiting = deals.filtered(lambda d: d.state == "to_sign")
        if waiting:
            waiting.action_cancel()
        if template:
            (deals - waiting).filtered(
                lambda d: d.template_id != template
            )._career_replace()
            if deals or template.auto_send:
                template._career_make_deals(employee)

    def _career_end_applications(self):
        """The application came to its end; others of the same employee as well."""
        applications = self.env["career.application"].with_user(SUPERUSER_ID)
        moved = applications.search([("move_id", "=", self.id)])
        moved.write({"state": "moved"})
        moved._career_todo_done("application", "answer", "decide", "closed")
        for application in moved:
            application._career_applicant_hired()
        if self.kind != "project":
            # two applications at once: the others end here
            applications.search(
                [
                    ("employee_id", "=", self.employee_id.id),
                    ("state", "in", ("applied", "released", "selected")),
                ]
            )._career_end("withdrawn", "withdraw")

    def _career_plan_return(self, before):
        """The way back from an assignment; HR can cancel it, when it lasts."""
        self.return_id = self.create(
            {
                "employee_id": self.employee_id.id,
                "date": self.date_end + relativedelta(days=1),
                "note": self.env._("Back after the temporary assignment."),
                **before,
            }
        )

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
            ],
            order="date, id",
        )
        self.env["ir.cron"]._commit_progress(remaining=len(due))
        for move in due:
            move.try_lock_for_update().filtered(
                lambda m: m.state == "planned"
            )._career_carry_out()
            self.env["ir.cron"]._commit_progress(1)

    @api.model
    def _career_changed(self, jobs):
        """HR is asked to look at planned moves to jobs that were archived."""
        moves = self.with_user(SUPERUSER_ID).search(
            [("job_id", "in", jobs.ids), ("state", "=", "planned")]
        )
        for move in moves:
            move._career_todo(move.company_id._career_officers(), "job")
