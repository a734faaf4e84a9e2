from odoo import api, fields, models
from odoo.tools import SQL

# Weights of the fixed formula, in percent (R4.6). No age, gender or absence in it.
_SKILLS_WEIGHT = 70
_WISH_SAME_JOB = 100
_WISH_SAME_DEPARTMENT = 60
# employees looked at in one statement: memory stays flat whatever the company's size
_BATCH = 2000


class CareerMatch(models.AbstractModel):
    """How employees and jobs fit: a fixed formula that explains itself.

    Skills count for 70%: the mean, over the skills that the job expects, of the level
    that is there as a share of the level expected, at most 1. Wishes count for 30%: 100
    where an active wish names the job, 60 where it names its department, else 0. A job
    that names no skills is matched on wishes alone.

    The scores are computed by the database, in one place (:meth:`_scores`): integers
    only, rounded down. Words are made for the pairs that are shown.
    """

    _name = "career.match"
    _description = "Match of employees and jobs"

    @api.model
    def _match(self, employees, jobs, wishes=None, limit=None):
        """Match employees with jobs, in a number of queries that does not grow.

        :param employees: records of ``hr.employee``
        :param jobs: records of ``hr.job``
        :param wishes: records of ``career.aspiration`` that may be looked at; by
            default those of the employees that the caller may read
        :param limit: explain only so many of the best of each job
        :return: ``{(employee id, job id): {"score", "skills_met", "skills_missing",
            "wishes_met", "text"}}``, only for scores above 0
        """
        if not employees or not jobs:
            return {}
        if wishes is None:
            wishes = self.env["career.aspiration"].search(
                [("employee_id", "in", employees.ids), ("state", "=", "active")]
            )
        rows = self._rank(employees, jobs, wishes, limit)
        expected = self._expected_levels(jobs)
        skills = {skill for levels in expected.values() for skill in levels}
        present = self._present_levels({row[0] for row in rows}, skills)
        names = self._skill_names(skills)
        return {
            (employee_id, job_id): self._explain(
                score, expected[job_id], present.get(employee_id, {}), wish, names
            )
            for employee_id, job_id, score, wish in rows
        }

    @api.model
    def _rank(self, employees, jobs, wishes, limit=None):
        """The scores of these pairs, the best of each job first.

        :param limit: keep only so many of each job
        :return: list of (employee id, job id, score, wish), only for scores above 0
        """
        if limit is None and len(employees) <= _BATCH:
            return self._scores(employees.ids, jobs, wishes)
        best = {job_id: [] for job_id in jobs.ids}
        ids = employees.ids
        for start in range(0, len(ids), _BATCH):
            rows = self._scores(ids[start : start + _BATCH], jobs, wishes, limit)
            for row in rows:
                best[row[1]].append(row)
            if limit is not None:
                for job_id, kept in best.items():
                    kept.sort(key=lambda row: (-row[2], row[0]))
                    best[job_id] = kept[:limit]
        return [row for kept in best.values() for row in kept]

    @api.model
    def _scores(self, employee_ids, jobs, wishes, limit=None):
        """The formula: integers only, rounded down, 0 to 100.

        Skills are readable by every employee in Odoo; the caller decides which wishes
        are looked at.
        """
        for name in (
            "hr.employee.skill",
            "hr.job.skill",
            "hr.skill.level",
            "hr.job",
            "career.aspiration",
        ):
            self.env[name].flush_model()
        today = fields.Date.context_today(self)
        return self.env.execute_query(
            SQL(
                """
            WITH expected AS (
                SELECT line.job_id, line.skill_id, max(level.level_progress) AS asked
                  FROM hr_job_skill line
                  JOIN hr_skill_level level ON level.id = line.skill_level_id
                 WHERE line.job_id = ANY(%(jobs)s)
                   AND (line.valid_to IS NULL OR line.valid_to >= %(today)s)
                   AND level.level_progress > 0
              GROUP BY line.job_id, line.skill_id
            ), asked AS (
                SELECT job_id, count(*) AS number FROM expected GROUP BY job_id
            ), present AS (
                SELECT line.employee_id, line.skill_id,
                       max(level.level_progress) AS there
                  FROM hr_employee_skill line
                  JOIN hr_skill_level level ON level.id = line.skill_level_id
                 WHERE line.employee_id = ANY(%(employees)s)
                   AND (line.valid_to IS NULL OR line.valid_to >= %(today)s)
                   AND line.skill_id IN (SELECT skill_id FROM expected)
              GROUP BY line.employee_id, line.skill_id
            ), skilled AS (
                SELECT present.employee_id, expected.job_id,
                       sum(least(there, asked)::bigint * 10000 / asked) AS met
                  FROM present JOIN expected USING (skill_id)
              GROUP BY present.employee_id, expected.job_id
            ), wished AS (
                SELECT wish.employee_id, job.id AS job_id,
                       max(CASE WHEN wish.target_job_id = job.id
                                THEN %(same_job)s ELSE %(same_department)s END) AS wish
                  FROM career_aspiration wish
                  JOIN hr_job job ON job.id = ANY(%(jobs)s)
                   AND (wish.target_job_id = job.id
                        OR wish.target_department_id = job.department_id)
                 WHERE wish.id = ANY(%(wishes)s)
                   AND wish.employee_id = ANY(%(employees)s)
              GROUP BY wish.employee_id, job.id
            ), scored AS (
                SELECT employee_id, job_id, coalesce(wish, 0) AS wish,
                       CASE WHEN asked.number IS NULL THEN coalesce(wish, 0)
                       ELSE (div(coalesce(met, 0), asked.number) * %(skills_weight)s
                             + coalesce(wish, 0) * 100 * (100 - %(skills_weight)s))
                            / 10000 END AS score
                  FROM skilled
             FULL JOIN wished USING (employee_id, job_id)
             LEFT JOIN asked USING (job_id)
            ), ranked AS (
                SELECT employee_id, job_id, floor(score)::int AS score, wish,
                       row_number() OVER (
                           PARTITION BY job_id
                               ORDER BY floor(score) DESC, employee_id
                       ) AS place
                  FROM scored
                 WHERE score >= 1
            )
            SELECT employee_id, job_id, score, wish FROM ranked
             WHERE %(limit)s IS NULL OR place <= %(limit)s
          ORDER BY job_id, place
            """,
                jobs=list(jobs.ids),
                employees=list(employee_ids),
                wishes=list(wishes.ids),
                today=today,
                same_job=_WISH_SAME_JOB,
                same_department=_WISH_SAME_DEPARTMENT,
                skills_weight=_SKILLS_WEIGHT,
                limit=limit,
            )
        )

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
            asked = expected[line.job_id.id]
            asked[line.skill_id.id] = max(
                asked.get(line.skill_id.id, 0), levels[line.skill_level_id.id]
            )
        return expected

    @api.model
    def _present_levels(self, employee_ids, skill_ids):
        """``{employee id: {skill id: level_progress}}`` of the present skills."""
        today = fields.Date.context_today(self)
        rows = self.env["hr.employee.skill"]._read_group(
            [
                ("employee_id", "in", list(employee_ids)),
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
    def _skill_names(self, skill_ids):
        skills = self.env["hr.skill"].browse(skill_ids)
        return {skill.id: skill.name for skill in skills}
