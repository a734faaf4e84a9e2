import json

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import file_open
from odoo.tools.translate import code_translations

from ..tools import sample_dutch, sample_people, sample_texts
from ..tools.sample_data import SampleData
from .common import CareerCommon

STATES = {
    "career.aspiration": {"draft", "active", "achieved", "withdrawn"},
    "career.conversation": {"requested", "planned", "held", "closed", "cancelled"},
    "career.preparation": {"private", "shared"},
    "career.feedback": {"draft", "awaiting_agreement", "sent", "refused"},
    "career.referral": {"proposed", "accepted", "declined"},
    "career.trajectory": {"requested", "running", "closed", "refused"},
    "career.plan": {
        "draft",
        "proposed",
        "agreed",
        "evaluated",
        "superseded",
        "cancelled",
    },
    "career.plan.action": {"todo", "doing", "done", "drop_asked", "dropped"},
    "career.plan.checkpoint": {"planned", "held", "skipped"},
    "career.participation": {
        "to_plan",
        "planned",
        "held",
        "arranged_otherwise",
        "excused",
    },
    "career.deal": {"to_sign", "signed", "replaced", "cancelled"},
}


@tagged("post_install", "-at_install")
class TestSample(CareerCommon):
    """The sample data shows every list something, and can be loaded once.

    Whoever installs it here does so in Dutch.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # another Dutch than that of the people: theirs comes with the sample data
        cls.env.user.lang = cls.env["res.lang"]._activate_lang("nl_NL").code
        cls.env["career.sample"]._load_sample_data()
        cls.companies = cls.env["res.company"].union(
            *(
                cls.env.ref(f"career_guidance_sample.company_{key}_demo")
                for key in ("office", "plant", "care")
            )
        )

    def _records(self, model):
        return self.env[model].search([("company_id", "in", self.companies.ids)])

    def test_every_state_is_there(self):
        for model, states in STATES.items():
            self.assertEqual(set(self._records(model).mapped("state")), states, model)
        plans = self._records("career.plan")
        self.assertEqual(
            set(plans.mapped("track")) - {False},
            {"on_track", "at_risk", "behind", "reached", "missed"},
        )
        self.assertEqual(
            set(plans.mapped("maturity")), {"beginner", "growing", "advanced"}
        )
        talks = self._records("career.conversation")
        self.assertEqual(
            set(talks.channel_id.mapped("code")),
            {"line", "staff", "management", "coach", "mentor", "external"},
        )
        self.assertEqual(
            set(talks.mapped("outcome")) - {False},
            {"develop", "move", "no_change", "decide_later", "not_discussed"},
        )

    def test_history_lies_in_the_past(self):
        """Two years, and nothing that was done in the future or out of order."""
        talks = self._records("career.conversation")
        held = talks.filtered("date_held")
        now = self.env.cr.now()
        self.assertGreater((now - min(held.mapped("date_held"))).days, 600)
        for talk in held:
            self.assertLessEqual(talk.date_held, now)
            self.assertLess(talk.create_date, talk.date_held)
            self.assertEqual(talk.date_start, talk.date_held)
        for plan in self._records("career.plan").filtered("date_agreed"):
            self.assertLess(plan.create_date, plan.date_agreed)
        for action in self._records("career.plan.action").filtered("date_done"):
            self.assertGreaterEqual(action.date_done, action.plan_id.date_start)

    def test_little_happened_just_now(self):
        """What is told of a document lies on the day on which it happened."""
        told = self.env["career.history"].search(
            [
                ("employee_id.company_id", "in", self.companies.ids),
                ("date", ">=", self.env.cr.now()),
                ("res_model", "!=", "career.personal.page"),
            ]
        )
        self.assertFalse(told.mapped(lambda line: (line.res_model, line.event)))

    def test_told_in_dutch(self):
        """Nothing that people did is noted in another language than they write."""
        told = self.env["career.history"].search(
            [("employee_id.company_id", "in", self.companies.ids)]
        )
        details = set(told.mapped("detail")) - {False}
        self.assertIn("Mijn leidinggevende (N+1)", details)
        english = set(sample_dutch.NAMES) | set(sample_dutch.TEXTS)
        words = code_translations.get_python_translations("career_guidance", "nl_BE")
        english |= {source for source, dutch in words.items() if source != dutch}
        english -= set(sample_dutch.NAMES.values()) | set(words.values())
        self.assertFalse(details & english)
        emma = self.env.ref("career_guidance_sample.employee_emma_demo")
        self.assertEqual(emma.job_title, "Klantenadviseur")
        self.assertFalse(emma.is_custom_job_title)

    def test_planned_once(self):
        """The day that is told is the day of the conversation, set by who holds it."""
        for talk in self._records("career.conversation").filtered("date_held"):
            told = self.env["career.history"].search(
                [
                    ("res_model", "=", talk._name),
                    ("res_id", "=", talk.id),
                    ("event", "=", "plan"),
                ]
            )
            self.assertEqual(
                told.mapped("detail"), [talk._career_date_text(talk.date_start)]
            )
            self.assertNotEqual(told.user_id, self.env.ref("base.user_root"))

    def test_everybody_of_the_table_exists(self):
        with file_open("career_guidance/demo/logins.json") as table:
            people = json.load(table)["people"]
        for person in people:
            user = self.env["res.users"].search([("login", "=", person["login"])])
            self.assertEqual(len(user), 1, person["login"])
            if person["login"] == "admin":
                continue
            self.assertEqual(user.name, person["name"])
            self.assertIn("try", person)
            user.with_user(user)._check_credentials(
                {"type": "password", "password": person["password"]},
                {"interactive": False},
            )
        employees = self.env["hr.employee"].search(
            [("company_id", "in", self.companies.ids)]
        )
        self.assertEqual(len(employees), 60)
        self.assertTrue(employees.filtered(lambda e: not e.user_id))

    def test_new_employee_has_nothing(self):
        noor = self.env.ref("career_guidance_sample.employee_noor_demo")
        organised = {"career.participation", "career.deal"}
        for model in STATES.keys() - organised:
            self.assertFalse(
                self.env[model].search_count([("employee_id", "=", noor.id)]), model
            )

    def test_manager_sees_nothing_of_the_hidden(self):
        marc = self.env.ref("career_guidance_sample.user_marc_demo")
        for model in ("career.conversation", "career.plan", "career.trajectory"):
            hidden = self.env[model].search(
                [("n1_user_id", "=", marc.id), ("hidden_from_n1", "=", True)]
            )
            if model == "career.conversation":
                self.assertTrue(hidden)
            self.assertFalse(hidden.with_user(marc)._filtered_access("read"))

    def test_organisation_has_a_history(self):
        """Three rounds, deals, certificates, assessments, an offer that is used."""
        cycles = self.env["career.cycle"].search(
            [("company_ids", "in", self.companies.ids)]
        )
        self.assertEqual(cycles.mapped("state"), ["running", "closed", "closed"])
        self.assertTrue(self._records("career.participation").filtered("is_late"))
        for cycle in cycles:
            for part in cycle.participation_ids.filtered("date_held"):
                self.assertGreaterEqual(part.date_held.date(), cycle.date_start)
                self.assertLessEqual(part.date_held.date(), cycle.date_end)
        assessments = self._records("career.assessment")
        self.assertEqual(
            set(assessments.mapped("kind")),
            {"potential", "feedback_360", "development_centre", "other"},
        )
        self.assertEqual(set(assessments.mapped("commissioned_by")), {"hr", "employee"})
        guides = self._records("career.guide.certificate")
        self.assertEqual(
            set(guides.mapped("state")), {"1_none", "2_expired", "3_soon", "4_valid"}
        )
        sessions = self._records("career.resource.session")
        self.assertEqual(set(sessions.mapped("is_shown")), {True, False})
        for deal in self._records("career.deal").filtered("signed_on"):
            self.assertGreaterEqual(deal.signed_on, deal.create_date)

    def test_loaded_once(self):
        before = self.env["hr.employee"].search_count([])
        self.assertEqual(self.env["career.sample"]._load_sample_data(), 0)
        self.assertEqual(self.env["hr.employee"].search_count([]), before)
        admin = self._administrator("base.group_erp_manager")
        with self.assertRaises(UserError):
            self.env["career.sample"].with_user(admin).action_load()

    def test_only_who_may_make_users(self):
        """The button is refused to who is no administrator, or may not make users."""
        for user in (self.employee.user_id, self.officer.user_id):
            with self.assertRaises(AccessError):
                self.env["career.sample"].with_user(user).action_load()
        with self.assertRaises(AccessError):
            admin = self._administrator("base.group_user")
            self.env["career.sample"].with_user(admin).action_load()

    def _administrator(self, group):
        return new_test_user(
            self.env,
            login="career_sample_admin",
            groups=f"{group},career_guidance.group_career_manager",
        )


@tagged("post_install", "-at_install")
class TestSampleDutch(CareerCommon):
    """Who installs it in Dutch finds people who write Dutch."""

    def test_dutch(self):
        nl = self.env["res.lang"]._activate_lang("nl_BE")
        self.env.user.lang = nl.code
        sample = SampleData(self.env)
        self.assertTrue(sample.is_dutch)
        for value in self._texts(sample_texts):
            self.assertTrue(
                value in sample_dutch.TEXTS or value in sample_dutch.NAMES, value
            )
        for team in sample_people.TEAMS:
            self.assertIn(team.name, sample_dutch.NAMES)
            for _name, job in team.people:
                self.assertIn(job, sample_dutch.NAMES)
        self.assertEqual(sample_dutch.NAMES.keys(), sample_dutch.NAMES_FRENCH.keys())

    def test_english(self):
        self.env.user.lang = "en_US"
        self.env.company.partner_id.lang = "en_US"
        sample = SampleData(self.env)
        self.assertEqual(sample.say("Meeting room 2"), "Meeting room 2")

    def _texts(self, module):
        """All texts of more than one word in the tables of a module."""
        todo = [value for name, value in vars(module).items() if name.isupper()]
        while todo:
            value = todo.pop()
            if isinstance(value, str) and " " in value:
                yield value
            elif isinstance(value, dict):
                todo += value.values()
            elif isinstance(value, tuple):
                todo += value
