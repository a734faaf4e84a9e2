from . import career_application_answer
