from . import career_step_wizard
