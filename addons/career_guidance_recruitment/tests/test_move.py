from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import MobilityCommon


@tagged("post_install", "-at_install")
class TestMove(MobilityCommon):
    """What a move does on its day, and what everybody is told before."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.day = fields.Date.today() + timedelta(days=10)

    def _move(self, **values):
        return self._model("career.move", self.officer).create(
            {
                "employee_id": self.employee.id,
                "job_id": self.job.id,
                "department_id": self.department.id,
                "manager_id": self.next_manager.id,
                "date": self.day,
                **values,
            }
        )

    def _carry_out(self, day=None):
        with freeze_time((day or self.day) + timedelta(hours=9)):
            with self.enter_registry_test_mode():
                self.env.ref(
                    "career_guidance_recruitment.ir_cron_carry_out_moves"
                ).method_direct_trigger()
        self.env.invalidate_all()

    def _plan(self, **values):
        plan = self._model("career.plan", self.employee).create(
            {"employee_id": self.employee.id, "share_hr": False, **values}
        )
        plan.action_propose()
        plan.action_sign()
        self._as(plan, self.manager).action_sign()
        return plan

    def test_told_before_what_passes(self):
        """Each counts with the own rights: HR does not learn of an unshared plan."""
        self._plan()
        self._conversation()
        move = self._move()
        own = self._as(move, self.employee)
        self.assertIn("pass to Next Manager: 1.", own.hand_over)
        self.assertIn("signs for what follows: 1.", own.hand_over)
        self.assertIn("deal goes along", own.hand_over)
        for other in (self.officer, self.director, self.next_manager):
            text = self._as(move, other).hand_over
            self.assertIn("Next Manager becomes the manager", text, other.name)
            # nothing that the viewer may read passes: no line about it
            self.assertNotIn("signs for what follows", text, other.name)
            self.assertNotIn("pass to Next Manager", text, other.name)
        history = self._model("career.history", self.employee).search(
            [("res_model", "=", "career.move"), ("event", "=", "plan")]
        )
        self.assertIn("signs for what follows: 1.", history.detail)
        for who in (self.employee, self.manager, self.next_manager):
            self.assertTrue(
                self.env["mail.activity"].search(
                    [
                        ("career_key", "=", f"career.move,{move.id},move"),
                        ("user_id", "=", who.user_id.id),
                    ]
                ),
                who.name,
            )

    def test_plan_and_talk_go_along_on_the_day_not_before(self):
        plan, talk = self._plan(), self._conversation()
        move = self._move()
        self.assertTrue(self._readable(plan, self.manager))
        self.assertFalse(self._readable(plan, self.next_manager))
        self._carry_out(self.day - timedelta(days=1))
        self.assertEqual(move.state, "planned")
        self.assertEqual(self.employee.parent_id, self.manager)
        self._carry_out()
        self.assertEqual(move.state, "done")
        for document in (plan, talk):
            self.assertTrue(self._readable(document, self.next_manager))
            self.assertFalse(self._readable(document, self.manager))

    def test_applied_twice_is_once(self):
        self._move()
        self._carry_out()
        versions = self.employee.version_ids
        self._carry_out()
        self.assertEqual(self.employee.version_ids, versions)

    def test_title_is_of_the_new_job(self):
        """A version is a copy of the one before: the title is not to stay."""
        self.employee.job_title = "Operator of line 2"
        self._move()
        self._carry_out()
        self.assertEqual(self.employee.job_title, self.job.name)
        self.assertFalse(self.employee.is_custom_job_title)

    def test_assignment_comes_back(self):
        end = self.day + timedelta(days=30)
        present = self.employee.department_id
        move = self._move(kind="assignment", date_end=end, hours_week=38)
        self._carry_out()
        back = move.return_id
        self.assertEqual(back.date, end + timedelta(days=1))
        self.assertEqual(back.state, "planned")
        self._carry_out(back.date)
        with freeze_time(back.date):
            self.assertEqual(
                self.employee._get_version(back.date).job_id, self.present_job
            )
        self.assertEqual(
            self.employee._get_version(self.day + timedelta(days=1)).job_id, self.job
        )
        self.assertEqual(self.employee._get_version(back.date).department_id, present)
        self.assertEqual(self.employee.parent_id, self.manager)

    def test_project_beside_the_job_changes_nothing(self):
        project = self.job.copy(
            {
                "name": "Project",
                "career_is_internal": True,
                "career_internal_kind": "project",
                "career_hours_week": 8,
                "career_temporary_until": self.day + timedelta(days=60),
            }
        )
        other = self._apply()
        application = self._apply(job=project)
        application.action_release()
        self._as(application, self.manager).action_answer("agreed", self.day)
        received = self._as(application, self.recruiter)
        received.action_select()
        move = received.action_plan_move().sudo()
        self.assertEqual((move.kind, move.hours_week), ("project", 8))
        self.assertIn("Nothing passes", move.hand_over)
        versions = self.employee.version_ids
        self._carry_out()
        self.assertEqual(move.state, "done")
        self.assertEqual(application.state, "moved")
        self.assertEqual(self.employee.version_ids, versions)
        self.assertEqual(self.employee.parent_id, self.manager)
        self.assertEqual(other.state, "applied")

    def test_dates_and_jobs_that_cannot_be(self):
        for values in (
            {"date": fields.Date.today() - timedelta(days=1)},
            {"job_id": self.present_job.id},
            {"manager_id": self.employee.id},
        ):
            with self.assertRaises(ValidationError, msg=values):
                self._move(**values)
        self.job.active = False
        with self.assertRaises(ValidationError):
            self._move()
        self.job.active = True
        self.employee.active = False
        with self.assertRaises(ValidationError):
            self._move()

    def test_employee_who_left_is_not_moved(self):
        move = self._move()
        self.employee.active = False
        self._carry_out()
        self.assertEqual(move.state, "cancelled")
        self.assertEqual(len(self.employee.version_ids), 1)

    def test_head_of_the_own_department(self):
        """Who becomes the department's manager is led by the department above."""
        above = self.env["hr.department"].create(
            {
                "name": "Above",
                "company_id": self.company.id,
                "manager_id": self.director.id,
            }
        )
        self.department.write({"parent_id": above.id, "manager_id": self.employee.id})
        self.assertEqual(self.job._career_manager_for(self.employee), self.director)
        self.assertEqual(self.job._career_manager_for(self.peer), self.employee)

    def test_application_is_not_passed_to_the_new_line(self):
        application = self._apply(motivation="Away")
        application.action_release()
        self._as(application, self.manager).action_answer("agreed", self.day)
        received = self._as(application, self.recruiter)
        received.action_select()
        received.action_plan_move()
        applicant = application.sudo().applicant_id
        open_before = self.job.no_of_recruitment
        self._carry_out()
        self.assertEqual(application.state, "moved")
        for who in (self.manager, self.next_manager, self.director):
            self.assertFalse(self._readable(application, who), who.name)
        for who in (self.employee, self.recruiter, self.officer):
            self.assertTrue(self._readable(application, who), who.name)
        self.assertTrue(applicant.date_closed, "filled, for the internal fill rate")
        self.assertEqual(self.job.no_of_recruitment, max(open_before - 1, 0))

    def test_receiver_knows_who_comes_until_then(self):
        move = self._move()
        self.assertTrue(self._readable(move, self.next_manager))
        with self.assertRaises(AccessError):
            self._as(move, self.next_manager).note = "Mine"
        move.action_cancel("Not now")
        self.assertFalse(self._readable(move, self.next_manager))

    def test_deal_of_another_company(self):
        """The text of the other house, in its language; the signed one is kept."""
        self._template(self.company, "Ours").action_send(self.employee)
        Deal = self.env["career.deal"]
        deal = Deal.search([("employee_id", "=", self.employee.id)])
        self._as(deal, self.employee).action_sign()
        self._template(self.other_company, "Theirs")
        job = self.env["hr.job"].create(
            {"name": "Elsewhere", "company_id": self.other_company.id}
        )
        far = self._person("far_manager", company=self.other_company)
        move = self._move(job_id=job.id, department_id=False, manager_id=far.id)
        self.assertIn("career deal of", self._as(move, self.employee).hand_over)
        self._carry_out()
        self.assertEqual(move.sudo().state, "done")
        self.assertEqual(self.employee.company_id, self.other_company)
        deals = Deal.search([("employee_id", "=", self.employee.id)])
        new = deals - deal
        self.assertEqual(new.title, "Theirs")
        self.assertEqual(new.state, "to_sign")
        self.assertEqual(deal.state, "replaced")
        self.assertTrue(deal.signed_on)
        self.assertTrue(self._readable(new, self.other_officer))

    def test_deal_of_the_same_company_stays(self):
        self._template(self.company, "Ours").action_send(self.employee)
        deal = self.env["career.deal"].search([("employee_id", "=", self.employee.id)])
        self._as(deal, self.employee).action_sign()
        self._move()
        self._carry_out()
        self.assertEqual(deal.state, "signed")
        self.assertTrue(self._readable(deal, self.next_manager))
        self.assertFalse(self._readable(deal, self.manager))

    def _template(self, company, title):
        officer = self.officer if company == self.company else self.other_officer
        template = self.env["career.deal.template"].create(
            {
                "name": title,
                "company_id": company.id,
                "introduction": f"<p>{title}</p>",
            }
        )
        template.action_publish()
        return self._as(template, officer)
