from odoo import api, fields, models

# Weights of the fixed formula, in percent (R4.6). No age, gender or absence in it.
_SKILLS_WEIGHT = 70
_WISH_SAME_JOB = 100
_WISH_SAME_DEPARTMENT = 60


class CareerMatch(models.AbstractModel):
    """How employees and jobs fit: a fixed formula that explains itself.

    Skills count for 70%: the mean, over the skills that the job expects, of the level
    that is there as a share of the level expected, at most 1. Wishes count for 30%: 100
    where an active wish names the job, 60 where it names its department, else 0. A job
    that names no skills is matched on wishes alone.
    """

    _name = "career.match"
    _description = "Match of employees and jobs"

    @api.model
    def _match(self, employees, jobs, wishes=None):
        """Match employees with jobs, in a number of queries that does not grow.

        :param employees: records of ``hr.employee``
        :param jobs: records of ``hr.job``
        :param wishes: records of ``career.aspiration`` that may be looked at; by
            default those of the employees that the caller may read
        :return: ``{(employee id, job id): {"score", "skills_met", "skills_missing",
            "wishes_met", "text"}}``, only for scores above 0
        """
        if not employees or not jobs:
            return {}
        if wishes is None:
            wishes = self.env["career.aspiration"].search(
                [("employee_id", "in", employees.ids), ("state", "=", "active")]
            )
        expected = self._expected_levels(jobs)
        skills = {skill for levels in expected.values() for skill in levels}
        present = self._present_levels(employees, skills)
        wished_jobs, wished_departments = self._wished(wishes)
        names = self._skill_names(skills)
        departments = {job.id: job.department_id.id for job in jobs}
        result = {}
        for employee_id in employees.ids:
            own = present.get(employee_id, {})
            own_jobs = wished_jobs.get(employee_id, ())
            own_departments = wished_departments.get(employee_id, ())
            for job_id, levels in expected.items():
                wish = 0
                if job_id in own_jobs:
                    wish = _WISH_SAME_JOB
                elif departments[job_id] and departments[job_id] in own_departments:
                    wish = _WISH_SAME_DEPARTMENT
                score = self._score(levels, own, wish)
                if score:
                    result[employee_id, job_id] = self._explain(
                        score, levels, own, wish, names
                    )
        return result

    @api.model
    def _score(self, levels, own, wish) -> int:
        """The formula: integers only, rounded down, 0 to 100."""
        asked = {skill: level for skill, level in levels.items() if level}
        if not asked:
            return wish
        met = sum(
            min(own.get(skill, 0), level) * 10000 // level
            for skill, level in asked.items()
        )
        skills = met // len(asked)
        return (skills * _SKILLS_WEIGHT + wish * 100 * (100 - _SKILLS_WEIGHT)) // 10000

    @api.model
    def _explain(self, score, levels, own, wish, names):
        met = [names[s] for s, level in levels.items() if own.get(s, 0) >= level]
        missing = [names[s] for s, level in levels.items() if own.get(s, 0) < level]
        wishes = []
        if wish == _WISH_SAME_JOB:
            wishes.append(self.env._("a wish names this job"))
        elif wish:
            wishes.append(self.env._("a wish names this department"))
        lines = []
        if met:
            lines.append(
                self.env._("Skills that are there: %(names)s.", names=", ".join(met))
            )
        if missing:
            lines.append(
                self.env._("Skills to grow: %(names)s.", names=", ".join(missing))
            )
        if wishes:
            lines.append(self.env._("Wishes: %(names)s.", names=", ".join(wishes)))
        return {
            "score": score,
            "skills_met": met,
            "skills_missing": missing,
            "wishes_met": wishes,
            "text": "\n".join(lines),
        }

    @api.model
    def _expected_levels(self, jobs):
        """``{job id: {skill id: level_progress}}`` of every job, also of bare ones."""
        expected = {job_id: {} for job_id in jobs.ids}
        today = fields.Date.context_today(self)
        lines = self.env["hr.job.skill"].search_fetch(
            [
                ("job_id", "in", jobs.ids),
                "|",
                ("valid_to", "=", False),
                ("valid_to", ">=", today),
            ],
            ["job_id", "skill_id", "skill_level_id"],
        )
        levels = {level.id: level.level_progress for level in lines.skill_level_id}
        for line in lines:
            expected[line.job_id.id][line.skill_id.id] = levels[line.skill_level_id.id]
        return expected

    @api.model
    def _present_levels(self, employees, skill_ids):
        """``{employee id: {skill id: level_progress}}`` of the present skills."""
        today = fields.Date.context_today(self)
        rows = self.env["hr.employee.skill"]._read_group(
            [
                ("employee_id", "in", employees.ids),
                ("skill_id", "in", list(skill_ids)),
                "|",
                ("valid_to", "=", False),
                ("valid_to", ">=", today),
            ],
            ["employee_id", "skill_id", "skill_level_id"],
        )
        present = {}
        for employee, skill, level in rows:
            own = present.setdefault(employee.id, {})
            own[skill.id] = max(own.get(skill.id, 0), level.level_progress)
        return present

    @api.model
    def _wished(self, wishes):
        jobs, departments = {}, {}
        for wish in wishes:
            if wish.target_job_id:
                jobs.setdefault(wish.employee_id.id, set()).add(wish.target_job_id.id)
            if wish.target_department_id:
                departments.setdefault(wish.employee_id.id, set()).add(
                    wish.target_department_id.id
                )
        return jobs, departments

    @api.model
    def _skill_names(self, skill_ids):
        skills = self.env["hr.skill"].browse(skill_ids)
        return {skill.id: skill.name for skill in skills}
