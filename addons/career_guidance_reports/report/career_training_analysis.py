from odoo import api, fields, models
from odoo.tools import SQL

from .career_analysis_mixin import AUDIENCE, EMPLOYEE, VERSION

# No document at all: shared with the line and HR, as every colleague reads it in Odoo.
_OPEN = SQL(
    """
    employee.id AS employee_id, employee.company_id,
    employee.user_id AS employee_user_id,
    n1.user_id AS n1_user_id, n2.user_id AS n2_user_id,
    NULL::int AS conductor_user_id,
    FALSE AS hidden_from_n1, FALSE AS hidden_from_n2, FALSE AS hidden_from_hr,
    TRUE AS share_n1, TRUE AS share_n2, TRUE AS share_hr,
    employee.id AS person_count, 'n1'::text AS conductor_role
    """
)
# The line of an employee as `hr.employee._career_line_users` has it, as joins: a
# condition on the manager's user then begins at the index of that user.
_LINE = SQL(
    """
    LEFT JOIN hr_employee boss ON boss.id = employee.parent_id
    LEFT JOIN hr_employee n1
           ON n1.id = boss.id AND n1.active AND employee.active
          AND n1.id != employee.id
          AND n1.user_id IS DISTINCT FROM employee.user_id
    LEFT JOIN hr_employee n2
           ON n2.id = boss.parent_id AND n2.active AND employee.active
          AND n2.id NOT IN (employee.id, boss.id)
          AND n2.user_id IS DISTINCT FROM employee.user_id
          AND n2.user_id IS DISTINCT FROM n1.user_id
    """
)


class CareerTrainingAnalysis(models.Model):
    """Training: what was done of plans, and courses of the resume (K12).

    Plans are confidential, the resume is not: from plans come only those that the
    viewer may read, so that the list of a person may be shorter than the figure of the
    company.
    """

    _name = "career.training.analysis"
    _inherit = "career.analysis.mixin"
    _description = "Analysis of training"
    _auto = False
    _order = "date desc, id desc"
    _career_source = "career.plan.action"
    _depends = {
        "career.plan": ["conductor_role"],
        "career.plan.action": [
            *AUDIENCE,
            "plan_id",
            "method_category",
            "name",
            "state",
            "date_done",
            "hours",
        ],
        "hr.resume.line": [
            "employee_id",
            "line_type_id",
            "name",
            "date_start",
            "date_end",
            "duration",
        ],
        "hr.resume.line.type": ["is_course"],
        "hr.employee": EMPLOYEE,
        "hr.version": VERSION,
    }

    name = fields.Char("What", readonly=True)
    origin = fields.Selection(
        [("plan", "Development plan"), ("resume", "Resume")],
        string="Comes from",
        readonly=True,
    )
    date = fields.Date("Done on", readonly=True)
    hours = fields.Float(readonly=True)
    training_count = fields.Integer("Trainings", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT 2 * action.id AS id, %(audience)s,
                   plan.conductor_role::text AS conductor_role,
                   version.department_id, version.job_id,
                   action.name::text AS name, 'plan'::text AS origin,
                   action.date_done AS date, action.hours, 1 AS training_count
              FROM career_plan_action action
                   LEFT JOIN career_plan plan ON plan.id = action.plan_id
                   %(place)s
             WHERE action.state = 'done' AND action.method_category = 'formal_training'
         UNION ALL
            SELECT 2 * line.id + 1 AS id, %(open)s,
                   version.department_id, version.job_id,
                   COALESCE(line.name ->> %(lang)s, line.name ->> 'en_US') AS name,
                   'resume'::text AS origin,
                   COALESCE(line.date_end, line.date_start) AS date,
                   line.duration::float8 AS hours, 1 AS training_count
              FROM hr_resume_line line
                   JOIN hr_resume_line_type type
                     ON type.id = line.line_type_id AND type.is_course
                   JOIN hr_employee employee ON employee.id = line.employee_id
                   LEFT JOIN hr_version version
                          ON version.id = employee.current_version_id
                   %(line)s
             WHERE COALESCE(line.date_end, line.date_start) <= %(today)s AND %(below)s
            """,
            audience=self._career_audience_sql("action"),
            place=self._career_place_sql("action"),
            open=_OPEN,
            line=_LINE,
            lang=self.env.lang or "en_US",
            today=fields.Date.context_today(self),
            below=self._career_below_sql(),
        )

    @api.model
    def _career_below_sql(self):
        """Of who is not HR, only people below the viewer come into question.

        The record rules decide. But the line is here two joins away, and the database
        would walk over every resume to find the few of one team.
        """
        if self.env.su or self.env.user.has_group(
            "career_guidance.group_career_officer"
        ):
            return SQL("TRUE")
        return SQL(
            """
            line.employee_id IN (
                SELECT report.id FROM hr_employee me
                  JOIN hr_employee report ON report.parent_id = me.id
                 WHERE me.user_id = %(me)s
                 UNION
                SELECT below.id FROM hr_employee me
                  JOIN hr_employee report ON report.parent_id = me.id
                  JOIN hr_employee below ON below.parent_id = report.id
                 WHERE me.user_id = %(me)s
            )
            """,
            me=self.env.uid,
        )

    def _career_documents(self):
        """The actions; what is on the resume is no confidential document."""
        return self.env["career.plan.action"].browse(
            [number // 2 for number in self.ids if number % 2 == 0]
        )
