from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import CareerCommon


@tagged("post_install", "-at_install")
class TestPath(CareerCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        jobs = cls.env["hr.job"].create(
            [
                {"name": name, "company_id": cls.company.id}
                for name in ("Operator", "Planner", "Team leader")
            ]
        )
        cls.operator, cls.planner, cls.leader = jobs
        kind = cls.env["hr.skill.type"].create(
            {
                "name": "Craft",
                "skill_ids": [(0, 0, {"name": "Planning"}), (0, 0, {"name": "Talk"})],
                "skill_level_ids": [
                    (0, 0, {"name": "Begins", "level_progress": 30}),
                    (0, 0, {"name": "Masters", "level_progress": 90}),
                ],
            }
        )
        cls.kind = kind
        cls.planning, cls.talk = kind.skill_ids
        cls.low, cls.high = kind.skill_level_ids.sorted("level_progress")
        cls.env["hr.job.skill"].create(
            [
                {
                    "job_id": cls.planner.id,
                    "skill_id": skill.id,
                    "skill_type_id": kind.id,
                    "skill_level_id": cls.high.id,
                }
                for skill in (cls.planning, cls.talk)
            ]
        )
        cls.path = cls.env["career.path"].create({"name": "Plant"})
        cls.step = cls.env["career.path.step"].create(
            {
                "path_id": cls.path.id,
                "from_job_id": cls.operator.id,
                "to_job_id": cls.planner.id,
                "kind": "lateral",
                "duration": 18,
            }
        )
        cls.employee.job_id = cls.operator

    def _skill(self, skill, level):
        self.env["hr.employee.skill"].create(
            {
                "employee_id": self.employee.id,
                "skill_id": skill.id,
                "skill_type_id": self.kind.id,
                "skill_level_id": level.id,
            }
        )

    def test_gap_names_what_is_missing_and_what_is_low(self):
        employee = self._as(self.employee, self.employee)
        none = self.env["hr.skill.level"]
        self.assertEqual(
            sorted(
                (skill.name, present.name, expected.name)
                for skill, present, expected in employee.career_skill_gap(self.planner)
            ),
            [("Planning", none.name, "Masters"), ("Talk", none.name, "Masters")],
        )
        self._skill(self.planning, self.low)
        self._skill(self.talk, self.high)
        self.assertEqual(
            employee.career_skill_gap(self.planner),
            [(self.planning, self.low, self.high)],
        )
        self.assertEqual(employee.career_skill_gap(self.leader), [])

    def test_map_shows_the_paths_around_the_own_job(self):
        self._skill(self.talk, self.high)
        found = self._model("career.path", self.employee).get_career_map()
        self.assertTrue(found["is_own"])
        self.assertEqual([s["job"]["name"] for s in found["after"]], ["Planner"])
        self.assertEqual(found["after"][0]["duration"], 18)
        self.assertEqual(found["after"][0]["gap"]["expected"], 2)
        self.assertEqual(found["after"][0]["gap"]["met"], 1)
        other = self._model("career.path", self.employee).get_career_map(
            self.planner.id
        )
        self.assertFalse(other["is_own"])
        self.assertEqual([s["job"]["name"] for s in other["before"]], ["Operator"])

    def test_archived_job_or_path_leads_nowhere(self):
        paths = self._model("career.path", self.employee)
        self.assertTrue(paths.get_career_map()["after"])
        self.planner.active = False
        self.assertFalse(paths.get_career_map()["after"])
        self.planner.active = True
        self.assertTrue(paths.get_career_map()["after"])
        self.path.active = False
        self.assertFalse(paths.get_career_map()["after"])

    def test_map_without_job_or_employee(self):
        self.assertFalse(self._model("career.path", self.peer).get_career_map()["job"])

    def test_steps_up_make_no_circle(self):
        self.step.kind = "vertical"
        values = {"path_id": self.path.id, "kind": "vertical"}
        steps = self.env["career.path.step"]
        steps.create(
            {**values, "from_job_id": self.planner.id, "to_job_id": self.leader.id}
        )
        back = {"from_job_id": self.leader.id, "to_job_id": self.operator.id}
        with self.assertRaises(ValidationError):
            steps.create({**values, **back})
        steps.create({**values, **back, "kind": "lateral"})

    def test_officers_describe_paths_and_others_read_them(self):
        path = self._as(self.path, self.employee)
        self.assertEqual(path.name, "Plant")
        with self.assertRaises(AccessError):
            path.name = "Mine"
        self._as(self.path, self.officer).name = "Ours"
