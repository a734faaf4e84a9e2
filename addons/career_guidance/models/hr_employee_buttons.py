from odoo import models


class HrEmployee(models.Model):
    """The buttons of the mixin, on HR's form as on the public profile.

    What both have must be open to the same people: Odoo reads an employee through the
    public profile for who is not of HR, field by field.
    """

    _name = "hr.employee"
    _inherit = ["hr.employee", "career.employee.button.mixin"]
