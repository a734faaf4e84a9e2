from . import job_history
from . import disclosure
from . import figures
from . import queries
from . import workbook
