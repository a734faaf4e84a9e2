{
    "name": "Career Guidance: privacy look-up",
    "summary": "Erasure of a person through Odoo's privacy look-up",
    "version": "19.0.1.0.0",
    "category": "Human Resources",
    "author": "Career Guidance contributors",
    "website": "https://github.com/career-guidance/career-guidance",
    "license": "AGPL-3",
    "development_status": "Beta",
    "images": ["static/description/banner.png"],
    "depends": ["career_guidance", "privacy_lookup"],
    "auto_install": True,
    "uninstall_hook": "uninstall_hook",
}
