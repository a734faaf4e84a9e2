from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common_cycle import CycleCommon


@tagged("post_install", "-at_install")
class TestParticipation(CycleCommon):
    """The list follows the line, and tells nothing about anything else."""

    def setUp(self):
        super().setUp()
        self.cycle = self._cycle()
        self.part = self._part(self.cycle, self.employee)

    # -------------------------------------------------------------------- audience
    def test_who_reads(self):
        for reader in (self.employee, self.manager, self.director, self.officer):
            self.assertTrue(self._readable(self.part, reader), reader.name)
        for stranger in (
            self.peer,
            self.new_manager,
            self.coach,
            self.admin_person,
            self.other_officer,
            self.third_employee,
        ):
            self.assertFalse(self._readable(self.part, stranger), stranger.name)

    def test_readers_shown_are_those_of_the_rules(self):
        mine = self._as(self.part, self.employee)
        users = self.env["res.users"].search([("login", "=like", "career_%")])
        allowed = users.filtered(
            lambda u: (
                self.part.with_user(u)
                .with_context(allowed_company_ids=u.company_ids.ids)
                .has_access("read")
            )
        )
        self.assertEqual(mine.reader_ids & users, allowed)

    def test_plain_writes_are_refused(self):
        for who in (self.employee, self.manager, self.director, self.officer):
            for vals in (
                {"state": "held"},
                {"date_arranged": fields.Datetime.now()},
                {"date_excused": fields.Datetime.now()},
                {"employee_id": self.peer.id},
                {"n1_user_id": who.user_id.id},
                {"share_n1": True},
            ):
                with self.assertRaises(AccessError):
                    self._as(self.part, who).write(vals)
        self._as(self.part, self.manager).deadline = self.today
        self._as(self.part, self.officer).deadline = self.today
        with self.assertRaises(AccessError):
            self._as(self.part, self.employee).deadline = self.today

    def test_only_hr_adds_by_hand(self):
        newcomer = self._person("newcomer", parent=self.manager)
        vals = {"cycle_id": self.cycle.id, "employee_id": newcomer.id}
        for who in (newcomer, self.manager, self.director, self.other_officer):
            with self.assertRaises(AccessError):
                self._model("career.participation", who).create(dict(vals))
        made = self._model("career.participation", self.officer).create(vals)
        self.assertEqual(made.state, "to_plan")
        with self.assertRaises(UserError):
            self._model("career.participation", self.officer).create(
                {"cycle_id": self.cycle.id, "employee_id": self.third_employee.id}
            )
        gone = self._person("gone")
        gone.active = False
        with self.assertRaises(UserError):
            self._model("career.participation", self.officer).create(
                {"cycle_id": self.cycle.id, "employee_id": gone.id}
            )
        draft = self._cycle(launch=False)
        with self.assertRaises(ValidationError):
            self._model("career.participation", self.officer).create(
                {"cycle_id": draft.id, "employee_id": newcomer.id}
            )

    # ---------------------------------------------------------------- conversation
    def test_manager_works_off_the_list(self):
        mine = self._as(self.part, self.manager)
        conversation = mine.action_create_conversation()
        self.assertEqual(conversation.initiator, "organisation")
        self.assertEqual(conversation.conductor_id, self.manager)
        self.assertEqual(conversation.participation_id, self.part)
        self.assertEqual(mine.action_create_conversation(), conversation)
        self.assertEqual(self.part.state, "to_plan")
        conversation.action_plan(fields.Datetime.now() + timedelta(days=40))
        self.assertEqual(self.part.state, "planned")
        self.assertFalse(self.part.is_open)
        conversation.action_hold("no_change")
        self.assertEqual(self.part.state, "held")
        self.assertTrue(self.part.date_held)
        with self.assertRaises(UserError):
            mine.action_create_conversation()

    def test_hr_may_begin_it_and_learns_nothing_more(self):
        conversation = self._as(self.part, self.officer).action_create_conversation()
        self.assertFalse(conversation.has_access("read"))
        self.assertEqual(conversation.sudo().conductor_id, self.manager)
        self.assertTrue(self._as(self.part, self.officer).button_create_conversation())

    def test_who_may_not_begin_it(self):
        for who in (self.employee, self.director, self.peer, self.other_officer):
            with self.assertRaises(AccessError):
                self._as(self.part, who).action_create_conversation()

    def test_cancelled_goes_back_to_the_list(self):
        conversation = self._as(self.part, self.manager).action_create_conversation()
        conversation.action_plan(fields.Datetime.now() + timedelta(days=4))
        conversation.action_cancel("Ill that day")
        self.assertEqual(self.part.state, "to_plan")
        again = self._as(self.part, self.manager).action_create_conversation()
        self.assertNotEqual(again, conversation)

    def test_a_conversation_the_employee_asked_for_counts(self):
        conversation = self._conversation()
        self.assertEqual(conversation.sudo().participation_id, self.part)
        self._hold(conversation, self.manager)
        self.assertEqual(self.part.state, "held")

    def test_an_informal_talk_does_not_count(self):
        conversation = self._conversation(kind="informal")
        self._as(conversation, self.manager).action_hold("no_change")
        self.assertEqual(self.part.state, "to_plan")

    def test_without_a_line_manager(self):
        part = self._part(self.cycle, self.director)
        self.assertFalse(part.has_guide)
        with self.assertRaisesRegex(UserError, "nobody in the role"):
            self._as(part, self.officer).action_create_conversation()

    def test_employee_without_a_login(self):
        part = self._part(self.cycle, self.no_login)
        conversation = self._as(part, self.manager).action_create_conversation()
        conversation.action_plan(fields.Datetime.now() + timedelta(days=4))
        conversation.action_hold("no_change")
        self.assertEqual(part.state, "held")

    # ----------------------------------------------------------------- hidden talks
    def _visible(self, who):
        """Everything a reader sees of the participation."""
        self.env.invalidate_all()
        mine = self._as(self.part, who)
        names = [name for name in mine._fields if name not in ("write_date",)]
        return mine.read(names)[0]

    def test_a_hidden_conversation_never_changes_it(self):
        readers = (self.manager, self.director, self.officer)
        before = {who: self._visible(who) for who in readers}
        for channel in (self.staff, self.management, self.pool):
            conversation = self._conversation(channel)
            if channel == self.staff:
                self._as(conversation, self.officer).action_assign()
                holder = self.officer
            elif channel == self.pool:
                self._as(conversation, self.coach).action_assign()
                holder = self.coach
            else:
                holder = self.director
            self._hold(conversation, holder)
            self.assertFalse(conversation.sudo().participation_id)
        for who in readers:
            self.assertEqual(self._visible(who), before[who], who.name)

    def test_a_hidden_conversation_cannot_be_linked(self):
        hidden = self._conversation(self.staff)
        with self.assertRaises(ValidationError):
            hidden.sudo().participation_id = self.part
        with self.assertRaises(AccessError):
            hidden.participation_id = self.part
        with self.assertRaises(AccessError):
            self._conversation(participation_id=self.part.id)
        peer = self._conversation(who=self.peer)
        with self.assertRaises(ValidationError):
            peer.sudo().participation_id = self.part

    # ------------------------------------------------------------ arranged, excused
    def test_arranged_otherwise_at_any_time_without_a_reason(self):
        mine = self._as(self.part, self.employee)
        mine.action_arranged_otherwise()
        self.assertEqual(self.part.state, "arranged_otherwise")
        self.assertFalse(self.part.excuse_reason)
        self.assertFalse(self.part.is_open)
        mine.action_arranged_otherwise()
        mine.action_reopen()
        self.assertEqual(self.part.state, "to_plan")
        conversation = self._as(self.part, self.manager).action_create_conversation()
        conversation.action_plan(fields.Datetime.now() + timedelta(days=4))
        mine.action_arranged_otherwise()
        self.assertEqual(self.part.state, "arranged_otherwise")
        self.cycle.action_close()
        mine.action_reopen()
        mine.action_arranged_otherwise()
        self.assertEqual(self.part.state, "arranged_otherwise")

    def test_only_the_employee_arranges_otherwise_and_takes_it_back(self):
        for who in (self.manager, self.director, self.officer):
            with self.assertRaises(AccessError):
                self._as(self.part, who).action_arranged_otherwise()
        self._as(self.part, self.employee).action_arranged_otherwise()
        for who in (self.manager, self.officer):
            with self.assertRaises(AccessError):
                self._as(self.part, who).action_reopen()

    def test_the_last_word_counts(self):
        conversation = self._as(self.part, self.manager).action_create_conversation()
        conversation.action_plan(fields.Datetime.now() + timedelta(days=4))
        self._as(self.part, self.employee).action_arranged_otherwise()
        with freeze_time(fields.Datetime.now() + timedelta(days=5)):
            conversation.action_hold("no_change")
        self.assertEqual(self.part.state, "held")
        mine = self._as(self.part, self.employee)
        self.assertTrue(mine.can_arranged_otherwise)
        self.cycle.action_close()
        # the list is settled, and there would be no way back
        self.assertFalse(mine.can_arranged_otherwise)

    def test_excuse_needs_a_reason_that_the_employee_reads(self):
        mine = self._as(self.part, self.manager)
        for reason in (None, "", "   "):
            with self.assertRaises(UserError):
                mine.action_excuse(reason)
        mine.action_excuse("Started last week")
        mine.action_excuse("Something else")
        self.assertEqual(self.part.state, "excused")
        read = self._as(self.part, self.employee)
        self.assertEqual(read.excuse_reason, "Started last week")
        self.assertEqual(read.excused_by, self.manager.user_id.name)
        self.assertIn("Started last week", read.history_ids.mapped("detail"))
        with self.assertRaises(UserError):
            mine.action_create_conversation()
        self._as(self.part, self.officer).action_reopen()
        self.assertEqual(self.part.state, "to_plan")

    def test_who_may_not_excuse(self):
        for who in (self.employee, self.director, self.peer):
            with self.assertRaises(AccessError):
                self._as(self.part, who).action_excuse("No")
        self._hold(
            self._as(self.part, self.manager).action_create_conversation(), self.manager
        )
        with self.assertRaises(UserError):
            self._as(self.part, self.manager).action_excuse("Too late")

    def test_closed_cycle(self):
        self.cycle.action_close()
        with self.assertRaises(UserError):
            self._as(self.part, self.manager).action_create_conversation()
        with self.assertRaises(UserError):
            self._as(self.part, self.manager).action_excuse("Late")

    # ------------------------------------------------------------------ two moments
    def test_core_and_checkpoint(self):
        self.cycle.action_close()
        cycle = self._cycle(mode="core_and_checkpoint")
        self.assertTrue(cycle.date_start < cycle.date_checkpoint < cycle.date_end)
        part = self._part(cycle, self.employee)
        self.assertEqual(part.deadline, cycle.date_checkpoint)
        self.assertEqual((part.state, part.checkpoint_state), ("to_plan", "to_plan"))
        mine = self._as(part, self.manager)
        self._hold(mine.action_create_conversation(), self.manager)
        self.assertEqual((part.state, part.checkpoint_state), ("held", "to_plan"))
        self.assertTrue(part.is_open)
        second = mine.action_create_conversation()
        second.action_plan(fields.Datetime.now() + timedelta(days=30))
        self.assertEqual((part.state, part.checkpoint_state), ("held", "planned"))
        with freeze_time(fields.Datetime.now() + timedelta(days=31)):
            second.action_hold("no_change")
        self.assertEqual((part.state, part.checkpoint_state), ("held", "held"))
        self.assertFalse(part.is_open)

    # ------------------------------------------------------------- several in one go
    def test_plan_several(self):
        parts = self._part(self.cycle, self.employee)
        parts |= self._part(self.cycle, self.peer)
        parts |= self._part(self.cycle, self.no_login)
        self.manager.user_id.tz = "Europe/Brussels"
        mine = self._as(parts, self.manager)
        action = mine.action_plan_several()
        wizard = self._model("career.participation.plan", self.manager).browse(
            action["res_id"]
        )
        self.assertEqual(len(wizard.line_ids), 3)
        starts = sorted(wizard.line_ids.mapped("date_start"))
        lead = fields.Datetime.now() + timedelta(days=self.cycle.lead_days - 1)
        for before, after in zip(starts, starts[1:], strict=False):
            self.assertGreaterEqual(after - before, timedelta(hours=1))
        for start in starts:
            self.assertGreater(start, lead)
            local = wizard._career_local(start)
            self.assertLess(local.weekday(), 5)
            self.assertTrue(9 <= local.hour < 17)
        wizard.action_confirm()
        self.assertEqual(set(parts.mapped("state")), {"planned"})

    def test_slots_leave_out_the_calendar(self):
        mine = self._as(self.part, self.manager)
        wizard = self._model("career.participation.plan", self.manager).browse(
            mine.action_plan_several()["res_id"]
        )
        first = wizard.line_ids.date_start
        self._model("calendar.event", self.manager).create(
            {
                "name": "Busy",
                "start": first - timedelta(minutes=30),
                "stop": first + timedelta(minutes=30),
                "partner_ids": [(6, 0, self.manager.user_id.partner_id.ids)],
            }
        )
        wizard.action_propose()
        self.assertGreater(wizard.line_ids.date_start, first)

    def test_slots_look_at_both(self):
        """Neither a meeting of the employee, nor a day off, is planned over."""
        parts = self._part(self.cycle, self.employee) | self._part(
            self.cycle, self.peer
        )
        mine = self._as(parts, self.manager)
        wizard = self._model("career.participation.plan", self.manager).browse(
            mine.action_plan_several()["res_id"]
        )
        line = wizard.line_ids.filtered(lambda x: x.employee_id == self.employee)
        taken = line.date_start
        self._model("calendar.event", self.employee).create(
            {
                "name": "Own",
                "privacy": "private",
                "start": taken - timedelta(minutes=30),
                "stop": taken + timedelta(minutes=30),
                "partner_ids": [(6, 0, self.employee.user_id.partner_id.ids)],
            }
        )
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Away",
                "resource_id": self.peer.resource_id.id,
                "date_from": taken - timedelta(days=1),
                "date_to": taken + timedelta(days=9),
            }
        )
        wizard.action_propose()
        self.assertNotEqual(line.date_start, taken)
        other = wizard.line_ids - line
        self.assertGreaterEqual(other.date_start, taken + timedelta(days=9))
        # the guide stays free for both
        gap = abs(other.date_start - line.date_start)
        self.assertGreaterEqual(gap, timedelta(hours=1))

    def test_plan_several_refuses(self):
        with self.assertRaises(UserError):
            self._as(self.part, self.officer).action_plan_several()
        parts = self.part | self._part(self.cycle, self.peer)
        wizard = self._model("career.participation.plan", self.manager).browse(
            self._as(parts, self.manager).action_plan_several()["res_id"]
        )
        wizard.line_ids.date_start = wizard.line_ids[0].date_start
        with self.assertRaisesRegex(UserError, "overlap"):
            wizard.action_confirm()
        wizard.line_ids[0].date_start = False
        with self.assertRaises(UserError):
            wizard.action_confirm()
        self.assertEqual(self.part.state, "to_plan")

    def test_late(self):
        self.part.deadline = self.today - timedelta(days=1)
        self.assertTrue(self.part.is_late)
        found = self.env["career.participation"].search([("is_late", "=", True)])
        self.assertIn(self.part, found)
        not_late = self.env["career.participation"].search([("is_late", "=", False)])
        self.assertNotIn(self.part, not_late)

    def test_employee_with_records_is_not_deleted(self):
        with self.assertRaisesRegex(UserError, "Archive"):
            self._part(self.cycle, self.no_login).employee_id.unlink()

    # ----------------------------------------------------------- never came forward
    def _unheard(self, who=None):
        self.env.flush_all()
        return self._model("career.unheard", who or self.officer).search([])

    def test_never_came_forward(self):
        everybody = self.employee | self.peer | self.no_login
        everybody.version_id.write({"date_version": "2020-01-01"})
        self.env.flush_all()
        self.assertEqual(
            everybody & self._unheard().employee_id, everybody, self._unheard()
        )
        # new people are not on it
        self.assertNotIn(self.manager, self._unheard().employee_id)
        # hidden talks and private wishes change nothing
        hidden = self._conversation(self.staff)
        self._as(hidden, self.officer).action_assign()
        self._hold(hidden, self.officer)
        wish = self._model("career.aspiration", self.employee).create(
            {"direction": "lateral"}
        )
        wish.action_activate()
        self.assertIn(self.employee, self._unheard().employee_id)
        # a line conversation does, and "arranged otherwise" does
        self._hold(self._conversation(who=self.peer), self.manager)
        self.assertNotIn(self.peer, self._unheard().employee_id)
        self._as(self.part, self.employee).action_arranged_otherwise()
        self.assertNotIn(self.employee, self._unheard().employee_id)
        self.assertIn(self.no_login, self._unheard().employee_id)
        self.company.career_unheard_months = 0
        self.assertFalse(self._unheard())

    def test_never_came_forward_is_for_hr_of_the_company(self):
        self.employee.version_id.write({"date_version": "2020-01-01"})
        self.assertTrue(self._unheard())
        self.assertFalse(self._unheard(self.other_officer) & self._unheard())
        for who in (self.employee, self.manager, self.director, self.admin_person):
            with self.assertRaises(AccessError):
                self._unheard(who)

    # --------------------------------------------------------------------- queries
    def test_the_list_takes_a_constant_number_of_queries(self):
        def queries(parts):
            self.env.invalidate_all()
            # by ids: a prefetch set that came from a field is empty without its cache
            mine = self._as(parts.browse(parts.ids), self.officer)
            before = self.cr.sql_log_count
            mine.read(
                ["employee_id", "state", "deadline", "n1_user_id", "has_guide"]
                + ["can_create_conversation", "is_late"]
            )
            return self.cr.sql_log_count - before

        few = self.part | self._part(self.cycle, self.peer)
        for index in range(20):
            self.env["hr.employee"].create(
                {
                    "name": f"Extra {index}",
                    "company_id": self.company.id,
                    "parent_id": self.manager.id,
                }
            )
        self.cycle.sudo().write({"batch_active": True, "batch_cursor": 0})
        self.cycle.sudo()._career_batch_step()
        many = self.cycle.sudo().participation_ids
        queries(few)
        self.assertLessEqual(queries(many), queries(few) + 3)
