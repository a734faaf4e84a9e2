import json
from base64 import b64decode
from datetime import date
from io import BytesIO
from unittest.mock import patch

from freezegun import freeze_time
from openpyxl import load_workbook
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..tools import dashboard, workbook
from .common import NOON, FigureCommon


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestPolicyReport(FigureCommon):
    """The yearly report: numbers about the company as a whole, and nothing else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for worker in cls.workers[:9]:
            cls._held(worker)
        cls.snapshot = cls._snapshot()
        cls.plant_board.user_id.email = "board@plant.example"

    def _report(self, year=2026):
        return self._model("career.policy.report", self.plant_officer).create(
            {"company_id": self.plant_company.id, "year": year}
        )

    def _html(self, report, person):
        content, __ = (
            self.env["ir.actions.report"]
            .with_user(person.user_id)
            .with_context(allowed_company_ids=person.company_id.ids)
            ._render_qweb_html(
                "career_guidance_reports.career_policy_report_document", report.ids
            )
        )
        return content.decode()

    def test_pdf_and_spreadsheet_say_the_same_to_hr_and_the_board(self):
        report = self._report()
        pages = [self._html(report, p) for p in (self.plant_officer, self.plant_board)]
        for page in pages:
            self.assertIn("45.0%", page)
            self.assertIn("Coverage", page)
            self.assertNotIn("East", page)
            for worker in self.workers:
                self.assertNotIn(f">{worker.name}<", page)
        contents = [
            self._as(report, person)._career_content()
            for person in (self.plant_officer, self.plant_board)
        ]
        self.assertEqual(contents[0], contents[1])

    def test_the_year_before_and_the_target(self):
        with freeze_time("2027-06-10 12:00:00"):
            for worker in self.workers[:12]:
                self._held(worker, day=date(2027, 3, 1))
            self._snapshot()
            self._snapshot()
            content = self._report(2027)._career_content()
        line = next(f for f in content["figures"] if f["code"] == "K1")
        self.assertEqual((line["value"], line["before"]), (60.0, 45.0))
        self.assertEqual((line["target"], line["is_reached"]), (100.0, False))
        nothing = next(f for f in content["figures"] if f["code"] == "K4c")
        self.assertIsNone(nothing["value"])
        self.assertEqual(nothing["text"], "–")
        self.assertTrue(nothing["why"])

    def test_without_figures(self):
        report = self._report(2024)
        for step in (report.action_print, report.action_download):
            with self.assertRaises(UserError):
                step()

    def test_years(self):
        self._report()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            with self.env.cr.savepoint():
                self._report()
        with self.assertRaises(ValidationError):
            self._report(2031)

    def test_who_makes_it(self):
        with self.assertRaises(AccessError):
            self._model("career.policy.report", self.plant_board).create({"year": 2026})
        with self.assertRaises(AccessError):
            self._model("career.policy.report", self.plant_officer).create(
                {"company_id": self.company.id, "year": 2026}
            )
        with self.assertRaises(AccessError):
            self._model("career.policy.report", self.plant_officer).create(
                {"year": 2025, "date_mailed": "2026-01-01 00:00:00"}
            )
        report = self._report()
        with self.assertRaises(AccessError):
            report.date_mailed = "2026-01-01 00:00:00"
        for person in (self.other_officer, self.manager, self.board):
            with self.assertRaises(AccessError):
                self._as(report, person)._career_content()

    # ---------------------------------------------------------------- spreadsheet
    def test_spreadsheet(self):
        report = self._report()
        content = report._career_content()
        content["company"] = '=HYPERLINK("http://evil.example")'
        for number, start in enumerate("=+-@"):
            content["figures"][number]["name"] = f"{start}1+1"
            content["figures"][number]["label"] = f"{start}1+1"
        book = load_workbook(
            BytesIO(workbook.write(content, workbook.labels(report.env)))
        )
        sheet = book.worksheets[0]
        for page in book.worksheets:
            for row in page.iter_rows():
                for cell in row:
                    self.assertNotEqual(cell.data_type, "f", cell.coordinate)
                    self.assertFalse(cell.hyperlink)
        self.assertEqual(sheet["B5"].value, "=1+1")
        self.assertEqual(sheet["C5"].value, 45)
        self.assertEqual(sheet["C5"].number_format, '0.0"%"')
        missing = [row for row in sheet.iter_rows(values_only=True) if row[0] == "K4c"]
        self.assertIsNone(missing[0][2], "no value, and no 0")
        self.assertTrue(missing[0][6])

    def test_spreadsheet_shows_units(self):
        for text, shape in (
            ("64.7%", '0.0"%"'),
            ("64,7%", '0.0"%"'),
            ("8,0 ans", '0.0" ans"'),
            ("9.3 per 100", '0.0" per 100"'),
            ("21 employees", '0" employees"'),
            ("1\u202f204 collaborateurs", '0" collaborateurs"'),
            ("6", "0"),
            ("–", "0.0"),
            ("once", "0.0"),
        ):
            self.assertEqual(workbook.number_format(text), shape, text)

    # ----------------------------------------------------------------------- mail
    def _cron(self):
        with self.enter_registry_test_mode():
            self.env.ref(
                "career_guidance_reports.ir_cron_policy_report"
            ).method_direct_trigger()

    def _mails(self):
        return self.env["mail.mail"].search([("email_to", "like", "board@plant")])

    def test_the_board_is_told_once(self):
        with freeze_time("2026-12-20 08:00:00"):
            self._snapshot()  # November
            self._snapshot()  # December so far
        with freeze_time("2027-01-02 08:00:00"):
            self._cron()
            self.assertFalse(self._mails(), "December is not closed yet")
            december = self._snapshot()
            self.assertTrue(december.is_final)
            self._cron()
            mail = self._mails()
            self.assertEqual(len(mail), 1)
            report = self.env["career.policy.report"].search(
                [("company_id", "=", self.plant_company.id), ("year", "=", 2026)]
            )
            self.assertTrue(report.date_mailed)
            self.assertEqual(mail.state, "outgoing")
            self.assertIn(f"/odoo/career-policy/{report.id}", mail.body_html)
            self.assertFalse(mail.attachment_ids)
            for figure in ("45", "%", "Coverage", "Worker"):
                self.assertNotIn(figure, mail.body_html)
            self._cron()
        with freeze_time("2027-02-02 08:00:00"):
            self._cron()
            self.assertEqual(self._mails(), mail)

    def test_a_mail_server_that_fails(self):
        with freeze_time("2026-12-20 08:00:00"):
            self._snapshot()
            self._snapshot()
        with freeze_time("2027-01-02 08:00:00"):
            self._snapshot()
            self._cron()
            mail = self._mails()
            connect = "odoo.addons.base.models.ir_mail_server.IrMail_Server._connect__"
            with (
                patch(connect, side_effect=OSError("down")),
                mute_logger("odoo.addons.mail.models.mail_mail"),
            ):
                mail.send()
            self._cron()
            self.assertEqual(len(self._mails()), 1)


@tagged("post_install", "-at_install")
class TestPolicyDownload(FigureCommon, HttpCase):
    """The spreadsheet over HTTP, with the rights of who asks."""

    def test_download(self):
        self._snapshot()
        report = self.env["career.policy.report"].create(
            {"company_id": self.plant_company.id}
        )
        url = f"/career_guidance_reports/policy/{report.id}"
        self.authenticate("career_plant_board", "career_plant_board")
        response = self.url_open(url)
        self.assertEqual(response.status_code, 200)
        self.assertIn("policy", response.headers["Content-Disposition"])
        self.assertEqual(
            load_workbook(BytesIO(response.content)).worksheets[0]["A5"].value, "K1"
        )
        for login in ("career_other_officer", "career_manager"):
            self.authenticate(login, login)
            self.assertEqual(self.url_open(url).status_code, 404, login)
        self.assertEqual(
            self.url_open("/career_guidance_reports/policy/999999").status_code, 404
        )


@tagged("post_install", "-at_install")
class TestFigureDashboard(FigureCommon):
    """The dashboards are those that the script writes, for HR and for the board."""

    def setUp(self):
        super().setUp()
        name = "career_guidance_reports.spreadsheet_dashboard_career"
        self.of_hr, self.of_board = self.env.ref(name), self.env.ref(f"{name}_board")

    def test_file(self):
        for record, by_department in ((self.of_hr, True), (self.of_board, False)):
            stored = json.loads(b64decode(record.spreadsheet_binary_data))
            made = dashboard.build(by_department=by_department)
            self.assertEqual(stored, made, "run tools/dashboard.py")
        self.assertIn("department", json.dumps(dashboard.build()))

    def test_the_board_has_no_empty_chart(self):
        """It reads no department: nothing in its dashboard asks for one."""
        self.assertNotIn(
            "department", json.dumps(dashboard.build(by_department=False)).lower()
        )

    def test_filters(self):
        """Period and company on every chart; the department where there are any."""
        content = dashboard.build()
        labels = {f["label"]: f["id"] for f in content["globalFilters"]}
        self.assertEqual(set(labels), {"Period", "Company", "Department"})
        charts = [
            figure["data"]
            for figure in content["sheets"][0]["figures"]
            if "fieldMatching" in figure["data"]
        ]
        self.assertEqual(len(charts), 2)
        for source in [*charts, content["pivots"]["1"]]:
            self.assertIn(labels["Period"], source["fieldMatching"])
            self.assertIn(labels["Company"], source["fieldMatching"])
        matched = [c for c in charts if labels["Department"] in c["fieldMatching"]]
        self.assertEqual(len(matched), 1)

    def test_who_opens_it(self):
        dashboards = self.env["spreadsheet.dashboard"]
        ours = self.of_hr | self.of_board
        for person, sees in (
            (self.plant_officer, self.of_hr),
            (self.plant_board, self.of_board),
            (self.manager, dashboards),
        ):
            found = dashboards.with_user(person.user_id).search(
                [("id", "in", ours.ids)]
            )
            self.assertEqual(found, sees, person.name)

    def test_a_mean_over_different_figures_is_no_number(self):
        self._snapshot()
        cells = self._model("career.figure.cell", self.plant_officer)
        [(value,)] = cells._read_group([("status", "=", "shown")], [], ["value:avg"])
        self.assertFalse(value)
        [(value,)] = cells._read_group(
            [("code", "=", "K3"), ("dimension", "=", "company"), ("item", "=", "")],
            [],
            ["value:avg"],
        )
        self.assertEqual(value, 0.0)
