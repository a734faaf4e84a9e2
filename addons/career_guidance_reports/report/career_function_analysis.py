from odoo import fields, models
from odoo.tools import SQL

from ..tools import job_history
from .career_analysis_mixin import EMPLOYEE, VERSION


class CareerFunctionAnalysis(models.Model):
    """How long people are in their present function (K9).

    For career officers only. It comes from the job history, which Odoo shows to HR and
    to nobody else: a manager does not read it of his own people, either. What HR reads
    anyway is not suppressed.
    """

    _name = "career.function.analysis"
    _inherit = "career.analysis.page.mixin"
    _description = "Time in function"
    _auto = False
    _rec_name = "employee_id"
    _order = "date_start, id"
    _depends = {
        "hr.employee": EMPLOYEE,
        "hr.version": [*VERSION, "employee_id", "date_version", "active"],
    }

    employee_id = fields.Many2one("hr.employee", readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    job_id = fields.Many2one("hr.job", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    date_start = fields.Date(
        "In this function since",
        readonly=True,
        help="First day of the uninterrupted run of the same job. Empty where no job "
        "is known today.",
    )
    year_count = fields.Float(
        "Years in function", digits=(5, 1), aggregator="avg", readonly=True
    )
    band = fields.Selection(
        [
            ("00", "Less than 1 year"),
            ("01", "1 to 3 years"),
            ("03", "3 to 5 years"),
            ("05", "5 to 10 years"),
            ("10", "10 years and more"),
        ],
        string="Time in function",
        readonly=True,
    )
    employee_count = fields.Integer("Employees", readonly=True)

    @property
    def _table_query(self):
        day = fields.Date.context_today(self)
        value = job_history.years_sql(SQL("job.start"), day)
        return SQL(
            """
            SELECT employee.id, employee.id AS employee_id, employee.company_id,
                   version.department_id, job.job_id, job.start AS date_start,
                   %(value)s AS year_count, %(band)s AS band, 1 AS employee_count
              FROM hr_employee employee
                   JOIN hr_version version ON version.id = employee.current_version_id
                   LEFT JOIN (%(functions)s) job ON job.employee_id = employee.id
             WHERE %(population)s
            """,
            value=value,
            band=job_history.function_band_sql(value),
            functions=job_history.functions_sql(day),
            population=job_history.population_sql(self.env.companies),
        )
