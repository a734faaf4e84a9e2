from odoo import fields, models


class MailMail(models.Model):
    _inherit = "mail.mail"

    # a mail of ours that stays in the queue is found when its receiver left
    career_neutral = fields.Boolean(
        groups=".", export_string_translation=False, copy=False
    )
