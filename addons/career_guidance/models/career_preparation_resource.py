from odoo import api, fields, models


class CareerPreparation(models.Model):
    _inherit = "career.preparation"

    suggested_resource_ids = fields.Many2many(
        "career.resource",
        string="May help you prepare",
        compute="_compute_suggested_resource_ids",
    )

    @api.depends("role", "company_id")
    def _compute_suggested_resource_ids(self):
        """Exercises that help to think, for the side that prepares."""
        resources = self.env["career.resource"]
        suggested = {}
        for preparation in self:
            key = (preparation.company_id, preparation.role)
            if key not in suggested:
                themes = None
                if preparation.role == "employee":
                    themes = ("who_am_i", "what_do_i_want", "what_can_i")
                suggested[key] = resources._career_suggest(*key, themes=themes)
            preparation.suggested_resource_ids = suggested[key]
