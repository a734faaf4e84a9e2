from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain


class CareerDeal(models.Model):
    """The career deal of one employee: the exact text, and the signature (R2.1).

    It stands beside the employment contract and does not change it (R4.3).
    """

    _name = "career.deal"
    _inherit = "career.audience.mixin"
    _description = "Career deal"
    _order = "id desc"
    _career_path = "my-deals"

    _audience_rules = {
        "employee": ("r", None),
        "n1_line": ("r", "[('n1_user_id', '=', user.id)]"),
        "hr_company": ("rwc", "[('company_id', 'in', company_ids)]"),
    }
    _career_creatable = {"hr": {"template_id", "deadline"}}
    _career_writable = {"hr": {"to_sign": {"deadline"}}}
    _career_transitions = {
        "sign": ({"to_sign"}, {"employee", "witness"}),
        "cancel": ({"to_sign"}, {"hr"}),
    }

    template_id = fields.Many2one(
        "career.deal.template",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("version", ">", 0)],
    )
    kind = fields.Selection(
        [("employee", "For employees"), ("guide", "For guides")],
        readonly=True,
        required=True,
        index=True,
    )
    version = fields.Integer(readonly=True, required=True, aggregator=None)
    is_current = fields.Boolean(
        "Present version", compute="_compute_is_current", search="_search_is_current"
    )
    title = fields.Char(readonly=True)
    body = fields.Html("Text", readonly=True, copy=False)
    lang = fields.Char(
        "Language", readonly=True, help="Language of the establishment (R4.2)."
    )
    translation = fields.Html(
        "In your language",
        compute="_compute_translation",
        help="A help to read. The text that counts is the one in the language of the "
        "establishment.",
    )
    state = fields.Selection(
        [
            ("to_sign", "To be signed"),
            ("signed", "Signed"),
            ("replaced", "Replaced by a new version"),
            ("cancelled", "Withdrawn"),
        ],
        default="to_sign",
        required=True,
        readonly=True,
        index=True,
        copy=False,
    )
    deadline = fields.Date("Sign before")
    signature = fields.Binary(attachment=False, readonly=True, copy=False)
    signed_by = fields.Char("Signed by", readonly=True, copy=False)
    signed_on = fields.Datetime("Signed on", readonly=True, copy=False)
    witness = fields.Char(
        "Signed on the screen of",
        readonly=True,
        copy=False,
        help="Who put the deal before an employee without a user.",
    )
    can_sign = fields.Boolean(compute="_compute_can", export_string_translation=False)
    can_cancel = fields.Boolean(compute="_compute_can", export_string_translation=False)
    needs_signature = fields.Boolean(compute="_compute_can")

    _version_uniq = models.UniqueIndex(
        "(employee_id, template_id, version) WHERE state != 'cancelled'",
        "This employee has this version of the deal already.",
    )
    _signed_has_text = models.Constraint(
        "CHECK (state != 'signed' OR (signed_on IS NOT NULL AND body IS NOT NULL))",
        "A signed deal has a text and a date.",
    )

    @api.model
    def _career_label(self):
        return self.env._("Career deal")

    # -------------------------------------------------------------------- computes
    @api.depends("version", "template_id.version")
    def _compute_is_current(self):
        for deal in self:
            # sudo: career.deal.template - a number
            deal.is_current = deal.version == deal.template_id.sudo().version

    def _search_is_current(self, operator, value):
        if operator != "in":
            return NotImplemented
        # sudo: career.deal.template - present versions, a handful of numbers
        templates = self.env["career.deal.template"].sudo()
        templates = templates.with_context(active_test=False).search(
            [("version", ">", 0)]
        )
        return Domain.OR(
            Domain("template_id", "=", template.id)
            & Domain("version", "=", template.version)
            for template in templates
        )

    @api.depends_context("lang")
    @api.depends("lang", "version")
    def _compute_translation(self):
        for deal in self:
            # sudo: career.deal.template - the same text in the reader's language
            template = deal.template_id.sudo()
            code = self.env.lang or "en_US"
            text = (template.published_texts or {}).get(code)
            if code == deal.lang or not deal.is_current or not text:
                deal.translation = False
            else:
                deal.translation = text["body"]

    @api.depends_context("uid")
    @api.depends("state", "employee_user_id")
    def _compute_can(self):
        for deal in self:
            for action in self._career_transitions:
                deal[f"can_{action}"] = deal._career_can(action)
            deal.needs_signature = "witness" in deal._career_roles()

    # ------------------------------------------------------------------------ CRUD
    @api.model
    def _career_prepare_create(self, vals_list):
        """Copy the words of the present version, in the establishment's language."""
        result = []
        for vals in super()._career_prepare_create(vals_list):
            # sudo: hr.employee, career.deal.template - rules check after creation
            employee = self.env["hr.employee"].sudo().browse(vals.get("employee_id"))
            template = (
                self.env["career.deal.template"].sudo().browse(vals.get("template_id"))
            )
            if not employee or not template:
                raise UserError(self.env._("Choose an employee and a text."))
            template._career_need_published()
            if not employee.active:
                raise UserError(
                    self.env._(
                        "A deal needs two sides: %(names)s left the organisation. Take "
                        "them out of the selection.",
                        names=employee.name,
                    )
                )
            code = employee.company_id._career_document_lang()
            text = template._career_published(code)
            vals.update(
                kind=template.kind,
                version=template.version,
                lang=code,
                title=text["title"],
                body=text["body"],
            )
            result.append(vals)
        return result

    @api.constrains("template_id", "employee_id")
    def _check_template_company(self):
        for deal in self:
            company = deal.template_id.company_id
            if company and company != deal.company_id:
                raise ValidationError(
                    self.env._("This text belongs to another company.")
                )

    def _career_check_created(self, roles):
        """What HR makes by hand is told to the employee as well."""
        result = super()._career_check_created(roles)
        for deal in self._career_system():
            deal.employee_user_id._career_add_todo(
                f"{deal.template_id._name},{deal.template_id.id},{deal.version}",
                "/odoo/my-deals",
                deal.deadline,
            )
        return result

    # ----------------------------------------------------------------------- roles
    def _career_roles(self):
        """``witness``: HR puts the deal before an employee without a user, who signs
        on the screen (access.md, rule 8)."""
        roles = super()._career_roles()
        # sudo: own model - whether the employee has a user
        if "hr" in roles and not self.sudo().employee_id.user_id:
            roles.add("witness")
        return roles

    def _career_extra_readers(self):
        return [
            (self.n1_user_id, "n1", self.env._("Line manager")),
            (
                self.company_id._career_officers(),
                "hr",
                self.env._("Career officer (HR)"),
            ),
        ]

    @api.model
    def _career_role_names(self, roles):
        names = super()._career_role_names(roles)
        if "witness" in roles:
            names = self.env._("the employee")
        return names

    # --------------------------------------------------------------------- actions
    def action_sign(self, signature=None):
        """Sign the text as it stands in this deal.

        :param signature: drawn signature, base64; needed when HR puts the deal before
            an employee without a user, and on a personal page; not from who is
            logged in
        :raise AccessError: the deal is somebody else's
        :raise UserError: signed already, replaced, withdrawn, or the employee left
        """
        self._career_check("sign")
        self._career_system().lock_for_update()
        for deal in self:
            if not deal.employee_id._career_is_active():
                raise UserError(
                    self.env._("This employee left the organisation: nothing to sign.")
                )
            witness = "employee" not in deal._career_roles() and self._career_guarded()
            acting = self._career_acting_employee_id() is not None
            if acting and not signature:
                raise UserError(self.env._("Draw your signature first."))
            if witness and not signature:
                raise UserError(
                    self.env._("Let the employee draw the signature on the screen.")
                )
            name = deal._career_system().employee_id.name
            deal._career_apply(
                {
                    "state": "signed",
                    "signature": signature or False,
                    "signed_by": name,
                    "signed_on": fields.Datetime.now(),
                    "witness": self.env.user.name if witness else False,
                },
                "sign",
                deal.employee_id._career_reader_env()._(
                    "%(title)s, version %(version)s",
                    title=deal.title,
                    version=deal.version,
                ),
            )
            system = deal._career_system()
            system.search(
                [
                    ("employee_id", "=", deal.employee_id.id),
                    ("kind", "=", deal.kind),
                    ("id", "!=", deal.id),
                    ("state", "in", ("to_sign", "signed")),
                    ("version", "<", deal.version),
                    ("template_id", "=", deal.template_id.id),
                ]
            )._career_replace()
            system._career_deal_todo_done()
        return True

    def action_cancel(self, reason=None):
        """HR takes back a deal that was not signed.

        :param reason: a few words, in the employee's history
        :raise AccessError: the caller is not HR of the company
        """
        todo = self.filtered(lambda d: d.state != "cancelled")
        todo._career_check("cancel")
        todo._career_apply({"state": "cancelled"}, "cancel", reason)
        todo._career_system()._career_deal_todo_done()
        return True

    def _career_replace(self):
        """A later version took its place; what was signed keeps text and signature."""
        self.write({"state": "replaced"})

    def _career_deal_todo_done(self):
        for deal in self:
            self.env["mail.activity"].search(
                [
                    (
                        "career_key",
                        "=",
                        f"{deal.template_id._name},{deal.template_id.id},{deal.version}",
                    ),
                    ("user_id", "=", deal.employee_user_id.id),
                ]
            ).unlink()

    def action_print(self):
        """The document, with the exact text that was signed."""
        self.check_access("read")
        return self.env.ref("career_guidance.action_report_career_deal").report_action(
            self, config=False
        )
