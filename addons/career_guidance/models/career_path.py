from odoo import api, fields, models


class CareerPath(models.Model):
    """A way through the company, from job to job; open to everybody (R3.5, R3.7)."""

    _name = "career.path"
    _description = "Career path"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    description = fields.Text(translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", index="btree_not_null", ondelete="cascade"
    )
    step_ids = fields.One2many("career.path.step", "path_id", string="Steps")

    @api.model
    @api.readonly
    def get_career_map(self, job_id=None):
        """The paths around one job, for the picture.

        :param job_id: id of ``hr.job``; by default the caller's own job
        :return: ``{"job", "before": [...], "after": [...]}``; each step with its kind,
            its duration in months, the story of who did it, and, for steps that go on,
            the gap in words and numbers for the caller
        """
        employee = self.env.user._career_employee()
        # sudo: hr.employee - the caller's own job
        own_job = employee.sudo().job_id.with_env(self.env)
        job = self.env["hr.job"].browse(job_id).exists() if job_id else own_job
        steps = self.env["career.path.step"]
        if job:
            # an archived path, or job, leads nowhere
            steps = steps.search(
                [
                    ("path_id.active", "=", True),
                    ("from_job_id.active", "=", True),
                    ("to_job_id.active", "=", True),
                    "|",
                    ("from_job_id", "=", job.id),
                    ("to_job_id", "=", job.id),
                ]
            )
        after = steps.filtered(lambda s: s.from_job_id == job)
        return {
            "job": job and {"id": job.id, "name": job.name},
            "is_own": bool(job) and job == own_job,
            "before": [s._career_describe(s.from_job_id) for s in steps - after],
            "after": [
                {
                    **s._career_describe(s.to_job_id),
                    "gap": s.to_job_id._career_describe_gap(employee),
                }
                for s in after
            ],
        }
