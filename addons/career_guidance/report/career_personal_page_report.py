from odoo import api, models
from odoo.exceptions import UserError


class CareerPersonalPageReport(models.AbstractModel):
    """The letter with the link; made from the link itself, that is stored nowhere."""

    _name = "report.career_guidance.report_career_personal_page"
    _description = "Letter with the personal page"

    @api.model
    def _get_report_values(self, docids, data=None):
        """The values of the letter.

        :raise UserError: the link is not the one of the page
        """
        data = data or {}
        page_id = data.get("page_id")
        page = self.env["career.personal.page"].browse(
            int(page_id) if str(page_id).isdigit() else []
        )
        page.check_access("read")
        link = data.get("link")
        if not page or not page._career_is_link(link):
            raise UserError(
                self.env._(
                    "The letter can be printed only when the page is handed out: its "
                    "link is shown once. Hand out a new page."
                )
            )
        # sudo: hr.employee - name and language of whom the letter is for
        employee = page.sudo().employee_id
        return {
            "doc_ids": page.ids,
            "doc_model": page._name,
            "docs": page,
            "employee_name": employee.name,
            "company": employee.company_id,
            "lang": employee._career_page_lang(),
            "factor": page.factor,
            # sudo: career.personal.page - whether the letter asks to choose a code
            "needs_code": page.sudo()._career_needs_code(),
            "link": link,
            "qr": page._career_qr(link).decode(),
        }
