from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import TransactionCase, tagged

from .common import CareerCommon
from .world import OFFICER as HR
from .world import PERSONAS, World

OFFICER = "career_guidance.group_career_officer"


@tagged("post_install", "-at_install")
class TestAttacker(CareerCommon):
    """Ways round the rules that are no read of a document: each was open once."""

    def _hidden_talk(self, guide=None):
        """A planned conversation with HR, or with the coach."""
        guide = guide or self.officer
        channel = self.staff if guide == self.officer else self.pool
        talk = self._conversation(channel)
        self._as(talk, guide).action_assign()
        self._as(talk, guide).action_plan(fields.Datetime.now() + timedelta(days=7))
        return talk

    def _told_to_hr(self):
        """The coach tells HR something, with the agreement of the employee."""
        talk = self._hidden_talk(self.coach)
        self._as(talk, self.coach).action_hold("decide_later")
        route = self.pool.route_ids.filtered(
            lambda r: (r.author_role, r.recipient_role) == ("conductor", "hr")
        )
        told = self._as(talk, self.coach).action_write_feedback(route)
        told.body = "<p>He wants to leave the team.</p>"
        told.action_send()
        self._as(told, self.employee).action_agree()
        return self.env["career.feedback"].browse(told.id)

    # --------------------------------------------------- a manager who is HR as well
    def test_manager_in_hr_gets_no_to_do_about_a_hidden_message(self):
        for leader in (self.manager, self.director):
            leader.user_id.group_ids |= self.env.ref(OFFICER)
        told = self._told_to_hr()
        todos = self.env["mail.activity"].search(
            [("career_key", "=", f"career.feedback,{told.id},read")]
        )
        self.assertEqual(todos.user_id, self.officer.user_id)
        readers = self._as(told, self.employee).reader_ids
        self.assertIn(self.officer.user_id, readers)
        self.assertFalse(readers & (self.manager | self.director).user_id)
        for leader in (self.manager, self.director):
            self.assertFalse(self._readable(told, leader))

    # ------------------------------------------------------------------ the calendar
    def test_placeholder_is_like_any_private_event(self):
        talk = self._hidden_talk()
        self._as(talk, self.employee).action_add_placeholder()
        # HR moves the conversation, and the placeholder moves along
        self._as(talk, self.officer).action_plan(
            fields.Datetime.now() + timedelta(days=8)
        )
        event = talk.sudo().employee_event_id
        mine = self.employee.user_id
        self.assertEqual((event.create_uid, event.write_uid), (mine, mine))
        self.assertEqual(event.attendee_ids.create_uid, mine)
        events = self._model("calendar.event", self.manager)
        of_employee = [("partner_ids", "in", mine.partner_id.ids)]
        self.assertIn(event.id, events.search(of_employee).ids)
        for leaf in (
            ("name", "=", event.name),
            ("name", "!=", "x"),
            ("display_name", "ilike", event.name),
            ("create_uid", "=", mine.id),
            ("write_date", "!=", False),
            ("attendee_ids.event_id.name", "=", event.name),
        ):
            with self.subTest(leaf=leaf):
                found = events.search([*of_employee, leaf])
                self.assertNotIn(event.id, found.ids)
                own = self._model("calendar.event", self.employee)
                self.assertIn(event.id, own.search([leaf]).ids)

    # ------------------------------------------------ a share that was taken back
    def test_a_plan_is_not_read_in_another_version(self):
        plan = self._model("career.plan", self.employee).create(
            {
                "channel_id": self.line.id,
                "action_ids": [Command.create({"name": "Follow a course"})],
            }
        )
        plan.share_hr = True
        versions = plan
        for _number in range(2):
            plan.action_propose()
            plan.action_sign()
            self._as(plan, self.manager).action_sign()
            plan = plan.action_revise()
            versions |= plan
        self.assertEqual(
            versions.mapped("state"),
            ["superseded", "agreed", "draft"],
            "three versions",
        )
        for version in versions:
            self.assertTrue(self._readable(version, self.officer))
        # an old one alone
        versions[0].share_hr = False
        self.assertEqual(versions.mapped("share_hr"), [False, True, True])
        versions[0].share_hr = True
        versions[1].share_hr = False
        self.env.flush_all()
        self.env.invalidate_all()
        for version in versions:
            self.assertFalse(self._readable(version, self.officer))
            self.assertFalse(self._readable(version.action_ids, self.officer))

    # ------------------------------------------------------------ who else reads it
    def _shared_over_his_head(self):
        """A line conversation that the employee shares with N+2 and HR."""
        talk = self._conversation()
        self._as(talk, self.manager).action_plan(
            fields.Datetime.now() + timedelta(days=7)
        )
        talk.write({"share_n2": True, "share_hr": True, "share_coach": True})
        return talk

    def test_guide_does_not_see_with_whom_it_is_shared(self):
        talk = self._shared_over_his_head()
        other = self._conversation(self.line, self.peer)
        names = ["share_n1", "share_n2", "share_hr", "share_coach"]
        self.manager.user_id.group_ids |= self.env.ref("base.group_allow_export")
        self.env.flush_all()
        self.env.invalidate_all()
        seen = self._as(talk, self.manager)
        [row] = seen.read(names)
        self.assertFalse(any(row[name] for name in names))
        self.assertEqual(
            seen.export_data(names)["datas"], [[False, False, False, False]]
        )
        talks = self._model("career.conversation", self.manager)
        both = {talk.id, other.id}
        for name in names:
            with self.subTest(name):
                for domain, found in (
                    ([(name, "=", True)], set()),
                    ([(name, "!=", False)], set()),
                    ([(name, "in", [True])], set()),
                    ([(name, "=", False)], both),
                    ([(name, "!=", True)], both),
                    ([(name, "not in", [True])], both),
                    (["!", (name, "=", True)], both),
                ):
                    self.assertEqual(set(talks.search(domain).ids), found, domain)
                groups = talks.formatted_read_group([], [name], ["__count"])
                self.assertEqual([group[name] for group in groups], [False])
                self.assertEqual(
                    talks.search([], order=f"{name}, id").ids,
                    talks.search([], order=f"{name} desc, id").ids,
                )
                for aggregate in ("bool_or", "count", "array_agg"):
                    with self.assertRaises(AccessError):
                        talks.formatted_read_group([], [], [f"{name}:{aggregate}"])

    def test_who_it_is_shared_with_sees_his_own_share(self):
        talk = self._shared_over_his_head()
        self.env.flush_all()
        self.env.invalidate_all()
        for reader, own in ((self.director, "share_n2"), (self.officer, "share_hr")):
            [row] = self._as(talk, reader).read(["share_n2", "share_hr"])
            self.assertEqual([name for name, on in row.items() if on is True], [own])
            talks = self._model("career.conversation", reader)
            found = talks.search([(own, "=", True)])
            self.assertEqual(found.ids, talk.ids)
        mine = self._as(talk, self.employee)
        self.assertTrue(all(mine.read(["share_n2", "share_hr"])[0].values()))
        groups = mine.formatted_read_group([], ["share_hr"], ["__count"])
        self.assertEqual(groups[0]["share_hr"], True)

    # -------------------------------------------------------- links to what is hidden
    def test_no_way_to_ask_tells_of_a_hidden_link(self):
        talk = self._conversation()
        self._as(talk, self.manager).action_plan(
            fields.Datetime.now() + timedelta(days=7)
        )
        plan = self._as(talk, self.employee).action_create_plan()
        plan.share_hr = False
        talk.share_hr = True
        bare = self._conversation()
        bare.share_hr = True
        self.officer.user_id.group_ids |= self.env.ref("base.group_allow_export")
        self.env.flush_all()
        self.env.invalidate_all()
        talks = self._model("career.conversation", self.officer)
        for operator in ("=?", "=", "in", "<=", ">=", "<", ">"):
            value = [plan.id] if operator == "in" else plan.id
            with self.subTest(operator):
                self.assertFalse(talks.search([("plan_id", operator, value)]))
        self.assertEqual(
            talks.search([], order="plan_id").ids,
            talks.search([], order="plan_id desc").ids,
        )
        both = self._as(talk | bare, self.officer)
        for path in ("plan_id", "plan_id/id", "plan_id/.id", "plan_id/display_name"):
            with self.subTest(path):
                self.assertEqual(both.export_data([path])["datas"], [[""], [""]])
        # the employee reads it, and exports it
        self.employee.user_id.group_ids |= self.env.ref("base.group_allow_export")
        mine = self._as(talk, self.employee)
        self.assertEqual(mine.export_data(["plan_id/.id"])["datas"], [[str(plan.id)]])
        # what was masked for one is there for the other
        self.assertEqual(talk.plan_id.id, plan.id)

    def test_a_dialog_shows_nobody_by_a_number(self):
        cycle = self.env["career.cycle"].create(
            {
                "name": "Round",
                "date_start": fields.Date.today(),
                "date_end": fields.Date.today() + timedelta(days=30),
                "company_ids": [Command.set(self.company.ids)],
            }
        )
        cycle.state = "running"
        part = self.env["career.participation"].create(
            {"cycle_id": cycle.id, "employee_id": self.employee.id}
        )
        wizard = self._model("career.participation.plan", self.mentor).create(
            {
                "date_first": fields.Datetime.now(),
                "line_ids": [Command.create({"participation_id": part.id})],
            }
        )
        self.env.flush_all()
        self.env.invalidate_all()
        for call in (
            lambda: wizard.line_ids.read(["employee_id"]),
            wizard.action_propose,
        ):
            with self.assertRaises(AccessError):
                call()

    # ---------------------------------------------------------------------- documents
    def test_files_are_written_by_who_writes_the_document(self):
        assessment = self._model("career.assessment", self.officer).create(
            {"employee_id": self.employee.id, "conclusion": "<p>Strong</p>"}
        )
        file = self._model("ir.attachment", self.officer).create(
            {"name": "report.txt", "raw": b"as it was"}
        )
        assessment.attachment_ids = file
        mine = self._as(file, self.employee)
        self.assertEqual(mine.raw, b"as it was")
        for call in (
            lambda: mine.write({"raw": b"forged"}),
            lambda: mine.write({"public": True}),
            mine.generate_access_token,
            mine.unlink,
            lambda: mine.create(
                {
                    "name": "more.txt",
                    "raw": b"x",
                    "res_model": assessment._name,
                    "res_id": assessment.id,
                }
            ),
        ):
            with self.assertRaises(AccessError):
                call()
        self._as(file, self.officer).write({"raw": b"corrected"})
        own = self._model("career.assessment", self.employee).create({})
        mine.create(
            {"name": "my.txt", "raw": b"x", "res_model": own._name, "res_id": own.id}
        ).unlink()

    def test_a_file_that_hangs_on_a_document_is_in_the_export(self):
        """No form shows it: the person finds it in the own file, as all the rest."""
        talk = self._conversation()
        self._model("ir.attachment", self.manager).create(
            {
                "name": "my notes.txt",
                "raw": b"about the employee",
                "res_model": talk._name,
                "res_id": talk.id,
            }
        )
        export = self._model("career.export", self.employee)
        data = export._career_export_data(self.employee)
        [part] = [p for p in data["documents"] if p["model"] == talk._name]
        self.assertEqual([file["name"] for file in part["files"]], ["my notes.txt"])
        self.assertIn("my notes.txt", str(export._career_paper(data)["sections"]))

    def test_file_of_hr_tells_nothing_that_hr_cannot_read(self):
        worker = self.env["hr.employee"].create(
            {
                "name": "Maria",
                "company_id": self.company.id,
                "parent_id": self.manager.id,
            }
        )
        talk = self._model("career.conversation", self.manager).create(
            {"employee_id": worker.id, "channel_id": self.line.id}
        )
        system = self.env["career.conversation"].browse(talk.id)
        plan = self.env["career.plan"].create(
            {"employee_id": worker.id, "channel_id": self.line.id, "share_hr": False}
        )
        plan.share_hr = False
        system.write({"plan_id": plan.id, "share_hr": True, "share_n2": True})
        data = self._model("career.export", self.officer)._career_export_data(
            worker, as_officer=True
        )
        [part] = [p for p in data["documents"] if p["model"] == talk._name]
        [row] = part["records"]
        self.assertTrue(row["share_hr"])
        self.assertFalse(row["plan_id"])
        self.assertNotIn("share_n2", row)
        self.assertNotIn("employee_event_id", row)

    # -------------------------------------------------------------- a guide who leaves
    def test_request_that_goes_back_holds_the_request_alone(self):
        second = self._person("second_coach")
        self.env["career.coach"].create({"employee_id": second.id})
        talk = self._hidden_talk(self.coach)
        mine = self._as(talk, self.employee)
        mine.talking_points_employee = "<p>My manager shouts.</p>"
        mine.my_preparation_id.note = "<p>For you alone.</p>"
        mine.my_preparation_id.action_share()
        self._as(talk, self.coach).write(
            {
                "report": "<p>Wants to leave.</p>",
                "talking_points_conductor": "<p>Ask about the manager.</p>",
            }
        )
        self.coach.action_archive()
        self.env.flush_all()
        self.env.invalidate_all()
        [row] = self._as(talk, second).read(
            ["request", "report", "talking_points_employee", "talking_points_conductor"]
        )
        self.assertEqual(row["request"], "What could be my next step?")
        self.assertFalse(row["report"] or row["talking_points_employee"])
        self.assertFalse(row["talking_points_conductor"])
        self._as(talk, second).action_assign()
        preparations = self._model("career.preparation", second).search(
            [("conversation_id", "=", talk.id), ("role", "=", "employee")]
        )
        self.assertFalse(preparations)
        # nothing of it is lost to the employee
        own = self._as(talk, self.employee).my_preparation_id
        self.assertEqual(own.state, "private")
        self.assertIn("For you alone", own.note)
        self.assertIn("My manager shouts", own.note)


@tagged("post_install", "-at_install")
class TestTodos(TransactionCase):
    """A to-do that cannot be opened tells that there is something hidden."""

    # the line works in HR as well: only "hidden stays hidden" keeps it out
    @classmethod
    @patch.dict(PERSONAS, {name: (HR, "a") for name in ("N1", "N2", "FORMER")})
    def setUpClass(cls):
        super().setUpClass()
        cls.world = World(cls.env)
        cls.world.companies["a"].write(
            {"career_escalate_hr": True, "career_escalate_n2": True}
        )

    def _assert_all_open(self):
        self.env.flush_all()
        self.env.invalidate_all()
        mixin = self.env.registry["career.audience.mixin"]
        users = self.env["res.users"].union(*self.world.users.values())
        count = 0
        for todo in self.env["mail.activity"].search(
            [("career_key", "!=", False), ("user_id", "in", users.ids)]
        ):
            model, record_id, code, *_rest = [*todo.career_key.split(","), "", "", ""]
            # a stand-in is told that he is needed, and has nothing to open
            if code == "stand_in" or not isinstance(self.env.get(model), mixin):
                continue
            document = self.env[model].with_user(todo.user_id).browse(int(record_id))
            document = document.with_context(
                allowed_company_ids=todo.user_id.company_ids.ids
            )
            self.assertTrue(
                document.has_access("read"), f"{todo.career_key}: {todo.user_id.name}"
            )
            count += 1
        self.assertGreater(count, 100)

    def test_who_gets_a_to_do_can_open_it(self):
        self._assert_all_open()
        for days in (20, 60, 400):
            day = fields.Datetime.now() + timedelta(days=days)
            with freeze_time(day), patch.object(self.env.cr, "commit"):
                self.env["career.plan.follow.up"]._cron_follow_up()
                self.env["career.conversation"]._cron_nightly()
                self.env["career.aspiration"]._cron_remind()
                self._assert_all_open()
