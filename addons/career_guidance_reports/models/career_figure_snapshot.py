from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL, format_date

# A company of up to so many employees sees its figures at once.
_AT_ONCE = 2000


class CareerFigureSnapshot(models.Model):
    """The key figures of one company in one month, frozen.

    Made in steps, one a figure: each step replaces its own numbers and moves the place
    reached, in one transaction, so that a step that is done twice changes nothing. A
    month that is over and done is never computed again: who moves or leaves later does
    not change it.
    """

    _name = "career.figure.snapshot"
    _description = "Snapshot of key figures"
    _order = "period desc, company_id, id"

    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="cascade", readonly=True
    )
    period = fields.Date("Month", required=True, readonly=True, help="Its first day.")
    month = fields.Char("Month in words", compute="_compute_month")
    date_from = fields.Date("From", required=True, readonly=True)
    date_to = fields.Date("Until", required=True, readonly=True)
    threshold = fields.Integer(
        "Privacy threshold", readonly=True, help="As it was at that time."
    )
    state = fields.Selection(
        [("computing", "Being computed"), ("done", "Done")],
        default="computing",
        required=True,
        readonly=True,
        index=True,
    )
    is_final = fields.Boolean(
        "Month is over",
        readonly=True,
        help="Figures of a running month are replaced once, when it is over.",
    )
    date_computed = fields.Datetime("Computed on", readonly=True)
    step = fields.Integer(readonly=True, export_string_translation=False)
    progress = fields.Integer("Progress (%)", compute="_compute_progress")
    cell_ids = fields.One2many("career.figure.cell", "snapshot_id", readonly=True)

    _month_uniq = models.Constraint(
        "UNIQUE (company_id, period)", "A company has one snapshot a month."
    )
    _dates_in_order = models.Constraint(
        "CHECK (date_to >= date_from)", "The period ends before it starts."
    )

    @api.depends("step", "state")
    def _compute_progress(self):
        count = len(self._career_steps())
        for snapshot in self:
            done = snapshot.state == "done"
            snapshot.progress = 100 if done else 100 * snapshot.step // count

    @api.depends_context("lang")
    @api.depends("period")
    def _compute_month(self):
        for snapshot in self:
            snapshot.month = format_date(
                self.env, snapshot.period, date_format="MMMM yyyy"
            )

    @api.depends_context("lang")
    @api.depends("month", "company_id.name")
    def _compute_display_name(self):
        for snapshot in self:
            snapshot.display_name = f"{snapshot.month}, {snapshot.company_id.name}"

    # -------------------------------------------------------------------- actions
    @api.model
    def action_compute_now(self):
        """Figures of the user's company at once; the cron goes on where it is large.

        The month that is over first; else the running month, as it is today, once.

        :raise AccessError: the user is no career officer of the company
        """
        company = self.env.company
        if not self.env.user._career_is_officer_of(company):
            raise AccessError(self.env._("Figures are computed by HR of the company."))
        system = self.with_user(SUPERUSER_ID)
        snapshot = system._career_next(company)
        if not snapshot:
            raise UserError(
                self.env._(
                    "The figures of this month are there already. They follow again "
                    "when the month is over, so that nobody can be found by comparing "
                    "two days."
                )
            )
        people = self.env["hr.employee"].with_user(SUPERUSER_ID)
        if people.search_count([("company_id", "=", company.id)]) <= _AT_ONCE:
            while snapshot.state == "computing":
                snapshot._career_step()
        else:
            self.env.ref("career_guidance_reports.ir_cron_figures").with_user(
                SUPERUSER_ID
            )._trigger()
        if snapshot.state == "computing":
            action = self.env["ir.actions.act_window"]._for_xml_id(
                "career_guidance_reports.career_figure_snapshot_action"
            )
            return {**action, "res_id": snapshot.id, "views": [(False, "form")]}
        return self.env["ir.actions.act_window"]._for_xml_id(
            "career_guidance_reports.career_figure_overview_action"
        )

    def action_refresh(self):
        """Look again: the progress on the screen is that of the moment it was read."""
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    # ------------------------------------------------------------------------ job
    @api.model
    def _career_next(self, company):
        """The snapshot that is to be made now, if any.

        One that is being made; else the last month that is over; else the running
        month, where it was not looked at yet.
        """
        open_one = self.search(
            [("company_id", "=", company.id), ("state", "=", "computing")], limit=1
        )
        if open_one:
            return open_one
        return self._career_next_closed(company) or self._career_next_running(company)

    @api.model
    def _career_today(self):
        return fields.Date.context_today(self)

    @api.model
    def _career_next_closed(self, company):
        month = self._career_today().replace(day=1) - relativedelta(months=1)
        # the first snapshot of a company is of today: what was before is not known
        known = self.search(
            [("company_id", "=", company.id), ("period", "<=", month)],
            order="period desc",
            limit=1,
        )
        if not known or (known.period == month and known.is_final):
            return self.browse()
        return self._career_begin(company, month)

    @api.model
    def _career_next_running(self, company):
        month = self._career_today().replace(day=1)
        if self.search_count([("company_id", "=", company.id), ("period", "=", month)]):
            return self.browse()
        return self._career_begin(company, month)

    @api.model
    def _career_begin(self, company, month):
        """Begin the snapshot of a month, or begin it again where it was not over."""
        last_day = month + relativedelta(months=1, days=-1)
        date_to = min(last_day, self._career_today())
        months = max(12, int(company.career_cycle_months or 12))
        values = {
            "company_id": company.id,
            "period": month,
            "date_from": date_to + timedelta(days=1) - relativedelta(months=months),
            "date_to": date_to,
            "threshold": company.career_privacy_threshold,
            "is_final": date_to < self._career_today(),
            "state": "computing",
            "step": 0,
        }
        snapshot = self.search(
            [("company_id", "=", company.id), ("period", "=", month)]
        )
        if snapshot:
            snapshot.write(values)
            return snapshot
        return self.create(values)

    @api.model
    def _career_cron(self):
        """Make the snapshot of the month that is over, for each company.

        A step and a commit at a time: what a crash interrupts goes on where it was.
        """
        cron = self.env["ir.cron"]
        for company in self.env["res.company"].search([("active", "=", True)]):
            if not self.env["hr.employee"].search_count(
                [("company_id", "=", company.id)], limit=1
            ):
                continue
            self._career_next_closed(company)
            if not self.search_count([("company_id", "=", company.id)], limit=1):
                self._career_next_running(company)
        skipped = self.browse()
        count = len(self._career_steps())
        while True:
            waiting = self.search(
                [("state", "=", "computing"), ("id", "not in", skipped.ids)], limit=1
            )
            if not waiting:
                break
            snapshot = waiting.try_lock_for_update(allow_referencing=True)
            snapshot.invalidate_recordset()
            if not snapshot or snapshot.state != "computing":
                skipped |= waiting
                continue
            snapshot._career_step()
            left = count - snapshot.step
            seconds = cron._commit_progress(
                1, remaining=left if snapshot.state == "done" else max(left, 1)
            )
            self.env.invalidate_all()
            if not seconds:
                break

    def _career_step(self):
        """One step; the caller commits. Doing it twice changes nothing."""
        self.ensure_one()
        steps = self._career_steps()
        self.env.flush_all()
        name, method = steps[min(self.step, len(steps) - 1)]
        getattr(self, method)(name)
        done = self.step + 1 >= len(steps)
        self.write(
            {
                "step": self.step + 1,
                "state": "done" if done else "computing",
                "date_computed": fields.Datetime.now(),
            }
        )

    # ---------------------------------------------------------------------- cells
    def _career_replace(self, indicator, cells):
        """Write the numbers of one figure in place of what an earlier try wrote.

        Straight to the table: a number that is not there is NULL, and not 0.

        :param cells: dictionaries of columns
        """
        self.env.cr.execute(
            SQL(
                "DELETE FROM career_figure_cell"
                " WHERE snapshot_id = %s AND indicator_id = %s",
                self.id,
                indicator.id,
            )
        )
        target = indicator._career_target(self.company_id)
        columns = (
            *("dimension", "name", "item", "department_id", "gender", "level", "age"),
            *("status", "value", "numerator", "denominator", "is_reached", "basis"),
            "date_drawn",
        )
        common = {
            "snapshot_id": self.id,
            "company_id": self.company_id.id,
            "period": self.period,
            "indicator_id": indicator.id,
            "indicator_sequence": indicator.sequence,
            "code": indicator.code,
        }
        rows = []
        for cell in cells:
            cell.setdefault("item", "")
            aims = target and not cell["item"]
            values = [*common.values(), *(cell.get(column) for column in columns)]
            rows.append((*values, target if aims else None))
        if rows:
            names = [*common, *columns, "target"]
            listed = SQL(", ").join(SQL.identifier(name) for name in names)
            for start in range(0, len(rows), 500):
                self.env.cr.execute(
                    SQL(
                        "INSERT INTO career_figure_cell (%s) VALUES %s",
                        listed,
                        SQL(", ").join(rows[start : start + 500]),
                    )
                )
        self.env["career.figure.cell"].invalidate_model()
