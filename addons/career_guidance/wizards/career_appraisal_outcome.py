from odoo import fields, models
from odoo.exceptions import UserError

from ..tools.selection import labels_of


class CareerAppraisalOutcome(models.TransientModel):
    """Ask for the outcome of the career part of an appraisal (R3.2).

    It acts as the user, on the conversation: it grants nothing.
    """

    _name = "career.appraisal.outcome"
    _description = "Outcome of the career part of an appraisal"

    outcome = fields.Selection(
        labels_of("career.conversation", "outcome"),
        required=True,
        help="Always explicit: an empty answer could mean anything (R3.2).",
    )
    outcome_reason = fields.Char(
        "Why not discussed", help="Needed when it was not discussed."
    )

    def action_confirm(self):
        """Record the outcome on the conversation of the appraisal.

        :raise UserError: not discussed, without a reason
        """
        self.ensure_one()
        model = self.env.context.get("active_model") or ""
        bridged = self.pool.descendants(["career.appraisal.mixin"], "_inherit")
        if model not in bridged or self.env[model]._abstract:
            raise UserError(self.env._("Open the appraisal again, and try once more."))
        appraisal = self.env[model].browse(self.env.context.get("active_id") or [])
        appraisal._career_record_outcome(self.outcome, self.outcome_reason)
        return {"type": "ir.actions.act_window_close"}
