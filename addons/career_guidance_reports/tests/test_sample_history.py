from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.career_guidance.tests.common import CareerCommon

from ..tools.sample_history import KEPT, MONTHS, SampleHistory

_SAMPLE = "career_guidance_sample"


@tagged("post_install", "-at_install")
class TestSampleHistory(CareerCommon):
    """The sample company has figures of the months that are over."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["career.sample"]._load_sample_data()
        cls.companies = cls.env["res.company"].union(
            *(
                cls.env.ref(f"{_SAMPLE}.company_{key}_demo")
                for key in ("office", "plant", "care")
            )
        )
        cls.snapshots = cls.env["career.figure.snapshot"].search(
            [("company_id", "in", cls.companies.ids)]
        )

    def _cells(self, code, company, item=""):
        return self.env["career.figure.cell"].search(
            [
                ("company_id", "=", company.id),
                ("code", "=", code),
                ("item", "=", item),
                ("dimension", "=", "company"),
            ],
            order="period",
        )

    def test_one_a_month(self):
        last = fields.Date.today().replace(day=1) - relativedelta(months=1)
        for company in self.companies:
            mine = self.snapshots.filtered(lambda s, c=company: s.company_id == c)
            self.assertEqual(len(mine), MONTHS)
            self.assertEqual(max(mine.mapped("period")), last)
            self.assertEqual(set(mine.mapped("state")), {"done"})
            self.assertTrue(all(mine.mapped("is_final")))
            for snapshot in mine:
                self.assertEqual(
                    snapshot.date_computed.date(),
                    snapshot.date_to + relativedelta(days=1),
                )
            # the figures of this month are still for HR to count
            snapshots = self.env["career.figure.snapshot"]
            self.assertFalse(snapshots._career_next_closed(company))

    def test_there_is_a_trend(self):
        company = self.companies[0]
        for code in ("K1", "K3", "K4a", "K4c", "K10", "K12", "K17"):
            values = self._cells(code, company).filtered(lambda c: c.status == "shown")
            self.assertGreaterEqual(len(set(values.mapped("value"))), 3, code)

    def test_agrees_with_the_lists(self):
        """The last month counts what anybody can count in the documents."""
        day = fields.Date.today().replace(day=1)
        for company in self.companies:
            cell = self._cells("K10", company)[-1]
            changes = self.env["hr.version"].search(
                [
                    ("company_id", "=", company.id),
                    ("date_version", "<", day),
                    ("date_version", ">=", day - relativedelta(years=1)),
                ]
            )
            moved = changes.filtered(
                lambda v: (
                    len(
                        v.employee_id.version_ids.filtered(
                            lambda w, v=v: w.date_version <= v.date_version
                        ).job_id
                    )
                    > 1
                )
            )
            self.assertEqual(cell.numerator, len(moved))
        # agreed since: not there before
        plan = self.env.ref(f"{_SAMPLE}.plan_emma_demo")
        agreed = plan.date_agreed.date().replace(day=1)
        shown = self._cells("K3", plan.company_id).filtered(
            lambda c: c.status == "shown"
        )
        before = shown.filtered(lambda c: c.period < agreed)[-1]
        after = shown.filtered(lambda c: c.period >= agreed)[0]
        self.assertGreaterEqual(after.numerator, before.numerator)

    def test_documents_are_as_they_were(self):
        """Counting puts the documents back in time, and then as they are."""
        before = self._state()
        history = SampleHistory(self.env)
        self.env.flush_all()
        history._keep()
        history._put_back(fields.Date.today() - relativedelta(months=8))
        self.assertNotEqual(self._state(), before)
        history._put_as_it_is()
        self.assertEqual(self._state(), before)

    def _state(self):
        self.env.flush_all()
        return {
            table: self.env.execute_query(
                SQL(
                    "SELECT id, %s FROM %s WHERE company_id IN %s ORDER BY id",
                    SQL(", ").join(map(SQL.identifier, columns)),
                    SQL.identifier(table),
                    tuple(self.companies.ids),
                )
            )
            for table, columns in KEPT.items()
        }

    def test_reports_of_two_years(self):
        """The board was told of the last year, and is not told again."""
        reports = self.env["career.policy.report"].search(
            [("company_id", "in", self.companies.ids)]
        )
        year = fields.Date.today().year
        last = reports.filtered(lambda r: r.year == year - 1)
        self.assertEqual(last.company_id, self.companies)
        self.assertTrue(all(last.mapped("date_mailed")))
        self.assertTrue(all(last.mapped("snapshot_id")))
        self.assertTrue(last[0]._career_content()["figures"])

    def test_who_reads_them(self):
        board = self.env.ref(f"{_SAMPLE}.user_bert_demo")
        self.assertTrue(self.snapshots.with_user(board)._filtered_access("read"))
        marc = self.env.ref(f"{_SAMPLE}.user_marc_demo")
        with self.assertRaises(AccessError):
            self.snapshots.with_user(marc).read(["period"])

    def test_made_once(self):
        count = self.env["career.figure.cell"].search_count([])
        self.assertTrue(self.env["career.sample"]._is_loaded())
        self.assertEqual(self.env["career.sample"]._load_sample_data(), 0)
        self.assertEqual(self.env["career.figure.cell"].search_count([]), count)
