"""Retention, erasure, export and departure of applications and moves."""

from dateutil.relativedelta import relativedelta
from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from odoo.addons.career_guidance.tests.test_privacy import (
    MARK,
    where_found,
    write_everywhere,
)

from .common import MobilityCommon


@tagged("post_install", "-at_install")
class TestPrivacy(MobilityCommon):
    def _night(self, **period):
        day = fields.Date.today() + relativedelta(**period)
        with freeze_time(day), self.enter_registry_test_mode():
            self.env.ref("career_guidance.ir_cron_anonymise").method_direct_trigger()
        self.env.invalidate_all()

    def _released(self):
        application = self._apply(motivation="Because")
        application.action_release()
        return application.sudo()

    def test_departure_ends_applications_and_moves(self):
        application = self._released()
        self._as(application, self.recruiter).action_select()
        move = self.env["career.move"].create(
            {
                "employee_id": self.employee.id,
                "job_id": self.job.id,
                "date": fields.Date.today() + relativedelta(days=30),
            }
        )
        self.employee.action_archive()
        self.assertEqual(application.state, "withdrawn")
        self.assertEqual(move.state, "cancelled")
        self.assertFalse(application.applicant_id)

    def test_nothing_left_of_application_applicant_and_move(self):
        application = self._released()
        applicant = application.applicant_id
        self.assertTrue(applicant)
        applicant.write({"partner_name": MARK, "applicant_notes": f"<p>{MARK}</p>"})
        applicant.message_post(body=MARK)
        move = self.env["career.move"].create(
            {
                "employee_id": self.employee.id,
                "job_id": self.job.id,
                "manager_id": self.next_manager.id,
                "date": fields.Date.today() + relativedelta(days=30),
            }
        )
        self.employee.action_archive()
        # the applicant goes with the end of the application, and does not wait
        self.assertFalse(applicant.exists())
        write_everywhere(self.env, self.employee, MARK)
        self.assertIn("career_application.motivation", where_found(self.env, MARK))
        self._night(months=30)
        self.assertEqual(where_found(self.env, MARK), [])
        for record in (application, move):
            self.assertTrue(record.anonymised_on)
            self.assertFalse(record.employee_id | record.conductor_user_id.employee_id)
        # what figures are made of
        self.assertEqual(application.state, "withdrawn")
        self.assertEqual(application.job_id, self.job)
        self.assertEqual((move.state, move.job_id), ("cancelled", self.job))
        self.assertFalse(move.manager_id)

    def test_applicant_of_who_moved_goes_with_the_application(self):
        today = fields.Date.today()
        application = self._released()
        applicant = application.applicant_id
        self._as(application, self.manager).action_answer("agreed", today)
        received = self._as(application, self.recruiter)
        received.action_select()
        self._as(received.action_plan_move(), self.officer).action_apply()
        self.assertEqual(application.state, "moved")
        applicant.message_post(body=MARK)
        self._night(months=30)
        self.assertTrue(application.anonymised_on)
        self.assertFalse(applicant.exists())
        self.assertEqual(where_found(self.env, MARK), [])

    def test_assessment_of_the_hiring_goes(self):
        applicant = self.env["hr.applicant"].create(
            {
                "partner_name": "Newcomer",
                "job_id": self.job.id,
                "career_assessment_conclusion": f"<p>{MARK}</p>",
                "career_assessor": MARK,
                "career_assessment_date": fields.Date.today(),
            }
        )
        applicant.employee_id = self.peer
        paper = self.env["career.assessment"].search(
            [("employee_id", "=", self.peer.id)]
        )
        self._night(months=35)
        self.assertIn(MARK, paper.assessor)
        self._night(months=37)
        self.assertTrue(paper.anonymised_on)
        self.assertEqual(where_found(self.env, MARK), [])

    def test_period_of_an_application(self):
        application = self._apply()
        application.action_withdraw()
        self._night(months=23)
        self.assertFalse(application.sudo().anonymised_on)
        self._night(months=25)
        self.assertTrue(application.sudo().anonymised_on)

    def test_open_application_stays(self):
        application = self._apply()
        self._night(years=5)
        self.assertFalse(application.sudo().anonymised_on)

    def test_export_holds_application_and_move(self):
        application = self._released()
        data = self._model("career.export", self.employee)._career_export_data(
            self.employee
        )
        rows = {part["model"]: part["records"] for part in data["documents"]}
        [row] = rows["career.application"]
        self.assertEqual(row["id"], application.id)
        self.assertEqual(row["motivation"], "Because")

    def test_every_link_to_a_person_is_followed_or_left_out(self):
        export = self.env["career.export"]
        not_followed = export._career_not_followed()
        self.assertIn("manager_id", not_followed["career.move"])
