from odoo.tests import HttpCase, tagged

from .common_cycle import CycleCommon


@tagged("post_install", "-at_install")
class TestCycleTour(CycleCommon, HttpCase):
    """HR launches a cycle in the browser; a manager works off the list."""

    def test_hr_launches_a_cycle(self):
        self.peer.employee_type = "student"
        self.start_tour(
            "/odoo/career-cycles",
            "career_cycle_launch",
            login=self.officer.user_id.login,
        )
        cycle = self.env["career.cycle"].search([("name", "=", "Tour cycle")])
        self.assertEqual(cycle.state, "running")
        self.assertTrue(self._part(cycle, self.employee))
        self.assertFalse(self._part(cycle, self.peer))

    def test_manager_works_off_the_list(self):
        cycle = self._cycle()
        self.start_tour(
            "/odoo/team-participations",
            "career_cycle_manager",
            login=self.manager.user_id.login,
        )
        team = cycle.sudo().participation_ids.filtered(
            lambda p: p.n1_user_id == self.manager.user_id
        )
        self.assertEqual(len(team), 3)
        self.assertEqual(set(team.mapped("state")), {"planned"})
