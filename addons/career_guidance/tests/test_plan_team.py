from odoo import fields
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .test_plan import PlanCommon


@tagged("post_install", "-at_install")
class TestPlanTeam(PlanCommon):
    """The tracker shows to each role its own rows, anonymous ones above k."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sales, cls.stock = cls.env["hr.department"].create(
            [
                {"name": "Sales", "company_id": cls.company.id},
                {"name": "Stock", "company_id": cls.company.id},
            ]
        )
        cls.board = cls._person(
            "board", groups="base.group_user,career_guidance.group_career_board"
        )

    def _people(self, number, manager, department, done, channel=None):
        """Agreed plans of new people, of ten actions each, with some done."""
        channel = channel or self.line
        for index in range(number):
            employee = self.env["hr.employee"].create(
                {
                    "name": f"{department.name} {manager.name} {index}",
                    "company_id": self.company.id,
                    "department_id": department.id,
                    "parent_id": manager.id,
                    "user_id": new_test_user(
                        self.env,
                        login=f"{department.name}_{manager.id}_{index}_{channel.code}",
                        company_id=self.company.id,
                        company_ids=[Command.set(self.company.ids)],
                    ).id,
                }
            )
            self.env["career.plan"].sudo().create(
                {
                    "employee_id": employee.id,
                    "channel_id": channel.id,
                    "state": "agreed",
                    "action_ids": [
                        Command.create(
                            {
                                "name": "x",
                                "state": "done" if n < done else "todo",
                                "deadline": fields.Date.today(),
                            }
                        )
                        for n in range(10)
                    ],
                }
            )

    def _rows(self, person, level):
        return self._model("career.plan.team", person).search([("level", "=", level)])

    def test_levels_and_threshold(self):
        self._people(5, self.manager, self.sales, 9)
        self._people(4, self.new_manager, self.stock, 2)
        team = self._rows(self.manager, "team")
        self.assertEqual((team.realised_rate, team.met_count), (90.0, 5))
        self.assertTrue(team.is_target_met)
        self.assertEqual(self._rows(self.manager, "below").ids, [])
        self.assertEqual(self._rows(self.manager, "company").ids, [])
        # N+1 reads the plans of the own team himself: no threshold
        self.assertEqual(self._rows(self.new_manager, "team").plan_count, 4)
        below = self._rows(self.director, "below")
        shown = below.filtered(lambda row: not row.is_suppressed)
        self.assertEqual(shown.mapped("name"), ["Team of Manager"])
        small = below - shown
        self.assertEqual(small.name, "Team of New Manager")
        self.assertFalse(small.plan_count or small.realised_rate or small.met_count)
        # HR: the department of four is too small, and the other one goes along, or
        # the company minus the others would show it
        company = self._rows(self.officer, "company")
        self.assertEqual((company.plan_count, company.realised_rate), (9, 58.8))
        departments = self._rows(self.officer, "department")
        self.assertEqual(departments.mapped("is_suppressed"), [True, True])
        self.assertFalse(any(departments.mapped("plan_count")))
        self.assertEqual(self._rows(self.board, "company").plan_count, 9)
        self.assertFalse(self._rows(self.board, "department"))
        for person in (self.peer, self.coach, self.other_officer):
            self.assertFalse(self._model("career.plan.team", person).search([]))

    def test_no_company_of_the_viewer_lowers_the_threshold(self):
        self.company.career_privacy_threshold = 6
        self.other_company.career_privacy_threshold = 3
        self.director.user_id.company_ids |= self.other_company
        self._people(5, self.manager, self.sales, 9)
        for companies in (self.company, self.other_company + self.company):
            rows = (
                self.env["career.plan.team"]
                .with_user(self.director.user_id)
                .with_context(allowed_company_ids=companies.ids)
                .search([("level", "=", "below")])
            )
            self.assertEqual(rows.mapped("is_suppressed"), [True], companies)

    def test_a_plan_outside_the_line_never_counts(self):
        self._people(6, self.manager, self.sales, 9)
        before = [
            self._model("career.plan.team", person).search_read([])
            for person in (self.manager, self.director, self.officer, self.board)
        ]
        self._people(6, self.manager, self.sales, 0, channel=self.staff)
        self._people(6, self.manager, self.sales, 0, channel=self.pool)
        self.assertEqual(
            before,
            [
                self._model("career.plan.team", person).search_read([])
                for person in (self.manager, self.director, self.officer, self.board)
            ],
        )

    def test_cost_does_not_grow(self):
        self._people(5, self.manager, self.sales, 9)

        def count():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._model("career.plan.team", self.officer).search_read([])
            return self.env.cr.sql_log_count - before

        count()
        few = count()
        self._people(6, self.manager, self.stock, 9)
        self._people(6, self.new_manager, self.stock, 9)
        count()
        self.assertLessEqual(count(), few)
