from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import MobilityCommon


@tagged("post_install", "-at_install")
class TestMatch(MobilityCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kind = cls.env["hr.skill.type"].create(
            {
                "name": "Craft",
                "skill_ids": [(0, 0, {"name": name}) for name in ("A", "B", "C")],
                "skill_level_ids": [
                    (0, 0, {"name": "Half", "level_progress": 50}),
                    (0, 0, {"name": "Full", "level_progress": 100}),
                ],
            }
        )
        cls.half, cls.full = cls.kind.skill_level_ids.sorted("level_progress")
        cls._expect(cls.job, cls.kind.skill_ids)

    @classmethod
    def _expect(cls, job, skills, level=None):
        for skill in skills:
            cls.env["hr.job.skill"].create(
                {
                    "job_id": job.id,
                    "skill_id": skill.id,
                    "skill_type_id": cls.kind.id,
                    "skill_level_id": (level or cls.full).id,
                }
            )

    def _give(self, skill, level, who=None):
        self.env["hr.employee.skill"].create(
            {
                "employee_id": (who or self.employee).id,
                "skill_id": skill.id,
                "skill_type_id": self.kind.id,
                "skill_level_id": level.id,
            }
        )

    def _wish(self, who=None, **values):
        wish = self._model("career.aspiration", who or self.employee).create(
            {"direction": "lateral", **values}
        )
        wish.action_activate()
        return wish

    def test_the_formula_by_hand(self):
        """Skills 70%: (100% + 50% + 0%) / 3; wish 30%: the very job."""
        first, second, third = self.kind.skill_ids
        self._give(first, self.full)
        self._give(second, self.half)
        match = self._as(self.employee, self.employee).career_match(self.job)
        self.assertEqual(match["score"], 35)
        self.assertEqual(match["skills_met"], [first.name])
        self.assertEqual(
            sorted(match["skills_missing"]), sorted([second.name, third.name])
        )
        self._wish(target_job_id=self.job.id)
        match = self._as(self.employee, self.employee).career_match(self.job)
        self.assertEqual(match["score"], 65)
        self.assertTrue(match["wishes_met"])

    def test_wish_for_the_department_counts_less(self):
        self._wish(target_department_id=self.department.id)
        match = self._as(self.employee, self.employee).career_match(self.job)
        self.assertEqual(match["score"], 18)

    def test_job_without_skills_is_matched_on_wishes(self):
        bare = self.env["hr.job"].create(
            {"name": "Bare", "company_id": self.company.id}
        )
        employee = self._as(self.employee, self.employee)
        self.assertEqual(employee.career_match(bare)["score"], 0)
        self._wish(target_job_id=bare.id)
        self.assertEqual(employee.career_match(bare)["score"], 100)

    def test_level_of_zero_divides_nothing(self):
        zero = self.env["hr.skill.level"].create(
            {"name": "Zero", "level_progress": 0, "skill_type_id": self.kind.id}
        )
        bare = self.env["hr.job"].create(
            {"name": "Bare", "company_id": self.company.id}
        )
        self._expect(bare, self.kind.skill_ids[:1], zero)
        match = self._as(self.employee, self.employee).career_match(bare)
        self.assertEqual(match["score"], 0)

    def test_recruiter_sees_only_who_wishes_to_be_shown(self):
        self._give(self.kind.skill_ids[0], self.full)
        self._give(self.kind.skill_ids[0], self.full, self.peer)
        shown = self._wish(target_job_id=self.job.id, matchable=True)
        self._wish(self.peer, target_job_id=self.job.id)
        action = self._as(self.job, self.recruiter).action_career_matches()
        lines = self._model("career.match.line", self.recruiter).search(
            action["domain"]
        )
        self.assertEqual(lines.employee_id, self.employee)
        self.assertFalse(self._readable(shown, self.recruiter))
        with self.assertRaises(AccessError):
            self._as(self.peer, self.recruiter).career_match(self.job)
        for other in (self.peer, self.manager, self.officer):
            with self.assertRaises(AccessError):
                self._as(self.employee, other).career_match(self.job)
            with self.assertRaises(AccessError):
                self._as(self.job, other).action_career_matches()

    def test_employee_sees_how_vacancies_fit(self):
        self._wish(target_job_id=self.job.id)
        job = self._as(self.job, self.employee)
        self.assertTrue(job.career_is_open)
        self.assertEqual(job.career_my_score, 30)

    def test_queries_do_not_grow_with_the_jobs(self):
        def count(number):
            jobs = self.env["hr.job"].create(
                [
                    {"name": f"Job {number} {n}", "company_id": self.company.id}
                    for n in range(number)
                ]
            )
            for job in jobs:
                self._expect(job, self.kind.skill_ids)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["career.match"]._match(self.employee, jobs)
            return self.env.cr.sql_log_count - before

        count(2)
        self.assertEqual(count(3), count(30))

    def test_the_database_computes_the_formula(self):
        """Against the formula in plain words, for many levels, wishes and batches."""
        levels = self.env["hr.skill.level"].create(
            [
                {"name": f"L{n}", "level_progress": n, "skill_type_id": self.kind.id}
                for n in (10, 30, 70)
            ]
        )
        levels |= self.half | self.full
        people = self.employee | self.peer | self.manager | self.coach | self.mentor
        people = people.with_prefetch()
        skills = self.kind.skill_ids
        jobs = self.env["hr.job"].create(
            [
                {
                    "name": f"Job {n}",
                    "company_id": self.company.id,
                    "department_id": n % 2 and self.department.id,
                }
                for n in range(6)
            ]
        )
        asked, own, wished = {}, {}, {}
        for n, job in enumerate(jobs[:5]):
            for m, skill in enumerate(skills[: 1 + n % 3]):
                level = levels[(n * 2 + m) % 5]
                self._expect(job, skill, level)
                asked.setdefault(job.id, {})[skill.id] = level.level_progress
        for n, person in enumerate(people):
            for m, skill in enumerate(skills[n % 2 :]):
                level = levels[(n + m * 3) % 5]
                self._give(skill, level, person)
                own.setdefault(person.id, {})[skill.id] = level.level_progress
        self._wish(people[0], target_job_id=jobs[5].id)
        self._wish(people[1], target_department_id=self.department.id)
        self._wish(people[1], target_job_id=jobs[1].id)
        wished = {(people[0].id, jobs[5].id): 100}
        wished |= {
            (people[1].id, job.id): 60
            for job in jobs
            if job.department_id == self.department
        }
        wished[people[1].id, jobs[1].id] = 100
        expected = {}
        for person in people:
            for job in jobs:
                wish = wished.get((person.id, job.id), 0)
                shares = [
                    min(own[person.id].get(skill, 0), level) * 10000 // level
                    for skill, level in asked.get(job.id, {}).items()
                ]
                score = wish
                if shares:
                    mean = sum(shares) // len(shares)
                    score = (70 * mean + 30 * wish * 100) // 10000
                if score:
                    expected[person.id, job.id] = score
        match = self.env["career.match"]
        found = match._match(people, jobs)
        self.assertEqual({k: v["score"] for k, v in found.items()}, expected)
        self.assertGreater(len(set(expected.values())), 8)
        # in batches, and the best alone
        module = "odoo.addons.career_guidance_recruitment.models.career_match"
        with patch(f"{module}._BATCH", 2):
            self.assertEqual(match._match(people, jobs), found)
            best = match._match(people, jobs, limit=2)
        for job in jobs:
            scores = sorted((s for (_p, j), s in expected.items() if j == job.id))
            kept = sorted(m["score"] for (_p, j), m in best.items() if j == job.id)
            self.assertEqual(kept, scores[-2:])
