from odoo.tests import HttpCase, tagged

from .common import CareerCommon


@tagged("post_install", "-at_install")
class TestConversationTours(CareerCommon, HttpCase):
    """The story of each channel in the web client, played by the real users."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # to-dos about the groups that the set-up gave
        cls.known_todos = cls.env["mail.activity"].search([])

    def _play(self, tour, who, path="career-conversations", record=None):
        url = f"/odoo/{path}"
        if record is not None:
            url += f"/{record.id}" if record else "/new"
        self.start_tour(url, tour, login=who.user_id.login)
        self.env.invalidate_all()

    def _request(self, channel):
        none = self.env["career.conversation"]
        self._play(
            f"career_request_{channel.code}", self.employee, "my-conversations", none
        )
        conversation = none.search([("employee_id", "=", self.employee.id)])
        self.assertEqual(conversation.channel_id, channel)
        self.assertEqual(conversation.request, "What could be my next step?")
        return conversation

    def _sees_nothing(self, *people):
        self._knows_nothing(*people)
        for who in people:
            self._play("career_uninvolved_sees_nothing", who)

    def _knows_nothing(self, *people):
        """No to-do and no event since the story began."""
        users = self.env["res.users"].union(*(who.user_id for who in people))
        todos = self.env["mail.activity"].search([("user_id", "in", users.ids)])
        self.assertFalse(todos - self.known_todos)
        self.assertFalse(
            self.env["calendar.event"].search(
                [("partner_ids", "in", users.partner_id.ids)]
            )
        )

    def _closed(self, conversation):
        self.assertEqual(conversation.state, "closed")
        self.assertEqual(conversation.outcome, "no_change")
        self.assertTrue(conversation.employee_confirmed)
        self.assertEqual(
            conversation.item_ids.mapped("name"), ["Look at it again in spring"]
        )

    def test_line(self):
        conversation = self._request(self.line)
        self._play("career_guide_plan", self.manager, record=conversation)
        self._play("career_prepare", self.employee, "my-conversations", conversation)
        self._play("career_guide_hold", self.manager, record=conversation)
        self._play(
            "career_employee_confirm", self.employee, "my-conversations", conversation
        )
        self._play("career_guide_feedback", self.manager, record=conversation)
        feedback = conversation.feedback_ids
        self.assertEqual(feedback.recipient_user_id, self.director.user_id)
        self._play("career_receiver_reads", self.director, "career-feedback", feedback)
        self._play("career_guide_close", self.manager, record=conversation)
        self._closed(conversation)
        self._sees_nothing(self.new_manager)

    def _test_hidden(self, channel, guide, unaware, take=True):
        conversation = self._request(channel)
        if take:
            self._play("career_guide_take", guide, record=conversation)
        self.assertEqual(conversation.conductor_id, guide)
        self._knows_nothing(*unaware)
        self._play("career_guide_plan", guide, record=conversation)
        self._play("career_guide_placeholder", guide, record=conversation)
        self._knows_nothing(*unaware)
        self._play("career_guide_hold", guide, record=conversation)
        self._play(
            "career_employee_confirm", self.employee, "my-conversations", conversation
        )
        self._play("career_guide_close", guide, record=conversation)
        self._closed(conversation)
        self._knows_nothing(*unaware)
        self._sees_nothing(self.manager)

    def test_staff(self):
        self._test_hidden(self.staff, self.officer, self.manager | self.director)

    def test_management(self):
        self._test_hidden(self.management, self.director, self.manager, take=False)

    def test_coach(self):
        self._test_hidden(self.pool, self.coach, self.manager | self.officer)

    def test_mentor(self):
        self._test_hidden(self.mentoring, self.mentor, self.manager, take=False)

    def test_external(self):
        conversation = self._request(self.external)
        self._play(
            "career_employee_alone", self.employee, "my-conversations", conversation
        )
        self._closed(conversation)
        self._knows_nothing(self.officer)
        self._sees_nothing(self.manager)

    def test_employee_without_login(self):
        worker = self.env["hr.employee"].create(
            {
                "name": "Worker",
                "company_id": self.company.id,
                "parent_id": self.manager.id,
            }
        )
        none = self.env["career.conversation"]
        self._play("career_guide_without_login", self.manager, record=none)
        conversation = none.search([("employee_id", "=", worker.id)])
        self._play("career_guide_feedback", self.manager, record=conversation)
        self._play("career_guide_close", self.manager, record=conversation)
        self._closed(conversation)
        prepared = conversation.preparation_ids
        self.assertEqual(prepared.mapped("recorded_by"), ["Manager"])
        self._sees_nothing(self.new_manager)
