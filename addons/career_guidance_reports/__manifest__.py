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
        # data
        # wizards
        # reports
        # views
        # menus
        "views/career_reports_menus.xml",
    ],
    "uninstall_hook": "uninstall_hook",
}
