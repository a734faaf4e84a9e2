"""Export all about me: complete for the person, and never more than HR may read."""

import base64
import json
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.http import Request
from odoo.tests import HttpCase, TransactionCase, tagged
from odoo.tools import mute_logger

from .common import CareerCommon
from .world import World

_PERSON = {"hr.employee", "res.users"}


@tagged("post_install", "-at_install")
class TestExportComplete(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.world = World(cls.env)
        cls.employee = cls.world.people["E"]
        export = cls.world.model("career.export", "E")
        cls.data = export._career_export_data(cls.employee)
        cls.rows = {
            part["model"]: {row["id"]: row for row in part["records"]}
            for part in cls.data["documents"]
        }

    def _ours(self):
        """Models with a table that belong to the suite or hold its columns."""
        mixin = self.env.registry["career.audience.mixin"]
        for model in self.env.values():
            if model._abstract or model._transient or not model._auto:
                continue
            if model._name.startswith("career.") or isinstance(model, mixin):
                yield model

    def test_every_link_to_a_person_is_followed_or_left_out_with_a_reason(self):
        """A new model, or a new link, is found here before it is forgotten."""
        export = self.env["career.export"]
        others = export._career_exported_others()
        not_followed = export._career_not_followed()
        technical = export._career_not_exported()["*"]
        mixin = self.env.registry["career.audience.mixin"]
        missing = []
        for model in self._ours():
            for name, field in model._fields.items():
                if not field.store or field.comodel_name not in _PERSON:
                    continue
                followed = (
                    name in technical
                    or (isinstance(model, mixin) and name == "employee_id")
                    or others.get(model._name) == name
                    or name in not_followed.get(model._name, {})
                    # a guide: of somebody else
                    or (isinstance(model, mixin) and name == "conductor_user_id")
                )
                if not followed:
                    missing.append(f"{model._name}.{name}")
        self.assertEqual(missing, [])

    def test_declared_exceptions_exist_and_say_why(self):
        export = self.env["career.export"]
        for declared in (export._career_not_exported(), export._career_not_followed()):
            for model, names in declared.items():
                for name, reason in names.items():
                    self.assertGreater(len(reason), 25, f"{model}.{name}")
                    if model != "*":
                        self.assertIn(name, self.env[model]._fields)

    def test_every_stored_field_and_record_is_in_the_file(self):
        """Compared with the tables themselves, read with all rights."""
        export = self.env["career.export"]
        excluded = export._career_not_exported()
        count = 0
        for model in self._ours():
            if "employee_id" not in model._fields:
                continue
            if not model._fields["employee_id"].store:
                continue
            kept = model.sudo().with_context(active_test=False)
            kept = kept.search([("employee_id", "=", self.employee.id)])
            secret = kept.browse()
            if model._name == "career.preparation":
                secret = kept.filtered(
                    lambda p: p.role == "conductor" and p.state == "private"
                )
            elif model._name == "career.preparation.answer":
                secret = kept.filtered(
                    lambda a: a.role == "conductor" and a.state == "private"
                )
            elif model._name == "career.feedback":
                secret = kept.filtered(
                    lambda f: f.author_role == "conductor" and f.state == "draft"
                )
            rows = self.rows.get(model._name, {})
            self.assertEqual(set(rows), set((kept - secret).ids), model._name)
            names = {
                name
                for name, field in model._fields.items()
                if field.store
                and field.type != "one2many"
                and name not in excluded["*"]
                and name not in excluded.get(model._name, {})
            }
            for record in kept - secret:
                row = rows[record.id]
                self.assertEqual(set(row), names, model._name)
                for name in names:
                    if record[name] and model._fields[name].type != "boolean":
                        self.assertTrue(row[name], f"{model._name}.{name}")
                        count += 1
        self.assertGreater(count, 500, "the world has to hold something")

    def test_what_others_keep_for_themselves_is_not_in_it(self):
        """No more than the person may read: the guide's unshared notes are the guide's
        until the conversation closes, when they are shared or deleted (rule 7)."""
        for record in self.world.records.values():
            document = record[0]
            if document._name not in self.rows:
                continue
            readable = self.world.view(document, "E").has_access("read")
            if document.sudo()._fields.get("employee_id") and (
                document.sudo().employee_id == self.employee
            ):
                self.assertEqual(
                    document.id in self.rows[document._name],
                    readable,
                    f"{document._name} {document.id}",
                )

    def test_nothing_of_anybody_else(self):
        peer = self.world.people["PEER"]
        self.env["career.aspiration"].create(
            {"employee_id": peer.id, "direction": "stay", "motivation": "Of a peer"}
        )
        export = self.world.model("career.export", "E")
        data = export._career_export_data(self.employee)
        self.assertNotIn("Of a peer", json.dumps(data))
        for part in data["documents"]:
            for row in part["records"]:
                if row.get("employee_id"):
                    self.assertEqual(row["employee_id"]["id"], self.employee.id)

    def test_files_are_in_it(self):
        paper = self.world.model("career.assessment", "E").create(
            {"attachment_ids": [(0, 0, {"name": "a.txt", "raw": b"my file"})]}
        )
        export = self.world.model("career.export", "E")
        data = export._career_export_data(self.employee)
        part = next(p for p in data["documents"] if p["model"] == paper._name)
        row = next(r for r in part["records"] if r["id"] == paper.id)
        [file] = row["attachment_ids"]
        self.assertEqual(base64.b64decode(file["base64"]), b"my file")

    def test_paper_holds_the_same_texts(self):
        values = self.world.model("career.export", "E")._career_paper(self.data)
        html = self.env["ir.qweb"]._render(
            "career_guidance.report_career_export",
            {**values, "env": self.env, "user": self.env.user},
        )
        self.assertIn("Xyzzy-secret", str(html))
        self.assertIn(self.employee.name, str(html))

    def test_paper_is_in_words(self):
        """Dates and sharing as people write them; nothing that has no name."""
        export = self.world.model("career.export", "E")
        sections = export._career_paper(self.data)["sections"]
        lines = [line for s in sections for r in s["records"] for line in r]
        labels = {label for label, _text in lines}
        self.assertIn("Shared with: HR", labels)
        self.assertFalse(labels & {"Prepare Offered", "Is Open Request"})
        created = [text for label, text in lines if label == "Created on"]
        self.assertTrue(created)
        for text in created:
            self.assertNotRegex(text, r"^\d{4}-\d\d-\d\d")


@tagged("post_install", "-at_install")
class TestExportRights(CareerCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.worker = cls.env["hr.employee"].create(
            {
                "name": "Worker without login",
                "company_id": cls.company.id,
                "parent_id": cls.manager.id,
            }
        )

    def _make(self, who, employee, file_format="json"):
        return self._model("career.export", who)._career_make(
            employee.with_user(who.user_id), file_format
        )

    def test_own_file_and_its_trace(self):
        self._conversation()
        name, mimetype, content = self._make(self.employee, self.employee)
        data = json.loads(content)
        self.assertTrue(data["complete"])
        self.assertEqual(mimetype, "application/json")
        self.assertNotIn(self.employee.name, name)
        models = [part["model"] for part in data["documents"]]
        self.assertIn("career.conversation", models)
        self.assertIn("career.history", models)
        line = self.env["career.history"].search(
            [("employee_id", "=", self.employee.id), ("event", "=", "export")]
        )
        self.assertEqual(line.user_id, self.employee.user_id)

    def test_nobody_makes_the_file_of_a_colleague(self):
        self._conversation()
        for who in (self.peer, self.manager, self.director, self.coach):
            with self.assertRaises(AccessError):
                self._make(who, self.employee)
            with self.assertRaises(AccessError):
                self._make(who, self.worker)

    def test_hr_makes_it_only_for_who_has_no_login(self):
        with self.assertRaises(UserError):
            self._make(self.officer, self.employee)
        with self.assertRaises(AccessError):
            self._make(self.other_officer, self.worker)

    def test_file_of_hr_holds_what_hr_may_read(self):
        shared, own = self.env["career.aspiration"].create(
            [
                {
                    "employee_id": self.worker.id,
                    "direction": "lateral",
                    "motivation": text,
                }
                for text in ("Shared with HR", "For nobody else")
            ]
        )
        (shared | own).write({"state": "active"})
        shared.share_hr = True
        _name, _type, content = self._make(self.officer, self.worker)
        text = content.decode()
        data = json.loads(text)
        self.assertIn("Shared with HR", text)
        self.assertNotIn("For nobody else", text)
        self.assertFalse(data["complete"])
        self.assertNotIn("career.history", [p["model"] for p in data["documents"]])
        # whatever is hidden, the note is the same
        own.sudo().with_context(active_test=False).write({"state": "draft"})
        own.unlink()
        again = json.loads(self._make(self.officer, self.worker)[2])
        self.assertEqual(again["note"], data["note"])

    def test_file_of_hr_is_recorded_for_the_employee(self):
        self._make(self.officer, self.worker)
        line = self.env["career.history"].search(
            [("employee_id", "=", self.worker.id), ("event", "=", "export")]
        )
        self.assertEqual(line.user_id, self.officer.user_id)
        self.assertEqual(line.author_name, self.officer.name)

    def test_worker_makes_the_whole_file_on_the_personal_page(self):
        wish = self.env["career.aspiration"].create(
            {
                "employee_id": self.worker.id,
                "direction": "lateral",
                "motivation": "For nobody else",
            }
        )
        page, _link = self._model(
            "career.personal.page", self.officer
        )._career_create_page(self.worker)
        env = page.sudo()._career_acting_env()
        _name, _type, content = env["career.export"]._career_make(
            env["hr.employee"].browse(self.worker.id), "json"
        )
        data = json.loads(content)
        self.assertTrue(data["complete"])
        self.assertIn("For nobody else", content.decode())
        models = [part["model"] for part in data["documents"]]
        self.assertIn("career.history", models)
        self.assertNotIn("token_hash", content.decode())
        with self.assertRaises(AccessError):
            env["career.export"]._career_make(
                env["hr.employee"].browse(self.employee.id), "json"
            )
        self.assertTrue(wish)

    def test_wizard(self):
        action = self._model("career.export.wizard", self.employee).create(
            {"file_format": "json"}
        )
        self.assertEqual(
            action.action_export()["params"]["url"], "/career/export/me.json"
        )
        other = self._model("career.export.wizard", self.officer).create(
            {"is_for_other": True, "employee_id": self.worker.id}
        )
        self.assertIn(f"/{self.worker.id}.pdf", other.action_export()["params"]["url"])
        with self.assertRaises(AccessError):
            self._model("career.export.wizard", self.peer).create(
                {"is_for_other": True, "employee_id": self.worker.id}
            ).action_export()

    def test_pdf_of_the_own_file(self):
        """On a server that can: a PDF, and the same trace as of the other file."""
        reports = type(self.env["ir.actions.report"])
        with (
            patch.object(reports, "get_wkhtmltopdf_state", return_value="ok"),
            patch.object(reports, "_run_wkhtmltopdf", return_value=b"%PDF") as run,
        ):
            self._conversation()
            name, mimetype, content = self._make(self.employee, self.employee, "pdf")
        self.assertEqual((mimetype, content), ("application/pdf", b"%PDF"))
        [body] = run.call_args.args[0]
        self.assertIn("What could be my next step?", body)
        # nothing is fetched while it is made
        self.assertNotIn("http", body)
        self.assertNotIn("/web/", body)

    def test_without_wkhtmltopdf_the_message_says_what_to_do(self):
        reports = type(self.env["ir.actions.report"])
        with (
            patch.object(reports, "get_wkhtmltopdf_state", return_value="install"),
            self.assertRaises(UserError),
        ):
            self._make(self.employee, self.employee, "pdf")


@tagged("post_install", "-at_install")
class TestExportHttp(HttpCase, CareerCommon):
    def _post(self, url):
        return self.url_open(
            url, data={"csrf_token": Request.csrf_token(self)}, allow_redirects=False
        )

    def test_download(self):
        self._conversation()
        self.employee.user_id.password = "career_employee"
        self.authenticate("career_employee", "career_employee")
        response = self._post("/career/export/me.json")
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.headers["Cache-Control"], "no-store")
        self.assertIn("attachment", response.headers["Content-Disposition"])
        self.assertEqual(response.json()["person"]["name"], self.employee.name)

    @mute_logger("odoo.http")
    def test_not_by_get_and_not_of_others(self):
        self.employee.user_id.password = "career_employee"
        self.authenticate("career_employee", "career_employee")
        self.assertEqual(self.url_open("/career/export/me.json").status_code, 405)
        response = self._post(f"/career/export/{self.peer.id}.json")
        self.assertNotEqual(response.status_code, 200)
        self.assertNotIn(self.peer.name, response.text)
        self.assertEqual(self._post("/career/export/me.exe").status_code, 404)
