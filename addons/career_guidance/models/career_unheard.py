from odoo import fields, models
from odoo.tools import SQL


class CareerUnheard(models.Model):
    """Employees who never come forward, whatever the cycle (R3.1).

    Without a held line conversation, and without "arranged otherwise", for longer than
    the company's policy says. Wishes and hidden conversations change nothing in this
    list, so that it tells nothing about them.
    """

    _name = "career.unheard"
    _description = "Employee who never came forward"
    _auto = False
    _order = "date_last, id"
    _depends = {
        "career.conversation": [
            "employee_id",
            "state",
            "date_held",
            "conductor_role",
            "hidden_from_n1",
            "hidden_from_n2",
            "hidden_from_hr",
        ],
        "career.participation": ["employee_id", "date_arranged"],
        "hr.employee": ["active", "company_id", "current_version_id", "parent_id"],
        "hr.version": ["contract_date_start", "date_version", "department_id"],
        "res.company": ["career_unheard_months"],
    }

    employee_id = fields.Many2one("hr.employee", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    manager_id = fields.Many2one("hr.employee", readonly=True)
    date_hired = fields.Date("Hired on", readonly=True)
    date_last_held = fields.Date("Last line conversation", readonly=True)
    date_last = fields.Date("Nothing heard since", readonly=True)

    @property
    def _table_query(self):
        return SQL("%s %s %s", self._select(), self._from(), self._where())

    def _select(self):
        return SQL(
            """
            SELECT e.id AS id,
                   e.id AS employee_id,
                   e.company_id AS company_id,
                   v.department_id AS department_id,
                   e.parent_id AS manager_id,
                   hired.day AS date_hired,
                   talk.day AS date_last_held,
                   GREATEST(hired.day, talk.day, other.day) AS date_last
            """
        )

    def _from(self):
        return SQL(
            """
              FROM hr_employee e
              JOIN res_company c ON c.id = e.company_id
              LEFT JOIN hr_version v ON v.id = e.current_version_id
              LEFT JOIN (
                    SELECT employee_id,
                           MIN(COALESCE(contract_date_start, date_version)) AS day
                      FROM hr_version
                     GROUP BY employee_id
                   ) hired ON hired.employee_id = e.id
              LEFT JOIN (
                    SELECT employee_id, MAX(date_held)::date AS day
                      FROM career_conversation
                     WHERE state IN ('held', 'closed')
                       AND conductor_role = 'n1'
                       AND hidden_from_n1 IS NOT TRUE
                       AND hidden_from_n2 IS NOT TRUE
                       AND hidden_from_hr IS NOT TRUE
                     GROUP BY employee_id
                   ) talk ON talk.employee_id = e.id
              LEFT JOIN (
                    SELECT employee_id, MAX(date_arranged)::date AS day
                      FROM career_participation
                     WHERE date_arranged IS NOT NULL
                     GROUP BY employee_id
                   ) other ON other.employee_id = e.id
            """
        )

    def _where(self):
        return SQL(
            """
             WHERE e.active
               AND c.career_unheard_months > 0
               AND COALESCE(GREATEST(hired.day, talk.day, other.day), 'epoch'::date)
                   < %s::date - make_interval(months => c.career_unheard_months)
            """,
            fields.Date.context_today(self),
        )
