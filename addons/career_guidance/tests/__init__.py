from . import test_story
from . import test_cycle
from . import test_participation
from . import test_deal
from . import test_resource
from . import test_assessment
from . import test_cycle_tour
