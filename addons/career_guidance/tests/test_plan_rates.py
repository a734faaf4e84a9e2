from datetime import date, timedelta
from fractions import Fraction
from math import floor

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..tools import rates
from .common import CareerCommon

TODAY = date(2026, 6, 15)
STATES = ("todo", "doing", "done", "drop_asked", "dropped")

weights = st.one_of(st.just(0.0), st.integers(1, 100000).map(lambda cents: cents / 100))
days = st.one_of(
    st.none(), st.integers(-200, 200).map(lambda n: TODAY + timedelta(days=n))
)
actions = st.lists(
    st.builds(
        dict,
        state=st.sampled_from(STATES),
        weight=weights,
        original_deadline=days,
        cause=st.sampled_from([False, "employee", "employer", "both", "outside"]),
    ),
    max_size=8,
)
plans = st.builds(
    dict,
    state=st.sampled_from(["draft", "agreed", "evaluated"]),
    target=st.integers(1, 100),
    date_end=st.integers(-30, 30).map(lambda n: TODAY + timedelta(days=n)),
    actions=actions,
)


# ---- the independent calculation: fractions, and no word of tools/rates.py
def exact(weight):
    return Fraction(str(weight))


def rate(rows):
    counted = sum(
        (exact(r["weight"]) for r in rows if r["state"] != "dropped"), Fraction()
    )
    done = sum((exact(r["weight"]) for r in rows if r["state"] == "done"), Fraction())
    return done / counted if counted else None


def is_due(row, day=TODAY):
    return row["original_deadline"] is not None and row["original_deadline"] <= day


def shown(value):
    return None if value is None else floor(value * 1000) / 10


def expected_track(plan):
    total = rate(plan["actions"])
    if plan["state"] == "draft" or total is None:
        return False
    target = Fraction(plan["target"], 100)
    if total >= target:
        return "reached"
    if plan["state"] == "evaluated" or TODAY > plan["date_end"]:
        return "missed"
    due = rate([r for r in plan["actions"] if is_due(r)])
    if due is None or due >= target:
        return "on_track"
    return "at_risk" if due >= target * Fraction(3, 4) else "behind"


def expected_judged(plan):
    if plan["state"] == "draft":
        return None
    rows = plan["actions"]
    return rate(
        rows if plan["state"] == "evaluated" else [r for r in rows if is_due(r)]
    )


def to_rows(plan):
    return [
        rates.Row(r["state"], r["weight"], r["original_deadline"], None, r["cause"])
        for r in plan["actions"]
    ]


@tagged("post_install", "-at_install")
class TestRates(BaseCase):
    """K4 and the track, against an independent calculation in fractions."""

    @settings(max_examples=400, deadline=None)
    @given(plans)
    def test_rates_of_a_plan(self, plan):
        rows = to_rows(plan)
        total = rates.realisation(rows)
        due = rates.due_realisation(rows, TODAY)
        own, own_due = (
            rate(plan["actions"]),
            rate([r for r in plan["actions"] if is_due(r)]),
        )
        self.assertEqual(total.shown, shown(own))
        self.assertEqual(due.shown, shown(own_due))
        target = Fraction(plan["target"], 100)
        self.assertEqual(
            total.meets(plan["target"]), None if own is None else own >= target
        )
        self.assertEqual(
            rates.track(plan["state"], rows, plan["target"], plan["date_end"], TODAY),
            expected_track(plan),
        )

    @settings(max_examples=200, deadline=None)
    @given(st.lists(plans, max_size=6))
    def test_pool(self, group):
        pool = rates.pool([(p["state"], to_rows(p), p["target"]) for p in group], TODAY)
        counted = [p for p in group if p["state"] != "draft"]
        judged = [p for p in counted if expected_judged(p) is not None]
        met = [p for p in judged if expected_judged(p) >= Fraction(p["target"], 100)]
        self.assertEqual(
            (pool.plans, pool.judged, pool.met), (len(counted), len(judged), len(met))
        )
        everything = [r for p in counted for r in p["actions"]]
        self.assertEqual(pool.realised, shown(rate(everything)))
        lost = sum(
            (
                exact(r["weight"])
                for p in counted
                for r in p["actions"]
                if p["state"] == "evaluated"
                and r["cause"] == "employer"
                and r["state"] not in ("done", "dropped")
            ),
            Fraction(),
        )
        self.assertEqual(pool.lost["employer"], lost * 100)

    def test_boundaries(self):
        def of(done, todo):
            return rates.realisation(
                [rates.Row("done", done, None), rates.Row("todo", todo, None)]
            )

        self.assertEqual(of(79.96, 20.04).shown, 79.9)
        self.assertFalse(of(79.96, 20.04).meets(80))
        self.assertTrue(of(80, 20).meets(80))
        self.assertFalse(of(79.99, 20.01).meets(80))
        # no action, zero weights, everything dropped: no value, never 0 or 100
        for rows in (
            [],
            [rates.Row("done", 0, None)],
            [rates.Row("dropped", 5, None)],
        ):
            self.assertIsNone(rates.realisation(rows).shown)
            self.assertIsNone(rates.realisation(rows).meets(80))
            self.assertFalse(rates.track("agreed", rows, 80, TODAY, TODAY))
            self.assertEqual(rates.curve(rows), [])

    def test_suppression(self):
        def of(*sizes):
            rows = [{"employees": size} for size in sizes]
            return [row["suppressed"] for row in rates.suppress(rows, 5)]

        self.assertEqual(of(5, 6, 7), [False, False, False])
        # alone, the small one would show as the total minus the others
        self.assertEqual(of(4, 9, 6), [True, False, True])
        self.assertEqual(of(3, 3, 9), [True, True, False])
        self.assertEqual(of(2, 2, 9, 8), [True, True, False, True])

    @settings(max_examples=300, deadline=None)
    @given(st.lists(st.integers(0, 12), max_size=8), st.integers(3, 8))
    def test_suppression_holds(self, sizes, threshold):
        """Neither a part nor the total minus the shown parts is below the threshold."""
        rows = rates.suppress([{"employees": size} for size in sizes], threshold)
        shown_rows = [row for row in rows if not row["suppressed"]]
        for row in shown_rows:
            self.assertGreaterEqual(row["employees"], threshold)
        rest = sum(sizes) - sum(row["employees"] for row in shown_rows)
        self.assertTrue(rest == 0 or rest >= threshold or not shown_rows)


@tagged("post_install", "-at_install")
class TestRatesSql(CareerCommon):
    """The database comes to the same as tools/rates.py, for random plans."""

    @settings(
        max_examples=25,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(st.lists(plans, min_size=1, max_size=5))
    def test_search_and_team(self, group):
        from freezegun import freeze_time

        with freeze_time(TODAY), self.env.cr.savepoint() as savepoint:
            self._compare(group)
            savepoint.rollback()
            self.env.invalidate_all()

    def _compare(self, group):
        system = self.env["career.plan"].sudo()
        records = system
        for plan in group:
            record = system.create(
                {
                    "employee_id": self.employee.id,
                    "channel_id": self.line.id,
                    "target_rate": plan["target"],
                    "date_start": TODAY - timedelta(days=300),
                    "date_end": TODAY + timedelta(days=300),
                    "state": "draft",
                    "action_ids": [
                        (
                            0,
                            0,
                            {
                                "name": "Something",
                                "state": action["state"],
                                "weight": action["weight"],
                                "deadline": action["original_deadline"],
                                "not_done_cause": action["cause"],
                            },
                        )
                        for action in plan["actions"]
                    ],
                }
            )
            record.action_ids.flush_recordset()
            self.env.cr.execute(
                "UPDATE career_plan SET state = %s, date_end = %s, date_evaluated = %s"
                " WHERE id = %s",
                (plan["state"], plan["date_end"], TODAY, record.id),
            )
            records |= record
        self.env.invalidate_all()
        mine = self._as(records, self.employee)
        for track in ("on_track", "at_risk", "behind", "reached", "missed", False):
            found = mine.search([("id", "in", records.ids), ("track", "=", track)])
            expected = [
                record.id
                for record, plan in zip(mine, group, strict=True)
                if expected_track(plan) == track
            ]
            self.assertEqual(sorted(found.ids), sorted(expected), track)
        self.assertEqual([p.track for p in mine], [expected_track(p) for p in group])
        rows = self._model("career.plan.team", self.manager).search(
            [("level", "=", "team")]
        )
        pool = rates.pool([(p["state"], to_rows(p), p["target"]) for p in group], TODAY)
        if not pool.plans:
            self.assertFalse(rows)
            return
        self.assertEqual(rows.plan_count, pool.plans)
        self.assertEqual((rows.judged_count, rows.met_count), (pool.judged, pool.met))
        self.assertEqual(rows.is_unmeasured, pool.realised is None)
        self.assertAlmostEqual(rows.realised_rate, pool.realised or 0.0)
