from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL


class CareerResource(models.Model):
    """An instrument or an offer: workshop, workbook, course, centre ... (R0.4).

    Everybody may look at all of it. How often it is used is counted by month, and by
    nobody's name.
    """

    _name = "career.resource"
    _description = "Career resource"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(
        [
            ("workshop", "Workshop"),
            ("workbook", "Workbook"),
            ("exercise", "Exercise"),
            ("info_session", "Information session"),
            ("course", "Course"),
            ("external_centre", "External centre"),
            ("article", "Article"),
        ],
        required=True,
        default="exercise",
        index=True,
    )
    theme = fields.Selection(
        [
            ("who_am_i", "Who am I?"),
            ("what_do_i_want", "What do I want?"),
            ("what_can_i", "What can I?"),
            ("how", "How do I go on?"),
        ],
        default="how",
        required=True,
        index=True,
    )
    audience = fields.Selection(
        [
            ("employee", "Employees"),
            ("conductor", "Guides"),
            ("everybody", "Everybody"),
        ],
        string="For",
        default="everybody",
        required=True,
    )
    is_external = fields.Boolean("Outside the organisation")
    description = fields.Text(translate=True)
    url = fields.Char("Link")
    file = fields.Binary(attachment=True)
    file_name = fields.Char()
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        ondelete="cascade",
        help="Empty: for every company.",
    )
    method_ids = fields.Many2many(
        "career.development.method",
        string="Fits these methods",
        help="It is suggested beside an action that uses one of them.",
    )
    use_ids = fields.One2many("career.resource.use", "resource_id", readonly=True)
    use_count = fields.Integer(
        "Times used",
        compute="_compute_use_count",
        compute_sudo=True,
        help="By everybody together. Nobody's name is kept.",
    )
    session_ids = fields.One2many(
        "career.resource.session", "resource_id", string="Sessions"
    )
    has_sessions = fields.Boolean(compute="_compute_has_sessions")

    @api.depends("use_ids.count")
    def _compute_use_count(self):
        counts = dict(
            self.env["career.resource.use"]._read_group(
                [("resource_id", "in", self.ids)], ["resource_id"], ["count:sum"]
            )
        )
        for resource in self:
            resource.use_count = counts.get(resource._origin, 0)

    @api.depends("kind")
    def _compute_has_sessions(self):
        for resource in self:
            resource.has_sessions = resource.kind in (
                "workshop",
                "info_session",
                "course",
            )

    @api.constrains("url")
    def _check_url(self):
        for resource in self:
            if resource.url and not resource.url.startswith(("http://", "https://")):
                raise ValidationError(
                    self.env._("A link begins with https:// or http://.")
                )

    # --------------------------------------------------------------------- actions
    def action_use(self):
        """Open the link or the file; count that somebody did, not who.

        :return: the action that opens it, or True where there is nothing to open
        """
        self.ensure_one()
        self.check_access("read")
        self._career_count_use()
        if self.url:
            return {"type": "ir.actions.act_url", "url": self.url, "target": "new"}
        if self.file:
            return {
                "type": "ir.actions.act_url",
                "url": f"/web/content/career.resource/{self.id}/file?download=true",
                "target": "new",
            }
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def _career_count_use(self):
        """One more in the counter of the month, in SQL: no user, no time of day."""
        self.ensure_one()
        month = fields.Date.context_today(self).replace(day=1)
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                """
                INSERT INTO career_resource_use (resource_id, month, count)
                     VALUES (%s, %s, 1)
                ON CONFLICT (resource_id, month)
                  DO UPDATE SET count = career_resource_use.count + 1
                  RETURNING id
                """,
                self.id,
                month,
            )
        )
        self.env["career.resource.use"].invalidate_model()
        self.invalidate_recordset(["use_count", "use_ids"])

    # ----------------------------------------------------------------- suggestions
    @api.model
    def _career_suggest(self, company, role, themes=None, methods=None, limit=3):
        """What fits here, the company's own first.

        :param company: ``res.company`` of the employee
        :param role: ``employee`` or ``conductor``: who looks
        :param themes: themes that fit, all by default
        :param methods: ``career.development.method`` that it has to fit
        :param limit: how many
        """
        domain = Domain("company_id", "in", [False, company.id]) & Domain(
            "audience", "in", (role, "everybody")
        )
        if themes:
            domain &= Domain("theme", "in", list(themes))
        if methods is not None:
            domain &= Domain("method_ids", "in", methods.ids)
        return self.search(domain, order="company_id, sequence, id", limit=limit)
