from odoo import fields, models


class CareerResourceUse(models.Model):
    """How often a resource was used in a month; without a user, on purpose."""

    _name = "career.resource.use"
    _description = "Use of a career resource"
    _order = "month desc, resource_id"
    _log_access = False

    resource_id = fields.Many2one(
        "career.resource", required=True, index=True, ondelete="cascade"
    )
    month = fields.Date(required=True)
    count = fields.Integer("Times used", default=0, required=True)

    _month_uniq = models.Constraint(
        "UNIQUE (resource_id, month)", "A month has one counter."
    )
