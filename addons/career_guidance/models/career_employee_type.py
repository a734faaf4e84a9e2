from odoo import fields, models


class CareerEmployeeType(models.Model):
    """The types of employees of Odoo's HR, as records that a policy can choose from."""

    _name = "career.employee.type"
    _description = "Employee type"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True, help="The technical value of the employee type in Odoo's HR."
    )
    sequence = fields.Integer(default=10)

    _code_uniq = models.UniqueIndex("(code)", "This employee type exists already.")
