from odoo import api, models


class CareerExport(models.AbstractModel):
    _inherit = "career.export"

    @api.model
    def _career_not_followed(self):
        result = super()._career_not_followed()
        manager = "As the new manager: the move is somebody else's."
        result["career.move"] = {
            "manager_id": manager,
            "receiver_user_id": manager,
        }
        return result
