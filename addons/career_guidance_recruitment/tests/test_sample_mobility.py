from collections import Counter

from odoo import fields
from odoo.tests import tagged

from odoo.addons.career_guidance.tests.common import CareerCommon
from odoo.addons.career_guidance.tools import sample_dutch

from ..tools import sample_vacancies

_SAMPLE = "career_guidance_sample"


@tagged("post_install", "-at_install")
class TestSampleMobility(CareerCommon):
    """The sample company has vacancies, applications and moves; in Dutch, here."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # the sample data brings the Dutch of its people, with the words of all add-ons
        cls.env.user.lang = cls.env["res.lang"]._activate_lang("nl_NL").code
        cls.env["career.sample"]._load_sample_data()
        cls.companies = cls.env["res.company"].union(
            *(
                cls.env.ref(f"{_SAMPLE}.company_{key}_demo")
                for key in ("office", "plant", "care")
            )
        )

    def _records(self, model):
        return self.env[model].search([("company_id", "in", self.companies.ids)])

    def _user(self, key):
        return self.env.ref(f"{_SAMPLE}.user_{key}_demo")

    def _by_state(self, model):
        return dict(Counter(self._records(model).mapped("state")))

    def test_every_state(self):
        self.assertEqual(
            self._by_state("career.application"),
            {
                "applied": 3,
                "released": 4,
                "selected": 2,
                "moved": 1,
                "withdrawn": 2,
                "rejected": 2,
            },
        )
        applications = self._records("career.application")
        self.assertEqual(
            set(applications.mapped("answer")), {False, "agreed", "delayed", "refused"}
        )
        asked_further = applications.filtered("is_escalated")
        self.assertEqual(set(asked_further.mapped("is_decided")), {True, False})
        self.assertEqual(
            self._by_state("career.move"), {"done": 8, "planned": 2, "cancelled": 1}
        )
        jobs = self._records("hr.job").filtered("career_is_internal")
        self.assertEqual(len(jobs), len(sample_vacancies.VACANCIES))
        self.assertEqual(
            set(jobs.mapped("career_internal_kind")), {"job", "assignment", "project"}
        )
        today = fields.Date.today()
        shut = jobs.filtered(lambda job: not job.career_is_open)
        self.assertTrue(shut.filtered(lambda job: job.career_internal_until < today))
        self.assertTrue(shut.filtered(lambda job: job.career_internal_from > today))
        self.assertTrue(jobs.current_job_skill_ids)

    def test_days_follow_each_other(self):
        today = fields.Date.today()
        for application in self._records("career.application"):
            made = application.create_date.date()
            self.assertLess(made, today)
            vacancy = application.job_id
            self.assertLessEqual(vacancy.career_internal_from, made)
            self.assertGreaterEqual(vacancy.career_internal_until, made)
            if application.date_released:
                self.assertLessEqual(made, application.date_released)
                self.assertLess(application.date_released, today)
        # who has not answered is not late: the nightly job would take it further
        for application in self._records("career.application").filtered(
            lambda a: a.state in ("released", "selected") and not a.answer
        ):
            self.assertGreater(application.date_answer_due, today)
        for move in self._records("career.move"):
            if move.state != "done":
                self.assertGreater(move.date, today)
                continue
            self.assertLess(move.date, today)
            versions = move.employee_id.version_ids.sorted("date_version")
            self.assertEqual(versions.mapped("date_version")[-1], move.date)
            self.assertEqual(move.employee_id.job_id, move.job_id)
            self.assertNotEqual(versions[-2].job_id, move.job_id)
            self.assertEqual(
                versions[-1].job_title, move.job_id.with_context(lang="nl_BE").name
            )

    def test_in_confidence(self):
        """What was not released is known to the employee and the recruiter alone."""
        recruiter = self._user("annelies")
        hidden = self._records("career.application").filtered("hidden_from_n1")
        self.assertTrue(hidden.filtered(lambda a: a.state == "applied"))
        for application in hidden:
            self.assertTrue(application.with_user(recruiter)._filtered_access("read"))
            for other in (
                application.n1_user_id,
                application.n2_user_id,
                self._user("hilde"),
                self._user("bert"),
            ):
                self.assertFalse(application.with_user(other)._filtered_access("read"))
            self.assertFalse(application.applicant_id)

    def test_who_finds_what(self):
        """Emma finds a vacancy that she wished; Noor has nothing of her own."""
        emma, employee = (
            self._user("emma"),
            self.env.ref(f"{_SAMPLE}.employee_emma_demo"),
        )
        home = self.env["career.home"].with_user(emma)
        home = home.with_context(allowed_company_ids=emma.company_ids.ids)
        shown = home.my_career()["vacancies"]["best"]
        job = self.env.ref(f"{_SAMPLE}.job_office_order_planner_demo")
        wished = employee.with_env(home.env).career_match(job.with_env(home.env))
        self.assertTrue(wished["wishes_met"])
        self.assertIn(wished["score"], [vacancy["score"] for vacancy in shown])
        self.assertTrue(
            self.env["career.path.step"].search(
                [("from_job_id", "=", employee.job_id.id)]
            )
        )
        noor = self.env.ref(f"{_SAMPLE}.employee_noor_demo")
        for model in ("career.application", "career.move", "career.aspiration"):
            self.assertFalse(
                self.env[model].search_count([("employee_id", "=", noor.id)]), model
            )

    def test_wishes_beside_needs_has_numbers(self):
        figures = self.env["career.wish.figure"]
        figures._career_make(self.companies)
        for company in self.companies:
            jobs = figures.search(
                [
                    ("company_id", "=", company.id),
                    ("dimension", "=", "job"),
                    ("is_total", "=", False),
                    ("is_hidden", "=", False),
                ]
            )
            self.assertTrue(jobs.job_id, company.name)

    def test_made_once(self):
        models = ("career.application", "career.move", "hr.job", "career.path")
        before = {model: self.env[model].search_count([]) for model in models}
        self.assertTrue(self.env["career.sample"]._is_loaded())
        self.assertEqual(self.env["career.sample"]._load_sample_data(), 0)
        for model in models:
            self.assertEqual(self.env[model].search_count([]), before[model], model)

    def test_part_is_missing(self):
        """The company was made before this add-on was there: its part comes after."""
        self.env["ir.model.data"].search(
            [("module", "=", _SAMPLE), ("name", "=", "vacancy_0_demo")]
        ).unlink()
        self.assertFalse(self.env["career.sample"]._is_loaded())

    def test_dutch(self):
        data = sample_vacancies
        for text in (
            *(application.why for application in data.APPLICATIONS),
            *(wish[4] for wish in data.WISHES),
            *(step[4] for path in data.PATHS for step in path[3] if step[4]),
            *data.ANSWER_REJECTED.values(),
            data.MESSAGE,
            data.CALLED_OFF[2],
        ):
            self.assertTrue(text in data.TEXTS or text in sample_dutch.TEXTS, text)
        self.assertEqual(data.NAMES.keys(), data.NAMES_FRENCH.keys())
        for vacancy in data.VACANCIES:
            job = self._records("hr.job").filtered(
                lambda j, v=vacancy: (
                    j.career_is_internal and j.with_context(lang="en_US").name == v.job
                )
            )
            dutch, french = data.VACANCY_TEXTS[vacancy.job]
            for lang, text in (
                ("en_US", vacancy.text),
                ("nl_BE", dutch),
                ("fr_BE", french),
            ):
                self.assertEqual(job.with_context(lang=lang).career_internal_text, text)
        for application in self._records("career.application"):
            self.assertNotIn(application.motivation, data.TEXTS)
        answers = self.env["career.application"]._fields["answer"]
        english = dict(answers.get_description(self.env(context={}))["selection"])
        told = self.env["career.history"].search(
            [("res_model", "in", ("career.application", "career.move"))]
        )
        details = set(told.mapped("detail"))
        self.assertFalse(details & {english["agreed"], english["refused"]})
        self.assertIn("Ja, akkoord", details)
