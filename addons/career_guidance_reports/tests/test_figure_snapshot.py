from datetime import date, datetime, timedelta
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import NOON, TODAY, FigureCommon


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestFigureSnapshot(FigureCommon):
    """The monthly job: once, resumable, and true to what was."""

    def _numbers(self, snapshot):
        return {
            (c.code, c.item, c.dimension, c.name): (c.status, c.value, c.numerator)
            for c in snapshot.cell_ids
        }

    # -------------------------------------------------------------------- the job
    def test_an_interrupted_job_goes_on(self):
        for worker in self.workers[:7]:
            self._held(worker)
        snapshots = self.env["career.figure.snapshot"]
        snapshot = snapshots._career_next(self.plant_company)
        for __ in range(4):
            snapshot._career_step()
        self.assertEqual(snapshot.state, "computing")
        self.assertIn(snapshot.progress, range(1, 99))
        # the server stops within a step: its transaction is undone
        with self.assertRaises(ValueError), self.env.cr.savepoint():
            path = type(snapshot)
            with patch.object(path, "_career_number", side_effect=ValueError):
                snapshot._career_step()
        self.env.invalidate_all()
        self.assertEqual(snapshot.step, 4)
        self.assertEqual(snapshots._career_next(self.plant_company), snapshot)
        # and a step that was done, but whose place was lost, is done again
        snapshot.step = 1
        while snapshot.state == "computing":
            snapshot._career_step()
        once = self._numbers(snapshot)
        self.assertEqual(len(once), len(snapshot.cell_ids), "nothing twice")
        snapshot.write({"state": "computing", "step": 0})
        while snapshot.state == "computing":
            snapshot._career_step()
        self.assertEqual(self._numbers(snapshot), once)

    def test_cron(self):
        self.env["res.company"].search([]).career_privacy_threshold = 3
        with self.enter_registry_test_mode():
            self.env.ref(
                "career_guidance_reports.ir_cron_figures"
            ).method_direct_trigger()
        snapshots = self.env["career.figure.snapshot"].search([])
        self.assertIn(self.plant_company, snapshots.company_id)
        self.assertEqual(set(snapshots.mapped("state")), {"done"})
        count = len(snapshots)
        with self.enter_registry_test_mode():
            self.env.ref(
                "career_guidance_reports.ir_cron_figures"
            ).method_direct_trigger()
        self.assertEqual(self.env["career.figure.snapshot"].search_count([]), count)

    def test_one_number_each(self):
        snapshot = self._snapshot()
        cell = snapshot.cell_ids[0]
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            with self.env.cr.savepoint():
                cell.copy()

    def test_a_month_that_is_over_stays(self):
        """Later changes do not touch it, and a running month is replaced once."""
        for worker in self.workers[:6]:
            self._held(worker)
        june = self._snapshot()
        self.assertFalse(june.is_final)
        self.assertEqual(june.date_from, date(2025, 6, 16))
        for worker in self.workers[6:12]:
            self._held(worker)
        with freeze_time("2026-07-03 08:00:00"):
            again = self._snapshot()
        self.assertEqual(again, june)
        self.assertTrue(june.is_final)
        self.assertEqual(june.date_to, date(2026, 6, 30))
        self.assertEqual(self._cell(june, "K1").value, 60.0)
        for worker in self.workers[12:18]:
            self._held(worker, day=TODAY + timedelta(days=20))
        with freeze_time("2026-07-03 08:00:00"):
            july = self._snapshot()
        self.assertNotEqual(july, june)
        frozen = self._numbers(june)
        self.workers[:9].write({"active": False})
        self.workers[9:].write({"department_id": self.halls[0].id})
        with freeze_time("2026-08-01 08:00:00"):
            self._snapshot()
        self.assertEqual(self._numbers(june), frozen)

    def test_the_same_people_until_enough_change(self):
        """One who joins waits: two months do not differ by one person."""
        for worker in self.workers[:6]:
            self._held(worker)
        june = self._cell(self._snapshot(), "K1")
        self.assertEqual((june.numerator, june.denominator), (6, 20))
        joiner = self.env["hr.employee"].create(
            {"name": "Joiner", "company_id": self.plant_company.id}
        )
        self._held(joiner, day=date(2026, 6, 14))
        with freeze_time("2026-07-05 08:00:00"):
            self._snapshot()
            july = self._cell(self._snapshot(), "K1")
        self.assertEqual((july.numerator, july.denominator), (6, 20))
        self.assertEqual(july.date_drawn, TODAY)
        self.env["hr.employee"].create(
            [
                {"name": f"Joiner {n}", "company_id": self.plant_company.id}
                for n in range(4)
            ]
        )
        with freeze_time("2026-08-05 08:00:00"):
            self._snapshot()
            august = self._cell(self._snapshot(), "K1")
        self.assertEqual((august.numerator, august.denominator), (7, 25))

    # ----------------------------------------------------------------- protection
    def test_what_was_published_is_remembered(self):
        """Also what was replaced, and what is about a department that is no more."""
        june = self._snapshot()
        hall = self._cell(june, "K1", "department", self.halls[0].id)
        self.assertEqual(hall.status, "shown")
        self.env["hr.employee"].create(
            [
                {"name": f"Joiner {n}", "company_id": self.plant_company.id}
                for n in range(6)
            ]
        )
        self.workers.department_id = self.halls[1]
        with freeze_time("2026-07-05 08:00:00"):
            self.env["hr.employee"].search(
                [("name", "like", "Joiner")]
            ).version_ids.date_version = "2026-06-20"
            self._snapshot()
        self.assertTrue(june.is_final)
        self.assertFalse(self._cell(june, "K1", "department", self.halls[0].id))
        self.assertEqual(self._cell(june, "K1").denominator, 26)
        released = self.env["career.figure.release"].search(
            [
                ("indicator_id.code", "=", "K1"),
                ("group_id.company_id", "=", self.plant_company.id),
            ]
        )
        sizes = {
            (group.dimension, len(group.member_ids)) for group in released.group_id
        }
        self.assertLessEqual({("company", 20), ("company", 26)}, sizes)
        self.assertIn(("department", 10), sizes)
        __, members = june._career_groups()
        history = june._career_history(released.indicator_id, "", members)
        self.assertEqual(len(history["line"]) + len(history["all"]), len(released))

    def test_small_groups_are_not_in_the_table(self):
        self.workers.department_id = self.halls[0]
        self.workers[:3].department_id = self.halls[1]
        snapshot = self._snapshot()
        self.env.cr.execute(
            """
            SELECT DISTINCT status, value, numerator, denominator
              FROM career_figure_cell
             WHERE snapshot_id = %s AND code IN ('K1', 'K3', 'K18')
               AND dimension = 'department' AND department_id = %s
            """,
            [snapshot.id, self.halls[1].id],
        )
        self.assertEqual(self.env.cr.fetchall(), [("few", None, None, None)])

    def test_talks_outside_the_line(self):
        """They count for the company, and only where they are about enough people."""
        for worker in self.workers[:6]:
            self._held(worker)
        for worker in self.workers[6:10]:
            self._held(worker, "coach")
        snapshot = self._snapshot()
        cell = self._cell(snapshot, "K1")
        self.assertEqual((cell.numerator, cell.basis), (6, "line"), "four: too few")
        self._held(self.workers[10], "staff")
        with freeze_time("2026-07-05 08:00:00"):
            later = self._snapshot()
        cell = self._cell(later, "K1")
        self.assertEqual((cell.numerator, cell.basis), (11, "all"))
        halls = [self._cell(later, "K1", "department", hall.id) for hall in self.halls]
        self.assertEqual(sum(hall.numerator for hall in halls), 6, "line only")

    def test_confidential_content(self):
        """Hardly any and nearly all are not shown: they would tell of persons."""
        for number, worker in enumerate(self.workers):
            talk = self._held(worker)
            self.env.flush_all()
            if number < 4:
                self.env.cr.execute(
                    "UPDATE career_conversation SET outcome = 'not_discussed'"
                    " WHERE id = %s",
                    [talk.id],
                )
        self.env.invalidate_all()
        snapshot = self._snapshot()
        self.assertEqual(self._cell(snapshot, "K2").status, "content")
        self.assertEqual(self._cell(snapshot, "K2").shown_value, "–")
        self.assertEqual(self._cell(snapshot, "K1").value, 100.0, "no such content")

    # ------------------------------------------------------------------ bad input
    def test_a_company_without_anybody(self):
        empty = self.env["res.company"].create({"name": "Empty"})
        snapshot = self._snapshot(empty)
        self.assertEqual(snapshot.state, "done")
        statuses = set(snapshot.cell_ids.mapped("status"))
        self.assertFalse(statuses & {"shown", "content"}, statuses)
        self.assertEqual(set(snapshot.cell_ids.mapped("shown_value")), {"–"})

    def test_one_employee_without_anything(self):
        """No birthday, no job, no department, no gender: no crash, no value."""
        company = self.env["res.company"].create({"name": "One"})
        self.env["hr.employee"].create(
            {"name": "Only", "company_id": company.id, "job_id": False}
        )
        snapshot = self._snapshot(company)
        for code in ("K1", "K3", "K4c", "K18"):
            self.assertEqual(self._cell(snapshot, code).status, "few", code)
        self.assertEqual(self._cell(snapshot, "K9").status, "nothing")
        self.assertEqual(self._cell(snapshot, "K11").value, 1)

    def test_dates_reversed(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            with self.env.cr.savepoint():
                self.env["career.figure.snapshot"].create(
                    {
                        "company_id": self.plant_company.id,
                        "period": "2026-01-01",
                        "date_from": "2026-01-31",
                        "date_to": "2026-01-01",
                    }
                )

    def test_a_department_moves(self):
        """A hall comes under another one in the middle of the year: no crash."""
        self._snapshot()
        self.halls[1].parent_id = self.halls[0]
        with freeze_time("2026-07-05 08:00:00"):
            self._snapshot()
            snapshot = self._snapshot()
        self.assertEqual(snapshot.state, "done")
        self.assertTrue(self._cell(snapshot, "K1", "department", self.halls[0].id))

    def test_compute_now_on_an_empty_company(self):
        snapshots = self._model("career.figure.snapshot", self.other_officer)
        snapshots.action_compute_now()
        with self.assertRaises(UserError):
            snapshots.action_compute_now()

    # ------------------------------------------------------------- K7, K8 and K16
    def test_feedback_in_time(self):
        """K7 through the transitions: sent in time, sent late, and not at all."""
        self.company.career_privacy_threshold = 3
        team = [self.employee, self.peer]
        team += [self._person(f"more_{n}", parent=self.manager) for n in range(5)]
        for number, person in enumerate(team):
            when = datetime(2026, 5, 4, 9)
            with freeze_time("2026-05-01 09:00:00"):
                talk = self._conversation(self.line, person)
                self._as(talk, self.manager).action_plan(when)
                if number < 3:
                    for who in (person, self.manager):
                        ready = self._as(talk, who).my_preparation_id
                        ready.action_ready()
            with freeze_time(when):
                self._as(talk, self.manager).action_hold("no_change")
            days = 14 if number < 4 else 15
            if number < 6:
                with freeze_time(when + timedelta(days=days)):
                    told = self._as(talk, self.manager)
                    feedback = told.action_write_feedback(told.unsettled_route_ids)
                    feedback.body = "<p>Held</p>"
                    feedback.action_send()
        snapshot = self._snapshot(self.company)
        cell = self._cell(snapshot, "K7")
        self.assertEqual((cell.numerator, cell.denominator), (4, 7))
        cell = self._cell(snapshot, "K8")
        self.assertEqual((cell.numerator, cell.denominator), (3, 7))

    # ----------------------------------------------------------------------- cost
    def test_queries_do_not_grow(self):
        """As many queries for 20 employees as for 60."""
        snapshots = self.env["career.figure.snapshot"]

        def count():
            snapshot = snapshots._career_next(self.plant_company)
            snapshot._career_step()
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            while snapshot.state == "computing":
                snapshot._career_step()
            return self.env.cr.sql_log_count - start

        few = count()
        self.env["hr.employee"].create(
            [
                {
                    "name": f"New {n}",
                    "company_id": self.plant_company.id,
                    "department_id": self.halls[n % 2].id,
                }
                for n in range(40)
            ]
        )
        with freeze_time("2026-07-02 08:00:00"):
            many = count()
        self.assertLessEqual(many, few + 5)
