from odoo import SUPERUSER_ID, api, fields, models


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

    name = fields.Char("In short", required=True)
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
    skill_id = fields.Many2one(
        "hr.skill", string="Skill", index="btree_not_null", ondelete="set null"
    )
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

    @api.model
    def _career_label(self):
        return self.env._("Development need")

    @api.depends_context("uid")
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
