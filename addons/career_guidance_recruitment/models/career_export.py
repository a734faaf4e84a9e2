from odoo import api, models


class CareerExport(models.AbstractModel):
    _inherit = "career.export"

    @api.model
    def _career_not_followed(self):
        result = super()._career_not_followed()
        result["career.move"] = {
            "manager_id": "As the new manager: the move is somebody else's."
        }
        return result
