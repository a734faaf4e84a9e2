from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_cycle import CycleCommon


@tagged("post_install", "-at_install")
class TestAssessment(CycleCommon):
    """The employee reads every assessment about him and decides who else does."""

    def _by_hr(self, **values):
        return self._model("career.assessment", self.officer).create(
            {
                "employee_id": self.employee.id,
                "kind": "development_centre",
                "moment": "hiring",
                "conclusion": "<p>Strong in planning.</p>",
                **values,
            }
        )

    def test_commissioned_by_hr(self):
        assessment = self._by_hr()
        self.assertEqual(assessment.commissioned_by, "hr")
        for reader in (self.employee, self.officer):
            self.assertTrue(self._readable(assessment, reader), reader.name)
        for stranger in (
            self.manager,
            self.director,
            self.peer,
            self.coach,
            self.admin_person,
            self.other_officer,
        ):
            self.assertFalse(self._readable(assessment, stranger), stranger.name)
        assessment.conclusion = "<p>Corrected.</p>"
        mine = self._as(assessment, self.employee)
        with self.assertRaises(AccessError):
            mine.conclusion = "<p>Better.</p>"
        with self.assertRaises(AccessError):
            mine.unlink()
        with self.assertRaises(AccessError):
            assessment.unlink()
        # with the employee's knowledge
        self.assertTrue(
            self.env["mail.activity"].search_count(
                [
                    ("user_id", "=", self.employee.user_id.id),
                    ("career_key", "=", f"career.assessment,{assessment.id},read"),
                ]
            )
        )

    def test_sharing_is_the_employees(self):
        assessment = self._by_hr()
        for flag, reader in (("share_n1", self.manager), ("share_n2", self.director)):
            with self.assertRaises(AccessError):
                assessment.write({flag: True})
            self._as(assessment, self.employee).write({flag: True})
            self.assertTrue(self._readable(assessment, reader))
            self._as(assessment, self.employee).write({flag: False})
            self.assertFalse(self._readable(assessment, reader))
        with self.assertRaises(AccessError):
            self._by_hr(share_n1=True)

    def test_brought_by_the_employee(self):
        mine = self._model("career.assessment", self.employee).create(
            {"kind": "feedback_360", "conclusion": "<p>They like me.</p>"}
        )
        self.assertEqual(mine.commissioned_by, "employee")
        self.assertFalse(self._readable(mine, self.officer))
        mine.share_hr = True
        self.assertTrue(self._readable(mine, self.officer))
        with self.assertRaises(AccessError):
            self._as(mine, self.officer).conclusion = "<p>No.</p>"
        mine.conclusion = "<p>Most do.</p>"
        mine.unlink()

    def test_who_may_not_make_one(self):
        for who in (self.manager, self.director, self.peer, self.other_officer):
            with self.assertRaises(AccessError):
                self._model("career.assessment", who).create(
                    {"employee_id": self.employee.id}
                )
        with self.assertRaises(AccessError):
            self._model("career.assessment", self.employee).create(
                {"commissioned_by": "hr"}
            )
        with self.assertRaises(AccessError):
            self._by_hr(employee_id=self.other_employee.id)

    def test_documents_have_the_same_readers(self):
        assessment = self._by_hr()
        document = self._model("ir.attachment", self.officer).create(
            {"name": "report.txt", "raw": b"secret"}
        )
        assessment.attachment_ids = document
        self.assertEqual(document.sudo().res_id, assessment.id)
        mine = self._as(assessment, self.employee)
        self.assertEqual(mine.attachment_ids.raw, b"secret")
        for who in (self.manager, self.peer, self.other_officer):
            found = self._model("ir.attachment", who).search([("id", "=", document.id)])
            self.assertFalse(found)
            with self.assertRaises(AccessError):
                self._as(document, who).read(["raw", "name"])

    def test_documents_of_others_are_not_taken(self):
        mine = self._model("career.assessment", self.employee).create({})
        partner_file = self.env["ir.attachment"].create(
            {
                "name": "open.txt",
                "raw": b"x",
                "res_model": "res.partner",
                "res_id": self.employee.user_id.partner_id.id,
            }
        )
        with self.assertRaises(AccessError):
            mine.attachment_ids = partner_file
