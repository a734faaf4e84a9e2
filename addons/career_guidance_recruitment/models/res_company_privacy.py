from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    career_keep_application = fields.Integer(
        "Internal applications (months)",
        default=24,
        required=True,
        help="So long after an application ended.",
    )

    _career_keep_application_range = models.Constraint(
        "CHECK (career_keep_application BETWEEN 1 AND 120)",
        "Documents are kept for 1 to 120 months.",
    )
