from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import CareerCommon

# a Monday; the standard calendar works from Monday to Friday
NOW = "2026-03-02 07:00:00"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPlanning(CareerCommon):
    """Calendars, free moments, placeholders and stand-ins."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        people = cls.employee | cls.manager | cls.officer | cls.peer
        people.tz = "UTC"
        people.user_id.tz = "UTC"
        cls.company.resource_calendar_id.tz = "UTC"
        cls.start = fields.Datetime.to_datetime("2026-03-10 10:00:00")

    def _planned(self, channel=None, guide=None, start=None):
        conversation = self._conversation(channel)
        held_by = self._as(conversation, guide or self.manager)
        if conversation.is_open_request:
            held_by.action_assign()
        held_by.action_plan(start or self.start)
        return conversation, held_by

    def _events_of(self, who):
        return self.env["calendar.event"].search(
            [("partner_ids", "in", who.user_id.partner_id.ids)]
        )

    def _leave(self, who, start, stop):
        return self.env["resource.calendar.leaves"].create(
            {
                "name": "Away",
                "resource_id": who.resource_id.id,
                "calendar_id": who.resource_calendar_id.id,
                "company_id": self.company.id,
                "date_from": start,
                "date_to": stop,
            }
        )

    def _night(self):
        with self.enter_registry_test_mode():
            self.env.ref(
                "career_guidance.ir_cron_nightly_conversation"
            ).method_direct_trigger()
        self.env.invalidate_all()

    # -------------------------------------------------------------------- in step
    def test_line_event_is_private_and_neutral(self):
        conversation, _held_by = self._planned()
        event = conversation.sudo().event_id
        self.assertEqual(event.privacy, "private")
        self.assertEqual(event.name, "Conversation")
        self.assertFalse(event.res_model)
        self.assertFalse(event.description)
        self.assertEqual(event.user_id, self.manager.user_id)
        self.env.invalidate_all()
        colleague = self._as(event, self.peer)
        self.assertEqual(colleague.name, "Busy")
        with self.assertRaises(AccessError):
            colleague.write({"name": "x"})

    def test_moved_in_the_calendar(self):
        conversation, _held_by = self._planned()
        event = self._as(conversation.sudo().event_id, self.employee)
        later = self.start + timedelta(days=1)
        event.write({"start": later, "stop": later + timedelta(hours=2)})
        self.assertEqual(conversation.date_start, later)
        self.assertEqual(conversation.duration, 2)
        todo = self.env["mail.activity"].search(
            [("career_key", "=", conversation.sudo()._career_todo_key("moved"))]
        )
        self.assertEqual(todo.user_id, self.manager.user_id)
        past = fields.Datetime.now() - timedelta(days=2)
        with self.assertRaises(UserError):
            event.write({"start": past, "stop": past + timedelta(hours=1)})

    def test_event_deleted_by_hand(self):
        for way in ("unlink", "action_archive"):
            with self.subTest(way=way):
                conversation, held_by = self._planned()
                event = conversation.sudo().event_id
                getattr(self._as(event, self.manager), way)()
                self.assertEqual(conversation.state, "requested")
                self.assertFalse(conversation.sudo().event_id)
                self.assertFalse(event.exists().active)
                held_by.action_plan(self.start)
                self.assertTrue(conversation.sudo().event_id)

    def test_lost_event_heals_at_night(self):
        conversation, _held_by = self._planned()
        conversation.sudo().event_id._career_unlink_synced()
        self.assertEqual(conversation.state, "planned")
        self.assertFalse(conversation.sudo().event_id)
        self._night()
        self.assertEqual(conversation.sudo().event_id.start, self.start)

    def test_held_conversation_does_not_follow_its_event(self):
        conversation, held_by = self._planned()
        held_by.action_hold("no_change")
        event = conversation.sudo().event_id
        event.write({"start": self.start + timedelta(days=1)})
        self.assertEqual(conversation.date_start, self.start)
        event.unlink()
        self.assertEqual(conversation.state, "held")

    # ---------------------------------------------------------------------- hidden
    def test_hidden_channels_leave_no_trace(self):
        before = self.env["calendar.event"].search_count([])
        for channel, guide in (
            (self.staff, self.officer),
            (self.pool, self.coach),
            (self.management, self.director),
        ):
            self._planned(channel, guide)
        self.assertEqual(self.env["calendar.event"].search_count([]), before)

    def test_placeholders_are_apart(self):
        conversation, held_by = self._planned(self.staff, self.officer)
        held_by.action_add_placeholder()
        self.assertTrue(held_by.has_my_placeholder)
        self.assertFalse(conversation.has_my_placeholder)
        self.assertFalse(self._events_of(self.employee))
        conversation.action_add_placeholder()
        conversation.action_add_placeholder()
        mine, other = self._events_of(self.employee), self._events_of(self.officer)
        self.assertEqual((len(mine), len(other)), (1, 1))
        self.assertFalse(mine & other)
        self.assertEqual(mine.partner_ids, self.employee.user_id.partner_id)
        self.assertEqual(mine.user_id, self.employee.user_id)
        self.assertEqual(mine.name, "Busy")
        self.assertFalse(mine.res_model)
        held_by.action_plan(self.start + timedelta(days=1))
        self.assertEqual(mine.start, self.start + timedelta(days=1))
        conversation.action_remove_placeholder()
        self.assertFalse(mine.exists())
        self.assertTrue(other.exists())
        conversation.action_cancel("No longer needed")
        self.assertFalse(other.exists())

    def test_placeholder_of_the_old_guide_goes(self):
        second = self._person(
            "second", groups="base.group_user,career_guidance.group_career_officer"
        )
        _conversation, held_by = self._planned(self.staff, self.officer)
        held_by.action_add_placeholder()
        held_by.action_assign(second.user_id)
        self.assertFalse(self._events_of(self.officer))

    def test_placeholder_refused(self):
        conversation, held_by = self._planned()
        with self.assertRaises(UserError):
            held_by.action_add_placeholder()
        hidden, _guide = self._planned(self.staff, self.officer)
        with self.assertRaises(AccessError):
            self._as(hidden, self.manager).action_add_placeholder()
        with self.assertRaises(AccessError):
            hidden.read(["conductor_event_id"])
        with self.assertRaises(AccessError):
            hidden.search([("conductor_event_id", "!=", False)])
        conversation.action_cancel("No")
        with self.assertRaises(UserError):
            held_by.action_remove_placeholder()

    # --------------------------------------------------------------------- moments
    def test_slots_from_hours_leave_and_calendars(self):
        conversation = self._conversation()
        held_by = self._as(conversation, self.manager)
        slots = held_by._career_slots()
        self.assertEqual(len(slots), 12)
        self.assertEqual(slots[0], fields.Datetime.to_datetime("2026-03-03 08:00:00"))
        self.assertTrue(all(slot.weekday() < 5 for slot in slots))
        self._leave(self.employee, "2026-03-03 00:00:00", "2026-03-03 23:59:59")
        self.env["calendar.event"].create(
            {
                "name": "Elsewhere",
                "start": "2026-03-04 08:00:00",
                "stop": "2026-03-04 10:00:00",
                "partner_ids": [(6, 0, self.manager.user_id.partner_id.ids)],
            }
        )
        slots = held_by._career_slots()
        self.assertEqual(slots[0], fields.Datetime.to_datetime("2026-03-04 10:00:00"))

    def test_hidden_slots_lie_outside_the_shift(self):
        self.employee.career_shift_work = True
        conversation = self._conversation(self.staff)
        held_by = self._as(conversation, self.officer)
        held_by.action_assign()
        slots = held_by._career_slots()
        self.assertTrue(slots)
        for slot in slots:
            # the standard day is 8-12 and 13-17
            end = slot + timedelta(hours=1)
            self.assertFalse(8 <= slot.hour < 12 or 13 <= slot.hour < 17, slot)
            self.assertFalse(8 < end.hour <= 12 or 13 < end.hour <= 17, end)
        self.assertIn("outside the shift", held_by.planning_hint)
        line = self._as(self._conversation(), self.manager)
        self.assertTrue(all(8 <= s.hour < 17 for s in line._career_slots()))

    def test_slot_wizard_plans(self):
        conversation = self._conversation()
        held_by = self._as(conversation, self.manager)
        action = held_by.button_propose_slots()
        wizard = self._model(action["res_model"], self.manager).browse(action["res_id"])
        self.assertEqual(len(wizard.line_ids), 12)
        # 8 o'clock UTC of the third of March, as the manager reads it
        self.assertEqual(wizard.line_ids[0].moment, "Tuesday 3 March, 08:00 – 09:00")
        wizard.duration = 2
        wizard.action_refresh()
        wizard.line_ids[1].action_choose()
        self.assertEqual(conversation.state, "planned")
        self.assertEqual(conversation.duration, 2)
        with self.assertRaises(AccessError):
            conversation.button_propose_slots()
        with self.assertRaises(AccessError):
            self._model("career.slot.wizard", self.peer).create(
                {"conversation_id": conversation.id, "duration": 1}
            )

    def test_absent_is_refused(self):
        for who in (self.employee, self.manager):
            with self.subTest(who=who.name):
                leave = self._leave(who, "2026-03-10 00:00:00", "2026-03-10 23:00:00")
                conversation = self._conversation()
                held_by = self._as(conversation, self.manager)
                with self.assertRaisesRegex(UserError, "absent"):
                    held_by.action_plan(self.start)
                self.assertEqual(conversation.state, "requested")
                leave.unlink()
                held_by.action_plan(self.start)

    def test_company_duration(self):
        self.company.career_duration = 1.5
        self.assertEqual(self._conversation().duration, 1.5)

    # ------------------------------------------------------------------ preparation
    def test_preparation_is_offered_in_time(self):
        conversation, _held_by = self._planned(
            start=fields.Datetime.to_datetime("2026-04-15 10:00:00")
        )
        key = conversation.sudo()._career_todo_key("prepare")
        todos = self.env["mail.activity"].search([("career_key", "=", key)])
        self.assertFalse(todos)
        self._night()
        self.assertFalse(todos.search([("career_key", "=", key)]))
        with freeze_time("2026-03-20 02:00:00"):
            self._night()
            todos = todos.search([("career_key", "=", key)])
            self.assertEqual(
                todos.user_id, self.employee.user_id | self.manager.user_id
            )
            self.assertEqual(
                set(todos.mapped("summary")),
                {"Career guidance: there is something for you"},
            )
            todos.unlink()
            self._night()
            self.assertFalse(todos.search([("career_key", "=", key)]))

    def test_preparation_days_of_the_company(self):
        self.company.career_prepare_days = 5
        conversation, _held_by = self._planned()
        self.assertFalse(conversation.sudo().prepare_offered)
        with freeze_time("2026-03-06 02:00:00"):
            self._night()
            self.assertTrue(conversation.sudo().prepare_offered)

    # -------------------------------------------------------------------- stand-in
    def test_stand_in_is_told_no_more_than_needed(self):
        job = self.env["hr.job"].create({"name": "Nurse", "career_shift_work": True})
        self.manager.job_id = job
        conversation, held_by = self._planned()
        self.assertTrue(held_by.is_stand_in_needed)
        self.assertIn("takes over", held_by.stand_in_warning)
        held_by.stand_in_id = self.peer
        self.assertFalse(held_by.stand_in_warning)
        event = self._events_of(self.peer)
        self.assertEqual(event.name, "Replacement needed")
        self.assertEqual(event.user_id, self.peer.user_id)
        self.assertEqual(event.partner_ids, self.peer.user_id.partner_id)
        self.assertFalse(event.description)
        self.assertEqual(event.start, self.start)
        todo = self.env["mail.activity"].search(
            [("user_id", "=", self.peer.user_id.id)]
        )
        self.assertEqual(todo.summary, "Replacement needed: see your calendar")
        self.assertFalse(todo.note)
        self.assertFalse(self._readable(conversation, self.peer))
        held_by.action_plan(self.start + timedelta(days=1))
        self.assertEqual(event.start, self.start + timedelta(days=1))
        todo = self.env["mail.activity"].search(
            [("user_id", "=", self.peer.user_id.id)]
        )
        self.assertEqual(todo.date_deadline, (self.start + timedelta(days=1)).date())
        held_by.stand_in_id = self.new_manager
        self.assertFalse(event.exists())
        self.assertTrue(self._events_of(self.new_manager))
        held_by.action_cancel("Ill")
        self.assertFalse(self._events_of(self.new_manager))

    def test_stand_in_for_the_employee_as_well(self):
        (self.employee | self.manager).career_shift_work = True
        _conversation, held_by = self._planned()
        held_by.write(
            {
                "stand_in_id": self.new_manager.id,
                "employee_stand_in_id": self.peer.id,
            }
        )
        self.assertTrue(self._events_of(self.new_manager))
        self.assertTrue(self._events_of(self.peer))

    def test_stand_in_absent_or_busy(self):
        self.employee.career_shift_work = True
        _conversation, held_by = self._planned()
        self.env["calendar.event"].create(
            {
                "name": "Course",
                "start": self.start,
                "stop": self.start + timedelta(hours=1),
                "partner_ids": [(6, 0, self.peer.user_id.partner_id.ids)],
            }
        )
        held_by.stand_in_id = self.peer
        self.assertIn("something else", held_by.stand_in_warning)
        self.assertNotIn("Course", held_by.stand_in_warning)
        self.assertFalse(self._as(held_by, self.employee).stand_in_warning)
        self._leave(self.peer, "2026-03-10 00:00:00", "2026-03-10 23:00:00")
        held_by.invalidate_recordset()
        self.assertIn("absent", held_by.stand_in_warning)

    def test_stand_in_who_deletes_the_invitation(self):
        self.employee.career_shift_work = True
        _conversation, held_by = self._planned()
        held_by.stand_in_id = self.peer
        self._as(self._events_of(self.peer), self.peer).unlink()
        self.assertFalse(held_by.stand_in_id)
        self.assertIn("takes over", held_by.stand_in_warning)

    def test_stand_in_may_be_required(self):
        self.employee.career_shift_work = True
        self.company.career_stand_in_required = True
        conversation = self._conversation()
        held_by = self._as(conversation, self.manager)
        with self.assertRaisesRegex(UserError, "stand-in"):
            held_by.action_plan(self.start)
        held_by.stand_in_id = self.peer
        held_by.action_plan(self.start)
        self.assertEqual(conversation.state, "planned")

    def test_stand_in_refused(self):
        _conversation, held_by = self._planned()
        with self.assertRaises(ValidationError):
            held_by.stand_in_id = self.employee
        _hidden, guide = self._planned(self.staff, self.officer)
        with self.assertRaises(ValidationError):
            guide.stand_in_id = self.peer
        with self.assertRaises(AccessError):
            self._as(held_by, self.employee).stand_in_id = self.peer

    def test_shift_mark_is_not_public(self):
        self.employee.career_shift_work = True
        with self.assertRaises(AccessError):
            self._as(self.employee, self.peer).read(["career_shift_work"])

    def test_form_of_the_guide_with_stand_in(self):
        self.employee.career_shift_work = True
        _conversation, held_by = self._planned()
        with Form(held_by) as form:
            form.stand_in_id = self.peer
        self.assertEqual(held_by.stand_in_id, self.peer)
