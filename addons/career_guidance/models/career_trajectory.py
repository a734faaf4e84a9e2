from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class CareerTrajectory(models.Model):
    """Guidance by a coach or mentor, once or intensive (R0.5, R1.5)."""

    _name = "career.trajectory"
    _inherit = "career.audience.mixin"
    _description = "Guidance by a career coach"
    _order = "create_date desc, id desc"
    _career_path = "career-trajectories"

    _career_keep = "conversation"
    _career_keep_states = ("closed", "refused")
    _audience_rules = {
        "employee": ("rc", None),
        "employee_unlink": (
            "u",
            "[('employee_user_id', '=', user.id), ('state', '=', 'requested')]",
        ),
        "conductor": ("rw", None),
        "pool_request": (
            "r",
            "[('is_open_request', '=', True), ('company_id', 'in', company_ids)]",
        ),
    }
    _career_creatable = {
        "employee": {"coach_id", "question", "intensity", "kind", "adviser_id"}
    }
    _career_writable = {"conductor": {"running": {"referral"}}}
    _career_transitions = {
        "accept": ({"requested"}, {"conductor", "pool"}),
        "refuse": ({"requested"}, {"conductor"}),
        "close": ({"running"}, {"employee", "conductor"}),
        "create_conversation": ({"running"}, {"employee", "conductor"}),
    }

    kind = fields.Selection(
        [("coach", "Coach of the pool"), ("mentor", "Mentor"), ("external", "Outside")],
        default="coach",
        required=True,
    )
    coach_id = fields.Many2one(
        "hr.employee",
        string="Coach or mentor",
        index="btree_not_null",
        ondelete="set null",
    )
    adviser_id = fields.Many2one(
        "res.partner",
        string="External adviser",
        ondelete="set null",
        help="Only what you write down yourself is kept here.",
    )
    conductor_user_id = fields.Many2one(
        compute="_compute_conductor_user_id",
        compute_sudo=True,
        store=True,
        precompute=True,
    )
    question = fields.Text("My question")
    intensity = fields.Selection(
        [("once", "One conversation"), ("intensive", "Several conversations")],
        default="once",
        required=True,
    )
    state = fields.Selection(
        [
            ("requested", "Requested"),
            ("running", "Running"),
            ("closed", "Closed"),
            ("refused", "Refused"),
        ],
        default="requested",
        required=True,
        readonly=True,
        index=True,
        copy=False,
    )
    is_open_request = fields.Boolean(
        compute="_compute_is_open_request",
        store=True,
        precompute=True,
        export_string_translation=False,
    )
    referral = fields.Text(
        "Referred to", help="Where the coach advises to go on, outside the pool."
    )
    refuse_reason = fields.Char(readonly=True)
    date_closed = fields.Date(readonly=True)
    conversation_ids = fields.One2many(
        "career.conversation", "trajectory_id", string="Conversations"
    )
    can_accept = fields.Boolean(compute="_compute_can", export_string_translation=False)
    can_refuse = fields.Boolean(compute="_compute_can", export_string_translation=False)
    can_close = fields.Boolean(compute="_compute_can", export_string_translation=False)
    can_create_conversation = fields.Boolean(
        compute="_compute_can", export_string_translation=False
    )
    pool_ids = fields.Many2many("career.coach", compute="_compute_pool_ids")

    @api.model
    def _career_label(self):
        return self.env._("Guidance by a coach")

    @api.depends("coach_id.user_id")
    def _compute_conductor_user_id(self):
        for trajectory in self:
            trajectory.conductor_user_id = trajectory.coach_id.user_id

    @api.depends("state", "coach_id", "kind")
    def _compute_is_open_request(self):
        for trajectory in self:
            trajectory.is_open_request = (
                trajectory.state == "requested"
                and trajectory.kind == "coach"
                and not trajectory.coach_id
            )

    @api.depends_context("uid", "career_acting_employee")
    @api.depends("state", "conductor_user_id")
    def _compute_can(self):
        for trajectory in self:
            for action in self._career_transitions:
                trajectory[f"can_{action}"] = trajectory._career_can(action)

    @api.depends("employee_id", "kind")
    def _compute_pool_ids(self):
        """Coaches whom the employee can choose: not in his own line."""
        for trajectory in self:
            employee = trajectory.employee_id
            pool = self.env["career.coach"]
            if employee and trajectory.kind == "coach":
                line = employee._career_line()
                own = employee | line["n1"] | line["n2"]
                pool = pool.search([("company_id", "=", employee.company_id.id)])
                pool = pool.filtered(lambda c, own=own: c.employee_id not in own)
            trajectory.pool_ids = pool

    @api.constrains("coach_id", "kind", "employee_id")
    def _check_conductor(self):
        result = super()._check_conductor()
        for trajectory in self:
            trajectory.employee_id._career_check_conductor(
                trajectory.kind, trajectory.conductor_user_id
            )
            if trajectory.coach_id and not trajectory.conductor_user_id:
                raise ValidationError(
                    self.env._(
                        "This colleague has no user and cannot guide anybody here. "
                        "Choose somebody else, or leave it open to the pool."
                    )
                )
        return result

    @api.model_create_multi
    def create(self, vals_list):
        trajectories = super().create(vals_list)
        trajectories._career_forget_coached()
        for trajectory in trajectories._career_system():
            trajectory._career_log("create")
            if trajectory.kind == "external":
                # nobody in Odoo accepts it: the employee keeps it himself
                trajectory.write({"state": "running"})
                continue
            users = trajectory.conductor_user_id
            if trajectory.is_open_request:
                users = trajectory._career_pool()
            trajectory._career_todo(users, "accept")
        return trajectories

    def write(self, vals):
        result = super().write(vals)
        self._career_forget_coached()
        if vals.get("referral"):
            for trajectory in self._career_system():
                trajectory._career_log("refer")
                trajectory._career_todo(
                    trajectory.employee_user_id - self.env.user, "referral"
                )
        return result

    def _career_forget_coached(self):
        """Whom somebody guides is computed per user: compute it anew."""
        for name, model in self.env.items():
            if not model._abstract and "is_coached_by_me" in model._fields:
                self.env[name].invalidate_model(["is_coached_by_me"], flush=False)

    @api.model
    def _career_prepare_create(self, vals_list):
        return [
            {
                **vals,
                "hidden_from_n1": True,
                "hidden_from_n2": True,
                "hidden_from_hr": True,
            }
            for vals in super()._career_prepare_create(vals_list)
        ]

    def _career_pool(self):
        self.ensure_one()
        users = self.company_id._career_coaches() - self.employee_user_id
        return users - self.n1_user_id - self.n2_user_id

    def _career_extra_readers(self):
        if not self.is_open_request:
            return []
        return [(self._career_pool(), "coach", self.env._("Until somebody takes it"))]

    def _career_roles(self):
        roles = super()._career_roles()
        # sudo: own model - only whether the request is open
        trajectory = self.sudo()
        if trajectory.is_open_request and self.env.user in trajectory._career_pool():
            roles.add("pool")
        return roles

    def action_accept(self):
        """Take the request; a request to the pool becomes one's own.

        :raise AccessError: the caller is not a coach of the pool
        """
        todo = self.filtered(lambda t: t.state != "running")
        todo._career_check("accept")
        for trajectory in todo:
            vals = {"state": "running"}
            if not trajectory.coach_id:
                employee = self.env.user._career_employee()
                if not employee:
                    raise UserError(
                        self.env._(
                            "Your user has no employee record. Ask HR to link one."
                        )
                    )
                vals["coach_id"] = employee.id
            trajectory._career_apply(vals, "assign", self.env.user.name)
            trajectory._career_todo_done("accept")
            system = trajectory._career_system()
            system._career_todo(trajectory.employee_user_id, "accepted")
        return True

    def action_refuse(self, reason=None):
        """No room, or not the right person. The employee can ask another.

        :param reason: a few words, read by the employee
        :raise AccessError: the request was not made to the caller
        """
        todo = self.filtered(lambda t: t.state != "refused")
        todo._career_check("refuse")
        todo._career_apply(
            {"state": "refused", "refuse_reason": reason or False}, "refuse", reason
        )
        for trajectory in todo:
            trajectory._career_todo_done("accept")
            system = trajectory._career_system()
            system._career_todo(trajectory.employee_user_id, "refused")
        return True

    def action_close(self):
        """The guidance is finished; the coach no longer reads what is shared.

        :raise AccessError: the caller is neither the employee nor the coach
        """
        todo = self.filtered(lambda t: t.state != "closed")
        todo._career_check("close")
        todo._career_apply(
            {"state": "closed", "date_closed": fields.Date.context_today(self)}, "close"
        )
        return True

    def action_create_conversation(self):
        """Ask for, or begin, the next conversation of this guidance.

        :return: the ``career.conversation``, with the trajectory's guide
        :raise UserError: the guidance is not running, or has no such channel
        """
        self.ensure_one()
        self._career_check("create_conversation")
        channel = self._career_channel()
        return self.env["career.conversation"].create(
            {
                "employee_id": self.employee_id.id,
                "channel_id": channel.id,
                "trajectory_id": self.id,
            }
        )

    def _career_channel(self):
        """The channel in which the conversations of this guidance are held."""
        self.ensure_one()
        channels = self.env["career.channel"]._career_available(self.employee_id)
        channel = channels.filtered(lambda c: c.conductor_role == self.kind)[:1]
        if not channel:
            raise UserError(
                self.env._("No channel of this kind is open to the employee. Ask HR.")
            )
        return channel

    def button_create_conversation(self):
        """Make the next conversation and open it."""
        conversation = self.action_create_conversation()
        return conversation._career_open(conversation)

    @api.model
    def _career_coached_employee_ids(self):
        """Employees whom the caller guides now, as coach or mentor."""
        # sudo: own model - the caller's own trajectories
        trajectories = self.sudo().search(
            [("conductor_user_id", "=", self.env.uid), ("state", "=", "running")]
        )
        return trajectories.employee_id.ids

    @api.model
    def _career_coaches_of(self, employee):
        """Users who guide this employee now."""
        # sudo: own model - for the employee's own list of readers
        return (
            self.sudo()
            .search([("employee_id", "=", employee.id), ("state", "=", "running")])
            .conductor_user_id
        )
