from . import test_analysis_rights
from . import test_analysis_figures
from . import test_figure_disclosure
from . import test_figure_attack
from . import test_figures
from . import test_figure_snapshot
from . import test_figure_access
from . import test_policy_report
