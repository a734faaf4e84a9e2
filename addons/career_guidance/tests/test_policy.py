from lxml import etree

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import CareerCommon


@tagged("post_install", "-at_install")
class TestPolicy(CareerCommon):
    """The career administrator sets the policies, and nothing else of a company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.administrator = cls._person(
            "administrator",
            groups="base.group_user,career_guidance.group_career_manager",
        )

    def _page(self, who=None):
        return self._as(self.env["career.policy"], who or self.administrator)

    def test_sets_what_it_shows(self):
        page = self._page().create({"career_target_rate": 70, "career_lead_days": 21})
        self.assertEqual(self.company.career_target_rate, 70)
        self.assertEqual(self.company.career_lead_days, 21)
        self.assertEqual(page.career_target_rate, 70)
        page.write({"career_target_rate": 75})
        self.assertEqual(self.company.career_target_rate, 75)

    def test_lists_and_links(self):
        kind = self.env["career.employee.type"].search([], limit=1)
        self._page().create({"career_employee_type_ids": [(6, 0, kind.ids)]})
        self.assertEqual(self.company.career_employee_type_ids, kind)
        self._page().create({"career_employee_type_ids": [(5,)]})
        self.assertFalse(self.company.career_employee_type_ids)

    def test_writes_only_what_changed(self):
        page = self._page()
        values = page.create({}).read(sorted(page._career_policy_names()))[0]
        values.pop("id")
        before = self.company.write_date
        values = {
            name: value[0] if isinstance(value, tuple) else value
            for name, value in values.items()
            if not isinstance(value, list)
        }
        written = []
        self.patch(
            type(self.company), "write", lambda records, vals: written.append(vals)
        )
        page.create(values)
        self.assertEqual(written, [])
        self.assertEqual(self.company.write_date, before)

    def test_checks_of_the_company_hold(self):
        for values in ({"career_lead_days": -1}, {"career_reminder_days": -5}):
            with self.assertRaises(ValidationError):
                self._page().create(values)

    def test_nothing_else_of_the_company(self):
        """Neither through the page, which has no other field, nor directly."""
        page = self._page()
        for name in page._career_policy_names():
            self.assertTrue(name.startswith("career_"), name)
            self.assertEqual(page._fields[name].related, f"company_id.{name}")
        with self.assertRaises(ValueError), mute_logger("odoo.models"):
            page.create({"name": "Mine now"})
        self.assertFalse(page._career_policy_names() & {"name", "partner_id"})
        company = self._as(self.company, self.administrator)
        for values in ({"name": "Mine now"}, {"career_target_rate": 1}):
            with self.assertRaises(AccessError):
                company.write(values)

    def test_others_cannot(self):
        for who in (self.employee, self.manager, self.officer, self.coach):
            with self.assertRaises(AccessError):
                self._page(who).create({"career_target_rate": 1})
            with self.assertRaises(AccessError):
                self._page(who).get_views([(False, "form")])
        self.assertNotEqual(self.company.career_target_rate, 1)

    def test_not_of_another_company(self):
        page = self._page().create({})
        for attempt in (
            lambda: self._page().create(
                {"company_id": self.other_company.id, "career_target_rate": 1}
            ),
            lambda: page.write({"company_id": self.other_company.id}),
        ):
            with self.assertRaises(AccessError):
                attempt()
        self.assertNotEqual(self.other_company.career_target_rate, 1)

    def test_page_is_the_part_of_the_settings_page(self):
        """Every policy in the same words; nothing that makes users."""
        arch = self._arch(self._page())
        shown = {node.get("name") for node in arch.iter("field")}
        self.assertLessEqual(self._page()._career_policy_names(), shown)
        self.assertFalse(arch.xpath("//button[@name='action_career_load_sample_data']"))
        settings = self.env.ref("base.res_config_settings_view_form")
        words = {
            node.get("help")
            for node in settings._get_combined_arch().iter("setting")
            if node.getparent().getparent().get("name") == "career_guidance"
        }
        self.assertLessEqual({node.get("help") for node in arch.iter("setting")}, words)

    def test_one_menu_for_each(self):
        menus = self.env["ir.ui.menu"]
        policies = self.env.ref("career_guidance.career_menu_policies").id
        settings = self.env.ref("career_guidance.career_menu_settings").id
        system = new_test_user(
            self.env,
            login="career_system",
            groups="base.group_system,career_guidance.group_career_manager",
        )
        found = menus.with_user(system).load_menus(False)
        self.assertTrue(settings in found and policies not in found)
        found = self._as(menus, self.administrator).load_menus(False)
        self.assertTrue(policies in found and settings not in found)
        found = self._as(menus, self.officer).load_menus(False)
        self.assertFalse(policies in found or settings in found)

    def _arch(self, model):
        return etree.fromstring(
            model.get_views([(False, "form")])["views"]["form"]["arch"]
        )
