from odoo import fields, models
from odoo.exceptions import UserError


class CareerConversationItem(models.Model):
    """A small promise of a conversation, of one of the two sides.

    It stays with the conversation; when a plan follows, what is not done goes along
    as an action of the plan.
    """

    _name = "career.conversation.item"
    _inherit = "career.conversation.child.mixin"
    _description = "Agreed point of a career conversation"
    _order = "done, deadline, id"

    _open_states = "('conversation_id.state', 'in', ('planned', 'held'))"
    _audience_state_field = "conversation_state"
    _audience_rules = {
        "employee": ("rwc", None),
        "employee_unlink": (
            "u",
            f"[('employee_user_id', '=', user.id), {_open_states}]",
        ),
        "conductor": ("rwc", None),
        "conductor_unlink": (
            "u",
            f"[('conductor_user_id', '=', user.id), {_open_states}]",
        ),
        "n1": ("r", None),
        "n2": ("r", None),
        "hr": ("r", None),
    }
    _content = {"name", "responsible", "deadline", "done"}
    _career_creatable = {
        "employee": _content | {"conversation_id"},
        "conductor": _content | {"conversation_id"},
    }
    _by_state = {"planned": _content, "held": _content, "closed": {"done"}}
    _career_writable = {"employee": _by_state, "conductor": _by_state}

    share_n1 = fields.Boolean(
        related="conversation_id.share_n1", store=True, precompute=True
    )
    share_n2 = fields.Boolean(
        related="conversation_id.share_n2", store=True, precompute=True
    )
    share_hr = fields.Boolean(
        related="conversation_id.share_hr", store=True, precompute=True
    )
    name = fields.Char("What", required=True)
    responsible = fields.Selection(
        [("employee", "Employee"), ("conductor", "Guide")],
        string="Who",
        required=True,
        default="employee",
    )
    deadline = fields.Date()
    done = fields.Boolean()

    def _career_label(self):
        return self.env._("Agreed point")

    def _career_initial_state(self):
        return None

    def _career_check_created(self, roles):
        """Points are agreed at the conversation, not before it and not after."""
        result = super()._career_check_created(roles)
        if self.conversation_state not in ("planned", "held"):
            raise UserError(
                self.env._(
                    "Points are noted while the conversation is planned or held, "
                    "before it is closed."
                )
            )
        return result

    def _career_readers(self):
        return self.conversation_id._career_readers()

    def _career_to_plan(self, plan):
        """What is not done becomes an action of the plan that follows.

        :param plan: draft ``career.plan``
        """
        # sudo: career.plan.action - the plan is new, made by a checked side
        self.env["career.plan.action"].sudo().create(
            [
                {
                    "plan_id": plan.id,
                    "name": item.name,
                    "responsible": (
                        "employee" if item.responsible == "employee" else "manager"
                    ),
                    "deadline": item.deadline
                    if item.deadline
                    and plan.date_start <= item.deadline <= plan.date_end
                    else plan.date_end,
                }
                for item in self
                if not item.done
            ]
        )
