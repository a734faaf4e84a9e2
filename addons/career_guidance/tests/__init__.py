from . import test_story
from . import test_scorecard
