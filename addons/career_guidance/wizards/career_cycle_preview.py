from odoo import SUPERUSER_ID, api, fields, models
from odoo.fields import Domain

# Names shown for each reason; the counts are complete.
_NAMES_SHOWN = 100


class CareerCyclePreview(models.TransientModel):
    """Before the launch: how many take part, and who is left out and why."""

    _name = "career.cycle.preview"
    _description = "Preview of a cycle"

    cycle_id = fields.Many2one(
        "career.cycle", required=True, readonly=True, ondelete="cascade"
    )
    included_count = fields.Integer("Take part", readonly=True)
    left_out_count = fields.Integer("Left out", readonly=True)
    no_guide_count = fields.Integer("Without a line manager", readonly=True)
    no_guide_names = fields.Text(readonly=True)
    no_user_count = fields.Integer("Without a user", readonly=True)
    untrained_count = fields.Integer("Guides without certificate", readonly=True)
    untrained_names = fields.Text(readonly=True)
    line_ids = fields.One2many(
        "career.cycle.preview.line", "preview_id", string="Why", readonly=True
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Count on creation: HR sees the names of the own companies only.

        :raise AccessError: the caller is not HR of the companies of the cycle
        """
        previews = super().create(vals_list)
        for preview in previews:
            cycle = preview.cycle_id
            cycle.check_access("write")
            cycle._career_need_officer(cycle.company_ids)
            # sudo: hr.employee - HR of these companies; counts, names and the reason
            preview.sudo().write(
                preview._career_preview_values(cycle.with_user(SUPERUSER_ID))
            )
        return previews

    @api.model
    def _career_preview_values(self, cycle):
        Employee = cycle.env["hr.employee"]
        parts = cycle._career_population_parts()
        population = Domain.AND(parts.values())
        passed = parts.pop("company")
        lines = []
        left_out = 0
        # one reason a person: the first that keeps him out
        for reason, condition in parts.items():
            out = passed & ~condition
            count = Employee.search_count(out)
            left_out += count
            if count:
                named = Employee.search(out, limit=_NAMES_SHOWN, order="name, id")
                lines.append(
                    fields.Command.create(
                        {
                            "reason": reason,
                            "count": count,
                            "names": self._career_names(named, range(count)),
                        }
                    )
                )
            passed &= condition
        untrained = self._career_untrained_guides(cycle, population)
        alone = population & (
            Domain("parent_id", "=", False)
            | Domain("parent_id", "any", [("active", "=", False)])
        )
        no_guide_count = Employee.search_count(alone)
        no_guide = Employee.search(alone, limit=_NAMES_SHOWN, order="name, id")
        return {
            "untrained_count": len(untrained),
            "untrained_names": self._career_names(untrained[:_NAMES_SHOWN], untrained),
            "included_count": Employee.search_count(population),
            "left_out_count": left_out,
            "no_guide_count": no_guide_count,
            "no_guide_names": self._career_names(no_guide, range(no_guide_count)),
            "no_user_count": Employee.search_count(
                population & Domain("user_id", "=", False)
            ),
            "line_ids": [fields.Command.clear(), *lines],
        }

    @api.model
    def _career_names(self, shown, everybody):
        names = ", ".join(shown.mapped("name"))
        return names + (" ..." if len(everybody) > len(shown) else "")

    @api.model
    def _career_untrained_guides(self, cycle, population):
        """Who would hold the conversations without the certificate asked for (R2.2).

        They are named to HR; nobody is left out for it.
        """
        Employee = cycle.env["hr.employee"]
        if not any(company.career_guide_skill_id for company in cycle.company_ids):
            return Employee
        managers = Employee.union(
            *(
                manager
                for (manager,) in Employee._read_group(
                    population & Domain("parent_id", "!=", False), ["parent_id"]
                )
            )
        )
        guides = cycle.env["career.guide.certificate"].search(
            [
                ("id", "in", managers.ids),
                ("state", "in", ("1_none", "2_expired")),
                ("company_id.career_guide_skill_id", "!=", False),
            ]
        )
        return guides.employee_id

    def action_launch(self):
        """Launch the cycle that was looked at."""
        self.ensure_one()
        self.cycle_id.action_launch()
        return {"type": "ir.actions.act_window_close"}
