from odoo import fields, models


class CareerCyclePreviewLine(models.TransientModel):
    """One reason why people are left out of a cycle, with their names."""

    _name = "career.cycle.preview.line"
    _description = "Who is left out of a cycle"

    preview_id = fields.Many2one(
        "career.cycle.preview", required=True, ondelete="cascade", index=True
    )
    reason = fields.Selection(
        [
            ("type", "Another employee type"),
            ("department", "Another department"),
            ("tag", "None of the tags"),
            ("hired", "Hired later"),
            ("cycle", "In another cycle of the same period"),
        ],
        readonly=True,
    )
    count = fields.Integer("Employees", readonly=True)
    names = fields.Text(readonly=True)
