from odoo.addons.career_guidance.tests.appraisal_cases import AppraisalCommon


class OcaCommon(AppraisalCommon):
    """People with the groups of the appraisal module of the OCA."""

    appraisal_user_group = "hr_appraisal_oca.group_appraisal_user"
    appraisal_officer_group = "hr_appraisal_oca.group_appraisal_hr_officer"
