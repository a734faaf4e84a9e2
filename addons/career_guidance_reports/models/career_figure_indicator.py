from odoo import api, fields, models
from odoo.exceptions import AccessError

# What the words "direction:lateral" of an item say is looked up where it is defined.
_ITEM_FIELDS = {
    "direction": ("career.aspiration", "direction"),
    "horizon": ("career.aspiration", "horizon"),
    "cause": ("career.plan.action", "not_done_cause"),
}


# What HR and the administrator set. What a figure is, and how small groups are
# protected in it, belongs to the module.
_SET_BY_USERS = {"sequence", "active", "target_mode", "target"}


class CareerFigureIndicator(models.Model):
    """One key figure: what it says, how it is computed, and what to aim for."""

    _name = "career.figure.indicator"
    _description = "Key figure"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, readonly=True, help="Number in the definitions.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    definition = fields.Text(
        "How is this computed?", required=True, translate=True, readonly=True
    )
    kind = fields.Selection(
        [
            ("rate", "Percentage"),
            ("tenths", "Mean percentage"),
            ("mean", "Mean"),
            ("per100", "For each 100 employees"),
            ("years", "Years"),
            ("count", "Number"),
        ],
        string="Unit",
        required=True,
        readonly=True,
    )
    protection = fields.Selection(
        [
            ("open", "None: HR can read it from the employees"),
            ("guarded", "Small groups"),
            ("sealed", "Small groups and confidential content"),
        ],
        required=True,
        readonly=True,
        help="Confidential content: aspirations, outcomes, feedback, preparation, and "
        "conversations outside the line.",
    )
    is_confidential = fields.Boolean(
        "Confidential", compute="_compute_is_confidential", store=True
    )
    target_mode = fields.Selection(
        [
            ("none", "No target"),
            ("company", "The company's target of the realisation rate"),
            ("own", "Own target"),
        ],
        string="Target from",
        default="none",
        required=True,
    )
    target = fields.Float(
        "Own target", company_dependent=True, digits=(5, 1), help="For this company."
    )
    default_target = fields.Float(
        readonly=True, digits=(5, 1), help="Where the company has set none."
    )

    _code_uniq = models.Constraint("UNIQUE (code)", "This figure exists already.")
    _target_range = models.Constraint(
        "CHECK (default_target BETWEEN 0 AND 1000)", "A target is 0 or more."
    )

    @api.depends("protection")
    def _compute_is_confidential(self):
        for indicator in self:
            indicator.is_confidential = indicator.protection == "sealed"

    @api.depends("code", "name")
    def _compute_display_name(self):
        for indicator in self:
            indicator.display_name = f"{indicator.code} {indicator.name}"

    def write(self, vals):
        """Write what is the company's to choose.

        :raise AccessError: what the figure is, or its protection
        """
        if not self.env.su and set(vals) - _SET_BY_USERS:
            raise AccessError(
                self.env._(
                    "Order and target of a figure can be changed. What it is, and how "
                    "small groups are protected in it, cannot."
                )
            )
        return super().write(vals)

    def _career_target(self, company):
        """The target of a company, or 0 where there is none."""
        self.ensure_one()
        if self.target_mode == "company":
            return float(company.career_target_rate)
        if self.target_mode == "own":
            return self.with_company(company).target or self.default_target
        return 0.0

    @api.model
    def _career_item_labels(self):
        """Names of parts that do not need a look at a record."""
        return {
            "q1": self.env._("First quarter"),
            "q3": self.env._("Third quarter"),
            "hours": self.env._("Hours for each employee"),
            "vertical": self.env._("Up"),
            "lateral": self.env._("Sideways"),
            "fill": self.env._("Vacancies filled by a colleague (%)"),
            "flagged": self.env._("Groups with less access"),
            "talk:1": self.env._("With a line conversation"),
            "talk:0": self.env._("Without a line conversation"),
            "plan:1": self.env._("With an agreed plan"),
            "plan:0": self.env._("Without an agreed plan"),
            "satisfaction": self.env._("Satisfaction (1-5)"),
            "learning": self.env._("Learning effect (1-5)"),
            "practice": self.env._("Use in practice (1-5)"),
            "cause:none": self.env._("No cause given"),
            "band:0": self.env._("Less than 1 year (%)"),
            "band:1": self.env._("1 to 3 years (%)"),
            "band:3": self.env._("3 to 5 years (%)"),
            "band:5": self.env._("5 to 10 years (%)"),
            "band:10": self.env._("10 years and more (%)"),
        }

    @api.model
    def _career_item_label(self, item):
        """The name of a part of a figure, in the user's language."""
        if not item:
            return ""
        labels = self._career_item_labels()
        if item in labels:
            return labels[item]
        family, __, name = item.partition(":")
        if family in _ITEM_FIELDS:
            model, field = _ITEM_FIELDS[family]
            values = self.env[model]._fields[field]._description_selection(self.env)
            return dict(values).get(name, name)
        if family == "age":
            return self._career_age_label(name)
        if family == "access":
            # sudo: career.figure.indicator - the name of a figure
            figure = self.sudo().search([("code", "=", name)])
            return figure.display_name
        if family == "job" and name.isdigit():
            # sudo: hr.job - names of jobs are public in Odoo
            return self.env["hr.job"].sudo().browse(int(name)).exists().name or name
        return item

    @api.model
    def _career_age_label(self, name):
        if not name:
            return self.env._("Age not known")
        return self.env._("%(first)s to %(last)s years", first=name, last=int(name) + 4)
