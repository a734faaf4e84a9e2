from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    career_document_lang_id = fields.Many2one(
        "res.lang",
        string="Language of documents",
        domain=[("active", "=", True)],
        help="Language of the establishment: deals and plans are made up in it. Empty "
        "means the language of the company's address.",
    )

    def _career_document_lang(self):
        """Code of the language in which documents of this company are made up (R4.2).

        :return: code of an installed language
        """
        self.ensure_one()
        installed = dict(self.env["res.lang"].get_installed())
        # sudo: res.company, res.partner - the language of the establishment
        company = self.sudo()
        for code in (
            company.career_document_lang_id.code,
            company.partner_id.lang,
            self.env.lang,
        ):
            if code in installed:
                return code
        return "en_US"
