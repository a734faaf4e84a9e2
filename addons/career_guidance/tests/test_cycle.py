from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models import career_population_mixin
from .common_cycle import CycleCommon


@tagged("post_install", "-at_install")
class TestCycle(CycleCommon):
    """Launch, population, joiners and leavers, reminders, what is refused."""

    # ---------------------------------------------------------------------- launch
    def test_launch_makes_one_participation_for_everybody(self):
        cycle = self._cycle()
        self.assertEqual(cycle.state, "running")
        everybody = self.env["hr.employee"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertIn(self.no_login, everybody)
        self.assertEqual(cycle.sudo().participation_ids.employee_id, everybody)
        self.assertEqual(len(cycle.sudo().participation_ids), len(everybody))
        self.assertEqual(cycle.batch_done, len(everybody))

    def test_launch_twice_changes_nothing(self):
        cycle = self._cycle()
        before = cycle.sudo().participation_ids
        cycle.action_launch()
        cycle.sudo().write({"batch_active": True, "batch_cursor": 0})
        cycle.sudo()._career_batch_step()
        self.assertEqual(cycle.sudo().participation_ids, before)

    def test_launch_in_steps(self):
        """Each step stores where it is; the next one goes on there."""
        with patch.object(career_population_mixin, "BATCH_SIZE", 2):
            cycle = self._cycle()
            self.assertEqual(cycle.state, "launching")
            self.assertEqual(len(cycle.sudo().participation_ids), 2)
            self.assertEqual(
                cycle.sudo().batch_cursor,
                max(cycle.sudo().participation_ids.employee_id.ids),
            )
            self.assertLess(cycle.batch_progress, 100)
            with self.enter_registry_test_mode():
                self.env.ref(
                    "career_guidance.ir_cron_launch_cycles"
                ).method_direct_trigger()
        self.assertEqual(cycle.state, "running")
        self.assertEqual(len(cycle.sudo().participation_ids), cycle.sudo().batch_total)

    def test_database_refuses_a_second_participation(self):
        cycle = self._cycle()
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(),
        ):
            self.env["career.participation"].create(
                {"cycle_id": cycle.id, "employee_id": self.employee.id}
            )

    def test_to_dos_are_neutral_and_once_for_a_manager(self):
        self._cycle()
        todos = self.env["mail.activity"].search(
            [("user_id", "=", self.manager.user_id.id), ("career_key", "ilike", "plan")]
        )
        self.assertEqual(len(todos), 1)
        self.assertFalse(todos.res_model)
        self.assertNotIn("Employee", todos.summary)

    def test_tell_employees_can_be_off(self):
        self._cycle(tell_employees=False)
        self.assertFalse(
            self.env["mail.activity"].search_count(
                [("user_id", "=", self.peer.user_id.id)]
            )
        )

    # ------------------------------------------------------------------ population
    def test_population_by_department_tag_type_and_hiring(self):
        parent = self.env["hr.department"].create(
            {"name": "Plant", "company_id": self.company.id}
        )
        child = parent.create(
            {"name": "Line", "company_id": self.company.id, "parent_id": parent.id}
        )
        tag = self.env["hr.employee.category"].create({"name": "Shift"})
        self.employee.department_id = child
        self.peer.write({"department_id": child.id, "category_ids": [(4, tag.id)]})
        by_department = self._cycle(department_ids=[(6, 0, parent.ids)], launch=False)
        self.assertEqual(by_department.population_count, 2)
        by_tag = self._cycle(category_ids=[(6, 0, tag.ids)], launch=False)
        self.assertEqual(by_tag.population_count, 1)
        everybody = self._cycle(launch=False).population_count
        self.peer.employee_type = "student"
        self.assertEqual(self._cycle(launch=False).population_count, everybody - 1)
        students = self._cycle(
            launch=False,
            employee_type_ids=[
                (6, 0, self.env.ref("career_guidance.employee_type_student").ids)
            ],
        )
        self.assertEqual(students.population_count, 1)
        self.employee.version_id.write(
            {"contract_date_start": self.today - timedelta(days=900)}
        )
        before = self._cycle(
            launch=False, hired_before=self.today - timedelta(days=800)
        )
        self.assertEqual(before.population_count, 1)

    def test_company_policy_names_the_types(self):
        self.peer.employee_type = "student"
        self.company.career_employee_type_ids = self.env.ref(
            "career_guidance.employee_type_student"
        )
        cycle = self._cycle()
        self.assertEqual(cycle.sudo().participation_ids.employee_id, self.peer)

    def test_preview_says_who_is_left_out_and_why(self):
        self.peer.employee_type = "student"
        cycle = self._cycle(launch=False)
        preview = self._model("career.cycle.preview", self.officer).create(
            {"cycle_id": cycle.id}
        )
        self.assertEqual(preview.included_count, cycle.population_count)
        self.assertEqual(preview.left_out_count, 1)
        self.assertEqual(preview.line_ids.mapped("reason"), ["type"])
        self.assertIn(self.peer.name, preview.line_ids.names)
        # director, new hires of the fixture and HR have no manager
        self.assertGreaterEqual(preview.no_guide_count, 1)
        self.assertIn(self.director.name, preview.no_guide_names)
        self.assertNotIn(self.employee.name, preview.no_guide_names)
        self.assertEqual(preview.no_user_count, 1)
        preview.action_launch()
        self.assertEqual(cycle.state, "running")
        with self.assertRaises(AccessError):
            self._model("career.cycle.preview", self.manager).create(
                {"cycle_id": cycle.id}
            )

    # ------------------------------------------------------------------- bad input
    def test_empty_population_is_refused(self):
        cycle = self._cycle(
            launch=False, hired_before=self.today - timedelta(days=9000)
        )
        with self.assertRaisesRegex(UserError, "Widen"):
            cycle.action_launch()
        self.assertEqual(cycle.state, "draft")
        with self.assertRaises(ValidationError):
            self._cycle(launch=False, companies=self.env["res.company"])

    def test_overlapping_cycles_leave_people_in_the_first_one(self):
        first = self._cycle(companies=self.company, who=self.group_officer)
        second = self._cycle(launch=False)
        self.assertEqual(second.population_count, 0)
        with self.assertRaisesRegex(UserError, "another cycle"):
            second.action_launch()
        preview = self._model("career.cycle.preview", self.officer).create(
            {"cycle_id": second.id}
        )
        self.assertEqual(preview.line_ids.mapped("reason"), ["cycle"])
        wider = self._cycle(
            who=self.group_officer, companies=self.company | self.other_company
        )
        self.assertEqual(wider.sudo().participation_ids.company_id, self.other_company)
        first.action_close()
        second.action_launch()
        self.assertTrue(self._part(second, self.employee))

    def test_cycles_of_other_periods_do_not_overlap(self):
        self._cycle()
        later = self._cycle(
            date_start=self.today + timedelta(days=201),
            date_end=self.today + timedelta(days=400),
        )
        self.assertTrue(self._part(later, self.employee))

    def test_a_closed_cycle_is_not_reopened(self):
        cycle = self._cycle()
        cycle.action_close()
        cycle.action_close()
        self.assertEqual(cycle.state, "closed")
        with self.assertRaisesRegex(UserError, "not opened again"):
            cycle.action_launch()
        with self.assertRaises(AccessError):
            cycle.state = "running"
        with self.assertRaises(UserError):
            cycle.name = "Another"
        following = self.env["career.cycle"].browse(
            cycle.action_prepare_next()["res_id"]
        )
        self.assertEqual(following.state, "draft")
        self.assertEqual(following.date_start, cycle.date_end + timedelta(days=1))

    def test_what_was_launched_stays(self):
        cycle = self._cycle()
        with self.assertRaises(UserError):
            cycle.date_start = self.today - timedelta(days=1)
        with self.assertRaises(UserError):
            cycle.mode = "core_and_checkpoint"
        cycle.date_end = self.today + timedelta(days=300)
        with self.assertRaises(UserError):
            cycle.unlink()
        draft = self._cycle(launch=False)
        with self.assertRaises(UserError):
            draft.action_close()
        draft.unlink()

    def test_nobody_jumps_a_state(self):
        with self.assertRaises(AccessError):
            self._cycle(launch=False, state="running")
        cycle = (
            self._model("career.cycle", self.officer)
            .with_context(default_state="running", default_batch_active=True)
            .create({"name": "Sneaky"})
        )
        self.assertEqual(cycle.state, "draft")
        self.assertFalse(cycle.batch_active)
        with self.assertRaises(AccessError):
            cycle.write({"batch_active": True})

    def test_dates_and_channel_are_checked(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self._cycle(launch=False, date_end=self.today - timedelta(days=1))

    def test_a_cycle_over_is_not_launched(self):
        cycle = self._cycle(
            launch=False,
            date_start=self.today - timedelta(days=30),
            date_end=self.today - timedelta(days=1),
        )
        with self.assertRaises(UserError):
            cycle.action_launch()

    def test_a_hidden_channel_is_refused(self):
        for channel in (self.staff, self.management, self.pool, self.external):
            with self.assertRaises(ValidationError):
                self._cycle(launch=False, channel_id=channel.id)

    # ---------------------------------------------------------------------- rights
    def test_who_reads_a_cycle(self):
        cycle = self._cycle(who=self.officer)
        for reader in (self.employee, self.manager, self.director, self.officer):
            self.assertTrue(self._readable(cycle, reader), reader.name)
        self.assertTrue(self._readable(cycle, self.admin_person))
        for stranger in (self.other_employee, self.other_officer, self.third_employee):
            self.assertFalse(self._readable(cycle, stranger), stranger.name)

    def test_who_makes_a_cycle(self):
        for person in (self.employee, self.manager, self.admin_person):
            with self.assertRaises(AccessError):
                self._cycle(who=person, launch=False)
        with self.assertRaises(AccessError):
            self._cycle(who=self.officer, launch=False, companies=self.other_company)
        with self.assertRaises(AccessError):
            self._cycle(
                who=self.officer,
                launch=False,
                companies=self.company | self.other_company,
            )
        own = self._cycle(launch=False)
        with self.assertRaises(AccessError):
            own.company_ids |= self.other_company
        shared = self._cycle(
            who=self.group_officer,
            launch=False,
            companies=self.company | self.other_company,
        )
        self.assertTrue(self._readable(shared, self.officer))
        for act in ("action_launch", "action_close", "unlink"):
            with self.assertRaises(AccessError):
                getattr(self._as(shared, self.officer), act)()
        shared.action_launch()
        self.assertEqual(
            shared.sudo().participation_ids.company_id,
            self.company | self.other_company,
        )
        self.assertNotIn(
            self.third_employee, shared.sudo().participation_ids.employee_id
        )

    def test_counts_are_those_the_viewer_may_see(self):
        cycle = self._cycle()
        self.assertEqual(self._as(cycle, self.employee).participation_count, 1)
        total = len(cycle.sudo().participation_ids)
        self.assertEqual(self._as(cycle, self.officer).participation_count, total)

    # ----------------------------------------------------------- joiners, leavers
    def _night(self, day=None):
        with freeze_time(day or self.today), self.enter_registry_test_mode():
            self.env.ref(
                "career_guidance.ir_cron_follow_cycles"
            ).method_direct_trigger()
            self.env.ref(
                "career_guidance.ir_cron_launch_cycles"
            ).method_direct_trigger()

    def test_joiners_take_part_from_the_next_night(self):
        cycle = self._cycle()
        joiner = self._person("joiner", parent=self.manager)
        self.assertFalse(self._part(cycle, joiner))
        self._night()
        self.assertTrue(self._part(cycle, joiner))
        self._night()
        self.assertEqual(len(self._part(cycle, joiner)), 1)
        self.assertEqual(cycle.state, "running")

    def test_leavers_are_excused_and_come_back(self):
        cycle = self._cycle()
        part = self._part(cycle, self.employee)
        self.employee.active = False
        self.assertEqual(part.state, "excused")
        self.assertFalse(part.n1_user_id)
        self.employee.active = True
        self.assertEqual(part.state, "to_plan")
        self.assertEqual(part.n1_user_id, self.manager.user_id)

    def test_a_new_manager_takes_the_list_over(self):
        cycle = self._cycle()
        part = self._part(cycle, self.employee)
        self.employee.parent_id = self.new_manager
        self.assertTrue(self._readable(part, self.new_manager))
        self.assertFalse(self._readable(part, self.manager))

    # -------------------------------------------------------- reminder, escalation
    def _todo_count(self, employee, code):
        return self.env["mail.activity"].search_count(
            [
                ("user_id", "=", employee.user_id.id),
                ("career_key", "=like", f"career.cycle,%,{code}"),
            ]
        )

    def test_reminder_by_policy(self):
        cycle = self._cycle()
        self._night(self.today + timedelta(days=13))
        self.assertFalse(self._todo_count(self.manager, "remind"))
        self._night(self.today + timedelta(days=15))
        self.assertEqual(self._todo_count(self.manager, "remind"), 1)
        self.assertFalse(self._todo_count(self.employee, "remind"))
        self.assertEqual(cycle.date_reminded, self.today + timedelta(days=15))
        cycle.action_close()
        self.assertFalse(self._todo_count(self.manager, "remind"))

    def test_no_reminder_for_who_has_nothing_to_plan(self):
        self.company.career_reminder_days = 0
        self._cycle()
        self._night(self.today + timedelta(days=60))
        self.assertFalse(self._todo_count(self.manager, "remind"))

    def test_escalation_by_policy(self):
        self._cycle()
        self._night(self.today + timedelta(days=178))
        self.assertFalse(self._todo_count(self.director, "escalate"))
        self._night(self.today + timedelta(days=180))
        self.assertEqual(self._todo_count(self.director, "escalate"), 1)
        self.assertEqual(self._todo_count(self.officer, "escalate"), 1)
        self.assertFalse(self._todo_count(self.other_officer, "escalate"))

    def test_policies_are_checked(self):
        with self.assertRaises(ValidationError):
            self.company.career_lead_days = -1
        with self.assertRaises(ValidationError):
            self.company.career_unheard_months = -6

    def test_rhythm(self):
        for months, days in (("6", 180), ("12", 364), ("24", 729)):
            self.company.career_cycle_months = months
            cycle = self._model("career.cycle", self.officer).create(
                {"name": "Rhythm", "date_start": fields.Date.to_date("2026-01-01")}
            )
            self.assertEqual((cycle.date_end - cycle.date_start).days, days)
