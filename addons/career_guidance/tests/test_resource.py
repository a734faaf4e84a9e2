from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common_cycle import CycleCommon


@tagged("post_install", "-at_install")
class TestResource(CycleCommon):
    """The offer: open to everybody, used and judged without names."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.resource = cls.env["career.resource"].create(
            {
                "name": "Workshop",
                "kind": "workshop",
                "audience": "employee",
                "theme": "what_can_i",
                "url": "https://example.com",
                "company_id": cls.company.id,
                "sequence": 1,
            }
        )

    def test_rights(self):
        self.assertTrue(self._readable(self.resource, self.employee))
        self.assertFalse(self._readable(self.resource, self.other_employee))
        for who in (self.employee, self.manager):
            with self.assertRaises(AccessError):
                self._as(self.resource, who).name = "Mine"
        self._as(self.resource, self.officer).name = "Better"

    def test_use_is_counted_without_a_name(self):
        for who in (self.employee, self.peer, self.employee):
            action = self._as(self.resource, who).action_use()
            self.assertEqual(action["url"], "https://example.com")
        self.assertEqual(self.resource.use_count, 3)
        self.assertEqual(len(self.resource.use_ids), 1)
        self.assertFalse(
            {"create_uid", "write_uid", "user_id"} & set(self.resource.use_ids._fields)
        )
        with self.assertRaises(AccessError):
            self._as(self.resource, self.other_employee).action_use()
        with self.assertRaises(AccessError):
            self._model("career.resource.use", self.employee).search([])

    def test_link_is_a_link(self):
        with self.assertRaises(ValidationError):
            self.resource.url = "javascript:alert(1)"

    def test_suggested_where_it_fits(self):
        conversation = self._conversation()
        mine = conversation.my_preparation_id
        self.assertIn(self.resource, mine.suggested_resource_ids)
        theirs = self._as(conversation, self.manager).my_preparation_id
        self.assertNotIn(self.resource, theirs.suggested_resource_ids)
        method = self.env["career.development.method"].search([], limit=1)
        self.resource.method_ids = method
        action = self.env["career.plan.action"].new(
            {"method_id": method.id, "company_id": self.company.id}
        )
        self.assertEqual(action.suggested_resource_ids._origin, self.resource)
        need = self.env["career.plan.need"].new(
            {"purpose": "current_job", "company_id": self.company.id}
        )
        self.assertIn(self.resource, need.suggested_resource_ids._origin)

    def _session(self, days=-1):
        return self._model("career.resource.session", self.officer).create(
            {
                "resource_id": self.resource.id,
                "date": fields.Datetime.now() + timedelta(days=days),
            }
        )

    def test_evaluation_is_shown_from_enough_answers(self):
        session = self._session()
        people = (self.employee, self.manager, self.director, self.officer)
        for index, person in enumerate(people):
            self._as(session, person).career_evaluate(5, 4, 3 if index else 0)
        self.env.invalidate_all()
        self.assertFalse(session.is_shown)
        self.assertEqual((session.satisfaction, session.answer_count), (0.0, 0))
        self._as(session, self.peer).career_evaluate(1, 4, 3)
        self.env.invalidate_all()
        self.assertTrue(session.is_shown)
        self.assertAlmostEqual(session.satisfaction, 4.2)
        self.assertEqual(session.learning, 4.0)
        # four marks on use in practice are too few
        self.assertEqual(session.practice, 0.0)
        # one more answer is not told by comparing: it waits for four others
        self._as(session, self.coach).career_evaluate(1, 1, 1)
        self.env.invalidate_all()
        self.assertEqual(session.answer_count, 5)
        self.assertAlmostEqual(session.satisfaction, 4.2)
        self.assertEqual(session.learning, 4.0)
        # and the fifth mark on practice completes that one
        self.assertAlmostEqual(session.practice, 2.6)

    def test_one_answer_a_person(self):
        session = self._session()
        self._as(session, self.employee).career_evaluate(5, 4, 3)
        with self.assertRaises(UserError):
            self._as(session, self.employee).career_evaluate(1, 1, 1)
        # of another session, and of another person, it is the first
        self._as(self._session(), self.employee).career_evaluate(5, 4, 3)
        self._as(session, self.peer).career_evaluate(5, 4, 3)
        self.assertEqual(len(session.sudo().answered), 2)
        self.assertEqual(session.sudo().answered, sorted(session.sudo().answered))
        with self.assertRaises(AccessError):
            self._as(session, self.officer).read(["answered"])

    def test_single_answers_are_nobodys(self):
        session = self._session()
        self._as(session, self.employee).career_evaluate(5, 5, 5)
        for who in (self.employee, self.officer, self.admin_person):
            with self.assertRaises(AccessError):
                self._model("career.resource.evaluation", who).search([])
        answer = self.env["career.resource.evaluation"].search(
            [("session_id", "=", session.id)]
        )
        self.assertNotIn("create_uid", answer._fields)

    def test_bad_marks(self):
        for marks in ((0, 3, 3), (6, 3, 3), (3, 3, -1), ("3", 3, 3), (3, 3, 9)):
            with self.assertRaises(UserError):
                self._session().career_evaluate(*marks)
        with self.assertRaises(UserError):
            self._session(days=2).career_evaluate(3, 3, 3)

    def test_dialog_forgets_who_answered(self):
        session = self._session()
        dialog = self._model("career.resource.evaluate", self.employee).create(
            {"session_id": session.id, "satisfaction": "4", "learning": "4"}
        )
        dialog.action_confirm()
        self.assertFalse(dialog.exists())

    # ---------------------------------------------------------------------- guides
    def _certificate(self, days):
        kind = self.env["hr.skill.type"].create(
            {
                "name": "Guides",
                "is_certification": True,
                "skill_ids": [(0, 0, {"name": "Career guide"})],
                "skill_level_ids": [(0, 0, {"name": "Yes", "level_progress": 100})],
            }
        )
        self.company.career_guide_skill_id = kind.skill_ids
        self.env["hr.employee.skill"].create(
            {
                "employee_id": self.manager.id,
                "skill_type_id": kind.id,
                "skill_id": kind.skill_ids.id,
                "skill_level_id": kind.skill_level_ids.id,
                "valid_from": self.today - timedelta(days=400),
                "valid_to": self.today + timedelta(days=days),
            }
        )

    def _guide(self, employee):
        self.env.flush_all()
        self.env.invalidate_all()
        return self._model("career.guide.certificate", self.officer).browse(employee.id)

    def test_certified_guides(self):
        self.assertIsNone(self.manager._career_is_certified_guide())
        self._certificate(200)
        self.assertTrue(self.manager._career_is_certified_guide())
        self.assertFalse(self.director._career_is_certified_guide())
        self.assertEqual(self._guide(self.manager).state, "4_valid")
        self.assertEqual(self._guide(self.director).state, "1_none")
        self.assertEqual(self._guide(self.manager).team_size, 4)
        guides = self._model("career.guide.certificate", self.officer).search([])
        self.assertIn(self.coach, guides.employee_id)
        self.assertNotIn(self.peer, guides.employee_id)
        with self.assertRaises(AccessError):
            self._model("career.guide.certificate", self.manager).search([])
        self.assertFalse(
            self._model("career.guide.certificate", self.other_officer).search([])
        )

    def test_expiry(self):
        self._certificate(30)
        self.assertEqual(self._guide(self.manager).state, "3_soon")
        self.env["hr.employee.skill"].search(
            [("employee_id", "=", self.manager.id)]
        ).unlink()
        self._certificate(-1)
        self.assertEqual(self._guide(self.manager).state, "2_expired")
        self.assertFalse(self.manager._career_is_certified_guide())

    def _told(self):
        return self.env["mail.activity"].search_count(
            [
                ("user_id", "=", self.officer.user_id.id),
                ("career_key", "=like", "hr.employee,%,certificate"),
            ]
        )

    def test_hr_is_told_of_an_untrained_guide_and_nothing_is_blocked(self):
        self._certificate(-1)
        conversation = self._conversation()
        self._as(conversation, self.manager).action_plan(
            fields.Datetime.now() + timedelta(days=2)
        )
        self.assertEqual(conversation.sudo().state, "planned")
        self.assertEqual(self._told(), 1)

    def test_the_preview_of_a_cycle_names_untrained_guides(self):
        cycle = self._cycle(launch=False)

        def preview():
            self.env.flush_all()
            return self._model("career.cycle.preview", self.officer).create(
                {"cycle_id": cycle.id}
            )

        self.assertFalse(preview().untrained_count)
        self._certificate(200)
        self.assertEqual(preview().untrained_names, self.director.name)
        self.assertEqual(preview().untrained_count, 1)

    def test_a_hidden_talk_tells_nothing_of_its_guide(self):
        self._certificate(200)
        conversation = self._conversation(self.management)
        self._as(conversation, self.director).action_plan(
            fields.Datetime.now() + timedelta(days=2)
        )
        self.assertEqual(self._told(), 0)

    # ----------------------------------------------------------------- start guide
    def test_start_guide(self):
        steps = self._model("career.start.step", self.officer).search([])
        by_code = {step.code: step for step in steps}
        self.assertFalse(by_code["channels"].is_done)
        by_code["channels"].action_toggle_done()
        self.assertTrue(by_code["channels"].is_done)
        other = self._as(by_code["channels"], self.other_officer)
        self.assertFalse(other.is_done)
        self.assertFalse(by_code["cycle"].is_done)
        self._cycle()
        self.env.invalidate_all()
        self.assertTrue(by_code["cycle"].is_done)
        self.assertFalse(by_code["conversation"].is_done)
        for step in steps.filtered("can_open"):
            self.assertEqual(step.action_open()["type"], "ir.actions.act_window")
        with self.assertRaises(AccessError):
            self._model("career.start.step", self.employee).search([])
        with self.assertRaises(AccessError):
            steps[0].name = "Mine"
