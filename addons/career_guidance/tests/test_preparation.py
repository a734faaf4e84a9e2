from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import CareerCommon


@tagged("post_install", "-at_install")
class TestPreparation(CareerCommon):
    """Private until shared; on paper; recorded for who has no user."""

    def _sides(self, conversation):
        prepared = {p.role: p for p in conversation.sudo().preparation_ids}
        return (
            self._as(prepared["employee"], self.employee),
            self._as(prepared["conductor"], self.manager),
        )

    def test_private_ready_shared(self):
        conversation = self._conversation()
        mine, theirs = self._sides(conversation)
        mine.action_load_questions()
        theirs.action_load_questions()
        self.assertNotEqual(mine.question_set_id, theirs.question_set_id)
        mine.answer_ids[0].answer = "Planning"
        for other in (self.manager, self.director, self.officer, self.peer):
            self.assertFalse(self._readable(mine, other))
            self.assertFalse(self._readable(mine.answer_ids[0], other))
        with self.assertRaises(AccessError):
            self._as(mine, self.manager).action_share()
        with self.assertRaises(AccessError):
            self._as(mine, self.manager).action_ready()
        mine.action_ready()
        self.assertFalse(self._readable(mine, self.manager))
        self.assertEqual(
            self._as(conversation, self.manager).preparation_status,
            "The employee is ready",
        )
        mine.action_share()
        mine.action_share()
        self.assertTrue(self._readable(mine, self.manager))
        self.assertFalse(self._readable(mine, self.director))
        with self.assertRaises(AccessError):
            self._as(mine, self.manager).note = "x"
        with self.assertRaises(AccessError):
            self._as(mine.answer_ids[0], self.manager).answer = "x"
        mine.action_unshare()
        self.assertFalse(self._readable(mine, self.manager))
        events = mine.history_ids.mapped("event")
        self.assertIn("share", events)
        self.assertIn("unshare", events)

    def test_shared_stays_shared_once_held(self):
        conversation = self._conversation()
        mine, _theirs = self._sides(conversation)
        mine.action_share()
        held_by = self._as(conversation, self.manager)
        held_by.action_plan(self._weekday())
        held_by.action_hold("no_change")
        with self.assertRaises(UserError):
            mine.action_unshare()
        with self.assertRaises(AccessError):
            mine.state = "private"

    def _weekday(self):
        day = fields.Datetime.now() + timedelta(days=7)
        return day + timedelta(days={5: 2, 6: 1}.get(day.weekday(), 0))

    def test_the_guide_writes_nothing_after_the_end(self):
        conversation = self._conversation()
        mine, theirs = self._sides(conversation)
        theirs.action_share()
        conversation.action_cancel("Not now")
        with self.assertRaises(AccessError):
            theirs.note = "<p>Later remark</p>"
        mine.note = "<p>For myself</p>"
        self.assertIn("For myself", mine.note)

    def test_preparations_are_told_apart_by_their_conversation(self):
        """The day of the conversation, for both sides, the latest first."""
        first = self._conversation()
        second = self._conversation()
        day = self._weekday()
        self._as(first, self.manager).action_plan(day + timedelta(days=28))
        self._as(second, self.manager).action_plan(day)
        for conversation in (first, second):
            for side in self._sides(conversation):
                self.assertEqual(side.conversation_date, conversation.date_start)
        mine = self._as(self.env["career.preparation"], self.employee).search(
            [("role", "=", "employee")]
        )
        self.assertEqual(mine.conversation_id.ids, [first.id, second.id])
        outside = mine.with_user(self.director)
        with self.assertRaises(AccessError):
            outside.read(["conversation_date"])

    # -------------------------------------------------------------------- on paper
    def _html(self, report, record):
        html, _kind = (
            self.env["ir.actions.report"]
            .with_user(record.env.user)
            ._render_qweb_html(f"career_guidance.{report}", record.ids)
        )
        return html.decode()

    def test_paper_is_printed_by_who_may_read_it(self):
        conversation = self._conversation()
        mine, _theirs = self._sides(conversation)
        mine.action_load_questions()
        mine.answer_ids[0].answer = "Working with plants"
        self.assertIn("Working with plants", self._html("report_preparation", mine))
        self.assertEqual(len(mine._career_paper_lines()), 12)
        with self.assertRaises(AccessError):
            self._html("report_preparation", self._as(mine, self.manager))
        blank = self._html(
            "report_conversation_workbook", self._as(conversation, self.manager)
        )
        self.assertNotIn("Working with plants", blank)
        self.assertIn(mine.answer_ids[0].question.split("?")[0], blank)
        with self.assertRaises(AccessError):
            self._html(
                "report_conversation_workbook", self._as(conversation, self.director)
            )

    def test_report_is_printed_by_who_may_read_it(self):
        conversation = self._conversation()
        held_by = self._as(conversation, self.manager)
        held_by.kind = "informal"
        held_by.action_hold("develop")
        held_by.report = "<p>Learns to plan</p>"
        for who in (self.employee, self.manager):
            html = self._html("report_conversation", self._as(conversation, who))
            self.assertIn("Learns to plan", html)
        for who in (self.director, self.officer, self.peer):
            with self.assertRaises(AccessError):
                self._html("report_conversation", self._as(conversation, who))
        conversation.share_n2 = True
        self.assertIn(
            "Learns to plan",
            self._html("report_conversation", self._as(conversation, self.director)),
        )
        self.assertFalse(
            self.env["ir.attachment"].search(
                [("res_model", "=", "career.conversation")]
            )
        )

    # ----------------------------------------------------- employees without a user
    def _without_user(self):
        worker = self.env["hr.employee"].create(
            {
                "name": "Worker",
                "company_id": self.company.id,
                "parent_id": self.manager.id,
            }
        )
        return self._model("career.conversation", self.manager).create(
            {"employee_id": worker.id, "channel_id": self.line.id}
        )

    def _recorder(self, conversation, who=None):
        return (
            self._model("career.preparation.record", who or self.manager)
            .with_context(active_id=conversation.id)
            .create({"conversation_id": conversation.id})
        )

    def test_guide_records_answers_of_who_has_no_user(self):
        conversation = self._without_user()
        preparation = conversation.sudo().preparation_ids.filtered(
            lambda p: p.role == "employee"
        )
        self.assertFalse(self._readable(preparation, self.manager))
        recorder = self._recorder(conversation)
        self.assertTrue(recorder.line_ids)
        recorder.line_ids[0].answer = "I like the garden"
        with self.assertRaises(UserError):
            recorder.action_record()
        recorder.is_agreed = True
        recorder.action_record()
        self.assertEqual(preparation.recorded_by, self.manager.user_id.name)
        self.assertEqual(preparation.state, "shared")
        self.assertTrue(self._readable(preparation, self.manager))
        self.assertFalse(self._readable(preparation, self.director))
        self.assertFalse(preparation.date_recording_confirmed)
        with self.assertRaises(AccessError):
            self._as(preparation, self.manager).action_confirm_recording()
        with self.assertRaises(AccessError):
            self._as(preparation, self.manager).note = "<p>Changed</p>"
        # later the employee gets a login, and confirms
        worker = self._person("worker_login")
        user = worker.user_id
        worker.user_id = False
        conversation.employee_id.sudo().user_id = user
        preparation.with_user(user).action_confirm_recording()
        self.assertTrue(preparation.date_recording_confirmed)

    def test_recording_is_refused(self):
        conversation = self._conversation()
        with self.assertRaises(UserError):
            self._recorder(conversation)
        without = self._without_user()
        with self.assertRaises(AccessError):
            self._recorder(without, self.director)
        recorder = self._recorder(without)
        recorder.is_agreed = True
        with self.assertRaises(UserError):
            recorder.action_record()

    def test_own_preparation_is_not_overwritten(self):
        conversation = self._without_user()
        preparation = conversation.sudo().preparation_ids.filtered(
            lambda p: p.role == "employee"
        )
        preparation.date_ready = fields.Datetime.now()
        recorder = self._recorder(conversation)
        recorder.is_agreed = True
        recorder.line_ids[0].answer = "Something else"
        with self.assertRaises(UserError):
            recorder.action_record()

    def test_confirmation_is_recorded_for_who_has_no_user(self):
        conversation = self._without_user()
        conversation.kind = "informal"
        conversation.action_hold("no_change")
        conversation.report = "<p>All may stay as it is.</p>"
        with self.assertRaises(AccessError):
            self._as(conversation, self.director).action_record_confirmation()
        conversation.action_record_confirmation()
        self.assertTrue(conversation.employee_confirmed)
        self.assertEqual(
            conversation.confirmation_recorded_by, self.manager.user_id.name
        )
        conversation.report = "<p>Something changes.</p>"
        self.assertFalse(conversation.confirmation_recorded_by)
        with_user = self._conversation()
        held_by = self._as(with_user, self.manager)
        held_by.kind = "informal"
        held_by.action_hold("no_change")
        with self.assertRaises(UserError):
            held_by.action_record_confirmation()
