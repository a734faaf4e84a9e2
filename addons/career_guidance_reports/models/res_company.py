from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    career_grace_days = fields.Integer(
        "Still in time after (days)",
        default=14,
        required=True,
        help="Follow-up and feedback count as in time up to so many days (K6, K7).",
    )
    career_equity_rate = fields.Integer(
        "Equal access from (%)",
        default=80,
        required=True,
        help="The four-fifths rule: a group whose rate is under this share of the rate "
        "of all others is flagged (K13).",
    )

    _career_figure_policy_range = models.Constraint(
        "CHECK (career_grace_days BETWEEN 0 AND 365"
        " AND career_equity_rate BETWEEN 1 AND 100)",
        "The days of grace lie between 0 and 365, equal access between 1 and 100.",
    )

    def _career_grace(self):
        return self.career_grace_days
