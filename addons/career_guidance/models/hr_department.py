from odoo import api, fields, models


class HrDepartment(models.Model):
    """Smart buttons: what the VIEWER can read about the people of a department."""

    _inherit = "hr.department"

    career_participation_count = fields.Integer(
        "In the cycle", compute="_compute_career_counts", compute_sudo=False
    )
    career_late_count = fields.Integer(
        "Late in the cycle", compute="_compute_career_counts", compute_sudo=False
    )

    def _career_participation_domain(self):
        return [
            ("department_id", "in", self.ids),
            ("cycle_id.state", "in", ("launching", "running")),
        ]

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_career_counts(self):
        # without the superuser of a caller: the counts are those of the user
        viewer = self.with_env(self.env(su=False)).env["career.participation"]
        domain = self._career_participation_domain()
        counts, late = (
            {
                department.id: count
                for department, count in viewer._read_group(
                    rows, ["department_id"], ["__count"]
                )
            }
            for rows in (domain, [*domain, ("is_late", "=", True)])
        )
        for department in self:
            department.career_participation_count = counts.get(department.id, 0)
            department.career_late_count = late.get(department.id, 0)

    def action_career_participations(self):
        """Open the participations of this department that the user can read."""
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "career_guidance.career_participation_action"
            ),
            "domain": self._career_participation_domain(),
            "context": {"create": False},
        }
