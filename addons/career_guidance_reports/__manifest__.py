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
    "images": ["static/description/banner.png"],
    "depends": ["career_guidance", "spreadsheet_dashboard"],
    "data": [
        # security
        "security/ir.model.access.csv",
        "security/career_analysis_rules.xml",
        "security/career_figure_rules.xml",
        # data
        "data/career_figure_indicator_data.xml",
        "data/ir_cron_data.xml",
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
        "report/career_figure_overview_views.xml",
        "report/career_policy_report_document.xml",
        # views
        "views/career_figure_cell_views.xml",
        "views/career_figure_snapshot_views.xml",
        "views/career_figure_indicator_views.xml",
        "views/career_policy_report_views.xml",
        "views/res_config_settings_views.xml",
        # menus
        "views/career_reports_menus.xml",
        "views/career_analysis_menus.xml",
        # dashboard (names a menu)
        "data/spreadsheet_dashboard_data.xml",
    ],
    "demo": ["demo/career_guidance_reports_demo.xml"],
    "assets": {
        # Odoo's graph view is there
        "web.assets_backend_lazy": [
            "career_guidance_reports/static/src/career_figure_graph.js",
        ],
        "web.assets_unit_tests": [
            "career_guidance_reports/static/tests/**/*.test.js",
        ],
        "web.assets_tests": [
            "career_guidance_reports/static/tests/tours/**/*",
        ],
    },
    "uninstall_hook": "uninstall_hook",
}
