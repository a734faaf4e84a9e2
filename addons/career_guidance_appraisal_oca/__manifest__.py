{
    "name": "Career Guidance: Appraisals (OCA)",
    "summary": "The career conversation in, or beside, the appraisal of the OCA",
    "version": "19.0.1.0.0",
    "category": "Human Resources",
    "author": "Career Guidance contributors",
    "website": "https://github.com/career-guidance/career-guidance",
    "license": "AGPL-3",
    "development_status": "Beta",
    "images": ["static/description/banner.png"],
    "depends": ["career_guidance", "hr_appraisal_oca"],
    "auto_install": True,
    "data": ["security/hr_appraisal_rules.xml"],
    "assets": {
        "web.assets_tests": [
            "career_guidance_appraisal_oca/static/tests/tours/**/*",
        ],
    },
    "uninstall_hook": "uninstall_hook",
}
