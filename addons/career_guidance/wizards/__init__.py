from . import career_step_wizard
from . import career_personal_page_wizard
