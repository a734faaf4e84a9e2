import json
from datetime import timedelta

from odoo import fields
from odoo.tests import new_test_user, tagged

from .common import CareerCommon


@tagged("post_install", "-at_install")
class TestHome(CareerCommon):
    """My career and My team: one request each, with the rights of who looks."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._person("other_report", parent=cls.manager)

    def _home(self, employee, page="my_career"):
        home = self._model("career.home", employee)
        self.env.invalidate_all()
        return getattr(home, page)()

    def _wish(self, who=None, activate=True, **values):
        who = who or self.employee
        wish = self._model("career.aspiration", who).create(
            {"employee_id": who.id, "direction": "lateral", **values}
        )
        if activate:
            wish.action_activate()
        return wish

    def _planned(self, channel=None, who=None, guide=None, days=7, **values):
        talk = self._conversation(channel, who, **values)
        held_by = self._as(talk, guide or self.manager)
        if not talk.conductor_user_id:
            held_by.action_assign()
        held_by.action_plan(fields.Datetime.now() + timedelta(days=days))
        return talk

    def _agreed(self, talk, guide=None, actions=5, done=0):
        plan = talk.action_create_plan()
        plan.write(
            {
                "title": "On the way",
                "action_ids": [
                    (0, 0, {"name": f"Step {i}", "deadline": plan.date_end})
                    for i in range(actions)
                ],
            }
        )
        plan.action_propose()
        plan.action_sign()
        self._as(plan, guide or self.manager).action_sign()
        plan.action_ids[:done].action_done()
        return plan

    def _payload(self, employee, page="my_team"):
        return json.dumps(self._home(employee, page), default=str, sort_keys=True)

    def test_job_title_in_the_language_of_the_reader(self):
        """The name of the job is translated; a title that was typed stays."""
        self.env["res.lang"]._activate_lang("fr_FR")
        job = self.env["hr.job"].create(
            {"name": "Planner", "company_id": self.company.id}
        )
        job.with_context(lang="fr_FR").name = "Planificateur"
        self.employee.job_id = job
        home = self._as(self.env["career.home"], self.manager)

        def title(lang):
            members = home.with_context(lang=lang).my_team()["members"]
            return next(m["job"] for m in members if m["id"] == self.employee.id)

        self.assertEqual(title("fr_FR"), "Planificateur")
        self.assertEqual(title("en_US"), "Planner")
        self.employee.job_title = "Chief of plans"
        self.assertEqual(title("fr_FR"), "Chief of plans")

    # ------------------------------------------------------------------- my career
    def test_user_without_employee(self):
        user = new_test_user(self.env, login="career_no_employee")
        home = self.env["career.home"].with_user(user)
        self.assertEqual(home.my_career(), {"employee": False})
        self.assertEqual(home.my_team()["members"], [])

    def test_new_employee_begins_with_a_wish(self):
        data = self._home(self.employee)
        self.assertEqual(data["next_step"]["model"], "career.aspiration")
        self.assertFalse(data["next_step"]["id"])
        self.assertEqual(data["conversations"], [])
        self.assertFalse(data["plan"])
        self.assertEqual(data["readers"], [])
        self.assertTrue(data["offer"]["methods"])

    def test_next_step_follows_the_story(self):
        """One thing at a time, from the wish to the plan."""
        wish = self._wish(share_n1=True)
        data = self._home(self.employee)
        self.assertEqual(data["next_step"]["model"], "career.conversation")
        self.assertFalse(data["next_step"]["id"])
        readers = data["aspirations"][0]["readers"]
        self.assertEqual([r["name"] for r in readers], [self.manager.name])

        talk = self._planned()
        step = self._home(self.employee)["next_step"]
        self.assertEqual((step["model"], step["id"]), (talk._name, talk.id))
        # the questions are there when it opens
        opened = getattr(talk, step["method"])()
        self.assertEqual(opened["res_model"], "career.preparation")
        self.assertEqual(opened["res_id"], talk.my_preparation_id.id)
        self.assertTrue(talk.my_preparation_id.answer_ids)
        talk.my_preparation_id.action_ready()
        self.assertFalse(self._home(self.employee)["next_step"])

        self._as(talk, self.manager).action_hold("develop")
        step = self._home(self.employee)["next_step"]
        self.assertEqual((step["model"], step["id"]), (talk._name, talk.id))
        talk.action_confirm_report()

        plan = talk.action_create_plan()
        step = self._home(self.employee)["next_step"]
        self.assertEqual((step["model"], step["id"]), (plan._name, plan.id))
        plan.action_ids = [(0, 0, {"name": "First step", "deadline": plan.date_end})]
        self._as(plan, self.manager).action_propose()
        step = self._home(self.employee)["next_step"]
        self.assertEqual((step["model"], step["id"]), (plan._name, plan.id))
        plan.action_sign()
        self._as(plan, self.manager).action_sign()
        data = self._home(self.employee)
        self.assertEqual(data["next_step"]["text"], "First step")
        self.assertEqual(data["plan"]["rate"], 0.0)
        self.assertEqual(data["plan"]["target"], 80)
        plan.action_ids.action_done()
        self.assertEqual(self._home(self.employee)["plan"]["rate"], 100.0)
        self.assertTrue(wish.exists())

    def test_wish_asked_again_and_overdue_action(self):
        wish = self._wish()
        talk = self._planned()
        talk.my_preparation_id.action_ready()
        old = fields.Date.today() - timedelta(days=200)
        wish.sudo().last_confirmed = old
        step = self._home(self.employee)["next_step"]
        self.assertEqual((step["model"], step["id"]), (wish._name, wish.id))
        plan = self._agreed(talk)
        plan.sudo().write({"date_start": old})
        plan.action_ids[0].sudo().write({"deadline": old})
        step = self._home(self.employee)["next_step"]
        self.assertEqual((step["model"], step["id"]), (plan._name, plan.id))
        self.assertTrue(self._home(self.employee)["plan"]["actions"][0]["is_overdue"])

    def test_what_is_told_waits_for_the_employee(self):
        talk = self._planned(self.staff, guide=self.officer)
        mine = self._as(talk, self.officer)
        route = talk.channel_id.route_ids.filtered(
            lambda r: (r.author_role, r.recipient_role) == ("conductor", "n1")
        )
        feedback = mine.action_write_feedback(route)
        feedback.body = "<p>About hours</p>"
        self.assertEqual(self._home(self.employee)["told"], [])
        feedback.action_send()
        data = self._home(self.employee)
        self.assertTrue(data["told"][0]["waits_for_me"])
        self.assertEqual(data["told"][0]["text"], "About hours")
        self.assertEqual(data["next_step"]["id"], feedback.id)
        self._as(feedback, self.employee).action_agree()
        told = self._home(self.employee)["told"][0]
        self.assertEqual(told["recipient"], self.manager.name)
        self.assertFalse(told["waits_for_me"])

    def test_page_is_about_oneself_only(self):
        self._wish(share_n1=True, share_n2=True, share_hr=True)
        talk = self._planned()
        self._agreed(talk)
        for viewer in (self.manager, self.director, self.officer, self.peer):
            data = self._home(viewer)
            self.assertEqual(data["aspirations"], [])
            self.assertEqual(data["conversations"], [])
            self.assertFalse(data["plan"])
            self.assertEqual(data["told"], [])

    def test_hidden_talk_is_marked_and_readers_are_summed(self):
        self._wish(share_n1=True)
        self._wish(share_n1=True, share_hr=True)
        self._planned(self.staff, guide=self.officer)
        data = self._home(self.employee)
        self.assertTrue(data["conversations"][0]["hidden"])
        summary = {reader["name"]: reader["reason"] for reader in data["readers"]}
        self.assertEqual(summary[self.manager.name], "wishes: 2")
        self.assertEqual(summary[self.officer.name], "wishes: 1, conversations: 1")

    def test_what_waits_for_a_guide(self):
        """A coach finds the open requests of the pool, a manager the own talks."""

        def waits(who):
            lines = self._model("career.home", who).my_career()["for_others"]
            models = [self.env.ref(line["action"]).res_model for line in lines]
            found = [
                self._model(model, who).search(line["domain"])
                for model, line in zip(models, lines, strict=True)
            ]
            self.assertEqual([line["count"] for line in lines], list(map(len, found)))
            return found

        for who in (self.employee, self.manager, self.coach, self.officer):
            self.assertEqual(waits(who), [])
        asked = self._conversation(self.pool)
        with_manager = self._conversation()
        self.assertEqual(waits(self.coach), [asked])
        self.assertEqual(waits(self.manager), [with_manager])
        for who in (self.employee, self.peer, self.director, self.officer):
            self.assertEqual(waits(who), [])
        with_hr = self._conversation(self.staff)
        self.assertEqual(waits(self.officer), [with_hr])
        self._as(asked, self.coach).action_assign()
        self.assertEqual(waits(self.coach), [asked])
        self._as(asked, self.coach).action_plan(
            fields.Datetime.now() + timedelta(days=7)
        )
        self.assertEqual(waits(self.coach), [])
        guidance = self._model("career.trajectory", self.employee).create({})
        self.assertEqual(waits(self.coach), [guidance])
        self.assertEqual(waits(self.mentor), [])

    def test_draft_of_a_plan_is_no_missing_plan(self):
        plan = self._model("career.plan", self.employee).create(
            {"employee_id": self.employee.id, "channel_id": self.line.id}
        )
        (shown,) = (
            member["plan"]
            for member in self._model("career.home", self.manager).my_team()["members"]
            if member["id"] == self.employee.id
        )
        self.assertEqual(shown["id"], plan.id)
        self.assertEqual(shown["state_label"], "Draft")

    def test_constant_queries(self):
        """The number of queries does not grow with the rows."""

        def count(page, who):
            self.env.flush_all()
            self._home(who, page)
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            getattr(self._model("career.home", who), page)()
            return self.env.cr.sql_log_count - before

        def grow(who):
            self._wish(who, share_n1=True)
            talk = self._planned(who=who)
            self._agreed(talk, done=1)
            self._as(talk, self.manager).action_hold("develop")

        grow(self.employee)
        career, team = count("my_career", self.employee), count("my_team", self.manager)
        for _index in range(3):
            grow(self.employee)
            grow(self.other)
            grow(self.peer)
        self.assertEqual(count("my_career", self.employee), career)
        self.assertEqual(count("my_team", self.manager), team)

    # --------------------------------------------------------------------- my team
    def test_team_of_the_manager(self):
        self._wish(share_n1=True)
        talk = self._planned()
        self._agreed(talk, done=4)
        data = self._home(self.manager, "my_team")
        self.assertEqual(
            {member["name"] for member in data["members"]},
            {self.employee.name, self.peer.name, self.other.name},
        )
        member = next(m for m in data["members"] if m["id"] == self.employee.id)
        self.assertEqual(member["wish_count"], 1)
        self.assertEqual(member["conversation"]["id"], talk.id)
        self.assertEqual(member["plan"]["rate"], 80.0)
        self.assertEqual(data["gauge"]["rate"], 80.0)
        self.assertTrue(data["gauge"]["is_target_met"])
        # the director sees the managers, not their reports
        names = {m["name"] for m in self._home(self.director, "my_team")["members"]}
        self.assertNotIn(self.employee.name, names)
        self.assertIn(self.manager.name, names)
        for viewer in (self.peer, self.officer, self.coach):
            self.assertEqual(self._home(viewer, "my_team")["members"], [])

    def test_what_is_late_says_what_to_do(self):
        """A request has no date that could have passed; it is to be given one."""
        talk = self._conversation(who=self.employee)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE career_conversation"
            " SET create_date = create_date - interval '1 year' WHERE id = %s",
            talk.ids,
        )
        self.env.invalidate_all()
        self.assertTrue(talk.is_overdue)
        data = self._home(self.manager, "my_team")
        member = next(m for m in data["members"] if m["id"] == self.employee.id)
        self.assertEqual(
            member["attention"], ["Asked for a conversation: choose a date"]
        )
        self.assertEqual(member["priority"], 0)

    def test_late_comes_first(self):
        late = self._planned(who=self.other, days=1)
        late.sudo().date_start = fields.Datetime.now() - timedelta(days=3)
        self._conversation(who=self.employee)
        members = self._home(self.manager, "my_team")["members"]
        self.assertEqual(
            [m["id"] for m in members], [self.other.id, self.employee.id, self.peer.id]
        )
        self.assertTrue(all(m["attention"] for m in members))

    def test_pooled_rate(self):
        """K4d: sums over the plans, not a mean of their rates."""
        self._agreed(self._planned(), actions=1, done=1)
        self._agreed(self._planned(who=self.peer), actions=9, done=2)
        gauge = self._home(self.manager, "my_team")["gauge"]
        self.assertEqual(gauge["rate"], 30.0)
        self.assertEqual(gauge["plan_count"], 2)

    def test_manager_learns_nothing_of_the_hidden(self):
        """The page is the same, byte for byte, with and without hidden documents."""
        self._agreed(self._planned(), done=1)
        before = self._payload(self.manager)
        for channel, guide in (
            (self.staff, self.officer),
            (self.pool, self.coach),
            (self.management, self.director),
        ):
            talk = self._planned(channel, guide=guide)
            self._agreed(talk, guide=guide, done=2)
            self._as(talk, guide).action_hold("develop")
        self._conversation(self.external)
        trajectory = self._model("career.trajectory", self.employee).create(
            {"employee_id": self.employee.id, "question": "What next?"}
        )
        self._as(trajectory, self.coach).action_accept()
        self._wish(share_hr=True, share_coach=True, share_n2=True)
        self.assertEqual(self._payload(self.manager), before)
        # the same for the director about his own reports
        before = self._payload(self.director)
        self._planned(self.staff, who=self.manager, guide=self.officer)
        self._wish(self.manager, share_hr=True)
        self.assertEqual(self._payload(self.director), before)

    def test_former_manager_sees_nobody(self):
        self._wish(share_n1=True)
        self._agreed(self._planned())
        self.employee.parent_id = self.new_manager
        ids = [m["id"] for m in self._home(self.manager, "my_team")["members"]]
        self.assertNotIn(self.employee.id, ids)
        members = self._home(self.new_manager, "my_team")["members"]
        self.assertEqual(members[0]["id"], self.employee.id)
        self.assertEqual(members[0]["wish_count"], 0)

    # --------------------------------------------------------------- smart buttons
    def test_smart_buttons_count_what_the_viewer_reads(self):
        self._wish(share_n1=True)
        self._wish()
        self._planned()
        self._planned(self.staff, guide=self.officer)
        names = ["career_aspiration_count", "career_conversation_count"]

        def counts(viewer):
            public = self.env["hr.employee.public"].browse(self.employee.id)
            self.env.invalidate_all()
            return [self._as(public, viewer)[name] for name in names]

        self.assertEqual(counts(self.employee), [2, 2])
        self.assertEqual(counts(self.manager), [1, 1])
        self.assertEqual(counts(self.officer), [0, 1])
        self.assertEqual(counts(self.peer), [0, 0])
        clerk = new_test_user(
            self.env,
            login="career_clerk",
            groups="hr.group_hr_user",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        private = self.employee.with_user(clerk)
        self.env.invalidate_all()
        self.assertEqual([private[name] for name in names], [0, 0])
        action = (
            self._as(self.env["hr.employee.public"], self.manager)
            .browse(self.employee.id)
            .action_career_conversations()
        )
        found = self._model("career.conversation", self.manager).search(
            action["domain"]
        )
        self.assertEqual(len(found), 1)
