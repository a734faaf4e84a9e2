import json
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import CareerCommon


@tagged("post_install", "-at_install")
class TestHomePages(CareerCommon):
    """My organisation (N+2), the start page of HR, and planning several at once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._person("organisation_report", parent=cls.manager)

    def _home(self, who, page):
        user = who if who._name == "res.users" else who.user_id
        home = self.env["career.home"].with_user(user)
        home = home.with_context(allowed_company_ids=user.company_ids.ids)
        self.env.invalidate_all()
        return getattr(home, page)()

    def _payload(self, who, page="my_organisation"):
        return json.dumps(self._home(who, page), default=str, sort_keys=True)

    def _cycle(self, name="Round", days=90):
        cycle = self.env["career.cycle"].create(
            {
                "name": name,
                "company_ids": [(6, 0, self.company.ids)],
                "date_start": fields.Date.today() - timedelta(days=30),
                "date_end": fields.Date.today() + timedelta(days=days),
            }
        )
        cycle.with_user(self.officer.user_id).with_context(
            allowed_company_ids=self.company.ids
        ).action_launch()
        return cycle

    def _part(self, cycle, employee):
        return cycle.participation_ids.filtered(lambda p: p.employee_id == employee)

    def _person_row(self, who, employee):
        return next(
            person
            for team in self._home(who, "my_organisation")["teams"]
            for person in team["people"]
            if person["id"] == employee.id
        )

    # ------------------------------------------------------------- my organisation
    def test_teams_below(self):
        cycle = self._cycle()
        data = self._home(self.director, "my_organisation")
        team = next(t for t in data["teams"] if t["id"] == self.manager.id)
        self.assertEqual(
            {person["id"] for person in team["people"]},
            {self.employee.id, self.peer.id, self.other.id},
        )
        self.assertEqual(team["to_plan"], 3)
        self.assertEqual(team["late"], 0)
        self.assertFalse(team["gauge"])
        row = self._person_row(self.director, self.employee)
        self.assertEqual(row["participation"], self._part(cycle, self.employee).id)

    def test_late_teams_and_people_first(self):
        cycle = self._cycle()
        part = self._part(cycle, self.peer)
        part.deadline = fields.Date.today() - timedelta(days=1)
        data = self._home(self.director, "my_organisation")
        self.assertEqual(data["teams"][0]["id"], self.manager.id)
        self.assertEqual(data["teams"][0]["late"], 1)
        self.assertEqual(data["teams"][0]["people"][0]["id"], self.peer.id)
        self.assertEqual(data["late"], 1)

    def test_only_ones_own_line(self):
        self._cycle()
        for viewer in (self.manager, self.peer, self.officer, self.coach):
            rows = [
                person
                for team in self._home(viewer, "my_organisation")["teams"]
                for person in team["people"]
            ]
            self.assertNotIn(self.employee.id, [row["id"] for row in rows], viewer.name)
        user = new_test_user(self.env, login="career_no_employee_2")
        self.assertEqual(self._home(user, "my_organisation")["teams"], [])

    def test_nothing_of_the_hidden(self):
        """The page is the same, byte for byte, with and without hidden documents."""
        self._cycle()
        before = self._payload(self.director)
        for channel, guide in ((self.staff, self.officer), (self.pool, self.coach)):
            talk = self._conversation(channel)
            self._as(talk, guide).action_assign()
            self._as(talk, guide).action_plan(fields.Datetime.now() + timedelta(days=4))
        self._conversation(self.external)
        wish = self._model("career.aspiration", self.employee).create(
            {"employee_id": self.employee.id, "direction": "lateral", "share_n1": True}
        )
        wish.action_activate()
        self.assertEqual(self._payload(self.director), before)
        wish.share_n2 = True
        row = self._person_row(self.director, self.employee)
        self.assertEqual(row["wishes"], 1)

    def test_talk_with_the_director_shows_to_him_alone(self):
        self._cycle()
        before = self._payload(self.manager, "my_team")
        self._conversation(self.management)
        talks = self._home(self.director, "my_organisation")["talks"]
        self.assertEqual([t["name"] for t in talks], [self.employee.name])
        self.assertEqual(self._payload(self.manager, "my_team"), before)

    def test_small_team_has_no_gauge(self):
        """From the privacy threshold on, and with line plans alone."""
        for who in (self.employee, self.peer, self.other):
            self._agreed(who)
        self.company.career_privacy_threshold = 3
        gauge = self._home(self.director, "my_organisation")["teams"][0]["gauge"]
        self.assertFalse(gauge["is_suppressed"])
        self.assertEqual(gauge["rate"], 100.0)
        self.company.career_privacy_threshold = 4
        gauge = self._home(self.director, "my_organisation")["teams"][0]["gauge"]
        self.assertTrue(gauge["is_suppressed"])
        self.assertEqual(gauge["rate"], 0.0)

    def _agreed(self, who):
        talk = self._conversation(who=who)
        day = fields.Datetime.now() + timedelta(days=7)
        self._as(talk, self.manager).action_plan(day)
        plan = talk.action_create_plan()
        plan.action_ids = [(0, 0, {"name": "Step", "deadline": plan.date_end})]
        plan.action_propose()
        plan.action_sign()
        self._as(plan, self.manager).action_sign()
        plan.action_ids.action_done()

    # ------------------------------------------------------------------ queries
    def _count(self, who, page):
        self.env.flush_all()
        self._home(who, page)
        user = who.user_id
        home = self.env["career.home"].with_user(user)
        home = home.with_context(allowed_company_ids=user.company_ids.ids)
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        getattr(home, page)()
        return self.env.cr.sql_log_count - before

    def test_constant_queries(self):
        cycle = self._cycle()
        self._conversation(self.staff)
        self._conversation(self.management)
        pages = (
            (self.director, "my_organisation"),
            (self.manager, "my_team"),
            (self.officer, "hr_start"),
        )
        before = [self._count(*page) for page in pages]
        people = [
            self._person(f"more_{index}", parent=self.manager) for index in range(4)
        ]
        deputy = self._person("more_deputy", parent=self.director)
        people += [self._person(f"below_{index}", parent=deputy) for index in range(3)]
        cycle.with_user(self.officer.user_id)
        for person in people:
            self._model("career.participation", self.officer).create(
                {"employee_id": person.id, "cycle_id": cycle.id}
            )
            self._conversation(self.staff, person)
            self._conversation(self.management, person)
        self.assertEqual([self._count(*page) for page in pages], before)

    # ---------------------------------------------------------------- plan several
    def test_plan_several_from_the_team(self):
        cycle = self._cycle()
        self.assertEqual(self._home(self.manager, "my_team")["to_plan"], 3)
        action = self._home(self.manager, "plan_several")
        wizard = self._model(action["res_model"], self.manager).browse(action["res_id"])
        self.assertEqual(
            wizard.line_ids.participation_id.employee_id,
            self.employee | self.peer | self.other,
        )
        wizard.action_confirm()
        self.assertEqual(self._part(cycle, self.peer).state, "planned")
        self.assertEqual(self._home(self.manager, "my_team")["to_plan"], 0)
        with self.assertRaises(UserError):
            self._home(self.manager, "plan_several")

    def test_late_in_the_cycle_waits_for_the_manager(self):
        cycle = self._cycle()
        part = self._part(cycle, self.peer)
        part.deadline = fields.Date.today() - timedelta(days=1)
        members = self._home(self.manager, "my_team")["members"]
        self.assertEqual(members[0]["id"], self.peer.id)
        self.assertIn("The cycle ends: no date yet", members[0]["attention"])

    # ---------------------------------------------------------------- start of HR
    def test_start_is_for_hr(self):
        for viewer in (self.employee, self.manager, self.director, self.coach):
            with self.assertRaises(AccessError):
                self._home(viewer, "hr_start")
        admin = new_test_user(
            self.env,
            login="career_start_admin",
            groups="base.group_user,career_guidance.group_career_manager",
        )
        data = self._home(admin, "hr_start")
        self.assertFalse(data["is_officer"])
        self.assertEqual(data["requests"], [])
        self.assertEqual(data["waiting"], [])
        self.assertEqual(data["stagnates"], [])
        self.assertTrue(data["guide"]["next"])

    def test_every_step_of_the_guide_opens_or_is_for_hr(self):
        """No button of the start guide ends in a refusal."""
        admin = new_test_user(
            self.env,
            login="career_guide_admin",
            groups="base.group_user,career_guidance.group_career_manager",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        for user in (admin, self.officer.user_id):
            steps = self.env["career.start.step"].with_user(user).search([])
            for step in steps.with_context(allowed_company_ids=self.company.ids):
                if not step.can_open:
                    with self.assertRaises(UserError):
                        step.action_open()
                    continue
                model = step.action_open()["res_model"]
                self.assertTrue(self.env[model].with_user(user).has_access("read"))

        def by_code(user):
            steps = self.env["career.start.step"].with_user(user).search([])
            return {step.code: step for step in steps}

        for code, step in by_code(self.officer.user_id).items():
            self.assertEqual(
                step.can_open, code in ("channels", "cycle", "conversation")
            )
        officer = self._model("career.start.step", self.officer).search(
            [("code", "=", "officer")]
        )
        self.assertTrue(officer.is_done)
        for code, step in by_code(admin).items():
            self.assertEqual(step.can_open, code in ("channels", "deal", "certificate"))
        # who is both chooses both on the form of the user
        admin.group_ids |= self.env.ref("career_guidance.group_career_officer")
        steps = by_code(admin)
        self.assertTrue(steps["cycle"].can_open and steps["deal"].can_open)
        roles = ("career_guidance.group_career_" + x for x in ("officer", "manager"))
        first, second = (self.env.ref(role).privilege_id for role in roles)
        self.assertNotEqual(first, second)
        # a company without HR is told so first
        alone = self.env["res.company"].create({"name": "Alone"})
        self.assertFalse(officer._career_is_done(alone))

    def test_start_shows_the_round(self):
        cycle = self._cycle()
        self._part(cycle, self.peer).deadline = fields.Date.today() - timedelta(days=1)
        self._as(self._part(cycle, self.employee), self.employee)[
            0
        ].action_arranged_otherwise()
        data = self._home(self.officer, "hr_start")
        row = next(c for c in data["cycles"] if c["id"] == cycle.id)
        parts = {part["state"]: part["count"] for part in row["parts"]}
        self.assertEqual(parts["other"], 1)
        self.assertEqual(sum(parts.values()), len(cycle.participation_ids))
        self.assertEqual(row["late"], 1)
        late = next(
            line for line in data["stagnates"] if line["label"] == "Late in the cycle"
        )
        found = self._model("career.participation", self.officer).search(late["domain"])
        self.assertEqual(len(found), late["count"])

    def test_every_line_opens_what_it_counts(self):
        self._cycle()
        home = self._model("career.home", self.officer)
        for label, model, domain, action in (
            home._start_waiting() + home._start_stagnates()
        ):
            sent = home._start_json(domain)
            json.dumps(sent)
            self.assertEqual(
                self._model(model, self.officer).search_count(sent),
                self._model(model, self.officer).search_count(domain),
                label,
            )
            self.assertEqual(self.env.ref(action).res_model, model, label)

    def test_start_shows_requests_to_hr_alone(self):
        asked = self._conversation(self.staff)
        self._conversation(self.pool)
        self._conversation()
        requests = self._home(self.officer, "hr_start")["requests"]
        self.assertEqual([row["id"] for row in requests], asked.ids)
        self._as(asked, self.officer).action_assign()
        self.assertEqual(self._home(self.officer, "hr_start")["requests"], [])

    # ---------------------------------------------------------------- smart buttons
    def test_buttons_of_job_and_department(self):
        department = self.env["hr.department"].create(
            {"name": "Counted", "company_id": self.company.id}
        )
        self.employee.department_id = department
        job, target = self.env["hr.job"].create(
            [{"name": "From here"}, {"name": "To there"}]
        )
        self.env["career.path"].create(
            {
                "name": "Path",
                "step_ids": [
                    (
                        0,
                        0,
                        {"from_job_id": job.id, "to_job_id": target.id},
                    )
                ],
            }
        )
        wish = self._model("career.aspiration", self.employee).create(
            {
                "employee_id": self.employee.id,
                "direction": "lateral",
                "target_job_id": target.id,
                "share_n1": True,
            }
        )
        wish.action_activate()
        cycle = self._cycle()

        def read(record, who, name):
            self.env.invalidate_all()
            return self._as(record, who)[name]

        for who, count in ((self.manager, 1), (self.officer, 0), (self.peer, 0)):
            self.assertEqual(read(target, who, "career_wish_count"), count, who.name)
            self.assertEqual(read(target, who, "career_path_count"), 1)
        action = self._as(target, self.manager).action_career_wishes()
        self.assertEqual(
            self._model("career.aspiration", self.manager).search(action["domain"]).ids,
            wish.ids,
        )
        self.assertTrue(self._as(job, self.peer).action_career_paths()["domain"][0][2])
        for who, count in ((self.officer, 1), (self.manager, 1), (self.peer, 0)):
            name = "career_participation_count"
            self.assertEqual(read(department, who, name), count, who.name)
        self.assertEqual(read(department, self.officer, "career_late_count"), 0)
        self._part(cycle, self.employee).deadline = fields.Date.today() - timedelta(
            days=2
        )
        self.assertEqual(read(department, self.officer, "career_late_count"), 1)
