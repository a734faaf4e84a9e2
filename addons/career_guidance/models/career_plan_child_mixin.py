from odoo import fields, models
from odoo.exceptions import UserError


class CareerPlanChildMixin(models.AbstractModel):
    """A part of a development plan: it repeats the audience columns of the plan."""

    _name = "career.plan.child.mixin"
    _inherit = "career.audience.mixin"
    _description = "Part of a development plan"

    # kept as long as the plan
    _career_keep = None

    _audience_state_field = "plan_state"
    _audience_rules = {
        "employee": ("rwc", None),
        "conductor": ("rwc", None),
        "employee_unlink": (
            "u",
            "[('employee_user_id', '=', user.id), ('plan_id.state', '=', 'draft')]",
        ),
        "conductor_unlink": (
            "u",
            "[('conductor_user_id', '=', user.id), ('plan_id.state', '=', 'draft')]",
        ),
        "n1": ("r", None),
        "n2": ("r", None),
        "hr": ("r", None),
        "coach": ("r", None),
    }

    plan_id = fields.Many2one(
        "career.plan", required=True, index=True, ondelete="cascade"
    )
    plan_state = fields.Selection(
        related="plan_id.state", string="State of the plan", compute_sudo=True
    )
    employee_id = fields.Many2one(
        related="plan_id.employee_id",
        store=True,
        precompute=True,
        required=False,
        default=None,
    )
    conductor_user_id = fields.Many2one(
        related="plan_id.conductor_user_id", store=True, precompute=True
    )
    hidden_from_n1 = fields.Boolean(
        related="plan_id.hidden_from_n1", store=True, precompute=True
    )
    hidden_from_n2 = fields.Boolean(
        related="plan_id.hidden_from_n2", store=True, precompute=True
    )
    hidden_from_hr = fields.Boolean(
        related="plan_id.hidden_from_hr", store=True, precompute=True
    )
    share_n1 = fields.Boolean(related="plan_id.share_n1", store=True, precompute=True)
    share_n2 = fields.Boolean(related="plan_id.share_n2", store=True, precompute=True)
    share_hr = fields.Boolean(related="plan_id.share_hr", store=True, precompute=True)
    share_coach = fields.Boolean(
        related="plan_id.share_coach", store=True, precompute=True
    )

    def _career_check_created(self, roles):
        if self.plan_state != "draft":
            raise UserError(
                self.env._(
                    "Only a draft plan can get new parts. Make a new version of the "
                    "plan to change what was agreed."
                )
            )

    def _career_readers(self):
        return self.plan_id._career_readers()

    def _career_link(self):
        """A part is found in its plan."""
        self.ensure_one()
        return self.plan_id._career_link()
