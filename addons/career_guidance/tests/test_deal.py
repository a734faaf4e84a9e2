import base64

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_cycle import CycleCommon

# one transparent pixel
PNG = base64.b64encode(
    base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
        "AABJRU5ErkJggg=="
    )
)


@tagged("post_install", "-at_install")
class TestDeal(CycleCommon):
    """Versions, sending, signing, and what stays of what was signed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls.env["career.deal.template"].create(
            {
                "name": "Our deal",
                "kind": "employee",
                "company_id": cls.company.id,
                "introduction": "<p>Together.</p>",
                "employee_part": "<p>You lead.</p>",
                "closing": "<p>It does not change the employment contract.</p>",
            }
        )

    def _publish(self, template=None):
        self._as(template or self.template, self.admin_person).action_publish()

    def _deal(self, employee=None):
        if not self.template.version:
            self._publish()
        template = self._as(self.template, self.officer)
        return template.action_send(employee or self.employee).sudo()

    # -------------------------------------------------------------------- template
    def test_who_publishes(self):
        for who in (self.employee, self.manager, self.officer, self.other_officer):
            with self.assertRaises(AccessError):
                self._as(self.template, who).action_publish()
            with self.assertRaises(AccessError):
                self._as(self.template, who).write({"closing": "<p>Mine</p>"})
        self._publish()
        self.assertEqual(self.template.version, 1)
        self.assertTrue(self.template.date_published)
        with self.assertRaisesRegex(UserError, "not changed"):
            self._publish()

    def test_a_version_is_not_written_by_hand(self):
        admin = self._as(self.template, self.admin_person)
        for vals in ({"version": 7}, {"published_texts": {"en_US": {}}}):
            with self.assertRaises(AccessError):
                admin.write(vals)
        made = (
            self._model("career.deal.template", self.admin_person)
            .with_context(default_version=9)
            .create({"name": "Other", "company_id": self.company.id})
        )
        self.assertEqual(made.version, 0)
        with self.assertRaisesRegex(UserError, "Write the text"):
            made.action_publish()

    def test_everybody_reads_the_text_of_the_own_company(self):
        self.assertTrue(self._readable(self.template, self.employee))
        self.assertFalse(self._readable(self.template, self.other_employee))

    def test_unpublished_is_not_sent(self):
        with self.assertRaisesRegex(UserError, "Publish"):
            self._as(self.template, self.officer).action_send()

    # --------------------------------------------------------------------- sending
    def test_sending_to_everybody_twice(self):
        self._publish()
        template = self._as(self.template, self.officer)
        template.action_send()
        deals = self.template.deal_ids
        everybody = self.env["hr.employee"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertEqual(deals.employee_id, everybody)
        template.action_send()
        self.assertEqual(self.template.deal_ids, deals)
        self.assertEqual(template.unsigned_count, len(everybody))

    def test_who_sends(self):
        self._publish()
        for who in (self.employee, self.manager, self.admin_person):
            with self.assertRaises(AccessError):
                self._as(self.template, who).action_send()
            with self.assertRaises(AccessError):
                self._as(self.template, who).action_send(self.employee)
        shared = self.env["career.deal.template"].create(
            {"name": "Shared", "introduction": "<p>All</p>"}
        )
        self._publish(shared)
        with self.assertRaises(AccessError):
            self._as(shared, self.other_officer).action_send(self.employee)

    def test_sending_to_a_population(self):
        self._publish()
        tag = self.env["hr.employee.category"].create({"name": "Shift"})
        self.peer.category_ids = tag
        sending = self._model("career.deal.sending", self.officer).create(
            {"template_id": self.template.id, "category_ids": [(6, 0, tag.ids)]}
        )
        self.assertEqual(sending.population_count, 1)
        sending.action_send()
        sending.action_send()
        self.assertEqual(self.template.deal_ids.employee_id, self.peer)
        again = self._model("career.deal.sending", self.officer).create(
            {"template_id": self.template.id, "category_ids": [(6, 0, tag.ids)]}
        )
        with self.assertRaisesRegex(UserError, "Nobody is left"):
            again.action_send()
        with self.assertRaises(AccessError):
            self._model("career.deal.sending", self.other_officer).create(
                {
                    "template_id": self.template.id,
                    "company_ids": [(6, 0, self.company.ids)],
                }
            )

    def test_an_archived_employee_gets_no_deal(self):
        self._publish()
        self.peer.active = False
        template = self._as(self.template, self.officer)
        with self.assertRaisesRegex(UserError, "Peer"):
            template.action_send(self.employee | self.peer)
        self.assertFalse(self.template.deal_ids)
        with self.assertRaises(UserError):
            self._model("career.deal", self.officer).create(
                {"template_id": self.template.id, "employee_id": self.peer.id}
            )
        template.action_send()
        self.assertNotIn(self.peer, self.template.deal_ids.employee_id)

    def test_hired_with_a_deal(self):
        before = self._person("before")
        self.assertFalse(
            self.env["career.deal"].search([("employee_id", "=", before.id)])
        )
        self._publish()
        hired = self._person("hired")
        deal = self.env["career.deal"].search([("employee_id", "=", hired.id)])
        self.assertEqual(deal.template_id, self.template)
        self.assertEqual(deal.state, "to_sign")
        elsewhere = self._person("elsewhere", company=self.other_company)
        self.assertFalse(
            self.env["career.deal"].search([("employee_id", "=", elsewhere.id)])
        )
        self.template.auto_send = False
        self.assertFalse(
            self.env["career.deal"].search(
                [("employee_id", "=", self._person("later").id)]
            )
        )

    def test_onboarding_plan_has_the_talk(self):
        step = self.env.ref("career_guidance.onboarding_career_deal")
        self.assertEqual(step.plan_id, self.env.ref("hr.onboarding_plan"))

    def test_guides_get_a_deal_of_their_own(self):
        guide = self.env["career.deal.template"].create(
            {
                "name": "For guides",
                "kind": "guide",
                "company_id": self.company.id,
                "manager_part": "<p>You listen.</p>",
            }
        )
        self._publish(guide)
        self._as(guide, self.officer).action_send()
        self.assertEqual(guide.deal_ids.employee_id, self.director | self.manager)
        self.peer.parent_id = self.new_manager
        with self.enter_registry_test_mode():
            cron = self.env.ref("career_guidance.ir_cron_deals_of_new_guides")
            cron.method_direct_trigger()
            cron.method_direct_trigger()
        self.assertEqual(
            guide.deal_ids.employee_id,
            self.director | self.manager | self.new_manager,
        )
        self.assertEqual(len(guide.deal_ids), 3)

    # -------------------------------------------------------------------- audience
    def test_who_reads_a_deal(self):
        deal = self._deal()
        for reader in (self.employee, self.manager, self.officer):
            self.assertTrue(self._readable(deal, reader), reader.name)
        for stranger in (
            self.director,
            self.peer,
            self.coach,
            self.admin_person,
            self.other_officer,
        ):
            self.assertFalse(self._readable(deal, stranger), stranger.name)

    def test_nobody_makes_or_changes_a_deal_by_hand(self):
        deal = self._deal()
        for who in (self.employee, self.manager, self.officer):
            for vals in (
                {"state": "signed"},
                {"body": "<p>Other words</p>"},
                {"signed_by": "Somebody"},
                {"employee_id": self.peer.id},
                {"signature": PNG},
            ):
                with self.assertRaises(AccessError):
                    self._as(deal, who).write(vals)
        for who in (self.employee, self.manager, self.other_officer):
            with self.assertRaises(AccessError):
                self._model("career.deal", who).create(
                    {"template_id": self.template.id, "employee_id": self.peer.id}
                )
        with self.assertRaises(AccessError):
            self._model("career.deal", self.officer).create(
                {
                    "template_id": self.template.id,
                    "employee_id": self.peer.id,
                    "body": "<p>Other words</p>",
                }
            )
        with self.assertRaises(AccessError):
            deal.with_user(self.officer.user_id).unlink()

    # --------------------------------------------------------------------- signing
    def test_signing_keeps_text_name_and_date(self):
        deal = self._deal()
        self._as(deal, self.employee).action_sign(PNG)
        self.assertEqual(deal.state, "signed")
        self.assertEqual(deal.signed_by, self.employee.name)
        self.assertTrue(deal.signed_on)
        self.assertIn("You lead.", deal.body)
        with self.assertRaises(UserError):
            self._as(deal, self.employee).action_sign()

    def test_nobody_signs_for_another(self):
        deal = self._deal()
        for who in (self.manager, self.director, self.officer, self.peer):
            with self.assertRaises(AccessError):
                self._as(deal, who).action_sign(PNG)

    def test_on_screen_for_who_has_no_user(self):
        deal = self._deal(self.no_login)
        with self.assertRaisesRegex(UserError, "draw"):
            self._as(deal, self.officer).action_sign()
        with self.assertRaises(AccessError):
            self._as(deal, self.manager).action_sign(PNG)
        self._as(deal, self.officer).action_sign(PNG)
        self.assertEqual(deal.signed_by, self.no_login.name)
        self.assertEqual(deal.witness, self.officer.user_id.name)

    def test_who_left_signs_nothing(self):
        deal = self._deal()
        self.employee.active = False
        with self.assertRaises(UserError):
            self._as(deal, self.employee).action_sign()

    def test_a_changed_text_leaves_what_was_signed(self):
        deal = self._deal()
        self._as(deal, self.employee).action_sign()
        body = deal.body
        self.template.employee_part = "<p>You lead, really.</p>"
        self.assertTrue(self.template.is_changed)
        self.assertEqual(deal.body, body)
        # what is sent meanwhile is the published text, word by word
        peer_deal = self._deal(self.peer)
        self.assertNotIn("really", peer_deal.body)
        self._publish()
        self.assertEqual(self.template.version, 2)
        self.assertEqual(deal.body, body)
        self.assertEqual(deal.state, "signed")
        self.assertFalse(deal.is_current)
        # who had one is asked again; the unsigned old one is of no use any more
        self.assertEqual(peer_deal.state, "replaced")
        new = self.template.deal_ids.filtered(
            lambda d: d.employee_id == self.employee and d.version == 2
        )
        self.assertIn("really", new.body)
        self.assertNotIn(self.no_login, self.template.deal_ids.employee_id)
        self._as(new, self.employee).action_sign()
        self.assertEqual(deal.state, "replaced")
        self.assertEqual(deal.body, body)
        self.assertTrue(deal.signed_on)

    def test_withdraw(self):
        deal = self._deal()
        with self.assertRaises(AccessError):
            self._as(deal, self.manager).action_cancel()
        self._as(deal, self.officer).action_cancel()
        self.assertEqual(deal.state, "cancelled")
        again = self._deal()
        self.assertNotEqual(again, deal)
        self.assertEqual(again.state, "to_sign")

    def test_database_refuses_a_second_deal(self):
        deal = self._deal()
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(),
        ):
            deal.create(
                {"template_id": self.template.id, "employee_id": self.employee.id}
            )

    def test_text_of_another_company(self):
        self._publish()
        with self.assertRaises(ValidationError):
            self._model("career.deal", self.other_officer).sudo().create(
                {
                    "template_id": self.template.id,
                    "employee_id": self.other_employee.id,
                }
            )

    # -------------------------------------------------------------------- language
    def test_language_of_the_establishment(self):
        self.env["res.lang"]._activate_lang("nl_NL")
        self.template.with_context(lang="nl_NL").name = "Onze deal"
        self.company.career_document_lang_id = self.env["res.lang"]._lang_get("nl_NL")
        self._publish()
        deal = self._deal()
        self.assertEqual(deal.lang, "nl_NL")
        self.assertEqual(deal.title, "Onze deal")
        self.assertTrue(deal.with_context(lang="en_US").translation)
        self.assertFalse(deal.with_context(lang="nl_NL").translation)

    def test_document_shows_what_was_signed(self):
        deal = self._deal()
        self._as(deal, self.employee).action_sign(PNG)
        self.template.employee_part = "<p>Other words.</p>"
        report = self.env["ir.actions.report"].with_user(self.employee.user_id)
        html = report._render_qweb_html("career_guidance.report_career_deal", deal.ids)[
            0
        ].decode()
        for part in ("You lead.", self.employee.name, "data:image/png", "contract"):
            self.assertIn(part, html)
        self.assertNotIn("Other words", html)
        with self.assertRaises(AccessError):
            report.with_user(self.peer.user_id)._render_qweb_html(
                "career_guidance.report_career_deal", deal.ids
            )

    def test_used_template_is_not_deleted(self):
        self._deal()
        with self.assertRaises(UserError):
            self._as(self.template, self.admin_person).unlink()
