from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError


class CareerPersonalPageWizard(models.TransientModel):
    """Hand out a personal page: the link and its QR code are shown here, once.

    The link travels in the context of the dialog and is never stored.
    """

    _name = "career.personal.page.wizard"
    _description = "Hand out a personal page"

    employee_id = fields.Many2one(
        "hr.employee",
        domain=[("user_id", "=", False)],
        ondelete="cascade",
    )
    page_id = fields.Many2one("career.personal.page", readonly=True, ondelete="cascade")
    factor = fields.Selection(related="page_id.factor")
    date_expiry = fields.Datetime(related="page_id.date_expiry")
    link = fields.Char(compute="_compute_link")
    # an image in the text: as a binary field it would get an address of its own
    qr = fields.Html("QR code", compute="_compute_link", sanitize=False)

    @api.depends_context("career_page_link")
    @api.depends("page_id")
    def _compute_link(self):
        pages = self.env["career.personal.page"]
        for wizard in self:
            link = self.env.context.get("career_page_link")
            known = bool(wizard.page_id) and wizard.page_id._career_is_link(link)
            wizard.link = known and link
            wizard.qr = known and Markup(
                '<img src="data:image/png;base64,%s" alt="%s" width="220"/>'
            ) % (pages._career_qr(link).decode(), self.env._("QR code of the link"))

    def _career_employee(self):
        """The chosen employee, and no other than the caller could choose."""
        self.ensure_one()
        if not self.employee_id:
            raise UserError(self.env._("Choose the employee first."))
        return self.employee_id

    def action_create(self):
        """Make the page, and show its link in the same dialog.

        :raise AccessError: the caller is neither HR nor the employee's guide
        """
        page, link = self.env["career.personal.page"]._career_create_page(
            self._career_employee()
        )
        self.page_id = page
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Personal page"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"career_page_link": link},
        }

    def action_print(self):
        """The letter for the employee, with link and QR code.

        :raise UserError: the server cannot make a PDF; the dialog still shows all
        """
        self.ensure_one()
        if not self.link:
            raise UserError(
                self.env._(
                    "The link is shown once, and this dialog no longer has it. Hand "
                    "out a new page: the earlier one closes by itself."
                )
            )
        report = self.env.ref("career_guidance.action_report_career_personal_page")
        if report.get_wkhtmltopdf_state() not in ("ok", "upgrade"):
            # as HTML the link would stand in the address, and so in logs
            raise UserError(
                self.env._(
                    "This server cannot make a PDF (wkhtmltopdf is not installed). "
                    "Copy the link, or print this dialog with your browser."
                )
            )
        return report.report_action(
            self.page_id, data={"page_id": self.page_id.id, "link": self.link}
        )
