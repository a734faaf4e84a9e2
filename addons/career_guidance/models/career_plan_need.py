from textwrap import shorten

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError, ValidationError


class CareerPlanNeed(models.Model):
    """A development need, stated precisely: situation, behaviour, wish (R2.5)."""

    _name = "career.plan.need"
    _inherit = "career.plan.child.mixin"
    _description = "Development need"
    _order = "plan_id, sequence, id"

    _content = {
        "name",
        "sequence",
        "domain",
        "purpose",
        "situation",
        "behaviour_now",
        "behaviour_wanted",
        "skill_type_id",
        "skill_id",
        "current_level_id",
        "target_level_id",
    }
    _career_creatable = {
        "employee": _content | {"plan_id"},
        "conductor": _content | {"plan_id"},
    }
    _career_writable = {
        "employee": {"draft": _content},
        "conductor": {"draft": _content},
    }
    _career_transitions = {
        "add_skill": ({"agreed", "evaluated"}, {"employee"}),
        "decline_skill": ({"agreed", "evaluated"}, {"employee"}),
    }
    # what a new version is compared on with the one before
    _career_compared = (
        "name",
        "domain",
        "purpose",
        "situation",
        "behaviour_now",
        "behaviour_wanted",
        "skill_id",
        "target_level_id",
    )

    name = fields.Char("In short", compute="_compute_name", store=True, readonly=False)
    sequence = fields.Integer(default=10)
    domain = fields.Selection(
        [
            ("attitude", "Attitude"),
            ("social", "Social skills"),
            ("leadership", "Leadership"),
            ("technical", "Knowledge and technique"),
        ],
        string="About",
        index=True,
    )
    purpose = fields.Selection(
        [("current_job", "My present job"), ("next_step", "My next step")],
        string="For",
        default="current_job",
        required=True,
    )
    situation = fields.Text(help="When or where does it show?")
    behaviour_now = fields.Text("What I do now")
    behaviour_wanted = fields.Text("What I would like to do")
    skill_type_id = fields.Many2one(
        related="skill_id.skill_type_id", string="Kind of skill"
    )
    skill_id = fields.Many2one("hr.skill", index="btree_not_null", ondelete="set null")
    current_level_id = fields.Many2one(
        "hr.skill.level",
        string="Level now",
        ondelete="set null",
        domain="[('skill_type_id', '=', skill_type_id)]",
    )
    target_level_id = fields.Many2one(
        "hr.skill.level",
        string="Level wanted",
        ondelete="set null",
        domain="[('skill_type_id', '=', skill_type_id)]",
    )
    is_precise = fields.Boolean(
        "Precise",
        compute="_compute_is_precise",
        store=True,
        help="Situation, present behaviour and wanted behaviour are all described.",
    )

    origin_id = fields.Many2one(
        "career.plan.need",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        export_string_translation=False,
    )
    is_met = fields.Boolean(
        "Met",
        compute="_compute_is_met",
        help="Every action for this need is done; what both dropped does not count.",
    )
    skill_state = fields.Selection(
        [("added", "On the profile"), ("declined", "Kept off the profile")],
        string="Skill on the profile",
        readonly=True,
        copy=False,
    )
    can_add_skill = fields.Boolean(
        compute="_compute_can_add_skill", export_string_translation=False
    )

    @api.model
    def _career_label(self):
        return self.env._("Development need")

    @api.depends_context("uid")
    @api.depends("behaviour_wanted", "skill_id", "domain")
    def _compute_name(self):
        """A short name where none was given: what is wanted, else the skill.

        Who is writing it in a form finds an empty box, not a name to rub out.
        """
        domains = dict(self._fields["domain"]._description_selection(self.env))
        for need in self.filtered(lambda n: not n.name):
            wanted = (need.behaviour_wanted or "").strip().split("\n")[0]
            need.name = (
                shorten(wanted, 80)
                or need.skill_id.name
                or domains.get(need.domain)
                or (self._career_label() if need.id else False)
            )

    @api.depends("name")
    def _compute_display_name(self):
        """The short name for who reads the need, a constant for everybody else.

        Odoo computes the name behind a many2one with all rights.
        """
        if self._career_guarded() or self.env.uid == SUPERUSER_ID:
            readable = self
        else:
            readable = self.sudo(False)._filtered_access("read")
        known, label = set(readable.ids), self._career_label()
        for need in self:
            shown = not isinstance(need.id, int) or need.id in known
            need.display_name = need.name if shown else label

    @api.depends("situation", "behaviour_now", "behaviour_wanted", "domain")
    def _compute_is_precise(self):
        for need in self:
            need.is_precise = bool(
                need.domain
                and need.situation
                and need.behaviour_now
                and need.behaviour_wanted
            )

    @api.depends("plan_id.action_ids.state", "plan_id.action_ids.need_id")
    def _compute_is_met(self):
        for need in self:
            actions = need.plan_id.action_ids.filtered(
                lambda a, need=need: a.need_id == need and a.state != "dropped"
            )
            need.is_met = bool(actions) and set(actions.mapped("state")) == {"done"}

    @api.depends_context("uid")
    @api.depends("is_met", "skill_state", "target_level_id", "plan_id.state")
    def _compute_can_add_skill(self):
        for need in self:
            need.can_add_skill = bool(
                need.is_met
                and need.target_level_id
                and not need.skill_state
                and need._career_can("add_skill")
            )

    @api.constrains("skill_id", "current_level_id", "target_level_id")
    def _check_levels(self):
        for need in self:
            levels = need.current_level_id | need.target_level_id
            if levels and levels.skill_type_id != need.skill_id.skill_type_id:
                raise ValidationError(
                    self.env._(
                        'The levels of the need "%(need)s" do not belong to its skill. '
                        "Choose them again.",
                        need=need.name,
                    )
                )

    @api.model
    def _career_from_gap(self, gap):
        """Values of needs from what a job expects beyond today's skills.

        :param gap: what ``hr.employee.career_skill_gap`` returns
        """
        return [
            {
                "name": skill.name,
                "domain": "technical",
                "purpose": "next_step",
                "skill_id": skill.id,
                "current_level_id": present.id,
                "target_level_id": expected.id,
            }
            for skill, present, expected in gap
        ]

    # --------------------------------------------------------------------- actions
    def action_add_skill(self):
        """Put the level that was reached on the employee's profile, at his own word.

        Every colleague can read skills in Odoo: the form says so beside the button.
        A level that is higher already stays.

        :raise AccessError: the caller is not the employee
        :raise UserError: the need is not met, or has no level
        """
        self._career_check("add_skill")
        for need in self.filtered(lambda n: n.skill_state != "added"):
            if not need.is_met or not need.target_level_id:
                raise UserError(
                    self.env._(
                        "A skill goes to your profile when every action for the need "
                        "is done, and the need says which level you wanted."
                    )
                )
            need._career_put_skill()
            need._career_apply({"skill_state": "added"}, "agree", need.skill_id.name)
            need._career_todo_done("skill")
        return True

    def _career_put_skill(self):
        """Through hr_skills' own way, so that its history of levels is right."""
        self.ensure_one()
        level = self.target_level_id
        employee = self.employee_id.with_user(SUPERUSER_ID)
        present = employee.current_employee_skill_ids.filtered(
            lambda line: line.skill_id == self.skill_id
        )
        if any(
            line.skill_level_id.level_progress >= level.level_progress
            for line in present
        ):
            return
        employee.write(
            {
                "current_employee_skill_ids": [
                    fields.Command.create(
                        {
                            "employee_id": employee.id,
                            "skill_type_id": self.skill_id.skill_type_id.id,
                            "skill_id": self.skill_id.id,
                            "skill_level_id": level.id,
                            "valid_from": fields.Date.context_today(self),
                        }
                    )
                ]
            }
        )

    def button_open(self):
        """Open the need in a dialog, with the question about the skill."""
        self.ensure_one()
        view = self.env.ref("career_guidance.career_plan_need_view_form")
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "name": self.env._("Development need"),
            "views": [(view.id, "form")],
            "target": "new",
        }

    def action_decline_skill(self):
        """Keep it off the profile; it is not asked again.

        :raise AccessError: the caller is not the employee
        """
        self._career_check("decline_skill")
        todo = self.filtered(lambda n: not n.skill_state)
        todo._career_apply({"skill_state": "declined"}, "refuse")
        todo._career_todo_done("skill")
        return True

    def _career_offer_skill(self):
        """Ask the employee, once the need is met."""
        for need in self._career_system():
            if need.is_met and need.target_level_id and not need.skill_state:
                need._career_todo(need.employee_user_id, "skill")
            else:
                need._career_todo_done("skill")
