from collections import Counter
from datetime import date
from fractions import Fraction
from itertools import product

from freezegun import freeze_time

from odoo.tests import BaseCase, TransactionCase, tagged

from ..tools import figures, queries
from .oracle import Oracle
from .organisation import FROM, TODAY, Organisation

_SEEDS = range(4)


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 12:00:00")
class TestFigures(TransactionCase):
    """Every figure agrees with a second calculation from its definition."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, tracking_disable=True))

    def _organisation(self, seed, size=26):
        company = self.env["res.company"].create({"name": f"Random {seed}"})
        company.career_privacy_threshold = 3
        organisation = Organisation(self.env, company, seed, size)
        snapshot = self.env["career.figure.snapshot"]._career_next(company)
        snapshot._career_step()
        return Oracle(organisation), snapshot

    def test_random_organisations(self):
        for seed in _SEEDS:
            oracle, snapshot = self._organisation(seed)
            params = snapshot._career_params()
            self.assertEqual((params["from"], params["to"]), (FROM, TODAY))
            groups = oracle.groups()
            for code, query in queries.ROWS.items():
                rows = [
                    figures.Row(*row) for row in snapshot._career_rows(query(params))
                ]
                for key, people in groups.items():
                    for is_line in (True, False):
                        known = figures.basis(rows, not is_line)
                        with self.subTest(seed=seed, code=code, group=key):
                            self.assertEqual(
                                tuple(map(float, figures.total(known, people))),
                                tuple(map(float, oracle.figure(code, people, is_line))),
                            )
            self._check_population(seed, oracle, snapshot)
            self._check_history(seed, oracle, snapshot)
            self._check_retention(seed, oracle, snapshot)

    def _check_population(self, seed, oracle, snapshot):
        found = {}
        for employee, parts, __ in snapshot._career_population():
            found.setdefault(("company", ""), set()).add(employee)
            for dimension, names in parts.items():
                for name in names:
                    found.setdefault((dimension, name), set()).add(employee)
        with self.subTest(seed=seed, code="P"):
            self.assertEqual(
                found, {key: set(people) for key, people in oracle.groups().items()}
            )

    def _check_history(self, seed, oracle, snapshot):
        params = snapshot._career_params()
        with self.subTest(seed=seed, code="K9"):
            runs = snapshot._career_rows(queries.job_runs(params))
            self.assertEqual(sorted(row[2] for row in runs), oracle.days_in_job())
        with self.subTest(seed=seed, code="K10"):
            changes = Counter(
                row[2] for row in snapshot._career_rows(queries.job_changes(params))
            )
            self.assertEqual((changes[True], changes[False]), oracle.job_changes())
        with self.subTest(seed=seed, code="K19"):
            rows = snapshot._career_rows(queries.retention(params))
            self.assertEqual(
                sum(row[1] + row[2] for row in rows) / 2,
                float(oracle.mean_population()),
            )
            self.assertEqual(
                {row[0] for row in rows if row[3]}, {p["id"] for p in oracle.leavers()}
            )

    def _check_retention(self, seed, oracle, snapshot):
        """K19: with and without a conversation, with and without a plan."""
        rows = snapshot._career_rows(queries.retention(snapshot._career_params()))
        found = Counter()
        for __, at_start, at_end, left, talk, plan in rows:
            for key in (("talk", talk), ("plan", plan)):
                found[(*key, "left")] += left
                found[(*key, "there")] += at_start + at_end
        for kind, yes in product(("talk", "plan"), (True, False)):
            left, there = oracle.retention().get((kind, yes), (0, 0))
            with self.subTest(seed=seed, code="K19", kind=kind, yes=yes):
                self.assertEqual(
                    (found[kind, yes, "left"], found[kind, yes, "there"]),
                    (left, there),
                )

    def _computed(self, seed):
        oracle, snapshot = self._organisation(seed)
        while snapshot.state == "computing":
            snapshot._career_step()
        return oracle, snapshot

    def test_retention_as_shown(self):
        """K19: what is shown is leavers for each 100 of the mean population."""
        shown = Counter()
        for seed in range(4, 8):
            oracle, snapshot = self._computed(seed)
            k = snapshot.threshold
            split = oracle.retention()
            whole = (len(oracle.leavers()), 2 * oracle.mean_population())
            families = [{"": whole}] + [
                {f"{kind}:{yes:d}": split.get((kind, yes), (0, 0)) for yes in (1, 0)}
                for kind in ("talk", "plan")
            ]
            cells = {c.item: c for c in snapshot.cell_ids if c.code == "K19"}
            self.assertEqual(set(cells), {i for family in families for i in family})
            for family in families:
                enough = all(there >= 2 * k for __, there in family.values())
                if "" not in family and any(left for left, __ in family.values()):
                    enough &= all(left >= k for left, __ in family.values())
                for item, (left, there) in family.items():
                    with self.subTest(seed=seed, item=item):
                        self.assertEqual(cells[item].status == "shown", enough)
                        if enough:
                            shown[item] += 1
                            rate = Fraction(200 * left, int(there))
                            self.assertAlmostEqual(cells[item].value, rate, delta=0.051)
                            self.assertEqual(cells[item].numerator, left)
        self.assertEqual(shown[""], 4)

    def test_scorecard_of_guides(self):
        """K16: the scorecard of each manager, with and without small groups."""
        compared = Counter()
        for seed in range(5):
            oracle, __ = self._organisation(seed, 60)
            for guide in oracle.guides():
                expected = oracle.scorecard(guide)
                for suppress in (False, True):
                    rows = guide["record"]._career_guide_scorecard(
                        FROM, TODAY, suppress=suppress
                    )
                    rows = {row["code"]: row for row in rows}
                    certificate = rows.pop("certificate")
                    self.assertEqual(
                        certificate["text"] in ("Valid", "Expires within 60 days"),
                        oracle.is_certified(guide),
                    )
                    self.assertEqual(set(rows), set(expected))
                    for code, (num, den, heads) in expected.items():
                        few = suppress and 0 < heads < 3
                        row = rows[code]
                        with self.subTest(seed=seed, code=code, few=few):
                            self.assertEqual(row["suppressed"], few)
                            shown = (num, den) if den and not few else (None, None)
                            self.assertEqual(
                                (row["numerator"], row["denominator"]), shown
                            )
                            if shown[1]:
                                self.assertEqual(row["value"], num * 1000 // den / 10)
                                compared[code] += 1
        self.assertEqual(set(compared), {"K1", "K4c", "K6", "K7"})
        self.assertGreater(min(compared.values()), 3, compared)

    def test_offer(self):
        """K20: use and marks, of each resource and session and of the company."""
        shown = Counter()
        for seed in range(4):
            oracle, snapshot = self._computed(seed)
            k = snapshot.threshold
            cells = {c.item: c for c in snapshot.cell_ids if c.code == "K20"}
            with self.subTest(seed=seed, item="use"):
                self.assertEqual(cells[""].value, oracle.uses())
            for item in ("satisfaction", "learning", "practice"):
                total, count = oracle.marks(item)
                with self.subTest(seed=seed, item=item):
                    cell = cells[item]
                    self.assertEqual(cell.status, "shown" if count >= k else "few")
                    if count >= k:
                        shown[item] += 1
                        self.assertEqual(
                            (cell.numerator, cell.denominator), (total, count)
                        )
                        mean = Fraction(total, count)
                        self.assertAlmostEqual(cell.value, mean, delta=0.051)
            for resource in oracle.org.resources:
                uses = sum(resource["uses"].values())
                self.assertEqual(resource["record"].use_count, uses)
                for session in resource["sessions"]:
                    shown.update(self._check_session(session, k))
        self.assertEqual(len(shown), 6, shown)

    def _check_session(self, session, k):
        """The marks of one session, k more at a time; what was shown."""
        record = session["record"]
        for item in ("satisfaction", "learning", "practice"):
            marks = [mark[item] for mark in session["marks"] if mark[item]]
            counted = marks[: len(marks) // k * k]
            mean = Fraction(sum(counted), len(counted)) if counted else 0
            self.assertAlmostEqual(record[item], mean, delta=0.051)
            if counted:
                yield f"session {item}"
        self.assertEqual(record.is_shown, len(session["marks"]) >= k)

    def test_shown_numbers_agree(self):
        """What a reader sees is the figure of the people of the group."""
        compared = Counter()
        for seed in (1, 2):
            oracle, snapshot = self._organisation(seed)
            while snapshot.state == "computing":
                snapshot._career_step()
            groups = oracle.groups()
            for cell in snapshot.cell_ids:
                if cell.item or cell.status != "shown" or cell.code not in queries.ROWS:
                    continue
                people = groups[cell.dimension, cell.name]
                num, den = oracle.figure(cell.code, people, cell.basis == "line")
                with self.subTest(cell=cell.display_name):
                    self.assertEqual(cell.numerator, float(num))
                    self.assertEqual(cell.denominator, float(den))
                    if cell.indicator_id.kind == "rate":
                        self.assertEqual(cell.value, int(num * 1000 / den) / 10)
                compared[cell.code] += 1
        self.assertGreater(len(compared), 9, compared)
        self.assertGreater(sum(compared.values()), 40)


@tagged("post_install", "-at_install")
class TestFigureValues(BaseCase):
    """Values, and none where there is nothing to count."""

    def test_nothing_counted_is_no_value(self):
        for kind in ("rate", "tenths", "mean"):
            self.assertIsNone(figures.value(kind, 0, 0))
        self.assertEqual(figures.value("rate", 0, 4), 0.0)

    def test_rates_are_rounded_down(self):
        self.assertEqual(figures.value("rate", 7996, 10000), 79.9)
        self.assertEqual(figures.value("rate", 4, 5), 80.0)
        self.assertEqual(figures.value("rate", 2, 3), 66.6)
        self.assertEqual(figures.value("tenths", 1599, 2), 79.9)
        self.assertEqual(figures.value("count", 3, 0), 3.0)

    def test_equity(self):
        self.assertEqual(figures.equity((4, 10), (5, 10)), 80)
        self.assertEqual(figures.equity((799, 1000), (1, 1)), 79)
        self.assertIsNone(figures.equity((1, 2), (0, 5)), "nobody else: no rate")
        self.assertIsNone(figures.equity((0, 0), (1, 5)))

    def test_time_in_function(self):
        found = figures.time_in_function([0, 365, 366, 4000, 1200])
        self.assertEqual(found[""], 1.0)
        self.assertEqual(found["band:0"], 40.0)
        self.assertEqual(found["band:10"], 20.0)
        self.assertIsNone(figures.time_in_function([])[""])
        self.assertIsNone(figures.time_in_function([])["band:3"])

    def test_age_band(self):
        day = date(2026, 2, 28)
        self.assertEqual(figures.age_band(date(1996, 3, 1), day), "25")
        self.assertEqual(figures.age_band(date(1996, 2, 28), day), "30")
        self.assertEqual(figures.age_band(date(2000, 2, 29), day), "25")
        self.assertEqual(figures.age_band(None, day), "")
        self.assertEqual(figures.age_band(date(2030, 1, 1), day), "")

    def test_hidden_part(self):
        """Beyond the line only where that is about enough people, on both sides."""
        line = [figures.Row(n, 1, 1, 1, 1) for n in range(20)]
        heard = [figures.Row(n, 0, 1, 1, 1) for n in range(20, 25)]
        unheard = [figures.Row(n, 0, 1, 0, 1) for n in range(25, 30)]
        large = figures.hidden_part_is_large
        self.assertTrue(large(line + heard + unheard, 5, 30, True))
        self.assertFalse(large(line + heard[1:] + unheard, 5, 29, True))
        self.assertFalse(large(line + heard + unheard[1:], 5, 29, True))
        self.assertFalse(large(line, 5, 20, True))
        talks = [figures.Row(n, 1, 1, 1 + n % 2, 2) for n in range(10)]
        self.assertTrue(large(talks, 5, 15, False, sealed=True))
        self.assertFalse(large(talks[1:], 5, 15, False, sealed=True))
        self.assertFalse(large(talks, 5, 14, False))
