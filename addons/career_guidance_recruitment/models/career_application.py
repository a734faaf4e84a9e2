from dateutil.relativedelta import relativedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL, format_date

from odoo.addons.career_guidance.tools.selection import labels_of


class CareerApplication(models.Model):
    """An internal application; private until it is shown to the line (R1.9).

    Between the employee and the vacancy's recruiter until the employee agrees, or the
    step that policy names. Only then an applicant exists in recruitment, and the
    present manager answers with a date.
    """

    _name = "career.application"
    _inherit = "career.audience.mixin"
    _description = "Internal application"
    _order = "create_date desc, id desc"
    _career_path = "career-applications"

    # after the move the new line has no part in how the former one answered
    _shown = "('state', 'in', ('released', 'selected'))"
    _audience_rules = {
        "employee": ("rc", None),
        "conductor": ("rw", None),
        "n1": ("r", f"[('n1_user_id', '=', user.id), {_shown}]"),
        "n2": (
            "r",
            f"[('n2_user_id', '=', user.id), ('is_escalated', '=', True), {_shown}]",
        ),
        "hr": (
            "r",
            "[('company_id', 'in', company_ids),"
            " ('state', 'in', ('released', 'selected', 'moved'))]",
        ),
    }
    _career_creatable = {"employee": {"job_id", "motivation"}}
    _career_writable = {
        "conductor": {"released": {"message"}, "selected": {"message"}},
    }
    _career_transitions = {
        "release": ({"applied"}, {"employee"}),
        "withdraw": ({"applied", "released", "selected"}, {"employee"}),
        "reject": ({"applied", "released", "selected"}, {"conductor"}),
        "select": ({"applied", "released"}, {"conductor"}),
        "answer": ({"released", "selected"}, {"n1", "decider"}),
        "plan_move": ({"selected"}, {"conductor", "hr"}),
        "hand_on": (
            {"applied", "released", "selected"},
            {"conductor", "employee"},
        ),
    }

    job_id = fields.Many2one(
        "hr.job", string="Vacancy", required=True, index=True, ondelete="restrict"
    )
    motivation = fields.Text("Why I apply")
    message = fields.Text("Message of the recruiter")
    state = fields.Selection(
        [
            ("applied", "Applied"),
            ("released", "Shown to the manager"),
            ("selected", "Selected"),
            ("moved", "Moved"),
            ("rejected", "Rejected"),
            ("withdrawn", "Withdrawn"),
        ],
        default="applied",
        required=True,
        readonly=True,
        index=True,
        copy=False,
    )
    # copied when applying: what was announced stays true for this application
    policy = fields.Selection(
        labels_of("res.company", "career_release_policy"),
        string="The manager is told",
        default=lambda self: self._career_default_policy(),
        required=True,
        readonly=True,
        copy=False,
    )
    date_released = fields.Date("Shown to the manager on", readonly=True, copy=False)
    date_answer_due = fields.Date("Answer before", readonly=True, copy=False)
    date_latest_release = fields.Date(
        "Latest release",
        readonly=True,
        copy=False,
        help="The employee can go on this date at the latest, whatever the answer.",
    )
    answer = fields.Selection(
        [
            ("agreed", "Yes, agreed"),
            ("delayed", "Later"),
            ("refused", "Not now"),
            ("expired", "No answer in time"),
        ],
        string="Answer of the manager",
        readonly=True,
        copy=False,
    )
    answer_reason = fields.Selection(
        [
            ("replacement", "A replacement has to be found"),
            ("project", "A project has to be finished"),
            ("handover", "Work has to be handed over"),
            ("training", "A training commitment runs"),
            ("too_recent", "The present job began very recently"),
        ],
        readonly=True,
        copy=False,
    )
    proposed_date = fields.Date("Can go on", readonly=True, copy=False)
    is_escalated = fields.Boolean(
        "Asked of the manager's manager or HR", readonly=True, copy=False
    )
    is_decided = fields.Boolean(
        "Decided by the manager's manager or HR", readonly=True, copy=False
    )
    reject_reason = fields.Char("Why not", readonly=True, copy=False)
    applicant_id = fields.Many2one(
        "hr.applicant",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups="hr_recruitment.group_hr_recruitment_user",
    )
    move_id = fields.Many2one(
        "career.move",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    date_move = fields.Date("Moves on", compute="_compute_date_move", compute_sudo=True)
    can_release = fields.Boolean(
        compute="_compute_can", export_string_translation=False
    )
    can_withdraw = fields.Boolean(
        compute="_compute_can", export_string_translation=False
    )
    can_reject = fields.Boolean(compute="_compute_can", export_string_translation=False)
    can_select = fields.Boolean(compute="_compute_can", export_string_translation=False)
    can_answer = fields.Boolean(compute="_compute_can", export_string_translation=False)
    can_plan_move = fields.Boolean(
        compute="_compute_can", export_string_translation=False
    )
    can_hand_on = fields.Boolean(
        compute="_compute_can", export_string_translation=False
    )

    _open_uniq = models.UniqueIndex(
        "(employee_id, job_id) WHERE state NOT IN ('rejected', 'withdrawn')",
        "You have applied for this vacancy already.",
    )

    @api.model
    def _career_label(self):
        return self.env._("Internal application")

    def _init_column(self, column_name):
        """Applications made before this was kept: what their own company announced."""
        if column_name != "policy":
            return super()._init_column(column_name)
        self.env.cr.execute(
            SQL(
                """UPDATE career_application a SET policy = c.career_release_policy
                FROM res_company c WHERE c.id = a.company_id AND a.policy IS NULL"""
            )
        )

    @api.model
    def _career_default_policy(self):
        # sudo: res.company - what the employee's company announces
        company = self.env.user._career_employee().sudo().company_id
        return (company or self.env.company).career_release_policy

    @api.depends("move_id.date", "move_id.state")
    def _compute_date_move(self):
        """For who recruits as well, who cannot read the move itself."""
        for application in self:
            move = application.move_id
            application.date_move = move.state != "cancelled" and move.date

    @api.depends_context("uid")
    @api.depends(
        "state",
        "answer",
        "is_escalated",
        "is_decided",
        "date_move",
        "n1_user_id",
        "conductor_user_id",
    )
    def _compute_can(self):
        for application in self:
            for action in self._career_transitions:
                application[f"can_{action}"] = application._career_can(action)
            if application.date_move:
                application.can_plan_move = application.can_answer = False
            if application.is_decided and not application._career_may_decide():
                application.can_answer = False
            if application.can_hand_on:
                recruiter = application._career_recruiters()[:1]
                application.can_hand_on = (
                    bool(recruiter) and recruiter != application.conductor_user_id
                )

    # ------------------------------------------------------------------------ CRUD
    @api.model_create_multi
    def create(self, vals_list):
        applications = super().create(vals_list)
        for application in applications._career_system():
            application._career_log("create", application.job_id.name)
            application._career_todo(application.conductor_user_id, "application")
        return applications

    @api.model
    def _career_prepare_create(self, vals_list):
        """Hide it from the line and HR, and find who recruits."""
        result = []
        for vals in super()._career_prepare_create(vals_list):
            employee = self._career_given_employee(vals)
            # sudo: hr.job - the recruiter of a vacancy that is open to all colleagues
            job = (
                self.env["hr.job"]
                .sudo()
                .browse(vals.get("job_id") or self.env.context.get("default_job_id"))
            )
            if not job:
                raise UserError(self.env._("Choose the vacancy that you apply for."))
            # before anything is looked up or inserted: whether a colleague applied,
            # and whatever else a refusal could tell, is no answer for a stranger
            self._career_only_own(employee)
            if not job.career_is_open:
                raise UserError(
                    self.env._(
                        "This vacancy is not open to colleagues now. Look at the other "
                        "vacancies, or write the job down as a wish."
                    )
                )
            if employee.job_id == job:
                raise UserError(self.env._("This is your present job already."))
            vals.update(
                employee_id=employee.id,
                job_id=job.id,
                conductor_user_id=self._career_find_recruiter(employee, job).id,
                policy=employee.company_id.career_release_policy,
                hidden_from_n1=True,
                hidden_from_n2=True,
                hidden_from_hr=True,
            )
            result.append(vals)
        return result

    @api.model
    def _career_only_own(self, employee):
        acting = self._career_acting_employee_id()
        own = acting == employee.id if acting else employee.user_id == self.env.user
        if self._career_guarded() and not own:
            raise AccessError(self.env._("You can only apply for yourself."))

    @api.model
    def _career_possible_recruiters(self, employee, job):
        """Who may receive it, first the recruiter, unless in the employee's own line.

        Then the vacancy's contact, then a career officer: applying must not tell the
        manager by accident.
        """
        n1, n2 = employee._career_line_users()
        candidates = job.user_id | job.career_contact_id.user_id
        candidates |= employee.company_id._career_officers()
        return (candidates - (n1 | n2 | employee.user_id)).filtered("active")

    def _career_recruiters(self):
        """Who may receive this application now."""
        self.ensure_one()
        # sudo: own model, hr.job - users who recruit, nothing of the employee
        application = self.sudo()
        return self._career_possible_recruiters(
            application.employee_id, application.job_id
        )

    @api.model
    def _career_find_recruiter(self, employee, job):
        candidates = self._career_possible_recruiters(employee, job)
        if not candidates:
            raise UserError(
                self.env._(
                    "Nobody outside your own line can take this application. Ask HR "
                    "to name a contact for the vacancy."
                )
            )
        return candidates[0]

    # ----------------------------------------------------------------------- roles
    def _career_roles(self):
        """Also ``decider``: who decides when the question was taken further."""
        roles = super()._career_roles()
        # sudo: own model - only whether it was taken further
        application = self.sudo()
        if application.is_escalated and roles & {"n2", "hr"}:
            roles.add("decider")
        return roles

    @api.model
    def _career_role_names(self, roles):
        return super()._career_role_names(
            roles - {"conductor", "decider"}
        ) or self.env._("the recruiter of the vacancy")

    def _career_readers(self):
        readers = [
            (self.employee_user_id, "employee", self.env._("It is about this person")),
            (
                self.conductor_user_id,
                "conductor",
                self.env._("Recruits for this vacancy"),
            ),
        ]
        if self.state in ("released", "selected"):
            readers.append(
                (self.n1_user_id, "n1", self.env._("It was shown to the manager"))
            )
            if self.is_escalated:
                readers.append(
                    (self.n2_user_id, "n2", self.env._("The question was taken on"))
                )
        if self.state in ("released", "selected", "moved"):
            readers += [
                (user, "hr", self.env._("It was shown to the manager"))
                for user in self.company_id._career_officers()
            ]
        return [reader for reader in readers if reader[0]]

    # --------------------------------------------------------------------- actions
    def action_release(self):
        """The employee agrees that the present manager is told.

        :raise AccessError: the caller is not the employee
        """
        todo = self.filtered(lambda a: a.state != "released")
        todo._career_check("release")
        todo._career_release("released")
        return True

    def _career_release(self, state):
        """Show it to the line and to recruitment; the clock of the answer starts."""
        today = fields.Date.context_today(self)
        for application in self._career_system():
            company = application.company_id
            application._career_apply(
                {
                    "state": state,
                    "hidden_from_n1": False,
                    "hidden_from_n2": False,
                    "hidden_from_hr": False,
                    "date_released": today,
                    "date_answer_due": today
                    + relativedelta(days=company.career_answer_days),
                    "date_latest_release": today
                    + relativedelta(months=company.career_release_months),
                },
                "agree",
                application.job_id.name,
            )
            application.applicant_id = application._career_make_applicant()
            if application.n1_user_id:
                application._career_todo(
                    application.n1_user_id, "answer", application.date_answer_due
                )
            else:
                application._career_escalate("expired")

    def _career_make_applicant(self):
        """An applicant linked to the employee, without followers by accident."""
        self.ensure_one()
        applicants = self.env["hr.applicant"].with_user(SUPERUSER_ID)
        applicant = applicants.with_context(
            mail_create_nosubscribe=True, mail_create_nolog=True, tracking_disable=True
        ).create(
            {
                "partner_name": self.employee_id.name,
                "partner_id": self.employee_id.work_contact_id.id,
                "email_from": self.employee_id.work_email,
                "job_id": self.job_id.id,
                "employee_id": self.employee_id.id,
                "user_id": self.conductor_user_id.id,
            }
        )
        recruiter = self.conductor_user_id.partner_id
        applicant.message_unsubscribe((applicant.message_partner_ids - recruiter).ids)
        return applicant

    def action_withdraw(self):
        """Stop applying. For the line nothing of it remains to be seen.

        :raise AccessError: the caller is not the employee
        """
        todo = self.filtered(lambda a: a.state != "withdrawn")
        todo._career_check("withdraw")
        todo._career_end("withdrawn", "withdraw")
        return True

    def action_reject(self, reason=None):
        """The recruiter says no; the employee reads why.

        :param reason: a few words
        :raise UserError: no reason given
        """
        todo = self.filtered(lambda a: a.state != "rejected")
        todo._career_check("reject")
        if todo and not (reason or "").strip():
            raise UserError(self.env._("Tell the colleague in a few words why not."))
        todo._career_end("rejected", "refuse", reason)
        return True

    def _career_end(self, state, event, reason=None):
        for application in self._career_system():
            application.move_id.filtered(lambda m: m.state == "planned")._career_stop()
            application._career_apply(
                {
                    "state": state,
                    "reject_reason": reason or False,
                    "hidden_from_n1": True,
                    "hidden_from_n2": True,
                    "hidden_from_hr": True,
                },
                event,
                reason,
            )
            application._career_todo_done("application", "answer", "decide", "closed")
            application._career_drop_applicant()
            told = application.employee_user_id | application.conductor_user_id
            application._career_todo(told - self.env.user, state)

    def _career_drop_applicant(self):
        """Nothing of it remains in recruitment, where the line could look as well."""
        for application in self:
            applicant = application.applicant_id
            if application.env.context.get("career_keep_applicant"):
                applicant.active = False  # a dialog of recruitment is at work on it
            else:
                applicant.unlink()

    def _career_applicant_hired(self):
        """In recruitment, the vacancy was filled by a colleague (K10)."""
        self.ensure_one()
        applicant = self.applicant_id.with_context(
            tracking_disable=True, mail_notrack=True
        )
        stage = self.env["hr.recruitment.stage"].search(
            [
                ("hired_stage", "=", True),
                "|",
                ("job_ids", "=", False),
                ("job_ids", "in", self.job_id.ids),
            ],
            limit=1,
        )
        if stage:
            applicant.stage_id = stage

    def action_hand_on(self):
        """Give it to who recruits for the vacancy now (not by itself: whoever could
        name himself recruiter would read what was told in confidence).

        :raise AccessError: the caller is neither the employee nor the recruiter
        :raise UserError: nobody else recruits for the vacancy
        """
        self._career_check("hand_on")
        for application in self:
            recruiter = application._career_recruiters()[:1]
            if not recruiter or recruiter == application.conductor_user_id:
                raise UserError(self.env._("Nobody else recruits for this vacancy."))
            application._career_hand_to(recruiter)
        return True

    def _career_hand_to(self, recruiter):
        self.ensure_one()
        application = self._career_system()
        application._career_todo_done("application")
        self._career_apply(
            {"conductor_user_id": recruiter.id}, "assign", recruiter.name
        )
        if recruiter:
            application._career_todo(recruiter, "application")
        if application.employee_user_id != self.env.user:
            application._career_todo(application.employee_user_id, "recruiter")

    def _career_line_moved(self):
        """The line of the employee changed while the application runs.

        Who now leads the employee no longer receives the application; who no longer
        does is not asked to answer (access.md, rule 2).
        """
        for application in self._career_system():
            line = application.n1_user_id | application.n2_user_id
            if application.conductor_user_id & line:
                application._career_hand_to(application._career_recruiters()[:1])
            if application.state == "applied" or application.answer:
                continue
            application._career_todo_done("answer")
            if application.n1_user_id:
                application._career_todo(
                    application.n1_user_id, "answer", application.date_answer_due
                )
            else:
                application._career_escalate("expired")
        for application in self._career_system().filtered("is_escalated"):
            if not application.is_decided:
                application._career_todo_done("decide")
                application._career_ask_further()

    def _career_may_decide(self):
        """Whether the caller answers instead of the manager, and for good."""
        self.ensure_one()
        roles = self._career_roles()
        return "decider" in roles and "n1" not in roles

    def action_answer(self, answer=None, proposed_date=None, reason=None):
        """The present manager answers; who says later or no says why (R3.7).

        :param answer: ``agreed``, ``delayed`` or ``refused``
        :param proposed_date: when the employee can go, at the latest on the latest
            release date
        :param reason: code of a reason, for ``delayed`` and ``refused``
        :raise UserError: a missing date or reason, a date too late
        """
        self._career_check("answer")
        if answer not in ("agreed", "delayed", "refused"):
            raise UserError(self.env._("Choose an answer."))
        day = fields.Date.to_date(proposed_date)
        reasons = dict(self._fields["answer_reason"].selection)
        for application in self:
            decides = application._career_may_decide()
            if application.date_move:
                raise UserError(
                    self.env._(
                        "The move is planned already. Ask HR to change its date."
                    )
                )
            if application.is_decided and not decides:
                raise UserError(
                    self.env._("This was decided by your own manager or HR already.")
                )
            if answer != "refused" and not day:
                raise UserError(self.env._("Say from when your colleague can go."))
            if answer != "agreed" and reason not in reasons:
                raise UserError(self.env._("Choose the reason."))
            if day and day < fields.Date.context_today(self):
                raise UserError(self.env._("This date is in the past."))
            application._career_check_latest(day)
            application._career_apply(
                {
                    "answer": answer,
                    "is_decided": decides,
                    "proposed_date": day or application.date_latest_release,
                    "answer_reason": reason if answer != "agreed" else False,
                },
                "feedback",
                dict(self._fields["answer"]._description_selection(self.env))[answer],
            )
            application._career_todo_done("answer", "decide")
            system = application._career_system()
            system._career_todo(
                system.employee_user_id | system.conductor_user_id, "answered"
            )
            if answer == "refused" and "n1" in application._career_roles():
                system._career_escalate("refused")
        return True

    def _career_escalate(self, answer):
        """Take the question further: to N+2, or to HR where there is none."""
        for application in self:
            application.write({"is_escalated": True, "answer": answer})
            application._career_ask_further()

    def _career_ask_further(self):
        self.ensure_one()
        users = self.n2_user_id or self.company_id._career_officers()
        self._career_todo(users, "decide")

    def action_select(self):
        """The recruiter wants this colleague.

        :raise UserError: it was not shown to the manager yet, and policy waits for
            the employee
        """
        todo = self.filtered(lambda a: a.state != "selected")
        todo._career_check("select")
        for application in todo:
            if application.state == "applied":
                if application.policy != "selection":
                    raise UserError(
                        self.env._(
                            "Your colleague has to agree first that the manager is "
                            "told. You can say so in a message."
                        )
                    )
                application._career_release("selected")
            else:
                application._career_apply({"state": "selected"}, "progress")
            system = application._career_system()
            system._career_todo(system.employee_user_id, "selected")
        return True

    def _career_check_latest(self, day):
        """Nobody is kept longer than policy says; once that day passed: at once."""
        self.ensure_one()
        latest = max(self.date_latest_release, fields.Date.context_today(self))
        if day and day > latest:
            raise UserError(
                self.env._(
                    "The latest date to let a colleague go is %(date)s.",
                    date=format_date(self.env, latest),
                )
            )

    def action_plan_move(self, date=None):
        """Plan the move to the vacancy's job.

        :param date: by default the date that the manager proposed, else the latest
        :return: the ``career.move``
        :raise UserError: a date after the latest release, or, for who is not HR,
            before the date that the manager proposed
        :raise ValidationError: a date in the past
        """
        self.ensure_one()
        # sudo: career.move - who recruits cannot read it; returned by its id alone
        planned = self.sudo().move_id
        if planned.state == "planned":
            return planned.with_env(self.env)
        self._career_check("plan_move")
        today = fields.Date.context_today(self)
        earliest = max(self.proposed_date or self.date_latest_release, today)
        day = fields.Date.to_date(date) or earliest
        self._career_check_latest(day)
        if today <= day < earliest and "hr" not in self._career_roles():
            raise UserError(
                self.env._(
                    "Your colleague can go on %(date)s. HR can plan another day, when "
                    "everybody agrees.",
                    date=format_date(self.env, earliest),
                )
            )
        application = self._career_system()
        job, employee = application.job_id, application.employee_id
        move = (
            self.env["career.move"]
            ._career_system()
            .create(
                {
                    "employee_id": employee.id,
                    "job_id": job.id,
                    "department_id": job.department_id.id,
                    "manager_id": job._career_manager_for(employee).id,
                    "kind": job.career_internal_kind or "job",
                    "hours_week": job.career_hours_week,
                    "date": day,
                    "date_end": job.career_internal_kind != "job"
                    and job.career_temporary_until,
                }
            )
        )
        self._career_apply({"move_id": move.id}, "progress")
        return move.with_env(self.env)

    def button_plan_move(self):
        """Plan the move and show the application again."""
        self.action_plan_move()
        return True

    @api.model
    def _cron_escalate(self):
        """Nobody answered in time: take the question further. Safe to run twice."""
        late = self.search(
            [
                ("state", "in", ("released", "selected")),
                ("answer", "=", False),
                ("date_answer_due", "<", fields.Date.context_today(self)),
            ]
        )
        self.env["ir.cron"]._commit_progress(remaining=len(late))
        for application in late:
            application._career_escalate("expired")
            self.env["ir.cron"]._commit_progress(1)
        # refused in recruitment: the dialog is closed by now
        ended = self.search(
            [
                ("state", "in", ("rejected", "withdrawn")),
                ("applicant_id", "!=", False),
            ]
        )
        ended.applicant_id.unlink()
