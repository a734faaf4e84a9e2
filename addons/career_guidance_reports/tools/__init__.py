from . import disclosure
from . import figures
from . import queries
from . import workbook
