from . import career_application
from . import career_match
from . import career_move
from . import hr_applicant
from . import hr_employee
from . import hr_job
from . import res_company
from . import res_config_settings
