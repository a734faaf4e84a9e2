from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import CareerCommon


@tagged("post_install", "-at_install")
class TestStory(CareerCommon):
    """The main job from end to end: wish, conversation, plan, follow-up."""

    def test_from_wish_to_evaluated_plan(self):
        wish = self._model("career.aspiration", self.employee).create(
            {"direction": "lateral", "motivation": "See more of the company"}
        )
        self.assertFalse(self._readable(wish, self.manager))
        wish.share_n1 = True
        wish.action_activate()
        self.assertTrue(self._readable(wish, self.manager))

        conversation = self._conversation()
        self.assertEqual(conversation.conductor_id, self.manager)
        self.assertEqual(conversation.initiator, "employee")
        held_by = self._as(conversation, self.manager)
        start = fields.Datetime.now() + timedelta(days=7)
        held_by.date_start = start
        held_by.action_plan()
        self.assertEqual(conversation.state, "planned")
        event = conversation.sudo().event_id
        self.assertEqual(event.privacy, "private")
        self.assertEqual(
            event.partner_ids,
            (self.employee.user_id | self.manager.user_id).partner_id,
        )

        mine = conversation.my_preparation_id
        mine.action_load_questions()
        self.assertTrue(mine.answer_ids)
        mine.answer_ids[0].answer = "Working with people"
        mine.action_ready()
        with self.assertRaises(AccessError):
            self._as(mine, self.manager).read(["note"])
        mine.action_share()
        self.assertTrue(self._readable(mine, self.manager))
        held_by.my_preparation_id.action_ready()

        with self.assertRaises(UserError):
            held_by.action_hold()
        held_by.action_hold("develop")
        self.assertEqual(conversation.state, "held")
        held_by.report = "<p>We talked about planning.</p>"
        held_by.action_confirm_report()
        conversation.action_confirm_report()
        self.assertTrue(conversation.employee_confirmed)

        plan = conversation.action_create_plan()
        plan.write(
            {
                "need_ids": [(0, 0, {"name": "Plan a shift"})],
                "action_ids": [
                    (0, 0, {"name": name, "deadline": plan.date_end})
                    for name in ("One", "Two", "Three", "Four", "Five")
                ],
            }
        )
        need = self.env["career.plan.need"].with_env(plan.env)
        need = need.create(
            {"plan_id": plan.id, "behaviour_wanted": "I speak first\nin the meeting"}
        )
        self.assertEqual(need.name, "I speak first")
        plan.action_propose()
        plan.action_sign()
        with self.assertRaises(UserError):
            plan.action_sign()
        self._as(plan, self.manager).action_sign()
        self.assertEqual(plan.state, "agreed")
        with self.assertRaises(AccessError):
            plan.action_ids[0].weight = 5
        plan.action_ids[:4].action_done()
        self.assertEqual(plan.realisation_rate, 80.0)
        self.assertTrue(plan.is_target_met)
        self.assertEqual(plan.track, "reached")

        with self.assertRaises(UserError):
            held_by.action_close()
        route = conversation.unsettled_route_ids
        self.assertEqual(route.recipient_role, "n2")
        feedback = held_by.action_write_feedback(route)
        feedback.body = "<p>It was a good talk.</p>"
        self.assertFalse(self._readable(feedback, self.employee))
        feedback.action_send()
        self.assertTrue(self._readable(feedback, self.employee))
        self.assertTrue(self._readable(feedback, self.director))
        held_by.action_close()
        self.assertEqual(conversation.state, "closed")

        with self.assertRaises(UserError):
            plan.action_evaluate()
        plan.action_ids[4].action_drop("No room this year")
        self._as(plan.action_ids[4], self.manager).action_agree_drop()
        plan.action_evaluate()
        self.assertEqual(plan.state, "evaluated")
        self.assertEqual(plan.realisation_rate, 100.0)
