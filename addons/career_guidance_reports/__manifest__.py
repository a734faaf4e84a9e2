{
    "name": "Career Guidance: key figures",
    "summary": "Key figures of career guidance: snapshots that protect small groups, "
    "reports, a dashboard and the yearly policy report",
    "version": "19.0.1.0.0",
    "category": "Human Resources",
    "author": "Career Guidance contributors",
    "website": "https://github.com/career-guidance/career-guidance",
    "license": "AGPL-3",
    "development_status": "Beta",
    "depends": ["career_guidance", "spreadsheet_dashboard"],
    "data": [
        # security
        "security/ir.model.access.csv",
        "security/career_analysis_rules.xml",
        # data
        # wizards
        # reports
        "report/career_plan_analysis_views.xml",
        "report/career_action_analysis_views.xml",
        "report/career_need_analysis_views.xml",
        "report/career_checkpoint_analysis_views.xml",
        "report/career_participation_analysis_views.xml",
        "report/career_training_analysis_views.xml",
        "report/career_function_analysis_views.xml",
        "report/career_age_analysis_views.xml",
        "report/career_mobility_analysis_views.xml",
        # views
        # menus
        "views/career_reports_menus.xml",
        "views/career_analysis_menus.xml",
    ],
    "uninstall_hook": "uninstall_hook",
}
