from odoo import fields, models


class HrJob(models.Model):
    _inherit = "hr.job"

    career_shift_work = fields.Boolean(
        "Shift work",
        help="During a career conversation with the line manager, somebody has to take "
        "over the shift: the planning asks for a stand-in.",
    )
