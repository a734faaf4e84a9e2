from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import MobilityCommon


@tagged("post_install", "-at_install")
class TestWishesNeeds(MobilityCommon):
    """K18, above the privacy threshold (R3.10)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.board = cls._person(
            "board", groups="base.group_user,career_guidance.group_career_board"
        )
        cls.figures = cls.env["career.wish.figure"]
        cls.crowd = cls.env["hr.employee"].create(
            [{"name": f"W {n}", "company_id": cls.company.id} for n in range(20)]
        )

    def _wish(self, employee, **values):
        return (
            self.env["career.aspiration"]
            .sudo()
            .create({"employee_id": employee.id, "state": "active", **values})
        )

    def _wishes(self, employees, **values):
        for employee in employees:
            self._wish(employee, **values)

    def _numbers(self, dimension):
        rows = self.figures._wishes_beside_needs(self.company)
        return {
            row["job_id"] or row["code"] or ("all" if row["is_total"] else None): row[
                "people"
            ]
            for row in rows
            if row["dimension"] == dimension
        }

    def test_people_are_counted_not_wishes(self):
        for _three in range(3):
            self._wishes(self.crowd[:2], direction="lateral")
        self.assertIsNone(self._numbers("direction")["lateral"])
        self._wishes(self.crowd[2:5], direction="lateral")
        self.assertEqual(self._numbers("direction")["lateral"], 5)

    def test_draft_withdrawn_and_gone_do_not_count(self):
        self._wishes(self.crowd[:5], direction="lateral")
        self._wish(self.crowd[5], direction="lateral", state="draft")
        self._wish(self.crowd[6], direction="lateral", state="withdrawn")
        self._wish(self.crowd[7], direction="lateral")
        self.crowd[7].active = False
        self.assertEqual(self._numbers("direction")["lateral"], 5)

    def test_small_and_empty_groups_are_hidden_alike(self):
        self._wishes(self.crowd[:9], direction="lateral")
        numbers = self._numbers("direction")
        self.assertEqual(numbers["lateral"], 9)
        self.assertIsNone(numbers["vertical"], "nobody: it would tell of everybody")

    def test_total_does_not_tell_the_small_group(self):
        """9 + 6 shown of 16 in all: the one who looks outside would be known."""
        self._wishes(self.crowd[:9], direction="lateral")
        self._wishes(self.crowd[9:15], direction="vertical")
        self._wish(self.crowd[15], direction="external")
        numbers = self._numbers("direction")
        self.assertEqual(numbers["all"], 16)
        self.assertEqual(numbers["lateral"], 9)
        self.assertIsNone(numbers["external"])
        self.assertIsNone(numbers["vertical"], "the next smallest is hidden, too")

    def test_one_group_and_one_person(self):
        self._wishes(self.crowd[:6], direction="lateral")
        self._wish(self.crowd[6], direction="external")
        numbers = self._numbers("direction")
        self.assertIsNone(numbers["lateral"])
        self.assertEqual(numbers["all"], 7)

    def test_total_under_the_threshold(self):
        self._wishes(self.crowd[:4], direction="lateral")
        self.assertEqual(set(self._numbers("direction").values()), {None})

    def test_no_difference_tells_fewer_than_the_threshold(self):
        """Whatever the groups: neither the sum nor the union of what is shown lies
        within fewer people than the threshold of the total."""
        k = 5
        people = list(range(30))
        for seed in range(60):
            groups = {}
            for person in people:
                for turn in range(1 + (person * seed) % 2):
                    key = (person * (seed + 3) + turn * seed + person // 4) % 6
                    groups.setdefault(key, set()).add(person)
            shown = self.figures._shown_groups(groups, k)
            everybody = set().union(*groups.values())
            union = set().union(*(groups[key] for key in shown))
            for key in shown:
                self.assertGreaterEqual(len(groups[key]), k)
            rest = len(everybody - union)
            gap = len(everybody) - sum(len(groups[key]) for key in shown)
            self.assertFalse(0 < rest < k or 0 < gap < k, (seed, groups, shown))

    def test_beside_openings(self):
        self.job.write({"no_of_recruitment": 2, "career_planned_openings": 3})
        self._wishes(self.crowd[:6], direction="lateral", target_job_id=self.job.id)
        rows = [
            row
            for row in self.figures._wishes_beside_needs(self.company)
            if row["job_id"] == self.job.id
        ]
        self.assertEqual(
            [(r["people"], r["openings"], r["planned"]) for r in rows], [(6, 2, 3)]
        )

    def test_openings_are_of_open_jobs(self):
        """Odoo gives each job one opening, also where nobody is looked for."""
        closed = self._vacancy("Closed", career_is_internal=False)
        self.assertEqual(closed.no_of_recruitment, 1)
        rows = self.figures._wishes_beside_needs(self.company)
        self.assertNotIn(closed.id, [row["job_id"] for row in rows])
        self.assertIn(self.job.id, [row["job_id"] for row in rows])

    def test_rows_and_their_order_tell_nothing(self):
        """The wishes of a few change neither which rows there are nor their order."""
        quiet = self._vacancy("Quiet", career_is_internal=False)
        self._wishes(self.crowd[:7], direction="lateral", horizon="1y")

        def looks():
            rows = self.figures._wishes_beside_needs(self.company)
            keys = ("dimension", "code", "job_id", "is_total", "openings", "planned")
            hidden = [row for row in rows if row["people"] is None]
            return [tuple(row[key] for key in keys) for row in hidden]

        before = looks()
        for employee, values in zip(
            self.crowd[:4],
            (
                {"direction": "external", "horizon": "5y"},
                {"direction": "external", "horizon": False},
                {"direction": "project", "target_job_id": quiet.id, "horizon": "now"},
                {"direction": "step_back", "target_job_id": self.job.id},
            ),
            strict=True,
        ):
            self._wish(employee, **values)
        self.assertEqual(looks(), before)

    def test_threshold_of_the_company(self):
        self.company.career_privacy_threshold = 8
        self._wishes(self.crowd[:7], direction="lateral")
        self.assertIsNone(self._numbers("direction")["lateral"])
        self._wish(self.crowd[7], direction="lateral")
        self.assertEqual(self._numbers("direction")["lateral"], 8)

    def test_month_stays_as_it_was_made(self):
        """Looking twice does not show one person come."""
        self._wishes(self.crowd[:6], direction="lateral")
        self._model("career.wish.figure", self.officer).action_open()
        self._wish(self.crowd[6], direction="lateral")
        self._model("career.wish.figure", self.board).action_open()
        row = self._row("lateral")
        self.assertEqual((len(row), row.people), (1, 6))
        self._months_later(1)
        self.assertEqual(self._row("lateral").mapped("people"), [6, 6])

    def test_month_counts_the_same_people_until_enough_came_or_went(self):
        """Neither does looking month after month, while the needs are of today."""
        planner = self.env["hr.job"].create(
            {"name": "Planner", "company_id": self.company.id}
        )
        tester = self.env["hr.job"].create(
            {"name": "Tester", "company_id": self.company.id}
        )
        self._wishes(self.crowd[:6], direction="lateral", target_job_id=planner.id)
        self._model("career.wish.figure", self.officer).action_open()
        # four came or went: the company's threshold is five
        self._wishes(self.crowd[6:9], direction="lateral", target_job_id=tester.id)
        self.crowd[0].active = False
        planner.career_planned_openings = 2
        tester.career_planned_openings = 1
        self._months_later(1)
        self.assertEqual(self._last("lateral").people, 6)
        self.assertEqual(self._last(planner).people, 6)
        self.assertEqual(self._last(planner).planned, 2)
        self.assertTrue(self._last(tester).is_hidden)
        self.assertEqual(self._last(tester).planned, 1)
        # the fifth, a month later
        self._wish(self.crowd[9], direction="lateral", target_job_id=planner.id)
        self._months_later(2)
        self.assertEqual(self._last("lateral").people, 9)
        # beside the nine, six planners would tell of the three testers
        self.assertTrue(self._last(planner).is_hidden)
        # who was counted is kept for the last month only, and read by nobody
        kept = self.figures.search([("company_id", "=", self.company.id)])
        kept = kept.filtered(lambda r: r.sudo().member_ids)
        self.assertEqual(kept, self._last(None).filtered("is_total"))
        self.assertEqual(len(kept.sudo().member_ids), 9)
        for who in (self.officer, self.board):
            with self.assertRaises(AccessError):
                self._as(kept, who).read(["member_ids"])
            with self.assertRaises(AccessError):
                self._as(kept, who).search([("member_ids", "in", self.crowd.ids)])

    def test_who_is_forgotten_is_no_longer_known_as_counted(self):
        self._wishes(self.crowd[:6], direction="lateral")
        self._model("career.wish.figure", self.officer).action_open()
        total = self._last(None).filtered("is_total").sudo()
        self.crowd[0].active = False
        self.crowd[0]._career_forget()
        counted = total.with_context(active_test=False).member_ids
        self.assertEqual(counted, self.crowd[1:6])
        self.assertEqual(self._last("lateral").people, 6)

    def test_stays_as_they_are_where_nobody_moved(self):
        """Who changes a wish and stays shows in the sum, as in every figure."""
        self._wishes(self.crowd[:12], direction="lateral")
        self._model("career.wish.figure", self.officer).action_open()
        wishes = self.env["career.aspiration"].search(
            [("employee_id", "in", self.crowd[:6].ids)]
        )
        wishes.direction = "vertical"
        self._months_later(1)
        self.assertEqual(self._last("lateral").people, 6)
        self.assertEqual(self._last("vertical").people, 6)

    def _months_later(self, months):
        with freeze_time(fields.Date.today() + timedelta(days=32 * months)):
            with self.enter_registry_test_mode():
                self.env.ref(
                    "career_guidance_recruitment.ir_cron_make_wish_figures"
                ).method_direct_trigger()

    def _last(self, key):
        """Last month's row of a code or a job; of None the total of directions."""
        rows = self.figures.search([("company_id", "=", self.company.id)])
        rows = rows.filtered(lambda r: r.date == max(rows.mapped("date")))
        if key is None:
            return rows.filtered(lambda r: r.is_total and r.dimension == "direction")
        if isinstance(key, str):
            return rows.filtered(lambda r: r.code == key)
        return rows.filtered(lambda r: r.job_id == key)

    def _row(self, code):
        return self.figures.search(
            [("company_id", "=", self.company.id), ("code", "=", code)]
        )

    def test_who_reads_it(self):
        self._wishes(self.crowd[:6], direction="lateral")
        for who in (self.officer, self.board):
            self._model("career.wish.figure", who).action_open()
            self.assertTrue(self._readable(self._row("lateral"), who))
            with self.assertRaises(AccessError):
                self._as(self._row("lateral"), who).people = 1
        self.assertFalse(self._readable(self._row("lateral"), self.other_officer))
        for who in (self.employee, self.manager, self.recruiter, self.coach):
            with self.assertRaises(AccessError):
                self._model("career.wish.figure", who).action_open()
            with self.assertRaises(AccessError):
                self._model("career.wish.figure", who).search([])

    def test_hidden_rows_say_so(self):
        self._wishes(self.crowd[:6], direction="lateral")
        self._model("career.wish.figure", self.officer).action_open()
        shown = self.figures.search([("company_id", "=", self.company.id)])
        self.assertEqual(len(set(shown.filtered("is_hidden").mapped("sequence"))), 1)
        hidden = self._as(self._row("external"), self.officer)
        self.assertTrue(hidden.is_hidden)
        self.assertEqual((hidden.people, hidden.people_text), (0, "too few to show"))
        self.assertEqual(self._as(self._row("lateral"), self.officer).people_text, "6")
