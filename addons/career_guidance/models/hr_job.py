from odoo import api, fields, models


class HrJob(models.Model):
    _inherit = "hr.job"

    career_shift_work = fields.Boolean(
        "Shift work",
        help="During a career conversation with the line manager, somebody has to take "
        "over the shift: the planning asks for a stand-in.",
    )

    career_path_count = fields.Integer(
        "Career paths", compute="_compute_career_counts", compute_sudo=False
    )
    career_wish_count = fields.Integer(
        "Wishes for this job", compute="_compute_career_counts", compute_sudo=False
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_career_counts(self):
        """Paths that begin or end here, and the wishes that the VIEWER can read."""
        viewer = self.with_env(self.env(su=False)).env
        wishes = {
            job.id: count
            for job, count in viewer["career.aspiration"]._read_group(
                [("target_job_id", "in", self.ids), ("state", "=", "active")],
                ["target_job_id"],
                ["__count"],
            )
        }
        paths = {}
        for name in ("from_job_id", "to_job_id"):
            for job, found in viewer["career.path.step"]._read_group(
                [(name, "in", self.ids), ("path_id.active", "=", True)],
                [name],
                ["path_id:recordset"],
            ):
                paths.setdefault(job.id, set()).update(found.ids)
        for job in self:
            job.career_wish_count = wishes.get(job.id, 0)
            job.career_path_count = len(paths.get(job.id, ()))

    def action_career_paths(self):
        """Open the career paths that begin or end at this job."""
        self.ensure_one()
        steps = self.env["career.path.step"].search(
            ["|", ("from_job_id", "=", self.id), ("to_job_id", "=", self.id)]
        )
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "career_guidance.career_path_action"
            ),
            "domain": [("id", "in", steps.path_id.ids)],
            "context": {},
        }

    def action_career_wishes(self):
        """Open the wishes for this job that the user can read."""
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "career_guidance.career_aspiration_action_shared"
            ),
            "domain": [("target_job_id", "=", self.id), ("state", "=", "active")],
            "context": {"create": False},
        }

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
