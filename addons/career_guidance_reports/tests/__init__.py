from . import test_analysis_rights
