from odoo.tests import new_test_user

from odoo.addons.career_guidance.tests.common import CareerCommon


class MobilityCommon(CareerCommon):
    """A vacancy of another department, its recruiter and its manager."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.recruiter = cls._person(
            "recruiter",
            groups="base.group_user,hr_recruitment.group_hr_recruitment_user",
        )
        cls.next_manager = cls._person("next_manager", parent=cls.director)
        cls.department = cls.env["hr.department"].create(
            {
                "name": "Planning",
                "company_id": cls.company.id,
                "manager_id": cls.next_manager.id,
            }
        )
        cls.present_job = cls.env["hr.job"].create(
            {"name": "Operator", "company_id": cls.company.id}
        )
        cls.job = cls.env["hr.job"].create(
            {
                "name": "Planner",
                "company_id": cls.company.id,
                "department_id": cls.department.id,
                "user_id": cls.recruiter.user_id.id,
                "career_is_internal": True,
            }
        )
        cls.employee.job_id = cls.present_job
        cls.settings_admin = new_test_user(
            cls.env, login="career_sys", groups="base.group_system"
        )

    def _vacancy(self, name, **values):
        return self.env["hr.job"].create(
            {
                "name": name,
                "company_id": self.company.id,
                "department_id": self.department.id,
                "user_id": self.recruiter.user_id.id,
                "career_is_internal": True,
                **values,
            }
        )

    def _apply(self, who=None, job=None, **values):
        who = who or self.employee
        return self._model("career.application", who).create(
            {"employee_id": who.id, "job_id": (job or self.job).id, **values}
        )
