from odoo import api, fields, models


class HrJob(models.Model):
    _inherit = "hr.job"

    career_shift_work = fields.Boolean(
        "Shift work",
        help="During a career conversation with the line manager, somebody has to take "
        "over the shift: the planning asks for a stand-in.",
    )

    career_filling_notice = fields.Char(
        "How this position is filled", compute="_compute_career_filling_notice"
    )

    @api.depends_context("lang", "uid")
    def _compute_career_filling_notice(self):
        """One message for everybody where two ways lead to a position (R3.5)."""
        for job in self:
            job.career_filling_notice = len(job._career_filling_ways()) > 1 and (
                self.env._(
                    "Colleagues can apply, and successors were prepared for this "
                    "position. Everybody who applies is looked at in the same way: who "
                    "was prepared is not chosen beforehand."
                )
            )

    def _career_filling_ways(self):
        """Hook: how this position is being filled now; an add-on adds its own way.

        :return: set of codes: ``vacancy``, ``succession``
        """
        self.ensure_one()
        return set()

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
