from odoo import fields, models


class HrEmployee(models.Model):
    _name = "hr.employee"
    _inherit = ["hr.employee", "career.employee.button.mixin"]

    # a field that the public profile reads from elsewhere is for HR only here
    career_aspiration_count = fields.Integer(groups="hr.group_hr_user")
    career_conversation_count = fields.Integer(groups="hr.group_hr_user")
    career_plan_count = fields.Integer(groups="hr.group_hr_user")
    career_participation_count = fields.Integer(groups="hr.group_hr_user")
