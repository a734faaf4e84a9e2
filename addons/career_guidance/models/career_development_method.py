from odoo import api, fields, models
from odoo.exceptions import UserError


class CareerDevelopmentMethod(models.Model):
    """A way to develop; classical training is only one of ten (R2.5, R2.7)."""

    _name = "career.development.method"
    _description = "Development method"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    category = fields.Selection(
        [
            ("formal_training", "Formal training"),
            ("on_the_job", "On the job"),
            ("rotation", "Job rotation"),
            ("enrichment", "Job enrichment"),
            ("lateral", "Lateral move"),
            ("project", "Project"),
            ("coaching", "Coaching"),
            ("mentoring", "Mentoring"),
            ("self_study", "Self-study"),
            ("workshop", "Workshop"),
        ],
        required=True,
        default="on_the_job",
        index=True,
    )
    is_classical = fields.Boolean("Classical training")
    explanation = fields.Text("What it is, and why", translate=True)
    examples = fields.Text(translate=True)
    first_step = fields.Text("How to begin", translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint("UNIQUE (code)", "This code is in use already.")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        # sudo: career.plan.action - only whether any plan uses it
        actions = self.env["career.plan.action"].sudo()
        if actions.search_count([("method_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._(
                    "Plans use this method. Archive it instead: they keep it, and new "
                    "plans no longer offer it."
                )
            )
