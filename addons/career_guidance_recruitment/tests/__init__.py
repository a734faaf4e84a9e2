from . import test_match
from . import test_mobility
from . import test_mobility_matrix
from . import test_privacy
