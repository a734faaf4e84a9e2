from . import test_story
from . import test_cycle
from . import test_participation
