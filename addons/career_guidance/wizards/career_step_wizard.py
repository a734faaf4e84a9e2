from odoo import api, fields, models
from odoo.exceptions import UserError

# step -> (public method of the contract, field with its argument)
_STEPS = {
    "cancel": ("action_cancel", "reason"),
    "skip": ("action_skip", "reason"),
    "drop": ("action_drop", "reason"),
    "refuse": ("action_refuse", "reason"),
    "reject": ("action_reject", "reason"),
    "excuse": ("action_excuse", "reason"),
    "postpone": ("action_postpone", "date"),
    "hold_checkpoint": ("action_hold", "note"),
    "assign": ("action_assign", "user_id"),
    "refer": ("action_refer", "channel_id"),
    "feedback": ("action_write_feedback", "route_id"),
    "answer": ("action_answer", "note"),
    "sign": ("action_sign", "signature"),
    "job": ("action_add_job_needs", "job_id"),
    "sign_on_screen": ("action_sign_on_screen", "signature"),
}


class CareerStepWizard(models.TransientModel):
    """Ask for the one thing that a step needs, then take the step.

    It calls the documents' own public methods as the user: it grants nothing.
    """

    _name = "career.step.wizard"
    _description = "One step in a career document"

    step = fields.Selection(
        [(step, step) for step in _STEPS],
        required=True,
        export_string_translation=False,
    )
    asks = fields.Char(compute="_compute_asks", export_string_translation=False)
    title = fields.Char(compute="_compute_title", export_string_translation=False)
    reason = fields.Char()
    note = fields.Text()
    date = fields.Date()
    user_id = fields.Many2one("res.users", string="Colleague")
    channel_id = fields.Many2one("career.channel")
    channel_explanation = fields.Text(related="channel_id.explanation")
    route_id = fields.Many2one("career.channel.route")
    available_route_ids = fields.Many2many(
        "career.channel.route", compute="_compute_available_route_ids"
    )
    signature = fields.Binary(attachment=False)
    signer = fields.Char("Name")
    job_id = fields.Many2one("hr.job")

    @api.depends("step")
    def _compute_asks(self):
        """The one field that the step needs; the form shows no other."""
        for wizard in self:
            wizard.asks = wizard.step and _STEPS[wizard.step][1]

    @api.depends("step")
    @api.depends_context("lang")
    def _compute_title(self):
        """What is about to be done: the dialog is one for all steps."""
        titles = {
            "cancel": self.env._("Cancel"),
            "skip": self.env._("Skip this follow-up moment"),
            "drop": self.env._("Drop this action"),
            "refuse": self.env._("Not now"),
            "excuse": self.env._("Excuse from the cycle"),
            "postpone": self.env._("Postpone this action"),
            "hold_checkpoint": self.env._("The follow-up moment took place"),
            "assign": self.env._("Hand on to a colleague"),
            "refer": self.env._("Propose to talk with somebody else"),
            "feedback": self.env._("Tell somebody"),
            "answer": self.env._("Write an answer"),
            "sign": self.env._("Sign"),
            "sign_on_screen": self.env._("Let the other sign here"),
            "job": self.env._("Add what a job asks"),
        }
        for wizard in self:
            wizard.title = titles.get(wizard.step, False)

    @api.depends("step")
    def _compute_available_route_ids(self):
        for wizard in self:
            record = wizard._career_record()
            routes = self.env["career.channel.route"]
            if record._name == "career.conversation":
                routes = record.available_route_ids
            wizard.available_route_ids = routes

    def _career_record(self):
        model = self.env.context.get("active_model") or ""
        document = self.env.get(model)
        if not isinstance(document, self.pool["career.audience.mixin"]) or not hasattr(
            document, _STEPS.get(self.step, ("", ""))[0] or "browse"
        ):
            raise UserError(self.env._("Open the document again, and try once more."))
        return document.browse(self.env.context.get("active_id") or [])

    def action_confirm(self):
        """Take the step on the document from which the dialog was opened."""
        self.ensure_one()
        method, field = _STEPS[self.step]
        record = self._career_record()
        value = self[field]
        if self._fields[field].type == "many2one" and not value:
            raise UserError(self.env._("Make a choice first."))
        extra = {"name": self.signer} if self.step == "sign_on_screen" else {}
        result = getattr(record, method)(value, **extra)
        if isinstance(result, models.BaseModel) and self.step == "feedback":
            return {
                "type": "ir.actions.act_window",
                "res_model": result._name,
                "res_id": result.id,
                "views": [(False, "form")],
            }
        return {"type": "ir.actions.act_window_close"}
