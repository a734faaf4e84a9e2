from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import CareerCommon


@tagged("post_install", "-at_install")
class TestPlanTour(CareerCommon, HttpCase):
    """From the conversation to the evaluation, as two people in a browser."""

    def test_from_conversation_to_evaluation(self):
        conversation = self._conversation()
        held_by = self._as(conversation, self.manager)
        held_by.date_start = fields.Datetime.now() + timedelta(days=1)
        held_by.action_plan()
        held_by.action_hold("develop")
        self.start_tour(
            f"/odoo/my-conversations/{conversation.id}",
            "career_plan_employee_makes",
            login="career_employee",
        )
        plan = conversation.plan_id
        self.assertEqual((plan.state, len(plan.action_ids)), ("proposed", 1))
        self.assertTrue(plan.employee_signed_on)
        self.assertFalse(plan.conductor_signed_on)
        url = f"/odoo/career-plans/{plan.id}"
        self.start_tour(url, "career_plan_manager_signs", login="career_manager")
        self.assertEqual(plan.state, "agreed")
        self.start_tour(url, "career_plan_employee_does", login="career_employee")
        self.assertEqual(plan.action_ids.state, "done")
        self.start_tour(url, "career_plan_manager_evaluates", login="career_manager")
        self.assertEqual((plan.state, plan.track), ("evaluated", "reached"))
