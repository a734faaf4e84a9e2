import random
from collections import Counter, defaultdict
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged

from odoo.addons.career_guidance.tests.common import CareerCommon

TODAY = date(2026, 3, 18)
SEEDS = range(6)


def days(number):
    return timedelta(days=number)


class Organisation:
    """A small random company, with careless data: gaps, future dates, no job at all."""

    def __init__(self, case, seed):
        self.case, self.env, self.rng = case, case.env, random.Random(seed)
        env = self.env
        self.company = env["res.company"].create({"name": f"Random {seed}"})
        self.departments = env["hr.department"].create(
            [{"name": f"D{n}", "company_id": self.company.id} for n in range(3)]
        )
        self.jobs = env["hr.job"].create(
            [{"name": f"J{n}", "company_id": self.company.id} for n in range(4)]
        )
        path = env["career.path"].create({"name": f"Path {seed}"})
        env["career.path.step"].create(
            [
                {
                    "path_id": path.id,
                    "from_job_id": self.jobs[0].id,
                    "to_job_id": self.jobs[n].id,
                    "kind": kind,
                }
                for n, kind in ((1, "vertical"), (2, "lateral"), (3, "temporary"))
            ]
        )
        self.officer = case._person(
            f"random_officer_{seed}",
            groups="base.group_user,career_guidance.group_career_officer",
            company=self.company,
        )
        self.people = env["hr.employee"]
        self.history = {}
        for number in range(self.rng.randint(0, 9)):
            self._add_person(seed, number)
        # the officer is of the company as well, with a version of today
        self.history[self.officer] = [(TODAY, None)]
        self.officer.current_version_id.date_version = TODAY
        self.people |= self.officer

    def _add_person(self, seed, number):
        rng = self.rng
        person = self.env["hr.employee"].create(
            {
                "name": f"P{seed} {number}",
                "company_id": self.company.id,
                "parent_id": rng.choice([False, *self.people.ids]),
                "birthday": rng.choice(
                    [
                        False,
                        TODAY + days(rng.randint(1, 400)),
                        TODAY - days(rng.randint(0, 30_000)),
                        TODAY - relativedelta(years=rng.randint(1, 80)),
                    ]
                ),
            }
        )
        dates = sorted(
            {TODAY - days(rng.randint(-100, 5000)) for __ in range(rng.randint(1, 5))}
        )
        history = []
        for place, day in enumerate(dates):
            job = rng.choice([False, *self.jobs.ids[: rng.randint(1, 4)]])
            values = {
                "job_id": job,
                "department_id": rng.choice([False, *self.departments.ids]),
                "sex": rng.choice([False, "female", "male"]),
                "employee_type": rng.choice(["employee"] * 6 + ["student"]),
            }
            if place:
                version = person.create_version({"date_version": day, **values})
            else:
                version = person.current_version_id
                version.write({"date_version": day, **values})
            history.append((day, job or None))
        self.history[person] = history
        person.active = rng.random() > 0.15
        self.people |= person

    def population(self):
        return [
            person
            for person in self.people
            if person.active
            and person.current_version_id.employee_type in ("employee", "worker")
        ]

    def rows(self, model):
        self.env.flush_all()
        self.env.invalidate_all()
        self.env["hr.employee"]._cron_update_current_version_id()
        self.env.flush_all()
        return self.case._model(model, self.officer).search([])


def function_start(history):
    """Day by day, backwards: since when is it the same job?"""
    past = sorted(entry for entry in history if entry[0] <= TODAY)
    if not past or past[-1][1] is None:
        return None
    start, job = past[-1]
    while past and past[-1][1] == job:
        start = past.pop()[0]
    return start


def band(start):
    """Whole anniversaries, as one counts on one's fingers; None without a start."""
    if start is None:
        return None
    length = (TODAY - start).days / 365.25
    for code, upper in (("00", 1), ("01", 3), ("03", 5), ("05", 10)):
        if length < upper:
            return code
    return "10"


def age_band(birthday):
    if not birthday or birthday > TODAY:
        return False
    age = 0
    while birthday + relativedelta(years=age + 1) <= TODAY:
        age += 1
    # 29 February has its birthday on 1 March in other years
    if (birthday.month, birthday.day) == (2, 29) and (TODAY.month, TODAY.day) < (3, 1):
        age -= 1
    return str(min(max(age - age % 5, 15), 70))


@tagged("post_install", "-at_install")
class TestAnalysisStaff(CareerCommon):
    """Time in function, age and mobility, beside a calculation of our own."""

    def test_random_organisations(self):
        seen = Counter()
        with freeze_time(TODAY):
            for seed in SEEDS:
                with self.subTest(seed=seed):
                    organisation = Organisation(self, seed)
                    self._compare_functions(organisation, seen)
                    self._compare_ages(organisation, seen)
                    self._compare_moves(organisation, seen)
        for what in ("function", "no function", "age", "no age", "move", "vertical"):
            self.assertTrue(seen[what], f"the organisations had no {what}")

    def _compare_functions(self, organisation, seen):
        rows = organisation.rows("career.function.analysis")
        expected = {
            person.id: function_start(organisation.history[person])
            for person in organisation.population()
        }
        self.assertEqual(
            {row.employee_id.id: row.date_start or None for row in rows}, expected
        )
        self.assertEqual(
            {row.employee_id.id: row.band or None for row in rows},
            {person: band(start) for person, start in expected.items()},
        )
        for row in rows.filtered("date_start"):
            length = (TODAY - row.date_start).days / 365.25
            self.assertAlmostEqual(row.year_count, length, 1)
        # without a value, not 0: the mean is of those who have one
        known = [start for start in expected.values() if start]
        [group] = rows.formatted_read_group([], [], ["year_count:avg"])
        if known:
            mean = sum((TODAY - start).days / 365.25 for start in known) / len(known)
            self.assertAlmostEqual(group["year_count:avg"], mean, 4)
        else:
            self.assertFalse(group["year_count:avg"])
        seen["function"] += len(known)
        seen["no function"] += len(expected) - len(known)

    def _compare_ages(self, organisation, seen):
        rows = organisation.rows("career.age.analysis")
        expected = Counter(
            (
                person.current_version_id.department_id.id,
                age_band(person.birthday),
                person.current_version_id.sex,
            )
            for person in organisation.population()
        )
        found = {
            (row.department_id.id, row.age_band, row.sex): row.employee_count
            for row in rows
        }
        self.assertEqual(found, dict(expected))
        for __, age, __ in expected:
            seen["age" if age else "no age"] += 1

    def _compare_moves(self, organisation, seen):
        rows = organisation.rows("career.mobility.analysis")
        leading = {
            person.parent_id.current_version_id.job_id.id
            for person in organisation.people
            if person.active and person.parent_id.active
        } - {False}
        kinds = {
            (step.from_job_id.id, step.to_job_id.id): step.kind
            for step in self.env["career.path.step"].search([])
        }
        expected = set()
        for person in organisation.people:
            history = sorted(h for h in organisation.history[person] if h[0] <= TODAY)
            for (__, old), (day, new) in zip(history, history[1:], strict=False):
                if old and new and old != new:
                    up = new in leading and old not in leading
                    kind = kinds.get((old, new), "vertical" if up else "lateral")
                    expected.add((person.id, day, old, new, kind))
        self.assertEqual(
            {
                (
                    row.employee_id.id,
                    row.date,
                    row.from_job_id.id,
                    row.to_job_id.id,
                    row.kind,
                )
                for row in rows
            },
            expected,
        )
        seen["move"] += len(expected)
        seen["vertical"] += sum(move[-1] == "vertical" for move in expected)

    def test_nobody_at_all(self):
        """A company without people: no rows and no error, in any list."""
        empty = self.env["res.company"].create({"name": "Empty"})
        user = self.officer.user_id
        user.company_ids += empty
        for model in (
            "career.plan.analysis",
            "career.action.analysis",
            "career.need.analysis",
            "career.checkpoint.analysis",
            "career.participation.analysis",
            "career.training.analysis",
            "career.function.analysis",
            "career.age.analysis",
            "career.mobility.analysis",
        ):
            mine = self.env[model].with_user(user)
            mine = mine.with_context(allowed_company_ids=empty.ids)
            self.assertFalse(mine.search([]))
            numbers = [
                f"{name}:{field.aggregator}"
                for name, field in mine._fields.items()
                if field.aggregator and field.store and name != "id"
            ]
            [group] = mine.formatted_read_group([], [], [*numbers, "__count"])
            self.assertFalse(any(group[number] for number in numbers))
            self.assertEqual(group["__count"], 0)


@tagged("post_install", "-at_install")
class TestAnalysisDocuments(CareerCommon):
    """Plans, actions, needs, follow-up, participation and training, the same way."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.departments = cls.env["hr.department"].create(
            [{"name": f"D{n}", "company_id": cls.company.id} for n in range(2)]
        )
        cls.methods = cls.env["career.development.method"].search([])
        cls.team = [cls._person(f"team_{n}", parent=cls.manager) for n in range(4)]
        for person in cls.team:
            person.department_id = random.Random(person.id).choice(
                [False, *cls.departments.ids]
            )
        cls.company.career_grace_days = 10

    def _random_plans(self, rng):
        make = self.env["career.plan"].sudo()
        made = make
        for __ in range(rng.randint(1, 12)):
            start = TODAY - days(rng.randint(0, 700))
            end = start + days(rng.randint(30, 500))

            def day(start=start, end=end):
                return start + days(rng.randint(0, (end - start).days))

            plan = make.create(
                {
                    "employee_id": rng.choice(self.team).id,
                    "channel_id": rng.choice([self.line, self.line, self.staff]).id,
                    "date_start": start,
                    "date_end": end,
                    "target_rate": rng.choice([50, 80, 100]),
                    "need_ids": [
                        Command.create(
                            {
                                "domain": rng.choice([False, "social", "technical"]),
                                "situation": rng.choice([False, "x"]),
                                "behaviour_now": "x",
                                "behaviour_wanted": "x",
                            }
                        )
                        for __ in range(rng.randint(0, 2))
                    ],
                    "action_ids": [
                        Command.create(
                            {
                                "name": "x",
                                "method_id": rng.choice([False, *self.methods.ids]),
                                "state": rng.choice(
                                    ["todo", "doing", "done", "done", "dropped"]
                                ),
                                "weight": rng.choice([0, 1, 1, 2.5]),
                                "hours": rng.choice([0, 4, 7.5]),
                                "deadline": rng.choice([False, day(), day()]),
                            }
                        )
                        for __ in range(rng.randint(0, 5))
                    ],
                    "checkpoint_ids": [
                        Command.create(
                            {
                                "date": day(),
                                "state": rng.choice(["planned", "held", "skipped"]),
                            }
                        )
                        for __ in range(rng.randint(0, 2))
                    ],
                }
            )
            for action in plan.action_ids.filtered(lambda a: a.state == "done"):
                action.date_done = rng.choice([False, day(), day()])
            for moment in plan.checkpoint_ids.filtered(lambda c: c.state == "held"):
                moment.date_held = moment.date + days(rng.randint(-5, 25))
            # the rest is what the two sides do in time; here the result alone counts
            plan._career_system().state = rng.choice(
                ["draft", "agreed", "agreed", "evaluated", "superseded", "cancelled"]
            )
            made |= plan
        return made

    def test_random_plans(self):
        seen = Counter()
        with freeze_time(TODAY):
            for seed in SEEDS:
                with self.subTest(seed=seed), self.env.cr.savepoint() as savepoint:
                    plans = self._random_plans(random.Random(seed))
                    self.env.flush_all()
                    self.env.invalidate_all()
                    readable = plans.filtered("share_hr")
                    self._compare_plans(readable, seen)
                    self._compare_actions(readable)
                    self._compare_checkpoints(readable, seen)
                    self._compare_training(readable, seen)
                    savepoint.rollback()
                    self.env.invalidate_all()
        for what in ("judged", "met", "in_time", "late", "missed", "trained", "line"):
            self.assertTrue(seen[what], f"the plans had no {what}")

    def _groups(self, model, groupby, *aggregates, person=None):
        mine = self._model(model, person or self.officer)
        about = [("employee_id", "in", [p.id for p in self.team])]
        answer = mine.formatted_read_group(about, groupby, [*aggregates, "__count"])

        def plain(value):
            return value[0] if isinstance(value, tuple) else value

        return {
            tuple(plain(group[name]) for name in groupby): [
                group[name] for name in (*aggregates, "__count")
            ]
            for group in answer
        }

    def _compare_plans(self, plans, seen):
        expected = defaultdict(lambda: [0, 0, 0, 0.0, 0.0])
        for plan in plans:
            row = expected[(plan.employee_id.department_id.id,)]
            counted = [a for a in plan.action_ids if a.state != "dropped"]
            due = [
                a
                for a in counted
                if a.original_deadline and a.original_deadline <= TODAY
            ]
            judged = {"evaluated": counted, "agreed": due}.get(plan.state, [])
            whole = sum(a.weight for a in judged)
            done = sum(a.weight for a in judged if a.state == "done")
            met = bool(whole) and done * 100 >= plan.target_rate * whole
            row[0] += 1
            row[1] += bool(whole)
            row[2] += met
            row[3] += sum(a.weight for a in counted)
            row[4] += sum(a.weight for a in counted if a.state == "done")
            seen["judged"] += bool(whole)
            seen["met"] += met
            seen["line"] += plan.conductor_role == "n1"
        found = self._groups(
            "career.plan.analysis",
            ["department_id"],
            "plan_count:sum",
            "judged_count:sum",
            "met_count:sum",
            "weight_counted:sum",
            "weight_done:sum",
        )
        self.assertEqual({key: row[:-1] for key, row in found.items()}, dict(expected))
        # page by page the same numbers as all at once, though summed another way
        page = self._model("career.plan.analysis", self.officer).search(
            [("plan_id", "in", plans.ids)], limit=80
        )
        for row in page:
            self.assertEqual(row.track, row.plan_id.sudo().track)
            counted = [a for a in row.plan_id.sudo().action_ids if a.state != "dropped"]
            self.assertEqual(row.weight_counted, sum(a.weight for a in counted))
        self.assertEqual(page.plan_id, plans.sorted("date_end, id", reverse=True))
        for track in ("on_track", "behind", "reached", "missed", False):
            rows = page.search([("track", "=", track), ("plan_id", "in", plans.ids)])
            self.assertEqual(rows, page.filtered(lambda r, t=track: r.track == t))
        # the manager sees what went through the line, and nothing else
        mine = self._model("career.plan.analysis", self.manager).search([])
        self.assertEqual(
            set(mine.plan_id.ids) & set(plans.ids),
            set(plans.filtered(lambda p: p.conductor_role == "n1").ids),
        )

    def _compare_actions(self, plans):
        expected = Counter(
            (action.method_id.category, action.state) for action in plans.action_ids
        )
        found = self._groups("career.action.analysis", ["method_category", "state"])
        self.assertEqual({key: row[0] for key, row in found.items()}, dict(expected))
        overdue = plans.action_ids.filtered("is_overdue")
        mine = self._model("career.action.analysis", self.officer)
        self.assertEqual(
            set(mine.search([("is_overdue", "=", True)]).ids)
            & set(plans.action_ids.ids),
            set(overdue.ids),
        )
        expected = Counter((need.domain, need.is_precise) for need in plans.need_ids)
        found = self._groups("career.need.analysis", ["domain", "is_precise"])
        self.assertEqual({key: row[0] for key, row in found.items()}, dict(expected))
        with_action = {a.need_id.id for a in plans.action_ids if a.state != "dropped"}
        rows = self._model("career.need.analysis", self.officer).search(
            [("has_action", "=", True)]
        )
        self.assertEqual(set(rows.ids) & set(plans.need_ids.ids), with_action - {False})

    def _compare_checkpoints(self, plans, seen):
        expected, rates = Counter(), []
        for moment in plans.checkpoint_ids:
            state = moment.plan_id.state
            timing = False
            if state in ("agreed", "evaluated") or (
                state == "superseded" and moment.state != "planned"
            ):
                if moment.state == "held":
                    late = (moment.date_held - moment.date).days > 10
                    timing = "late" if late else "in_time"
                elif moment.state == "skipped" or moment.date < TODAY:
                    timing = "missed"
                else:
                    timing = "to_come"
                if timing != "to_come":
                    rates.append(100 * (timing == "in_time"))
            expected[(timing,)] += 1
            seen[timing] += 1
        found = self._groups("career.checkpoint.analysis", ["timing"])
        self.assertEqual({key: row[0] for key, row in found.items()}, dict(expected))
        found = self._groups("career.checkpoint.analysis", [], "in_time_rate:avg")
        if rates:
            self.assertAlmostEqual(found[()][0], sum(rates) / len(rates), 5)
        else:
            self.assertFalse(found[()][0])

    def _compare_training(self, plans, seen):
        done = plans.action_ids.filtered(
            lambda a: a.state == "done" and a.method_category == "formal_training"
        )
        course = self.env["hr.resume.line"].create(
            [
                {
                    "employee_id": self.team[0].id,
                    "name": "Course",
                    "date_start": TODAY - days(offset),
                    "duration": 6,
                    "line_type_id": self.env.ref(f"hr_skills.resume_type_{kind}").id,
                }
                # in the future, and what is no course, do not count
                for offset, kind in (
                    (9, "training"),
                    (-9, "training"),
                    (9, "education"),
                )
            ]
        )
        people = {action.employee_id.id for action in done} | {self.team[0].id}
        found = self._groups(
            "career.training.analysis",
            [],
            "person_count:count_distinct",
            "hours:sum",
        )
        self.assertEqual(
            found[()], [len(people), sum(done.mapped("hours")) + 6, len(done) + 1]
        )
        seen["trained"] += len(done)
        course.unlink()

    def test_participation(self):
        cycle = self.env["career.cycle"].create(
            {
                "name": "Now",
                "company_ids": [Command.set(self.company.ids)],
                "date_start": TODAY,
                "date_end": TODAY + days(100),
                "state": "running",
            }
        )
        parts = self.env["career.participation"].create(
            [{"cycle_id": cycle.id, "employee_id": p.id} for p in self.team]
        )
        for part, state in zip(
            parts, ("held", "to_plan", "arranged_otherwise", "excused"), strict=True
        ):
            part.state = state
        found = self._groups(
            "career.participation.analysis", ["cycle_id"], "held_rate:avg"
        )
        # one held and one still to be planned; the two others are neither
        self.assertEqual(found, {(cycle.id,): [50.0, 4]})
        parts.state = "arranged_otherwise"
        found = self._groups(
            "career.participation.analysis", ["cycle_id"], "held_rate:avg"
        )
        self.assertFalse(found[(cycle.id,)][0], "no value, and not 0")
        for day, late in ((TODAY + days(100), 0), (TODAY + days(101), 1)):
            parts[0].state = "to_plan"
            with freeze_time(day):
                rows = self._model("career.participation.analysis", self.manager)
                self.assertEqual(rows.search_count([("is_late", "=", True)]), late)

    def test_department_moved(self):
        """Lists show where people work today; what was agreed stays agreed."""
        person = self.team[0]
        plan = (
            self.env["career.plan"]
            .sudo()
            .create({"employee_id": person.id, "channel_id": self.line.id})
        )
        for department in self.departments:
            person.department_id = department
            self.env.flush_all()
            self.env.invalidate_all()
            row = self._model("career.plan.analysis", self.officer).search(
                [("plan_id", "=", plan.id)]
            )
            self.assertEqual(row.department_id, department)
            self.assertEqual(row.plan_count, 1)

    def test_one_query_a_page(self):
        """The page of a list costs the same number of queries, however long it is."""
        model = self._model("career.plan.analysis", self.officer)
        spec = {
            "employee_id": {"fields": {"display_name": {}}},
            "department_id": {"fields": {"display_name": {}}},
            "track": {},
        }

        def count(limit):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            answer = model.web_search_read([], spec, limit=limit)
            self.assertEqual(len(answer["records"]), limit)
            return self.env.cr.sql_log_count - before

        for person in self.team:
            # one query for names of departments, whoever comes first
            person.department_id = self.departments[0]
        make = self.env["career.plan"].sudo()
        make.create(
            [
                {"employee_id": person.id, "channel_id": self.line.id}
                for person in self.team * 5
            ]
        )
        self.env.flush_all()
        count(2)
        self.assertEqual(count(2), count(19))
