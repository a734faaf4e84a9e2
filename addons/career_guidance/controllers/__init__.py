from . import personal_page
