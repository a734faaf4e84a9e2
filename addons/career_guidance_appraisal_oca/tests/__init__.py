from . import test_contract
from . import test_oca
from . import test_tour
