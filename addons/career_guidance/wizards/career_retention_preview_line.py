from odoo import api, fields, models


class CareerRetentionPreviewLine(models.TransientModel):
    _name = "career.retention.preview.line"
    _description = "What will be anonymised, by kind"

    preview_id = fields.Many2one(
        "career.retention.preview", required=True, index=True, ondelete="cascade"
    )
    res_model = fields.Char(
        required=True, readonly=True, export_string_translation=False
    )
    name = fields.Char("Kind", compute="_compute_name")
    readable_count = fields.Integer("You can read", readonly=True)
    res_ids = fields.Json(readonly=True, export_string_translation=False)

    @api.depends_context("lang")
    @api.depends("res_model")
    def _compute_name(self):
        for line in self:
            # sudo: ir.model - the description of one of our models
            line.name = self.env["ir.model"].sudo()._get(line.res_model).name

    def action_open(self):
        """The documents of this kind, with the caller's own rights."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": self.res_model,
            "domain": [("id", "in", self.res_ids)],
            "views": [(False, "list"), (False, "form")],
        }
