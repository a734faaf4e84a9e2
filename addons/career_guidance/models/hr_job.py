from odoo import fields, models


class HrJob(models.Model):
    _inherit = "hr.job"

    career_shift_work = fields.Boolean(
        "Shift work",
        help="During a career conversation with the line manager, somebody has to take "
        "over the shift: the planning asks for a stand-in.",
    )

    def _career_describe_gap(self, employee):
        """What a job expects more than an employee has, in words and numbers.

        :param employee: one ``hr.employee`` or none
        :return: ``{"expected": int, "met": int, "missing": [{"skill", "present",
            "expected"}]}``; ``expected`` is 0 where the job names no skills
        """
        self.ensure_one()
        expected = len(self.current_job_skill_ids)
        gap = employee.career_skill_gap(self) if employee else []
        return {
            "expected": expected,
            "met": expected - len(gap) if employee else 0,
            "missing": [
                {
                    "skill": skill.name,
                    "present": present.name or "",
                    "expected": level.name,
                }
                for skill, present, level in gap
            ],
        }
