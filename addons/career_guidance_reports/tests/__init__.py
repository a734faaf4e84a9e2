from . import test_analysis_rights
from . import test_analysis_figures
