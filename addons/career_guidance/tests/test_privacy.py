"""What is kept how long, what is left of it, and what of a person is nowhere."""

from datetime import timedelta
from unittest.mock import patch

from dateutil.relativedelta import relativedelta
from freezegun import freeze_time
from lxml import etree
from psycopg2 import IntegrityError

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL, mute_logger

from .common import CareerCommon
from .world import World

MARK = "zqxj-marker"


def text_columns(env):
    """Every column of the database that can hold text, of what is not transient."""
    transient = {m._table for m in env.values() if m._transient}
    rows = env.execute_query(
        SQL(
            """SELECT c.table_name, c.column_name, c.udt_name
                 FROM information_schema.columns c
                 JOIN information_schema.tables t USING (table_schema, table_name)
                WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
                  AND c.udt_name IN ('varchar', 'text', 'json', 'jsonb', 'bytea',
                                     'bpchar', 'name', 'xml', 'hstore')"""
        )
    )
    return [row for row in rows if row[0] not in transient]


def where_found(env, mark):
    """The columns in which a text stands, in whatever form."""
    env.flush_all()
    tables = {}
    for table, column, kind in text_columns(env):
        tables.setdefault(table, []).append((column, kind))
    found = []
    for table, columns in tables.items():
        tests = [
            SQL(
                "bool_or(strpos(encode(%s, 'escape'), %s) > 0)"
                if kind == "bytea"
                else "bool_or(strpos(lower(%s::text), %s) > 0)",
                SQL.identifier(column),
                mark,
            )
            for column, kind in columns
        ]
        [hits] = env.execute_query(
            SQL("SELECT %s FROM %s", SQL(", ").join(tests), SQL.identifier(table))
        )
        found += [
            f"{table}.{column}"
            for (column, _kind), hit in zip(columns, hits, strict=True)
            if hit
        ]
    # and the files, wherever they are stored
    attachments = env["ir.attachment"].search([("res_field", "in", [False])])
    attachments |= env["ir.attachment"].search([("res_field", "!=", False)])
    for file in attachments.filtered(
        lambda a: a.res_model and a.res_model.startswith("career.")
    ):
        if mark.encode() in (file.raw or b""):
            found.append(f"file {file.id} of {file.res_model}")
    return sorted(found)


def write_everywhere(env, employee, mark):
    """Put a text in every column of every document about a person, and around them.

    :return: the documents, by model
    """
    env.flush_all()
    documents = {}
    for model in env["career.audience.mixin"]._career_confidential_models():
        records = model.sudo().with_context(active_test=False)
        records = records.search([("employee_id", "=", employee.id)])
        if not records:
            continue
        documents[model._name] = records
        for name, field in model._fields.items():
            if not field.store or not field.column_type:
                continue
            if field.type in ("char", "text", "html"):
                value = SQL("%s || id", f"{mark} {name} ")
            elif field.type == "binary":
                value = SQL("%s::bytea", mark.encode())
            elif field.type == "json":
                value = SQL("%s::jsonb", f'["{mark}"]')
            else:
                continue
            env.cr.execute(
                SQL(
                    "UPDATE %s SET %s = %s WHERE id IN %s",
                    SQL.identifier(model._table),
                    SQL.identifier(name),
                    value,
                    tuple(records.ids),
                )
            )
        for record in records:
            env["ir.attachment"].sudo().create(
                {
                    "name": f"{mark}.txt",
                    "raw": mark.encode(),
                    "res_model": record._name,
                    "res_id": record.id,
                }
            )
            env["ir.model.data"].sudo().create(
                {
                    "module": "__import__",
                    "name": f"{mark}_{record._table}_{record.id}",
                    "model": record._name,
                    "res_id": record.id,
                }
            )
            if not record._career_keep_parent():
                env["mail.message"].sudo().create(
                    {"model": record._name, "res_id": record.id, "body": mark}
                )
            if employee.user_id:
                record.sudo()._career_todo(employee.user_id, "marker")
    about = [f"{r._name},{r.id},%" for rs in documents.values() for r in rs]
    env.flush_all()
    env.cr.execute(
        SQL(
            "UPDATE mail_activity SET note = %s WHERE career_key IS NOT NULL"
            " AND (user_id = %s OR career_key LIKE ANY(%s))",
            mark,
            employee.user_id.id or 0,
            about,
        )
    )
    env.cr.execute(
        SQL(
            "UPDATE career_history SET detail = %s, author_name = %s"
            " WHERE employee_id = %s",
            mark,
            mark,
            employee.id,
        )
    )
    events = env["calendar.event"]
    for records in documents.values():
        for name, field in records._fields.items():
            if field.store and field.comodel_name == "calendar.event":
                events |= records[name]
    for event in events.sudo().with_context(dont_notify=True):
        event.write({"description": mark, "location": mark})
        event.message_post(body=mark)
    if employee.user_id:
        env["mail.mail"].sudo().create(
            {
                "subject": mark,
                "body_html": mark,
                "email_to": employee.user_id.email_formatted,
                "career_neutral": True,
            }
        )
    env.invalidate_all()
    return documents


class PrivacyCase(CareerCommon):
    def _night(self, day=None):
        with (
            freeze_time(day or fields.Date.today()),
            self.enter_registry_test_mode(),
        ):
            self.env.ref("career_guidance.ir_cron_anonymise").method_direct_trigger()
        self.env.invalidate_all()

    def _in(self, **period):
        return fields.Date.today() + relativedelta(**period)

    def _held(self, who=None, channel=None, guide=None, close=True):
        who, guide = who or self.employee, guide or self.manager
        talk = self._conversation(channel, who)
        if channel and channel != self.line:
            self._as(talk, guide).action_assign()
        own = self._as(talk, guide)
        own.action_plan(fields.Datetime.now() + timedelta(days=1))
        own.report = "<p>Secret report</p>"
        own.action_hold("no_change")
        if close:
            own.action_confirm_report()
            talk.action_confirm_report()
            for route in own.unsettled_route_ids:
                told = own.action_write_feedback(route)
                told.body = "<p>Told</p>"
                told.action_send()
            own.action_close()
        return talk.with_env(self.env)


@tagged("post_install", "-at_install")
class TestNothingLeft(TransactionCase):
    """The strongest promise: a text about a person is found nowhere afterwards."""

    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.world = World(cls.env)
        cls.employee = cls.world.people["E"]

    def _expire(self):
        with (
            freeze_time(fields.Date.today() + relativedelta(years=11)),
            self.enter_registry_test_mode(),
        ):
            self.env.ref("career_guidance.ir_cron_anonymise").method_direct_trigger()
        self.env.invalidate_all()

    def _check_gone(self, documents, found_before):
        self.assertGreater(len(found_before), 25, "the marker has to be there first")
        self.assertEqual(where_found(self.env, MARK), [])
        self.assertTrue(self.env["hr.employee"]._career_is_anonymous(self.employee))
        for records in documents.values():
            left = records.exists().sudo()
            self.assertFalse(left.employee_id | left.employee_id.browse())
            self.assertTrue(all(left.mapped("anonymised_on")))
            for name, field in left._fields.items():
                if not field.store or not field.comodel_name:
                    continue
                if field.comodel_name in ("res.users", "hr.employee", "res.partner"):
                    linked = left.mapped(name)
                    if name in ("create_uid", "write_uid"):
                        self.assertEqual(linked, self.env.ref("base.user_root"))
                    else:
                        self.assertFalse(linked, f"{records._name}.{name}")

    def test_marker_is_nowhere_after_leaving(self):
        # what was asked for and planned ends first, and what nobody shared goes
        self.employee.action_archive()
        documents = write_everywhere(self.env, self.employee, MARK)
        before = where_found(self.env, MARK)
        figures = self._figures(documents)
        self._expire()
        self._check_gone(documents, before)
        self.assertEqual(self._figures(documents), figures)

    def _figures(self, documents):
        """States, days and rates: what figures are made of."""
        figures = {}
        for name, records in documents.items():
            kept = [
                field.name
                for field in records._fields.values()
                if field.store
                and field.type
                in ("selection", "date", "float", "monetary", "integer", "boolean")
                and not field.name.startswith(("share_", "content_", "anonymised"))
            ]
            self.env.invalidate_all()
            figures[name] = [
                tuple(record[field] for field in kept)
                for record in records.sudo().sorted("id")
            ]
            self.assertTrue(all(record.company_id for record in records.sudo()))
        return figures

    def test_erasure_does_the_same_at_once(self):
        documents = write_everywhere(self.env, self.employee, MARK)
        before = where_found(self.env, MARK)
        self.employee.action_archive()
        self.employee._career_erase()
        self.env.invalidate_all()
        self._check_gone(documents, before)
        # now nothing keeps HR from deleting the employee
        user = self.employee.user_id
        self.employee.unlink()
        user.unlink()

    def test_every_field_of_an_anonymised_record_can_be_shown(self):
        """HR opens what stays by company; and the superuser whatever there is."""
        mixin = self.env["career.audience.mixin"]
        about = [("employee_id", "=", self.employee.id)]
        documents = [
            model.with_context(active_test=False).search(about)
            for model in mixin._career_confidential_models()
        ]
        self.employee.action_archive()
        self.employee._career_erase()
        seen = set()
        for kept in documents:
            for who in ("HR", "ADMIN", None):
                records = kept.exists()
                if who:
                    records = self.world.view(records, who)
                    records = records._filtered_access("read")
                for record in records:
                    for name, field in record._fields.items():
                        if not record._has_field_access(field, "read"):
                            continue
                        with self.subTest(model=record._name, field=name, who=who):
                            record.mapped(name)
                    seen.add((record._name, who))
        self.assertIn(("career.participation", "HR"), seen)
        self.assertIn(("career.deal", "HR"), seen)
        self.assertNotIn(("career.conversation", "HR"), seen)
        self.assertFalse([model for model, who in seen if who == "ADMIN"])

    def test_nobody_changes_an_anonymised_record(self):
        part = self.world.records["career.participation", "running"][0]
        part._career_anonymise()
        own = self.world.view(part, "HR")
        self.assertFalse(own.can_excuse)
        with self.assertRaises(UserError):
            own.action_excuse("Gone")
        for values in (
            {"employee_id": self.employee.id},
            {"excuse_reason": "Gone"},
            {"anonymised_on": False},
        ):
            with self.assertRaises(AccessError):
                own.write(values)
        self.assertFalse(part.employee_id)

    def test_hr_exports_what_stays(self):
        """There is nobody any more in whose history the export would stand."""
        part = self.world.records["career.participation", "running"][0]
        part._career_anonymise()
        officer = self.world.people["HR"].user_id
        officer.group_ids += self.env.ref("base.group_allow_export")
        [line] = self.world.view(part, "HR").export_data(["state"])["datas"]
        self.assertTrue(line[0])
        about = [("res_model", "=", part._name), ("res_id", "=", part.id)]
        self.assertFalse(self.env["career.history"].search(about))

    def test_form_of_an_anonymised_record_says_so(self):
        for model in ("career.participation", "career.deal", "career.plan"):
            view = self.world.model(model, "HR").get_view(view_type="form")
            self.assertIn('title="Anonymised"', view["arch"])
            # and asks nobody for the name that is gone
            name = etree.fromstring(view["arch"]).find(".//field[@name='employee_id']")
            self.assertEqual(name.get("required"), "not anonymised_on")

    def test_others_keep_theirs(self):
        peer = self.world.people["PEER"]
        wish = self.env["career.aspiration"].create(
            {"employee_id": peer.id, "direction": "stay", "motivation": "Mine"}
        )
        self.employee.action_archive()
        self.employee._career_erase()
        self.assertEqual(wish.motivation, "Mine")
        self.assertEqual(wish.employee_id, peer)
        self.assertFalse(wish.anonymised_on)


@tagged("post_install", "-at_install")
class TestRetention(PrivacyCase):
    def test_defaults(self):
        """R4.5, and what is sensible beside it."""
        for kind, months in {
            "conversation": 24,
            "feedback": 36,
            "wish": 24,
            "assessment": 36,
            "participation": 36,
            "file": 12,
            "other": 24,
        }.items():
            self.assertEqual(self.company[f"career_keep_{kind}"], months)

    def test_for_ever_and_not_at_all_are_refused(self):
        for months in (0, 121):
            with (
                self.subTest(months=months),
                self.assertRaises(IntegrityError),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self.company.career_keep_conversation = months
                self.env.flush_all()

    def test_nobody_is_no_document(self):
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self.env["career.aspiration"].create(
                {"employee_id": False, "direction": "stay"}
            )
            self.env.flush_all()

    def test_conversation_goes_two_years_after_closing(self):
        talk = self._held(channel=self.staff, guide=self.officer)
        self._night(self._in(months=23))
        self.assertFalse(talk.content_removed_on)
        self.assertIn("Secret", talk.report)
        self._night(self._in(months=25))
        self.assertFalse(talk.report)
        self.assertFalse(talk.request)
        self.assertFalse(talk.employee_id)
        self.assertFalse(talk.conductor_id)
        self.assertTrue(talk.anonymised_on)
        self.assertEqual((talk.state, talk.outcome), ("closed", "no_change"))
        self.assertEqual(talk.channel_id, self.staff)
        self.assertEqual(talk.company_id, self.company)
        self.assertFalse(talk.history_ids)
        self.assertFalse(talk.preparation_ids.employee_id)

    def test_nobody_reads_an_anonymised_conversation(self):
        talk = self._held(channel=self.staff, guide=self.officer)
        talk.with_user(self.employee.user_id).share_hr = True
        self._night(self._in(months=25))
        for who in (self.employee, self.manager, self.officer, self.director):
            self.assertFalse(self._readable(talk, who))

    def test_period_of_each_company(self):
        self.other_company.career_keep_conversation = 6
        there = self._person("there", company=self.other_company)
        here = self._held(channel=self.staff, guide=self.officer)
        other = self._held(there, channel=self.staff, guide=self.other_officer)
        self._night(self._in(months=7))
        self.assertTrue(other.anonymised_on)
        self.assertFalse(here.anonymised_on)

    def test_feedback_keeps_its_conversation_as_a_shell(self):
        """Feedback is kept three years; of the conversation the texts go after two."""
        talk = self._held()
        told = talk.feedback_ids
        self.assertEqual(told.state, "sent")
        self._night(self._in(months=25))
        self.assertTrue(talk.content_removed_on)
        self.assertFalse(talk.report)
        self.assertEqual(talk.employee_id, self.employee)
        self.assertTrue(told.body)
        self.assertTrue(self._readable(told, self.employee))
        self._night(self._in(months=37))
        self.assertTrue(told.anonymised_on)
        self.assertFalse(told.body)
        self.assertTrue(talk.anonymised_on)
        self.assertFalse(talk.employee_id)

    def test_open_documents_of_who_works_here_stay(self):
        talk = self._conversation()
        plan = self.env["career.plan"]._career_create_for(self.employee, self.line)
        wish = self._model("career.aspiration", self.employee).create(
            {"direction": "stay", "motivation": "Mine"}
        )
        self._night(self._in(years=9))
        self.assertFalse(talk.anonymised_on or plan.anonymised_on)
        self.assertEqual(wish.employee_id, self.employee)

    def test_past_wish(self):
        wish = self._model("career.aspiration", self.employee).create(
            {"direction": "stay", "motivation": "Mine"}
        )
        wish.action_activate()
        wish.action_withdraw()
        self._night(self._in(months=23))
        self.assertFalse(wish.sudo().anonymised_on)
        self._night(self._in(months=25))
        self.assertTrue(wish.sudo().anonymised_on)
        self.assertEqual(wish.sudo().direction, "stay")

    def test_taking_a_share_back_keeps_nothing_longer(self):
        talk = self._held(channel=self.staff, guide=self.officer)
        with freeze_time(self._in(months=12)):
            talk.with_user(self.employee.user_id).write({"share_n2": True})
            self.env.flush_all()
        self._night(self._in(months=25))
        self.assertTrue(talk.anonymised_on)

    def test_plan_goes_a_year_after_leaving(self):
        plan = self.env["career.plan"]._career_create_for(
            self.employee, self.line, title="Next step"
        )
        plan.write({"need_ids": [Command.create({"name": "To learn"})]})
        need = plan.need_ids
        self.employee.action_archive()
        self._night(self._in(months=11))
        self.assertEqual(plan.title, "Next step")
        self._night(self._in(months=13))
        self.assertFalse(plan.title)
        self.assertTrue(plan.anonymised_on and need.anonymised_on)
        self.assertFalse(need.name)

    def test_hired_again_in_time(self):
        """Who comes back within the period finds everything."""
        wish = self._model("career.aspiration", self.employee).create(
            {"direction": "stay", "motivation": "Mine"}
        )
        self.employee.action_archive()
        self.employee.action_unarchive()
        self._night(self._in(years=3))
        self.assertEqual(wish.sudo().motivation, "Mine")

    def test_hired_again_later_finds_nothing(self):
        wish = self._model("career.aspiration", self.employee).create(
            {"direction": "stay", "motivation": "Mine"}
        )
        self.employee.action_archive()
        self._night(self._in(months=13))
        self.employee.action_unarchive()
        self.env.invalidate_all()
        self.assertFalse(self._model("career.aspiration", self.employee).search([]))
        self.assertFalse(wish.sudo().employee_id)
        self.assertFalse(wish.sudo().motivation)

    def test_attachments_events_and_todos_go(self):
        paper = self._model("career.assessment", self.employee).create(
            {
                "date": fields.Date.today(),
                "conclusion": "<p>Good</p>",
                "attachment_ids": [
                    Command.create({"name": "report.txt", "raw": b"secret"})
                ],
            }
        )
        file = paper.sudo().attachment_ids
        talk = self._conversation()
        self._as(talk, self.manager).action_plan(fields.Datetime.now())
        event = talk.sudo().event_id
        self._as(talk, self.manager).action_hold("no_change")
        self.assertTrue(event.exists())
        self._night(self._in(years=4))
        self.assertFalse(file.exists())
        self.assertFalse(event.exists())
        key = f"career.conversation,{talk.id}"
        self.assertFalse(
            self.env["mail.activity"].search([("career_key", "=like", f"{key},%")])
        )

    def test_figures_of_a_cycle_stay(self):
        today = fields.Date.today()
        cycle = self._model("career.cycle", self.officer).create(
            {
                "name": "This year",
                "company_ids": [Command.set(self.company.ids)],
                "date_start": today,
                "date_end": today + timedelta(days=90),
            }
        )
        cycle.action_launch()
        talk = self._held()
        self.assertTrue(talk.participation_id)
        figures = ("participation_count", "held_count", "to_plan_count", "other_count")
        before = [cycle[name] for name in figures]
        self.assertEqual(cycle.held_count, 1)
        # the conversation goes first, and the participation still counts it
        self._night(self._in(months=30))
        self.employee.flush_recordset()
        self.assertEqual([cycle[name] for name in figures], before)
        self._night(self._in(months=48))
        self.assertTrue(talk.anonymised_on)
        self.env.invalidate_all()
        self.assertEqual([cycle[name] for name in figures], before)
        left = cycle.sudo().participation_ids
        self.assertFalse(left.employee_id)
        self.assertEqual(len(left), before[0])

    def test_no_link_to_a_document_that_is_still_somebodys(self):
        talk = self._held(channel=self.staff, guide=self.officer, close=False)
        plan = self._as(talk, self.employee).action_create_plan().sudo()
        self.assertEqual(talk.plan_id, plan)
        self._night(self._in(months=25))
        self.assertTrue(talk.anonymised_on)
        self.assertFalse(talk.plan_id)
        self.assertEqual(plan.employee_id, self.employee)

    def test_a_crash_leaves_nothing_half(self):
        talks = self.env["career.conversation"]
        for __ in range(5):
            talks |= self._held(channel=self.staff, guide=self.officer)
        model = type(self.env["career.conversation"])
        original = model._career_cut_links
        calls = []

        def crash(records):
            if records._name == "career.conversation" and records:
                calls.append(records.ids)
                if len(calls) >= 2:
                    raise RuntimeError("killed")
            return original(records)

        retention = type(self.env["career.retention"])
        self.env.flush_all()
        with (
            patch.object(retention, "_career_batch_size", 2),
            patch.object(model, "_career_cut_links", crash),
            mute_logger("odoo.addons.base.models.ir_cron", "odoo.sql_db"),
        ):
            try:
                self._night(self._in(months=25))
            except RuntimeError:
                self.env.invalidate_all()
        done = talks.filtered("anonymised_on")
        self.assertEqual(len(done), 2)
        for talk in talks:
            gone = bool(talk.anonymised_on)
            self.assertEqual(gone, not talk.employee_id)
            self.assertEqual(gone, not talk.report)
            self.assertEqual(gone, not talk.history_ids)
        first_days = done.mapped("anonymised_on")
        self._night(self._in(months=26))
        self.assertEqual(len(talks.filtered("anonymised_on")), 5)
        # and what was done is not done again
        self.assertEqual(done.mapped("anonymised_on"), first_days)

    def test_every_link_can_be_emptied(self):
        """A new model whose required link names a person would stop the job."""
        mixin = self.env["career.audience.mixin"]
        for model in mixin._career_confidential_models():
            for name, field in model._fields.items():
                if not (field.store and field.type == "many2one" and field.required):
                    continue
                self.assertTrue(
                    model._career_is_kept_link(field),
                    f"{model._name}.{name} is required and names a person",
                )

    def test_every_kind_has_a_setting(self):
        for model in self.env["career.retention"]._career_kept_models():
            self.assertIn(f"career_keep_{model._career_keep}", self.company._fields)
            self.assertIn(
                f"career_keep_{model._career_keep}",
                self.env["res.config.settings"]._fields,
            )

    # --------------------------------------------------------------------- preview
    def _preview(self, who=None, **period):
        return self._model("career.retention.preview", who or self.officer).create(
            {"date": self._in(**period), "company_id": self.company.id}
        )

    def test_preview_is_for_hr_of_the_company(self):
        with self.assertRaises(AccessError):
            self._preview(self.other_officer, months=25)
        with self.assertRaises(AccessError):
            self._preview(self.manager, months=25)

    def test_preview_tells_nothing_of_what_hr_may_not_read(self):
        """Not even that there is something, or how much: who compares the day before
        and after somebody's period would know of that one."""
        before = self._preview(months=25)
        self._held(channel=self.pool, guide=self.coach)
        after = self._preview(months=25)
        self.assertFalse(before.line_ids | after.line_ids)

    def test_menu_counts_before_it_shows(self):
        action = self.env.ref("career_guidance.action_server_preview_retention")
        opened = self._as(action, self.officer).run()
        preview = self.env["career.retention.preview"].browse(opened["res_id"])
        self.assertTrue(preview.exists())
        with self.assertRaises(AccessError):
            self._as(action, self.manager).run()

    def test_preview_shows_what_hr_may_read(self):
        talk = self._held(channel=self.staff, guide=self.officer)
        self.assertFalse(self._preview(months=23).line_ids)
        line = self._preview(months=25).line_ids.filtered(
            lambda rec: rec.res_model == "career.conversation"
        )
        self.assertEqual(line.res_ids, talk.ids)
        self.assertEqual(line.readable_count, 1)
        # another day, counted anew
        preview = line.preview_id
        preview.date = self._in(months=23)
        preview.action_count()
        self.assertFalse(preview.line_ids)
        # a look changes nothing
        self.assertFalse(talk.anonymised_on)


@tagged("post_install", "-at_install")
class TestDeparture(PrivacyCase):
    def _todos(self, who, record, *codes):
        keys = [f"{record._name},{record.id},{code}" for code in codes]
        return self.env["mail.activity"].search(
            [("user_id", "=", who.user_id.id), ("career_key", "in", keys)]
        )

    def _trajectory(self, accept=True, **values):
        asked = self._model("career.trajectory", self.employee).create(
            {"question": "Where to?", "coach_id": self.coach.id, **values}
        )
        if accept:
            self._as(asked, self.coach).action_accept()
        return asked.with_env(self.env)

    def test_every_way_of_archiving_ends_what_was_asked(self):
        def by_action():
            self.employee.action_archive()

        def by_write():
            self.employee.write({"active": False})

        def by_wizard():
            wizard = self.env["hr.departure.wizard"].with_context(
                active_ids=self.employee.ids, employee_termination=True
            )
            values = {
                "departure_reason_id": self.env["hr.departure.reason"]
                .search([], limit=1)
                .id
            }
            if "employee_ids" in wizard._fields:
                values["employee_ids"] = [Command.set(self.employee.ids)]
            else:
                values["employee_id"] = self.employee.id
            wizard.create(values).action_register_departure()

        for way in (by_action, by_write, by_wizard):
            with self.subTest(way=way.__name__):
                requested = self._conversation().sudo()
                planned = self._conversation().sudo()
                self._as(planned, self.manager).action_plan(
                    fields.Datetime.now() + timedelta(days=2)
                )
                event = planned.event_id
                self.assertTrue(event)
                way()
                self.assertFalse(self.employee.active)
                for talk in (requested, planned):
                    self.assertEqual(talk.state, "cancelled")
                    self.assertTrue(self._todos(self.manager, talk, "cancelled"))
                self.assertFalse(event.exists())
                self.assertTrue(self.employee.sudo().career_left_on)
                self.employee.action_unarchive()
                self.employee.parent_id = self.manager
                self.assertFalse(self.employee.sudo().career_left_on)

    def test_conductors_are_told_neutrally(self):
        talk = self._conversation(self.mentoring, conductor_id=self.mentor.id).sudo()
        self._as(talk, self.mentor).action_plan(
            fields.Datetime.now() + timedelta(days=2)
        )
        self.employee.action_archive()
        todo = self._todos(self.mentor, talk, "cancelled")
        self.assertTrue(todo)
        for text in (todo.summary, str(todo.note), todo.display_name):
            self.assertNotIn(self.employee.name, text)
        self.assertNotIn(self.employee.name, talk.cancel_reason)
        # nobody else hears of it
        for who in (self.manager, self.officer, self.director):
            self.assertFalse(self._todos(who, talk, "cancelled", "left", "assign"))

    def test_what_was_held_stays(self):
        talk = self._held()
        self.employee.action_archive()
        self.assertEqual(talk.state, "closed")
        self.assertIn("Secret", talk.report)

    def test_open_guidance_plans_deals_and_feedback_end(self):
        running = self._trajectory()
        asked = self._trajectory(accept=False)
        draft = self.env["career.plan"]._career_create_for(self.employee, self.line)
        talk = self._held(channel=self.staff, guide=self.officer, close=False)
        route = self.staff.route_ids.filtered(
            lambda r: (r.author_role, r.recipient_role) == ("conductor", "n1")
        )
        told = self._as(talk, self.officer).action_write_feedback(route)
        told.body = "<p>Tell the manager</p>"
        told.action_send()
        self.assertEqual(told.state, "awaiting_agreement")
        self.employee.action_archive()
        self.assertEqual((running.state, asked.state), ("closed", "refused"))
        self.assertEqual(draft.state, "cancelled")
        self.assertEqual(told.sudo().state, "refused")
        self.assertFalse(self._readable(told, self.manager))
        self.assertTrue(self._todos(self.coach, running, "left"))

    # ------------------------------------------------------------------ who guides
    def test_request_to_hr_goes_back_to_hr(self):
        second = self._person(
            "second", groups="base.group_user,career_guidance.group_career_officer"
        )
        talk = self._conversation(self.staff)
        self._as(talk, self.officer).action_assign()
        self._as(talk, self.officer).action_plan(
            fields.Datetime.now() + timedelta(days=2)
        )
        self.assertFalse(self._readable(talk, second))
        self.officer.action_archive()
        own = talk.sudo()
        self.assertEqual(own.state, "requested")
        self.assertFalse(own.conductor_user_id)
        self.assertTrue(self._readable(talk, second))
        self.assertTrue(self._todos(second, talk, "assign"))
        self.assertTrue(self._todos(self.employee, talk, "guide_left"))
        self.assertFalse(self._readable(talk, self.manager))
        self._as(talk, second).action_assign()
        self.assertEqual(own.conductor_user_id, second.user_id)

    def test_request_to_a_coach_in_person_is_shown_to_nobody_else(self):
        other = self._person("other_coach")
        self.env["career.coach"].create({"employee_id": other.id})
        running = self._trajectory()
        talk = self._as(running, self.employee).action_create_conversation()
        asked = self._trajectory(accept=False)
        self.coach.action_archive()
        self.assertEqual((running.state, asked.state), ("closed", "refused"))
        self.assertEqual(talk.sudo().state, "cancelled")
        for record in (running, asked, talk):
            for who in (other, self.officer, self.manager, self.director):
                self.assertFalse(self._readable(record, who))
        self.assertTrue(self._todos(self.employee, running, "guide_left"))
        self.assertTrue(self._todos(self.employee, talk, "cancelled"))

    def test_request_to_the_pool_goes_back_to_the_pool(self):
        other = self._person("other_coach")
        self.env["career.coach"].create({"employee_id": other.id})
        talk = self._conversation(self.pool)
        self._as(talk, self.coach).action_assign()
        self.assertFalse(self._readable(talk, other))
        self.coach.action_archive()
        self.assertTrue(self._readable(talk, other))
        self.assertFalse(self._readable(talk, self.officer))

    def test_management_conversation_is_the_employees_to_ask_again(self):
        talk = self._conversation(self.management)
        self.director.action_archive()
        self.assertEqual(talk.sudo().state, "cancelled")
        self.assertFalse(self._readable(talk, self.manager))

    # ------------------------------------------------------------------- hand-over
    def _hand_over(self, who, guide, successor):
        return self._model("career.hand.over", who).create(
            {"guide_id": guide.id, "successor_id": successor.id}
        )

    def _second_officer(self):
        return self._person(
            "second", groups="base.group_user,career_guidance.group_career_officer"
        )

    def test_officer_hands_over_what_hr_can_see(self):
        second, third = (
            self._second_officer(),
            self._person(
                "third", groups="base.group_user,career_guidance.group_career_officer"
            ),
        )
        seen = self._conversation(self.staff, share_hr=True)
        unseen = self._conversation(self.staff)
        for talk in (seen, unseen):
            self._as(talk, self.officer).action_assign()
        plan = self.env["career.plan"]._career_create_for(
            self.employee, self.staff, self.officer.user_id
        )
        wizard = self._hand_over(second, self.officer, third)
        self.assertEqual(wizard.conversation_ids.ids, seen.ids)
        wizard.action_hand_over()
        self.assertEqual(seen.sudo().conductor_user_id, third.user_id)
        self.assertEqual(unseen.sudo().conductor_user_id, self.officer.user_id)
        if plan.share_hr:
            self.assertEqual(plan.conductor_user_id, third.user_id)
        self.assertTrue(self._todos(self.employee, seen, "guide_left"))

    def test_guide_hands_over_the_own_work_without_secret_notes(self):
        second = self._second_officer()
        talk = self._conversation(self.staff)
        self._as(talk, self.officer).action_assign()
        note = self._as(talk, self.officer).my_preparation_id
        note.note = "<p>My own thoughts</p>"
        self._hand_over(self.officer, self.officer, second).action_hand_over()
        own = talk.sudo()
        self.assertEqual(own.conductor_user_id, second.user_id)
        self.assertFalse(note.sudo().exists())
        self.assertFalse(self._readable(talk, self.officer))

    def test_successor_has_to_hold_the_role(self):
        talk = self._conversation(self.staff)
        self._as(talk, self.officer).action_assign()
        with self.assertRaises(ValidationError):
            self._hand_over(self.officer, self.officer, self.peer).action_hand_over()
        self.assertEqual(talk.sudo().conductor_user_id, self.officer.user_id)

    def test_successor_is_nobody_from_whom_it_is_hidden(self):
        """The manager who is also officer does not get what is hidden from him."""
        self.manager.user_id.group_ids += self.env.ref(
            "career_guidance.group_career_officer"
        )
        talk = self._conversation(self.staff)
        self._as(talk, self.officer).action_assign()
        with self.assertRaises(UserError):
            self._hand_over(self.officer, self.officer, self.manager).action_hand_over()
        self.assertEqual(talk.sudo().conductor_user_id, self.officer.user_id)

    def test_nobody_else_hands_over(self):
        talk = self._conversation(self.staff)
        self._as(talk, self.officer).action_assign()
        for who in (self.peer, self.manager, self.other_officer):
            wizard = self._hand_over(who, self.officer, self._person(f"x_{who.id}"))
            self.assertFalse(wizard.conversation_ids)
            with self.assertRaises(AccessError):
                wizard.action_hand_over()

    def test_coach_gives_back_what_is_confidential(self):
        running = self._trajectory()
        wizard = self._hand_over(self.coach, self.coach, self.peer)
        wizard.action_give_back()
        self.assertEqual(running.state, "closed")
        self.assertTrue(self._todos(self.employee, running, "guide_left"))
        with self.assertRaises(AccessError):
            self._hand_over(self.officer, self.coach, self.peer).action_give_back()

    def test_plan_of_a_manager_who_leaves_passes_with_the_line(self):
        plan = self.env["career.plan"]._career_create_for(self.employee, self.line)
        self.assertEqual(plan.conductor_user_id, self.manager.user_id)
        self.employee.parent_id = self.new_manager
        self.manager.action_archive()
        self.assertEqual(plan.conductor_user_id, self.new_manager.user_id)

    # --------------------------------------------------------------- deleted users
    def test_history_of_a_deleted_user_stays_readable(self):
        talk = self._held(channel=self.staff, guide=self.officer)
        name = self.officer.name
        user = self.officer.user_id
        self.officer.action_archive()
        self.officer.sudo().user_id = False
        user.unlink()
        lines = self._as(talk, self.employee).history_ids
        self.assertIn(name, lines.mapped("author_name"))

    def test_deleting_an_employee_with_records_is_refused(self):
        self._conversation()
        with self.assertRaises(UserError):
            self.employee.unlink()
