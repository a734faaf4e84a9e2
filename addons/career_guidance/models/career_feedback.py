from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import is_html_empty


class CareerFeedback(models.Model):
    """What is told about a conversation, to whom, by whom (R1.7, R1.8).

    Only along a route of the channel. What a guide outside the line wants to tell
    waits for the employee's agreement; the recipient is frozen at sending.
    """

    _name = "career.feedback"
    _inherit = "career.conversation.child.mixin"
    _description = "Feedback about a career conversation"
    _order = "date_sent desc, id desc"
    _career_path = "career-feedback"

    _career_keep = "feedback"
    _career_keep_states = ("sent", "refused")
    _in_line = (
        "[('state', '=', 'sent'), ('recipient_role', '=', '{role}'),"
        " ('recipient_user_id', '=', user.id), '|', ('n1_user_id', '=', user.id),"
        " ('n2_user_id', '=', user.id)]"
    )
    _audience_rules = {
        "employee": (
            "rwc",
            "[('author_role', '=', 'employee'), ('employee_user_id', '=', user.id)]",
        ),
        "employee_unlink": (
            "u",
            "[('author_role', '=', 'employee'), ('employee_user_id', '=', user.id),"
            " ('state', '=', 'draft')]",
        ),
        "employee_subject": (
            "r",
            "[('author_role', '=', 'conductor'), ('state', '!=', 'draft'),"
            " ('employee_user_id', '=', user.id)]",
        ),
        "conductor": (
            "rwc",
            "[('author_role', '=', 'conductor'), ('conductor_user_id', '=', user.id)]",
        ),
        "conductor_unlink": (
            "u",
            "[('author_role', '=', 'conductor'), ('conductor_user_id', '=', user.id),"
            " ('state', '=', 'draft')]",
        ),
        "n1": ("r", _in_line.format(role="n1")),
        "n2": ("r", _in_line.format(role="n2")),
        "hr": (
            "r",
            "[('state', '=', 'sent'), ('recipient_role', '=', 'hr'),"
            " ('company_id', 'in', company_ids)]",
        ),
    }
    _audience_hidden_unless = ("('recipient_user_id', '=', user.id)",)
    # the roles may be named, but they are those of the route
    _career_creatable = {
        "author": {"conversation_id", "route_id", "body"}
        | {"author_role", "recipient_role"}
    }
    _career_writable = {"author": {"draft": {"body"}}, "recipient": {}}
    _career_transitions = {
        "send": ({"draft"}, {"author"}),
        "agree": ({"awaiting_agreement"}, {"employee"}),
        "refuse": ({"awaiting_agreement"}, {"employee"}),
        "answer": ({"sent"}, {"recipient"}),
    }

    route_id = fields.Many2one(
        "career.channel.route",
        required=True,
        index=True,
        ondelete="restrict",
    )
    author_role = fields.Selection(
        [("employee", "Employee"), ("conductor", "Guide")],
        string="From",
        required=True,
        readonly=True,
    )
    recipient_role = fields.Selection(
        [
            ("n1", "Line manager (N+1)"),
            ("n2", "Manager's manager (N+2)"),
            ("hr", "HR"),
        ],
        string="To",
        required=True,
        readonly=True,
    )
    author_user_id = fields.Many2one("res.users", string="Written by", readonly=True)
    recipient_user_id = fields.Many2one(
        "res.users",
        string="Recipient",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="Frozen at sending. Empty for HR: any career officer may read it.",
    )
    body = fields.Html("What is told")
    reply = fields.Html("Answer", readonly=True, copy=False)
    replied_by = fields.Char(readonly=True, copy=False)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("awaiting_agreement", "Waits for the employee"),
            ("sent", "Sent"),
            ("refused", "Refused by the employee"),
        ],
        default="draft",
        required=True,
        readonly=True,
        index=True,
        copy=False,
    )
    date_sent = fields.Datetime("Sent on", readonly=True, copy=False)
    can_send = fields.Boolean(compute="_compute_can", export_string_translation=False)
    can_agree = fields.Boolean(compute="_compute_can", export_string_translation=False)
    can_answer = fields.Boolean(compute="_compute_can", export_string_translation=False)
    can_edit = fields.Boolean(compute="_compute_can", export_string_translation=False)

    @api.model
    def _career_label(self):
        return self.env._("Career feedback")

    @api.depends_context("uid", "career_acting_employee")
    @api.depends("state", "author_role", "employee_user_id", "conductor_user_id")
    def _compute_can(self):
        for feedback in self:
            feedback.can_send = feedback._career_can("send")
            feedback.can_agree = feedback._career_can("agree")
            feedback.can_answer = feedback._career_can("answer")
            feedback.can_edit = "body" in feedback._career_writable_fields()

    # ------------------------------------------------------------------------ CRUD
    @api.model
    def _career_prepare_create(self, vals_list):
        result = []
        for vals in super()._career_prepare_create(vals_list):
            # sudo: career.channel.route - readable by all; career.conversation - the
            # record rules check the caller's part in it after creation
            route = self.env["career.channel.route"].sudo()
            route = route.browse(vals.get("route_id")).exists()
            conversation = (
                self.env["career.conversation"]
                .sudo()
                .browse(vals.get("conversation_id"))
                .exists()
            )
            if not route or route.channel_id != conversation.channel_id:
                raise UserError(
                    self.env._(
                        "This route does not exist in the conversation's channel. "
                        "Choose one of the routes that the conversation shows."
                    )
                )
            if conversation.state == "cancelled":
                raise UserError(
                    self.env._("The conversation was cancelled: nothing can be told.")
                )
            vals["author_role"] = route.author_role
            vals["recipient_role"] = route.recipient_role
            vals.setdefault("author_user_id", self._career_author_id())
            result.append(vals)
        return result

    # ----------------------------------------------------------------------- roles
    def _career_roles(self):
        """Also ``author``, and ``recipient`` once it was sent."""
        roles = super()._career_roles()
        # sudo: own model - only author and recipient are looked at
        feedback = self.sudo()
        if feedback.author_role in roles:
            roles.add("author")
        if feedback.state == "sent":
            if feedback.recipient_role == "hr" and "hr" in roles:
                roles.add("recipient")
            elif feedback.recipient_user_id == self.env.user and roles & {"n1", "n2"}:
                roles.add("recipient")
        return roles

    def _career_readers(self):
        readers = []
        if self.author_role == "employee" or self.state != "draft":
            readers.append(
                (
                    self.employee_user_id,
                    "employee",
                    self.env._("It is about this person"),
                )
            )
        if self.author_role == "conductor":
            readers.append((self.conductor_user_id, "conductor", self.env._("Author")))
        if self.state == "sent" and self.recipient_role == "hr":
            kept_out = self.conversation_id._career_kept_out()
            for user in self.company_id._career_officers() - kept_out:
                readers.append((user, "hr", self.env._("It was sent to HR")))
        elif self.state == "sent" and self.recipient_user_id in (
            self.n1_user_id | self.n2_user_id
        ):
            role = self.recipient_role
            readers.append(
                (self.recipient_user_id, role, self.env._("It was sent to him"))
            )
        return [reader for reader in readers if reader[0]]

    # --------------------------------------------------------------------- actions
    def action_send(self):
        """Send it, or let it wait for the employee where the route needs agreement.

        :raise AccessError: the caller is not the author
        :raise UserError: nothing written; nobody there to receive it
        """
        todo = self.filtered(lambda f: f.state not in ("sent", "awaiting_agreement"))
        todo._career_check("send")
        for feedback in todo:
            if is_html_empty(feedback.body):
                raise UserError(self.env._("Write what you want to tell first."))
            if feedback.conversation_state == "cancelled":
                raise UserError(
                    self.env._("The conversation was cancelled: nothing can be told.")
                )
            system = feedback._career_system()
            if feedback.route_id.needs_agreement:
                feedback._career_apply({"state": "awaiting_agreement"}, "feedback")
                system._career_todo(feedback.employee_user_id, "agree")
            else:
                system._career_deliver()
        return True

    def _career_deliver(self):
        """The message reaches its recipient, who is frozen now."""
        for feedback in self:
            if feedback.conversation_id.state == "cancelled":
                raise UserError(
                    self.env._("The conversation was cancelled: nothing can be told.")
                )
            recipients = feedback.conversation_id._career_recipient(feedback.route_id)
            if not recipients:
                raise UserError(
                    self.env._("There is nobody to receive this. Ask HR who could.")
                )
            hr = feedback.recipient_role == "hr"
            feedback.write(
                {
                    "state": "sent",
                    "date_sent": fields.Datetime.now(),
                    "recipient_user_id": False if hr else recipients.id,
                }
            )
            feedback._career_log(
                "feedback",
                feedback.employee_id._career_reader_env()._("HR")
                if hr
                else recipients.name,
            )
            feedback._career_todo(recipients - self.env.user, "read")
            conversation = feedback.conversation_id
            if not conversation.unsettled_route_ids:
                conversation._career_todo_done("close")

    def action_agree(self):
        """The employee agrees: the message is sent.

        :raise AccessError: the caller is not the employee
        """
        todo = self.filtered(lambda f: f.state != "sent")
        todo._career_check("agree")
        for feedback in todo:
            feedback._career_log("agree")
            feedback._career_system()._career_deliver()
            feedback._career_todo_done("agree")
        return True

    def action_refuse(self):
        """The employee does not agree. The route is settled; refusing has no
        consequence (R4.1).

        :raise AccessError: the caller is not the employee
        """
        todo = self.filtered(lambda f: f.state != "refused")
        todo._career_check("refuse")
        for feedback in todo:
            feedback._career_apply({"state": "refused"}, "refuse")
            feedback._career_todo_done("agree")
        return True

    def action_answer(self, reply):
        """The recipient answers; author and employee read it.

        :param reply: text or HTML
        :raise AccessError: the caller did not receive this feedback
        """
        self._career_check("answer")
        if not (reply or "").strip():
            raise UserError(self.env._("Write your answer first."))
        for feedback in self:
            feedback._career_apply(
                {"reply": reply, "replied_by": self.env.user.name}, "feedback"
            )
            feedback._career_todo_done("read")
            author = (
                feedback.employee_user_id
                if feedback.author_role == "employee"
                else feedback.conductor_user_id
            )
            feedback._career_system()._career_todo(author - self.env.user, "reply")
        return True
