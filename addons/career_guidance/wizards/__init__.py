from . import career_step_wizard
from . import career_cycle_preview
from . import career_cycle_preview_line
from . import career_participation_plan
from . import career_participation_plan_line
from . import career_resource_evaluate
