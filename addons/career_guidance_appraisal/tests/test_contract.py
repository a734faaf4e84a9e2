from datetime import timedelta

from odoo import fields
from odoo.tests import Form, tagged

# the module, not the class: pytest would run the cases of an imported base by itself
from odoo.addons.career_guidance.tests import appraisal_cases


@tagged("post_install", "-at_install")
class TestContract(appraisal_cases.AppraisalCases):
    """The contract of the career part, with whatever ``hr_appraisal`` is there.

    In this project that is a stand-in with Enterprise's public names
    (``tests/addons/hr_appraisal``), not Enterprise's module.
    """

    allow_inherited_tests_method = True
    appraisal_user_group = "base.group_user"
    appraisal_officer_group = "hr_appraisal.group_hr_appraisal_user"

    def test_form_opens_and_saves(self):
        for person in (self.employee, self.manager, self.appraisal_officer):
            with Form(self._see(person)) as form:
                self.assertEqual(form.career_mode, "combined")
                form.date_close = fields.Date.today()

    def test_meeting_in_a_field_of_the_appraisal(self):
        """A meeting that is put on the appraisal becomes the conversation's."""
        names = self.env["hr.appraisal"]._career_meeting_fields()
        if not names:
            self.skipTest("this appraisal model keeps no meetings")
        conversation = self._start()
        self._as(conversation, self.manager).action_plan(
            fields.Datetime.now() + timedelta(days=2)
        )
        own = conversation.event_id
        meeting = self._meeting(4)
        self.appraisal.write({names[0]: [(4, meeting.id)]})
        self.assertEqual(conversation.event_id, meeting)
        self.assertFalse(own.exists())
