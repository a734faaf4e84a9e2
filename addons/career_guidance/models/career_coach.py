from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CareerCoach(models.Model):
    """A member of the pool of career coaches (R0.5).

    Who chooses a coach sees speciality, languages and whether there is room; never
    whom the coach guides.
    """

    _name = "career.coach"
    _description = "Career coach of the pool"
    _order = "sequence, id"

    employee_id = fields.Many2one(
        "hr.employee", string="Coach", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        related="employee_id.company_id", store=True, index=True
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    speciality = fields.Char(translate=True)
    language_ids = fields.Many2many("res.lang", string="Languages")
    max_load = fields.Integer("Trajectories at once", default=3)
    load = fields.Integer(
        "Guides now",
        compute="_compute_has_room",
        compute_sudo=True,
        help="How many, never whom.",
    )
    has_room = fields.Boolean(compute="_compute_has_room", compute_sudo=True)

    _employee_uniq = models.UniqueIndex(
        "(employee_id)", "This employee is in the pool already."
    )
    _max_load_positive = models.Constraint(
        "CHECK (max_load >= 0)", "A coach cannot guide less than nobody."
    )

    @api.depends("employee_id.name")
    def _compute_display_name(self):
        # sudo: hr.employee - the name only; a pool can serve several companies
        for coach in self.sudo():
            coach.display_name = coach.employee_id.name

    @api.depends("max_load")
    def _compute_has_room(self):
        counts = dict(
            self.env["career.trajectory"]._read_group(
                [
                    ("state", "=", "running"),
                    ("coach_id", "in", self.employee_id.ids),
                ],
                ["coach_id"],
                ["__count"],
            )
        )
        for coach in self:
            coach.load = counts.get(coach.employee_id, 0)
            coach.has_room = coach.load < coach.max_load

    @api.constrains("employee_id")
    def _check_user(self):
        for coach in self:
            # sudo: hr.employee - a coach works in Odoo; only whether there is a user
            if not coach.employee_id.sudo().user_id:
                raise ValidationError(
                    self.env._("A coach of the pool needs a user to work with.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        coaches = super().create(vals_list)
        coaches._sync_group()
        return coaches

    def write(self, vals):
        before = self._coach_users()
        result = super().write(vals)
        if {"employee_id", "active"} & set(vals):
            self._sync_group(before)
        return result

    def unlink(self):
        before = self._coach_users()
        result = super().unlink()
        self._sync_group(before)
        return result

    def _coach_users(self):
        # sudo: hr.employee - the users behind the pool, for the group alone; who left
        # is no coach any more
        return self.sudo().employee_id.filtered("active").user_id

    @api.model
    def _group(self):
        # sudo: res.groups - membership of this derived group follows from the pool
        return self.env.ref("career_guidance.group_career_coach").sudo()

    def _sync_group(self, before=None):
        """The coach group has the users of the pool, no more and no less.

        :param before: users who may have been, or may have become, members
        """
        users = (before or self.env["res.users"]) | self.exists()._coach_users()
        if not users:
            return
        # sudo: career.coach - the whole pool decides, also of other companies
        pool = self.sudo().with_context(active_test=False)
        members = pool.search(
            [("active", "=", True), ("employee_id.user_id", "in", users.ids)]
        )._coach_users()
        group = self._group()
        present = group.user_ids & users
        commands = [
            *(fields.Command.link(user.id) for user in members - present),
            *(fields.Command.unlink(user.id) for user in present - members),
        ]
        if commands:
            group.write({"user_ids": commands})
