from . import job_history
