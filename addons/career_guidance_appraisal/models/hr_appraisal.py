from odoo import models


class HrAppraisal(models.Model):
    """Only public facts about Enterprise's appraisals are used: see the mixin's check
    at start, which says in the log and in the settings what it does not find."""

    _name = "hr.appraisal"
    _inherit = ["career.appraisal.mixin", "hr.appraisal"]

    _career_appraisal_form = "hr_appraisal.view_hr_appraisal_form"
    _career_appraisal_groups = (
        "hr_appraisal.group_hr_appraisal_user",
        "hr_appraisal.group_hr_appraisal_manager",
    )
