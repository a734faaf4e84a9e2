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
        result["career.wish.figure"] = {
            "member_ids": "Who was counted last month, until the next: kept so that "
            "the difference tells of nobody; nothing written about the person."
        }
        return result
