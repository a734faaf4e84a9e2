from odoo.addons.career_guidance.hooks import forget


def uninstall_hook(env):
    """Forget what Odoo itself keeps of a removed add-on."""
    forget(
        env,
        "career_guidance_recruitment",
        "model\\_inherit\\_\\_career\\_application\\_\\_%",
        "model\\_inherit\\_\\_career\\_move\\_\\_%",
        "constraint\\_career\\_application\\_%",
        "constraint\\_career\\_move\\_%",
    )
