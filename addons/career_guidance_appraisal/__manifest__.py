{
    "name": "Career Guidance: Appraisals (Enterprise)",
    "summary": "The career conversation in, or beside, the appraisal of Odoo "
    "Enterprise. Not yet run against Enterprise",
    "version": "19.0.1.0.0",
    "category": "Human Resources",
    "author": "Career Guidance contributors",
    "website": "https://github.com/career-guidance/career-guidance",
    "license": "AGPL-3",
    "development_status": "Alpha",
    "images": ["static/description/banner.png"],
    "depends": ["career_guidance", "hr_appraisal"],
    "auto_install": True,
    "uninstall_hook": "uninstall_hook",
}
