from . import career_plan
from . import career_plan_action
