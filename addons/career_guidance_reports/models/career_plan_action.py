from odoo import models


class CareerPlanAction(models.Model):
    _inherit = "career.plan.action"

    # training is a small part of all actions
    _training_index = models.Index(
        "(date_done, id) WHERE state = 'done' AND method_category = 'formal_training'"
    )
