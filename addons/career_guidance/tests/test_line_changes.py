from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from .access_oracle import reads, undone
from .world import PERSONAS, World


class LineCase(TransactionCase):
    """A world without documents: each test makes its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.world = World(cls.env, documents=False)
        cls.people, cls.users = cls.world.people, cls.world.users
        cls.people["E"].parent_id = cls.people["N1"]
        cls.env["career.history"].search([]).unlink()

    def wish(self, **values):
        wish = self.world.model("career.aspiration", "E").create(
            {"direction": "lateral", **values}
        )
        return wish.with_env(self.env)

    def talk(self, code="line", **values):
        return self.world.conversation(code, **values).with_env(self.env)

    def told(self, record=None):
        """Lines about the line that E can read."""
        return self.world.model("career.history", "E").search([("event", "=", "line")])

    def assertReaders(self, record, *personas):
        """Exactly these personas find and read the record."""
        self.env.flush_all()
        readers = {p for p in PERSONAS if reads(self.world, record, p)}
        self.assertEqual(readers, set(personas))

    def assertRefused(self, record, persona, method, *args, error=AccessError):
        with undone(self.env), self.assertRaises(error) as caught:
            getattr(self.world.view(record, persona), method)(*args)
            self.env.flush_all()
        return str(caught.exception)


@tagged("post_install", "-at_install")
class TestLineChanges(LineCase):
    """Rule 2 of the matrix: rights follow the line at once, and E is told."""

    def test_new_manager(self):
        wish = self.wish(share_n1=True, share_n2=True, share_hr=True)
        planned = self.world.planned(self.talk(), "N1")
        held = self.world.held(self.talk(share_n1=True), "N1")
        self.assertReaders(wish, "E", "N1", "N2", "HR", "HR2")
        self.people["E"].parent_id = self.people["MANAGER"]
        self.assertReaders(wish, "E", "HR", "HR2")
        self.assertFalse(wish.share_n1 or wish.share_n2)
        self.assertTrue(wish.share_hr)
        self.assertEqual(planned.conductor_id, self.people["MANAGER"])
        self.assertReaders(planned, "E", "MANAGER")
        self.assertEqual(held.conductor_id, self.people["N1"])
        self.assertReaders(held, "E", "N1")
        self.assertTrue(self.told())
        self.assertIn(self.users["MANAGER"].name, self.told()[0].detail)
        event = planned.event_id
        self.assertEqual(
            event.partner_ids, (self.users["E"] | self.users["MANAGER"]).partner_id
        )

    def test_old_notes_do_not_pass(self):
        planned = self.world.planned(self.talk(), "N1")
        note = self.world.view(planned, "N1").my_preparation_id
        note.note = "<p>Only mine</p>"
        self.people["E"].parent_id = self.people["MANAGER"]
        self.assertFalse(note.with_env(self.env).exists())
        new = self.world.view(planned, "MANAGER").my_preparation_id
        self.assertTrue(new)
        self.assertFalse(new.note)

    def test_open_plan_passes(self):
        plan = self.world.plan(until="agreed", share_hr=False).with_env(self.env)
        done = self.world.plan(until="evaluated", share_n1=True, share_hr=False)
        need = plan.need_ids
        self.people["E"].parent_id = self.people["MANAGER"]
        for record in (plan, need):
            self.assertReaders(record, "E", "MANAGER")
        self.assertReaders(done, "E", "N1")
        self.world.view(plan.action_ids[:1], "MANAGER").action_done()
        self.assertRefused(plan.action_ids[1:], "N1", "action_done")

    def test_feedback_stays_with_its_recipient(self):
        self.world.feedback("staff", "HR", "employee", "n1", "send")
        told = self.world.records["career.feedback", "staff_employee_n1_sent"][0]
        self.assertReaders(told, "E", "N1")
        self.people["E"].parent_id = self.people["MANAGER"]
        self.assertReaders(told, "E")
        # the former manager comes back in E's line, as N2: it was told to him
        self.people["MANAGER"].parent_id = self.people["N1"]
        self.assertReaders(told, "E", "N1")

    def test_n2_changes_alone(self):
        wish = self.wish(share_n1=True, share_n2=True)
        self.people["N1"].parent_id = self.people["MANAGER"]
        self.assertReaders(wish, "E", "N1")
        self.assertTrue(wish.share_n1)
        self.assertTrue(self.told())

    def test_no_manager(self):
        planned = self.world.planned(self.talk(), "N1")
        wish = self.wish(share_n1=True)
        self.people["E"].parent_id = False
        self.assertReaders(planned, "E")
        self.assertReaders(wish, "E")
        self.assertFalse(planned.conductor_user_id)
        with self.assertRaises(UserError):
            self.talk()
        self.people["E"].parent_id = self.people["N1"]
        self.assertReaders(planned, "E", "N1")

    def test_no_n2(self):
        self.people["N1"].parent_id = False
        with self.assertRaises(UserError):
            self.talk("management")
        talk = self.world.held(self.talk(), "N1")
        # nobody has to tell somebody who is not there
        self.assertFalse(talk.unsettled_route_ids)
        self.world.view(talk, "N1").action_close()

    def test_employee_archived(self):
        wish = self.wish(share_n1=True, share_n2=True, share_hr=True)
        planned = self.world.planned(self.talk(), "N1")
        for archive in (
            lambda e: e.action_archive(),
            lambda e: e.write({"active": False}),
            lambda e: e.resource_id.write({"active": False}),
        ):
            with undone(self.env):
                archive(self.people["E"])
                self.assertFalse(wish.n1_user_id or wish.n2_user_id)
                self.assertReaders(wish, "E", "HR", "HR2")
                self.assertReaders(planned, "E", "N1")
        self.assertReaders(wish, "E", "N1", "N2", "HR", "HR2")

    def test_manager_archived(self):
        wish = self.wish(share_n1=True)
        planned = self.world.planned(self.talk(), "N1")
        for archive in (
            lambda e: e.action_archive(),
            lambda e: e.write({"active": False}),
            lambda e: e.resource_id.write({"active": False}),
        ):
            with undone(self.env):
                archive(self.people["N1"])
                self.assertReaders(wish, "E")
                self.assertReaders(planned, "E")
                self.assertTrue(self.told())

    def test_manager_deleted(self):
        wish = self.wish(share_n1=True)
        planned = self.world.planned(self.talk(), "N1")
        self.env["career.history"].search(
            [("employee_id", "=", self.people["N1"].id)]
        ).unlink()
        self.people["N1"].unlink()
        self.assertReaders(wish, "E")
        self.assertFalse(wish.share_n1)
        self.assertReaders(planned, "E")
        self.assertTrue(self.told())

    def test_employee_with_documents_is_not_deleted(self):
        for make in (
            self.wish,
            self.talk,
            lambda: self.world.model("career.trajectory", "E").create({}),
        ):
            with undone(self.env):
                make()
                with self.assertRaisesRegex(UserError, "Archive"):
                    self.people["E"].unlink()
        # a note about the line is no document
        self.people["E"].parent_id = self.people["MANAGER"]
        employee = self.people["E"]
        employee.unlink()
        self.assertFalse(employee.exists())

    def test_guide_deleted_or_moved(self):
        """HR's work on an employee is never blocked by what that one once guided."""
        held = self.world.held(self.talk(), "N1")
        planned = self.world.planned(self.talk("management"), "N2")
        mentor = self.talk("mentor", conductor_id=self.people["MENTOR"].id)
        self.people["E"].parent_id = self.people["MANAGER"]
        self.assertReaders(planned, "E", "N2")
        self.users["SPARE"] = self.world.person("SPARE")
        for name in ("N1", "N2", "MENTOR"):
            with undone(self.env):
                self.people["SPARE"].user_id = False
                self.people[name].user_id = self.users["SPARE"]
                self.env.flush_all()
        self.people["MENTOR"].unlink()
        self.assertReaders(mentor, "E")
        self.people["N1"].unlink()
        self.assertReaders(held, "E", "N1")

    def test_department_moves_the_line(self):
        department = self.env["hr.department"].create(
            {
                "name": "Dept",
                "company_id": self.people["E"].company_id.id,
                "manager_id": self.people["N1"].id,
            }
        )
        self.people["E"].department_id = department
        wish = self.wish(share_n1=True)
        department.manager_id = self.people["MANAGER"]
        self.assertEqual(self.people["E"].parent_id, self.people["MANAGER"])
        self.assertReaders(wish, "E")
        self.assertTrue(self.told())

    def test_own_manager(self):
        self.people["E"].parent_id = self.people["E"]
        wish = self.wish(share_n1=True, share_n2=True)
        self.assertFalse(wish.n1_user_id or wish.n2_user_id)
        self.assertReaders(wish, "E")
        with self.assertRaises(UserError):
            self.talk()

    def test_circle(self):
        self.people["N1"].parent_id = self.people["E"]
        wish = self.wish(share_n1=True, share_n2=True)
        self.assertFalse(wish.n2_user_id)
        self.assertReaders(wish, "E", "N1")

    def test_user_link_moved(self):
        wish = self.wish()
        self.people["PEER"].user_id = False
        self.people["E"].user_id = self.users["PEER"]
        self.assertReaders(wish, "PEER")
        # both are told: who lost it, and who has it now
        for user in (self.users["E"], self.users["PEER"]):
            self.assertTrue(
                self.env["mail.activity"]
                .with_user(user)
                .search([("user_id", "=", user.id)])
            )

    def test_user_of_the_manager_moved(self):
        wish = self.wish(share_n1=True)
        planned = self.world.planned(self.talk(), "N1")
        self.people["PEER"].user_id = False
        for link in (
            lambda: self.people["N1"].write({"user_id": self.users["PEER"].id}),
            lambda: self.people["N1"].resource_id.write(
                {"user_id": self.users["PEER"].id}
            ),
        ):
            with undone(self.env):
                link()
                self.assertReaders(wish, "E")
                self.assertReaders(planned, "E", "PEER")
                self.assertTrue(self.told())

    def test_context_cannot_silence_a_line_change(self):
        wish = self.wish(share_n1=True)
        self.people["E"].with_context(career_line_watched=True).write(
            {"parent_id": self.people["MANAGER"].id}
        )
        self.assertFalse(wish.share_n1)
        self.assertTrue(self.told())

    def test_line_across_companies(self):
        other = self.world.companies["b"]
        self.people["N1"].company_id = other
        self.users["N1"].write(
            {"company_id": other.id, "company_ids": [Command.set(other.ids)]}
        )
        wish = self.wish(share_n1=True, share_hr=True)
        self.assertReaders(wish, "E", "N1", "HR", "HR2")
        talk = self.world.planned(self.talk(), "N1")
        self.assertReaders(talk, "E", "N1")

    def test_user_with_employees_in_two_companies(self):
        other = self.world.companies["b"]
        second = self.env["hr.employee"].create(
            {
                "name": "E again",
                "user_id": self.users["E"].id,
                "company_id": other.id,
                "parent_id": self.people["OTHERHR"].id,
            }
        )
        self.users["E"].company_ids = [Command.link(other.id)]
        wish = self.wish(share_n1=True, share_hr=True)
        there = self.world.model("career.aspiration", "E").create(
            {"direction": "stay", "employee_id": second.id, "share_hr": True}
        )
        self.assertEqual(there.company_id, other)
        self.assertReaders(wish, "E", "N1", "HR", "HR2")
        self.assertReaders(there, "E", "OTHERHR")
        there.share_hr = False
        self.assertReaders(there, "E")
        there.share_n1 = True
        self.assertReaders(there, "E", "OTHERHR")
        # the employee of the company that is on top is the one who acts
        own = self.world.model("career.aspiration", "E").with_context(
            allowed_company_ids=[other.id, self.world.companies["a"].id]
        )
        self.assertEqual(own.create({"direction": "stay"}).employee_id, second)

    def test_manager_who_is_also_hr(self):
        """Groups add up, but for what is hidden from the manager."""
        group = self.env.ref("career_guidance.group_career_officer")
        group.user_ids = [Command.link(self.users["N1"].id)]
        request = self.talk("staff")
        self.assertReaders(request, "E", "HR", "HR2")
        self.assertRefused(request, "N1", "action_assign")
        self.assertRefused(
            request, "HR", "action_assign", self.users["N1"].id, error=ValidationError
        )
        self.world.view(request, "HR").action_assign()
        self.world.view(request, "E").share_hr = True
        self.assertReaders(request, "E", "HR", "HR2")
        self.world.view(request, "E").share_n1 = True
        self.assertReaders(request, "E", "HR", "HR2", "N1")
        told = self.world.feedback("management", "N2", "employee", "hr", "send")
        told = self.world.records["career.feedback", "management_employee_hr_sent"][0]
        self.assertReaders(told, "E", "HR", "HR2")
        # of others, he reads as HR
        wish = self.world.model("career.aspiration", "PEER").create(
            {"direction": "stay", "share_hr": True}
        )
        self.assertReaders(wish, "PEER", "HR", "HR2", "N1")

    def test_coach_who_becomes_the_manager(self):
        request = self.talk("coach")
        self.assertReaders(request, "E", "COACH", "POOL")
        self.people["E"].parent_id = self.people["COACH"]
        self.assertReaders(request, "E", "POOL")
        self.assertRefused(request, "COACH", "action_assign")
        self.assertRefused(
            request,
            "POOL",
            "action_assign",
            self.users["COACH"].id,
            error=ValidationError,
        )

    def test_trajectory_ends_and_the_coach_reads_no_more(self):
        wish = self.wish(share_coach=True)
        guidance = self.world.model("career.trajectory", "E").create(
            {"coach_id": self.people["COACH"].id}
        )
        self.assertReaders(wish, "E")
        self.world.view(guidance, "COACH").action_accept()
        self.assertReaders(wish, "E", "COACH")
        guidance.action_close()
        self.assertReaders(wish, "E")

    def test_share_reaches_the_parts(self):
        plan = self.world.plan(until="agreed", share_hr=False)
        for share, reader in (("n2", "N2"), ("hr", "HR"), ("hr", "HR2")):
            for on in (True, False):
                plan.write({f"share_{share}": on})
                for part in (plan, plan.need_ids, plan.action_ids[:1]):
                    self.assertEqual(reads(self.world, part, reader), on)


@tagged("post_install", "-at_install")
class TestPool(LineCase):
    """The group of the coaches is the pool, no more and no less."""

    def assertMember(self, persona, member):
        self.assertEqual(
            self.users[persona].has_group("career_guidance.group_career_coach"), member
        )

    def test_group_follows_the_pool(self):
        officer = self.world.model("career.coach", "HR")
        coach = officer.create({"employee_id": self.people["PEER"].id})
        self.assertMember("PEER", True)
        coach.active = False
        self.assertMember("PEER", False)
        coach.active = True
        self.assertMember("PEER", True)
        coach.employee_id = self.people["MANAGER"]
        self.assertMember("PEER", False)
        self.assertMember("MANAGER", True)
        coach.unlink()
        self.assertMember("MANAGER", False)
        self.assertMember("COACH", True)

    def test_coach_who_leaves(self):
        self.people["COACH"].action_archive()
        self.assertMember("COACH", False)
        self.people["COACH"].action_unarchive()
        self.assertMember("COACH", True)

    def test_coach_whose_user_moves(self):
        self.people["PEER"].user_id = False
        self.people["COACH"].user_id = self.users["PEER"]
        self.assertMember("COACH", False)
        self.assertMember("PEER", True)

    def test_coach_who_is_deleted(self):
        self.people["POOL"].unlink()
        self.assertMember("POOL", False)

    def test_coach_without_user(self):
        nobody = self.env["hr.employee"].create({"name": "No user"})
        with self.assertRaises(ValidationError):
            self.world.model("career.coach", "HR").create({"employee_id": nobody.id})


@tagged("post_install", "-at_install")
class TestBadInput(LineCase):
    """Each refusal says what to do, and nothing is half-written."""

    def test_unknown_route(self):
        talk = self.world.held(self.talk(), "N1")
        routes = self.env["career.channel.route"]
        wrong = self.world.channel("staff").route_ids[:1]
        for route in (wrong.id, routes.search([], order="id desc", limit=1).id + 99):
            message = self.assertRefused(
                talk, "E", "action_write_feedback", route, error=UserError
            )
            self.assertIn("route", message)
            self.assertRefused(
                self.env["career.feedback"],
                "E",
                "create",
                [{"conversation_id": talk.id, "route_id": route}],
                error=UserError,
            )

    def test_feedback_after_cancellation(self):
        talk = self.world.planned(self.talk(), "N1")
        route = self.world.channel("line").route_ids.filtered(
            lambda r: r.author_role == "employee"
        )
        own = self.world.view(talk, "E")
        told = own.action_write_feedback(route)
        told.body = "<p>x</p>"
        own.action_cancel("Not now")
        self.assertRefused(told, "E", "action_send", error=UserError)
        self.assertRefused(talk, "E", "action_write_feedback", route, error=UserError)
        self.assertRefused(
            self.env["career.feedback"],
            "E",
            "create",
            [{"conversation_id": talk.id, "route_id": route.id}],
            error=UserError,
        )
        self.assertEqual(told.state, "draft")

    def test_agreement_after_cancellation(self):
        talk = self.world._taken("staff", "HR")
        self.world.planned(talk, "HR")
        route = self.world.channel("staff").route_ids.filtered("needs_agreement")[:1]
        told = self.world.view(talk, "HR").action_write_feedback(route)
        told.body = "<p>x</p>"
        told.action_send()
        self.world.view(talk, "E").action_cancel("Not now")
        self.assertRefused(told, "E", "action_agree", error=UserError)

    def test_sharing_by_another(self):
        wish = self.wish(share_n1=True)
        for persona in ("N1", "HR", "PEER", "SYS", "ADMIN"):
            self.assertRefused(wish, persona, "write", {"share_hr": True})
        self.assertFalse(wish.share_hr)

    def test_share_through_the_context(self):
        """A default in the context sets nothing that the caller may not set."""
        plans = self.world.model("career.plan", "N1")
        values = {
            "employee_id": self.people["E"].id,
            "channel_id": self.world.channel("line").id,
        }
        for name, value in (("share_n1", True), ("share_n2", True)):
            with undone(self.env), self.assertRaises(AccessError):
                plans.with_context(**{f"default_{name}": value}).create(values)
        talks = self.world.model("career.conversation", "N1")
        with undone(self.env), self.assertRaises(AccessError):
            talks.with_context(default_request="I leave").create(values)
        plan = plans.with_context(default_state="agreed", default_version=7).create(
            values
        )
        self.assertEqual((plan.state, plan.version), ("draft", 1))
        wish = self.world.model("career.aspiration", "E").with_context(
            default_share_hr=True, default_hidden_from_hr=True, default_state="active"
        )
        wish = wish.create({"direction": "stay"})
        self.assertTrue(wish.share_hr)
        self.assertFalse(wish.hidden_from_hr)
        self.assertEqual(wish.state, "draft")

    def test_share_through_a_default_of_the_database(self):
        self.env["ir.default"].set("career.aspiration", "share_n1", True)
        self.assertFalse(self.wish().share_n1)

    def test_conversation_with_oneself(self):
        for values in (
            {
                "channel_id": self.world.channel("mentor").id,
                "conductor_id": self.people["E"].id,
            },
            {
                "channel_id": self.world.channel("line").id,
                "conductor_id": self.people["E"].id,
            },
        ):
            self.assertRefused(
                self.env["career.conversation"],
                "E",
                "create",
                [values],
                error=ValidationError,
            )
        self.assertRefused(
            self.env["career.trajectory"],
            "E",
            "create",
            [{"coach_id": self.people["E"].id}],
            error=ValidationError,
        )

    def test_guide_without_the_role(self):
        for code, wrong in (
            ("line", "N2"),
            ("line", "PEER"),
            ("staff", "PEER"),
            ("staff", "OTHERHR"),
            ("management", "N1"),
            ("coach", "HR"),
        ):
            with self.subTest(channel=code, guide=wrong):
                self.assertRefused(
                    self.env["career.conversation"],
                    "E",
                    "create",
                    [
                        {
                            "channel_id": self.world.channel(code).id,
                            "conductor_id": self.people[wrong].id,
                        }
                    ],
                    error=ValidationError,
                )
        nobody = self.env["hr.employee"].create(
            {"name": "No user", "company_id": self.people["E"].company_id.id}
        )
        for code in ("staff", "coach", "line"):
            self.assertRefused(
                self.env["career.conversation"],
                "E",
                "create",
                [
                    {
                        "channel_id": self.world.channel(code).id,
                        "conductor_id": nobody.id,
                    }
                ],
                error=ValidationError,
            )

    def test_nobody_makes_himself_a_mentor(self):
        values = {
            "employee_id": self.people["E"].id,
            "channel_id": self.world.channel("mentor").id,
        }
        for model in ("career.conversation", "career.plan"):
            for persona in ("PEER", "N1", "HR", "COACH"):
                self.assertRefused(self.env[model], persona, "create", [dict(values)])
        guidance = self.world.model("career.trajectory", "E").create(
            {"kind": "mentor", "coach_id": self.people["MENTOR"].id}
        )
        self.world.view(guidance, "MENTOR").action_accept()
        talk = self.world.model("career.conversation", "MENTOR").create(values)
        self.assertReaders(talk, "E", "MENTOR")

    def test_one_message_whoever_it_is_about(self):
        """An error tells nothing about the employee, not even that there is one."""
        said = set()
        missing = self.env["hr.employee"].search([], order="id desc", limit=1).id + 99
        for employee in (self.people["E"].id, self.people["OTHERHR"].id, missing):
            for code in ("line", "management", "staff", "external", "mentor"):
                for model in ("career.conversation", "career.plan"):
                    said.add(
                        self.assertRefused(
                            self.env[model],
                            "PEER",
                            "create",
                            [
                                {
                                    "employee_id": employee,
                                    "channel_id": self.world.channel(code).id,
                                }
                            ],
                        )
                    )
        self.assertEqual(len(said), 1)

    def test_part_of_another_document(self):
        """A part cannot be hung on a document that its maker does not read."""
        talk = self.world._taken("staff", "HR")
        self.world.held(talk, "HR")
        route = self.world.channel("staff").route_ids.filtered(
            lambda r: r.author_role == "employee"
        )[:1]
        own = self.people["PEER"].id
        for model, values in (
            ("career.feedback", {"conversation_id": talk.id, "route_id": route.id}),
            (
                "career.feedback",
                {
                    "conversation_id": talk.id,
                    "route_id": route.id,
                    "employee_id": own,
                },
            ),
        ):
            self.assertRefused(self.env[model], "PEER", "create", [values])
        plan = self.world.plan(share_hr=False)
        for persona in ("PEER", "N2", "HR"):
            for model, more in (
                ("career.plan.need", {"name": "x"}),
                ("career.plan.action", {"name": "x"}),
                ("career.plan.checkpoint", {"date": plan.date_end}),
            ):
                for who in ({}, {"employee_id": self.people[persona].id}):
                    self.assertRefused(
                        self.env[model],
                        persona,
                        "create",
                        [{"plan_id": plan.id, **more, **who}],
                    )
        # the guide cannot take a part away from the employee either
        self.assertRefused(
            self.env["career.plan.need"],
            "N1",
            "create",
            [{"plan_id": plan.id, "name": "x", "employee_id": self.people["N1"].id}],
        )

    def test_guidance_of_somebody_else(self):
        theirs = self.world.model("career.trajectory", "PEER").create({})
        message = self.assertRefused(
            self.env["career.conversation"],
            "E",
            "create",
            [
                {
                    "channel_id": self.world.channel("coach").id,
                    "trajectory_id": theirs.id,
                }
            ],
        )
        self.assertTrue(message)

    def test_channel_that_is_not_open(self):
        other = self.world.channel("staff").copy(
            {"code": "b", "company_id": self.world.companies["b"].id}
        )
        gone = self.world.channel("staff").copy({"code": "gone", "active": False})
        missing = self.env["career.channel"].search([], order="id desc", limit=1)
        for channel in (other.id, gone.id, missing.id + 99):
            self.assertRefused(
                self.env["career.conversation"],
                "E",
                "create",
                [{"channel_id": channel}],
                error=UserError,
            )

    @mute_logger("odoo.models")
    def test_import_about_others(self):
        """Import is create: it makes nothing about another, whole or half."""
        before = self.env["career.aspiration"].search_count([])
        mine = self.world.model("career.aspiration", "PEER")
        names = ["employee_id/.id", "direction", "motivation"]
        result = mine.load(
            names,
            [
                [str(self.people["PEER"].id), "lateral", "mine"],
                [str(self.people["E"].id), "lateral", "not mine"],
            ],
        )
        self.assertFalse(result["ids"])
        self.assertTrue(result["messages"])
        self.assertEqual(self.env["career.aspiration"].search_count([]), before)
        result = mine.load(
            ["direction", "state", "employee_user_id/.id"],
            [["lateral", "active", str(self.users["E"].id)]],
        )
        self.assertFalse(result["ids"])

    def test_change_of_guide_by_the_employee(self):
        """Another guide does not inherit the notes of the first."""
        talk = self.talk("mentor", conductor_id=self.people["MENTOR"].id)
        note = self.world.view(talk, "MENTOR").my_preparation_id
        note.note = "<p>Only mine</p>"
        self.world.view(talk, "E").conductor_id = self.people["PEER"]
        self.assertEqual(talk.conductor_user_id, self.users["PEER"])
        self.assertFalse(note.with_env(self.env).exists())
        self.assertFalse(self.world.view(talk, "PEER").my_preparation_id.note)
        self.assertReaders(talk, "E", "PEER")

    def test_closing_deletes_what_was_not_shared(self):
        talk = self.world.held(
            self.talk("mentor", conductor_id=self.people["MENTOR"].id), "MENTOR"
        )
        note = self.world.view(talk, "MENTOR").my_preparation_id
        # E's cache holds what E may see: the notes go all the same
        own = self.world.view(talk, "E")
        self.assertNotIn(note.id, own.preparation_ids.ids)
        own.action_close()
        self.assertFalse(note.with_env(self.env).exists())

    def test_export_is_noted(self):
        wish = self.wish(share_hr=True)
        allow = self.env.ref("base.group_allow_export")
        self.users["HR"].group_ids = [Command.link(allow.id)]
        self.world.view(wish, "HR").export_data(["motivation"])
        lines = self.world.model("career.history", "E").search(
            [("event", "=", "export"), ("res_id", "=", wish.id)]
        )
        self.assertEqual(lines.user_id, self.users["HR"])

    def test_custom_channel_cannot_let_the_adviser_tell(self):
        with self.assertRaises(ValidationError):
            self.world.channel("external").route_ids = [
                Command.create({"author_role": "conductor", "recipient_role": "hr"})
            ]

    def test_channel_changes_touch_new_records_only(self):
        old = self.talk("staff")
        channel = self.world.channel("staff")
        channel.hidden_from_n1 = False
        self.assertTrue(old.hidden_from_n1)
        self.assertFalse(self.talk("staff").hidden_from_n1)
        channel.active = False
        self.assertReaders(old, "E", "HR", "HR2")
        with self.assertRaises(UserError):
            channel.unlink()

    def test_event_is_moved_by_the_two_alone(self):
        talk = self.world.planned(self.talk(), "N1")
        event = talk.event_id
        later = fields.Datetime.now() + timedelta(days=20)
        vals = {"start": later, "stop": later + timedelta(hours=1)}
        for persona in ("PEER", "N2", "HR", "SYS", "HROFFICER"):
            self.assertRefused(event, persona, "write", vals)
            self.assertRefused(event, persona, "unlink")
        # a guest, and a meeting that somebody made public, are no way either
        self.world.view(event, "N1").write(
            {"partner_ids": [Command.link(self.users["PEER"].partner_id.id)]}
        )
        self.world.view(event, "N1").privacy = "public"
        for persona in ("PEER", "N2"):
            self.assertRefused(event, persona, "write", vals)
            self.assertRefused(event, persona, "unlink")
        # a client cannot move the event and leave the conversation behind
        self.world.view(event, "N1").with_context(career_event_synced=True).write(vals)
        self.assertEqual(talk.date_start, event.start)

    def test_hidden_conversation_has_no_event(self):
        talk = self.world._taken("staff", "HR")
        self.world.planned(talk, "HR")
        self.assertFalse(talk.event_id)
        self.world.channel("line").hidden_from_n2 = True
        self.assertFalse(self.world.planned(self.talk(), "N1").event_id)

    def test_step_dialog_grants_nothing(self):
        talk = self.talk("staff")
        for persona in ("N1", "PEER", "SYS"):
            for model, step in (
                ("career.conversation", "assign"),
                ("career.conversation", "cancel"),
                ("res.users", "sign"),
                ("career.step.wizard", "sign"),
                ("career.aspiration", "sign"),
            ):
                with undone(self.env), self.assertRaises(UserError):
                    dialog = self.world.model("career.step.wizard", persona)
                    dialog = dialog.with_context(active_model=model, active_id=talk.id)
                    dialog.create(
                        {
                            "step": step,
                            "reason": "x",
                            "user_id": self.users[persona].id,
                        }
                    ).action_confirm()

    def test_client_cannot_act_as_an_employee(self):
        wish = self.wish()
        for value in (self.people["E"].id, True, (1, 2), "E"):
            mine = self.world.view(wish, "N1").with_context(
                career_acting_employee=value
            )
            self.assertFalse(mine.has_access("read"))
            with self.assertRaises(AccessError):
                mine.action_activate()
