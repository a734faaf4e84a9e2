from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import OcaCommon


@tagged("post_install", "-at_install")
class TestOca(OcaCommon):
    """What is particular to the appraisal module of the OCA."""

    # -------------------------------------------------------------- the missing rule
    def test_user_without_appraisal_group(self):
        """The module leaves all appraisals open to who has none of its groups."""
        stranger = self._person("stranger")
        mine = self._as(self.appraisal, stranger)
        self.assertFalse(self._readable(self.appraisal, stranger))
        for operation in ("read", "write", "unlink"):
            self.assertFalse(mine.has_access(operation), operation)
        with self.assertRaises(AccessError):
            mine.read(["employee_feedback"])
        with self.assertRaises(AccessError):
            mine.write({"note": "<p>Mine now</p>"})
        with self.assertRaises(AccessError):
            self._model("hr.appraisal", stranger).create(
                self._appraisal_values(self.employee, self.manager)
            )
        self.assertFalse(self._model("hr.appraisal", stranger).search_count([]))

    def test_who_has_a_part_keeps_it(self):
        """With and without the group: employee, manager and the line above."""
        group = self.env.ref(self.appraisal_user_group)
        for _round in range(2):
            for person in (self.employee, self.manager, self.director):
                self.assertTrue(self._readable(self.appraisal, person), person.name)
                self.assertTrue(self._as(self.appraisal, person).has_access("write"))
            self.assertTrue(self._readable(self.appraisal, self.appraisal_officer))
            self.assertFalse(self._readable(self.appraisal, self.peer))
            group.user_ids = False

    def test_visible_to_managers_only(self):
        """The rule opens nothing that the module hides from its own users."""
        self.appraisal.visibility = "manager"
        for _round in range(2):
            self.assertTrue(self._readable(self.appraisal, self.manager))
            for person in (self.employee, self.director):
                self.assertFalse(self._readable(self.appraisal, person), person.name)
            self.env.ref(self.appraisal_user_group).user_ids = False

    # ------------------------------------------------------------------- real forms
    def _form(self, person, appraisal):
        """The module's form compares with ``uid``, which the web client brings."""
        self.env.invalidate_all()
        mine = self._as(appraisal, person)
        return Form(mine.with_context(uid=person.user_id.id))

    def test_forms_of_every_role(self):
        """The real form opens, shows the career page and saves, for each role."""
        for person in (self.employee, self.manager, self.appraisal_officer):
            with self._form(person, self.appraisal) as form:
                self.assertEqual(form.career_mode, "combined")
                form.tag_ids = self.env["hr.appraisal.tag"]
            self.assertEqual(self._see(person).career_role, form.career_role)
        form = self._form(self.manager, self.env["hr.appraisal"])
        form.employee_id = self._model("hr.employee", self.manager).browse(
            self.employee.id
        )
        form.date_close = fields.Date.today()
        self.assertEqual(form.career_role, "conductor")
        form.save()

    def test_buttons_of_the_module(self):
        """Confirm, done and reopen go through the same check."""
        seen = self._see(self.manager)
        seen.action_confirm()
        messages = self.env["mail.mail"].search_count([])
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self._see(self.manager).action_done()
        self.assertEqual(self.env["mail.mail"].search_count([]), messages)
        self.assertEqual(self.appraisal.state, "2_pending")
        self._see(self.manager)._career_record_outcome("decide_later")
        self._see(self.appraisal_officer).action_done()
        self.assertEqual(self.appraisal.state, "3_done")
        self._see(self.manager).action_back()
        self._see(self.manager).write({"state": "3_done"})

    def test_nothing_in_the_chatter(self):
        """Outcome and plan leave no trace in messages, followers or activities."""
        seen = self._see(self.manager)
        seen.action_confirm()
        before = self.appraisal.message_ids
        followers = self.appraisal.message_follower_ids
        activities = self.appraisal.activity_ids
        seen._career_record_outcome("move")
        self._see(self.manager).button_career_plan()
        self.env.invalidate_all()
        self.assertEqual(self.appraisal.message_ids, before)
        self.assertEqual(self.appraisal.message_follower_ids, followers)
        self.assertEqual(self.appraisal.activity_ids, activities)
