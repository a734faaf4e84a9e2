from . import career_help_guide
from . import career_preparation_record
from . import career_preparation_record_line
from . import career_slot_wizard
from . import career_slot_wizard_line
from . import career_step_wizard
from . import career_appraisal_outcome
