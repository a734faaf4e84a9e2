from datetime import date

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import format_date


class CareerPolicyReport(models.Model):
    """The key figures of a company over a year, against the year before.

    Holds no number: it shows those of the last snapshot of the year that the reader
    may read, and only those about the company as a whole.
    """

    _name = "career.policy.report"
    _description = "Career policy report"
    _order = "year desc, company_id, id"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
    )
    year = fields.Integer(required=True, default=lambda self: self._career_today().year)
    snapshot_id = fields.Many2one(
        "career.figure.snapshot", string="Figures of", compute="_compute_snapshots"
    )
    previous_snapshot_id = fields.Many2one(
        "career.figure.snapshot", string="Beside", compute="_compute_snapshots"
    )
    date_mailed = fields.Datetime("Board told on", readonly=True, copy=False)

    _year_uniq = models.Constraint(
        "UNIQUE (company_id, year)", "There is a report of this year already."
    )
    _year_range = models.Constraint(
        "CHECK (year BETWEEN 2000 AND 2100)", "Give the year in four digits."
    )

    @api.model
    def _career_today(self):
        return fields.Date.context_today(self)

    @api.depends("year", "company_id")
    def _compute_snapshots(self):
        for report in self:
            report.snapshot_id = report._career_snapshot_of(report.year)
            report.previous_snapshot_id = report._career_snapshot_of(report.year - 1)

    @api.depends("year", "company_id.name")
    def _compute_display_name(self):
        for report in self:
            report.display_name = self.env._(
                "Career policy %(year)s, %(company)s",
                year=report.year,
                company=report.company_id.name,
            )

    @api.constrains("year")
    def _check_year(self):
        for report in self:
            if report.year > self._career_today().year:
                raise ValidationError(
                    self.env._("This year is still to come: choose an earlier one.")
                )

    # ----------------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        """Create; whether the board was told is for the server to say.

        :raise AccessError: a company of others, or the date of the mail
        """
        if not self.env.su:
            for vals in vals_list:
                if "date_mailed" in vals:
                    raise AccessError(self.env._("The board is told by the job."))
        return super().create(vals_list)

    # --------------------------------------------------------------------- content
    def _career_snapshot_of(self, year):
        """The last snapshot of a year; the reader's own rights decide."""
        return self.env["career.figure.snapshot"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "=", "done"),
                ("period", ">=", date(year, 1, 1)),
                ("period", "<=", date(year, 12, 31)),
            ],
            order="period desc",
            limit=1,
        )

    def _career_need_figures(self):
        """Refuse to print an empty report.

        :raise UserError: says how to get figures
        """
        for report in self:
            if not report.snapshot_id:
                raise UserError(
                    self.env._(
                        "There are no figures of %(year)s. Open Key figures and press "
                        '"Compute now"; for a year that is over it is too late.',
                        year=report.year,
                    )
                )

    def _career_content(self):
        """What the PDF and the spreadsheet show.

        :return: dictionary with the names of the periods and a list of figures
        """
        self.ensure_one()
        self.check_access("read")
        self._career_need_figures()
        cells = self.env["career.figure.cell"].search(
            [
                (
                    "snapshot_id",
                    "in",
                    (self.snapshot_id + self.previous_snapshot_id).ids,
                ),
                ("dimension", "=", "company"),
            ]
        )
        now = {(c.code, c.item): c for c in cells if c.snapshot_id == self.snapshot_id}
        before = {
            (c.code, c.item): c for c in cells if c.snapshot_id != self.snapshot_id
        }
        months = self._career_months()
        figures = []
        for indicator in self.env["career.figure.indicator"].search(
            [("active", "=", True)]
        ):
            cell = now.get((indicator.code, ""))
            if not cell:
                continue
            parts = [
                self._career_line(part, before.get((part.code, part.item)))
                for part in cells
                if part.snapshot_id == self.snapshot_id
                and part.code == indicator.code
                and part.item
                and part.status == "shown"
            ]
            figures.append(
                {
                    **self._career_line(cell, before.get((indicator.code, ""))),
                    "code": indicator.code,
                    "name": indicator.name,
                    "definition": indicator.definition,
                    "is_rate": indicator.kind in ("rate", "tenths"),
                    "months": months.get(indicator.id, []),
                    "parts": parts,
                }
            )
        return {
            "company": self.company_id.name,
            "year": self.year,
            "period": self._career_period(self.snapshot_id),
            "before": self._career_period(self.previous_snapshot_id),
            "note": self.env._(
                "Of talks, plans and wishes, numbers about fewer than %(count)s "
                "people are left out, and so is what would give them away. Ages, time "
                "in function and moves are those of the personnel file.",
                count=self.snapshot_id.threshold,
            ),
            "is_final": self.snapshot_id.is_final,
            "figures": figures,
        }

    def _career_period(self, snapshot):
        if not snapshot:
            return ""
        return self.env._(
            "%(first)s to %(last)s",
            first=format_date(self.env, snapshot.date_from),
            last=format_date(self.env, snapshot.date_to),
        )

    def _career_line(self, cell, before):
        """One number beside that of the year before; no 0 where there is none."""
        shown = cell.status == "shown"
        had = bool(before) and before.status == "shown"
        statuses = dict(cell._fields["status"]._description_selection(self.env))
        indicators = self.env["career.figure.indicator"]
        return {
            "label": indicators._career_item_label(cell.item) or cell.indicator_id.name,
            "is_shown": shown,
            "value": cell.value if shown else None,
            "text": cell.shown_value,
            "why": "" if shown else statuses[cell.status],
            "before": before.value if had else None,
            "before_text": before.shown_value if had else "–",
            "target": cell.target or None,
            "is_reached": cell.is_reached,
        }

    def _career_months(self):
        """{figure: [(month, value), ...]} of the year, for the small charts."""
        rows = self.env["career.figure.cell"]._read_group(
            [
                ("company_id", "=", self.company_id.id),
                ("dimension", "=", "company"),
                ("item", "=", ""),
                ("status", "=", "shown"),
                ("period", ">", self.snapshot_id.period - relativedelta(months=12)),
                ("period", "<=", self.snapshot_id.period),
            ],
            ["indicator_id", "period:month"],
            ["value:avg"],
        )
        months = {}
        for indicator, month, value in sorted(rows, key=lambda row: row[1]):
            months.setdefault(indicator.id, []).append((month.strftime("%m"), value))
        return months

    # --------------------------------------------------------------------- actions
    def action_print(self):
        """The report as a PDF."""
        self._career_need_figures()
        report = self.env.ref("career_guidance_reports.career_policy_report_action_pdf")
        return report.report_action(self)

    def action_download(self):
        """The report as a spreadsheet."""
        self.ensure_one()
        self._career_need_figures()
        return {
            "type": "ir.actions.act_url",
            "url": f"/career_guidance_reports/policy/{self.id}",
            "target": "download",
        }

    # ------------------------------------------------------------------------ mail
    @api.model
    def _career_cron_mail(self):
        """Tell the board, once, that the report of the year that is over is there.

        The mail names nobody and holds no figure; it waits in the queue, so that a
        mail server that fails stops nothing and nothing is sent twice.
        """
        cron = self.env["ir.cron"]
        year = self._career_today().year - 1
        snapshots = self.env["career.figure.snapshot"].search(
            [
                ("period", "=", date(year, 12, 1)),
                ("state", "=", "done"),
                ("is_final", "=", True),
            ]
        )
        done = self.search([("year", "=", year), ("date_mailed", "!=", False)])
        todo = snapshots.company_id - done.company_id
        for number, company in enumerate(todo, start=1):
            report = self.search(
                [("year", "=", year), ("company_id", "=", company.id)]
            ) or self.create({"year": year, "company_id": company.id})
            report._career_mail_board()
            if not cron._commit_progress(1, remaining=len(todo) - number):
                break

    def _career_mail_board(self):
        self.ensure_one()
        if self.date_mailed:
            return
        self.date_mailed = fields.Datetime.now()
        board = self.company_id._career_members("career_guidance.group_career_board")
        url = f"{self.get_base_url()}/odoo/career-policy/{self.id}"
        mails = []
        for user in board.filtered("email"):
            env = self.with_context(lang=user.lang).env
            body = env["ir.qweb"]._render(
                "career_guidance_reports.career_policy_mail",
                {"url": url, "year": self.year},
                lang=user.lang,
            )
            mails.append(
                {
                    "subject": env._("Career guidance: the yearly report is ready"),
                    "body_html": body,
                    "email_to": user.email_formatted,
                    "email_from": self.company_id.email_formatted
                    or self.env.user.email_formatted,
                    "auto_delete": True,
                }
            )
        # not sent here: the queue does it, and tries again
        self.env["mail.mail"].create(mails)
