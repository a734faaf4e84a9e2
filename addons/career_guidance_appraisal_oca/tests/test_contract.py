from odoo.tests import tagged

from odoo.addons.career_guidance.tests.appraisal_cases import AppraisalCases


@tagged("post_install", "-at_install")
class TestContract(AppraisalCases):
    """The contract of the career part, with the appraisal module of the OCA."""

    allow_inherited_tests_method = True
    appraisal_user_group = "hr_appraisal_oca.group_appraisal_user"
    appraisal_officer_group = "hr_appraisal_oca.group_appraisal_hr_officer"
