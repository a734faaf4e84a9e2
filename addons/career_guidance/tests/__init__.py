from . import test_story
from . import test_sample
from . import test_home
