from odoo import api, fields, models
from odoo.exceptions import AccessError

_READERS = (
    "career_guidance.group_career_officer",
    "career_guidance.group_career_board",
)


class CareerWishFigure(models.Model):
    """Wishes beside needs, once a month (K18, R3.10).

    How many employees wish what, beside what the company looks for. People are counted,
    not wishes; a group below the privacy threshold shows no number, nor does the next
    smallest one where the total would tell it. The figures of a month are made once and
    stay, and the next month counts the same people until enough of them came or went:
    who looks twice cannot see one person come or go.
    """

    _name = "career.wish.figure"
    _description = "Wishes beside needs"
    _order = "date desc, company_id, dimension, is_total desc, sequence, id"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    date = fields.Date("Month", required=True, readonly=True)
    dimension = fields.Selection(
        [
            ("direction", "What is wished"),
            ("job", "The job that is wished"),
            ("horizon", "When"),
        ],
        string="Grouping",
        required=True,
        readonly=True,
    )
    code = fields.Char(readonly=True, export_string_translation=False)
    job_id = fields.Many2one(
        "hr.job", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    is_total = fields.Boolean("All together", readonly=True)
    sequence = fields.Integer(readonly=True)
    is_hidden = fields.Boolean(
        "Too few to show", readonly=True, help="Fewer people than the threshold."
    )
    people = fields.Integer(
        "Employees who wish it", readonly=True, aggregator=None, help="0 where hidden."
    )
    people_text = fields.Char("Employees", compute="_compute_names")
    name = fields.Char("Wish", compute="_compute_names")
    openings = fields.Integer(readonly=True, aggregator=None)
    planned = fields.Integer("Planned openings", readonly=True, aggregator=None)
    # on the total of directions only, and for the server only
    member_ids = fields.Many2many(
        "hr.employee",
        "career_wish_figure_member",
        "figure_id",
        "employee_id",
        string="Who was counted",
        readonly=True,
        groups=".",
        export_string_translation=False,
    )

    _row_uniq = models.UniqueIndex(
        "(company_id, date, dimension, COALESCE(code, ''), COALESCE(job_id, 0),"
        " is_total)"
    )

    @api.depends_context("lang")
    @api.depends("dimension", "code", "job_id", "is_total", "is_hidden", "people")
    def _compute_names(self):
        wishes = self.env["career.aspiration"]._fields
        labels = {
            name: dict(wishes[name]._description_selection(self.env))
            for name in ("direction", "horizon")
        }
        for row in self:
            if row.is_total:
                row.name = self.env._("All together")
            elif row.dimension == "job":
                row.name = row.job_id.name or self.env._("No job was named")
            else:
                row.name = labels[row.dimension].get(row.code) or self.env._("Not said")
            row.people_text = (
                self.env._("too few to show") if row.is_hidden else str(row.people)
            )

    # -------------------------------------------------------------------- the figure
    @api.model
    def _wishes_beside_needs(self, company):
        """K18 for one company, today: the one implementation, also for snapshots.

        Openings are those of jobs that are open to colleagues or published outside.
        Active wishes of employees who are there. A draft never counts. Whom a wish is
        shared with makes no difference: no person can be known from the answer.

        :param company: one ``res.company``
        :return: list of dictionaries: ``dimension``, ``code``, ``job_id``,
            ``is_total``, ``people`` (None where hidden), ``openings``, ``planned``
        """
        wishes = self._career_wishes(company)
        needs = self._career_needs(company)
        # every possible answer has a row, in an order that wishes do not change:
        # that a row is there, or comes first, tells nothing
        fields_ = self.env["career.aspiration"]._fields
        groups = {
            "direction": {
                code: set() for code, _label in fields_["direction"].selection
            },
            "job": {False: set(), **{job: set() for job in needs}},
            "horizon": {
                **{code: set() for code, _label in fields_["horizon"].selection},
                False: set(),
            },
        }
        for employee, direction, job, horizon in wishes:
            for dimension, key in (
                ("direction", direction),
                ("job", job.id),
                ("horizon", horizon),
            ):
                groups[dimension].setdefault(key, set()).add(employee.id)
        everybody = {employee.id for employee, *_rest in wishes}
        threshold = company.career_privacy_threshold
        rows = []
        for dimension, people in groups.items():
            shown = self._shown_groups(people, threshold)
            rows.append(
                {
                    "dimension": dimension,
                    "code": False,
                    "job_id": False,
                    "is_total": True,
                    "people": len(everybody) if len(everybody) >= threshold else None,
                    "openings": sum(number for number, _planned in needs.values()),
                    "planned": sum(planned for _number, planned in needs.values()),
                }
            )
            for key, members in people.items():
                openings, planned = needs.get(key, (0, 0))
                if dimension == "job" and key and key not in shown:
                    # a job that nobody looks for is listed when many wish it, alone
                    if not openings and not planned:
                        continue
                rows.append(
                    {
                        "dimension": dimension,
                        "code": key if dimension != "job" else False,
                        "job_id": key if dimension == "job" else False,
                        "is_total": False,
                        "people": len(members) if key in shown else None,
                        "openings": openings if dimension == "job" else 0,
                        "planned": planned if dimension == "job" else 0,
                    }
                )
        return rows

    @api.model
    def _career_wishes(self, company):
        """Who wishes what: active wishes of employees who are there.

        :return: list of ``(employee, direction, job, horizon)``
        """
        # sudo: career.aspiration - counted only, above the threshold
        return (
            self.env["career.aspiration"]
            .sudo()
            ._read_group(
                [
                    ("company_id", "=", company.id),
                    ("state", "=", "active"),
                    ("employee_id.active", "=", True),
                ],
                ["employee_id", "direction", "target_job_id", "horizon"],
            )
        )

    @api.model
    def _career_needs(self, company):
        """What the company looks for, by job, in the order of their names.

        :return: ``{job id: (openings, planned openings)}``
        """
        # sudo: hr.job - openings of the company
        jobs = (
            self.env["hr.job"]
            .sudo()
            .search([("company_id", "in", [False, company.id])])
        )
        open_jobs = jobs.filtered("career_is_open") | jobs._career_published_outside()
        return {
            job.id: (
                job.no_of_recruitment if job in open_jobs else 0,
                job.career_planned_openings,
            )
            for job in jobs.sorted("name")
        }

    @api.model
    def _shown_groups(self, groups, threshold):
        """The groups whose number tells nothing about a person.

        A group under the threshold is hidden, an empty one as well: "nobody" is a
        statement about everybody. While the people who are only in hidden groups are
        fewer than the threshold, the total would tell them by difference: then the
        next smallest group is hidden, too (complementary suppression).

        :param groups: {key: set of people}
        :return: set of keys
        """
        shown = {key for key, people in groups.items() if len(people) >= threshold}
        everybody = set().union(*groups.values())
        while shown:
            # by difference: the total, less the sum or the union of what is shown
            sum_shown = sum(len(groups[key]) for key in shown)
            union = set().union(*(groups[key] for key in shown))
            rest = len(everybody - union)
            differences = {rest, len(everybody) - sum_shown}
            if not any(0 < number < threshold for number in differences):
                break
            smallest = min(shown, key=lambda key: (len(groups[key]), str(key)))
            shown.remove(smallest)
        return shown

    # ------------------------------------------------------------------- the screen
    @api.model
    def _career_make(self, companies):
        """The figures of this month, for the companies that have none yet."""
        month = fields.Date.context_today(self).replace(day=1)
        # sudo: own model - nobody writes it; what is in it was made to be read; who was
        # counted counts also when he left
        figures = self.sudo().with_context(active_test=False)
        present = figures.search(
            [("date", "=", month), ("company_id", "in", companies.ids)]
        ).company_id
        for company in companies - present:
            rows = self._wishes_beside_needs(company)
            members = self._career_wishers(company)
            last = figures._career_last(company, month)
            counted = last.member_ids
            moved = (members - counted) | (counted - members)
            if last and 0 < len(moved) < company.career_privacy_threshold:
                rows, members = last._career_carried(rows), counted
            last.member_ids = False
            made = figures.create(
                [
                    {
                        **row,
                        "company_id": company.id,
                        "date": month,
                        "is_hidden": row["people"] is None,
                        "people": row["people"] or 0,
                        "sequence": -(row["people"] or 0),
                    }
                    for row in rows
                ]
            )
            total = made.filtered(lambda r: r.is_total and r.dimension == "direction")
            total.member_ids = members

    @api.model
    def _career_wishers(self, company):
        """The employees who are counted today."""
        # sudo: hr.employee - compared with who was counted before
        return (
            self.env["hr.employee"]
            .sudo()
            .union(*(employee for employee, *_rest in self._career_wishes(company)))
        )

    @api.model
    def _career_last(self, company, month):
        """The figures that were published before a month."""
        own = [("company_id", "=", company.id)]
        last = self.search([*own, ("date", "<", month)], order="date desc", limit=1)
        return self.search([*own, ("date", "=", last.date)]) if last else last

    def _career_carried(self, rows):
        """These figures once more, beside the needs of today.

        Too few people came or went since: the difference would tell of them.

        :param rows: what :meth:`_wishes_beside_needs` returned today
        """

        def key(row):
            job = row["job_id"]
            job_id = job if isinstance(job, int) else job.id
            return row["dimension"], row["code"], job_id, row["is_total"]

        today = {key(row): row for row in rows}
        published = {key(row): row for row in self}
        carried = []
        for kept in {**today, **published}:
            dimension, code, job_id, is_total = kept
            row, before = today.get(kept), published.get(kept)
            openings, planned = (row["openings"], row["planned"]) if row else (0, 0)
            if not before and dimension == "job" and not openings and not planned:
                # listed today because many wish it
                continue
            carried.append(
                {
                    "dimension": dimension,
                    "code": code,
                    "job_id": job_id,
                    "is_total": is_total,
                    "people": before.people
                    if before and not before.is_hidden
                    else None,
                    "openings": openings,
                    "planned": planned,
                }
            )
        return carried

    @api.model
    def action_open(self):
        """Open the figures of this month.

        :raise AccessError: the caller is neither HR nor of the board
        """
        if not any(self.env.user.has_group(group) for group in _READERS):
            raise AccessError(self.env._("These figures are for HR and the board."))
        self._career_make(self.env.companies)
        return self.env["ir.actions.act_window"]._for_xml_id(
            "career_guidance_recruitment.career_wish_figure_action"
        )

    @api.model
    def _cron_make(self):
        """The figures of the month for every company; safe to run twice."""
        for company in self.env["res.company"].search([("active", "=", True)]):
            self._career_make(company)
            self.env["ir.cron"]._commit_progress(1)
