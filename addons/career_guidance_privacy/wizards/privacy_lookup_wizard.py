from odoo import Command, models
from odoo.fields import Domain
from odoo.tools import email_normalize


class PrivacyLookupWizard(models.TransientModel):
    _inherit = "privacy.lookup.wizard"

    def _get_query_models_blacklist(self):
        """Who looks up reads no career document: the employee stands for them all."""
        return super()._get_query_models_blacklist() + [
            name for name in self.env if name.startswith("career.")
        ]

    def action_lookup(self):
        """Find the employee as well who has no contact with this address."""
        action = super().action_lookup()
        found = self.line_ids.filtered(lambda line: line.res_model == "hr.employee")
        email = email_normalize(self.email.strip()) or self.email.strip()
        # sudo: hr.employee - the look-up finds every record of a person, whoever looks
        employees = (
            self.env["hr.employee"]
            .sudo()
            .with_context(active_test=False)
            .search(
                Domain("name", "=ilike", self.name.strip())
                | Domain("work_email", "=ilike", email)
                | Domain("private_email", "=ilike", email)
            )
        )
        # sudo: ir.model - its id
        model = self.env["ir.model"].sudo()._get("hr.employee")
        self.line_ids = [
            Command.create(
                {
                    "res_model_id": model.id,
                    "res_id": employee.id,
                    "is_active": employee.active,
                }
            )
            for employee in employees
            if employee.id not in found.mapped("res_id")
        ]
        return action
