from odoo import api, fields, models


class CareerPolicyMixin(models.AbstractModel):
    _inherit = "career.policy.mixin"

    career_appraisal_mode = fields.Selection(
        related="company_id.career_appraisal_mode", readonly=False
    )
    career_has_appraisal = fields.Boolean(
        compute="_compute_career_appraisal", export_string_translation=False
    )
    career_appraisal_check = fields.Text(
        "Check of the appraisal module", compute="_compute_career_appraisal"
    )

    @api.depends("company_id")
    def _compute_career_appraisal(self):
        """Whether a bridge is installed, and whether it finds what it needs."""
        names = self.pool.descendants(["career.appraisal.mixin"], "_inherit")
        bridged = [self.env[name] for name in names if not self.env[name]._abstract]
        problems = [p for model in bridged for p in model._career_appraisal_problems()]
        for settings in self:
            settings.career_has_appraisal = bool(bridged)
            settings.career_appraisal_check = "\n".join(problems) or self.env._(
                "The appraisal module has all that the career part needs."
            )
