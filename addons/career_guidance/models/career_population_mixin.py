from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

# How many employees one step takes. A step is one transaction: what is lost when a
# server stops is at most one step, and the next one begins where the last one ended.
BATCH_SIZE = 500


class CareerPopulationMixin(models.AbstractModel):
    """Who is meant, and a job over all of them in steps.

    The job walks over the employees of the companies by id. The place it has reached is
    stored with what each step made, in one transaction: after a crash it goes on there.
    A step looks at a fixed number of employees, so that its cost does not depend on how
    many there are.
    """

    _name = "career.population.mixin"
    _description = "Population of employees"

    # What the server alone sets: a client cannot jump a state (access.md, rule 6).
    _system_fields = {
        "state",
        "batch_cursor",
        "batch_total",
        "batch_done",
        "batch_active",
    }

    company_ids = fields.Many2many(
        "res.company",
        string="Companies",
        required=True,
        default=lambda self: self.env.company,
    )
    department_ids = fields.Many2many(
        "hr.department",
        string="Departments",
        help="With all departments below them. Empty means all departments.",
    )
    category_ids = fields.Many2many(
        "hr.employee.category",
        string="Tags",
        help="Employees with at least one of these tags. Empty means everybody.",
    )
    employee_type_ids = fields.Many2many(
        "career.employee.type",
        string="Employee types",
        help="Empty means the types that the company's policy names.",
    )
    hired_before = fields.Date(
        "Hired until",
        help="Employees hired on or before this day. Empty means everybody.",
    )
    batch_active = fields.Boolean("Being made", readonly=True, copy=False, index=True)
    batch_cursor = fields.Integer(
        readonly=True, copy=False, export_string_translation=False
    )
    batch_total = fields.Integer("To do", readonly=True, copy=False)
    batch_done = fields.Integer("Done", readonly=True, copy=False)
    batch_progress = fields.Integer("Progress (%)", compute="_compute_batch_progress")
    population_count = fields.Integer(
        "Employees", compute="_compute_population_count", compute_sudo=True
    )

    @api.depends("batch_active", "batch_total", "batch_done")
    def _compute_batch_progress(self):
        for record in self:
            if record.batch_active and record.batch_total:
                done = min(record.batch_done, record.batch_total)
                record.batch_progress = 100 * done // record.batch_total
            else:
                record.batch_progress = 100 if record.batch_done else 0

    @api.depends(
        "company_ids",
        "department_ids",
        "category_ids",
        "employee_type_ids",
        "hired_before",
    )
    def _compute_population_count(self):
        for record in self:
            record.population_count = self.env["hr.employee"].search_count(
                record._career_population_domain()
            )

    @api.constrains("company_ids")
    def _check_company_ids(self):
        for record in self:
            if not record.company_ids:
                raise ValidationError(self.env._("Choose at least one company."))

    # ------------------------------------------------------------------------ CRUD
    @api.model_create_multi
    def create(self, vals_list):
        """Create; a state or a progress that a client sends is refused.

        :raise AccessError: a field that the server alone sets
        """
        if self.env.su:
            return super().create(vals_list)
        for vals in vals_list:
            self._career_refuse_system(vals)
        context = {
            key: value
            for key, value in self.env.context.items()
            if key.removeprefix("default_") not in self._system_fields
        }
        clean = self.with_env(self.env(context=context))
        return super(CareerPopulationMixin, clean).create(vals_list)

    def write(self, vals):
        """Write; a state or a progress that a client sends is refused.

        :raise AccessError: a field that the server alone sets
        """
        if not self.env.su:
            self._career_refuse_system(vals)
        result = super().write(vals)
        if not self.env.su and "company_ids" in vals:
            # record rules do not look at a record after the write: we do
            self.check_access("write")
        return result

    @api.model
    def _career_refuse_system(self, vals):
        if self._system_fields & set(vals):
            raise AccessError(
                self.env._("Use the buttons: they check what a step needs.")
            )

    # ------------------------------------------------------------------ population
    def _career_population_parts(self):
        """The conditions of the population, each with the reason it leaves out for.

        :return: dictionary of reason code and ``Domain`` on ``hr.employee``
        """
        self.ensure_one()
        companies = self.company_ids._origin
        parts = {
            "company": Domain("company_id", "in", companies.ids)
            & Domain("active", "=", True)
        }
        codes = self.employee_type_ids.mapped("code")
        if codes:
            parts["type"] = Domain("current_version_id.employee_type", "in", codes)
        else:
            parts["type"] = Domain.OR(
                Domain("company_id", "=", company.id)
                & Domain(
                    "current_version_id.employee_type",
                    "in",
                    company._career_employee_type_codes(),
                )
                for company in companies
            )
        if self.department_ids:
            parts["department"] = Domain(
                "current_version_id.department_id", "child_of", self.department_ids.ids
            )
        if self.category_ids:
            parts["tag"] = Domain("category_ids", "in", self.category_ids.ids)
        if self.hired_before:
            parts["hired"] = Domain(
                "version_ids",
                "any",
                Domain("contract_date_start", "<=", self.hired_before)
                | (
                    Domain("contract_date_start", "=", False)
                    & Domain("date_version", "<=", self.hired_before)
                ),
            )
        return parts

    def _career_population_domain(self):
        return Domain.AND(self._career_population_parts().values())

    # ----------------------------------------------------------------------- steps
    @api.model
    def _career_batch_size(self):
        """How many employees a step takes: the parameter, within reason."""
        # sudo: ir.config_parameter - a number of the server's own
        value = (
            self.env["ir.config_parameter"]
            .sudo()
            .get_param("career_guidance.batch_size")
        )
        size = int(value) if value and str(value).isdigit() else BATCH_SIZE
        return min(max(size, 1), 5000)

    def _career_batch_start(self):
        """Begin the walk: the first step at once, the rest in the background.

        A company of a few hundred people sees the result immediately.
        """
        for record in self:
            record.write(
                {
                    "batch_active": True,
                    "batch_cursor": 0,
                    "batch_done": 0,
                    "batch_total": record.population_count,
                }
            )
            record._career_batch_step()
        if any(record.batch_active for record in self):
            self._career_batch_cron()._trigger()

    @api.model
    def _career_batch_cron(self):
        """Hook: the scheduled action that goes on with the walk."""
        raise NotImplementedError

    def _career_batch_step(self):
        """One step of the walk; the caller commits.

        :return: whether the walk is finished
        """
        self.ensure_one()
        size = self._career_batch_size()
        employees_all = self.env["hr.employee"].with_context(active_test=False)
        # a plain walk over the primary key: the same cost for each step
        ids = employees_all.search(
            [
                ("id", ">", self.batch_cursor),
                ("company_id", "in", self.company_ids.ids),
            ],
            order="id",
            limit=size,
        ).ids
        if not ids:
            self.write({"batch_active": False})
            self._career_batch_finished()
            return True
        employees = self.env["hr.employee"].search(
            Domain("id", "in", ids) & self._career_population_domain()
        )
        made = self._career_batch_make(employees) if employees else 0
        finished = len(ids) < size
        self.write(
            {
                "batch_cursor": ids[-1],
                "batch_done": self.batch_done + made,
                "batch_active": not finished,
            }
        )
        if finished:
            self._career_batch_finished()
        return finished

    def _career_batch_make(self, employees):
        """Hook: make what is to be made for these employees.

        :return: how many were made
        """
        raise NotImplementedError

    def _career_batch_finished(self):
        """Hook: the walk is over."""

    @api.model
    def _career_cron_batches(self):
        """Go on with every walk that is not finished, a step and a commit at a time.

        Two workers never take one walk: each step locks its record, and leaves out
        what another holds. The unique constraints stand behind it.
        """
        cron = self.env["ir.cron"]
        skipped = self.browse()
        while True:
            waiting = self.with_user(SUPERUSER_ID).search(
                [("batch_active", "=", True), ("id", "not in", skipped.ids)], limit=1
            )
            if not waiting:
                break
            record = waiting.try_lock_for_update(allow_referencing=True)
            # what was read before the lock may be of another worker's yesterday
            record.invalidate_recordset()
            if not record or not record.batch_active:
                skipped |= waiting
                continue
            before = record.batch_done
            record._career_batch_step()
            made = record.batch_done - before
            left = max(record.batch_total - record.batch_done, 0)
            if record.batch_active:
                # never 0 while something is left: the job would count as finished
                left = max(left, 1)
            seconds = cron._commit_progress(made, remaining=left)
            self.env.invalidate_all()
            if not seconds:
                break

    @api.model
    def _career_need_officer(self, companies):
        """Refuse who is not career officer of all these companies.

        :raise AccessError: says which role it takes
        """
        if self.env.su:
            return
        if not all(self.env.user._career_is_officer_of(c) for c in companies):
            raise AccessError(
                self.env._("This step belongs to HR of all the companies concerned.")
            )

    @api.model
    def _career_nobody(self):
        return UserError(
            self.env._(
                "Nobody is in this population. Widen it: fewer departments or tags, "
                "more employee types, a later hiring date."
            )
        )
