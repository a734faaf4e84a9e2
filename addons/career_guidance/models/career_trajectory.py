from odoo import api, fields, models
from odoo.exceptions import UserError


class CareerTrajectory(models.Model):
    """Guidance by a coach or mentor, once or intensive (R0.5, R1.5)."""

    _name = "career.trajectory"
    _inherit = "career.audience.mixin"
    _description = "Guidance by a career coach"
    _order = "create_date desc, id desc"
    _career_path = "career-trajectories"

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
    adviser_id = fields.Many2one("res.partner", ondelete="set null")
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
        compute="_compute_is_open_request", store=True, precompute=True
    )
    referral = fields.Text(
        "Referred to", help="Where the coach advises to go on, outside the pool."
    )
    refuse_reason = fields.Char(readonly=True)
    date_closed = fields.Date(readonly=True)
    conversation_ids = fields.One2many(
        "career.conversation", "trajectory_id", string="Conversations"
    )
    can_accept = fields.Boolean(compute="_compute_can")
    can_refuse = fields.Boolean(compute="_compute_can")
    can_close = fields.Boolean(compute="_compute_can")

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

    @api.constrains("coach_id", "kind", "employee_id")
    def _check_conductor(self):
        result = super()._check_conductor()
        for trajectory in self:
            trajectory.employee_id._career_check_conductor(
                trajectory.kind, trajectory.conductor_user_id
            )
        return result

    @api.model_create_multi
    def create(self, vals_list):
        trajectories = super().create(vals_list)
        for trajectory in trajectories._career_system():
            trajectory._career_log("create")
            users = trajectory.conductor_user_id
            if trajectory.is_open_request:
                users = trajectory._career_pool()
            trajectory._career_todo(users, "accept")
        return trajectories

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
