from dateutil.relativedelta import relativedelta
from freezegun import freeze_time

from odoo.tests import tagged

from .common import NOON, TODAY, FigureCommon


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestFigureForget(FigureCommon):
    """Who left long ago is in no group any more; what was published stays."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for worker in cls.workers[:12]:
            cls._held(worker)
        cls.snapshot = cls._snapshot()
        cls.leaver = cls.workers[0]

    def _groups_of(self, employee):
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT group_id FROM career_figure_member WHERE employee_id = %s",
            [employee.id],
        )
        return {group for (group,) in self.env.cr.fetchall()}

    def _published(self):
        self.env.invalidate_all()
        return self.snapshot.cell_ids.read(
            ["status", "value", "numerator", "denominator", "date_drawn", "basis"]
        )

    def _forget_after(self, months):
        self.leaver.action_archive()
        self.env.flush_all()
        with (
            freeze_time(TODAY + relativedelta(months=months, days=2)),
            self.enter_registry_test_mode(),
        ):
            self.env.ref("career_guidance.ir_cron_anonymise").method_direct_trigger()
        self.env.invalidate_all()

    def test_membership_goes_and_numbers_stay(self):
        groups = self._groups_of(self.leaver)
        others = {w: self._groups_of(w) for w in self.workers - self.leaver}
        self.assertTrue(groups, "counted in the company, and in parts of it")
        before = self._published()
        cell = self._cell(self.snapshot, "K1")
        self.assertEqual((cell.numerator, cell.denominator), (12, 20))
        self._forget_after(12)
        self.assertFalse(self._groups_of(self.leaver))
        self.assertEqual(self._published(), before)
        for worker, theirs in others.items():
            self.assertEqual(self._groups_of(worker), theirs)

    def test_not_before_the_period_ends(self):
        groups = self._groups_of(self.leaver)
        self._forget_after(11)
        self.assertEqual(self._groups_of(self.leaver), groups)

    def test_erasure_does_the_same_at_once(self):
        before = self._published()
        self.leaver.action_archive()
        self.leaver._career_erase()
        self.assertFalse(self._groups_of(self.leaver))
        self.assertEqual(self._published(), before)

    def test_the_next_snapshot_can_be_made(self):
        self._forget_after(12)
        with freeze_time("2027-07-02 08:00:00"):
            snapshot = self._snapshot()
        self.assertEqual(snapshot.state, "done")
        self.assertFalse(self._groups_of(self.leaver))

    def test_default_periods_cover_the_year_that_figures_look_back(self):
        """Else a document would be nobody's before the last month that counts it."""
        names = {
            m._career_keep for m in self.env["career.retention"]._career_kept_models()
        }
        company = self.env["res.company"].create({"name": "With the defaults"})
        for name in names:
            self.assertGreaterEqual(company[f"career_keep_{name}"], 12, name)
