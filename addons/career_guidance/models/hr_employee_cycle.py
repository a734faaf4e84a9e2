from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    @api.model_create_multi
    def create(self, vals_list):
        """The career deal belongs to being hired (R2.1)."""
        employees = super().create(vals_list)
        # sudo: hr.employee - who hires need not be career officer
        self.env["career.deal.template"]._career_send_to_newcomers(
            employees.with_user(SUPERUSER_ID)
        )
        return employees

    @api.ondelete(at_uninstall=False)
    def _unlink_except_career_organisation(self):
        """As for the other documents: a clear message instead of the database's."""
        for model in ("career.participation", "career.deal", "career.assessment"):
            # sudo: own models - only whether there is any record
            if (
                self.env[model]
                .sudo()
                .search_count([("employee_id", "in", self.ids)], limit=1)
            ):
                raise UserError(
                    self.env._(
                        "This employee has documents in Career guidance and cannot be "
                        "deleted. Archive the employee instead."
                    )
                )

    def _career_is_active(self):
        self.ensure_one()
        # sudo: hr.employee - archived employees and other companies as well
        return self.sudo().active

    def _career_is_certified_guide(self, day=None):
        """Whether the training that makes a guide is valid on a day (R2.2).

        :param day: date, today by default
        :return: True, False, or None where the company asks for no certificate
        """
        self.ensure_one()
        # sudo: hr.employee, res.company - the policy of the guide's own company
        skill = self.sudo().company_id.career_guide_skill_id
        if not skill:
            return None
        day = day or fields.Date.context_today(self)
        # sudo: hr.employee.skill - every employee reads skills in Odoo
        lines = self.env["hr.employee.skill"].sudo()
        return bool(
            lines.search_count(
                [
                    ("employee_id", "=", self.id),
                    ("skill_id", "=", skill.id),
                    ("valid_from", "<=", day),
                    "|",
                    ("valid_to", "=", False),
                    ("valid_to", ">=", day),
                ],
                limit=1,
            )
        )
