from odoo.tests import TransactionCase, new_test_user


class CareerCommon(TransactionCase):
    """A small company: director (N2), manager (N1), employee, peers, HR, coach."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, tracking_disable=True))
        cls.company = cls.env["res.company"].create({"name": "Career Co"})
        cls.other_company = cls.env["res.company"].create({"name": "Other Co"})
        cls.people = {}
        cls.director = cls._person("director")
        cls.manager = cls._person("manager", parent=cls.director)
        cls.employee = cls._person("employee", parent=cls.manager)
        cls.peer = cls._person("peer", parent=cls.manager)
        cls.new_manager = cls._person("new_manager", parent=cls.director)
        cls.officer = cls._person(
            "officer", groups="base.group_user,career_guidance.group_career_officer"
        )
        cls.other_officer = cls._person(
            "other_officer",
            groups="base.group_user,career_guidance.group_career_officer",
            company=cls.other_company,
        )
        cls.coach = cls._person("coach")
        cls.env["career.coach"].create({"employee_id": cls.coach.id})
        cls.mentor = cls._person("mentor")
        cls.line = cls.env.ref("career_guidance.channel_line")
        cls.staff = cls.env.ref("career_guidance.channel_staff")
        cls.management = cls.env.ref("career_guidance.channel_management")
        cls.pool = cls.env.ref("career_guidance.channel_coach")
        cls.mentoring = cls.env.ref("career_guidance.channel_mentor")
        cls.external = cls.env.ref("career_guidance.channel_external")

    @classmethod
    def _person(cls, login, parent=None, groups="base.group_user", company=None):
        company = company or cls.company
        user = new_test_user(
            cls.env,
            login=f"career_{login}",
            groups=groups,
            name=login.replace("_", " ").title(),
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        return cls.env["hr.employee"].create(
            {
                "name": user.name,
                "user_id": user.id,
                "company_id": company.id,
                "parent_id": parent.id if parent else False,
            }
        )

    @classmethod
    def _as(cls, record, employee):
        """The record (or model) as the user of an employee sees it."""
        return record.with_user(employee.user_id).with_context(
            allowed_company_ids=employee.company_id.ids
        )

    def _model(self, name, employee):
        return self._as(self.env[name], employee)

    def _conversation(self, channel=None, who=None, **values):
        """A conversation, asked for by the employee."""
        who = who or self.employee
        return self._model("career.conversation", who).create(
            {
                "employee_id": who.id,
                "channel_id": (channel or self.line).id,
                "request": "What could be my next step?",
                **values,
            }
        )

    def _readable(self, record, employee):
        """Whether the employee's user can read the record, by search and by id."""
        mine = self._as(record, employee)
        found = bool(mine.search([("id", "=", record.id)]))
        self.assertEqual(found, mine.has_access("read"))
        return found
