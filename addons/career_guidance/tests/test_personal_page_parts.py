from datetime import date

from odoo.tests import HttpCase, tagged

from ..controllers.personal_page import throttle
from .test_personal_page import PersonalPageCommon, PersonalPageVisit


@tagged("post_install", "-at_install")
class TestPersonalPageParts(PersonalPageVisit, HttpCase, PersonalPageCommon):
    """The parts of a draft plan, coaches and assessments, without a login."""

    def setUp(self):
        super().setUp()
        throttle.wrong.clear()

    def _draft(self, employee=None):
        employee = employee or self.maria
        return self.env["career.plan"].create(
            {"employee_id": employee.id, "channel_id": self.line.id}
        )

    def test_parts_of_a_draft(self):
        plan = self._draft()
        self._visit()
        here = f"/career/page/plan/{plan.id}"
        self._post(
            f"{here}/save",
            title="My year",
            date_start="2027-01-01",
            date_end="2027-12-31",
        )
        plan.invalidate_recordset()
        self.assertEqual((plan.title, plan.date_end), ("My year", date(2027, 12, 31)))
        need = {
            "name": "Lead a shift",
            "domain": "leadership",
            "purpose": "next_step",
            "situation": "At the change of shifts",
        }
        self._post(f"{here}/add_need", **need)
        self.assertEqual(plan.need_ids.name, "Lead a shift")
        self.assertEqual(plan.need_ids.purpose, "next_step")
        self._post(f"/career/page/need/{plan.need_ids.id}/save", **need | {"name": "B"})
        plan.need_ids.invalidate_recordset()
        self.assertEqual(plan.need_ids.name, "B")
        step = {
            "name": "Walk along with Ann",
            "responsible": "manager",
            "deadline": "2027-06-30",
            "need_id": plan.need_ids.id,
            "method_id": self.env["career.development.method"].search([], limit=1).id,
        }
        self._post(f"{here}/add_action", **step)
        action = plan.action_ids
        self.assertEqual(action.need_id, plan.need_ids)
        self.assertEqual(action.responsible, "manager")
        self._post(
            f"/career/page/action/{action.id}/save",
            **step | {"responsible": "employee"},
        )
        action.invalidate_recordset()
        self.assertEqual(action.responsible, "employee")
        shown = self.url_open(here).text
        self.assertIn("Walk along with Ann", shown)
        self._post(f"/career/page/action/{action.id}/delete")
        self._post(f"/career/page/need/{plan.need_ids.id}/delete")
        plan.invalidate_recordset()
        self.assertFalse(plan.need_ids or plan.action_ids)

    def test_wrong_values_change_nothing(self):
        plan = self._draft()
        self._visit()
        here = f"/career/page/plan/{plan.id}"
        for step, values, said in (
            ("save", {"title": "x", "date_start": "soon"}, "Choose a date."),
            ("save", {"title": "x"}, "Choose a date."),
            ("add_need", {"name": " ", "purpose": "next_step"}, "Write in a few words"),
            ("add_need", {"name": "x", "purpose": "boss"}, "Choose one of the answers"),
            ("add_action", {"name": "", "responsible": "hr"}, "Write in a few words"),
            ("add_action", {"name": "x", "responsible": "god"}, "Choose one of"),
            (
                "add_action",
                {"name": "x", "responsible": "hr", "deadline": "soon"},
                "Choose a date.",
            ),
        ):
            with self.subTest(step=step, values=values):
                answer = self._post(f"{here}/{step}", **values)
                self.assertEqual(answer.status_code, 200)
                self.assertRegex(answer.text, said)
        plan.invalidate_recordset()
        self.assertFalse(plan.title or plan.need_ids or plan.action_ids)

    def test_nothing_after_the_draft_and_nothing_of_others(self):
        plan = self._draft()
        need = self.env["career.plan.need"].create({"plan_id": plan.id, "name": "Own"})
        other = self._draft(self.employee)
        others = self.env["career.plan.need"].create(
            {"plan_id": other.id, "name": "Not hers"}
        )
        self._visit()
        values = {"name": "Changed", "purpose": "next_step"}
        answer = self._post(f"/career/page/need/{others.id}/save", **values)
        self.assertEqual(answer.status_code, 404)
        self.assertNotIn("Not hers", answer.text)
        answer = self._post(f"/career/page/plan/{other.id}/add_need", **values)
        self.assertEqual(answer.status_code, 404)
        # a need of another plan is no choice for an action
        self._post(
            f"/career/page/plan/{plan.id}/add_action",
            name="x",
            responsible="employee",
            need_id=others.id,
        )
        self.assertFalse(plan.action_ids.need_id)
        plan.state = "agreed"
        for path in (f"need/{need.id}/save", f"plan/{plan.id}/add_need"):
            self._post(f"/career/page/{path}", **values)
        self._post(f"/career/page/need/{need.id}/delete")
        need.invalidate_recordset()
        self.assertEqual(need.exists().name, "Own")
        self.assertEqual(len(plan.need_ids), 1)

    def test_coach(self):
        coach = self.env["career.coach"].create({"employee_id": self.peer.id})
        self._visit()
        page = self.url_open("/career/page/guidance").text
        self.assertIn(self.peer.name, page)
        self.assertNotIn(f">{self.manager.name}<", page)
        answer = self._post(
            "/career/page/trajectory/new",
            coach_id=coach.id,
            question="What am I good at?",
            intensity="once",
        )
        self.assertIn("What am I good at?", answer.text)
        trajectory = self.env["career.trajectory"].search(
            [("employee_id", "=", self.maria.id)]
        )
        self.assertEqual(trajectory.coach_id, self.peer)
        self.assertFalse(
            self._as(trajectory, self.manager).search([("id", "=", trajectory.id)])
        )
        self._as(trajectory, self.peer).action_accept()
        answer = self._post(f"/career/page/trajectory/{trajectory.id}/talk")
        self.assertIn("/career/page/conversation/", answer.url)
        self._post(f"/career/page/trajectory/{trajectory.id}/close")
        trajectory.invalidate_recordset()
        self.assertEqual(trajectory.state, "closed")
        self._post("/career/page/trajectory/new", intensity="once")
        request = self.env["career.trajectory"].search(
            [("employee_id", "=", self.maria.id), ("state", "=", "requested")]
        )
        self.assertTrue(request.is_open_request)
        self._post(f"/career/page/trajectory/{request.id}/delete")
        self.assertFalse(request.exists())

    def test_assessments(self):
        by_hr = self._as(self.env["career.assessment"], self.officer).create(
            {"employee_id": self.maria.id, "conclusion": "<p>Calm in a crisis</p>"}
        )
        self._visit()
        self.assertIn("Calm in a crisis", self.url_open("/career/page/guidance").text)
        here = f"/career/page/assessment/{by_hr.id}"
        self._post(f"{here}/share", share_n1="1")
        by_hr.invalidate_recordset()
        self.assertTrue(by_hr.share_n1)
        self._post(f"{here}/delete")
        self.assertTrue(
            by_hr.exists(), "what HR had made is not the employee's to take"
        )
        self._post(
            "/career/page/assessment/new",
            kind="development_centre",
            date="2026-05-01",
            conclusion="Strong <b>in</b> numbers",
        )
        own = self.env["career.assessment"].search(
            [("employee_id", "=", self.maria.id), ("id", "!=", by_hr.id)]
        )
        self.assertEqual(own.commissioned_by, "employee")
        self.assertIn("&lt;b&gt;", own.conclusion, "text stays text")
        self._post(f"/career/page/assessment/{own.id}/delete")
        self.assertFalse(own.exists())

    def test_confirm_what_the_guide_wrote_down(self):
        conversation = self.env["career.conversation"].create(
            {"employee_id": self.maria.id, "channel_id": self.line.id}
        )
        preparation = conversation.preparation_ids.filtered(
            lambda p: p.role == "employee"
        )
        preparation.sudo().write(
            {"recorded_by": "Manager", "state": "shared", "note": "<p>So she said</p>"}
        )
        self._visit()
        here = f"/career/page/conversation/{conversation.id}"
        self.assertIn("wrote this down for you", self.url_open(here).text)
        self._post(f"/career/page/preparation/{preparation.id}/confirm_recording")
        preparation.invalidate_recordset()
        self.assertTrue(preparation.date_recording_confirmed)
        self.assertIn("You have confirmed it", self.url_open(here).text)
