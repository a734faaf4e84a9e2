from odoo import models


class MailActivity(models.Model):
    _inherit = "mail.activity"

    # A cycle gives one key to everybody: who has a to-do already is found by both.
    _career_key_user_index = models.Index(
        "(career_key, user_id) WHERE career_key IS NOT NULL"
    )
