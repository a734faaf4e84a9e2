from odoo import api, fields, models

# field -> model that it counts
_COUNTED = {
    "career_aspiration_count": "career.aspiration",
    "career_conversation_count": "career.conversation",
    "career_plan_count": "career.plan",
    "career_participation_count": "career.participation",
}


class CareerEmployeeButtonMixin(models.AbstractModel):
    """Smart buttons of an employee: how many documents the VIEWER can read.

    Counted with his own rights: a talk that is hidden from him adds nothing, and a
    button without documents is not shown at all (access.md, rule 5).
    """

    _name = "career.employee.button.mixin"
    _description = "Smart buttons of career guidance on an employee"

    career_aspiration_count = fields.Integer(
        "Career wishes", compute="_compute_career_counts", compute_sudo=False
    )
    career_conversation_count = fields.Integer(
        "Career conversations", compute="_compute_career_counts", compute_sudo=False
    )
    career_plan_count = fields.Integer(
        "Development plans", compute="_compute_career_counts", compute_sudo=False
    )
    career_participation_count = fields.Integer(
        "Cycles", compute="_compute_career_counts", compute_sudo=False
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_career_counts(self):
        # without the superuser of a caller: the counts are those of the user
        viewer = self.with_env(self.env(su=False)).env
        for name, model in _COUNTED.items():
            counts = {
                employee.id: count
                for employee, count in viewer[model]._read_group(
                    [("employee_id", "in", self.ids)], ["employee_id"], ["__count"]
                )
            }
            for employee in self:
                employee[name] = counts.get(employee.id, 0)

    def _career_open_documents(self, action):
        self.ensure_one()
        values = self.env["ir.actions.act_window"]._for_xml_id(
            f"career_guidance.{action}"
        )
        values["domain"] = [("employee_id", "=", self.id)]
        values["context"] = {"create": False}
        return values

    def action_career_aspirations(self):
        """Open the wishes of this employee that the user can read."""
        return self._career_open_documents("career_aspiration_action_shared")

    def action_career_conversations(self):
        """Open the conversations of this employee that the user can read."""
        return self._career_open_documents("career_conversation_action_guided")

    def action_career_plans(self):
        """Open the plans of this employee that the user can read."""
        return self._career_open_documents("career_plan_action_guided")

    def action_career_participations(self):
        """Open the cycles of this employee that the user can read."""
        values = self._career_open_documents("career_participation_action")
        values["context"]["search_default_group_cycle"] = 1
        return values
