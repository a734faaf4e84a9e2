from odoo import fields, models


class CareerFigureRelease(models.Model):
    """For which figures a group was ever published, in the order of publication.

    Numbers of a running month are replaced when it is over; what readers saw is not
    unseen by that. For the server only, as the groups.
    """

    _name = "career.figure.release"
    _description = "Publication of a key figure"
    _order = "id"
    _log_access = False

    group_id = fields.Many2one(
        "career.figure.group", required=True, index=True, ondelete="cascade"
    )
    indicator_id = fields.Many2one(
        "career.figure.indicator", required=True, index=True, ondelete="cascade"
    )
    item = fields.Char()
    basis = fields.Char()

    _release_uniq = models.Constraint(
        "UNIQUE (indicator_id, item, basis, group_id)",
        "A publication is noted once.",
    )
