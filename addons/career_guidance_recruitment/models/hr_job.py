from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

# of each job: more is no help to a recruiter
_BEST = 100


class HrJob(models.Model):
    _inherit = "hr.job"

    career_is_internal = fields.Boolean("Open to colleagues")
    career_internal_from = fields.Date("Open from")
    career_internal_until = fields.Date("Open until")
    career_internal_kind = fields.Selection(
        [
            ("job", "Job"),
            ("assignment", "Temporary assignment"),
            ("project", "Project beside the present job"),
        ],
        string="Kind of vacancy",
        default="job",
    )
    career_hours_week = fields.Float("Hours a week")
    career_temporary_until = fields.Date(
        "Lasts until", help="The last day of the assignment or project."
    )
    career_internal_window = fields.Selection(
        [
            ("beside", "Beside publication outside"),
            ("before", "Colleagues first: outside when the period is over"),
        ],
        string="Publication",
        default="beside",
    )
    career_planned_openings = fields.Integer(
        "Planned openings", help="Expected within a year, beside what is open now."
    )
    career_internal_text = fields.Html("Text for colleagues", translate=True)
    career_contact_id = fields.Many2one(
        "hr.employee",
        string="Whom to ask",
        ondelete="set null",
        help="Also takes the applications of the recruiter's own people.",
    )
    career_is_open = fields.Boolean(
        "Open to colleagues now",
        compute="_compute_career_is_open",
        search="_search_career_is_open",
    )
    career_my_score = fields.Integer("Fits me (%)", compute="_compute_career_my_match")
    career_my_reasons = fields.Text("Why it fits", compute="_compute_career_my_match")
    career_my_application_id = fields.Many2one(
        "career.application", compute="_compute_career_my_application_id"
    )

    _career_internal_dates = models.Constraint(
        "CHECK (career_internal_until >= career_internal_from)",
        "The vacancy closes before it opens: correct the dates.",
    )
    _career_before_has_end = models.Constraint(
        "CHECK (career_internal_window IS DISTINCT FROM 'before'"
        " OR NOT COALESCE(career_is_internal, FALSE)"
        " OR career_internal_until IS NOT NULL)",
        "Colleagues first: say until when.",
    )
    _career_planned_openings_valid = models.Constraint(
        "CHECK (career_planned_openings IS NULL OR career_planned_openings >= 0)",
        "A number of openings is not negative.",
    )
    _career_hours_week_valid = models.Constraint(
        "CHECK (career_hours_week IS NULL OR career_hours_week BETWEEN 0 AND 168)",
        "A week has 168 hours.",
    )

    @api.depends(
        "active", "career_is_internal", "career_internal_from", "career_internal_until"
    )
    def _compute_career_is_open(self):
        today = fields.Date.context_today(self)
        for job in self:
            job.career_is_open = (
                job.active
                and job.career_is_internal
                and (job.career_internal_from or today) <= today
                and (job.career_internal_until or today) >= today
            )

    def _search_career_is_open(self, operator, value):
        if operator != "in":
            return NotImplemented
        Domain = fields.Domain
        today = fields.Date.context_today(self)
        return (
            Domain("active", "=", True)
            & Domain("career_is_internal", "=", True)
            & (
                Domain("career_internal_from", "=", False)
                | Domain("career_internal_from", "<=", today)
            )
            & (
                Domain("career_internal_until", "=", False)
                | Domain("career_internal_until", ">=", today)
            )
        )

    @api.depends_context("uid", "lang")
    def _compute_career_my_match(self):
        """How each job fits the viewer, by the fixed formula (R4.6)."""
        employee = self.env.user._career_employee()
        matches = self.env["career.match"]._match(employee, self)
        for job in self:
            match = matches.get((employee.id, job.id))
            job.career_my_score = match["score"] if match else 0
            job.career_my_reasons = match["text"] if match else False

    @api.depends_context("uid")
    def _compute_career_my_application_id(self):
        applications = self.env["career.application"].search(
            [
                ("employee_user_id", "=", self.env.uid),
                ("job_id", "in", self.ids),
                ("state", "not in", ("withdrawn", "rejected")),
            ]
        )
        by_job = {application.job_id.id: application for application in applications}
        for job in self:
            job.career_my_application_id = by_job.get(job.id)

    def action_career_apply(self):
        """Open a new application for this vacancy; nothing is sent before saving."""
        self.ensure_one()
        if not self.career_is_open:
            raise UserError(self.env._("This vacancy is not open to colleagues now."))
        return {
            "type": "ir.actions.act_window",
            "res_model": "career.application",
            "views": [(False, "form")],
            "context": {"default_job_id": self.id},
        }

    def action_career_open_application(self):
        """Open the viewer's own application for this vacancy."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "career.application",
            "res_id": self.career_my_application_id.id,
            "views": [(False, "form")],
        }

    def action_career_matches(self):
        """Show the recruiter who could fit, of those who wish to be shown."""
        self.ensure_one()
        lines = self.env["career.match.line"]._career_fill(self)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Colleagues who could fit"),
            "res_model": "career.match.line",
            "views": [(False, "list"), (False, "kanban")],
            "mobile_view_mode": "kanban",
            "domain": [("id", "in", lines.ids)],
            "help": Markup("<p class='o_view_nocontent_empty_folder'>%s</p><p>%s</p>")
            % (
                self.env._("Nobody to show"),
                self.env._(
                    "Only colleagues who share a wish with recruiters appear here. "
                    "Skills on the job position help to find them."
                ),
            ),
        }

    def _career_match_all(self, employees, wishes=None):
        """The employees who fit each of these jobs best, with the reason.

        :param employees: records of ``hr.employee``
        :param wishes: records of ``career.aspiration`` that may be looked at; by
            default those that the caller may read
        :return: as ``career.match._match``, for the best of each job
        """
        return self.env["career.match"]._match(employees, self, wishes, limit=_BEST)

    def _career_manager_for(self, employee):
        """Who leads the employee in this job: nobody is his own manager.

        :param employee: one ``hr.employee``
        :return: ``hr.employee``, or none where no department has a manager
        """
        self.ensure_one()
        department = self.department_id
        while department:
            if department.manager_id and department.manager_id != employee:
                return department.manager_id
            department = department.parent_id
        return self.env["hr.employee"]

    def _career_filling_ways(self):
        ways = super()._career_filling_ways()
        return ways | {"vacancy"} if self.career_is_open else ways

    @api.model_create_multi
    def create(self, vals_list):
        jobs = super().create(vals_list)
        jobs._career_check_publication()
        return jobs

    def write(self, vals):
        before = self.filtered("career_is_open")
        result = super().write(vals)
        self._career_check_publication()
        if {"active", "career_is_internal", "career_internal_until"} & set(vals):
            closed = before.filtered(lambda job: not job.career_is_open)
            closed._career_tell_closed()
        if vals.get("active") is False:
            self.env["career.move"]._career_changed(self)
        return result

    def _career_check_publication(self):
        """Colleagues first: not on the web site (another add-on) before the end.

        :raise UserError: published outside while the period of colleagues runs
        """
        for job in self._career_published_outside():
            if job.career_internal_window == "before" and job.career_is_open:
                raise UserError(
                    self.env._(
                        "Colleagues come first: %(job)s can be published outside after "
                        "%(date)s.",
                        job=job.name,
                        date=format_date(self.env, job.career_internal_until),
                    )
                )

    def _career_published_outside(self):
        """The jobs that the web site shows, where that add-on is there."""
        if "website_published" not in self._fields:
            return self.browse()
        return self.filtered("website_published")

    def _career_tell_closed(self):
        """Whoever applied is told that the vacancy closed; the application stays."""
        # sudo: career.application - each employee is told of the own application
        applications = self.env["career.application"].sudo()
        for application in applications.search(
            [("job_id", "in", self.ids), ("state", "in", ("applied", "released"))]
        ):
            application._career_todo(application.employee_user_id, "closed")
