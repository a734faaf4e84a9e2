from . import hr_appraisal
from . import career_conversation
