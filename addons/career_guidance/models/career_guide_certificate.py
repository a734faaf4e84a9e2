from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

# A certificate that ends within this time is named to HR, so that a course can follow.
_EXPIRES_WITHIN = timedelta(days=60)


class CareerGuideCertificate(models.Model):
    """Who guides others, and until when the training for it is valid (R2.2)."""

    _name = "career.guide.certificate"
    _description = "Certificate of a guide"
    _auto = False
    _order = "state, valid_to, id"
    _depends = {
        "career.coach": ["employee_id", "active"],
        "hr.employee": ["active", "company_id", "current_version_id", "parent_id"],
        "hr.employee.skill": ["employee_id", "skill_id", "valid_from", "valid_to"],
        "hr.version": ["department_id"],
        "res.company": ["career_guide_skill_id"],
    }

    employee_id = fields.Many2one("hr.employee", string="Guide", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    is_coach = fields.Boolean("Coach", readonly=True)
    team_size = fields.Integer("Team", readonly=True)
    valid_from = fields.Date("Certified since", readonly=True)
    valid_to = fields.Date("Valid until", readonly=True)
    state = fields.Selection(
        [
            ("1_none", "No certificate"),
            ("2_expired", "Expired"),
            ("3_soon", "Expires within 60 days"),
            ("4_valid", "Valid"),
        ],
        string="Certificate",
        readonly=True,
    )

    @api.depends("employee_id")
    def _compute_display_name(self):
        for guide in self:
            guide.display_name = guide.employee_id.name

    @property
    def _table_query(self):
        today = fields.Date.context_today(self)
        return SQL(
            """
            SELECT e.id AS id,
                   e.id AS employee_id,
                   e.company_id AS company_id,
                   v.department_id AS department_id,
                   coach.employee_id IS NOT NULL AS is_coach,
                   COALESCE(team.size, 0) AS team_size,
                   certificate.valid_from AS valid_from,
                   NULLIF(certificate.valid_to, 'infinity'::date) AS valid_to,
                   CASE WHEN certificate.valid_to IS NULL THEN '1_none'
                        WHEN certificate.valid_to < %(today)s THEN '2_expired'
                        WHEN certificate.valid_to < %(soon)s THEN '3_soon'
                        ELSE '4_valid'
                   END AS state
              FROM hr_employee e
              JOIN res_company c ON c.id = e.company_id
              LEFT JOIN hr_version v ON v.id = e.current_version_id
              LEFT JOIN (
                    SELECT parent_id, COUNT(*) AS size
                      FROM hr_employee
                     WHERE active AND parent_id IS NOT NULL AND parent_id != id
                     GROUP BY parent_id
                   ) team ON team.parent_id = e.id
              LEFT JOIN career_coach coach
                     ON coach.employee_id = e.id AND coach.active
              LEFT JOIN (
                    SELECT employee_id, skill_id,
                           MIN(valid_from) AS valid_from,
                           MAX(COALESCE(valid_to, 'infinity'::date)) AS valid_to
                      FROM hr_employee_skill
                     WHERE valid_from <= %(today)s
                     GROUP BY employee_id, skill_id
                   ) certificate
                     ON certificate.employee_id = e.id
                    AND certificate.skill_id = c.career_guide_skill_id
             WHERE e.active AND (team.size > 0 OR coach.employee_id IS NOT NULL)
            """,
            today=today,
            soon=today + _EXPIRES_WITHIN,
        )
