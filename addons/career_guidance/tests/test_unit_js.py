from odoo.tests import HttpCase, tagged


@tagged("post_install", "-at_install")
class TestUnitJs(HttpCase):
    """The unit tests of our widgets and pages, in a browser (static/tests)."""

    def test_hoot(self):
        self.browser_js(
            "/web/tests?headless&loglevel=2&preset=desktop&timeout=15000"
            f"&id={self._suite('@career_guidance')}",
            "",
            "",
            login="admin",
            timeout=300,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=lambda message: "[HOOT]" not in message,
        )

    def _suite(self, name):
        """The id that hoot gives to a suite: a hash of its name."""
        result = 0
        for char in name:
            result = ((result << 5) - result + ord(char)) & 0xFFFFFFFF
        return f"{result:08x}"
