from odoo import fields, models


class HrAppraisal(models.Model):
    """A stand-in with the public names of Enterprise's model; see the README."""

    _name = "hr.appraisal"
    _inherit = ["hr.mixin", "mail.thread"]
    _description = "Employee Appraisal"
    _rec_name = "employee_id"

    employee_id = fields.Many2one(
        "hr.employee", required=True, index=True, ondelete="cascade"
    )
    manager_ids = fields.Many2many("hr.employee", "stand_in_appraisal_manager_rel")
    meeting_ids = fields.Many2many("calendar.event", "stand_in_appraisal_event_rel")
    company_id = fields.Many2one(related="employee_id.company_id", store=True)
    date_close = fields.Date()
    state = fields.Selection(
        [("1_new", "New"), ("2_pending", "Pending"), ("3_done", "Done")],
        default="1_new",
        required=True,
    )
