from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import MobilityCommon


@tagged("post_install", "-at_install")
class TestMobilityCases(MobilityCommon):
    """What goes wrong, or happens at the same time: each case has an answer."""

    def _todos(self, record, code, who):
        return self.env["mail.activity"].search(
            [
                ("career_key", "=", f"{record._name},{record.id},{code}"),
                ("user_id", "=", who.user_id.id),
            ]
        )

    def _released(self, **values):
        application = self._apply(**values)
        application.action_release()
        return application

    def _selected(self, day=None):
        application = self._released()
        if day:
            self._as(application, self.manager).action_answer("agreed", day)
        self._as(application, self.recruiter).action_select()
        return application

    # ------------------------------------------------------------ what was announced
    def test_policy_is_what_was_announced(self):
        """A policy that changes later does not show the manager what was private."""
        application = self._apply()
        self.company.career_release_policy = "selection"
        self.assertEqual(application.policy, "employee")
        with self.assertRaises(UserError):
            self._as(application, self.recruiter).action_select()
        self.assertFalse(self._readable(application, self.manager))
        later = self._apply(job=self.job.copy({"career_is_internal": True}))
        self.assertEqual(later.policy, "selection")
        with self.assertRaises(AccessError):
            self._model("career.application", self.peer).create(
                {"job_id": self.job.id, "policy": "selection"}
            )

    def test_policy_of_applications_made_before_it_was_kept(self):
        self.company.career_release_policy = "selection"
        application = self._apply()
        self.env.flush_all()
        self.env.cr.execute(
            "ALTER TABLE career_application ALTER policy DROP NOT NULL;"
            "UPDATE career_application SET policy = NULL"
        )
        self.env["career.application"]._init_column("policy")
        application.invalidate_recordset(["policy"])
        self.assertEqual(application.policy, "selection")

    # --------------------------------------------------------------------- withdrawn
    def test_withdrawn_application_does_nothing_more(self):
        application = self._apply()
        application.action_withdraw()
        application.action_withdraw()
        with self.assertRaises(UserError):
            application.action_release()
        for step in ("action_select", "action_plan_move", "action_hand_on"):
            with self.assertRaises(UserError, msg=step):
                getattr(self._as(application, self.recruiter), step)()
        again = self._apply()
        self.assertEqual(again.state, "applied")

    def test_withdrawing_stops_the_planned_move(self):
        application = self._selected(fields.Date.today() + timedelta(days=9))
        move = self._as(application, self.recruiter).action_plan_move()
        self.assertTrue(self._readable(move, self.manager))
        self.assertTrue(self._readable(move, self.next_manager))
        application.action_withdraw()
        self.assertEqual(move.sudo().state, "cancelled")
        for other in (self.manager, self.director, self.next_manager):
            self.assertFalse(self._readable(move, other))
            self.assertFalse(self._todos(move, "move", other))

    def test_cancelled_move_can_be_planned_again(self):
        day = fields.Date.today() + timedelta(days=9)
        application = self._selected(day)
        received = self._as(application, self.recruiter)
        move = received.action_plan_move()
        self.assertFalse(received.can_plan_move)
        self.assertEqual(received.date_move, day)
        self._as(move, self.officer).action_cancel("Another date")
        self.env.invalidate_all()
        self.assertTrue(received.can_plan_move)
        self.assertFalse(received.date_move)
        again = received.action_plan_move()
        self.assertNotEqual(again, move)
        self.assertEqual(again.sudo().state, "planned")

    # --------------------------------------------------------------------- vacancies
    def test_vacancy_that_closes_while_applying(self):
        """The form was open; what is saved afterwards is refused in words."""
        running = self._apply()
        self.job.career_internal_until = fields.Date.today() - timedelta(days=1)
        with self.assertRaisesRegex(UserError, "not open"):
            self._apply(self.peer)
        with self.assertRaises(UserError):
            self._as(self.job, self.peer).action_career_apply()
        # who applied in time goes on
        running.action_release()
        self._as(running, self.recruiter).action_select()
        self.assertTrue(self._todos(running, "closed", self.employee))

    def test_archived_job(self):
        application = self._selected(fields.Date.today() + timedelta(days=9))
        received = self._as(application, self.recruiter)
        move = received.action_plan_move()
        self.job.action_archive()
        self.assertTrue(self._todos(move, "job", self.officer))
        self._as(move, self.officer).action_cancel("Archived")
        with self.assertRaisesRegex(UserError, "archived"):
            received.action_plan_move()
        with self.assertRaisesRegex(UserError, "not open"):
            self._apply(self.peer)
        self.assertNotIn(
            self.job,
            self._model("hr.job", self.peer).search([("career_is_open", "=", True)]),
        )

    def test_colleagues_first(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            with self.env.cr.savepoint():
                self.job.career_internal_window = "before"
                self.env.flush_all()
        self.job.invalidate_recordset()
        self.job.write(
            {
                "career_internal_window": "before",
                "career_internal_until": fields.Date.today() + timedelta(days=5),
            }
        )
        # as where another add-on publishes it outside
        cls = self.env.registry["hr.job"]
        with patch.object(cls, "_career_published_outside", lambda jobs: jobs):
            with self.assertRaises(UserError):
                self.job.no_of_recruitment = 4
            with freeze_time(fields.Date.today() + timedelta(days=6)):
                self.job.invalidate_recordset(["career_is_open"])
                self.job.no_of_recruitment = 5

    def test_position_with_successors_and_a_vacancy(self):
        """One consistent message for everybody (R3.5)."""
        for viewer in (self.employee, self.officer, self.recruiter):
            self.assertFalse(self._as(self.job, viewer).career_filling_notice)
        self.env.invalidate_all()
        cls = self.env.registry["hr.job"]
        original = cls._career_filling_ways
        with patch.object(
            cls, "_career_filling_ways", lambda job: original(job) | {"succession"}
        ):
            notices = {
                self._as(self.job, viewer).career_filling_notice
                for viewer in (self.employee, self.officer, self.recruiter)
            }
            self.assertEqual(len(notices), 1)
            self.assertIn("same way", notices.pop())
            self.job.career_is_internal = False
            self.env.invalidate_all()
            self.assertFalse(self._as(self.job, self.employee).career_filling_notice)

    # ---------------------------------------------------------------- two, and twice
    def test_two_selected_one_move(self):
        second = self.job.copy({"career_is_internal": True, "name": "Second"})
        day = fields.Date.today() + timedelta(days=9)
        one, two = self._apply(), self._apply(job=second)
        for application in (one, two):
            application.action_release()
            self._as(application, self.manager).action_answer("agreed", day)
            self._as(application, self.recruiter).action_select()
        self._as(one, self.recruiter).action_plan_move()
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            with self.env.cr.savepoint():
                self._as(two, self.recruiter).action_plan_move()
        self.assertEqual(two.state, "selected")
        self.assertFalse(two.move_id)

    # -------------------------------------------------------------------- the answer
    def test_what_was_decided_further_up_stays(self):
        """A manager cannot undo the decision of his own manager."""
        application = self._released()
        answering = self._as(application, self.manager)
        answering.action_answer("refused", reason="project")
        day = fields.Date.today() + timedelta(days=30)
        self._as(application, self.director).action_answer("agreed", day)
        self.assertTrue(application.is_decided)
        self.assertFalse(answering.can_answer)
        with self.assertRaises(UserError):
            answering.action_answer("refused", reason="project")
        self.assertEqual(
            (application.answer, application.proposed_date), ("agreed", day)
        )
        self._as(application, self.director).action_answer("agreed", day)

    def test_refused_twice_still_ends_at_the_latest_date(self):
        application = self._released()
        for who in (self.manager, self.director):
            self._as(application, who).action_answer("refused", reason="project")
        self.assertEqual(application.proposed_date, application.date_latest_release)
        received = self._as(application, self.recruiter)
        received.action_select()
        move = received.action_plan_move()
        self.assertEqual(move.sudo().date, application.date_latest_release)

    def test_latest_date_that_passed_is_no_dead_end(self):
        application = self._released()
        after = application.date_latest_release + timedelta(days=10)
        with freeze_time(after):
            received = self._as(application, self.recruiter)
            received.action_select()
            self._as(application, self.manager).action_answer("agreed", after)
            with self.assertRaises(UserError):
                self._as(application, self.manager).action_answer(
                    "agreed", after + timedelta(days=1)
                )
            self.assertEqual(received.action_plan_move().sudo().date, after)

    def test_recruiter_waits_for_the_day_of_the_manager(self):
        day = fields.Date.today() + timedelta(days=20)
        application = self._selected(day)
        received = self._as(application, self.recruiter)
        with self.assertRaises(UserError):
            received.action_plan_move(day - timedelta(days=5))
        with self.assertRaises(UserError):
            received.action_plan_move(application.date_latest_release + timedelta(1))
        # HR can, when everybody agrees
        move = self._as(application, self.officer).action_plan_move(
            day - timedelta(days=5)
        )
        self.assertEqual(move.date, day - timedelta(days=5))
        with self.assertRaises(UserError):
            self._as(application, self.manager).action_answer("agreed", day)

    # ---------------------------------------------------------------- the line moves
    def test_new_manager_answers(self):
        application = self._released()
        self.assertTrue(self._todos(application, "answer", self.manager))
        self.employee.parent_id = self.new_manager
        self.assertFalse(self._readable(application, self.manager))
        self.assertFalse(self._todos(application, "answer", self.manager))
        self.assertTrue(self._todos(application, "answer", self.new_manager))
        self._as(application, self.new_manager).action_answer(
            "agreed", fields.Date.today()
        )

    def test_line_change_tells_nothing_of_a_private_application(self):
        application = self._apply()
        self.employee.parent_id = self.new_manager
        for who in (self.manager, self.new_manager):
            self.assertFalse(self._readable(application, who))
            self.assertFalse(
                self.env["mail.activity"].search(
                    [
                        ("user_id", "=", who.user_id.id),
                        ("career_key", "=like", "career.application,%"),
                    ]
                )
            )

    def test_recruiter_who_becomes_the_manager(self):
        """He no longer holds what was told to him in confidence."""
        application = self._apply(motivation="Away from here")
        self.assertTrue(self._readable(application, self.recruiter))
        self.employee.parent_id = self.recruiter
        self.assertFalse(self._readable(application, self.recruiter))
        self.assertEqual(application.conductor_user_id, self.officer.user_id)
        self.assertFalse(self._todos(application, "application", self.recruiter))
        self.assertTrue(self._todos(application, "application", self.officer))
        self.assertTrue(self._todos(application, "recruiter", self.employee))

    def test_recruiter_who_is_the_manager_does_not_see_the_wish(self):
        """A wish that is not shared with the manager stays hidden from him, also
        when he recruits (R1.9)."""
        recruiters = self.env.ref("hr_recruitment.group_hr_recruitment_user")
        self.manager.user_id.group_ids = [(4, recruiters.id)]
        self.director.user_id.group_ids = [(4, recruiters.id)]
        wish = self._model("career.aspiration", self.employee).create(
            {"direction": "lateral", "target_job_id": self.job.id, "matchable": True}
        )
        wish.action_activate()

        def sees(who):
            action = self._as(self.job, who).action_career_matches()
            lines = self._model("career.match.line", who).search(action["domain"])
            try:
                self._as(self.employee, who).career_match(self.job)
                alone = True
            except AccessError:
                alone = False
            self.assertEqual(self.employee in lines.employee_id, alone)
            return alone

        self.assertTrue(sees(self.recruiter))
        self.assertFalse(sees(self.manager))
        self.assertFalse(sees(self.director))
        wish.share_n1 = True
        self.assertTrue(sees(self.manager))
        self.assertFalse(sees(self.director))

    def test_recruiter_of_another_company(self):
        other = self._person(
            "far_recruiter",
            groups="base.group_user,hr_recruitment.group_hr_recruitment_user",
            company=self.other_company,
        )
        wish = self._model("career.aspiration", self.employee).create(
            {"direction": "lateral", "target_job_id": self.job.id, "matchable": True}
        )
        wish.action_activate()
        with self.assertRaises(AccessError):
            self._as(self.employee, other).career_match(self.job)

    # ------------------------------------------------------------- another recruiter
    def test_naming_oneself_recruiter_opens_nothing(self):
        application = self._apply(motivation="In confidence")
        thief = self._person(
            "thief",
            groups="base.group_user,hr_recruitment.group_hr_recruitment_user",
        )
        self._as(self.job, thief).user_id = thief.user_id
        self.assertFalse(self._readable(application, thief))
        with self.assertRaises(AccessError):
            self._as(application, thief).action_hand_on()
        self.assertTrue(self._readable(application, self.recruiter))
        application.action_hand_on()
        self.assertTrue(self._readable(application, thief))
        self.assertFalse(self._readable(application, self.recruiter))
        with self.assertRaises(UserError):
            application.action_hand_on()

    # ---------------------------------------------------------------- in recruitment
    def test_refused_in_recruitment(self):
        application = self._released()
        applicant = application.sudo().applicant_id
        reason = self.env["hr.applicant.refuse.reason"].create({"name": "Other"})
        self.env["applicant.get.refuse.reason"].with_user(
            self.recruiter.user_id
        ).create(
            {
                "refuse_reason_id": reason.id,
                "applicant_ids": applicant.ids,
                "send_mail": False,
            }
        ).action_refuse_reason_apply()
        self.assertEqual(application.state, "rejected")
        self.assertEqual(application.reject_reason, "Other")
        self.assertFalse(self._readable(application, self.manager))
        with self.enter_registry_test_mode():
            self.env.ref(
                "career_guidance_recruitment.ir_cron_escalate_applications"
            ).method_direct_trigger()
        self.assertFalse(applicant.exists())

    def test_colleague_is_not_given_to_another_employee(self):
        application = self._released()
        applicant = application.sudo().applicant_id
        with self.assertRaises(UserError):
            applicant.employee_id = self.peer
        with self.assertRaises(UserError):
            self.env["hr.employee"].create(
                {"name": "Second self", "applicant_ids": [(4, applicant.id)]}
            )

    def test_job_followers_follow_no_application(self):
        self.job.message_subscribe(
            (self.manager | self.peer | self.recruiter).user_id.partner_id.ids
        )
        application = self._released()
        applicant = application.sudo().applicant_id
        self.assertLessEqual(
            applicant.message_partner_ids, self.recruiter.user_id.partner_id
        )
        self.assertFalse(applicant.message_ids.notified_partner_ids)
