from odoo import api, fields, models


class CareerPlanAction(models.Model):
    _inherit = "career.plan.action"

    suggested_resource_ids = fields.Many2many(
        "career.resource",
        string="Offer that fits",
        compute="_compute_suggested_resource_ids",
    )

    @api.depends("method_id", "company_id")
    def _compute_suggested_resource_ids(self):
        """What HR offers for the method that was chosen."""
        resources = self.env["career.resource"]
        suggested = {}
        for action in self:
            if not action.method_id:
                action.suggested_resource_ids = False
                continue
            key = (action.company_id, action.method_id)
            if key not in suggested:
                suggested[key] = resources._career_suggest(
                    action.company_id, "employee", methods=action.method_id
                )
            action.suggested_resource_ids = suggested[key]
