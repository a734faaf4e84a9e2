"""Erasure through Odoo's own privacy look-up."""

from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.career_guidance.tests.common import CareerCommon
from odoo.addons.career_guidance.tests.test_privacy import (
    MARK,
    where_found,
    write_everywhere,
)


@tagged("post_install", "-at_install")
class TestErasure(CareerCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = new_test_user(
            cls.env,
            "career_settings",
            groups="base.group_user,base.group_system",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )
        cls.worker = cls.env["hr.employee"].create(
            {
                "name": "Wilma Without Login",
                "company_id": cls.company.id,
                "parent_id": cls.manager.id,
                "private_email": "wilma@example.com",
            }
        )
        wishes = cls.env["career.aspiration"].create(
            [
                {"employee_id": person.id, "direction": "stay", "motivation": "Mine"}
                for person in (cls.worker, cls.peer)
            ]
        )
        cls.wish, cls.other_wish = wishes

    def _look_up(self, name="Wilma Without Login", email="wilma@example.com"):
        wizard = (
            self.env["privacy.lookup.wizard"]
            .with_user(self.admin)
            .create({"name": name, "email": email})
        )
        wizard.action_lookup()
        return wizard

    def _line(self, wizard):
        return wizard.line_ids.filtered(lambda rec: rec.res_model == "hr.employee")

    def test_employee_is_found_once_by_private_address(self):
        line = self._line(self._look_up(name="Somebody Else"))
        self.assertEqual(line.mapped("res_id"), self.worker.ids)

    def test_archived_employee_is_found(self):
        self.worker.action_archive()
        line = self._line(self._look_up())
        self.assertEqual(line.res_id, self.worker.id)
        self.assertFalse(line.is_active)

    def test_no_document_is_listed(self):
        """Who looks up learns neither that there is a document, nor how many."""
        adviser = self.env["res.partner"].create(
            {"name": "Ada Adviser", "email": "ada@example.com"}
        )
        talk = self._conversation(self.external, adviser_id=adviser.id)
        wizards = self._look_up() | self._look_up("Ada Adviser", "ada@example.com")
        models = wizards.line_ids.mapped("res_model")
        self.assertIn("res.partner", models)
        self.assertFalse([name for name in models if name.startswith("career.")])
        self.assertNotIn(
            "areer", "".join(filter(None, wizards.log_id.mapped("records_description")))
        )
        # an adviser who is erased takes nobody's conversation along
        adviser.unlink()
        self.assertTrue(talk.sudo().exists())

    def test_who_works_here_is_archived_first(self):
        line = self._line(self._look_up())
        with self.assertRaises(UserError):
            line.action_unlink()
        self.assertEqual(self.wish.motivation, "Mine")

    def test_archive_ends_and_delete_erases(self):
        talk = self.env["career.conversation"].create(
            {"employee_id": self.worker.id, "channel_id": self.line.id}
        )
        wizard = self._look_up()
        line = self._line(wizard)
        line.action_archive_all()
        self.assertFalse(self.worker.active)
        self.assertEqual(talk.state, "cancelled")
        documents = write_everywhere(self.env, self.worker, MARK)
        self.assertTrue(where_found(self.env, MARK))
        line.action_unlink_all()
        self.assertTrue(line.is_unlinked)
        self.assertFalse(self.worker.exists())
        self.assertEqual(where_found(self.env, MARK), [])
        self.env.invalidate_all()
        for records in documents.values():
            for record in records.exists():
                self.assertTrue(record.anonymised_on)
                self.assertFalse(record.employee_id)
        self.assertEqual(self.other_wish.motivation, "Mine")
        self.assertIn("W****", wizard.log_id.anonymized_name)

    def test_person_with_a_login(self):
        """The employee goes before the user and the contact."""
        partner = self.employee.user_id.partner_id
        partner.email = "employee@example.com"
        wish = self.env["career.aspiration"].create(
            {"employee_id": self.employee.id, "direction": "stay", "motivation": MARK}
        )
        self.employee.action_archive()
        wizard = self._look_up(partner.name, "employee@example.com")
        lines = wizard.line_ids.filtered(
            lambda rec: rec.res_model in ("hr.employee", "res.users")
        )
        self.assertEqual(len(lines), 2)
        lines.action_unlink_all()
        self.assertFalse(wish.motivation)
        self.assertFalse(wish.employee_id)
        self.assertEqual(where_found(self.env, MARK), [])
