from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CareerPathStep(models.Model):
    """One step from a job to another: up, aside or for a time (R3.7)."""

    _name = "career.path.step"
    _description = "Step of a career path"
    _order = "path_id, sequence, id"

    path_id = fields.Many2one(
        "career.path", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    from_job_id = fields.Many2one(
        "hr.job", string="From", required=True, index=True, ondelete="cascade"
    )
    to_job_id = fields.Many2one(
        "hr.job", string="To", required=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(
        [
            ("vertical", "More responsibility"),
            ("lateral", "Same level, other work"),
            ("temporary", "For a time"),
        ],
        required=True,
        default="lateral",
        index=True,
    )
    duration = fields.Integer(
        "Typical time (months)", help="How long people usually take to get there."
    )
    story = fields.Text(
        "What people say who did it",
        translate=True,
        help="With their agreement, and without their name if they prefer.",
    )

    _step_uniq = models.UniqueIndex(
        "(path_id, from_job_id, to_job_id)", "This step is in the path already."
    )
    _two_jobs = models.Constraint(
        "CHECK (from_job_id <> to_job_id)", "A step leads to another job."
    )
    _duration_positive = models.Constraint(
        "CHECK (duration IS NULL OR duration >= 0)", "A time is not negative."
    )

    @api.constrains("path_id", "from_job_id", "to_job_id", "kind")
    def _check_cycle(self):
        """Steps up never lead back to where they began; aside and back is fine."""
        for path in self.path_id:
            up = {}
            for step in path.step_ids.filtered(lambda s: s.kind == "vertical"):
                up.setdefault(step.from_job_id, []).append(step.to_job_id)
            for start in up:
                reached, todo = set(), list(up[start])
                while todo:
                    job = todo.pop()
                    if job == start:
                        raise ValidationError(
                            self.env._(
                                'In the path "%(path)s" the steps up from %(job)s lead '
                                "back to it. Make one of them a step aside.",
                                path=path.name,
                                job=start.name,
                            )
                        )
                    if job not in reached:
                        reached.add(job)
                        todo += up.get(job, [])

    def _career_describe(self, job):
        """What the picture shows of the step, seen towards a job."""
        self.ensure_one()
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        return {
            "id": self.id,
            "job": {"id": job.id, "name": job.name},
            "path": self.path_id.name,
            "kind": self.kind,
            "kind_label": kinds[self.kind],
            "duration": self.duration,
            "story": self.story or "",
        }
