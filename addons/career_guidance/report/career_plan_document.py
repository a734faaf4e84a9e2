from odoo import api, models


class CareerPlanDocument(models.AbstractModel):
    """The plan on paper, for who can read it: the route prints for nobody else."""

    _name = "report.career_guidance.career_plan_document"
    _description = "Development plan on paper"

    @api.model
    def _get_report_values(self, docids, data=None):
        plans = self.env["career.plan"].browse(docids)
        plans.check_access("read")
        return {"doc_ids": docids, "doc_model": "career.plan", "docs": plans}
