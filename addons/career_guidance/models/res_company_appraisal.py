from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    career_appraisal_mode = fields.Selection(
        [
            ("separate", "Separate: apart from the appraisal"),
            ("combined", "Combined: part of the appraisal meeting"),
        ],
        string="Career conversation and appraisal",
        default="separate",
        required=True,
        help="Combined: the career part is a page of the appraisal, in one meeting, "
        "and has an outcome before the appraisal is closed. Separate: the appraisal "
        "says only that a career conversation exists or is due (R3.2).",
    )
