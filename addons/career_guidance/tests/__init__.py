from . import test_conversation
from . import test_guidance
from . import test_planning
from . import test_preparation
from . import test_story
from . import test_sample
from . import test_path
from . import test_scorecard
