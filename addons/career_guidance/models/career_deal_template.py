from markupsafe import Markup

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

_PARTS = (
    "introduction",
    "employee_part",
    "manager_part",
    "organisation_part",
    "closing",
)
_SYSTEM_FIELDS = {"version", "date_published", "published_texts"}


class CareerDealTemplate(models.Model):
    """The text of the career deal: who sees to what in a career (R2.1).

    The text is edited at leisure. Publishing makes a numbered version, in each
    language; a deal keeps the very words that were put before its employee.
    """

    _name = "career.deal.template"
    _description = "Career deal template"
    _order = "kind, company_id, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    kind = fields.Selection(
        [("employee", "For employees"), ("guide", "For guides")],
        default="employee",
        required=True,
        help="The deal for guides goes to who leads people.",
    )
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        ondelete="cascade",
        help="Empty: for every company that has no text of its own.",
    )
    introduction = fields.Html(translate=True)
    employee_part = fields.Html("What the employee does", translate=True)
    manager_part = fields.Html("What the line manager does", translate=True)
    organisation_part = fields.Html("What the organisation does", translate=True)
    closing = fields.Html(
        translate=True,
        help="Say here that the deal does not change the employment contract. Every "
        "printed deal says so as well.",
    )
    job_text = fields.Html(
        "Text for the job description",
        translate=True,
        help="Ready to copy into the job description of who leads people.",
    )
    auto_send = fields.Boolean(
        "Send by itself",
        default=True,
        help="To new employees when they are hired; to guides when they begin to lead "
        "people. Only once the text was published.",
    )
    version = fields.Integer(
        readonly=True, copy=False, help="0 means that it was never published."
    )
    date_published = fields.Datetime("Published on", readonly=True, copy=False)
    # {language code: {"title": ..., "body": ...}} of the present version, word by word
    published_texts = fields.Json(readonly=True, copy=False)
    is_changed = fields.Boolean(
        "Changed since it was published", compute="_compute_is_changed"
    )
    deal_ids = fields.One2many("career.deal", "template_id", string="Deals")
    sent_count = fields.Integer("Sent", compute="_compute_counts")
    signed_count = fields.Integer("Signed", compute="_compute_counts")
    unsigned_count = fields.Integer("Not signed yet", compute="_compute_counts")

    # -------------------------------------------------------------------- computes
    @api.depends("version", "name", *_PARTS)
    def _compute_is_changed(self):
        for template in self:
            template.is_changed = bool(template.version) and (
                template.published_texts != template._career_texts()
            )

    @api.depends_context("uid")
    @api.depends("version", "deal_ids.state")
    def _compute_counts(self):
        """Of the deals of the present version that the viewer may see."""
        groups = self.env["career.deal"]._read_group(
            [("template_id", "in", self.ids), ("is_current", "=", True)],
            ["template_id", "state"],
            ["__count"],
        )
        counts = {(template.id, state): count for template, state, count in groups}
        for template in self:
            template.signed_count = counts.get((template._origin.id, "signed"), 0)
            template.unsigned_count = counts.get((template._origin.id, "to_sign"), 0)
            template.sent_count = template.signed_count + template.unsigned_count

    # ------------------------------------------------------------------------ CRUD
    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._career_refuse_system(vals)
        context = {
            key: value
            for key, value in self.env.context.items()
            if key.removeprefix("default_") not in _SYSTEM_FIELDS
        }
        clean = self.with_env(self.env(context=context))
        return super(CareerDealTemplate, clean).create(vals_list)

    def write(self, vals):
        self._career_refuse_system(vals)
        return super().write(vals)

    @api.model
    def _career_refuse_system(self, vals):
        if not self.env.su and _SYSTEM_FIELDS & set(vals):
            raise AccessError(
                self.env._("A version is made by publishing the text, not by hand.")
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sent(self):
        # sudo: career.deal - only whether there is any
        if (
            self.env["career.deal"]
            .sudo()
            .search_count([("template_id", "in", self.ids)], limit=1)
        ):
            raise UserError(
                self.env._(
                    "Deals were made from this text. Archive it: what was signed stays."
                )
            )

    @api.constrains("kind", "company_id")
    def _check_kind(self):
        """A deal says what it was signed for: its kind does not change afterwards."""
        for template in self:
            # sudo: career.deal - compared only
            deals = self.env["career.deal"].sudo()
            if deals.search_count(
                [("template_id", "=", template.id), ("kind", "!=", template.kind)],
                limit=1,
            ):
                raise ValidationError(
                    self.env._(
                        "Deals of the other kind were made from this text. Make a new "
                        "template for this kind."
                    )
                )

    # ------------------------------------------------------------------------ texts
    def _career_texts(self):
        """The text as it stands, in every installed language.

        :return: ``{language code: {"title": str, "body": str}}``
        """
        self.ensure_one()
        texts = {}
        for code, _name in self.env["res.lang"].get_installed():
            template = self.with_context(lang=code)
            texts[code] = {
                "title": template.name,
                "body": str(Markup("").join(template[part] or "" for part in _PARTS)),
            }
        return texts

    def _career_published(self, code):
        """Title and body of the present version, in a language or the next best."""
        self.ensure_one()
        texts = self.published_texts or {}
        return texts.get(code) or texts.get("en_US") or next(iter(texts.values()), None)

    @api.model
    def _career_for(self, company, kind):
        """The published template for a company: its own first, else the shared one."""
        templates = self.with_user(SUPERUSER_ID).search(
            [
                ("kind", "=", kind),
                ("version", ">", 0),
                ("company_id", "in", [False, company.id]),
            ]
        )
        return templates.sorted(lambda t: (not t.company_id, -t.version))[:1]

    def _career_companies(self):
        """The companies that this template serves."""
        self.ensure_one()
        if self.company_id:
            return self.company_id
        companies = (
            self.env["res.company"]
            .with_user(SUPERUSER_ID)
            .search([("active", "=", True)])
        )
        return companies.filtered(lambda c: self._career_for(c, self.kind) == self)

    # --------------------------------------------------------------------- actions
    def action_publish(self):
        """Make a new version of the text as it stands now.

        Deals of an earlier version stay as they were signed; who had one is asked to
        sign the new one.

        :raise AccessError: the caller is not administrator of career guidance
        :raise UserError: the text is empty, or has not changed since
        """
        for template in self:
            template.check_access("write")
            texts = template._career_texts()
            if not any(template[part] for part in _PARTS):
                raise UserError(self.env._("Write the text of the deal first."))
            if template.version and texts == template.published_texts:
                raise UserError(
                    self.env._(
                        "The text has not changed since version %(version)s.",
                        version=template.version,
                    )
                )
            # sudo: own model - a published version is written by the server alone
            system = template.sudo()
            system.write(
                {
                    "version": template.version + 1,
                    "published_texts": texts,
                    "date_published": fields.Datetime.now(),
                }
            )
            if template.version > 1:
                template._career_new_sending(
                    template._career_companies(), only_holders=True
                )
        return True

    def action_send(self, employees=None):
        """Put the present version before everybody who has not got it yet.

        :param employees: ``hr.employee``; by default all employees of the companies of
            the caller that the template serves, those who lead people for guides
        :return: the ``career.deal`` of these employees, or the sending that is made in
            the background
        :raise AccessError: the caller is not career officer (HR) of the companies
        :raise UserError: the text was never published; an employee is archived
        """
        self.ensure_one()
        self._career_need_published()
        if employees is not None:
            return self._career_send_to(employees).with_env(self.env)
        companies = self.env.companies
        if self.company_id:
            companies &= self.company_id
        if not self.env.su:
            companies = companies.filtered(self.env.user._career_is_officer_of)
        if not companies:
            raise AccessError(
                self.env._("Deals are sent by HR of the company. Ask a career officer.")
            )
        return self._career_new_sending(companies).with_env(self.env)

    def button_send(self):
        """Send from the form, and say what happens."""
        sending = self.action_send()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "%(count)s deals were made. Others follow in the background, if "
                    "any.",
                    # sudo: career.deal.sending - the counter of the caller's own
                    count=sending.sudo().batch_done,
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _career_need_published(self):
        if not self.version:
            raise UserError(
                self.env._("Publish the text first: a deal is made from a version.")
            )

    def _career_new_sending(self, companies, **values):
        sending = (
            self.env["career.deal.sending"]
            .with_user(SUPERUSER_ID)
            .create(
                {
                    "template_id": self.id,
                    "company_ids": [fields.Command.set(companies.ids)],
                    "employee_type_ids": [
                        fields.Command.set(
                            self.env["career.employee.type"]
                            .search([("code", "!=", False)])
                            .ids
                        )
                    ],
                    **values,
                }
            )
        )
        sending._career_run()
        return sending

    def _career_send_to(self, employees):
        """Deals for these employees, now, after a check of the caller.

        :raise UserError: one of them is archived
        """
        self.ensure_one()
        # sudo: hr.employee - company and activity of who gets a deal
        employees = employees.sudo()
        if not self.env.su:
            for company in employees.company_id:
                if not self.env.user._career_is_officer_of(company):
                    raise AccessError(
                        self.env._(
                            "Deals are sent by HR of the company. Ask a career officer."
                        )
                    )
        archived = employees.filtered(lambda e: not e.active)
        if archived:
            raise UserError(
                self.env._(
                    "A deal needs two sides: %(names)s left the organisation. Take "
                    "them out of the selection.",
                    names=", ".join(archived.mapped("name")),
                )
            )
        return self.with_user(SUPERUSER_ID)._career_make_deals(employees)

    def _career_make_deals(self, employees):
        """Deals of the present version for who has none; idempotent.

        :return: the ``career.deal`` of all of these employees
        """
        self.ensure_one()
        Deal = self.env["career.deal"].with_user(SUPERUSER_ID)
        domain = Domain("template_id", "=", self.id) & Domain(
            "employee_id", "in", employees.ids
        )
        present = Deal.search(
            domain
            & Domain("version", "=", self.version)
            & Domain("state", "!=", "cancelled")
        )
        new = Deal.create(
            [
                {"template_id": self.id, "employee_id": employee.id}
                for employee in employees - present.employee_id
            ]
        )
        # an unsigned deal of an earlier text is of no use to anybody
        outdated = Deal.search(
            domain
            & Domain("version", "<", self.version)
            & Domain("state", "=", "to_sign")
        )
        outdated._career_replace()
        new.employee_user_id._career_add_todo(
            f"{self._name},{self.id},{self.version}", "/odoo/my-deals"
        )
        return present | new

    # ----------------------------------------------------------------------- night
    @api.model
    def _career_send_to_newcomers(self, employees):
        """The deal belongs to being hired (R2.1), where the company's text says so."""
        for company, hired in employees.grouped("company_id").items():
            template = self._career_for(company, "employee")
            if template.auto_send:
                template._career_make_deals(hired.filtered("active"))

    @api.model
    def _career_cron_guides(self):
        """Every night: who began to lead people gets the deal for guides (R2.4)."""
        templates = self.with_user(SUPERUSER_ID).search(
            [
                ("kind", "=", "guide"),
                ("version", ">", 0),
                ("auto_send", "=", True),
                ("deal_ids", "!=", False),
            ]
        )
        sendings = self.env["career.deal.sending"].with_user(SUPERUSER_ID)
        for template in templates:
            # one sending that is run again, rather than one a night
            sending = sendings.search(
                [("template_id", "=", template.id), ("is_standing", "=", True)], limit=1
            )
            companies = template._career_companies()
            if sending:
                sending.company_ids = companies
                sending._career_run()
            elif companies:
                template._career_new_sending(companies, is_standing=True)
            self.env["ir.cron"]._commit_progress(1)
