from odoo import api, fields, models


class CareerPlanNeed(models.Model):
    _inherit = "career.plan.need"

    suggested_resource_ids = fields.Many2many(
        "career.resource",
        string="May help",
        compute="_compute_suggested_resource_ids",
    )

    @api.depends("purpose", "company_id")
    def _compute_suggested_resource_ids(self):
        """Finding the way for a next step; knowing one's strengths for today's job."""
        resources = self.env["career.resource"]
        suggested = {}
        for need in self:
            theme = "how" if need.purpose == "next_step" else "what_can_i"
            key = (need.company_id, theme)
            if key not in suggested:
                suggested[key] = resources._career_suggest(
                    need.company_id, "employee", themes=(theme,)
                )
            need.suggested_resource_ids = suggested[key]
