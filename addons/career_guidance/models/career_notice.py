from odoo import fields, models


class CareerNotice(models.Model):
    """Who was told of what, so that a job that starts again tells nobody twice.

    For the server alone: nobody has access. It holds a key, never a text.
    """

    _name = "career.notice"
    _description = "Notice of career guidance that was given"

    user_id = fields.Many2one("res.users", required=True, ondelete="cascade")
    plan_id = fields.Many2one("career.plan", index="btree_not_null", ondelete="cascade")
    code = fields.Char(required=True, export_string_translation=False)
    key = fields.Char(required=True, export_string_translation=False)
    date = fields.Date(required=True)

    _user_key_uniq = models.UniqueIndex("(user_id, key)")
