from odoo import api, fields, models


class CareerConversationPanel(models.Model):
    """What lies beside a conversation: who can hold it, and what is known already.

    Everything is searched with the viewer's own rights: the panel shows nothing that
    the viewer could not open (R2.9).
    """

    _inherit = "career.conversation"

    available_channel_ids = fields.Many2many(
        "career.channel", compute="_compute_available_channel_ids"
    )
    guide_option_ids = fields.Many2many(
        "hr.employee",
        compute="_compute_guide_options",
        compute_sudo=True,
        string="Possible guides",
    )
    coach_option_ids = fields.Many2many(
        "career.coach",
        compute="_compute_guide_options",
        compute_sudo=True,
        string="Coaches of the pool",
    )
    panel_aspiration_ids = fields.Many2many(
        "career.aspiration", string="Wishes", compute="_compute_panel"
    )
    panel_plan_ids = fields.Many2many(
        "career.plan", string="Running plan", compute="_compute_panel"
    )
    panel_skill_ids = fields.Many2many(
        "hr.employee.skill", string="Skills", compute="_compute_panel"
    )
    panel_previous_date = fields.Datetime("Last conversation", compute="_compute_panel")
    panel_previous_outcome = fields.Selection(
        selection=lambda self: self._fields["outcome"]._description_selection(self.env),
        string="Its outcome",
        compute="_compute_panel",
    )

    @api.depends_context("uid")
    @api.depends("employee_id")
    def _compute_available_channel_ids(self):
        """Channels open to the employee; for a guide, those that he may start."""
        for conversation in self:
            employee = conversation.employee_id
            channels = self.env["career.channel"]
            if employee:
                channels = channels._career_offered(employee)
                if not self._career_is_own_employee(employee):
                    held = self._career_held_roles(employee)
                    channels = channels.filtered(
                        lambda c, held=held: c.conductor_role in held
                    )
            conversation.available_channel_ids = channels

    @api.model
    def _career_is_own_employee(self, employee):
        acting = self._career_acting_employee_id()
        if acting is not None:
            return employee.id == acting
        # sudo: hr.employee - whether it is the caller himself
        return employee.sudo().user_id == self.env.user

    @api.model
    def _career_held_roles(self, employee):
        """The roles in which the caller can start a conversation with an employee."""
        roles = ("n1", "n2", "hr", "coach", "mentor")
        user = self.env.user
        return {role for role in roles if employee._career_may_start(role, user)}

    @api.depends("employee_id", "channel_id", "conductor_role")
    def _compute_guide_options(self):
        """Whom the employee can choose: the pool, HR, or a colleague as mentor."""
        coaches = self.env["career.coach"]
        for conversation in self:
            employee = conversation.employee_id
            role = conversation.channel_id.conductor_role
            pool = coaches
            options = self.env["hr.employee"]
            if role in ("coach", "hr") and employee:
                line = employee._career_line()
                # sudo: hr.employee, res.users - who holds a role is no secret
                company = employee.sudo().company_id
                own = employee | line["n1"] | line["n2"]
                if role == "coach":
                    pool = coaches.search([("company_id", "=", company.id)])
                    pool = pool.filtered(lambda c, own=own: c.employee_id not in own)
                    options = pool.employee_id
                else:
                    officers = company._career_officers().employee_ids
                    options = officers - employee
            conversation.guide_option_ids = options
            conversation.coach_option_ids = pool

    @api.depends_context("uid")
    @api.depends("employee_id")
    def _compute_panel(self):
        for conversation in self:
            # a record that is not saved yet tells nothing
            employee = conversation.employee_id if conversation._origin else None
            found = self._career_panel_of(employee, conversation._origin)
            for name, value in found.items():
                conversation[f"panel_{name}"] = value

    @api.model
    def _career_panel_of(self, employee, conversation):
        if not employee:
            return {
                "aspiration_ids": False,
                "plan_ids": False,
                "skill_ids": False,
                "previous_date": False,
                "previous_outcome": False,
            }
        about = fields.Domain("employee_id", "=", employee.id)
        previous = self.search(
            about
            & fields.Domain("id", "!=", conversation.id)
            & fields.Domain("state", "in", ("held", "closed")),
            order="date_held desc, id desc",
            limit=1,
        )
        return {
            "aspiration_ids": self.env["career.aspiration"].search(
                about & fields.Domain("state", "=", "active")
            ),
            "plan_ids": self.env["career.plan"].search(
                about & fields.Domain("state", "in", ("proposed", "agreed"))
            ),
            "skill_ids": self.env["hr.employee.skill"].search(
                about & fields.Domain("valid_to", "=", False), limit=30
            ),
            "previous_date": previous.date_held,
            "previous_outcome": previous.outcome,
        }

    # ---------------------------------------------------------------------- on paper
    def _career_workbook_lines(self):
        """The employee's questions, for who works without a screen; no answers."""
        self.ensure_one()
        sets = self.env["career.question.set"]
        return sets._career_paper_lines("employee", self.company_id)
