from datetime import timedelta

from odoo import fields

from .common import CareerCommon


class CycleCommon(CareerCommon):
    """Three companies: one with a line, one with another HR, one that shares both."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.third_company = cls.env["res.company"].create({"name": "Third Co"})
        cls.other_employee = cls._person("other_employee", company=cls.other_company)
        cls.third_employee = cls._person(
            "third_employee", parent=cls.manager, company=cls.third_company
        )
        cls.group_officer = cls._person(
            "group_officer",
            groups="base.group_user,career_guidance.group_career_officer",
        )
        cls.group_officer.user_id.company_ids |= cls.other_company
        cls.admin_person = cls._person(
            "admin_person",
            groups="base.group_user,career_guidance.group_career_manager",
        )
        cls.no_login = cls.env["hr.employee"].create(
            {
                "name": "Nele No Login",
                "company_id": cls.company.id,
                "parent_id": cls.manager.id,
            }
        )
        cls.today = fields.Date.today()

    def _cycle(self, who=None, launch=True, **values):
        who = who or self.officer
        companies = values.pop("companies", who.company_id)
        cycle = (
            self._model("career.cycle", who)
            .with_context(allowed_company_ids=who.user_id.company_ids.ids)
            .create(
                {
                    "name": "This year",
                    "company_ids": [fields.Command.set(companies.ids)],
                    "date_start": self.today,
                    "date_end": self.today + timedelta(days=200),
                    **values,
                }
            )
        )
        if launch:
            cycle.action_launch()
        return cycle

    def _part(self, cycle, employee):
        return cycle.sudo().participation_ids.filtered(
            lambda p: p.employee_id == employee
        )

    def _hold(self, conversation, employee):
        mine = self._as(conversation, employee)
        if conversation.sudo().state == "requested":
            mine.action_plan(fields.Datetime.now() + timedelta(days=1))
        mine.action_hold("no_change")
