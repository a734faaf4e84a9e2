from odoo import models


class CareerPlan(models.Model):
    _inherit = "career.plan"

    # the first page of the list of plans, whatever else restricts it
    _date_end_index = models.Index("(date_end, id)")
