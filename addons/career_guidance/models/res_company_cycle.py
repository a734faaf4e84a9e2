from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResCompany(models.Model):
    _inherit = "res.company"

    career_employee_type_ids = fields.Many2many(
        "career.employee.type",
        string="Employee types of career guidance",
        help="Whom cycles and figures are about, unless they say otherwise. Empty "
        "means employees and workers.",
    )
    career_cycle_months = fields.Selection(
        [("6", "6 months"), ("12", "12 months"), ("24", "24 months")],
        string="Rhythm of the cycle",
        default="12",
        required=True,
        help="How often every employee gets a career conversation with the line.",
    )
    career_lead_days = fields.Integer(
        "Time to prepare (days)",
        default=30,
        help="How far ahead conversations are planned, so that both sides can prepare.",
    )
    career_reminder_days = fields.Integer(
        "Remind every (days)",
        default=14,
        help="How often a manager who still has to plan is reminded. 0 means never.",
    )
    career_escalation_days = fields.Integer(
        "Escalate before the end (days)",
        default=21,
        help="From how long before the end of a cycle the manager's manager and HR "
        "hear of what is still to plan. 0 means never.",
    )
    career_unheard_months = fields.Integer(
        "Never heard for (months)",
        default=24,
        help="After how long without a line conversation an employee is on the list of "
        "those who never come forward. 0 means that there is no list.",
    )
    career_guide_skill_id = fields.Many2one(
        "hr.skill",
        string="Certificate of guides",
        domain=[("skill_type_id.is_certification", "=", True)],
        ondelete="set null",
        help="The training that makes a guide. HR is told when a guide without it "
        "plans a conversation; nothing is blocked.",
    )

    @api.constrains(
        "career_lead_days",
        "career_reminder_days",
        "career_escalation_days",
        "career_unheard_months",
    )
    def _check_career_policies(self):
        for company in self:
            values = (
                company.career_lead_days,
                company.career_reminder_days,
                company.career_escalation_days,
                company.career_unheard_months,
            )
            if min(values) < 0:
                raise ValidationError(
                    self.env._("Days and months of a policy cannot be negative.")
                )

    def _career_employee_type_codes(self):
        """Codes of the employee types that the policy names."""
        self.ensure_one()
        # sudo: res.company - the policy of a company that is compared with
        return self.sudo().career_employee_type_ids.mapped("code") or [
            "employee",
            "worker",
        ]
