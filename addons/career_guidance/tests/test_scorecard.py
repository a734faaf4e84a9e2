from datetime import date, datetime, timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from .common import CareerCommon

TODAY = date(2026, 6, 15)
WINDOW = (date(2025, 6, 15), TODAY)


@tagged("post_install", "-at_install")
class TestScorecard(CareerCommon):
    """K16: what a manager's own appraisal says about the manager as a guide."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.team = cls.employee + cls.peer
        for number in range(3):
            cls.team += cls._person(f"report_{number}", parent=cls.manager)

    def _held(self, employee, when, feedback_after=None, channel=None):
        """A formal conversation held at a moment, with its feedback days later."""
        with freeze_time(when - timedelta(days=1)):
            conversation = self._conversation(channel, employee)
            guide = conversation.conductor_id
            self._as(conversation, guide).action_plan(when)
        with freeze_time(when):
            self._as(conversation, guide).action_hold("no_change")
        if feedback_after is not None:
            with freeze_time(when + timedelta(days=feedback_after)):
                feedback = self._as(conversation, guide).action_write_feedback(
                    conversation.unsettled_route_ids
                )
                feedback.body = "<p>Held</p>"
                feedback.action_send()
        return conversation

    def _plan(self, employee, done, total=5, due=True, held_after=None):
        with freeze_time(datetime(2026, 1, 10, 9)):
            plan = self._model("career.plan", employee).create(
                {
                    "employee_id": employee.id,
                    "date_start": "2026-01-10",
                    "date_end": "2026-12-31",
                    "action_ids": [
                        (
                            0,
                            0,
                            {
                                "name": str(number),
                                "deadline": "2026-05-01" if due else "2026-11-01",
                            },
                        )
                        for number in range(total)
                    ],
                    "checkpoint_ids": [(0, 0, {"date": "2026-03-01"})],
                }
            )
            plan.action_propose()
            plan.action_sign()
            self._as(plan, self.manager).action_sign()
            plan.action_ids[:done].action_done()
        if held_after is not None:
            with freeze_time(datetime(2026, 3, 1, 9) + timedelta(days=held_after)):
                self._as(plan.checkpoint_ids, self.manager).action_hold("Seen")
        return plan

    def _figures(self, suppress=False, guide=None):
        self.env.flush_all()
        self.env.invalidate_all()
        with freeze_time(datetime(2026, 6, 15, 12)):
            rows = (guide or self.manager)._career_guide_scorecard(
                *WINDOW, suppress=suppress
            )
        return {
            row["code"]: None
            if row["value"] is None
            else (row["value"], row["numerator"], row["denominator"])
            for row in rows
        }

    def test_nothing_gives_no_value(self):
        """A denominator of 0 gives no value, never 0 or 100."""
        figures = self._figures()
        self.assertEqual(figures["K1"], (0.0, 0, 5))
        self.assertEqual([figures[code] for code in ("K6", "K7", "K4c")], [None] * 3)

    def test_coverage(self):
        self._held(self.team[0], datetime(2026, 2, 1, 9))
        self._held(self.team[0], datetime(2026, 3, 1, 9))
        self._held(self.team[1], datetime(2025, 6, 14, 9))  # the day before
        self._held(self.team[2], datetime(2025, 6, 15, 9))  # the first day
        self.assertEqual(self._figures()["K1"], (40.0, 2, 5))

    def test_other_channels_and_guides_do_not_count(self):
        """Line conversations of this guide only; a hidden talk shows nowhere."""
        self._held(self.team[0], datetime(2026, 2, 1, 9), channel=self.management)
        before = self._held(self.team[1], datetime(2026, 2, 1, 9))
        self.team[1].parent_id = self.new_manager
        self.assertEqual(before.conductor_id, self.manager)
        self.assertEqual(self._figures()["K1"], (0.0, 0, 4))
        self.assertEqual(self._figures(guide=self.new_manager)["K1"], (0.0, 0, 1))

    def test_informal_and_archived_do_not_count(self):
        talk = self._conversation(who=self.team[0], kind="informal")
        with freeze_time(datetime(2026, 2, 1, 9)):
            self._as(talk, self.manager).action_hold("no_change")
        self.team[3].active = False
        self.team[4].employee_type = "contractor"
        self.assertEqual(self._figures()["K1"], (0.0, 0, 3))

    def test_feedback_within_fourteen_days(self):
        when = datetime(2026, 2, 1, 9)
        self._held(self.team[0], when, feedback_after=14)
        self._held(self.team[1], when, feedback_after=15)
        self._held(self.team[2], when)
        self.assertEqual(self._figures()["K7"], (33.3, 1, 3))

    def test_follow_up_within_fourteen_days(self):
        self._plan(self.team[0], 0, held_after=14)
        self._plan(self.team[1], 0, held_after=15)
        self._plan(self.team[2], 0)
        self.assertEqual(self._figures()["K6"], (33.3, 1, 3))

    def test_plans_that_reach_the_target(self):
        """At 80% exactly, not under; a plan with nothing due is not counted."""
        self._plan(self.team[0], 4)
        self._plan(self.team[1], 3)
        self._plan(self.team[2], 5, due=False)
        self.assertEqual(self._figures()["K4c"], (50.0, 1, 2))

    def test_small_groups_are_left_out_for_others(self):
        for employee in self.team[:4]:
            self._held(employee, datetime(2026, 2, 1, 9), feedback_after=1)
        own = self._figures()
        others = self._figures(suppress=True)
        self.assertEqual(own["K1"], others["K1"])
        self.assertEqual(own["K7"], (100.0, 4, 4))
        self.assertIsNone(others["K7"])
        self.team[4].active = False
        self.assertIsNone(self._figures(suppress=True)["K1"])
        self.assertEqual(self._figures()["K1"], (100.0, 4, 4))

    def test_queries_do_not_grow(self):
        self._held(self.team[0], datetime(2026, 2, 1, 9), feedback_after=1)
        self._figures()
        counts = []
        for employees in (self.env["hr.employee"], self.team[1:]):
            for employee in employees:
                self._held(employee, datetime(2026, 2, 1, 9), feedback_after=1)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.manager._career_guide_scorecard(*WINDOW)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])

    def test_definitions(self):
        for row in self.manager._career_guide_scorecard(*WINDOW):
            self.assertTrue(row["name"] and row["definition"], row["code"])

    def test_certificate(self):
        """As soon as the company has a certificate, the scorecard names its state."""
        before = self.manager._career_guide_scorecard(*WINDOW)
        self.assertNotIn("certificate", [row["code"] for row in before])
        skill_type = self.env["hr.skill.type"].create(
            {
                "name": "Guiding",
                "skill_ids": [(0, 0, {"name": "Career conversations"})],
                "skill_level_ids": [(0, 0, {"name": "Yes", "level_progress": 100})],
            }
        )
        self.company.career_guide_skill_id = skill_type.skill_ids
        self.env.flush_all()
        row = self.manager._career_guide_scorecard(*WINDOW)[-1]
        self.assertEqual((row["code"], row["text"]), ("certificate", "No certificate"))
        self.env["hr.employee.skill"].create(
            {
                "employee_id": self.manager.id,
                "skill_type_id": skill_type.id,
                "skill_id": skill_type.skill_ids.id,
                "skill_level_id": skill_type.skill_level_ids.id,
            }
        )
        self.env.flush_all()
        self.env.invalidate_all()
        row = self.manager._career_guide_scorecard(*WINDOW)[-1]
        self.assertEqual(row["text"], "Valid")
