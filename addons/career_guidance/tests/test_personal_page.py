import re
from base64 import b64encode
from datetime import date, timedelta
from inspect import signature

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger
from odoo.tools.translate import code_translations

from ..controllers.personal_page import throttle
from .common import CareerCommon

PNG = (
    "data:image/png;base64,"
    + b64encode(b"\x89PNG\r\n\x1a\n" + b"a drawn signature").decode()
)
CODE = "tram52"
MAGIC = {"id", "create_uid", "create_date", "write_uid", "write_date"}


class PersonalPageCommon(CareerCommon):
    """One of the team, Maria, has no user; the others are those of CareerCommon."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.maria = cls.env["hr.employee"].create(
            {
                "name": "Maria",
                "company_id": cls.company.id,
                "parent_id": cls.manager.id,
                "birthday": date(1980, 2, 1),
                "barcode": "041123456789",
            }
        )

    @classmethod
    def _page(cls, employee=None, factor="none", maker=None):
        """A page and its token, handed out by HR."""
        employee = employee or cls.maria
        employee.company_id.career_page_factor = factor
        pages = cls._as(cls.env["career.personal.page"], maker or cls.officer)
        page, link = pages._career_create_page(employee.with_user(pages.env.user))
        return page.sudo(), link.rpartition("/")[2]

    @classmethod
    def _choose_code(cls):
        """Maria opens the page of HR, and chooses her code."""
        page, _token = cls._page(factor="code")
        page._career_open(CODE, CODE)

    def _acting(self, employee=None):
        """The environment in which an employee acts on the page."""
        page, _token = self._page(employee)
        return page._career_acting_env()


@tagged("post_install", "-at_install")
class TestPersonalPage(PersonalPageCommon):
    """Making, closing and opening a page; what may be done on it."""

    def test_token_is_kept_as_a_hash_only(self):
        page, token = self._page()
        self.assertGreaterEqual(len(token), 43)
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT * FROM career_personal_page WHERE id = %s", page.ids
        )
        self.assertNotIn(token, str(self.env.cr.fetchall()))
        self.assertEqual(page._career_find(token), page)
        self.assertFalse(page._career_find(page.token_hash))
        with self.assertRaises(AccessError):
            self._as(page, self.officer).read(["token_hash"])

    def test_history_is_in_the_language_of_its_reader(self):
        """HR works in another language than the employee who reads what was done."""
        self.env["res.lang"]._activate_lang("fr_FR")
        self.maria.work_contact_id.lang = "fr_FR"
        self.officer.lang = "en_US"
        words = code_translations.get_python_translations("career_guidance", "fr_FR")
        page, _token = self._page(factor="code")
        self._as(page, self.officer).action_reset_code()
        self._as(page, self.officer).action_revoke()
        lines = self.env["career.history"].search(
            [("res_model", "=", page._name), ("res_id", "=", page.id)]
        )
        self.assertEqual(
            set(lines.mapped("detail")),
            {words[word] for word in ("Handed out", "Code taken away", "Closed")},
        )
        self.assertNotIn("Handed out", lines.mapped("detail"))

    def test_who_may_hand_out(self):
        pages = self.env["career.personal.page"]
        self.company.career_page_factor = "code"
        for nobody in (self.peer, self.manager, self.other_officer, self.coach):
            with self.subTest(nobody.name), self.assertRaises(AccessError):
                self._as(pages, nobody)._career_create_page(self.maria)
        # the manager becomes Maria's guide
        self._model("career.conversation", self.manager).create(
            {"employee_id": self.maria.id, "channel_id": self.line.id}
        )
        # whoever opens it first chooses the code: HR hands out the first page
        with self.assertRaisesRegex(AccessError, "first page"):
            self._page(factor="code", maker=self.manager)
        self._choose_code()
        page, _token = self._page(factor="code", maker=self.manager)
        self.assertEqual(page.maker_user_id, self.manager.user_id)
        # a guide knows birthdays: without the employee's own code, HR alone
        with self.assertRaises(AccessError):
            self._page(factor="birthday", maker=self.manager)
        self._page(factor="birthday")

    def test_refusals_say_what_to_do(self):
        with self.assertRaisesRegex(UserError, "has a user"):
            self._page(self.employee)
        self.maria.birthday = False
        with self.assertRaisesRegex(UserError, "date of birth"):
            self._page(factor="birthday")
        self.maria.barcode = False
        with self.assertRaisesRegex(UserError, "badge"):
            self._page(factor="badge")
        self.maria.active = False
        with self.assertRaisesRegex(UserError, "archived"):
            self._page()

    def test_a_new_page_closes_the_earlier_one(self):
        first, first_token = self._page()
        _second, token = self._page()
        self.assertEqual(first.state, "closed")
        self.assertFalse(first._career_find(first_token))
        self.assertTrue(first._career_find(token))

    def test_states_and_filters(self):
        page, token = self._page()
        Page = page.browse()

        def check(state):
            page.invalidate_recordset()
            self.assertEqual(page.state, state)
            for value in ("open", "locked", "expired", "closed"):
                found = Page.search([("state", "=", value), ("id", "=", page.id)])
                self.assertEqual(bool(found), value == state, value)
            self.assertEqual(bool(page._career_find(token)), state == "open")

        check("open")
        page.is_locked = True
        check("locked")
        self._as(page, self.officer).action_unlock()
        check("open")
        page.date_expiry = fields.Datetime.now() - timedelta(minutes=1)
        check("expired")
        page.date_expiry = fields.Datetime.now() + timedelta(days=1)
        self.maria.active = False
        check("closed")
        self.maria.active = True
        check("open")
        self._as(page, self.officer).action_revoke()
        check("closed")

    def test_expiry_follows_the_setting(self):
        self.company.career_page_days = 7
        page, _token = self._page()
        self.assertEqual((page.date_expiry - page.create_date).days, 7)
        self.env.company.invalidate_recordset()
        self.assertEqual(self.other_company.career_page_days, 30)

    def test_who_sees_and_closes_pages(self):
        self._model("career.conversation", self.manager).create(
            {"employee_id": self.maria.id, "channel_id": self.line.id}
        )
        self._choose_code()
        page, _token = self._page(factor="code", maker=self.manager)
        for reader, expected in (
            (self.officer, True),
            (self.manager, True),
            (self.other_officer, False),
            (self.peer, False),
            (self.director, False),
        ):
            with self.subTest(reader.name):
                self.assertEqual(self._readable(page, reader), expected)
        for nobody in (self.peer, self.director, self.other_officer):
            with self.subTest(nobody.name):
                for method in ("action_revoke", "action_unlock", "action_reset_code"):
                    with self.assertRaises(AccessError):
                        getattr(self._as(page, nobody), method)()
        for method in ("action_unlock", "action_reset_code"):
            with self.assertRaises(AccessError):
                getattr(self._as(page, self.manager), method)()
        for name in ("date_last_used", "failed_count"):
            with self.assertRaises(AccessError):
                self._as(page, self.manager).read([name])
        with self.assertRaises(AccessError):
            self._as(page, self.officer).write({"is_revoked": True})
        self._as(page, self.manager).action_revoke()
        self.assertEqual(page.state, "closed")

    def test_code_taken_away_closes_the_page_of_a_guide(self):
        """He may have kept the link, and would choose the new code."""
        self._model("career.conversation", self.manager).create(
            {"employee_id": self.maria.id, "channel_id": self.line.id}
        )
        self._choose_code()
        page, token = self._page(factor="code", maker=self.manager)
        self._as(page, self.officer).action_reset_code()
        self.assertEqual(page.state, "closed")
        self.assertFalse(page._career_find(token))

    def test_officer_who_leads_the_employee_is_a_guide(self):
        """What is hidden from the line is hidden from him, whatever role he has."""
        self.manager.user_id.group_ids |= self.env.ref(
            "career_guidance.group_career_officer"
        )
        for factor in ("none", "birthday", "badge", "code"):
            with self.subTest(factor), self.assertRaises(AccessError):
                self._page(factor=factor, maker=self.manager)
        page, _token = self._page(factor="code")
        for method in ("action_unlock", "action_reset_code"):
            with self.subTest(method), self.assertRaises(AccessError):
                getattr(self._as(page, self.manager), method)()
        page._career_open(CODE, CODE)
        self._page(factor="code", maker=self.manager)

    def test_a_visit_leaves_no_date_for_a_guide(self):
        page, _token = self._page(factor="badge")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE career_personal_page SET write_date = '2020-01-01' WHERE id = %s",
            page.ids,
        )
        page.invalidate_recordset()
        page._career_open("wrong")
        page._career_open("041123456789")
        self.env.flush_all()
        page.invalidate_recordset()
        self.assertEqual(page.write_date.year, 2020)
        self.assertTrue(page.date_last_used)

    def test_birthday_and_badge(self):
        page, _token = self._page(factor="birthday")
        for text in ("1/2/1980", "01-02-1980", "1.2.1980", "1980-02-01", "01021980"):
            self.assertEqual(page._career_open(text), "", text)
        for text in ("", "2/1/1980", "1980", "31/31/1980", None, "1/2/80"):
            page.failed_count = 0
            self.assertIn("not right", page._career_open(text), text)
        page, _token = self._page(factor="badge")
        self.assertEqual(page._career_open(" 041123456789 "), "")
        self.assertIn("not right", page._career_open("041"))

    def test_own_code(self):
        page, _token = self._page(factor="code")
        self.assertTrue(page._career_needs_code())
        for code, again in (("12345", "12345"), ("111111", "111111"), (CODE, "x")):
            self.assertTrue(page._career_open(code, again))
            self.assertTrue(page._career_needs_code())
        self.assertEqual(page._career_open(CODE, CODE), "")
        self.assertNotIn(CODE, self.maria.career_page_code)
        self.assertIn("not right", page._career_open("tram53", "tram53"))
        # the code stays with the employee: who makes another page cannot open it
        other, _token = self._page(factor="code")
        self.assertFalse(other._career_needs_code())
        self.assertIn("not right", other._career_open("stolen1", "stolen1"))
        self.assertEqual(other._career_open(CODE), "")
        self._as(other, self.officer).action_reset_code()
        self.assertTrue(other._career_needs_code())
        with self.assertRaises(AccessError):
            self._as(self.maria, self.officer).read(["career_page_code"])

    def test_lock_out_and_the_to_do(self):
        self.company.career_page_attempts = 3
        page, token = self._page(factor="badge")
        for left in (2, 1, 0):
            self.assertIn(str(left), page._career_open("wrong"))
        self.assertEqual(page.state, "locked")
        self.assertFalse(page._career_find(token))
        self.assertTrue(page._career_open("041123456789"))
        todo = self.env["mail.activity"].search(
            [("career_key", "=", f"career.personal.page,{page.id},locked")]
        )
        self.assertEqual(todo.user_id, self.officer.user_id)
        self.assertNotIn("Maria", f"{todo.summary} {todo.note}")
        self._as(page, self.officer).action_unlock()
        # a right answer forgets the wrong ones
        page._career_open("wrong")
        self.assertEqual(page._career_open("041123456789"), "")
        self.assertEqual(page.failed_count, 0)

    def test_employee_reads_each_opening(self):
        page, _token = self._page()
        page._career_open()
        self._as(page, self.officer).action_revoke()
        lines = self.env["career.history"].search(
            [("employee_id", "=", self.maria.id), ("event", "=", "page")], order="id"
        )
        self.assertEqual(lines.mapped("detail"), ["Handed out", "Opened", "Closed"])
        self.assertEqual(lines[0].author_name, "Officer")
        self.assertTrue(page.date_last_used)

    def test_page_keeps_working_beside_a_user(self):
        page, token = self._page()
        self.assertFalse(page.has_user)
        self.maria.user_id = self.mentor.user_id.copy({"login": "career_maria"})
        self.assertTrue(page.has_user)
        self.assertEqual(page._career_find(token), page)
        self.assertIn(page, page.search([("has_user", "=", True)]))

    # ---------------------------------------------------------------- the dialog
    def test_dialog_shows_the_link_once(self):
        self.company.career_page_factor = "none"
        wizard = self._model("career.personal.page.wizard", self.officer).create(
            {"employee_id": self.maria.id}
        )
        self.assertFalse(wizard.link)
        self.assertFalse(wizard.qr)
        action = wizard.action_create()
        shown = wizard.with_context(**action["context"])
        self.assertIn("/career/me/", shown.link)
        self.assertIn("data:image/png;base64,", shown.qr)
        self.assertFalse(wizard.with_context(career_page_link=None).link)
        wrong = wizard.with_context(career_page_link="https://evil.example/career/me/x")
        self.assertFalse(wrong.link)
        with self.assertRaises(UserError):
            wizard.with_context(career_page_link=None).action_print()
        with self.assertRaises(UserError):
            self._model("career.personal.page.wizard", self.officer).create(
                {}
            ).action_create()
        self.env.flush_all()
        self.env.cr.execute("SELECT * FROM career_personal_page_wizard")
        self.assertNotIn(shown.link.rpartition("/")[2], str(self.env.cr.fetchall()))

    def test_letter(self):
        page, token = self._page()
        link = page._career_link(token)
        reports = self._model("ir.actions.report", self.officer)
        name = "career_guidance.report_career_personal_page"
        data = {"page_id": page.id, "link": link}
        html = reports._render_qweb_html(name, None, data=data)[0].decode()
        self.assertIn(link, html)
        self.assertIn("Maria", html)
        for wrong in (link + "x", "", "https://evil.example/career/me/" + token):
            with self.assertRaises(UserError):
                reports._render_qweb_html(
                    name, None, data={"page_id": page.id, "link": wrong}
                )
        with self.assertRaises(AccessError):
            self._model("ir.actions.report", self.peer)._render_qweb_html(
                name, None, data=data
            )

    # ------------------------------------------------------------- what she may do
    def _documents(self, employee, make):
        """The same documents about an employee; some shared, some not.

        :param make: the model as the employee sees it, by its name
        """
        documents = {}
        for channel in (self.line, self.staff, self.external):
            documents[channel.code] = make("career.conversation").create(
                {"employee_id": employee.id, "channel_id": channel.id}
            )
        documents["wish"] = make("career.aspiration").create(
            {"employee_id": employee.id, "direction": "lateral", "share_n1": True}
        )
        documents["plan"] = make("career.plan").create(
            {"employee_id": employee.id, "channel_id": self.line.id}
        )
        documents["need"] = make("career.plan.need").create(
            {"plan_id": documents["plan"].id, "name": "Plan a shift"}
        )
        documents["action"] = make("career.plan.action").create(
            {
                "plan_id": documents["plan"].id,
                "name": "Follow a colleague",
                "deadline": documents["plan"].date_end,
            }
        )
        line = documents["line"]
        guide = self._as(self.env["career.conversation"].browse(line.id), self.manager)
        guide.date_start = fields.Datetime.now() + timedelta(days=3)
        guide.action_plan()
        documents["preparation"] = line.my_preparation_id
        line.my_preparation_id.action_load_questions()
        documents["answer"] = line.my_preparation_id.answer_ids[0]
        documents["guide_preparation"] = self.env["career.preparation"].search(
            [("conversation_id", "=", line.id), ("role", "=", "conductor")]
        )
        staff = documents["staff"]
        request = self._as(
            self.env["career.conversation"].browse(staff.id), self.officer
        )
        request.action_assign()
        request.date_start = fields.Datetime.now() + timedelta(days=4)
        request.action_plan()
        request.action_hold("decide_later")
        route = self.staff.route_ids.filtered(
            lambda r: r.author_role == "conductor" and r.recipient_role == "n1"
        )
        draft = request.action_write_feedback(route)
        documents["draft_about"] = draft
        second = self.staff.route_ids.filtered(
            lambda r: r.author_role == "conductor" and r.recipient_role == "n2"
        )
        waiting = request.action_write_feedback(second)
        waiting.body = "<p>She asks for a change.</p>"
        waiting.action_send()
        documents["waiting"] = waiting
        documents["own_feedback"] = make("career.feedback").create(
            {
                "conversation_id": staff.id,
                "route_id": self.staff.route_ids.filtered(
                    lambda r: r.author_role == "employee" and r.recipient_role == "n2"
                ).id,
                "body": "<p>I asked for it.</p>",
            }
        )
        return {name: record.sudo() for name, record in documents.items()}

    def _end_of(self, function):
        """How a call ends: the kind of error, or that it passed. Nothing stays."""

        class Undo(Exception):
            pass

        outcome = "passed"
        try:
            with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                try:
                    function()
                    self.env.flush_all()
                except (AccessError, UserError, ValidationError) as error:
                    outcome = type(error).__name__
                except (TypeError, ValueError, AttributeError) as error:
                    # the value is no date, no user: the same for both
                    outcome = type(error).__name__
                raise Undo
        except Undo:
            self.env.invalidate_all()
        return outcome

    def test_same_rights_as_an_own_user(self):
        """For every document, right, field and step: as the employee's own user."""
        acting = self._acting()
        hers = self._documents(self.maria, lambda name: acting[name])
        own = self._documents(
            self.employee, lambda name: self._model(name, self.employee)
        )
        self.assertEqual(set(hers), set(own))
        compared = passed = 0
        for name, record in own.items():
            user = self._as(record, self.employee)
            page = acting[record._name].browse(hers[name].id)
            calls = {
                f"check_access {operation}": lambda r, o=operation: r.check_access(o)
                for operation in ("read", "write", "unlink")
            }
            calls["unlink"] = lambda r: r.unlink()
            for field_name, field in record._fields.items():
                if field.store and field_name not in MAGIC and field.type != "one2many":
                    calls[f"write {field_name}"] = lambda r, n=field_name: r.write(
                        {n: self._other_value(r.sudo(), n)}
                    )
            # what she cannot read is not found: there is nothing to call a step on
            if user.has_access("read"):
                calls.update(self._steps_of(record))
            for call, function in calls.items():
                with self.subTest(document=name, call=call):
                    expected = self._end_of(lambda f=function, u=user: f(u))
                    result = self._end_of(lambda f=function, p=page: f(p))
                    self.assertEqual(result, expected)
                    compared += 1
                    passed += result == "passed"
        # the comparison is not one of refusals only
        self.assertGreater(compared, 300)
        self.assertGreater(passed, 50)

    def _steps_of(self, record):
        """Every public step of the document, without its argument and with one."""
        calls = {}
        for method in dir(type(record)):
            if (
                not method.startswith("action_")
                or method in record._fields
                or method in ("action_archive", "action_unarchive")
            ):
                continue
            # on a page the signature is a drawn one
            value = self.staff if method == "action_refer" else "a few words"
            values = [value] if signature(getattr(record, method)).parameters else []
            calls[f"{method} with a value"] = lambda r, m=method, v=values: getattr(
                r, m
            )(*v)
            if method not in ("action_sign", "action_refer", "action_answer"):
                calls[method] = lambda r, m=method: getattr(r, m)()
        return calls

    def _other_value(self, record, name):
        field = record._fields[name]
        if field.type == "boolean":
            return not record[name]
        if field.type == "many2one":
            return record[name].id
        if field.type == "selection":
            return record[name] or field._description_selection(self.env)[0][0]
        return record[name]

    def test_finds_what_an_own_user_finds(self):
        acting = self._acting()
        hers = self._documents(self.maria, lambda name: acting[name])
        own = self._documents(
            self.employee, lambda name: self._model(name, self.employee)
        )
        for name, record in own.items():
            for operation in ("read", "write", "unlink"):
                expected = self._as(record, self.employee).has_access(operation)
                model = acting[record._name]
                found = model.search(
                    model._career_acting_domain(operation)
                    & fields.Domain("id", "=", hers[name].id)
                )
                with self.subTest(document=name, operation=operation):
                    self.assertEqual(bool(found), expected)
        self.assertFalse(self._as(own["draft_about"], self.employee).has_access("read"))

    def test_nothing_of_another_employee(self):
        acting = self._acting()
        own = self._documents(
            self.employee, lambda name: self._model(name, self.employee)
        )
        for name, record in own.items():
            page = acting[record._name].browse(record.id)
            model = acting[record._name]
            with self.subTest(document=name):
                for operation in ("read", "write", "unlink"):
                    with self.assertRaises(AccessError):
                        page.check_access(operation)
                    mine = model.search(model._career_acting_domain(operation))
                    self.assertNotIn(record.id, mine.ids)
                with self.assertRaises(AccessError):
                    page.unlink()
                with self.assertRaises(AccessError):
                    page.write({"employee_id": self.maria.id})
        for model, vals in (
            ("career.aspiration", {"direction": "stay"}),
            ("career.conversation", {"channel_id": self.line.id}),
            ("career.plan", {"channel_id": self.line.id}),
        ):
            with self.subTest(model), self.assertRaises(AccessError):
                acting[model].create({**vals, "employee_id": self.employee.id})
        with self.assertRaises(AccessError):
            acting["career.plan.need"].create(
                {"plan_id": own["plan"].id, "name": "Not hers"}
            )

    def test_client_cannot_act_for_an_employee(self):
        """A context from a client is data; only the server makes ActingEmployee."""
        conversation = self._conversation()
        for forged in (self.employee.id, {"employee_id": self.employee.id}, True):
            mine = self._as(conversation, self.peer).with_context(
                career_acting_employee=forged
            )
            with self.assertRaises(AccessError):
                mine.read(["request"])
            with self.assertRaises(AccessError):
                mine.action_cancel("forged")

    def test_drop_needs_the_other_side(self):
        """Both sides agree to drop an action, also when one of them has no user."""
        acting = self._acting()
        plan = acting["career.plan"].create(
            {"employee_id": self.maria.id, "channel_id": self.line.id}
        )
        action = acting["career.plan.action"].create(
            {"plan_id": plan.id, "name": "One", "deadline": plan.date_end}
        )
        plan.action_propose()
        with self.assertRaisesRegex(UserError, "signature"):
            plan.action_sign()
        plan.action_sign(PNG.partition(",")[2])
        guide = self._as(self.env["career.plan"].browse(plan.id), self.manager)
        guide.action_sign()
        self.assertEqual(plan.state, "agreed")
        self.assertEqual(plan.employee_signed_by, "Maria")
        action.action_drop("No room")
        with self.assertRaises(AccessError):
            action.action_agree_drop()
        self._as(self.env["career.plan.action"].browse(action.id), self.manager)
        other = self._as(self.env["career.plan.action"].browse(action.id), self.manager)
        other.action_refuse_drop()
        other.action_drop("Not needed")
        with self.assertRaises(AccessError):
            other.action_agree_drop()
        action.action_agree_drop()
        self.assertEqual(action.state, "dropped")

    def test_history_names_the_employee(self):
        acting = self._acting()
        wish = acting["career.aspiration"].create(
            {"employee_id": self.maria.id, "direction": "stay"}
        )
        wish.action_activate()
        wish.write({"share_hr": True})
        # the server goes on alone where a request begins: still her doing
        acting["career.conversation"].create(
            {"employee_id": self.maria.id, "channel_id": self.staff.id}
        )
        lines = self.env["career.history"].search(
            [("employee_id", "=", self.maria.id), ("event", "!=", "page")]
        )
        self.assertIn("create", lines.mapped("event"))
        self.assertEqual(set(lines.mapped("author_name")), {"Maria"})
        self.assertFalse(lines.user_id)


class PersonalPageVisit:
    """How a visit goes, for tests that have a browser session."""

    def _csrf(self, text):
        return re.search(r'name="csrf_token" value="([^"]+)"', text).group(1)

    def _post(self, path, token=None, **data):
        token = token if token is not None else self.csrf
        return self.url_open(path, data={"csrf_token": token, **data}, method="POST")

    def _visit(self, factor="none", employee=None, **answer):
        """Open a page, as far as the start."""
        page, token = self._page(employee, factor)
        entry = self.url_open(f"/career/me/{token}")
        self.assertEqual(entry.status_code, 200)
        home = self._post(f"/career/me/{token}", self._csrf(entry.text), **answer)
        self.assertTrue(home.url.endswith("/career/page"), home.url)
        self.csrf = self._csrf(home.text)
        return page, token, home


@tagged("post_install", "-at_install")
class TestPersonalPageHttp(PersonalPageVisit, HttpCase, PersonalPageCommon):
    """The page in a browser, without the browser."""

    def setUp(self):
        super().setUp()
        throttle.wrong.clear()

    def _tables(self):
        """How many rows there are, and the last change, of what a page could touch."""
        self.env.flush_all()
        result = {}
        for name, model in self.env.items():
            if name.startswith("career.") and model._auto and not model._abstract:
                self.env.cr.execute(
                    f"SELECT count(*), max(write_date) FROM {model._table}"
                    if model._log_access
                    else f"SELECT count(*), 0 FROM {model._table}"
                )
                result[name] = self.env.cr.fetchone()
        return result

    # --------------------------------------------------------------------- export
    def test_export_of_the_whole_file(self):
        """Everything that is kept, for who has no login, and the trace of it."""
        self._visit()
        page = self.url_open("/career/page/history")
        self.assertIn("All about me", page.text)
        answer = self._post("/career/page/export/json")
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        data = answer.json()
        self.assertTrue(data["complete"])
        self.assertEqual(data["person"]["id"], self.maria.id)
        line = self.env["career.history"].search(
            [("employee_id", "=", self.maria.id), ("event", "=", "export")]
        )
        self.assertEqual(line.author_name, self.maria.name)
        self.assertEqual(self._post("/career/page/export/exe").status_code, 404)

    def test_no_export_without_a_visit(self):
        self._visit()
        self._post("/career/page/leave")
        answer = self._post("/career/page/export/json")
        self.assertNotEqual(answer.status_code, 200)
        self.assertNotIn(self.maria.name, answer.text)
        self.assertFalse(
            self.env["career.history"].search([("event", "=", "export")], limit=1)
        )

    # ---------------------------------------------------------------------- story
    def test_story(self):
        """Ask, prepare, share, read, confirm, agree, sign and do: all on a phone."""
        self._visit("code", answer=CODE, repeated=CODE)
        ask = self.url_open("/career/page/ask")
        self.assertIn("Will not know of it", ask.text)
        shown = self._post(
            "/career/page/ask",
            channel_id=self.staff.id,
            request="What could be my next step?",
        )
        self.assertEqual(shown.status_code, 200)
        conversation = self.env["career.conversation"].search(
            [("employee_id", "=", self.maria.id)]
        )
        self.assertEqual(conversation.initiator, "employee")
        self.assertEqual(conversation.request, "What could be my next step?")
        self.assertTrue(conversation.hidden_from_n1)
        here = f"/career/page/conversation/{conversation.id}"

        preparation = conversation.preparation_ids.filtered(
            lambda p: p.role == "employee"
        )
        there = f"/career/page/preparation/{preparation.id}"
        self._post(f"{there}/questions")
        answer = preparation.answer_ids[0]
        self._post(
            f"{there}/save",
            **{f"answer_{answer.id}": "People", "note": "My note", "then": "share"},
        )
        preparation.invalidate_recordset()
        self.assertEqual(answer.answer, "People")
        self.assertEqual(preparation.state, "shared")
        self._post(f"{there}/unshare")
        preparation.invalidate_recordset()
        self.assertEqual(preparation.state, "private")

        guide = self._as(conversation, self.officer)
        guide.action_assign()
        guide.date_start = fields.Datetime.now() + timedelta(days=2)
        guide.action_plan()
        guide.action_hold("develop")
        guide.report = "<p>We talked about planning.</p>"
        page = self.url_open(here)
        self.assertIn("We talked about planning.", page.text)
        self._post(f"{here}/confirm")
        conversation.invalidate_recordset()
        self.assertTrue(conversation.employee_confirmed)

        route = self.staff.route_ids.filtered(
            lambda r: r.author_role == "conductor" and r.recipient_role == "n1"
        )
        feedback = guide.action_write_feedback(route)
        feedback.body = "<p>She wants to plan shifts.</p>"
        self.assertNotIn("plan shifts", self.url_open(here).text)
        feedback.action_send()
        self.assertIn("plan shifts", self.url_open("/career/page/told").text)
        self._post(f"/career/page/feedback/{feedback.id}/refuse")
        feedback.invalidate_recordset()
        self.assertEqual(feedback.sudo().state, "refused")

        plan = guide.action_create_plan()
        self._as(plan, self.officer).write(
            {"action_ids": [(0, 0, {"name": "Join", "deadline": plan.date_end})]}
        )
        plan.with_user(self.officer.user_id).action_propose()
        shown = self.url_open(f"/career/page/plan/{plan.id}")
        self.assertIn("<canvas", shown.text)
        self._post(f"/career/page/plan/{plan.id}/sign", signature=PNG)
        plan.with_user(self.officer.user_id).action_sign()
        plan.invalidate_recordset()
        plan = plan.sudo()
        self.assertEqual(plan.state, "agreed")
        self.assertTrue(plan.employee_signature)
        action = plan.action_ids
        self._post(f"/career/page/action/{action.id}/done")
        action.invalidate_recordset()
        self.assertEqual(action.state, "done")

        self._post(
            "/career/page/wish/new",
            direction="lateral",
            with_shares="1",
            share_hr="1",
            then="activate",
        )
        wish = self.env["career.aspiration"].search(
            [("employee_id", "=", self.maria.id)]
        )
        self.assertEqual((wish.state, wish.share_hr), ("active", True))
        self.assertFalse(wish.share_n1)
        self._post(f"/career/page/wish/{wish.id}/share", share_n1="1")
        wish.invalidate_recordset()
        self.assertEqual((wish.share_hr, wish.share_n1), (False, True))
        history = self.url_open("/career/page/history").text
        for text in ("Opened", "Signed", "Shared with"):
            self.assertIn(text, history)
        self.assertIn("Officer", history)

        left = self._post("/career/page/leave")
        self.assertIn("You have left", left.text)
        self.assertEqual(self.url_open("/career/page").status_code, 404)

    # ------------------------------------------------------------------- refusals
    def test_every_link_that_does_not_open_answers_the_same(self):
        answers = {}

        def note(name, token):
            response = self.url_open(f"/career/me/{token}")
            answers[name] = (response.status_code, response.text)

        note("forged", "x" * 43)
        _page, token = self._page()
        note("former character", token[:-1])
        page, token = self._page()
        page.action_revoke()
        note("revoked", token)
        page, token = self._page()
        page.date_expiry = fields.Datetime.now() - timedelta(seconds=1)
        note("expired", token)
        page, token = self._page()
        page.is_locked = True
        note("locked", token)
        _page, token = self._page()
        self.maria.active = False
        note("archived", token)
        self.assertEqual({status for status, _text in answers.values()}, {404})
        self.assertEqual(len(set(answers.values())), 1, list(answers))
        self.assertIn("new letter", answers["forged"][1])
        self.assertNotIn("Maria", answers["forged"][1])

    def test_open_visit_ends_with_the_page(self):
        for change in ("revoke", "expire", "lock", "archive"):
            self.maria.active = True
            page, _token, home = self._visit()
            self.assertIn("Maria", home.text)
            if change == "revoke":
                page.action_revoke()
            elif change == "expire":
                page.date_expiry = fields.Datetime.now() - timedelta(seconds=1)
            elif change == "lock":
                page.is_locked = True
            else:
                self.maria.active = False
            with self.subTest(change):
                self.assertEqual(self.url_open("/career/page").status_code, 404)
                refused = self._post("/career/page/ask", channel_id=self.line.id)
                self.assertEqual(refused.status_code, 404)
        self.assertFalse(
            self.env["career.conversation"].search(
                [("employee_id", "=", self.maria.id)]
            )
        )

    def test_wrong_tokens_are_slowed_down(self):
        for _attempt in range(throttle.limit):
            self.assertEqual(self.url_open("/career/me/forged").status_code, 404)
        self.assertEqual(self.url_open("/career/me/forged").status_code, 429)
        _page, token = self._page()
        self.assertEqual(self.url_open(f"/career/me/{token}").status_code, 200)

    def test_second_factor(self):
        page, token = self._page(factor="badge")
        entry = self.url_open(f"/career/me/{token}")
        self.assertNotIn("Maria", entry.text)
        csrf = self._csrf(entry.text)
        wrong = self._post(f"/career/me/{token}", csrf, answer="0")
        self.assertEqual(wrong.status_code, 403)
        self.assertIn("not right", wrong.text)
        self.assertEqual(self.url_open("/career/page").status_code, 404)
        for _attempt in range(self.company.career_page_attempts - 1):
            last = self._post(f"/career/me/{token}", csrf, answer="0")
        self.assertEqual(last.status_code, 404)
        page.invalidate_recordset()
        self.assertTrue(page.is_locked)
        right = self._post(f"/career/me/{token}", csrf, answer="041123456789")
        self.assertEqual(right.status_code, 404)

    def test_ids_of_others_are_not_there(self):
        self._visit()
        conversation = self._conversation()
        preparation = conversation.my_preparation_id
        wish = self._model("career.aspiration", self.employee).create(
            {"direction": "stay"}
        )
        plan = self._model("career.plan", self.employee).create({})
        action = self._model("career.plan.action", self.employee).create(
            {"plan_id": plan.id, "name": "One", "deadline": plan.date_end}
        )
        for path in (
            f"conversation/{conversation.id}",
            f"plan/{plan.id}",
            f"wish/{wish.id}",
            "conversation/999999999",
        ):
            with self.subTest(path):
                response = self.url_open(f"/career/page/{path}")
                self.assertEqual(response.status_code, 404)
                self.assertNotIn("Employee", response.text)
        for path, data in (
            (f"conversation/{conversation.id}/cancel", {"reason": "forged"}),
            (f"conversation/{conversation.id}/delete", {}),
            (f"conversation/{conversation.id}/share", {"share_n1": "1"}),
            (f"preparation/{preparation.id}/save", {"note": "forged"}),
            (f"wish/{wish.id}/activate", {}),
            (f"plan/{plan.id}/propose", {}),
            (f"action/{action.id}/done", {}),
            ("plan/1/unlink", {}),
            (f"users/{self.env.uid}/share", {}),
        ):
            with self.subTest(path):
                response = self._post(f"/career/page/{path}", **data)
                self.assertEqual(response.status_code, 404)
        self.env.invalidate_all()
        self.assertEqual(conversation.sudo().state, "requested")
        self.assertEqual(wish.sudo().state, "draft")
        self.assertFalse(preparation.sudo().note)

    def test_own_document_at_the_wrong_moment(self):
        """What the own user could not do says why, and changes nothing."""
        self._visit()
        self._post("/career/page/wish/new", direction="stay", then="activate")
        wish = self.env["career.aspiration"].search(
            [("employee_id", "=", self.maria.id)]
        )
        gone = self._post(f"/career/page/wish/{wish.id}/delete")
        self.assertEqual(gone.status_code, 404)
        self.assertTrue(wish.exists())
        self._post(f"/career/page/wish/{wish.id}/achieve")
        again = self._post(f"/career/page/wish/{wish.id}/withdraw")
        self.assertIn("not possible", again.text)
        wish.invalidate_recordset()
        self.assertEqual(wish.state, "achieved")

        plan = self.env["career.plan"].create(
            {
                "employee_id": self.maria.id,
                "channel_id": self.line.id,
                "state": "proposed",
            }
        )
        for drawn in (
            "",
            "data:image/png;base64,@@",
            "data:image/png;base64,YQ==",
            PNG.replace("png", "svg+xml"),
        ):
            shown = self._post(f"/career/page/plan/{plan.id}/sign", signature=drawn)
            self.assertIn("Draw your signature first", shown.text)
        plan.invalidate_recordset()
        self.assertFalse(plan.employee_signed_on)

    def test_channel_of_another_company(self):
        self._visit()
        other = self.env["career.channel"].create(
            {"name": "Theirs", "code": "theirs", "company_id": self.other_company.id}
        )
        self.assertNotIn("Theirs", self.url_open("/career/page/ask").text)
        answer = self._post("/career/page/ask", channel_id=other.id)
        self.assertIn("Choose whom", answer.text)

    def test_deal_round_and_promises(self):
        """What else concerns every employee: the deal, the round, small promises."""
        template = self.env["career.deal.template"].search(
            [("kind", "=", "employee")], limit=1
        )
        if not template.version:
            template.action_publish()
        deal = self.env["career.deal"].create(
            {"employee_id": self.maria.id, "template_id": template.id}
        )
        conversation = self.env["career.conversation"].create(
            {"employee_id": self.maria.id, "channel_id": self.line.id}
        )
        conversation.state = "planned"
        item = self.env["career.conversation.item"].create(
            {"conversation_id": conversation.id, "name": "Visit the other team"}
        )
        cycle = self.env["career.cycle"].create(
            {
                "name": "Round",
                "date_start": date.today(),
                "date_end": date.today() + timedelta(days=90),
            }
        )
        cycle.state = "running"
        place = self.env["career.participation"].create(
            {"employee_id": self.maria.id, "cycle_id": cycle.id}
        )
        home = self._visit()[2]
        self.assertIn("Read and sign your career deal", home.text)
        here = f"/career/page/deal/{deal.id}"
        self.assertIn("<canvas", self.url_open(here).text)
        self.assertIn("Draw your signature", self._post(f"{here}/sign").text)
        self._post(f"{here}/sign", signature=PNG)
        deal.invalidate_recordset()
        self.assertEqual((deal.state, deal.signed_by), ("signed", "Maria"))
        self.assertTrue(deal.signature)
        self.assertFalse(deal.witness)
        self.assertIn(
            "Visit the other team",
            self.url_open(f"/career/page/conversation/{conversation.id}").text,
        )
        self._post(f"/career/page/item/{item.id}/done", done="1")
        item.invalidate_recordset()
        self.assertTrue(item.done)
        self._post(f"/career/page/participation/{place.id}/otherwise")
        place.invalidate_recordset()
        self.assertEqual(place.state, "arranged_otherwise")

    def test_mentor_is_chosen_by_name(self):
        self._visit()
        for name in ("", "Nobody At All", "%", self.maria.name):
            answer = self._post(
                "/career/page/ask", channel_id=self.mentoring.id, mentor=name
            )
            with self.subTest(name):
                self.assertIn("colleague", answer.text)
                self.assertTrue(answer.url.endswith("/ask"))
        self._post("/career/page/ask", channel_id=self.mentoring.id, mentor="mentor")
        conversation = self.env["career.conversation"].search(
            [("employee_id", "=", self.maria.id)]
        )
        self.assertEqual(conversation.conductor_id, self.mentor)
        self.assertTrue(conversation.hidden_from_hr)

    # ----------------------------------------------------------- the way of the web
    @mute_logger("odoo.http")
    def test_csrf(self):
        _page, token, _home = self._visit()
        before = self._tables()
        for path, data in (
            (f"/career/me/{token}", {}),
            ("/career/page/ask", {"channel_id": self.line.id}),
            ("/career/page/wish/new", {"direction": "stay"}),
            ("/career/page/leave", {}),
            ("/career/page/close", {}),
        ):
            for csrf in ("", "forged"):
                with self.subTest(path, csrf=csrf):
                    response = self._post(path, csrf, **data)
                    self.assertEqual(response.status_code, 400)
        self.assertEqual(self._tables(), before)
        self.assertEqual(self.url_open("/career/page").status_code, 200)

    def test_reading_writes_nothing(self):
        _page, token, _home = self._visit()
        self._post("/career/page/ask", channel_id=self.line.id)
        self._post("/career/page/wish/new", direction="stay")
        conversation = self.env["career.conversation"].search(
            [("employee_id", "=", self.maria.id)]
        )
        wish = self.env["career.aspiration"].search(
            [("employee_id", "=", self.maria.id)]
        )
        plan = self.env["career.plan"].create(
            {"employee_id": self.maria.id, "channel_id": self.line.id}
        )
        before = self._tables()
        for path in (
            f"/career/me/{token}",
            "/career/me/forged",
            "/career/page",
            "/career/page/ask",
            f"/career/page/conversation/{conversation.id}",
            f"/career/page/plan/{plan.id}",
            f"/career/page/wish/{wish.id}",
            "/career/page/wish/new",
            "/career/page/told",
            "/career/page/history",
        ):
            self.url_open(path)
        for path in (
            f"/career/page/conversation/{conversation.id}/cancel?reason=x",
            f"/career/page/wish/{wish.id}/activate",
            f"/career/page/plan/{plan.id}/propose",
            "/career/page/leave",
            "/career/page/close",
        ):
            with self.subTest(path):
                self.assertEqual(self.url_open(path).status_code, 405)
        self.assertEqual(self._tables(), before)

    def test_headers(self):
        _page, token, home = self._visit()
        for response in (
            home,
            self.url_open("/career/page/history"),
            self.url_open("/career/me/forged"),
            self.url_open(f"/career/me/{token}", allow_redirects=False),
        ):
            if response.status_code in (302, 303):
                continue
            with self.subTest(response.url):
                headers = response.headers
                self.assertEqual(headers["Cache-Control"], "no-store")
                self.assertEqual(headers["Referrer-Policy"], "no-referrer")
                self.assertIn("noindex", headers["X-Robots-Tag"])
                self.assertEqual(headers["X-Frame-Options"], "DENY")
                self.assertIn("frame-ancestors", headers["Content-Security-Policy"])
        # the token is in the first address only
        self.assertNotIn(token, home.text)

    def test_language_of_the_employee(self):
        self.env["res.lang"]._activate_lang("nl_BE")
        self.env["res.lang"]._activate_lang("fr_BE")
        self.maria.lang = "fr_BE"
        _page, _token, home = self._visit()
        self.assertIn('lang="fr-BE"', home.text)
        self.assertIn('lang="nl-BE"', self.url_open("/career/page?lang=nl_BE").text)
        self.assertIn('<html lang="nl-BE"', self.url_open("/career/page/ask").text)
        self.assertIn('<html lang="nl-BE"', self.url_open("/career/page?lang=xx").text)

    def test_login_of_somebody_else_adds_nothing(self):
        """An officer who is logged in with this browser has no right on the page."""
        self.authenticate("career_officer", "career_officer")
        page, token = self._page()
        request = self._conversation(self.staff)
        entry = self.url_open(f"/career/me/{token}")
        self.csrf = self._csrf(entry.text)
        home = self._post(f"/career/me/{token}")
        self.assertIn("Maria", home.text)
        response = self.url_open(f"/career/page/conversation/{request.id}")
        self.assertEqual(response.status_code, 404)
        self.csrf = self._csrf(home.text)
        self._post("/career/page/wish/new", direction="stay")
        wish = self.env["career.aspiration"].search(
            [("employee_id", "=", self.maria.id)]
        )
        self.assertEqual(wish.create_uid, self.env.ref("base.public_user"))

    def test_closing_for_good(self):
        page, token, _home = self._visit()
        left = self._post("/career/page/close")
        self.assertIn("You have left", left.text)
        page.invalidate_recordset()
        self.assertEqual(page.state, "closed")
        self.assertEqual(self.url_open(f"/career/me/{token}").status_code, 404)

    def test_missing_record_is_told_kindly(self):
        self._visit()
        response = self.url_open("/career/page/plan/999999999")
        self.assertEqual(response.status_code, 404)
        self.assertIn("Back to the start", response.text)
