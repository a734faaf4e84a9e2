from datetime import timedelta

from dateutil.relativedelta import relativedelta
from freezegun import freeze_time
from lxml import etree
from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import MobilityCommon


@tagged("post_install", "-at_install")
class TestMobility(MobilityCommon):
    def test_from_application_to_move(self):
        plan = self._model("career.plan", self.employee).create(
            {"employee_id": self.employee.id}
        )
        plan.action_propose()
        plan.action_sign()
        self._as(plan, self.manager).action_sign()
        application = self._apply(motivation="I like to plan")
        self.assertEqual(application.conductor_user_id, self.recruiter.user_id)
        for other in (self.manager, self.director, self.officer, self.peer):
            self.assertFalse(self._readable(application, other), other.name)
        self.assertTrue(self._readable(application, self.recruiter))
        self.assertFalse(
            self.env["hr.applicant"].search([("employee_id", "=", self.employee.id)])
        )
        received = self._as(application, self.recruiter)
        with self.assertRaises(UserError):
            received.action_select()

        application.action_release()
        self.assertTrue(self._readable(application, self.manager))
        self.assertTrue(self._readable(application, self.officer))
        self.assertFalse(self._readable(application, self.director))
        applicant = self.env["hr.applicant"].search(
            [("employee_id", "=", self.employee.id)]
        )
        self.assertEqual(len(applicant), 1)
        self.assertLessEqual(
            applicant.message_partner_ids, self.recruiter.user_id.partner_id
        )
        with self.assertRaises(UserError):
            applicant.create_employee_from_applicant()

        answering = self._as(application, self.manager)
        day = fields.Date.today() + timedelta(days=20)
        with self.assertRaises(UserError):
            answering.action_answer("delayed", day)
        answering.action_answer("agreed", day)
        self.assertEqual(application.proposed_date, day)
        received.action_select()
        move = received.action_plan_move()
        self.assertEqual(move.sudo().date, day)
        self.assertEqual(received.action_plan_move(), move)
        self.assertTrue(self._readable(move, self.employee))
        self.assertFalse(self._readable(move, self.peer))

        people = self.env["hr.employee"].with_context(active_test=False)
        count = people.search_count([])
        with freeze_time(day + timedelta(hours=9)):
            with self.enter_registry_test_mode():
                self.env.ref(
                    "career_guidance_recruitment.ir_cron_carry_out_moves"
                ).method_direct_trigger()
        self.assertEqual(people.search_count([]), count)
        self.assertEqual(move.sudo().state, "done")
        self.assertEqual(application.state, "moved")
        self.assertEqual(self.employee.parent_id, self.next_manager)
        version = self.employee.version_ids.filtered(lambda v: v.date_version == day)
        self.assertEqual(version.job_id, self.job)
        self.assertEqual(version.department_id, self.department)
        self.assertTrue(self._readable(plan, self.next_manager))
        self.assertFalse(self._readable(plan, self.manager))

    def test_applying_begins_at_the_vacancy(self):
        """Who answers or recruits finds no New on the applications; whoever wants to
        apply does so from the vacancy."""
        applications = self.env["career.application"]
        views = applications.get_views([(False, k) for k in ("list", "kanban", "form")])
        for kind in ("list", "kanban", "form"):
            arch = etree.fromstring(views["views"][kind]["arch"])
            self.assertEqual(arch.get("create"), "0", kind)
        action = self._as(self.job, self.employee).action_career_apply()
        self.assertEqual(action["res_model"], "career.application")

    def test_withdrawn_or_rejected_leaves_no_trace_for_the_line(self):
        for step in ("withdraw", "reject"):
            application = self._apply()
            application.action_release()
            applicant = application.sudo().applicant_id
            self.assertTrue(self._readable(application, self.manager))
            if step == "withdraw":
                application.action_withdraw()
            else:
                with self.assertRaises(UserError):
                    self._as(application, self.recruiter).action_reject()
                self._as(application, self.recruiter).action_reject("Another one")
            for other in (self.manager, self.director, self.officer):
                self.assertFalse(self._readable(application, other))
            self.assertFalse(applicant.exists())
            self.assertFalse(
                self.env["mail.activity"].search(
                    [
                        (
                            "career_key",
                            "=like",
                            f"career.application,{application.id},%",
                        ),
                        ("user_id", "=", self.manager.user_id.id),
                    ]
                )
            )

    def test_policy_may_show_it_at_selection(self):
        self.company.career_release_policy = "selection"
        application = self._apply()
        self._as(application, self.recruiter).action_select()
        self.assertEqual(application.state, "selected")
        self.assertTrue(self._readable(application, self.manager))

    def test_refusal_is_looked_at_again(self):
        application = self._apply()
        application.action_release()
        answering = self._as(application, self.manager)
        with self.assertRaises(UserError):
            answering.action_answer("refused")
        answering.action_answer("refused", reason="project")
        self.assertTrue(application.is_escalated)
        self.assertTrue(self._readable(application, self.director))
        self._as(application, self.director).action_answer(
            "agreed", fields.Date.today() + timedelta(days=30)
        )
        self.assertEqual(application.answer, "agreed")

    def test_no_answer_goes_on_to_the_manager_s_manager(self):
        application = self._apply()
        application.action_release()
        with freeze_time(fields.Date.today() + timedelta(days=15)):
            for _twice in range(2):
                with self.enter_registry_test_mode():
                    self.env.ref(
                        "career_guidance_recruitment.ir_cron_escalate_applications"
                    ).method_direct_trigger()
        self.assertEqual(application.answer, "expired")
        self.assertTrue(self._readable(application, self.director))
        todos = self.env["mail.activity"].search(
            [("career_key", "=", f"career.application,{application.id},decide")]
        )
        self.assertEqual(todos.user_id, self.director.user_id)

    def test_answer_has_a_latest_date(self):
        application = self._apply()
        application.action_release()
        latest = fields.Date.today() + relativedelta(months=3)
        self.assertEqual(application.date_latest_release, latest)
        with self.assertRaises(UserError):
            self._as(application, self.manager).action_answer(
                "delayed", latest + timedelta(days=1), "project"
            )

    def test_recruiter_in_the_own_line_does_not_receive_it(self):
        self.job.user_id = self.manager.user_id
        application = self._apply()
        self.assertEqual(application.conductor_user_id, self.officer.user_id)
        self.assertFalse(self._readable(application, self.manager))

    @mute_logger("odoo.sql_db")
    def test_refused_applications(self):
        self._apply()
        with self.assertRaises(IntegrityError, msg="twice for one vacancy"):
            self._apply()
        closed = self.job.copy({"career_is_internal": False})
        with self.assertRaises(UserError, msg="not open"):
            self._apply(job=closed)
        self.job.career_internal_until = fields.Date.today() - timedelta(days=1)
        with self.assertRaises(UserError, msg="closed yesterday"):
            self._apply(self.peer)
        self.job.career_internal_until = False
        self.peer.job_id = self.job
        with self.assertRaises(UserError, msg="present job"):
            self._apply(self.peer)
        with self.assertRaises(AccessError, msg="for somebody else"):
            self._model("career.application", self.manager).create(
                {"employee_id": self.employee.id, "job_id": self.job.id}
            )

    def test_nobody_jumps_a_state(self):
        application = self._apply()
        for other in (self.employee, self.recruiter):
            with self.assertRaises(AccessError):
                self._as(application, other).state = "selected"
            with self.assertRaises(AccessError):
                self._as(application, other).hidden_from_n1 = False
        with self.assertRaises(AccessError):
            self._as(application, self.recruiter).action_release()
        with self.assertRaises(AccessError):
            self._as(application, self.manager).action_answer("agreed")
        application.action_release()
        with self.assertRaises(AccessError):
            application.action_answer("agreed", fields.Date.today())

    def test_two_at_once_end_with_the_move(self):
        second = self.job.copy({"career_is_internal": True, "name": "Second"})
        one, two = self._apply(), self._apply(job=second)
        one.action_release()
        today = fields.Date.today()
        received = self._as(one, self.recruiter)
        received.action_select()
        with self.assertRaises(UserError, msg="the manager has not answered"):
            received.action_plan_move(today)
        self._as(one, self.manager).action_answer("agreed", today)
        move = received.action_plan_move(today)
        self._as(move, self.officer).action_apply()
        self.assertEqual(one.state, "moved")
        self.assertEqual(two.state, "withdrawn")

    def test_moves_that_cannot_be(self):
        values = {
            "employee_id": self.employee.id,
            "job_id": self.job.id,
            "manager_id": self.next_manager.id,
        }
        moves = self._model("career.move", self.officer)
        yesterday = fields.Date.today() - timedelta(days=1)
        with self.assertRaises(ValidationError):
            moves.create({**values, "date": yesterday})
        with self.assertRaises(ValidationError):
            moves.create(
                {**values, "date": fields.Date.today(), "job_id": self.present_job.id}
            )
        with self.assertRaises(AccessError):
            self._model("career.move", self.manager).create(
                {**values, "date": fields.Date.today()}
            )
        with self.assertRaises(AccessError):
            self._model("career.move", self.other_officer).create(
                {**values, "date": fields.Date.today()}
            )
        move = moves.create({**values, "date": fields.Date.today() + timedelta(5)})
        with self.assertRaises(UserError):
            move.action_apply()
        move.action_cancel("Not needed any more")
        self.assertEqual(move.state, "cancelled")
        self.assertFalse(self._readable(move, self.manager))

    def test_closed_vacancy_is_told_to_who_applied(self):
        application = self._apply()
        self.job.career_is_internal = False
        self.assertTrue(
            self.env["mail.activity"].search(
                [
                    ("career_key", "=", f"career.application,{application.id},closed"),
                    ("user_id", "=", self.employee.user_id.id),
                ]
            )
        )
