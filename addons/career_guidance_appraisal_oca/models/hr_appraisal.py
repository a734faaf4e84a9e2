from odoo import models


class HrAppraisal(models.Model):
    _name = "hr.appraisal"
    _inherit = ["career.appraisal.mixin", "hr.appraisal"]

    _career_appraisal_form = "hr_appraisal_oca.hr_appraisal_form_view"
    _career_appraisal_groups = (
        "hr_appraisal_oca.group_appraisal_user",
        "hr_appraisal_oca.group_appraisal_hr_officer",
    )
