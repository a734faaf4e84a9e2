from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.career_guidance.tools.selection import labels_of

from ..tools import job_history
from .career_analysis_mixin import EMPLOYEE, VERSION


class CareerAgeAnalysis(models.Model):
    """The age curve, by gender and department (K11).

    For career officers only, and groups only. Birthdays and gender are private in
    Odoo, and a career officer need not have the rights of HR: a row is therefore a
    group of people with the same values, and carries neither a name nor the number of
    an employee.
    """

    _name = "career.age.analysis"
    _inherit = "career.analysis.page.mixin"
    _description = "Age curve"
    _auto = False
    _order = "id"
    _rec_name = "age_band"
    _depends = {
        "hr.employee": [*EMPLOYEE, "birthday"],
        "hr.version": [*VERSION, "sex"],
    }

    company_id = fields.Many2one("res.company", readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    age_band = fields.Selection(
        selection=lambda self: job_history.age_labels(), string="Age", readonly=True
    )
    sex = fields.Selection(
        labels_of("hr.version", "sex"),
        string="Gender",
        readonly=True,
    )
    employee_count = fields.Integer("Employees", readonly=True)

    @property
    def _table_query(self):
        day = fields.Date.context_today(self)
        return SQL(
            """
            SELECT row_number() OVER (
                       ORDER BY company_id, department_id, age_band, sex
                   ) AS id, *
              FROM (
                SELECT employee.company_id, version.department_id,
                       %(age)s AS age_band, version.sex,
                       COUNT(*)::int AS employee_count
                  FROM hr_employee employee
                       JOIN hr_version version
                         ON version.id = employee.current_version_id
                 WHERE %(population)s
                 GROUP BY 1, 2, 3, 4
              ) curve
            """,
            age=job_history.age_band_sql(SQL("employee.birthday"), day),
            population=job_history.population_sql(self.env.companies),
        )
