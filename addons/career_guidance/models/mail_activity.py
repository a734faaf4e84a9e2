from odoo import fields, models


class MailActivity(models.Model):
    _inherit = "mail.activity"

    # Which career document a neutral to-do is about. For the server alone: an
    # activity that names a document shows to its followers that the document exists.
    career_key = fields.Char(
        index="btree_not_null", groups=".", export_string_translation=False, copy=False
    )
    # whether a weekly mail told of it
    career_mailed = fields.Boolean(
        groups=".", export_string_translation=False, copy=False
    )
