from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import FigureCommon


@tagged("post_install", "-at_install")
class TestFigureTour(FigureCommon, HttpCase):
    """A new HR user finds the two main figures without knowing where they are."""

    def test_coverage_and_realisation_within_two_clicks(self):
        """K1 and K4c are on the screen two clicks after the app opened."""
        day = fields.Date.today() - relativedelta(days=45)
        for worker in self.workers[:12]:
            self._held(worker, day=day)
        for number, worker in enumerate(self.workers[:8]):
            self._agreed(worker, day, done=number < 6)
        snapshot = self._snapshot()
        self.assertEqual(self._cell(snapshot, "K1").shown_value, "60.0%")
        self.assertEqual(self._cell(snapshot, "K4c").shown_value, "75.0%")
        self.start_tour(
            "/odoo",
            "career_reports_two_clicks",
            login=self.plant_officer.user_id.login,
        )

    def _agreed(self, worker, day, done):
        plan = self.env["career.plan"].create(
            {
                "employee_id": worker.id,
                "channel_id": self.env.ref("career_guidance.channel_external").id,
                "date_start": day,
                "date_end": day + relativedelta(months=6),
            }
        )
        action = self.env["career.plan.action"].create(
            {"plan_id": plan.id, "name": "Learn it", "deadline": day}
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE career_plan_action SET state = %s, original_deadline = %s"
            " WHERE id = %s",
            ["done" if done else "todo", day, action.id],
        )
        line = self.env.ref("career_guidance.channel_line")
        self.env.cr.execute(
            """
            UPDATE career_plan
               SET state = 'agreed', channel_id = %s, conductor_role = 'n1',
                   hidden_from_n1 = FALSE, hidden_from_n2 = FALSE,
                   hidden_from_hr = FALSE
             WHERE id = %s
            """,
            [line.id, plan.id],
        )
        self.env.invalidate_all()
