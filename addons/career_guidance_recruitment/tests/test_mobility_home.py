from lxml import etree

from odoo import fields
from odoo.tests import tagged

from .common import MobilityCommon


@tagged("post_install", "-at_install")
class TestMobilityHome(MobilityCommon):
    """Vacancies that fit, on the page of the own career."""

    def _page(self, who):
        return self._model("career.home", who).my_career()

    def _wish(self, who, **values):
        wish = self._model("career.aspiration", who).create(
            {"direction": "lateral", **values}
        )
        wish.action_activate()
        return wish

    def test_best_first_with_the_reason(self):
        near = self._vacancy("Near")
        self._vacancy("Closed", career_is_internal=False)
        self._vacancy("Far", department_id=False)
        self._wish(self.employee, target_job_id=self.job.id)
        self._wish(self.employee, target_department_id=self.department.id)
        found = self._page(self.employee)["vacancies"]
        self.assertEqual(found["count"], 3)
        self.assertEqual(
            [(v["id"], v["score"]) for v in found["best"]],
            [(self.job.id, 100), (near.id, 60)],
        )
        self.assertIn("a wish names this job", found["best"][0]["text"])
        self.assertFalse(found["best"][0]["applied"])
        self._apply()
        self.env.invalidate_all()
        found = self._page(self.employee)["vacancies"]
        self.assertTrue(found["best"][0]["applied"])
        # the wishes and applications of others change nothing
        other = self._page(self.peer)["vacancies"]
        self.assertEqual(other, {"count": 3, "best": []})

    def test_own_job_is_no_vacancy(self):
        self._wish(self.employee, target_job_id=self.job.id)
        self.employee.job_id = self.job
        self.assertFalse(self._page(self.employee)["vacancies"]["best"])

    def test_user_without_employee(self):
        page = self.env["career.home"].with_user(self.settings_admin).my_career()
        self.assertEqual(page, {"employee": False})

    def test_queries_do_not_grow_with_the_vacancies(self):
        self._wish(self.employee, target_department_id=self.department.id)

        def count(number):
            for n in range(number):
                self._vacancy(f"More {number} {n}")
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._page(self.employee)
            return self.env.cr.sql_log_count - before

        count(4)
        self.assertEqual(count(0), count(20))

    def test_window_of_dates(self):
        self._wish(self.employee, target_job_id=self.job.id)
        self.job.career_internal_from = fields.Date.add(fields.Date.today(), days=1)
        self.assertEqual(self._page(self.employee)["vacancies"]["count"], 0)

    def test_applying_is_a_button(self):
        """A page that is hidden or left must not send: not Odoo's own form."""
        applications = self._model("career.application", self.employee)
        arch = etree.fromstring(applications.get_view(view_type="form")["arch"])
        self.assertEqual(arch.get("js_class"), "career_apply_form")
        [send] = arch.xpath("//header/button[@special='save']")
        self.assertEqual(send.get("invisible"), "id")
        self.assertEqual(arch.xpath("//field[@name='state']/@invisible"), ["not id"])
