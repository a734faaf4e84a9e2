from odoo import api, models


class CareerExport(models.AbstractModel):
    _inherit = "career.export"

    @api.model
    def _career_not_followed(self):
        result = super()._career_not_followed()
        result["career.figure.group"] = {
            "member_ids": "A group that figures are drawn for, whatever it is called; "
            "no document, and nothing that was written about the person."
        }
        return result
