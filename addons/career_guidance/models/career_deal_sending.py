from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class CareerDealSending(models.Model):
    """A deal put before a population, in steps that survive a stop of the server."""

    _name = "career.deal.sending"
    _inherit = "career.population.mixin"
    _description = "Sending of a career deal"
    _order = "id desc"

    template_id = fields.Many2one(
        "career.deal.template",
        string="Deal",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("version", ">", 0)],
    )
    version = fields.Integer(related="template_id.version")
    kind = fields.Selection(related="template_id.kind")
    state = fields.Selection(
        [("draft", "In preparation"), ("sent", "Sent")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    only_holders = fields.Boolean(
        "Only who had an earlier version", readonly=True, copy=False
    )
    is_standing = fields.Boolean(
        readonly=True,
        copy=False,
        export_string_translation=False,
        help="Run again every night: for who begins to lead people.",
    )

    _standing_uniq = models.UniqueIndex("(template_id) WHERE is_standing")

    @api.depends("template_id.name")
    def _compute_display_name(self):
        for sending in self:
            sending.display_name = sending.template_id.display_name

    @api.depends("template_id", "only_holders")
    def _compute_population_count(self):
        return super()._compute_population_count()

    def _career_population_parts(self):
        parts = super()._career_population_parts()
        template = self.template_id
        deals = self.env["career.deal"].with_user(SUPERUSER_ID)
        domain = Domain("template_id", "=", template._origin.id) & Domain(
            "state", "!=", "cancelled"
        )
        present = deals._search(domain & Domain("version", "=", template.version))
        parts["present"] = Domain("id", "not in", present.subselect("employee_id"))
        if self.only_holders:
            holders = deals._search(domain)
            parts["holder"] = Domain("id", "in", holders.subselect("employee_id"))
        if template.kind == "guide":
            parts["guide"] = Domain("child_ids", "any", Domain("active", "=", True))
        if not template.company_id:
            others = template.with_user(SUPERUSER_ID).search(
                [
                    ("kind", "=", template.kind),
                    ("version", ">", 0),
                    ("company_id", "in", self.company_ids.ids),
                ]
            )
            parts["own"] = Domain("company_id", "not in", others.company_id.ids)
        return parts

    def action_send(self):
        """Send to the population.

        :raise AccessError: the caller is not HR of all the companies
        :raise UserError: nobody is in the population, or the text is unpublished
        """
        for sending in self.filtered(lambda s: s.state == "draft"):
            sending.check_access("write")
            sending._career_need_officer(sending.company_ids)
            sending.template_id._career_need_published()
            if (
                sending.template_id.company_id
                and sending.company_ids != sending.template_id.company_id
            ):
                raise UserError(
                    self.env._(
                        "This text belongs to %(company)s: choose that company alone.",
                        company=sending.template_id.company_id.name,
                    )
                )
            if not sending.population_count:
                raise UserError(
                    self.env._(
                        "Nobody is left: everybody in this population has this version "
                        "already, or nobody fits."
                    )
                )
            sending.with_user(SUPERUSER_ID)._career_run()
        return True

    def _career_run(self):
        self.lock_for_update(allow_referencing=True)
        self.write({"state": "sent"})
        self._career_batch_start()

    @api.model
    def _career_batch_cron(self):
        return self.env.ref("career_guidance.ir_cron_send_deals").with_user(
            SUPERUSER_ID
        )

    def _career_batch_make(self, employees):
        self.template_id._career_make_deals(employees)
        return len(employees)
