from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError

# Who takes a step, by what `taken_by` says.
_GROUPS = {
    "officer": "career_guidance.group_career_officer",
    "manager": "career_guidance.group_career_manager",
    "system": "base.group_erp_manager",
}


class CareerStartStep(models.Model):
    """The start guide for HR: what to do first, and what is done (per company)."""

    _name = "career.start.step"
    _description = "Step of the start guide"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    explanation = fields.Text(translate=True)
    button_label = fields.Char(translate=True)
    action_xmlid = fields.Char(help="External id of the window action that it opens.")
    taken_by = fields.Selection(
        [
            ("both", "HR or the administrator"),
            ("officer", "HR"),
            ("manager", "Administrator of career guidance"),
            ("system", "Administrator of the system"),
        ],
        default="both",
        required=True,
    )
    done_company_ids = fields.Many2many(
        "res.company", string="Set as done by", copy=False
    )
    is_done = fields.Boolean(compute="_compute_is_done", help="In the present company.")
    can_open = fields.Boolean(
        compute="_compute_can_open", export_string_translation=False
    )
    for_whom = fields.Char(compute="_compute_for_whom")

    _code_uniq = models.UniqueIndex("(code)", "This step exists already.")

    @api.depends_context("company")
    @api.depends("done_company_ids")
    def _compute_is_done(self):
        company = self.env.company
        for step in self:
            step.is_done = company in step.done_company_ids or step._career_is_done(
                company
            )

    @api.depends_context("uid")
    @api.depends("action_xmlid", "taken_by")
    def _compute_can_open(self):
        """Everybody sees all steps; who can take a step has its button."""
        user = self.env.user
        for step in self:
            group = _GROUPS.get(step.taken_by)
            if group and not user.has_group(group):
                step.can_open = False
                continue
            # sudo: ir.actions.act_window - which model the action opens
            action = self.env.ref(step.action_xmlid, raise_if_not_found=False)
            model = action and action.sudo().res_model
            step.can_open = model in self.env and self.env[model].has_access("read")

    @api.depends_context("lang")
    @api.depends("taken_by")
    def _compute_for_whom(self):
        """Say who takes the step, to who cannot."""
        texts = {
            "officer": self.env._("For HR"),
            "manager": self.env._("For the administrator of career guidance"),
            "system": self.env._("For the administrator of the system"),
        }
        for step in self:
            step.for_whom = texts.get(step.taken_by, False)

    def _career_is_done(self, company):
        """What can be seen need not be ticked; other steps are ticked by hand."""
        self.ensure_one()
        # what these questions answer is no secret: a text, a cycle and a line
        # conversation exist
        system = self.with_user(SUPERUSER_ID).env
        if self.code == "officer":
            return bool(company._career_officers())
        if self.code == "deal":
            return bool(system["career.deal.template"]._career_for(company, "employee"))
        if self.code == "cycle":
            return bool(
                system["career.cycle"].search_count(
                    [("company_ids", "in", company.id), ("state", "!=", "draft")],
                    limit=1,
                )
            )
        if self.code == "conversation":
            return bool(
                system["career.participation"].search_count(
                    [
                        ("company_id", "=", company.id),
                        ("state", "in", ("planned", "held")),
                    ],
                    limit=1,
                )
            )
        if self.code == "certificate":
            return bool(company.career_guide_skill_id)
        return False

    def action_open(self):
        """Open where the step is taken.

        :raise UserError: the step is for somebody else to take
        """
        self.ensure_one()
        if not self.can_open:
            raise UserError(
                self.env._(
                    "You cannot take this step. %(whom)s.", whom=self.for_whom or ""
                )
            )
        return self.env["ir.actions.act_window"]._for_xml_id(self.action_xmlid)

    def action_toggle_done(self):
        """Tick the step for the present company, or take the tick away."""
        self.check_access("read")
        # sudo: own model - a tick for the own company, and nothing else
        for step in self.sudo():
            command = (
                fields.Command.unlink
                if self.env.company in step.done_company_ids
                else fields.Command.link
            )
            step.done_company_ids = [command(self.env.company.id)]
        return True
