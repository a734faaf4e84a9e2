from odoo import fields, models


class CareerFigureGroup(models.Model):
    """The people about whom a figure is published: a company, or a part of it.

    A group keeps its members until a renewal is safe (`tools/disclosure.py`). For the
    server only: nobody has rights on it, since it says who was counted with whom.
    """

    _name = "career.figure.group"
    _description = "Group of a key figure"
    _order = "id"
    _log_access = False

    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="cascade"
    )
    dimension = fields.Selection(
        [
            ("company", "Company"),
            ("department", "Department"),
            ("gender", "Gender"),
            ("level", "Job level"),
            ("age", "Age"),
        ],
        required=True,
    )
    name = fields.Char(help="Which part: a code, or the id of the department.")
    sequence = fields.Integer(help="The order in which groups are looked at.")
    date_drawn = fields.Date(required=True)
    is_current = fields.Boolean()
    is_rest = fields.Boolean(help="What is left of the company beside other groups.")
    member_ids = fields.Many2many(
        "hr.employee",
        "career_figure_member",
        "group_id",
        "employee_id",
        groups=".",
    )

    _current_uniq = models.UniqueIndex(
        "(company_id, dimension, name) WHERE is_current",
        "A part of a company has one present group.",
    )
