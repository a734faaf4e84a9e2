from odoo.addons.career_guidance.hooks import forget


def uninstall_hook(env):
    """Forget what Odoo itself keeps of a removed add-on."""
    forget(env, "career_guidance_reports")
