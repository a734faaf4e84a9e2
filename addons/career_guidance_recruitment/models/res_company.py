from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    career_answer_days = fields.Integer(
        "Days to answer an internal application",
        default=14,
        required=True,
        help="After this the question goes to the manager's manager, or to HR.",
    )
    career_release_months = fields.Integer(
        "Latest release (months)",
        default=3,
        required=True,
        help="The latest date to let an employee go, after the application was shown.",
    )
    career_release_policy = fields.Selection(
        [
            ("employee", "When the employee agrees"),
            ("selection", "When the recruiter selects the employee"),
        ],
        string="The manager is told",
        default="employee",
        required=True,
        help="Announced to the employee before applying.",
    )

    _career_answer_days_positive = models.Constraint(
        "CHECK (career_answer_days BETWEEN 1 AND 365)",
        "The days to answer lie between 1 and 365.",
    )
    _career_release_months_positive = models.Constraint(
        "CHECK (career_release_months BETWEEN 1 AND 24)",
        "The latest release lies between 1 and 24 months.",
    )
