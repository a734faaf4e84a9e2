from datetime import timedelta

from lxml import etree

from odoo import fields
from odoo.exceptions import AccessError, UserError

from .common import CareerCommon


class AppraisalCommon(CareerCommon):
    """People, and one appraisal, whatever appraisal module is there."""

    # groups of the appraisal module, by the bridge's tests
    appraisal_user_group = ""
    appraisal_officer_group = ""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.appraisal_officer = cls._person(
            "appraisal_officer",
            groups=f"base.group_user,{cls.appraisal_officer_group}",
        )
        for person in (cls.director, cls.manager, cls.employee, cls.peer):
            person.user_id.group_ids += cls.env.ref(cls.appraisal_user_group)
        cls.company.career_appraisal_mode = "combined"
        cls.appraisal = cls._appraisal(cls.employee, cls.manager)

    @classmethod
    def _appraisal(cls, employee, manager, **values):
        return cls.env["hr.appraisal"].create(
            cls._appraisal_values(employee, manager) | values
        )

    @classmethod
    def _appraisal_values(cls, employee, manager):
        return {
            "employee_id": employee.id,
            "manager_ids": [(6, 0, manager.ids)],
            "date_close": fields.Date.today() + timedelta(days=30),
        }

    def _see(self, person, appraisal=None):
        """The appraisal as the person sees it now, without anything cached."""
        self.env.invalidate_all()
        return self._as(appraisal or self.appraisal, person)

    def _linked(self, appraisal=None):
        return self.env["career.conversation"].search(
            [("appraisal_id", "=", (appraisal or self.appraisal).id)]
        )

    def _start(self):
        """The manager begins the conversation from the appraisal."""
        action = self._see(self.manager).button_career_conversation()
        return self.env["career.conversation"].browse(action["res_id"])


class AppraisalCases(AppraisalCommon):
    """The contract between career guidance and any appraisal module."""

    # ---------------------------------------------------------------------- closing
    def test_closing_needs_an_outcome(self):
        """R3.2: also by a plain write, in batch, at creation and by the superuser."""
        second = self._appraisal(self.peer, self.manager)
        both = self.appraisal + second
        both.write({"state": "2_pending"})
        for appraisals in (self.appraisal, both, self._see(self.manager)):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                appraisals.write({"state": "3_done"})
            self.assertEqual(set(both.mapped("state")), {"2_pending"})
        with self.assertRaisesRegex(UserError, "Employee, Peer"):
            both.write({"state": "3_done"})
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self._appraisal(self.peer, self.manager, state="3_done")
        self._see(self.manager)._career_record_outcome("no_change")
        with self.assertRaisesRegex(UserError, "Peer"), self.env.cr.savepoint():
            both.write({"state": "3_done"})
        self.assertEqual(self.appraisal.state, "2_pending")
        self.appraisal.write({"state": "3_done"})
        self.assertEqual(self.appraisal.state, "3_done")

    def test_closing_by_import(self):
        """An import that closes is refused like any other write, and says why."""
        record = self.appraisal._export_rows([["id"]])[0][0]
        result = self.env["hr.appraisal"].load(["id", "state"], [[record, "3_done"]])
        self.assertFalse(result["ids"])
        self.assertIn("no outcome", str(result["messages"]))
        self.env.invalidate_all()
        self.assertNotEqual(self.appraisal.state, "3_done")

    def test_closing_in_separate_mode(self):
        self.company.career_appraisal_mode = "separate"
        self.appraisal.write({"state": "3_done"})
        self.assertEqual(self.appraisal.state, "3_done")

    def test_closing_without_a_line(self):
        """Who has no line manager has no line conversation: nothing is asked."""
        appraisal = self._appraisal(self.director, self.manager)
        appraisal.write({"state": "3_done"})
        self.assertEqual(appraisal.state, "3_done")

    def test_outcome_of_another_employee_does_not_count(self):
        self._see(self.manager)._career_record_outcome("develop")
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.appraisal.write({"employee_id": self.peer.id, "state": "3_done"})
        self.appraisal.employee_id = self.peer
        with self.assertRaises(UserError):
            self.appraisal.write({"state": "3_done"})

    def test_other_channels_do_not_count(self):
        """A hidden talk neither closes the appraisal, nor shows in it."""
        talk = self._conversation(self.management)
        held_by = self._as(talk, self.director)
        held_by.action_plan(fields.Datetime.now() + timedelta(days=1))
        held_by.action_hold("develop")
        self.appraisal.flush_recordset()
        talk.sudo().write({"appraisal_id": self.appraisal.id})
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.appraisal.write({"state": "3_done"})
        for person in (self.employee, self.manager, self.director):
            seen = self._see(person).sudo()
            self.assertFalse(seen.career_conversation_id)
            self.assertNotEqual(seen.career_status, "exists")

    # ---------------------------------------------------------------------- outcome
    def test_not_discussed_is_an_answer_with_a_reason(self):
        seen = self._see(self.manager)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            seen._career_record_outcome("not_discussed", " ")
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.appraisal.write({"state": "3_done"})
        seen._career_record_outcome("not_discussed", "Another time, at her wish")
        seen = self._see(self.employee)
        self.assertEqual(seen.career_outcome, "not_discussed")
        self.assertEqual(seen.career_outcome_reason, "Another time, at her wish")
        self._see(self.manager)._career_record_outcome("no_change")
        seen = self._see(self.employee)
        self.assertEqual(seen.career_outcome, "no_change")
        self.assertFalse(seen.career_outcome_reason)

    def test_reason_taken_away_afterwards(self):
        """The conversation itself refuses it, so the appraisal needs no more."""
        seen = self._see(self.manager)
        conversation = seen._career_record_outcome("not_discussed", "No time")
        with self.assertRaises(UserError), self.env.cr.savepoint():
            conversation.outcome_reason = " "
        self.assertTrue(self.appraisal._career_needs_outcome(None))

    def test_only_the_guide_records(self):
        with self.assertRaises(AccessError):
            self._see(self.employee)._career_record_outcome("no_change")
        self.assertFalse(self._linked().filtered("outcome"))
        for person in (self.director, self.appraisal_officer):
            with self.assertRaises(UserError):  # AccessError is one
                self._see(person)._career_record_outcome("no_change")
        self.company.career_appraisal_mode = "separate"
        with self.assertRaises(UserError):
            self._see(self.manager)._career_record_outcome("no_change")

    def test_wizard(self):
        seen = self._see(self.manager)
        action = seen.button_career_outcome()
        wizard = (
            self._model(action["res_model"], self.manager)
            .with_context(**action["context"])
            .create({"outcome": "develop"})
        )
        wizard.action_confirm()
        self.assertEqual(self._see(self.manager).career_outcome, "develop")
        with self.assertRaises(UserError):
            wizard.with_context(active_model="res.users").action_confirm()

    # ----------------------------------------------------------------- conversation
    def test_one_conversation(self):
        """The same conversation for both sides, however often it is opened."""
        conversation = self._start()
        self.assertEqual(conversation.employee_id, self.employee)
        self.assertEqual(conversation.conductor_id, self.manager)
        self.assertEqual(conversation.channel_id, self.line)
        again = self._see(self.employee).button_career_conversation()
        self.assertEqual(again["res_id"], conversation.id)
        self.assertEqual(self._linked(), conversation)
        self.assertEqual(self._see(self.manager).career_conversation_id, conversation)

    def test_an_open_conversation_is_taken_in(self):
        conversation = self._conversation()
        self.assertEqual(self._start(), conversation)
        other = self._appraisal(self.employee, self.manager)
        action = self._see(self.manager, other).button_career_conversation()
        self.assertNotEqual(action["res_id"], conversation.id)

    def test_separate_mode_goes_to_the_last_one(self):
        """Looking at a conversation of this year does not make another one."""
        conversation = self._conversation()
        held_by = self._as(conversation, self.manager)
        held_by.action_plan(fields.Datetime.now() + timedelta(days=1))
        held_by.action_hold("no_change")
        conversation.sudo().date_held = fields.Datetime.now() - timedelta(days=300)
        self.company.career_appraisal_mode = "separate"
        self.assertEqual(self._start(), conversation)
        self.company.career_appraisal_mode = "combined"
        self.assertNotEqual(self._start(), conversation)

    def test_who_has_no_part_cannot_begin(self):
        for person in (self.director, self.appraisal_officer):
            with self.assertRaises(UserError):  # AccessError is one
                self._see(person).button_career_conversation()
        self.assertFalse(self._linked())

    def test_plan_follows(self):
        self._see(self.manager)._career_record_outcome("develop")
        action = self._see(self.manager).button_career_plan()
        plan = self.env["career.plan"].browse(action["res_id"])
        self.assertEqual(plan.employee_id, self.employee)
        self.assertEqual(plan.conductor_user_id, self.manager.user_id)
        self.assertEqual(self._see(self.employee).career_plan_id, plan)
        again = self._see(self.employee).button_career_plan()
        self.assertEqual(again["res_id"], plan.id)

    # -------------------------------------------------------------------- audience
    def test_viewers_rights(self):
        """Nothing of the conversation for who may not read it, also under sudo."""
        self._see(self.manager)._career_record_outcome("move")
        plan = self._see(self.manager).button_career_plan()["res_id"]
        for person in (self.employee, self.manager):
            seen = self._see(person)
            self.assertEqual(seen.career_outcome, "move")
            self.assertEqual(seen.career_plan_id.id, plan)
        for person in (self.director, self.officer, self.appraisal_officer):
            mine = self._see(person)
            for seen in (
                (mine.sudo(), mine) if mine.has_access("read") else (mine.sudo(),)
            ):
                self.env.invalidate_all()
                values = seen.read(self._career_fields())[0]
                values.pop("id")
                values.pop("career_mode")
                self.assertFalse(
                    [name for name, value in values.items() if value], person.name
                )

    def _career_fields(self):
        return [
            name for name in self.env["hr.appraisal"]._fields if name[:7] == "career_"
        ]

    def test_shared_with_the_director(self):
        conversation = self._see(self.manager)._career_record_outcome("no_change")
        self._as(conversation, self.employee).share_n2 = True
        seen = self._see(self.director).sudo()
        self.assertEqual(seen.career_outcome, "no_change")
        self.assertFalse(seen.career_role)

    def test_appraisal_officer_reads_no_career_record(self):
        """The matrix holds: the appraisal module's groups give nothing here."""
        conversation = self._start()
        self._see(self.manager)._career_record_outcome("develop")
        plan = self.env["career.plan"].browse(
            self._see(self.manager).button_career_plan()["res_id"]
        )
        wish = self._model("career.aspiration", self.employee).create(
            {"direction": "lateral"}
        )
        preparation = self.env["career.preparation"].search(
            [("conversation_id", "=", conversation.id), ("role", "=", "employee")]
        )
        self.assertTrue(preparation)
        officer = self.appraisal_officer
        self.assertTrue(self._as(self.appraisal, officer).has_access("write"))
        for record in (conversation, plan, wish, preparation):
            self.assertFalse(self._readable(record, officer))
            for operation in ("write", "unlink"):
                allowed = self._as(record, officer).has_access(operation)
                self.assertFalse(allowed, f"{operation} {record._name}")
        for model in ("career.conversation", "career.plan", "career.feedback"):
            self.assertFalse(self._model(model, officer).search_count([]))
        with self.assertRaises(AccessError):
            self._model("career.conversation", officer).search(
                [("appraisal_id", "!=", False)]
            )

    def test_values_cannot_be_searched(self):
        """Not stored and not searchable: no filter or group tells what is hidden."""
        model = self._model("hr.appraisal", self.appraisal_officer)
        for name in self._career_fields():
            field = model._fields[name]
            self.assertFalse(field.store, name)
            self.assertFalse(field.search, name)
        with self.assertRaises(ValueError):
            model._read_group([], ["career_outcome"])

    def test_link_is_the_servers(self):
        """A conversation does not tell of an appraisal that its reader may not see."""
        conversation = self._start()
        for person in (self.employee, self.manager):
            with self.assertRaises(AccessError):
                self._as(conversation, person).read(["appraisal_id"])
            with self.assertRaises(AccessError):
                self._as(conversation, person).appraisal_id = False

    def test_separate_mode_shows_only_existence(self):
        self.company.career_appraisal_mode = "separate"
        seen = self._see(self.manager)
        self.assertEqual(seen.career_status, "due")
        conversation = self._start()
        held_by = self._as(conversation, self.manager)
        held_by.action_plan(fields.Datetime.now() + timedelta(days=1))
        held_by.action_hold("move")
        held_by.action_create_plan()
        for person in (self.employee, self.manager):
            values = self._see(person).read(self._career_fields())[0]
            self.assertEqual(values.pop("career_status"), "exists")
            for name in ("id", "career_mode", "career_role"):
                values.pop(name)
            self.assertFalse([name for name, value in values.items() if value])
        self.assertFalse(self._see(self.appraisal_officer).career_status)
        self.assertFalse(self._linked())

    def test_due_after_a_year(self):
        self.company.career_appraisal_mode = "separate"
        conversation = self._start()
        self._as(conversation, self.manager).action_plan(
            fields.Datetime.now() + timedelta(days=1)
        )
        self._as(conversation, self.manager).action_hold("no_change")
        self.assertEqual(self._see(self.manager).career_status, "exists")
        conversation.date_held = fields.Datetime.now() - timedelta(days=370)
        self.assertEqual(self._see(self.manager).career_status, "due")

    def test_last_conversation_hint(self):
        old = self._conversation()
        self._as(old, self.manager).action_plan(
            fields.Datetime.now() + timedelta(days=1)
        )
        self._as(old, self.manager).action_hold("no_change")
        old.sudo().date_held = fields.Datetime.now() - timedelta(days=200)
        self._start()
        self.assertIn("Manager", self._see(self.employee).career_last_hint)
        self.assertFalse(self._see(self.appraisal_officer).career_last_hint)
        self.company.career_appraisal_mode = "separate"
        self.assertFalse(self._see(self.employee).career_last_hint)

    def test_shared_assessments(self):
        """R3.4: what the employee shared, to those with whom; combined mode only."""
        assessment = self._model("career.assessment", self.employee).create(
            {"kind": "feedback_360", "conclusion": "<p>Plans well</p>"}
        )
        for person in (self.employee, self.manager, self.appraisal_officer):
            self.assertFalse(self._see(person).career_assessments)
        assessment.share_n1 = True
        for person in (self.employee, self.manager):
            self.assertIn("Plans well", self._see(person).career_assessments)
        for person in (self.director, self.officer, self.appraisal_officer):
            self.assertFalse(self._see(person).sudo().career_assessments)
        self.company.career_appraisal_mode = "separate"
        self.assertFalse(self._see(self.manager).career_assessments)

    # -------------------------------------------------------------------- calendar
    def _meeting(self, days, **values):
        start = fields.Datetime.now().replace(microsecond=0) + timedelta(days=days)
        return self.env["calendar.event"].create(
            {
                "name": "Appraisal meeting",
                "start": start,
                "stop": start + timedelta(hours=2),
                "partner_ids": [(6, 0, self.director.user_id.partner_id.ids)],
                **values,
            }
        )

    def test_one_event(self):
        """Combined: the appraisal's meeting is the conversation's event; not two."""
        before = self.env["calendar.event"].search_count([])
        conversation = self._start()
        self._as(conversation, self.manager).action_plan(
            fields.Datetime.now() + timedelta(days=3)
        )
        self.assertEqual(self.env["calendar.event"].search_count([]), before + 1)
        meeting = self._meeting(
            5,
            res_model_id=self.env["ir.model"]._get_id("hr.appraisal"),
            res_id=self.appraisal.id,
        )
        self.assertEqual(conversation.event_id, meeting)
        self.assertEqual(conversation.date_start, meeting.start)
        self.assertEqual(conversation.duration, 2)
        self.assertEqual(self.env["calendar.event"].search_count([]), before + 1)
        later = meeting.start + timedelta(days=1)
        self._as(conversation, self.manager).date_start = later
        self.assertEqual(meeting.start, later)
        self.assertEqual(meeting.partner_ids, self.director.user_id.partner_id)
        self._as(conversation, self.manager).action_cancel("Not this year")
        self.assertTrue(meeting.exists())

    def test_meeting_that_was_there_first(self):
        meeting = self._meeting(
            5,
            res_model_id=self.env["ir.model"]._get_id("hr.appraisal"),
            res_id=self.appraisal.id,
        )
        conversation = self._start()
        self.assertEqual(conversation.state, "planned")
        self.assertEqual(conversation.event_id, meeting)
        meeting.write(
            {
                "start": meeting.start + timedelta(days=1),
                "stop": meeting.stop + timedelta(days=1),
            }
        )
        self.assertEqual(conversation.date_start, meeting.start)

    def test_separate_mode_has_an_event_of_its_own(self):
        self.company.career_appraisal_mode = "separate"
        self._meeting(
            5,
            res_model_id=self.env["ir.model"]._get_id("hr.appraisal"),
            res_id=self.appraisal.id,
        )
        conversation = self._start()
        self.assertEqual(conversation.state, "requested")
        self.assertFalse(conversation.event_id)

    # ------------------------------------------------------------------- scorecard
    def test_scorecard_on_a_managers_own_appraisal(self):
        """R2.4: for the guide, his N1 and HR; never for the appraisal officer."""
        appraisal = self._appraisal(self.manager, self.director)
        self._see(self.manager)._career_record_outcome("no_change")
        seen = self._see(self.manager, appraisal)
        self.assertRegex(str(seen.career_scorecard), r"1\s+of\s+2")
        seen = self._see(self.director, appraisal)
        self.assertTrue(seen.career_scorecard)
        self.assertNotRegex(str(seen.career_scorecard), r"1\s+of\s+2")
        for person in (self.appraisal_officer, self.employee):
            if self._see(person, appraisal).has_access("read"):
                self.assertFalse(self._see(person, appraisal).career_scorecard)
        self.assertFalse(self._see(self.manager).career_scorecard)

    # ------------------------------------------------------------------------ form
    def test_form_has_the_parts_once(self):
        for person in (self.employee, self.manager, self.appraisal_officer):
            self.env.registry.clear_cache("templates")
            arch = etree.fromstring(
                self._model("hr.appraisal", person).get_view(view_type="form")["arch"]
            )
            for path in (
                "//notebook/page[@name='career_guidance']",
                "//div[hasclass('oe_button_box')]"
                "/button[@name='button_career_conversation']",
            ):
                found = arch.xpath(
                    path.replace("hasclass('oe_button_box')", "@name='button_box'")
                )
                self.assertEqual(len(found), 1, path)

    def test_form_without_places(self):
        """Tolerant: a form without sheet, button box or notebook gets them."""
        model = self.env["hr.appraisal"]
        parts = (
            "<form><sheet><div name='button_box'><button name='a'/></div>"
            "<notebook><page name='career_guidance'/></notebook></sheet></form>"
        )
        for form in (
            "<form><field name='state'/></form>",
            "<form><sheet><field name='x'><form><notebook/></form></field></sheet>"
            "</form>",
            "<form><sheet><group/><chatter/></sheet></form>",
            "<form><div class='b oe_button_box c'/><notebook><page/></notebook></form>",
        ):
            arch = etree.fromstring(form)
            for _twice in range(2):
                model._career_graft(arch, etree.fromstring(parts))
            pages = arch.xpath("//page[@name='career_guidance']")
            self.assertEqual(len(pages), 1, form)
            self.assertFalse(pages[0].xpath("ancestor::field"), form)
            self.assertEqual(len(arch.xpath("//div/button[@name='a']")), 1, form)

    def test_what_the_model_needs_is_there(self):
        model = self.env["hr.appraisal"]
        self.assertEqual(model._career_appraisal_problems(), [])
        settings = self.env["res.config.settings"].create({})
        self.assertTrue(settings.career_has_appraisal)
        self.assertIn("has all", settings.career_appraisal_check)

    def test_what_is_missing_is_said(self):
        model = self.env["hr.appraisal"]
        self.patch(type(model), "_career_done_state", "9_gone")
        self.patch(type(model), "_career_appraisal_form", "hr_appraisal.gone")
        problems = model._career_appraisal_problems()
        self.assertEqual(len(problems), 2)
        with self.assertLogs("odoo.addons.career_guidance", "WARNING") as logs:
            model._register_hook()
        self.assertEqual(len(logs.output), 2)
        settings = self.env["res.config.settings"].create({})
        self.assertIn("9_gone", settings.career_appraisal_check)

    def test_query_count(self):
        """A list of appraisals costs the same number of queries, 3 or 12."""
        people = [
            self._person(f"report_{number}", parent=self.manager)
            for number in range(12)
        ]
        appraisals = self.env["hr.appraisal"].union(
            *[self._appraisal(person, self.manager) for person in people]
        )
        for appraisal in appraisals:
            self._see(self.manager, appraisal)._career_record_outcome("develop")
        names = ["career_outcome", "career_status", "career_plan_id", "career_mode"]
        counts = []
        for some in (appraisals[:3], appraisals[:3], appraisals):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._as(some, self.manager).read(names)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2], counts)
