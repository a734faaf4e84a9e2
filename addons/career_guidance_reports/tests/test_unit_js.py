from odoo.tests import HttpCase, tagged

from odoo.addons.career_guidance.tests.common_js import run_hoot


@tagged("post_install", "-at_install")
class TestUnitJs(HttpCase):
    """The unit tests of our views (static/tests)."""

    def test_hoot(self):
        run_hoot(self, "career_guidance_reports")
