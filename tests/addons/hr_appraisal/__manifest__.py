{
    "name": "STAND-IN for Odoo Enterprise's appraisals (tests only)",
    "summary": "Not Odoo's module: a model with the same public names, for one test",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "author": "Career Guidance contributors",
    "website": "https://github.com/career-guidance/career-guidance",
    "license": "AGPL-3",
    "depends": ["hr", "mail", "calendar"],
    "data": [
        "security/hr_appraisal_security.xml",
        "security/ir.model.access.csv",
        "views/hr_appraisal_views.xml",
    ],
}
