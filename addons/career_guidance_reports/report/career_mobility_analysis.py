from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.career_guidance.tools.selection import labels_of

from ..tools import job_history
from .career_analysis_mixin import EMPLOYEE, VERSION


class CareerMobilityAnalysis(models.Model):
    """Who moved from one job to another, up, aside or for a time (K10, R3.7).

    For career officers only, as the job history itself (see the time in function).
    """

    _name = "career.mobility.analysis"
    _inherit = "career.analysis.page.mixin"
    _description = "Internal mobility"
    _auto = False
    _rec_name = "employee_id"
    _order = "date desc, id desc"
    _depends = {
        "hr.employee": EMPLOYEE,
        "hr.version": [*VERSION, "employee_id", "date_version", "active"],
        "career.path.step": ["from_job_id", "to_job_id", "kind"],
    }

    employee_id = fields.Many2one("hr.employee", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    date = fields.Date(readonly=True)
    from_job_id = fields.Many2one("hr.job", "From", readonly=True)
    to_job_id = fields.Many2one("hr.job", "To", readonly=True)
    from_department_id = fields.Many2one(
        "hr.department", "From department", readonly=True
    )
    department_id = fields.Many2one("hr.department", readonly=True)
    is_other_department = fields.Boolean("To another department", readonly=True)
    kind = fields.Selection(
        labels_of("career.path.step", "kind"),
        readonly=True,
        help="By the career path that knows the step. Else more responsibility is a "
        "step from a job whose holders lead nobody to one whose holders lead; all "
        "other steps are at the same level.",
    )
    move_count = fields.Integer("Moves", readonly=True)
    person_count = fields.Integer("People", aggregator="count_distinct", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT move.id, move.employee_id, employee.company_id, move.date,
                   move.from_job_id, move.to_job_id, move.from_department_id,
                   move.to_department_id AS department_id,
                   COALESCE(move.from_department_id != move.to_department_id, FALSE)
                       AS is_other_department,
                   %(kind)s AS kind, 1 AS move_count, move.employee_id AS person_count
              FROM (%(changes)s) move
                   JOIN hr_employee employee ON employee.id = move.employee_id
            """,
            kind=job_history.change_kind_sql("move"),
            changes=job_history.job_changes_sql(fields.Date.context_today(self)),
        )
