from . import career_application_answer
from . import career_match_line
