{
    "name": "Career Guidance: internal mobility",
    "summary": "Internal vacancies, matching, private applications and dated moves",
    "version": "19.0.1.0.0",
    "category": "Human Resources",
    "author": "Career Guidance contributors",
    "website": "https://github.com/career-guidance/career-guidance",
    "license": "AGPL-3",
    "development_status": "Beta",
    "images": ["static/description/banner.png"],
    "depends": ["career_guidance", "hr_recruitment", "hr_recruitment_skills"],
    "auto_install": True,
    "data": [
        # security
        "security/ir.model.access.csv",
        "security/career_guidance_recruitment_rules.xml",
        # data
        "data/ir_cron_data.xml",
        # wizards
        "wizards/career_application_answer_views.xml",
        "wizards/career_match_line_views.xml",
        # views
        "views/career_application_views.xml",
        "views/career_move_views.xml",
        "views/hr_applicant_views.xml",
        "views/hr_job_views.xml",
        "views/career_wish_figure_views.xml",
        "views/res_config_settings_views.xml",
        "views/res_config_settings_privacy_views.xml",
        # menus
        "views/career_guidance_recruitment_menus.xml",
    ],
    "demo": ["demo/career_guidance_recruitment_demo.xml"],
    "assets": {
        "web.assets_backend": [
            "career_guidance_recruitment/static/src/**/*",
        ],
    },
    "uninstall_hook": "uninstall_hook",
}
