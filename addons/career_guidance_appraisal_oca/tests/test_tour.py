from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import OcaCommon


@tagged("post_install", "-at_install")
class TestTour(OcaCommon, HttpCase):
    """A manager does appraisal, career part and plan in one flow, in the browser."""

    def _tour(self, name, person):
        action = "action-hr_appraisal_oca.hr_appraisal_action_form"
        url = f"/odoo/{action}/{self.appraisal.id}"
        self.start_tour(url, name, login=person.user_id.login)
        self.env.invalidate_all()

    def test_combined(self):
        with mute_logger("odoo.http"):  # the refusal that the tour provokes
            self._tour("career_appraisal_combined", self.manager)
        self.assertEqual(self.appraisal.state, "3_done")
        conversation = self._linked()
        self.assertEqual(conversation.state, "held")
        self.assertEqual(conversation.outcome, "develop")
        self.assertEqual(conversation.plan_id.title, "From the appraisal")
        self._tour("career_appraisal_employee", self.employee)

    def test_separate(self):
        self.company.career_appraisal_mode = "separate"
        self._tour("career_appraisal_separate", self.manager)
        self.assertEqual(self.appraisal.state, "3_done")
        self.assertFalse(self._linked())
        conversation = self.env["career.conversation"].search(
            [("employee_id", "=", self.employee.id)]
        )
        self.assertEqual(conversation.outcome, "no_change")
        self.assertTrue(conversation.plan_id)

    def test_hr_officer(self):
        """HR of the appraisals sees the page and nothing of the career records."""
        self._see(self.manager)._career_record_outcome("move")
        self._see(self.manager).button_career_plan()
        self.appraisal.state = "2_pending"
        self._tour("career_appraisal_officer", self.appraisal_officer)
        self.assertEqual(self.appraisal.state, "3_done")
