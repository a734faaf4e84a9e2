from . import career_step_wizard
from . import career_appraisal_outcome
