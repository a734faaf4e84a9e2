from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import CareerCommon


@tagged("post_install", "-at_install")
class TestConversation(CareerCommon):
    """Every transition of a conversation, the refused ones too."""

    def _soon(self, days=7):
        """A weekday, at ten in the morning UTC."""
        day = fields.Datetime.now() + timedelta(days=days)
        day += timedelta(days={5: 2, 6: 1}.get(day.weekday(), 0))
        return day.replace(hour=10, minute=0, second=0, microsecond=0)

    def _planned(self, channel=None, conductor=None, **values):
        conversation = self._conversation(channel, **values)
        held_by = self._as(conversation, conductor or self.manager)
        held_by.action_plan(self._soon())
        return conversation, held_by

    def _held(self, outcome="no_change"):
        conversation, held_by = self._planned()
        held_by.action_hold(outcome)
        return conversation, held_by

    def _told(self, conversation, code):
        """Users with a to-do of this code about the conversation."""
        key = conversation.sudo()._career_todo_key(code)
        return self.env["mail.activity"].search([("career_key", "=", key)]).user_id

    # ------------------------------------------------------------------- request
    def test_request_through_each_channel(self):
        for channel, role, guide in (
            (self.line, "n1", self.manager),
            (self.staff, "hr", None),
            (self.management, "n2", self.director),
            (self.pool, "coach", None),
            (self.external, "external", None),
        ):
            with self.subTest(channel=channel.code):
                conversation = self._conversation(channel)
                self.assertEqual(conversation.state, "requested")
                self.assertEqual(conversation.initiator, "employee")
                self.assertEqual(conversation.conductor_role, role)
                self.assertEqual(
                    conversation.conductor_id, guide or self.env["hr.employee"]
                )

    def test_request_by_the_guide(self):
        conversation = self._model("career.conversation", self.manager).create(
            {"employee_id": self.employee.id, "channel_id": self.line.id}
        )
        self.assertEqual(conversation.initiator, "conductor")
        with self.assertRaises(AccessError):
            self._model("career.conversation", self.peer).create(
                {"employee_id": self.employee.id, "channel_id": self.line.id}
            )

    def test_a_mentor_does_not_start_unasked(self):
        with self.assertRaises(AccessError):
            self._model("career.conversation", self.mentor).create(
                {"employee_id": self.employee.id, "channel_id": self.mentoring.id}
            )

    def test_form_shows_who_will_know(self):
        form = Form(self._model("career.conversation", self.employee))
        self.assertEqual(form.channel_id, self.line)
        self.assertEqual(form.conductor_role, "n1")
        form.channel_id = self.pool
        self.assertIn("Will not know of it", form.channel_explanation)
        self.assertEqual(form.conductor_role, "coach")
        self.assertIn(
            self.coach, [coach.employee_id for coach in form.coach_option_ids[:]]
        )
        form.conductor_id = self.coach
        conversation = form.save()
        self.assertEqual(conversation.conductor_id, self.coach)

    def test_form_offers_open_channels_only(self):
        offered = self._form_channels(self.employee)
        self.assertIn(self.line, offered)
        self.assertIn(self.management, offered)
        # a director has no manager
        offered = self._form_channels(self.director)
        self.assertNotIn(self.line, offered)
        self.assertNotIn(self.management, offered)
        self.assertIn(self.staff, offered)
        self.env["career.coach"].search([]).unlink()
        self.assertNotIn(self.pool, self._form_channels(self.employee))

    def _form_channels(self, who):
        model = self._model("career.conversation", who)
        return model.new({"employee_id": who.id}).available_channel_ids._origin.sudo()

    def test_guide_is_offered_the_channels_he_holds(self):
        new = self._model("career.conversation", self.manager).new(
            {"employee_id": self.employee.id}
        )
        self.assertEqual(
            set(new.available_channel_ids.mapped("conductor_role")), {"n1"}
        )

    def test_request_refused(self):
        self.management.active = False
        with self.assertRaises(UserError):
            self._conversation(self.management)
        foreign = self.env["career.channel"].create(
            {
                "name": "Theirs",
                "code": "theirs",
                "conductor_role": "hr",
                "company_id": self.other_company.id,
            }
        )
        with self.assertRaises(UserError):
            self._conversation(foreign)
        with self.assertRaises(UserError):
            self._conversation(self.line, who=self.director)
        with self.assertRaises(ValidationError):
            self._conversation(self.pool, conductor_id=self.peer.id)

    def test_deleting_a_request(self):
        conversation, _held_by = self._planned()
        with self.assertRaises(AccessError):
            conversation.unlink()
        request = self._conversation()
        request_id = request.id
        request.unlink()
        self.assertFalse(self.env["career.conversation"].browse(request_id).exists())

    # -------------------------------------------------------------------- assign
    def test_assign(self):
        conversation = self._conversation(self.staff)
        with self.assertRaises(AccessError):
            self._as(conversation, self.manager).action_assign()
        with self.assertRaises(AccessError):
            self._as(conversation, self.coach).action_assign()
        with self.assertRaises(AccessError):
            conversation.action_assign()
        taken = self._as(conversation, self.officer)
        taken.action_assign()
        self.assertEqual(conversation.conductor_id, self.officer)
        taken.action_assign()
        with self.assertRaises(UserError):
            self._as(self._conversation(), self.manager).action_assign(
                self.new_manager.user_id
            )

    def test_hand_on_keeps_what_the_employee_has(self):
        second = self._person(
            "second", groups="base.group_user,career_guidance.group_career_officer"
        )
        self.env.invalidate_all()
        conversation, held_by = self._planned_staff()
        self.assertIn(self.employee.user_id, self._told(conversation, "prepare"))
        held_by.action_assign(second.user_id)
        self.assertEqual(conversation.conductor_id, second)
        self.assertEqual(
            self._told(conversation, "prepare"), self.employee.user_id | second.user_id
        )
        self.assertFalse(self._readable(conversation, self.officer))
        with self.assertRaises(ValidationError):
            self._as(conversation, second).action_assign(self.peer.user_id)

    def _planned_staff(self):
        conversation = self._conversation(self.staff)
        held_by = self._as(conversation, self.officer)
        held_by.action_assign()
        held_by.action_plan(self._soon())
        return conversation, held_by

    # ---------------------------------------------------------------------- plan
    def test_plan(self):
        conversation = self._conversation()
        with self.assertRaises(AccessError):
            conversation.action_plan(self._soon())
        with self.assertRaises(AccessError):
            self._as(conversation, self.director).action_plan(self._soon())
        held_by = self._as(conversation, self.manager)
        with self.assertRaises(UserError):
            held_by.action_plan()
        held_by.action_plan(self._soon(), 2)
        self.assertEqual(conversation.state, "planned")
        self.assertEqual(conversation.duration, 2)
        self.assertEqual(conversation.date_planned_original, conversation.date_start)
        self.assertEqual(self._told(conversation, "moved"), self.employee.user_id)

    def test_plan_again(self):
        conversation, held_by = self._planned()
        first = conversation.date_start
        held_by.action_plan(self._soon(10))
        self.assertEqual(conversation.date_planned_original, first)
        self.assertEqual(conversation.sudo().event_id.start, self._soon(10))
        held_by.date_start = self._soon(12)
        self.assertEqual(conversation.sudo().event_id.start, self._soon(12))
        dates = conversation.history_ids.filtered(lambda h: h.event == "plan")
        self.assertEqual(len(dates), 3)

    def test_plan_in_the_past(self):
        conversation = self._conversation()
        held_by = self._as(conversation, self.manager)
        yesterday = fields.Datetime.now() - timedelta(days=1)
        with self.assertRaises(UserError):
            held_by.action_plan(yesterday)
        held_by.action_plan(self._soon())
        with self.assertRaises(UserError):
            held_by.date_start = yesterday
        with self.assertRaises(UserError):
            held_by.date_start = False
        self.assertEqual(conversation.state, "planned")

    def test_end_before_start(self):
        conversation = self._conversation()
        held_by = self._as(conversation, self.manager)
        with self.assertRaises(UserError):
            held_by.action_plan(self._soon(), -1)
        self.assertEqual(conversation.state, "requested")

    def test_plan_without_guide(self):
        conversation = self._conversation(self.staff)
        with self.assertRaises(AccessError):
            self._as(conversation, self.officer).action_plan(self._soon())
        with self.assertRaises(UserError):
            conversation.sudo().action_plan(self._soon())

    def test_plan_with_a_guide_who_left(self):
        conversation = self._conversation(self.staff)
        held_by = self._as(conversation, self.officer)
        held_by.action_assign()
        self.officer.active = False
        with self.assertRaises(UserError):
            held_by.action_plan(self._soon())

    def test_plan_alone_with_an_outside_adviser(self):
        conversation = self._conversation(self.external)
        conversation.action_plan(self._soon())
        self.assertEqual(conversation.state, "planned")
        self.assertFalse(conversation.sudo().event_id)
        conversation.action_hold("develop")
        conversation.report = "<p>My own notes</p>"
        conversation.action_confirm_report()
        conversation.action_close()
        self.assertEqual(conversation.state, "closed")

    # ---------------------------------------------------------------------- hold
    def test_hold(self):
        conversation, held_by = self._planned()
        with self.assertRaises(AccessError):
            conversation.action_hold("develop")
        with self.assertRaises(UserError):
            held_by.action_hold()
        with self.assertRaises(UserError):
            held_by.action_hold("something")
        with self.assertRaises(UserError):
            held_by.action_hold("not_discussed")
        with self.assertRaises(UserError):
            held_by.action_hold("not_discussed", "  ")
        self.assertEqual(conversation.state, "planned")
        held_by.action_hold("not_discussed", "A fire alarm")
        self.assertEqual(conversation.state, "held")
        held_by.action_hold()
        self.assertEqual(conversation.outcome_reason, "A fire alarm")

    def test_formal_conversation_is_planned_first(self):
        conversation = self._conversation()
        held_by = self._as(conversation, self.manager)
        with self.assertRaises(UserError):
            held_by.action_hold("develop")
        held_by.kind = "informal"
        held_by.action_hold("develop")
        self.assertEqual(conversation.state, "held")

    def test_outcome_cannot_be_emptied(self):
        conversation, held_by = self._held()
        with self.assertRaises(ValidationError):
            held_by.outcome = False
        with self.assertRaises(ValidationError):
            held_by.outcome = "not_discussed"
        held_by.write({"outcome": "not_discussed", "outcome_reason": "No time"})
        self.assertEqual(conversation.outcome, "not_discussed")

    # ------------------------------------------------------------- report, points
    def test_change_asks_both_again_and_shows_it(self):
        conversation, held_by = self._held()
        with self.assertRaises(AccessError):
            conversation.report = "<p>Mine</p>"
        held_by.report = "<p>She will learn planning.</p>"
        held_by.action_confirm_report()
        conversation.action_confirm_report()
        conversation.action_confirm_report()
        self.assertFalse(self._told(conversation, "confirm_report"))
        held_by.report = "<p>She will learn planning.</p>"
        self.assertTrue(conversation.employee_confirmed)
        held_by.report = "<p>She will not learn <b>planning</b>.</p>"
        self.assertFalse(conversation.employee_confirmed)
        self.assertFalse(conversation.conductor_confirmed)
        self.assertIn("<ins>not</ins>", conversation.report_difference)
        self.assertNotIn("<b>", conversation.report_difference)
        self.assertEqual(
            self._told(conversation, "confirm_report"),
            self.employee.user_id | self.manager.user_id,
        )
        conversation.action_confirm_report()
        held_by.outcome = "develop"
        self.assertFalse(conversation.employee_confirmed)

    def test_difference_escapes(self):
        difference = self.env["career.conversation"]._career_difference(
            "<p>a</p>", "<p>&lt;script&gt;x&lt;/script&gt;</p>"
        )
        self.assertNotIn("<script>", difference)

    def test_confirm_refused(self):
        conversation, held_by = self._planned()
        with self.assertRaises(UserError):
            held_by.action_confirm_report()
        held_by.action_hold("develop")
        conversation.share_hr = True
        with self.assertRaises(AccessError):
            self._as(conversation, self.officer).action_confirm_report()
        with self.assertRaises(AccessError):
            conversation.employee_confirmed = True

    def test_agreed_points_go_to_the_plan(self):
        conversation, held_by = self._held("develop")
        conversation.item_ids = [(0, 0, {"name": "Shadow the planner"})]
        held_by.item_ids = [
            (0, 0, {"name": "Arrange it", "responsible": "conductor", "done": True})
        ]
        self.assertEqual(len(conversation.item_ids), 2)
        plan = conversation.action_create_plan()
        self.assertEqual(plan.action_ids.mapped("name"), ["Shadow the planner"])
        self.assertEqual(conversation.action_create_plan(), plan)
        items = conversation.item_ids
        self.assertFalse(self._readable(items[0], self.director))
        self.assertFalse(self._readable(items[0], self.officer))
        conversation.share_n2 = True
        self.assertTrue(self._readable(items[0], self.director))
        with self.assertRaises(AccessError):
            self._as(items[0], self.director).done = True

    def test_agreed_points_only_while_it_runs(self):
        conversation = self._conversation()
        with self.assertRaises(UserError):
            self._model("career.conversation.item", self.employee).create(
                {"conversation_id": conversation.id, "name": "Too early"}
            )
        with self.assertRaises(AccessError):
            self._model("career.conversation.item", self.peer).create(
                {"conversation_id": conversation.id, "name": "Not mine"}
            )

    # ------------------------------------------------------------ close and cancel
    def test_close(self):
        conversation, held_by = self._planned()
        with self.assertRaises(UserError):
            held_by.action_close()
        held_by.action_hold("no_change")
        with self.assertRaises(AccessError):
            self._as(conversation, self.director).action_close()
        with self.assertRaises(UserError):
            held_by.action_close()
        with self.assertRaises(UserError):
            conversation.action_close()
        feedback = held_by.action_write_feedback(conversation.unsettled_route_ids)
        feedback.body = "<p>Went well.</p>"
        feedback.action_send()
        held_by.action_close()
        self.assertEqual(conversation.state, "closed")
        held_by.action_close()
        self.assertFalse(
            conversation.sudo().preparation_ids.filtered(
                lambda p: p.role == "conductor"
            )
        )

    def test_close_without_anybody_to_tell(self):
        """A guide without a user owes no feedback; the employee is not stuck."""
        self.manager.user_id = False
        conversation = self._conversation()
        conversation.action_plan(self._soon())
        conversation.action_hold("no_change")
        conversation.action_close()
        self.assertEqual(conversation.state, "closed")

    def test_cancel(self):
        conversation, held_by = self._planned()
        event = conversation.sudo().event_id
        with self.assertRaises(AccessError):
            self._as(conversation, self.director).action_cancel("No")
        with self.assertRaises(UserError):
            conversation.action_cancel()
        with self.assertRaises(UserError):
            conversation.action_cancel("   ")
        conversation.action_cancel("Too busy")
        self.assertEqual(conversation.state, "cancelled")
        self.assertFalse(event.exists())
        self.assertEqual(self._told(conversation, "cancelled"), self.manager.user_id)
        held_by.action_cancel()
        for refused in (
            lambda: held_by.action_plan(self._soon()),
            lambda: held_by.action_hold("develop"),
            lambda: held_by.action_close(),
            lambda: held_by.action_confirm_report(),
            lambda: held_by.action_create_plan(),
            lambda: held_by.action_write_feedback(self.line.route_ids[:1]),
            lambda: held_by.action_refer(self.pool),
        ):
            with self.assertRaises(UserError):
                refused()

    def test_cancel_refused_once_held(self):
        conversation, _held_by = self._held()
        with self.assertRaises(UserError):
            conversation.action_cancel("Never happened")

    def test_no_state_by_write(self):
        conversation = self._conversation()
        for who in (self.employee, self.manager, self.director, self.officer):
            for vals in (
                {"state": "held"},
                {"date_held": fields.Datetime.now()},
                {"conductor_confirmed": True},
                {"event_id": False},
                {"initiator": "organisation"},
                {"overdue_told": False},
            ):
                with self.assertRaises(AccessError):
                    self._as(conversation, who).write(vals)

    # ---------------------------------------------------------------------- refer
    def test_refer(self):
        conversation, held_by = self._planned()
        with self.assertRaises(AccessError):
            conversation.action_refer(self.pool)
        with self.assertRaises(UserError):
            held_by.action_refer(self.line)
        referral = held_by.action_refer(self.pool)
        self.assertTrue(referral.sudo()._career_link().startswith("/odoo/career-ref"))
        with self.assertRaises(AccessError):
            referral.read(["state"])
        mine = self._as(referral, self.employee)
        new = mine.action_accept()
        self.assertEqual(new.channel_id, self.pool)
        self.assertEqual(mine.action_accept(), new)
        second = self._as(held_by.action_refer(self.staff), self.employee)
        second.action_decline()
        with self.assertRaises(UserError):
            second.action_accept()

    # --------------------------------------------------------------------- overdue
    def test_overdue_and_told_once(self):
        conversation, held_by = self._planned()
        self.assertFalse(conversation.is_overdue)
        late = conversation.date_end + timedelta(hours=1)
        with freeze_time(late):
            conversation.invalidate_recordset()
            self.assertTrue(conversation.is_overdue)
            self.assertIn(
                conversation,
                self._model("career.conversation", self.manager).search(
                    [("is_overdue", "=", True)]
                ),
            )
            self._night()
            self.assertEqual(self._told(conversation, "overdue"), self.manager.user_id)
            self.env["mail.activity"].search(
                [("user_id", "=", self.manager.user_id.id)]
            ).unlink()
            self._night()
            self.assertFalse(self._told(conversation, "overdue"))
            held_by.action_hold("develop")
            conversation.invalidate_recordset()
            self.assertFalse(conversation.is_overdue)
        with freeze_time(late + timedelta(days=15)):
            conversation.invalidate_recordset()
            self.assertTrue(conversation.is_overdue)

    def test_overdue_request(self):
        conversation = self._conversation(self.staff)
        with freeze_time(fields.Datetime.now() + timedelta(days=15)):
            self._night()
            self.assertEqual(self._told(conversation, "overdue"), self.officer.user_id)

    def _night(self):
        with self.enter_registry_test_mode():
            self.env.ref(
                "career_guidance.ir_cron_nightly_conversation"
            ).method_direct_trigger()
        self.env.invalidate_all()

    def test_request_of_a_guide_who_left_is_open_again(self):
        conversation = self._conversation(self.pool)
        held_by = self._as(conversation, self.coach)
        held_by.action_assign()
        held_by.action_plan(self._soon())
        self.coach.user_id.active = False
        self._night()
        self.assertEqual(conversation.state, "requested")
        self.assertTrue(conversation.is_open_request)

    # -------------------------------------------------------------------- next step
    def test_next_step_tells_each_side_what_to_do(self):
        conversation = self._conversation()
        held_by = self._as(conversation, self.manager)
        seen = {(conversation.next_step, held_by.next_step)}
        held_by.action_plan(self._soon())
        seen.add((conversation.next_step, held_by.next_step))
        held_by.action_hold("no_change")
        seen.add((conversation.next_step, held_by.next_step))
        held_by.action_confirm_report()
        seen.add((conversation.next_step, held_by.next_step))
        self.assertEqual(len(seen), 4)
        for pair in seen:
            self.assertTrue(all(pair))
        self.assertIn("feedback", held_by.next_step)

    def test_next_button_is_of_whose_turn_it_is(self):
        """Report, feedback, plan, close: one button is first for whose turn it is."""
        conversation, held_by = self._planned()
        director = self._as(conversation, self.director)

        def turns():
            self.env.flush_all()
            return conversation.next_button, held_by.next_button

        self.assertEqual(turns(), ("", ""))
        held_by.action_hold("develop")
        self.assertEqual(turns(), ("confirm", "confirm"))
        conversation.action_confirm_report()
        held_by.action_confirm_report()
        # the line owes its own manager word; the employee can make the plan meanwhile
        self.assertEqual(turns(), ("plan", "feedback"))
        with self.env.cr.savepoint() as savepoint:
            conversation.action_create_plan()
            self.assertEqual(turns(), ("", "feedback"))
            self.assertIn("Your guide still", conversation.next_step)
            savepoint.rollback()
            self.env.invalidate_all()
        feedback = held_by.action_write_feedback(conversation.unsettled_route_ids)
        feedback.body = "<p>Went well.</p>"
        feedback.action_send()
        self.assertEqual(turns(), ("plan", "plan"))
        conversation.action_create_plan()
        self.assertEqual(turns(), ("close", "close"))
        conversation.share_n2 = True
        self.assertFalse(director.next_button)
        held_by.action_close()
        self.assertEqual(turns(), ("", ""))

    def test_feedback_that_the_employee_owes_is_his_turn(self):
        channel = self.management
        channel.route_ids.required = False
        channel.route_ids.filtered(
            lambda r: (r.author_role, r.recipient_role) == ("employee", "hr")
        ).required = True
        conversation, held_by = self._planned(channel, self.director)
        held_by.action_hold("no_change")
        conversation.action_confirm_report()
        held_by.action_confirm_report()
        self.assertEqual(conversation.next_button, "feedback")
        self.assertFalse(held_by.next_button)
        self.assertIn("The employee still", held_by.next_step)

    def test_overdue_list_costs_the_same_for_more_rows(self):
        spec = {
            name: {}
            for name in ("date_start", "state", "outcome", "next_step", "is_overdue")
        }
        spec["employee_id"] = {"fields": {"display_name": {}}}
        counts = []
        team = self.employee
        for size in (2, 20):
            while len(team) < size:
                number = len(team)
                team |= self.env["hr.employee"].create(
                    {
                        "name": f"Colleague {number}",
                        "company_id": self.company.id,
                        "parent_id": self.manager.id,
                    }
                )
            model = self._model("career.conversation", self.manager)
            present = model.search([]).employee_id
            for who in team - present:
                model.create({"employee_id": who.id, "channel_id": self.line.id})
            self.env.flush_all()
            with freeze_time(fields.Datetime.now() + timedelta(days=20)):
                self.env.invalidate_all()
                overdue = [("is_overdue", "=", True)]
                model.web_search_read(overdue, spec)
                self.env.invalidate_all()
                before = self.cr.sql_log_count
                rows = model.web_search_read(overdue, spec)["length"]
                counts.append(self.cr.sql_log_count - before)
                self.assertEqual(rows, size)
        self.assertEqual(counts[0], counts[1])

    # ------------------------------------------------------------------- side panel
    def test_panel_shows_what_the_viewer_may_read(self):
        wishes = self._model("career.aspiration", self.employee).create(
            [
                {"direction": "lateral", "share_n1": True},
                {"direction": "external", "share_hr": True},
            ]
        )
        wishes.action_activate()
        hidden, _guide = self._planned_staff()
        self._as(hidden, self.officer).action_hold("move")
        conversation = self._conversation()
        held_by = self._as(conversation, self.manager)
        self.assertEqual(held_by.panel_aspiration_ids.ids, wishes[0].ids)
        self.assertFalse(held_by.panel_previous_outcome)
        self.assertEqual(conversation.panel_aspiration_ids, wishes)
        self.assertEqual(conversation.panel_previous_outcome, "move")

    def test_every_field_of_the_form_is_readable(self):
        conversation, _held_by = self._planned()
        for who in (self.employee, self.manager):
            form = Form(self._as(conversation, who))
            self.assertEqual(form.state, "planned")
