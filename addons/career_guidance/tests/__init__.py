from . import test_access_matrix
from . import test_leaks
from . import test_line_changes
from . import test_story
