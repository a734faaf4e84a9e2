from . import career_personal_page_report
