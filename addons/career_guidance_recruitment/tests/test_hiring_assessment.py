import base64

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import MobilityCommon


@tagged("post_install", "-at_install")
class TestHiringAssessment(MobilityCommon):
    """What was assessed at hiring goes to the file, with the employee's knowledge."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hirer = cls._person(
            "hirer",
            groups="base.group_user,hr.group_hr_manager,"
            "hr_recruitment.group_hr_recruitment_user",
        )
        cls.interviewer = cls._person(
            "interviewer",
            groups="base.group_user,hr_recruitment.group_hr_recruitment_interviewer",
        )

    def _applicant(self, **values):
        return self._model("hr.applicant", self.hirer).create(
            {
                "partner_name": "New Colleague",
                "email_from": "new.colleague@example.com",
                "job_id": self.job.id,
                "interviewer_ids": [(4, self.interviewer.user_id.id)],
                "career_assessment_kind": "development_centre",
                "career_assessment_date": "2026-03-02",
                "career_assessor": "Outside Ltd",
                "career_assessment_conclusion": "<p>Plans far ahead</p>",
                "career_assessment_file": base64.b64encode(b"report"),
                "career_assessment_filename": "centre.txt",
                **values,
            }
        )

    def _hire(self, applicant):
        action = applicant.create_employee_from_applicant()
        return self.env["hr.employee"].browse(action["res_id"])

    def _assessment(self, employee):
        return self.env["career.assessment"].search([("employee_id", "=", employee.id)])

    def test_carried_when_hired(self):
        applicant = self._applicant()
        employee = self._hire(applicant)
        assessment = self._assessment(employee)
        self.assertEqual(assessment.moment, "hiring")
        self.assertEqual(assessment.kind, "development_centre")
        self.assertIn("Plans far ahead", assessment.conclusion)
        self.assertEqual(assessment.assessor, "Outside Ltd")
        self.assertEqual(assessment.attachment_ids.raw, b"report")
        # one place only: recruitment keeps no copy
        self.assertFalse(applicant.career_assessment_conclusion)
        self.assertFalse(applicant.career_assessment_file)
        self.assertTrue(applicant.career_assessment_carried)
        self.assertFalse(
            self.env["ir.attachment"].search(
                [("res_model", "=", "hr.employee"), ("res_id", "=", employee.id)]
            )
        )

    def test_the_employee_knows(self):
        employee = self._hire(self._applicant())
        assessment = self._assessment(employee)
        self.assertFalse(assessment.employee_user_id)
        employee.parent_id = self.manager
        employee.company_id = self.company
        # the log-in comes later: told then, in neutral words
        user = new_test_user(
            self.env,
            login="career_newcomer",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        employee.user_id = user
        todo = self.env["mail.activity"].search(
            [
                ("career_key", "=", f"career.assessment,{assessment.id},read"),
                ("user_id", "=", user.id),
            ]
        )
        self.assertEqual(len(todo), 1)
        self.assertNotIn("ssessment", todo.summary)
        self.assertTrue(self._readable(assessment, employee))
        self.assertIn(
            "Plans far ahead", self._as(assessment, employee).conclusion or ""
        )
        for other in (self.manager, self.director, self.recruiter, self.peer):
            self.assertFalse(self._readable(assessment, other), other.name)
        own = self._as(assessment, employee)
        own.share_n1 = True
        self.assertTrue(self._readable(assessment, self.manager))

    def test_once(self):
        applicant = self._applicant()
        employee = self._hire(applicant)
        applicant.employee_id = employee
        self.assertEqual(len(self._assessment(employee)), 1)

    def test_nothing_assessed_nothing_carried(self):
        applicant = self._applicant(
            career_assessment_conclusion=False, career_assessment_file=False
        )
        employee = self._hire(applicant)
        self.assertFalse(self._assessment(employee))
        self.assertFalse(applicant.career_assessment_carried)

    def test_interviewers_do_not_read_it(self):
        applicant = self._applicant()
        mine = self._as(applicant, self.interviewer)
        self.assertTrue(mine.partner_name)
        with self.assertRaises(AccessError):
            mine.read(["career_assessment_conclusion"])
        with self.assertRaises(AccessError):
            mine.mapped("career_assessment_file")
        with self.assertRaises(AccessError):
            self._model("hr.applicant", self.interviewer).search(
                [("career_assessment_conclusion", "ilike", "far")]
            )
