from odoo import fields, models


class MailActivity(models.Model):
    _inherit = "mail.activity"

    # Which career document a neutral to-do is about. For the server alone: an
    # activity that names a document shows to its followers that the document exists.
    career_key = fields.Char(
        index="btree_not_null", groups=".", export_string_translation=False, copy=False
    )
    # where its "Open" leads to
    career_link = fields.Char(groups=".", export_string_translation=False, copy=False)
    # whether a mail told of it
    career_mailed = fields.Boolean(
        groups=".", export_string_translation=False, copy=False
    )

    def action_career_open(self):
        """Go to what a to-do of career guidance is about (button of "My to-dos").

        :return: the address; the document's own rules decide who sees it there
        """
        self.ensure_one()
        self.check_access("read")
        # sudo: mail.activity - the address of one's own to-do, which its note holds
        link = self.sudo().career_link or "/odoo/my-career"
        return {"type": "ir.actions.act_url", "url": link, "target": "self"}
