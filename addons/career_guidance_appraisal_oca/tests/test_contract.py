from odoo.tests import tagged

# the module, not the class: pytest would run the cases of an imported base by itself
from odoo.addons.career_guidance.tests import appraisal_cases


@tagged("post_install", "-at_install")
class TestContract(appraisal_cases.AppraisalCases):
    """The contract of the career part, with the appraisal module of the OCA."""

    allow_inherited_tests_method = True
    appraisal_user_group = "hr_appraisal_oca.group_appraisal_user"
    appraisal_officer_group = "hr_appraisal_oca.group_appraisal_hr_officer"
