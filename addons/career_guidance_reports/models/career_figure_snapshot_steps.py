from array import array
from collections import Counter, defaultdict

from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.career_guidance.tools.rates import CAUSES

from ..tools import disclosure, figures, queries

_COMPANY = disclosure.COMPANY
# what was released longer ago tells nothing of the windows of today
_HORIZON = relativedelta(months=24)
# departments are published down to this level
_DEPTH = 3
# K13: the instruments to which access is compared
_INSTRUMENTS = ("K1", "K3", "K12")


class CareerFigureSnapshot(models.Model):
    """The steps of a snapshot: the groups, then one figure after another."""

    _inherit = "career.figure.snapshot"

    @api.model
    def _career_steps(self):
        """Hook: (code of the figure, method); an add-on may put its own before the end.

        K15 comes with the questionnaires.
        """
        return [
            ("", "_career_step_groups"),
            *(
                (code, "_career_step_rows")
                for code in ("K1", "K2", "K3", "K4a", "K4b", "K4c")
            ),
            ("K4d", "_career_step_realisation"),
            *((code, "_career_step_rows") for code in ("K5", "K6", "K7", "K8")),
            ("K9", "_career_step_time"),
            ("K10", "_career_step_mobility"),
            ("K11", "_career_step_ages"),
            ("K12", "_career_step_training"),
            ("K14", "_career_step_rows"),
            ("K16", "_career_step_guides"),
            ("K17", "_career_step_rows"),
            ("K18", "_career_step_aspirations"),
            ("K19", "_career_step_retention"),
            ("K20", "_career_step_offer"),
            # from the numbers above, and from nothing else
            ("K13", "_career_step_equity"),
        ]

    # --------------------------------------------------------------------- ground
    def _career_params(self):
        self.ensure_one()
        company = self.company_id
        officers = company._career_officers()
        return queries.parameters(company, self.date_from, self.date_to, officers.ids)

    def _career_rows(self, query):
        return self.env.execute_query(query)

    @api.model
    def _career_indicator(self, code):
        return self.env["career.figure.indicator"].search([("code", "=", code)])

    def _career_population(self, day=None):
        """P(t), with the parts of the company that each employee is in.

        :return: list of (employee id, {dimension: names}, row)
        """
        params = self._career_params()
        day = day or self.date_to
        levels = dict(self._career_rows(queries.levels(params)))
        paths = self._career_department_paths()
        people = []
        for row in self._career_rows(queries.population(day, params)):
            employee, department, __, sex, birthday = row[:5]
            parts = {
                "department": paths.get(department, ()),
                "gender": (sex or "",),
                "level": (str(levels.get(employee, 0)),),
                "age": (figures.age_band(birthday, day),),
            }
            people.append((employee, parts, row))
        return people

    def _career_department_paths(self):
        """{department id: the department and those above it, as names of groups}."""
        rows = self._career_rows(
            SQL("SELECT id, parent_path FROM hr_department WHERE parent_path != ''")
        )
        return {
            department: tuple(path.strip("/").split("/")[:_DEPTH])
            for department, path in rows
        }

    # --------------------------------------------------------------------- groups
    def _career_step_groups(self, __):
        """Renew the members of the groups, as far as that is safe."""
        k = self.company_id.career_privacy_threshold
        self.threshold = k
        blocks = defaultdict(lambda: array("i"))
        depth = {}
        for employee, parts, __row in sorted(
            self._career_population(), key=lambda person: person[0]
        ):
            blocks[_COMPANY].append(employee)
            for dimension, names in parts.items():
                for level, name in enumerate(names):
                    blocks[dimension, name].append(employee)
                    depth[dimension, name] = level
        order = ("company", "department", "gender", "level", "age")
        candidates = {
            key: blocks[key]
            for key in sorted(
                blocks,
                key=lambda key: (
                    order.index(key[0]),
                    depth.get(key, 0),
                    -len(blocks[key]),
                    key[1],
                ),
            )
        }
        self._career_retire_groups(candidates)
        released, current = self._career_released_groups()
        renewed, rest = disclosure.renew(released, current, candidates, k)
        self._career_store_groups(candidates, current, renewed, rest)

    def _career_retire_groups(self, candidates):
        """A department that is no more is not followed; and forget what is long ago."""
        groups = self.env["career.figure.group"].search(
            [("company_id", "=", self.company_id.id), ("is_current", "=", True)]
        )
        gone = groups.filtered(lambda g: (g.dimension, g.name) not in candidates)
        # what is the rest of groups of long ago goes with them
        gone |= groups.filtered(
            lambda g: g.is_rest and g.date_drawn < self.date_to - _HORIZON
        )
        gone.is_current = False
        self.env.flush_all()
        self._career_rows(
            SQL(
                """
                DELETE FROM career_figure_group
                 WHERE company_id = %s AND is_current IS NOT TRUE AND date_drawn < %s
                RETURNING id
                """,
                self.company_id.id,
                self.date_to - _HORIZON,
            )
        )
        self.env["career.figure.group"].invalidate_model()

    def _career_released_groups(self):
        """What was published: all groups in their order, and those in use."""
        rows = self._career_rows(
            SQL(
                """
                SELECT g.dimension, g.name, g.is_current, g.is_rest,
                       ARRAY_AGG(m.employee_id ORDER BY m.employee_id)
                  FROM career_figure_group g
                  JOIN career_figure_member m ON m.group_id = g.id
                 WHERE g.company_id = %s
                 GROUP BY g.id
                 ORDER BY g.date_drawn, g.sequence, g.id
                """,
                self.company_id.id,
            )
        )
        released, current = [], {}
        for dimension, name, is_current, is_rest, ids in rows:
            members = array("i", ids)
            if not is_rest:
                released.append((dimension == "company", members))
            if is_current:
                current[dimension, name or ""] = members
        return released, current

    def _career_store_groups(self, candidates, current, renewed, rest):
        groups = self.env["career.figure.group"]
        present = groups.search(
            [("company_id", "=", self.company_id.id), ("is_current", "=", True)]
        )
        known = {(group.dimension, group.name or ""): group for group in present}
        for sequence, key in enumerate(candidates):
            group = known.get(key)
            if key not in renewed:
                if group:
                    group.sequence = sequence
                    continue
            elif group and key in current:
                group.is_current = False
                group = None
            values = {
                "sequence": sequence,
                "date_drawn": self.date_to,
                "is_rest": key in rest,
            }
            if group:
                group.write(values)
            else:
                self.env.flush_all()
                group = groups.create(
                    {
                        **values,
                        "company_id": self.company_id.id,
                        "dimension": key[0],
                        "name": key[1],
                        "is_current": True,
                    }
                )
            if key in renewed:
                self.env.flush_all()
                self.env.cr.execute(
                    SQL(
                        "INSERT INTO career_figure_member (group_id, employee_id)"
                        " SELECT %s, UNNEST(%s)",
                        group.id,
                        list(renewed[key]),
                    )
                )
                group.invalidate_recordset(["member_ids"])

    def _career_groups(self):
        """Groups that may be counted, and the members of all that were published.

        :return: {key: [(group id, day), ...]} newest first, of the keys in use in their
            order; and {group id: (dimension, members)} of the horizon
        """
        rows = self._career_rows(
            SQL(
                """
                SELECT g.id, g.dimension, COALESCE(g.name, ''), g.date_drawn,
                       g.is_current,
                       ARRAY_REMOVE(
                           ARRAY_AGG(m.employee_id ORDER BY m.employee_id), NULL
                       )
                  FROM career_figure_group g
                  LEFT JOIN career_figure_member m ON m.group_id = g.id
                 WHERE g.company_id = %s
                 GROUP BY g.id
                 ORDER BY g.is_current DESC NULLS LAST, g.sequence, g.date_drawn DESC,
                          g.id DESC
                """,
                self.company_id.id,
            )
        )
        groups, members = {}, {}
        for group, dimension, name, day, is_current, ids in rows:
            members[group] = (dimension, array("i", ids))
            if is_current:
                groups[dimension, name] = [(group, day)]
            elif (dimension, name) in groups:
                groups[dimension, name].append((group, day))
        for versions in groups.values():
            versions.sort(key=lambda version: version[1], reverse=True)
        return groups, members

    def _career_history(self, indicator, item, members):
        """What a figure was published about before: {basis: [(is company, members)]}.

        In the order of publication, without what was only the rest of others.
        """
        rows = self._career_rows(
            SQL(
                """
                SELECT r.basis, r.group_id
                  FROM career_figure_release r
                  JOIN career_figure_group g ON g.id = r.group_id
                 WHERE g.company_id = %s AND r.indicator_id = %s AND r.item = %s
                 ORDER BY r.id
                """,
                self.company_id.id,
                indicator.id,
                item,
            )
        )
        history = {"line": [], "all": []}
        for basis, group in rows:
            dimension, ids = members[group]
            history[basis].append((dimension == "company", ids))
        return history

    def _career_note_release(self, indicator, item, released):
        """Note what is published now, once.

        :param released: list of (basis, group id)
        """
        if released:
            self.env.cr.execute(
                SQL(
                    """
                    INSERT INTO career_figure_release
                           (indicator_id, item, basis, group_id)
                    VALUES %s ON CONFLICT DO NOTHING
                    """,
                    SQL(", ").join((indicator.id, item, *row) for row in released),
                )
            )

    @api.model
    def _career_cell(self, key, **values):
        """Columns of a number about a part of the company."""
        dimension, name = key
        return {
            "dimension": dimension,
            "name": name,
            "department_id": int(name) if dimension == "department" else None,
            "gender": name or None if dimension == "gender" else None,
            "level": name if dimension == "level" else None,
            "age": self._career_age_name(name) if dimension == "age" else None,
            **values,
        }

    @api.model
    def _career_age_name(self, name):
        return f"{name}-{int(name) + 4}" if name else None

    # ------------------------------------------------------------ figures by rows
    def _career_step_rows(self, code):
        indicator = self._career_indicator(code)
        query = queries.ROWS[code](self._career_params())
        cells, __ = self._career_guarded_cells(indicator, query)
        self._career_replace(indicator, cells)

    def _career_guarded_cells(self, indicator, query, **options):
        """The numbers of one figure that may be shown.

        :param query: gives the rows, see `tools/queries.py`
        :param options: ``item``, ``kind``, and ``dimensions`` to keep to
        :return: (cells, {employee: (numerator, denominator)} of the company)
        """
        rows = [figures.Row(*row) for row in self._career_rows(query)]
        item = options.get("item", "")
        kind = options.get("kind") or indicator.kind
        groups, people = self._career_groups()
        dimensions = options.get("dimensions")
        groups = {
            key: versions
            for key, versions in groups.items()
            if not dimensions or key[0] in dimensions
        }
        if not groups:
            # nobody is in the population
            return [self._career_cell(_COMPANY, item=item, status="nothing")], {}
        choices = {
            key: [people[group][1] for group, __ in versions]
            for key, versions in groups.items()
        }
        history = self._career_history(indicator, item, people)
        k = self.threshold
        sealed = indicator.protection == "sealed"
        use_all = figures.hidden_part_is_large(
            rows,
            k,
            len(choices[_COMPANY][0]),
            indicator.code in queries.PER_PERSON,
            sealed,
        )
        line = figures.basis(rows, False)
        status = disclosure.release(line, choices, k, sealed, history["line"])
        released = [
            ("line", groups[key][number][0])
            for key, (how, number) in status.items()
            if how == "shown" and not (use_all and key == _COMPANY)
        ]
        whole = line
        if use_all:
            whole = figures.basis(rows, True)
            company = {_COMPANY: choices[_COMPANY]}
            status |= disclosure.release(whole, company, k, sealed, history["all"])
            if status[_COMPANY][0] == "shown":
                released.append(("all", groups[_COMPANY][status[_COMPANY][1]][0]))
        self._career_note_release(indicator, item, released)
        cells = []
        for key, versions in groups.items():
            is_company = key == _COMPANY
            how, number = status[key]
            sums = figures.total(whole if is_company else line, choices[key][number])
            shown = "shown" if how == "rest" else how
            cells.append(
                self._career_cell(
                    key,
                    item=item,
                    date_drawn=versions[number][1],
                    basis="all" if is_company and use_all else "line",
                    **self._career_number(indicator, kind, shown, *sums),
                )
            )
        return cells, whole

    def _career_number(self, indicator, kind, status, num, den):
        """The columns of a number; none of them where it is not shown."""
        if status != "shown":
            return {"status": status}
        shown = figures.value(kind, num, den)
        if shown is None:
            return {"status": "nothing"}
        target = indicator._career_target(self.company_id)
        reached = bool(target)
        if target and kind == "rate":
            # exactly, and not by what is rounded down to be shown (K4c)
            reached = num * 1000 >= round(target * 10) * den
        elif target:
            reached = shown >= target
        return {
            "status": "shown",
            "value": shown,
            "numerator": num,
            "denominator": den,
            "is_reached": reached,
        }

    def _career_company_shown(self, cells):
        return any(
            cell["dimension"] == "company" and cell["status"] == "shown"
            for cell in cells
        )

    def _career_step_realisation(self, code):
        """K4d, with what was not done by cause."""
        indicator = self._career_indicator(code)
        params = self._career_params()
        cells, whole = self._career_guarded_cells(indicator, queries.ROWS[code](params))
        if self._career_company_shown(cells):
            use_all = cells[0]["basis"] == "all"
            counts, sums = {}, {}
            for cause in CAUSES:
                query = queries.lost(cause)(params)
                rows = figures.basis(
                    [figures.Row(*row) for row in self._career_rows(query)], use_all
                )
                rows = {person: row for person, row in rows.items() if person in whole}
                counts[cause] = sum(1 for num, __ in rows.values() if num)
                sums[cause] = figures.total(rows, rows)
            cells += self._career_parts(indicator, "cause", counts, sums)
        self._career_replace(indicator, cells)

    def _career_parts(self, indicator, family, counts, sums, kind="rate"):
        """Parts of a figure of the company, shown where none gives another away."""
        total = sum(counts.values())
        shown = disclosure.complement(counts, total, self.threshold)
        return [
            self._career_cell(
                _COMPANY,
                item=f"{family}:{name}",
                **self._career_number(
                    indicator, kind, "shown" if name in shown else "few", *sums[name]
                ),
            )
            for name in counts
        ]

    def _career_step_training(self, code):
        indicator = self._career_indicator(code)
        params = self._career_params()
        cells, __ = self._career_guarded_cells(indicator, queries.ROWS["K12"](params))
        hours, __ = self._career_guarded_cells(
            indicator, queries.ROWS["K12h"](params), item="hours", kind="mean"
        )
        self._career_replace(indicator, cells + hours)

    def _career_step_guides(self, code):
        """K16: certificates of guides; the card of each guide is on his own page."""
        indicator = self._career_indicator(code)
        query = queries.ROWS[code](self._career_params())
        cells, __ = self._career_guarded_cells(
            indicator, query, dimensions=("company",)
        )
        self._career_replace(indicator, cells)

    def _career_step_aspirations(self, code):
        """K18: who has a wish; and wishes by direction, horizon and job."""
        indicator = self._career_indicator(code)
        params = self._career_params()
        cells, __ = self._career_guarded_cells(indicator, queries.ROWS[code](params))
        if self._career_company_shown(cells):
            for family, column in (
                ("direction", "direction"),
                ("horizon", "horizon"),
                ("job", "target_job_id"),
            ):
                cells += self._career_wishes(indicator, family, column)
        self._career_replace(indicator, cells)

    def _career_wishes(self, indicator, family, column):
        """Active aspirations of the company by one of their properties.

        Beside the wishes for a job: how many people are sought for it (K18, R3.10).
        """
        rows = self._career_rows(
            SQL(
                """
                SELECT a.%(column)s, COUNT(DISTINCT a.employee_id)
                  FROM career_aspiration a
                  JOIN career_figure_member m ON m.employee_id = a.employee_id
                  JOIN career_figure_group g
                    ON g.id = m.group_id AND g.is_current AND g.dimension = 'company'
                 WHERE g.company_id = %(company)s AND a.state = 'active'
                   AND a.last_confirmed <= %(day)s AND a.%(column)s IS NOT NULL
                 GROUP BY a.%(column)s
                """,
                column=SQL.identifier(column),
                company=self.company_id.id,
                day=self.date_to,
            )
        )
        groups, members = self._career_groups()
        people = len(members[groups[_COMPANY][0][0]][1])
        # sealed: of at least k others the same could be true
        counts = {
            str(name): count if people - count >= self.threshold else 0
            for name, count in rows
        }
        sought = {}
        if family == "job":
            jobs = self.env["hr.job"].browse(int(name) for name in counts).exists()
            sought = {str(job.id): job.no_of_recruitment for job in jobs}
        sums = {name: (count, sought.get(name)) for name, count in counts.items()}
        return self._career_parts(indicator, family, counts, sums, "count")

    # --------------------------------------------------- figures that are not hidden
    def _career_step_time(self, code):
        """K9, from the history of jobs; departments as they are on the day."""
        indicator = self._career_indicator(code)
        paths = self._career_department_paths()
        days = defaultdict(list)
        for __, department, run in self._career_rows(
            queries.job_runs(self._career_params())
        ):
            days[_COMPANY].append(run)
            for name in paths.get(department, ()):
                days["department", name].append(run)
        cells = []
        for key, runs in {_COMPANY: [], **days}.items():
            for item, number in figures.time_in_function(runs).items():
                if key == _COMPANY or not item:
                    cells.append(self._career_open(indicator, key, item, number))
        self._career_replace(indicator, cells)

    def _career_open(self, indicator, key, item, number, num=None, den=None):
        target = indicator._career_target(self.company_id)
        values = {"item": item, "numerator": num, "denominator": den}
        if number is None:
            values["status"] = "nothing"
        else:
            values |= {
                "status": "shown",
                "value": number,
                "is_reached": bool(target) and number >= target,
            }
        return self._career_cell(key, date_drawn=self.date_to, **values)

    def _career_step_mobility(self, code):
        """K10: changes of job for each 100 of the mean population, up and sideways."""
        indicator = self._career_indicator(code)
        paths = self._career_department_paths()
        mean = Counter()
        for day in (self.date_from, self.date_to):
            for __, parts, __row in self._career_population(day):
                mean[_COMPANY] += 1
                mean.update(("department", name) for name in parts["department"])
        changes, directions = Counter(), Counter()
        for __, department, goes_up in self._career_rows(
            queries.job_changes(self._career_params())
        ):
            changes[_COMPANY] += 1
            directions["vertical" if goes_up else "lateral"] += 1
            changes.update(("department", name) for name in paths.get(department, ()))
        cells = []
        for key in {_COMPANY: 0, **mean}:
            cells.append(self._career_per100(indicator, key, "", changes, mean))
        for item in ("vertical", "lateral"):
            counts = {_COMPANY: directions[item]}
            cells.append(self._career_per100(indicator, _COMPANY, item, counts, mean))
        filled, inside = self._career_vacancies_filled()
        rate = figures.value("rate", inside, filled)
        cells.append(
            self._career_open(indicator, _COMPANY, "fill", rate, inside, filled)
        )
        self._career_replace(indicator, cells)

    def _career_per100(self, indicator, key, item, counts, mean):
        """A number for each 100 of the mean population; ``mean`` is twice that."""
        people = mean[key] / 2
        number = round(100 * counts[key] / people, 1) if people else None
        return self._career_open(indicator, key, item, number, counts[key], people)

    def _career_vacancies_filled(self):
        """Hook: vacancies filled in the period, and those by an employee.

        From the recruitment application, where it is there.
        """
        if "hr.applicant" not in self.env:
            return 0, 0
        applicants = self.env["hr.applicant"].with_context(active_test=False)
        found = applicants.search(
            [
                ("company_id", "=", self.company_id.id),
                ("stage_id.hired_stage", "=", True),
                ("date_closed", ">=", self.date_from),
                ("date_closed", "<", self.date_to + relativedelta(days=1)),
            ]
        )
        inside = 0
        if "career_is_internal" in found._fields:
            inside = len(found.filtered("career_is_internal"))
        return len(found), inside

    def _career_step_ages(self, code):
        """K11: P(t) by age band; for the company, by gender and by department."""
        indicator = self._career_indicator(code)
        counts = Counter()
        for __, parts, __row in self._career_population():
            bands = {f"age:{band}" for band in parts["age"]} | {""}
            keys = {_COMPANY}
            for dimension in ("gender", "department"):
                keys |= {(dimension, name) for name in parts[dimension]}
            counts.update((key, item) for key in keys for item in bands)
        if not counts:
            counts[_COMPANY, ""] = 0
        cells = [
            self._career_open(indicator, key, item, float(count) if count else None)
            for (key, item), count in sorted(counts.items())
        ]
        self._career_replace(indicator, cells)

    # ------------------------------------------------------------------ K19, K20
    def _career_step_retention(self, code):
        """K19: leavers for each 100 of the mean population.

        How many left is known; what they had before is shown only where the leavers
        of both kinds are enough.
        """
        indicator = self._career_indicator(code)
        people, leavers = Counter(), Counter()
        for row in self._career_rows(queries.retention(self._career_params())):
            __, at_start, at_end, left, talk, plan = row
            for item in ("", f"talk:{talk:d}", f"plan:{plan:d}"):
                people[item] += at_start + at_end
                leavers[item] += left
        k = self.threshold
        cells = []
        for family in (("",), ("talk:1", "talk:0"), ("plan:1", "plan:0")):
            left = {item: leavers[item] for item in family}
            means = {item: people[item] / 2 for item in family}
            safe = all(mean >= k for mean in means.values())
            if family != ("",) and sum(left.values()):
                safe = safe and all(count >= k for count in left.values())
            for item, mean in means.items():
                number = round(100 * left[item] / mean, 1) if safe else None
                cell = self._career_open(indicator, _COMPANY, item, number)
                if number is None:
                    cell["status"] = "few"
                else:
                    cell |= {"numerator": left[item], "denominator": mean}
                cells.append(cell)
        self._career_replace(indicator, cells)

    def _career_step_offer(self, code):
        """K20: how the offer was used, and what participants say of it.

        Use is counted without names, so also of what is offered to every company:
        whose use it was is not known. Marks are shown from k answers on, and stay as
        they are until k more came in: one more answer never shows by itself.
        """
        indicator = self._career_indicator(code)
        used = self._career_rows(
            SQL(
                """
                SELECT COALESCE(SUM(u.count), 0)
                  FROM career_resource_use u
                  JOIN career_resource r ON r.id = u.resource_id
                 WHERE u.month BETWEEN %(from)s AND %(to)s
                   AND (r.company_id = %(company)s OR r.company_id IS NULL)
                """,
                company=self.company_id.id,
                **{"from": self.date_from, "to": self.date_to},
            )
        )[0][0]
        cells = [self._career_open(indicator, _COMPANY, "", float(used) or None)]
        for item in ("satisfaction", "learning", "practice"):
            cells.append(self._career_marks(indicator, item))
        self._career_replace(indicator, cells)

    def _career_marks(self, indicator, item):
        column = SQL.identifier("e", item)
        count, total = self._career_rows(
            SQL(
                """
                SELECT COUNT(*), COALESCE(SUM(%(column)s), 0)
                  FROM career_resource_evaluation e
                  JOIN career_resource_session s ON s.id = e.session_id
                 WHERE s.company_id = %(company)s AND %(column)s > 0
                   AND s.date >= %(start)s AND s.date < %(stop)s
                """,
                column=column,
                **{
                    name: value
                    for name, value in self._career_params().items()
                    if name in ("company", "start", "stop")
                },
            )
        )[0]
        last = self.env["career.figure.cell"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("indicator_id", "=", indicator.id),
                ("item", "=", item),
                ("period", "<", self.period),
            ],
            order="period desc",
            limit=1,
        )
        if last.status == "shown" and abs(count - last.denominator) < self.threshold:
            count, total = last.denominator, last.numerator
        number = None
        if count >= self.threshold:
            number = figures.value("mean", total, count)
        cell = self._career_open(indicator, _COMPANY, item, number)
        if number is None:
            return {**cell, "status": "few"}
        return {**cell, "numerator": total, "denominator": count}

    # ------------------------------------------------------------------------ K13
    def _career_step_equity(self, code):
        """K13: the rate of a group beside that of all others, by instrument.

        From numbers that are shown already, and only those: it tells nothing new.
        """
        indicator = self._career_indicator(code)
        self.env.flush_all()
        cells, flagged, judged = [], 0, 0
        limit = self.company_id.career_equity_rate
        for instrument in _INSTRUMENTS:
            shown = self._career_shown_sums(instrument)
            whole = shown.pop(_COMPANY, None)
            for key, (num, den, basis) in shown.items():
                number = None
                others = (whole[0] - num, whole[1] - den) if whole else (0, 0)
                if whole and whole[2] == basis and 0 <= others[0] <= others[1]:
                    number = figures.equity((num, den), others)
                cell = self._career_open(indicator, key, f"access:{instrument}", number)
                if number is not None:
                    judged += 1
                    flagged += number < limit
                    cell["is_reached"] = number >= limit
                cells.append(cell)
        count = float(flagged) if judged else None
        cells.insert(
            0, self._career_open(indicator, _COMPANY, "", count, flagged, judged)
        )
        self._career_replace(indicator, cells)

    def _career_shown_sums(self, code):
        rows = self._career_rows(
            SQL(
                """
                SELECT dimension, name, numerator, denominator, basis
                  FROM career_figure_cell
                 WHERE snapshot_id = %s AND code = %s AND item = ''
                   AND status = 'shown'
                 ORDER BY id
                """,
                self.id,
                code,
            )
        )
        return {
            (dimension, name): (int(num), int(den), basis)
            for dimension, name, num, den, basis in rows
        }
