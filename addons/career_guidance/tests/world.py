"""A company with one of everybody, and one document of every kind and state.

Shared by the matrix, the leak probes and the mutation run. All is done as the users
themselves; the plain records are returned with full rights.
"""

from datetime import timedelta

from odoo import Command, fields

USER = "base.group_user"
OFFICER = f"{USER},career_guidance.group_career_officer"
# persona -> (groups, company: a or b)
PERSONAS = {
    "E": (USER, "a"),
    "N1": (USER, "a"),
    "N2": (USER, "a"),
    "HR": (OFFICER, "a"),
    "HR2": (OFFICER, "a"),
    "COACH": (USER, "a"),
    "POOL": (USER, "a"),
    "MENTOR": (USER, "a"),
    "ADMIN": (f"{USER},career_guidance.group_career_manager", "a"),
    "SYS": (f"{USER},base.group_system", "a"),
    "BOARD": (f"{USER},career_guidance.group_career_board", "a"),
    "PEER": (USER, "a"),
    "MANAGER": (USER, "a"),
    "FORMER": (USER, "a"),
    "STANDIN": (USER, "a"),
    "HROFFICER": (f"{USER},hr.group_hr_manager", "a"),
    "OTHERHR": (OFFICER, "b"),
    "PORTAL": ("base.group_portal", "a"),
    "PUBLIC": ("base.group_public", "a"),
}
SECRET = "Xyzzy-secret"


class World:
    """Personas by name, and records by (model, situation)."""

    def __init__(self, env, documents=True):
        self.env = env(context={**env.context, "tracking_disable": True})
        self.users = {}
        self.people = {}
        self.records = {}
        self._make_people()
        if documents:
            self._make_documents()
        self.env.flush_all()
        self.env.invalidate_all()

    # ----------------------------------------------------------------- people
    def _make_people(self):
        env = self.env
        self.companies = {
            key: env["res.company"].create({"name": f"World {key}"}) for key in "ab"
        }
        for name, (groups, company) in PERSONAS.items():
            self.person(name, groups, company)
        line = {"E": "FORMER", "FORMER": "N2", "N1": "N2", "PEER": "MANAGER"}
        for below, above in line.items():
            self.people[below].parent_id = self.people[above]
        for name in ("COACH", "POOL"):
            env["career.coach"].create({"employee_id": self.people[name].id})

    def person(self, name, groups=USER, company="a"):
        company = self.companies[company]
        groups = [self.env.ref(xmlid).id for xmlid in groups.split(",")]
        user = self.env["res.users"].create(
            {
                "name": f"Person {name}",
                "login": f"world_{name.lower()}",
                "email": f"{name.lower()}@world.example",
                "company_id": company.id,
                "company_ids": [Command.set(company.ids)],
                "group_ids": [Command.set(groups)],
            }
        )
        self.users[name] = user
        if name in ("PORTAL", "PUBLIC"):
            return user
        self.people[name] = self.env["hr.employee"].create(
            {"name": user.name, "user_id": user.id, "company_id": company.id}
        )
        return user

    def channel(self, code):
        return self.env.ref(f"career_guidance.channel_{code}")

    def view(self, record, persona, fresh=True):
        """The record, or model, as the persona sees it.

        :param fresh: with an empty cache, as each request begins
        """
        user = self.users[persona]
        if fresh:
            self.env.flush_all()
            self.env.invalidate_all()
        return record.with_user(user).with_context(
            allowed_company_ids=user.company_ids.ids
        )

    def model(self, name, persona):
        return self.view(self.env[name], persona)

    # -------------------------------------------------------------- documents
    def keep(self, situation, record, cond=None):
        self.records[record._name, situation] = (record.with_env(self.env), cond)
        return record

    def _make_documents(self):
        # while FORMER was the manager; the line changes afterwards
        wish = self.model("career.aspiration", "E").create(
            {"direction": "stay", "motivation": SECRET, "share_n1": True}
        )
        wish.action_activate()
        self.keep("after_line_change", wish)
        self.keep(
            "former_held", self.held(self.conversation("line"), "FORMER"), "FORMER"
        )
        self.env.flush_all()
        self.people["E"].parent_id = self.people["N1"]
        self.env.flush_all()
        self._make_trajectories()
        self._make_aspirations()
        self._make_conversations()
        self._make_parts()
        self._make_plans()

    def _make_trajectories(self):
        make = self.model("career.trajectory", "E").create
        self.keep("request_pool", make({"question": SECRET}))
        asked = make({"question": SECRET, "coach_id": self.people["COACH"].id})
        self.keep("request_coach", asked, "COACH")
        running = make({"question": SECRET, "coach_id": self.people["COACH"].id})
        self.view(running, "COACH").action_accept()
        self.keep("running", running, "COACH")
        closed = make({"question": SECRET, "coach_id": self.people["POOL"].id})
        self.view(closed, "POOL").action_accept()
        closed.action_close()
        self.keep("closed", closed, "POOL")
        refused = make({"question": SECRET, "coach_id": self.people["POOL"].id})
        self.view(refused, "POOL").action_refuse("No room")
        self.keep("refused", refused, "POOL")

    def _make_aspirations(self):
        def make(**values):
            return self.model("career.aspiration", "E").create(
                {"direction": "lateral", "motivation": SECRET, **values}
            )

        self.keep("draft", make())
        for share in ("n1", "n2", "hr", "coach"):
            wish = make(**{f"share_{share}": True})
            wish.action_activate()
            self.keep(f"active_{share}", wish)
        for state, action in (
            ("active", None),
            ("achieved", "action_achieve"),
            ("withdrawn", "action_withdraw"),
        ):
            wish = make()
            wish.action_activate()
            if action:
                getattr(wish, action)()
            self.keep(state, wish)

    def conversation(self, code, **values):
        return self.model("career.conversation", "E").create(
            {
                "channel_id": self.channel(code).id,
                "request": SECRET,
                **values,
            }
        )

    def planned(self, conversation, guide, days=7):
        own = self.view(conversation, guide)
        own.action_plan(fields.Datetime.now() + timedelta(days=days))
        return conversation

    def held(self, conversation, guide):
        self.planned(conversation, guide)
        own = self.view(conversation, guide)
        own.report = f"<p>{SECRET}</p>"
        own.action_hold("develop")
        return conversation

    def _make_conversations(self):
        make, keep = self.conversation, self.keep
        keep("line_requested", make("line"), "N1")
        planned = self.planned(make("line"), "N1")
        self.view(planned, "N1").stand_in_id = self.people["STANDIN"].id
        keep("line_planned", planned, "N1")
        keep("line_held", self.held(make("line"), "N1"), "N1")
        closed = self.held(make("line"), "N1")
        route = closed.unsettled_route_ids
        told = self.view(closed, "N1").action_write_feedback(route)
        told.body = f"<p>{SECRET}</p>"
        told.action_send()
        keep("line_conductor_n2_sent", told, "N1")
        self.view(closed, "N1").action_close()
        keep("line_closed", closed, "N1")
        cancelled = make("line")
        cancelled.action_cancel("Not now")
        keep("line_cancelled", cancelled, "N1")
        keep("staff_request", make("staff"))
        taken = make("staff")
        self.view(taken, "HR").action_assign()
        keep("staff_taken", taken, "HR")
        for share in ("n1", "n2", "hr", "coach"):
            shared = make("staff", **{f"share_{share}": True})
            self.view(shared, "HR").action_assign()
            keep(f"staff_share_{share}", self.planned(shared, "HR"), "HR")
        keep("management_planned", self.planned(make("management"), "N2"), "N2")
        keep(
            "management_share_n1",
            self.planned(make("management", share_n1=True), "N2"),
            "N2",
        )
        keep("pool_request", make("coach"))
        taken = make("coach")
        self.view(taken, "COACH").action_assign()
        keep("coach_held", self.held(taken, "COACH"), "COACH")
        mentor = make("mentor", conductor_id=self.people["MENTOR"].id)
        keep("mentor_planned", self.planned(mentor, "MENTOR"), "MENTOR")
        keep("external_requested", make("external"))
        keep("external_planned", self.planned(make("external"), "E"))

    def _make_parts(self):
        line = self.records["career.conversation", "line_planned"][0]
        hidden = self.planned(self._taken("staff", "HR"), "HR")
        for name, talk, guide in (("line", line, "N1"), ("staff", hidden, "HR")):
            for role, persona in (("employee", "E"), ("conductor", guide)):
                own = self.view(talk, persona).my_preparation_id
                own.action_load_questions()
                own.note = f"<p>{SECRET}</p>"
                own.answer_ids[:1].answer = SECRET
                self.keep(f"{name}_{role}", own, guide)
                if own.answer_ids:
                    self.keep(f"{name}_{role}", own.answer_ids[:1], guide)
        other = self.planned(self._taken("staff", "HR"), "HR")
        for role, persona in (("employee", "E"), ("conductor", "HR")):
            own = self.view(other, persona).my_preparation_id
            own.action_load_questions()
            own.action_share()
            self.keep(f"shared_{role}", own, "HR")
            if own.answer_ids:
                self.keep(f"shared_{role}", own.answer_ids[:1], "HR")
        self.keep(
            "proposed",
            self.env["career.referral"].browse(
                self.view(line, "N1").action_refer(self.channel("mentor")).ids
            ),
            "N1",
        )
        self._make_feedback()

    def _taken(self, code, guide):
        talk = self.conversation(code)
        self.view(talk, guide).action_assign()
        return talk

    def feedback(self, code, guide, author, recipient, steps=""):
        """A feedback along the route, after the steps (send, agree, refuse)."""
        talk = self.conversation(code)
        if code in ("staff", "coach"):
            self.view(talk, guide).action_assign()
        self.held(talk, guide)
        route = self.channel(code).route_ids.filtered(
            lambda r: (r.author_role, r.recipient_role) == (author, recipient)
        )
        persona = "E" if author == "employee" else guide
        told = self.view(talk, persona).action_write_feedback(route)
        told.body = f"<p>{SECRET}</p>"
        for step in steps.split():
            who = persona if step == "send" else "E"
            getattr(self.view(told, who), f"action_{step}")()
        state = self.env["career.feedback"].browse(told.id).state
        self.keep(f"{code}_{author}_{recipient}_{state}", told, guide)

    def _make_feedback(self):
        self.feedback("staff", "HR", "conductor", "n1")
        self.feedback("staff", "HR", "conductor", "n1", "send")
        self.feedback("staff", "HR", "conductor", "n1", "send agree")
        self.feedback("staff", "HR", "conductor", "n1", "send refuse")
        self.feedback("staff", "HR", "conductor", "n2", "send agree")
        self.feedback("staff", "HR", "employee", "n1")
        self.feedback("staff", "HR", "employee", "n1", "send")
        self.feedback("staff", "HR", "employee", "n2", "send")
        self.feedback("line", "N1", "conductor", "hr", "send")
        self.feedback("line", "N1", "employee", "hr", "send")
        self.feedback("coach", "COACH", "conductor", "hr", "send")
        self.feedback("coach", "COACH", "conductor", "hr", "send agree")

    def plan(self, code="line", guide="N1", until="draft", **shares):
        talk = self.conversation(code)
        if code == "staff":
            self.view(talk, guide).action_assign()
        self.held(talk, guide)
        plan = talk.action_create_plan()
        plan.write(
            {
                "title": SECRET,
                "need_ids": [Command.create({"name": SECRET})],
                "action_ids": [
                    Command.create({"name": SECRET, "deadline": plan.date_end}),
                    Command.create({"name": "Second"}),
                ],
                "checkpoint_ids": [Command.create({"date": plan.date_end})],
                **shares,
            }
        )
        if until in ("proposed", "agreed", "evaluated"):
            plan.action_propose()
        if until in ("agreed", "evaluated"):
            plan.action_sign()
            self.view(plan, guide).action_sign()
        if until == "evaluated":
            plan.action_ids.action_done()
            plan.action_evaluate()
        if until == "cancelled":
            plan.action_cancel("No longer")
        return plan

    def keep_plan(self, situation, plan, cond):
        self.keep(situation, plan, cond)
        self.keep(situation, plan.need_ids, cond)
        self.keep(situation, plan.action_ids[:1], cond)
        self.keep(situation, plan.checkpoint_ids, cond)

    def _make_plans(self):
        for state in ("draft", "proposed", "agreed", "evaluated", "cancelled"):
            off = {"share_hr": False}
            self.keep_plan(state, self.plan(until=state, **off), "N1")
        for share in ("n1", "n2", "hr", "coach"):
            flags = {"share_hr": False, f"share_{share}": True}
            plan = self.plan("staff", "HR", "agreed", **flags)
            self.keep_plan(f"staff_share_{share}", plan, "HR")
        hidden = self.plan("staff", "HR", "agreed", share_hr=False)
        self.keep_plan("staff_agreed", hidden, "HR")
        asked = self.plan(until="agreed", share_hr=False)
        asked.action_ids[:1].action_drop("No room")
        self.keep("drop_asked", asked.action_ids[:1], "N1")
        done = self.plan(until="agreed", share_hr=False)
        done.action_ids.action_done()
        self.keep("all_done", done, "N1")
        self.keep("done", done.action_ids[:1], "N1")
        self._make_items()
        self._make_skill()
        self._make_no_login()
        self._make_year()
        self._make_history()

    def _make_skill(self):
        """A need that is met, with the level that was wanted."""
        kind = self.env["hr.skill.type"].create(
            {
                "name": "World skills",
                "skill_ids": [Command.create({"name": "Juggling"})],
                "skill_level_ids": [
                    Command.create({"name": "Good", "level_progress": 80})
                ],
            }
        )
        plan = self.plan(share_hr=False)
        plan.need_ids.write(
            {
                "skill_type_id": kind.id,
                "skill_id": kind.skill_ids.id,
                "target_level_id": kind.skill_level_ids.id,
            }
        )
        plan.action_ids.need_id = plan.need_ids
        plan.action_propose()
        plan.action_sign()
        self.view(plan, "N1").action_sign()
        plan.action_ids.action_done()
        self.keep("skill_reached", plan.need_ids, "N1")

    def _make_no_login(self):
        """Of a colleague without a user: her guide does what she cannot do herself."""
        colleague = self.env["hr.employee"].create(
            {
                "name": "Person without login",
                "company_id": self.companies["a"].id,
                "parent_id": self.people["N1"].id,
            }
        )
        about = {"employee_id": colleague.id, "channel_id": self.channel("line").id}
        talk = self.model("career.conversation", "N1").create(about)
        self.keep("no_login_held", self.held(talk, "N1"), "N1")
        plan = self.model("career.plan", "N1").create(about)
        plan.action_ids = [Command.create({"name": SECRET, "deadline": plan.date_end})]
        plan.action_propose()
        self.keep("no_login_proposed", plan, "N1")
        # and what was written down for E, before she had a login
        line = self.planned(self.conversation("line"), "N1")
        own = self.view(line, "E").my_preparation_id
        own.with_user(1).write({"recorded_by": "Person N1", "state": "shared"})
        self.keep("recorded", own, "N1")

    def _make_items(self):
        line = self.records["career.conversation", "line_planned"][0]
        self.keep("planned", self._item(line, "N1"), "N1")
        for state in ("held", "closed"):
            talk = self.records["career.conversation", f"line_{state}"][0]
            item = self.env["career.conversation.item"].create(
                {"conversation_id": talk.id, "name": SECRET}
            )
            self.keep(state, item, "N1")
        shared = self.records["career.conversation", "staff_share_hr"][0]
        self.keep("staff_share_hr", self._item(shared, "HR"), "HR")

    def _item(self, talk, guide):
        return self.model("career.conversation.item", guide).create(
            {"conversation_id": talk.id, "name": SECRET}
        )

    def _make_year(self):
        """What HR does every year: a cycle, a deal, an assessment."""
        company = self.companies["a"]
        template = self.env["career.deal.template"].create(
            {
                "name": "Deal",
                "company_id": company.id,
                "introduction": "<p>Together</p>",
            }
        )
        self.view(template, "ADMIN").action_publish()
        deal = self.view(template, "HR").action_send(self.people["E"])
        self.keep("to_sign", deal or template.deal_ids[:1])
        make = self.model("career.assessment", "E").create
        self.keep("own", make({"conclusion": SECRET}))
        self.keep("own_share_n1", make({"conclusion": SECRET, "share_n1": True}))
        self.keep("own_share_hr", make({"conclusion": SECRET, "share_hr": True}))
        make = self.model("career.assessment", "HR").create
        self.keep("by_hr", make({"employee_id": self.people["E"].id}))
        today = fields.Date.today()
        cycle = self.model("career.cycle", "HR").create(
            {
                "name": "This year",
                "company_ids": [Command.set(company.ids)],
                "date_start": today,
                "date_end": today + timedelta(days=200),
            }
        )
        cycle.action_launch()
        part = self.env["career.participation"].search(
            [("cycle_id", "=", cycle.id), ("employee_id", "=", self.people["E"].id)]
        )
        self.keep("running", part)
        later = cycle.copy({"name": "Next year"})
        later.action_launch()
        part = self.env["career.participation"].search(
            [("cycle_id", "=", later.id), ("employee_id", "=", self.people["E"].id)]
        )
        self.view(part, "E").action_arranged_otherwise()
        self.keep("arranged", part)

    def _make_history(self):
        history = self.env["career.history"]
        about = [("employee_id", "=", self.people["E"].id)]
        for situation, domain in (
            ("line", [("res_model", "=", "hr.employee")]),
            ("document", [("res_model", "=", "career.conversation")]),
        ):
            self.keep(situation, history.search(about + domain, limit=1))
        self.env.flush_all()
