from . import test_plan
from . import test_plan_follow_up
from . import test_plan_rates
from . import test_plan_team
from . import test_plan_tour
from . import test_plan_year
from . import test_story
