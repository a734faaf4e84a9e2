from . import career_plan_document
from . import career_plan_team
from . import career_personal_page_report
