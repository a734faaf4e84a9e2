import base64
from datetime import date, timedelta

from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, HttpCase, tagged
from odoo.tools import mute_logger

from .common import CareerCommon

PIXEL = (
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    b"AABJRU5ErkJggg=="
)


class PlanCommon(CareerCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.skill_type = cls.env["hr.skill.type"].create(
            {
                "name": "Craft",
                "skill_ids": [Command.create({"name": "Planning"})],
                "skill_level_ids": [
                    Command.create({"name": "Starter", "level_progress": 20}),
                    Command.create({"name": "Able", "level_progress": 60}),
                    Command.create({"name": "Expert", "level_progress": 100}),
                ],
            }
        )
        cls.skill = cls.skill_type.skill_ids
        levels = cls.skill_type.skill_level_ids.sorted("level_progress")
        cls.starter, cls.able, cls.expert = levels

    def _plan(self, who=None, channel=None, actions=2, **values):
        """A draft of the employee, with a need and actions."""
        who = who or self.employee
        start = fields.Date.today()
        return self._model("career.plan", who).create(
            {
                "employee_id": who.id,
                "channel_id": (channel or self.line).id,
                "title": "Towards planning",
                "date_start": start,
                "date_end": start + timedelta(days=364),
                "need_ids": [Command.create({"name": "Plan a shift"})],
                "action_ids": [
                    Command.create(
                        {
                            "name": f"Action {number}",
                            "deadline": start + timedelta(days=30 * (number + 1)),
                        }
                    )
                    for number in range(actions)
                ],
                **values,
            }
        )

    def _agreed(self, **values):
        plan = self._plan(**values)
        plan.action_propose()
        plan.action_sign()
        self._as(plan, self.manager).action_sign()
        self.assertEqual(plan.state, "agreed")
        return plan

    def _todos(self, employee, code):
        return (
            self.env["mail.activity"]
            .sudo()
            .search(
                [
                    ("user_id", "=", employee.user_id.id),
                    ("career_key", "=like", f"%,{code}"),
                ]
            )
        )


@tagged("post_install", "-at_install")
class TestPlan(PlanCommon):
    def test_a_new_line_is_an_empty_box(self):
        """Nobody rubs out a name; a name that was left out follows from the rest."""
        plan = self._plan()
        method = self.env["career.development.method"].search([], limit=1)
        with Form(plan) as form:
            with form.need_ids.new() as need:
                self.assertFalse(need.name)
                need.behaviour_wanted = "I plan the shift of the week"
                self.assertEqual(need.name, need.behaviour_wanted)
            with form.action_ids.new() as action:
                self.assertFalse(action.name)
                action.method_id = method
                self.assertEqual(action.name, method.name)
        nameless = self._model("career.plan.need", self.employee).create(
            {"plan_id": plan.id}
        )
        self.assertEqual(nameless.name, "Development need")

    # ------------------------------------------------------------------- bad input
    def test_bad_input(self):
        plan = self._plan()
        for name, values in (
            ("end before start", {"date_end": plan.date_start - timedelta(days=1)}),
            (
                "deadline outside the plan",
                {
                    "action_ids": [
                        Command.update(
                            plan.action_ids[0].id,
                            {"deadline": plan.date_end + timedelta(days=1)},
                        )
                    ]
                },
            ),
            (
                "negative weight",
                {"action_ids": [Command.update(plan.action_ids[0].id, {"weight": -1})]},
            ),
            (
                "not a number",
                {
                    "action_ids": [
                        Command.update(plan.action_ids[0].id, {"weight": float("nan")})
                    ]
                },
            ),
            (
                "infinite",
                {
                    "action_ids": [
                        Command.update(plan.action_ids[0].id, {"weight": float("inf")})
                    ]
                },
            ),
            (
                "a word",
                {
                    "action_ids": [
                        Command.update(plan.action_ids[0].id, {"weight": "x"})
                    ]
                },
            ),
            (
                "negative hours",
                {"action_ids": [Command.update(plan.action_ids[0].id, {"hours": -1})]},
            ),
        ):
            with self.subTest(name), mute_logger("odoo.sql_db"):
                with self.assertRaises(Exception) as error:
                    with self.env.cr.savepoint():
                        plan.write(values)
                        self.env.flush_all()
                # the RPC layer makes the message of the constraint of a CheckViolation
                self.assertIsInstance(error.exception, (UserError, CheckViolation))
                self.env.invalidate_all()
                self.assertEqual(plan.action_ids.mapped("weight"), [1.0, 1.0])
                self.assertEqual(plan.date_end, plan.date_start + timedelta(days=364))

    @mute_logger("odoo.sql_db")
    def test_target_over_100(self):
        with self.assertRaises(CheckViolation):
            self.company.career_target_rate = 101
            self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.company.career_target_rate, 80)
        plan = self._plan()
        with self.assertRaises(AccessError):
            plan.target_rate = 50

    def test_deleted_method_in_use(self):
        method = self.env["career.development.method"].create(
            {"name": "Shadowing", "code": "shadow", "category": "on_the_job"}
        )
        plan = self._plan()
        plan.action_ids[0].method_id = method
        with self.assertRaisesRegex(UserError, "Archive it instead"):
            method.unlink()
        method.active = False
        self.assertEqual(plan.action_ids[0].method_id, method)

    # --------------------------------------------------------------------- signing
    def test_sign_twice_or_for_another(self):
        plan = self._plan()
        with self.assertRaises(UserError):
            plan.action_sign()  # not proposed
        plan.action_propose()
        plan.action_propose()  # safe to call twice
        plan.action_sign()
        with self.assertRaisesRegex(UserError, "signed already"):
            plan.action_sign()
        for person in (self.peer, self.director, self.officer, self.coach):
            with self.assertRaises(AccessError):
                self._as(plan, person).action_sign()
        with self.assertRaises(AccessError):
            plan.action_sign_on_screen(PIXEL)  # the manager has a login
        self.assertEqual(plan.state, "proposed")
        for name in ("conductor_signed_on", "state", "conductor_signed_by"):
            with self.assertRaises(AccessError):
                plan.write({name: "2026-01-01" if name.endswith("on") else "agreed"})
        self._as(plan, self.manager).action_sign()
        self.assertEqual(plan.state, "agreed")
        self.assertEqual(plan.employee_signed_how, "login")
        self.assertEqual(plan.conductor_signed_by, "Manager")

    def test_reset_takes_signatures_away(self):
        plan = self._plan()
        plan.action_propose()
        plan.action_sign(PIXEL)
        self._as(plan, self.manager).action_reset()
        self.assertFalse(plan.employee_signed_on or plan.employee_signature)
        self.assertEqual(plan.state, "draft")
        self.assertFalse(self._todos(self.manager, "sign"))

    def test_manager_without_login_signs_on_screen(self):
        plan = self._plan()
        self.manager.user_id = False
        self.assertFalse(plan.conductor_user_id)
        plan.action_propose()
        plan.action_sign()
        self.assertEqual(plan.state, "proposed", "one signature is not two")
        with self.assertRaises(UserError):
            plan.action_sign_on_screen()
        plan.action_sign_on_screen(PIXEL)
        self.assertEqual(plan.state, "agreed")
        self.assertEqual(plan.conductor_signed_how, "screen")
        self.assertEqual(plan.conductor_signed_by, "Manager")
        with self.assertRaises(UserError):
            plan.action_sign_on_screen(PIXEL)

    def test_employee_without_login_signs_on_screen(self):
        self.employee.user_id = False
        plan = self._model("career.plan", self.manager).create(
            {"employee_id": self.employee.id, "channel_id": self.line.id}
        )
        plan.action_propose()
        plan.action_sign()
        plan.action_sign_on_screen(PIXEL)
        self.assertEqual(plan.state, "agreed")
        self.assertEqual(plan.employee_signed_how, "screen")
        self.assertEqual(plan.employee_signed_by, "Employee")

    def test_counterpart_is_chosen_before_signing(self):
        plan = self._plan(channel=self.staff)
        self.assertFalse(plan.conductor_user_id)
        with self.assertRaisesRegex(UserError, "with whom"):
            plan.action_propose()
        with self.assertRaises(ValidationError):
            plan.conductor_user_id = self.peer.user_id
        plan.conductor_user_id = self.officer.user_id
        plan.action_propose()
        self.assertTrue(self._readable(plan, self.officer))
        self.assertFalse(self._readable(plan, self.manager))

    def test_external_channel_is_signed_alone(self):
        plan = self._plan(channel=self.external)
        plan.action_propose()
        plan.action_sign()
        self.assertEqual(plan.state, "agreed")

    def test_no_file_about_whom_one_does_not_guide(self):
        for channel in (
            self.mentoring,
            self.line,
            self.management,
            self.staff,
            self.pool,
        ):
            with self.subTest(channel.code), self.assertRaises(UserError):
                self._model("career.plan", self.peer).create(
                    {
                        "employee_id": self.employee.id,
                        "channel_id": channel.id,
                        "conductor_user_id": self.peer.user_id.id,
                    }
                )
        trajectory = (
            self.env["career.trajectory"]
            .sudo()
            .create(
                {
                    "employee_id": self.employee.id,
                    "kind": "mentor",
                    "coach_id": self.mentor.id,
                }
            )
        )
        values = {"employee_id": self.employee.id, "channel_id": self.mentoring.id}
        with self.assertRaises(AccessError):
            self._model("career.plan", self.mentor).create(values)
        self._as(trajectory, self.mentor).action_accept()
        plan = self._model("career.plan", self.mentor).create(values)
        self.assertEqual(plan.conductor_user_id, self.mentor.user_id)

    # ------------------------------------------------------------------- immutable
    def test_agreed_plan_cannot_be_edited(self):
        plan = self._agreed()
        other = self._plan()
        need, action, checkpoint = plan.need_ids, plan.action_ids[0], other.need_ids
        for person in (self.employee, self.manager):
            mine = self._as(plan, person)
            for values in (
                {"title": "Other"},
                {"date_end": plan.date_end + timedelta(days=9)},
                {"target_rate": 1},
                {"need_ids": [Command.create({"name": "More"})]},
                {"need_ids": [Command.update(need.id, {"name": "Less"})]},
                {"need_ids": [Command.delete(need.id)]},
                {"action_ids": [Command.create({"name": "More"})]},
                {"action_ids": [Command.update(action.id, {"weight": 9})]},
                {"action_ids": [Command.update(action.id, {"deadline": False})]},
                {"action_ids": [Command.update(action.id, {"state": "done"})]},
                {"action_ids": [Command.delete(action.id)]},
                {"action_ids": [Command.unlink(action.id)]},
                {"action_ids": [Command.set([])]},
                {"action_ids": [Command.clear()]},
                {"action_ids": [Command.link(other.action_ids[0].id)]},
                {"checkpoint_ids": [Command.create({"date": plan.date_start})]},
            ):
                with self.subTest(values=values, person=person.name):
                    with self.assertRaises(UserError):
                        with self.env.cr.savepoint():
                            mine.write(values)
                    self.env.invalidate_all()
            for record, values in (
                (need, {"name": "Less"}),
                (action, {"original_deadline": plan.date_end}),
                (action, {"plan_id": other.id}),
                (action, {"drop_reason": "x"}),
                (action, {"origin_id": other.action_ids[0].id}),
            ):
                with self.assertRaises(AccessError):
                    self._as(record, person).write(values)
            with self.assertRaises(AccessError):
                self._as(action, person).unlink()
            with self.assertRaises(UserError):
                self._as(plan, person).unlink()
        self.assertEqual(plan.action_ids.mapped("weight"), [1.0, 1.0])
        self.assertTrue(checkpoint.exists())
        # what happens to an action may be written down
        action.write({"evidence": "Certificate", "hours": 4})

    def test_transitions_that_are_refused(self):
        plan = self._plan()
        action = plan.action_ids[0]
        for method, arguments in (
            ("action_start", ()),
            ("action_done", ()),
            ("action_drop", ("No",)),
            ("action_postpone", (plan.date_end,)),
        ):
            with self.subTest(method), self.assertRaises(UserError):
                getattr(action, method)(*arguments)
        with self.assertRaises(UserError):
            plan.action_evaluate()
        with self.assertRaises(UserError):
            plan.action_revise()
        with self.assertRaises(UserError):
            plan.action_cancel("  ")
        plan.action_cancel("No longer needed")
        for method in ("action_propose", "action_sign", "action_reset"):
            with self.subTest(method), self.assertRaises(UserError):
                getattr(plan, method)()

    def test_postpone_and_drop(self):
        plan = self._agreed()
        action, other = plan.action_ids
        first = action.original_deadline
        with self.assertRaises(UserError):
            action.action_postpone()
        with self.assertRaises(ValidationError):
            action.action_postpone(plan.date_end + timedelta(days=1))
        self.env.invalidate_all()
        action.action_postpone(first + timedelta(days=60))
        self.assertEqual(action.original_deadline, first)
        with self.assertRaises(UserError):
            action.action_drop()
        action.action_drop("No machine")
        with self.assertRaises(AccessError):
            action.action_agree_drop()
        for person in (self.peer, self.director):
            with self.assertRaises(AccessError):
                self._as(action, person).action_agree_drop()
        self.assertEqual(plan.realisation_rate, 0)
        other.action_done()
        self.assertEqual(plan.realisation_rate, 50.0, "asked is not agreed")
        self._as(action, self.manager).action_agree_drop()
        self.assertEqual(plan.realisation_rate, 100.0)

    def test_evaluate_with_open_actions(self):
        plan = self._agreed()
        plan.action_ids[0].action_done()
        with self.assertRaisesRegex(UserError, "still open"):
            plan.action_evaluate()
        plan.action_ids[1].not_done_cause = "employer"
        plan.action_evaluate()
        self.assertEqual((plan.state, plan.track), ("evaluated", "missed"))
        with self.assertRaises(UserError):
            plan.action_ids[1].action_done()

    # -------------------------------------------------------------------- versions
    def test_new_version(self):
        plan = self._agreed()
        plan.action_ids[0].action_start()
        new = plan.action_revise()
        self.assertEqual(plan.action_revise(), new)
        self.assertEqual((new.version, new.state, plan.state), (2, "draft", "agreed"))
        self.assertEqual(new.change_summary, "Nothing was changed yet.")
        moved = plan.action_ids[1].deadline + timedelta(days=30)
        new.action_ids[1].deadline = moved
        new.write(
            {
                "title": "Towards team leader",
                "need_ids": [Command.create({"name": "Lead a meeting"})],
                "action_ids": [Command.create({"name": "Chair the shift meeting"})],
            }
        )
        for words in (
            "Towards planning becomes Towards team leader",
            "New need: Lead a meeting",
            "New action: Chair the shift meeting",
            "Action 1: Deadline: ",
        ):
            self.assertIn(words, new.change_summary)
        with self.assertRaisesRegex(UserError, "drop it"):
            new.action_ids.filtered("origin_id")[0].unlink()
        # the old version counts, and moves on, while the new one is negotiated
        plan.action_ids[0].action_done()
        plan.action_ids[0].evidence = "Photo"
        old_second = plan.action_ids[1]
        old_second.action_drop("No room")
        with self.assertRaisesRegex(UserError, "new version"):
            plan.action_evaluate()
        self._as(new, self.manager).action_propose()
        self._as(new, self.manager).action_sign()
        self.assertEqual(plan.state, "agreed", "one signature closes no version")
        new.action_sign()
        self.assertEqual((new.state, plan.state), ("agreed", "superseded"))
        done = new.action_ids.filtered(lambda a: a.origin_id == plan.action_ids[0])
        asked = new.action_ids.filtered(lambda a: a.origin_id == old_second)
        self.assertEqual((done.state, done.evidence), ("done", "Photo"))
        self.assertEqual(asked.state, "drop_asked")
        self.assertEqual(asked.deadline, moved)
        self.assertEqual(asked.original_deadline, old_second.original_deadline)
        self.assertEqual(
            self._todos(self.manager, "agree_drop").mapped("career_key"),
            [f"career.plan.action,{asked.id},agree_drop"],
        )
        for action in plan.action_ids:
            with self.assertRaises(UserError):
                action.action_start()

    def test_cancel_ends_the_new_version_too(self):
        plan = self._agreed()
        new = plan.action_revise()
        plan.action_cancel("The job disappears")
        self.assertEqual(new.state, "cancelled")

    # ------------------------------------------------------------------ where from
    def test_from_job_gap_and_aspiration(self):
        job = self.env["hr.job"].create(
            {
                "name": "Planner",
                "company_id": self.company.id,
                "job_skill_ids": [
                    Command.create(
                        {
                            "skill_type_id": self.skill_type.id,
                            "skill_id": self.skill.id,
                            "skill_level_id": self.able.id,
                        }
                    )
                ],
            }
        )
        plan = self._model("career.plan", self.employee).action_create_from_job(
            self.employee.id, job.id
        )
        need = plan.need_ids
        self.assertEqual(
            (need.skill_id, need.current_level_id, need.target_level_id, need.purpose),
            (self.skill, self.starter.browse(), self.able, "next_step"),
        )
        with self.assertRaises(UserError):
            plan.action_add_job_needs(job.id)
        with self.assertRaises(AccessError):
            self._model("career.plan", self.peer).action_create_from_job(
                self.employee.id, job.id
            )
        wish = self._model("career.aspiration", self.employee).create(
            {"direction": "vertical", "target_job_id": job.id, "share_n1": True}
        )
        made = wish.action_create_plan(self.pool.id)
        self.assertEqual(wish.action_create_plan(), made)
        self.assertEqual(made.need_ids.skill_id, self.skill)
        # the manager reads the wish, and not that a plan follows from it elsewhere
        seen = self._as(wish, self.manager)
        self.assertTrue(seen.direction)
        self.assertFalse(seen.open_plan_id)
        with self.assertRaises(AccessError):
            seen.read(["plan_id"])
        with self.assertRaises(AccessError):
            seen.search([("plan_id", "!=", False)])
        with self.assertRaises(AccessError):
            seen.action_create_plan()

    # ---------------------------------------------------------------------- skills
    def test_skill_to_the_profile(self):
        plan = self._plan(actions=0)
        need = plan.need_ids
        need.write({"skill_id": self.skill.id, "target_level_id": self.able.id})
        plan.write(
            {
                "action_ids": [
                    Command.create({"name": name, "need_id": need.id})
                    for name in ("One", "Two")
                ]
            }
        )
        plan.action_propose()
        plan.action_sign()
        self._as(plan, self.manager).action_sign()
        plan.action_ids[0].action_done()
        with self.assertRaises(UserError):
            need.action_add_skill()
        plan.action_ids[1].action_done()
        self.assertTrue(need.is_met and need.can_add_skill)
        self.assertTrue(self._todos(self.employee, "skill"))
        with self.assertRaises(AccessError):
            self._as(need, self.manager).action_add_skill()
        self.employee.sudo().write(
            {
                "current_employee_skill_ids": [
                    Command.create(
                        {
                            "skill_type_id": self.skill_type.id,
                            "skill_id": self.skill.id,
                            "skill_level_id": self.starter.id,
                            "valid_from": date.today() - timedelta(days=400),
                        }
                    )
                ]
            }
        )
        need.action_add_skill()
        need.action_add_skill()  # safe to call twice
        lines = self.env["hr.employee.skill"].search(
            [("employee_id", "=", self.employee.id)]
        )
        now = lines.filtered(lambda line: not line.valid_to)
        self.assertEqual(now.skill_level_id, self.able)
        past = lines - now
        self.assertEqual((len(past), past.skill_level_id), (1, self.starter))
        self.assertFalse(self._todos(self.employee, "skill"))

    def test_skill_declined_or_higher_already(self):
        plan = self._plan(actions=0)
        need = plan.need_ids
        need.write({"skill_id": self.skill.id, "target_level_id": self.starter.id})
        plan.write(
            {"action_ids": [Command.create({"name": "One", "need_id": need.id})]}
        )
        plan.action_propose()
        plan.action_sign()
        self._as(plan, self.manager).action_sign()
        plan.action_ids.action_done()
        need.action_decline_skill()
        self.assertFalse(need.can_add_skill)
        skills = self.env["hr.employee.skill"].search(
            [("employee_id", "=", self.employee.id)]
        )
        self.assertFalse(skills)
        with self.assertRaises(ValidationError):
            other = self.skill_type.copy()
            draft = self._plan()
            draft.need_ids.write(
                {
                    "skill_id": self.skill.id,
                    "target_level_id": other.skill_level_ids[:1].id
                    or self.env["hr.skill.level"]
                    .create({"name": "Odd", "skill_type_id": other.id})
                    .id,
                }
            )

    # ----------------------------------------------------------------- checkpoints
    def test_checkpoints_and_calendar(self):
        plan = self._plan()
        plan.action_propose_checkpoints()
        plan.action_propose_checkpoints()
        self.assertEqual(len(plan.checkpoint_ids), 3)
        self.assertFalse(plan.checkpoint_ids.sudo().event_id)
        plan.action_propose()
        plan.action_sign()
        self._as(plan, self.manager).action_sign()
        events = plan.checkpoint_ids.sudo().event_id
        self.assertEqual(len(events), 3)
        self.assertEqual(set(events.mapped("privacy")), {"private"})
        self.assertEqual(set(events.mapped("res_id")), {0})
        self.assertEqual(
            events.partner_ids,
            (self.employee.user_id | self.manager.user_id).partner_id,
        )
        self.assertNotIn("plan", events[0].name.lower())
        held, skipped, _last = plan.checkpoint_ids
        plan.action_ids[0].action_done()
        held.action_hold("All is well")
        self.assertEqual((held.rate_at_date, held.has_rate), (50.0, True))
        with self.assertRaises(UserError):
            skipped.action_skip()
        skipped.action_skip("Holidays")
        with self.assertRaises(UserError):
            skipped.action_hold()
        with self.assertRaises(AccessError):
            self._as(skipped, self.peer).action_hold()
        self.assertEqual(len(plan.checkpoint_ids.sudo().event_id), 2)
        plan.action_ids[1].not_done_cause = "both"
        plan.action_evaluate()
        self.assertEqual(plan.checkpoint_ids.sudo().event_id, held.sudo().event_id)

    def test_agreed_day_stays_in_the_calendar(self):
        """Both signed the day: the event gets an hour, people cannot move it away."""
        plan = self._plan()
        plan.action_propose_checkpoints()
        plan.action_propose()
        plan.action_sign()
        self._as(plan, self.manager).action_sign()
        checkpoint = plan.checkpoint_ids[0]
        event = self._as(checkpoint.sudo().event_id, self.employee)
        ten = fields.Datetime.to_datetime(checkpoint.date) + timedelta(hours=10)
        hour, day = timedelta(hours=1), timedelta(days=1)
        with self.assertRaisesRegex(UserError, "Both agreed on this day"):
            tomorrow = checkpoint.date + day
            event.write({"start_date": tomorrow, "stop_date": tomorrow})
        with self.assertRaisesRegex(UserError, "Both agreed on this day"):
            event.write({"allday": False, "start": ten + day, "stop": ten + day + hour})
        event.write({"allday": False, "start": ten, "stop": ten + hour})
        self.assertEqual(checkpoint.sudo().event_id.start, ten)
        event.name = "Our follow-up"
        # who was invited besides does not move it at all
        event.partner_ids |= self.peer.user_id.partner_id
        theirs = self._as(event, self.peer)
        with self.assertRaisesRegex(AccessError, "Only the two people who meet"):
            theirs.write({"start": ten + hour, "stop": ten + 2 * hour})
        event.unlink()
        checkpoint.action_hold("Said what was to be said")
        self.assertEqual(checkpoint.state, "held")

    def test_hidden_plan_has_nothing_in_a_calendar(self):
        before = self.env["calendar.event"].sudo().search_count([])
        plan = self._plan(channel=self.staff, conductor_user_id=self.officer.user_id.id)
        plan.action_propose_checkpoints()
        plan.action_propose()
        plan.action_sign()
        self._as(plan, self.officer).action_sign()
        self.assertEqual(plan.state, "agreed")
        self.assertEqual(self.env["calendar.event"].sudo().search_count([]), before)

    # ------------------------------------------------------------------- hand-over
    def test_hand_over(self):
        plan = self._agreed()
        plan.action_ids[0].action_done()
        proposed = self._plan()
        self._as(proposed, self.manager).action_propose()
        self._as(proposed, self.manager).action_sign()
        self.employee.sudo().parent_id = self.new_manager
        self.assertEqual(plan.conductor_user_id, self.new_manager.user_id)
        self.assertFalse(self._readable(plan, self.manager))
        for words in ("Manager", "New Manager", "1 of 2 actions"):
            self.assertIn(words, plan.hand_over_note)
        self.assertTrue(self._todos(self.new_manager, "hand_over"))
        # the new manager signs for himself
        self.assertFalse(proposed.conductor_signed_on)
        self._as(proposed, self.new_manager).action_sign()
        with self.assertRaises(AccessError):
            self._as(proposed, self.manager).action_sign()

    # ---------------------------------------------------------------------- import
    def test_import(self):
        names = [
            "employee_id",
            "title",
            "date_start",
            "date_end",
            "action_ids/name",
            "action_ids/deadline",
            "action_ids/weight",
        ]
        importer = self._model("career.plan", self.manager).with_context(
            import_file=True
        )
        result = importer.load(
            names,
            [
                [
                    "Employee",
                    "From the old file",
                    "2026-01-01",
                    "2026-12-31",
                    "One",
                    "2026-03-01",
                    "2",
                ],
                ["", "", "", "", "Two", "2026-06-01", "1"],
            ],
        )
        self.assertFalse(result["messages"])
        plan = self.env["career.plan"].sudo().browse(result["ids"])
        self.assertEqual(len(plan.action_ids), 2)
        self.assertEqual((plan.state, plan.is_imported), ("draft", True))
        self.assertFalse(plan.employee_signed_on or plan.conductor_signed_on)
        self.assertTrue(self._readable(plan, self.employee))
        # errors name the row, nothing is half-written
        before = self.env["career.plan"].sudo().search_count([])
        result = importer.load(
            names,
            [
                ["Employee", "Good", "2026-01-01", "2026-12-31", "One", "", "1"],
                [
                    "Employee",
                    "Outside",
                    "2026-01-01",
                    "2026-12-31",
                    "One",
                    "2027-03-01",
                    "1",
                ],
                ["Employee", "Word", "2026-01-01", "2026-12-31", "One", "", "x"],
            ],
        )
        self.assertFalse(result["ids"])
        self.assertEqual(
            {m["record"] for m in result["messages"] if m["type"] == "error"}, {1, 2}
        )
        self.assertEqual(self.env["career.plan"].sudo().search_count([]), before)
        # who imports signs for nobody, and imports for nobody else
        for person, fields_, row in (
            (self.manager, ["employee_id", "state"], ["Employee", "Agreed"]),
            (self.manager, ["employee_id", "employee_signed_by"], ["Employee", "E"]),
            (self.peer, ["employee_id", "title"], ["Employee", "x"]),
            (self.officer, ["employee_id", "title"], ["Employee", "x"]),
        ):
            result = self._model("career.plan", person).load(fields_, [row])
            self.assertFalse(result["ids"], person.name)
            self.assertTrue(result["messages"])

    def test_import_template(self):
        import csv

        from odoo.tools import file_open

        with file_open("career_guidance/static/import/career_plan.csv") as template:
            names, *rows = list(csv.reader(template))
        rows[0][0] = "Employee"
        result = (
            self._model("career.plan", self.employee)
            .with_context(import_file=True)
            .load(names, rows)
        )
        self.assertFalse(result["messages"])
        plan = self.env["career.plan"].sudo().browse(result["ids"])
        self.assertEqual((len(plan.need_ids), len(plan.action_ids)), (1, 2))
        self.assertTrue(plan.need_ids.is_precise)

    # ------------------------------------------------------------------------ cost
    def test_constant_queries(self):
        self._agreed()
        views = {
            name: {}
            for name in ("employee_id", "title", "realisation_rate", "track", "state")
        }

        def count(number):
            self.env.invalidate_all()
            model = self._model("career.plan", self.manager)
            model.web_search_read([], views, limit=number)
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            model.web_search_read([], views, limit=number)
            return self.env.cr.sql_log_count - before

        few = count(1)
        for _number in range(12):
            self._agreed()
        self.assertLessEqual(count(13), few)

    def test_nobody_deletes_a_plan(self):
        plan = self._plan()
        for person in (self.employee, self.manager, self.peer, self.officer):
            with self.assertRaises(AccessError):
                self._as(plan, person).unlink()

    @freeze_time("2026-03-01 10:00:00")
    def test_who_reads_a_plan(self):
        plan = self._agreed()
        everybody = [
            self.employee,
            self.manager,
            self.director,
            self.officer,
            self.other_officer,
            self.peer,
            self.coach,
            self.new_manager,
        ]
        readers = [p.name for p in everybody if self._readable(plan, p)]
        self.assertEqual(readers, ["Employee", "Manager", "Officer"])
        for part in (plan.need_ids, plan.action_ids[0]):
            self.assertEqual(
                [p.name for p in everybody if self._readable(part, p)], readers
            )
        plan.share_hr = False
        self.assertFalse(self._readable(plan, self.officer))


@tagged("post_install", "-at_install")
class TestPlanDocument(PlanCommon, HttpCase):
    def _html(self, plan, person):
        report = self._model("ir.actions.report", person)
        return report._render_qweb_html("career_guidance.career_plan_report", plan.ids)[
            0
        ].decode()

    def test_language_and_readers(self):
        plan = self._agreed()
        html = self._html(plan, self.employee)
        self.assertIn("Who can read this plan", html)
        self.assertIn("Officer", html)
        self.assertIn("Manager", html)
        seen = self._html(plan, self.manager)
        self.assertNotIn("Officer", seen, "whom E trusts is not the manager's business")
        self.env["res.lang"]._activate_lang("nl_NL")
        self.company.career_document_lang_id = self.env["res.lang"]._lang_get("nl_NL")
        self.assertEqual(plan._career_document_lang(), "nl_NL")

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_rule")
    def test_only_readers_print(self):
        plan = self._agreed()
        for person in (self.peer, self.director, self.other_officer):
            with self.assertRaises(AccessError):
                self._html(plan, person)
        url = f"/report/html/career_guidance.career_plan_document/{plan.id}"
        self.authenticate("career_peer", "career_peer")
        response = self.url_open(url)
        self.assertNotIn("Towards planning", response.text)
        response = self.url_open(url.replace("/html/", "/pdf/"))
        self.assertNotIn(b"%PDF", response.content[:10])
        self.authenticate("career_employee", "career_employee")
        self.assertIn("Towards planning", self.url_open(url).text)

    def test_two_pages_at_most(self):
        try:
            from pypdf import PdfReader
        except ImportError:
            from PyPDF2 import PdfReader
        import io

        report = self._model("ir.actions.report", self.employee)
        if report.get_wkhtmltopdf_state() not in ("ok", "upgrade", "workers"):
            self.skipTest("no wkhtmltopdf on this machine")
        plan = self._plan(actions=0)
        long = "A long sentence about what happens in the shift. " * 40
        plan.write(
            {
                "need_ids": [
                    Command.create(
                        {
                            "name": f"Need {number} " + long[:80],
                            "situation": long,
                            "behaviour_now": long,
                            "behaviour_wanted": long,
                        }
                    )
                    for number in range(12)
                ],
                "action_ids": [
                    Command.create(
                        {"name": f"Action {n} " + long[:90], "deadline": plan.date_end}
                    )
                    for n in range(40)
                ],
            }
        )
        plan.action_propose_checkpoints()
        plan.action_propose()
        plan.action_sign(PIXEL)
        self._as(plan, self.manager).action_sign(PIXEL)
        content, kind = report.with_context(
            force_report_rendering=True
        )._render_qweb_pdf("career_guidance.career_plan_report", plan.ids)
        self.assertEqual(kind, "pdf")
        pages = len(PdfReader(io.BytesIO(content)).pages)
        self.assertLessEqual(pages, 2)
        self.assertTrue(base64.b64decode(PIXEL))
