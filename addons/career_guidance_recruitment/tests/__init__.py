from . import test_match
from . import test_mobility
