from . import export
from . import personal_page
from . import personal_page_parts
