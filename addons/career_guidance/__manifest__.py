{
    "name": "Career Guidance",
    "summary": "Career aspirations, confidential career conversations and development "
    "plans that are followed up",
    "version": "19.0.1.0.0",
    "category": "Human Resources",
    "author": "Career Guidance contributors",
    "website": "https://github.com/career-guidance/career-guidance",
    "license": "AGPL-3",
    "development_status": "Beta",
    "application": True,
    "depends": ["hr", "hr_skills", "calendar", "mail"],
    "data": [
        # security
        "security/career_guidance_groups.xml",
        "security/ir.model.access.csv",
        "security/career_guidance_rules.xml",
        "security/career_personal_page_rules.xml",
        # data
        "data/career_channel_data.xml",
        "data/career_question_data.xml",
        "data/career_development_method_data.xml",
        # wizards
        "wizards/career_step_wizard_views.xml",
        "wizards/career_personal_page_wizard_views.xml",
        # views
        "views/career_history_views.xml",
        "views/career_channel_views.xml",
        "views/career_question_views.xml",
        "views/career_development_method_views.xml",
        "views/career_coach_views.xml",
        "views/career_aspiration_views.xml",
        "views/career_preparation_views.xml",
        "views/career_feedback_views.xml",
        "views/career_referral_views.xml",
        "views/career_conversation_views.xml",
        "views/career_plan_action_views.xml",
        "views/career_plan_views.xml",
        "views/career_trajectory_views.xml",
        "views/career_personal_page_views.xml",
        "views/career_personal_page_templates.xml",
        "views/career_security_event_views.xml",
        "views/hr_employee_views.xml",
        "views/res_config_settings_views.xml",
        # reports
        "report/career_personal_page_report.xml",
        # menus
        "views/career_guidance_menus.xml",
        "views/career_personal_page_menus.xml",
    ],
    "demo": [
        "demo/career_guidance_demo.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "career_guidance/static/src/**/*",
        ],
        "web.assets_unit_tests": [
            "career_guidance/static/tests/**/*.test.js",
        ],
    },
}
