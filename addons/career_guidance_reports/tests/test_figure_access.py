from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import NOON, FigureCommon

_MODELS = ("career.figure.cell", "career.figure.overview", "career.figure.snapshot")


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestFigureAccess(FigureCommon):
    """Who reads figures: HR of the company; the board the company as a whole."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for worker in cls.workers[:8]:
            cls._held(worker)
        cls.snapshot = cls._snapshot()

    def _found(self, model, person):
        return self._model(model, person).search([])

    def test_hr_reads_the_own_company(self):
        cells = self._found("career.figure.cell", self.plant_officer)
        self.assertEqual(cells.company_id, self.plant_company)
        self.assertEqual(len(cells), len(self.snapshot.cell_ids))
        self.assertIn("department", cells.mapped("dimension"))
        for model in _MODELS:
            found = self._found(model, self.plant_officer)
            self.assertTrue(found)
            # whoever finds a row can read all of it
            found.read()

    def test_hr_of_another_company_reads_nothing(self):
        for model in _MODELS:
            self.assertFalse(self._found(model, self.other_officer), model)
        with self.assertRaises(AccessError):
            self._as(self.snapshot.cell_ids[0], self.other_officer).read(["value"])

    def test_the_board_reads_the_company_as_a_whole(self):
        cells = self._found("career.figure.cell", self.plant_board)
        self.assertTrue(cells)
        self.assertEqual(set(cells.mapped("dimension")), {"company"})
        hall = self.snapshot.cell_ids.filtered("department_id")
        self.assertTrue(hall)
        with self.assertRaises(AccessError):
            self._as(hall[0], self.plant_board).read(["value"])
        groups = self._model("career.figure.cell", self.plant_board)._read_group(
            [], ["department_id", "dimension"], ["value:avg", "__count"]
        )
        self.assertEqual({(g[0].id, g[1]) for g in groups}, {(False, "company")})
        self.assertTrue(self._found("career.figure.overview", self.plant_board))
        self._found("career.figure.overview", self.plant_board).read()

    def test_nobody_else_reads_anything(self):
        """No manager, no coach, no administrator, no settings, no portal."""
        managing = new_test_user(
            self.env,
            "figures_admin",
            groups="base.group_user,career_guidance.group_career_manager",
        )
        settings = new_test_user(
            self.env, "figures_system", groups="base.group_system,hr.group_hr_manager"
        )
        portal = new_test_user(self.env, "figures_portal", groups="base.group_portal")
        users = [person.user_id for person in (self.manager, self.director, self.coach)]
        for user in [*users, self.employee.user_id, managing, settings, portal]:
            user.company_ids |= self.plant_company
            companies = self.plant_company.ids
            for model in _MODELS:
                records = self.env[model].with_user(user)
                records = records.with_context(allowed_company_ids=companies)
                with self.subTest(user=user.login, model=model):
                    self.assertFalse(records.has_access("read"))
                    with self.assertRaises(AccessError):
                        records.search([])

    def test_nobody_writes(self):
        cell = self.snapshot.cell_ids[0]
        for person in (self.plant_officer, self.plant_board):
            mine = self._as(cell, person)
            for operation in ("write", "create", "unlink"):
                self.assertFalse(mine.has_access(operation))
                self.assertFalse(self._as(self.snapshot, person).has_access(operation))

    def test_nobody_takes_the_protection_off_a_figure(self):
        """A field that is read-only on the form alone is written by a call."""
        self.plant_board.user_id.group_ids |= self.env.ref(
            "career_guidance.group_career_manager"
        )
        figure = self.env["career.figure.indicator"].search(
            [("protection", "=", "sealed")], limit=1
        )
        for person in (self.plant_officer, self.plant_board):
            mine = self._as(figure, person)
            mine.write({"target_mode": "own", "target": 75.0, "sequence": 3})
            for values in (
                {"protection": "open"},
                {"kind": "count"},
                {"code": "K11"},
                {"definition": "All of it"},
                {"target": 80.0, "protection": "guarded"},
            ):
                with self.subTest(values=values), self.assertRaises(AccessError):
                    mine.write(values)
                with self.subTest(values=values), self.assertRaises(AccessError):
                    mine.web_save(values, {"display_name": {}})
        self.assertEqual(figure.protection, "sealed")

    def test_who_was_counted_with_whom_is_for_nobody(self):
        group = self.env["career.figure.group"].search([], limit=1)
        self.assertTrue(group)
        for person in (self.plant_officer, self.plant_board, self.manager):
            for operation in ("read", "write", "create", "unlink"):
                self.assertFalse(self._as(group, person).has_access(operation))
                releases = self._model("career.figure.release", person)
                self.assertFalse(releases.has_access(operation))
        talk = self.env["career.conversation"].search([], limit=1)
        with self.assertRaises(AccessError):
            self._as(talk, self.plant_officer).read(["career_was_prepared"])

    def test_compute_now_is_for_hr(self):
        for person in (self.plant_board, self.manager):
            with self.assertRaises(AccessError):
                self._model("career.figure.snapshot", person).action_compute_now()
        with self.assertRaises(UserError):
            # this month is done
            self._model(
                "career.figure.snapshot", self.plant_officer
            ).action_compute_now()
        with freeze_time("2026-07-02 12:00:00"):
            action = self._model(
                "career.figure.snapshot", self.plant_officer
            ).action_compute_now()
        self.assertEqual(action["res_model"], "career.figure.overview")
        self.assertTrue(self.snapshot.is_final)
        self.assertEqual(self.snapshot.date_to, fields.Date.to_date("2026-06-30"))

    def test_only_hr_is_offered_to_compute(self):
        """Where there is nothing yet, the board reads why, without a button."""
        action = "career_guidance_reports.career_figure_overview_action"
        for person, offered in ((self.plant_officer, True), (self.plant_board, False)):
            found = self.env["ir.actions.act_window"].with_user(person.user_id)
            text = found._for_xml_id(action)["help"]
            self.assertIn("There are no key figures yet", text)
            self.assertEqual('type="action"' in text, offered)
            self.assertTrue(text.strip().startswith("<p"))

    def test_lists_are_offered_to_who_leads_or_guides(self):
        """An employee who leads nobody is not offered lists of others."""
        reporting = self.env.ref("career_guidance_reports.career_menu_reporting")
        follow_up = self.env.ref("career_guidance.career_menu_follow_up")
        self._model("career.plan", self.employee).create(
            {
                "employee_id": self.employee.id,
                "channel_id": self.mentoring.id,
                "conductor_user_id": self.mentor.user_id.id,
            }
        )
        for person, *sees in (
            (self.employee, False, False),
            (self.peer, False, False),
            (self.manager, True, True),
            (self.mentor, True, True),
            (self.coach, True, True),
            (self.plant_officer, True, True),
            (self.plant_board, True, False),
        ):
            menus = self._model("ir.ui.menu", person).load_menus(False)
            offered = [reporting.id in menus, follow_up.id in menus]
            self.assertEqual(offered, sees, person.name)

    def test_two_clicks(self):
        """Coverage and the 80% rule stand on the first page of Reporting."""
        root = self.env.ref("career_guidance_reports.career_menu_reporting")
        first = root.child_id.sorted("sequence")[0]
        self.assertEqual(first.action.res_model, "career.figure.overview")
        menus = self.env["ir.ui.menu"]
        for person, sees in (
            (self.plant_officer, True),
            (self.plant_board, True),
            (self.manager, False),
        ):
            visible = menus.with_user(person.user_id)._visible_menu_ids()
            self.assertEqual(first.id in visible, sees, person.name)
        rows = self._found("career.figure.overview", self.plant_officer)
        self.assertEqual(rows[0].code, "K1")
        self.assertIn("K4c", rows.mapped("code"))
