from . import export
from . import personal_page
