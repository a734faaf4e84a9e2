from odoo import api, fields, models
from odoo.exceptions import UserError


class CareerChannel(models.Model):
    """A way to a career conversation: who holds it, who may be told, who not (R1)."""

    _name = "career.channel"
    _description = "Career channel"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True, help="A short technical name, unique within the company."
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", index="btree_not_null", ondelete="cascade"
    )
    conductor_role = fields.Selection(
        [
            ("n1", "Line manager (N+1)"),
            ("hr", "HR"),
            ("n2", "Manager's manager (N+2)"),
            ("coach", "Career coach of the pool"),
            ("mentor", "Mentor"),
            ("external", "External adviser"),
        ],
        string="Held by",
        required=True,
        default="hr",
    )
    hidden_from_n1 = fields.Boolean("Hidden from N+1")
    hidden_from_n2 = fields.Boolean("Hidden from N+2")
    hidden_from_hr = fields.Boolean("Hidden from HR")
    plan_share_hr = fields.Boolean(
        "Plans shared with HR",
        help="A plan that comes from this channel starts shared with HR. The employee "
        "can change that.",
    )
    description = fields.Text(
        translate=True, help="What the employee reads when choosing this channel."
    )
    route_ids = fields.One2many("career.channel.route", "channel_id", string="Feedback")
    explanation = fields.Text(
        compute="_compute_explanation", string="Who will know, and who will not"
    )

    _code_company_uniq = models.UniqueIndex(
        "(code, COALESCE(company_id, 0))",
        "A channel with this code exists already for this company.",
    )

    @api.depends_context("lang")
    @api.depends(
        "conductor_role",
        "hidden_from_n1",
        "hidden_from_n2",
        "hidden_from_hr",
        "route_ids.author_role",
        "route_ids.recipient_role",
        "route_ids.required",
        "route_ids.needs_agreement",
    )
    def _compute_explanation(self):
        """In plain words, what choosing this channel means (R1)."""
        people = {
            "n1": self.env._("your manager"),
            "n2": self.env._("your manager's manager"),
            "hr": self.env._("HR"),
        }
        holders = {
            "n1": self.env._("Your manager holds the conversation."),
            "n2": self.env._("Your manager's manager holds the conversation."),
            "hr": self.env._("Somebody of HR holds the conversation."),
            "coach": self.env._("A career coach of the pool holds the conversation."),
            "mentor": self.env._("A mentor whom you choose holds the conversation."),
            "external": self.env._(
                "Somebody from outside holds the conversation. Only what you write "
                "down yourself is kept here."
            ),
        }
        for channel in self:
            lines = [holders.get(channel.conductor_role, "")]
            for route in channel.route_ids:
                who = people[route.recipient_role]
                if route.author_role == "employee":
                    lines.append(self.env._("You may tell %(who)s about it.", who=who))
                elif route.required:
                    lines.append(
                        self.env._(
                            "A short feedback goes to %(who)s; you can read it.",
                            who=who,
                        )
                    )
                elif route.needs_agreement:
                    lines.append(
                        self.env._(
                            "Something is told to %(who)s only if you agree.", who=who
                        )
                    )
                else:
                    lines.append(
                        self.env._(
                            "%(who)s may be told; you can read what is said.", who=who
                        )
                    )
            unaware = [
                people[role]
                for role in ("n1", "n2", "hr")
                if channel[f"hidden_from_{role}"] and role != channel.conductor_role
            ]
            if unaware:
                lines.append(
                    self.env._("Will not know of it: %(who)s.", who=", ".join(unaware))
                )
            channel.explanation = "\n".join(line for line in lines if line)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        # sudo: career.conversation - only whether any exists; the answer is the same
        # for every channel in use, whoever asks
        used = self.env["career.conversation"].sudo()
        if used.search_count([("channel_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._(
                    "This channel is in use. Archive it instead: its conversations "
                    "stay as they are."
                )
            )

    @api.model
    def _career_available(self, employee):
        """The channels that are open to an employee.

        :param employee: record of ``hr.employee``
        :return: channels of the employee's company, or shared by all; those of the
            line where the line has somebody
        """
        channels = self.search([("company_id", "in", [False, employee.company_id.id])])
        line = employee._career_line()
        return channels.filtered(lambda c: line.get(c.conductor_role, True))

    @api.model
    def _career_offered(self, employee):
        """The open channels in which there is somebody to ask.

        :param employee: record of ``hr.employee``
        """
        line_users = self.env["res.users"].union(*employee._career_line_users())
        # sudo: hr.employee - whether the roles are held by anybody else
        own, company = employee.sudo().user_id, employee.sudo().company_id
        staffed = {
            "hr": bool(company._career_officers() - own),
            "coach": bool(company._career_coaches() - own - line_users),
        }
        return self._career_available(employee).filtered(
            lambda c: staffed.get(c.conductor_role, True)
        )

    @api.model
    def _career_by_code(self, code, company):
        """The channel with this code: the company's own first, else the shared one."""
        channels = self.search(
            [("code", "=", code), ("company_id", "in", [False, company.id])]
        )
        return channels.sorted(lambda c: not c.company_id)[:1]
