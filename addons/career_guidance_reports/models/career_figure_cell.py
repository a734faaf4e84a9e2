from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.career_guidance.tools.selection import labels_of


def format_decimal(env, value, whole=False):
    """A number with one decimal in the user's language, without it where whole."""
    digits = 0 if whole and value == int(value) else 1
    lang = env["res.lang"]._get_data(code=env.lang or "en_US")
    return lang and env["res.lang"].browse(lang.id).format(f"%.{digits}f", value)


class CareerFigureCell(models.Model):
    """One number of a snapshot: a figure, for a part of a company, in a month.

    Written once by the snapshot, with what protects small groups already applied: what
    may not be shown is not in the table (R3.9). Nobody writes it.
    """

    _name = "career.figure.cell"
    _description = "Number of a key figure"
    _order = "period desc, indicator_sequence, id"
    _log_access = False

    snapshot_id = fields.Many2one(
        "career.figure.snapshot",
        required=True,
        index=True,
        ondelete="cascade",
        readonly=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="cascade", readonly=True
    )
    period = fields.Date("Month", required=True, readonly=True)
    indicator_id = fields.Many2one(
        "career.figure.indicator",
        string="Figure",
        required=True,
        index=True,
        ondelete="cascade",
        readonly=True,
    )
    indicator_sequence = fields.Integer(readonly=True, export_string_translation=False)
    code = fields.Char(readonly=True)
    item = fields.Char("Part", readonly=True)
    dimension = fields.Selection(
        labels_of("career.figure.group", "dimension"),
        string="Grouping",
        required=True,
        readonly=True,
    )
    name = fields.Char("Group", readonly=True)
    department_id = fields.Many2one(
        "hr.department", index="btree_not_null", ondelete="set null", readonly=True
    )
    gender = fields.Selection(
        labels_of("hr.version", "sex"),
        readonly=True,
    )
    level = fields.Selection(
        "_selection_level", string="Job level", readonly=True, help="Seen on that day."
    )
    age = fields.Char("Age band", readonly=True)
    label = fields.Char("Group in words", compute="_compute_label")
    status = fields.Selection(
        [
            ("shown", "Shown"),
            ("nothing", "No value: there is nothing to count"),
            ("few", "No value: about too few people, or about nobody"),
            ("content", "No value: it would tell what most or hardly any of them did"),
        ],
        required=True,
        readonly=True,
    )
    value = fields.Float(digits=(16, 1), aggregator="avg", readonly=True)
    shown_value = fields.Char("Number", compute="_compute_shown_value")
    numerator = fields.Float(digits=(16, 2), aggregator=None, readonly=True)
    denominator = fields.Float("Out of", digits=(16, 2), aggregator=None, readonly=True)
    target = fields.Float(digits=(5, 1), aggregator=None, readonly=True)
    is_reached = fields.Boolean("Target reached", readonly=True)
    basis = fields.Selection(
        [("line", "Line documents"), ("all", "All documents")],
        readonly=True,
        help="Documents outside the line count for the company only, and only where "
        "they are about enough people.",
    )
    date_drawn = fields.Date(
        "People of",
        readonly=True,
        help="The people counted are those of this day. They are renewed once enough "
        "people joined or left, so that nobody can be found by comparing months.",
    )

    _cell_uniq = models.Constraint(
        "UNIQUE (company_id, period, indicator_id, item, dimension, name)",
        "A month has one number for each part of a figure.",
    )
    _overview_index = models.Index(
        "(company_id, indicator_id, period) WHERE dimension = 'company' AND item = ''"
    )

    def _read_group_select(self, aggregate_spec, query):
        """A mean over different figures, or over parts that overlap, is no number."""
        if aggregate_spec != "value:avg":
            return super()._read_group_select(aggregate_spec, query)
        columns = ("indicator_id", "item", "dimension", "name")
        one = SQL(" AND ").join(
            SQL("MIN(%(column)s) = MAX(%(column)s)", column=column)
            for column in (
                self._field_to_sql(self._table, name, query) for name in columns
            )
        )
        value = self._field_to_sql(self._table, "value", query)
        return SQL("CASE WHEN %s THEN AVG(%s) END", one, value)

    @api.depends_context("lang")
    @api.depends("dimension", "name", "item", "department_id")
    def _compute_label(self):
        indicators = self.env["career.figure.indicator"]
        genders = self._career_gender_labels()
        levels = self._career_level_labels()
        for cell in self:
            if cell.dimension == "department":
                # sudo: hr.department - names of departments are public in Odoo
                label = cell.department_id.sudo().complete_name or self.env._("Closed")
            elif cell.dimension == "gender":
                label = genders.get(cell.name, cell.name)
            elif cell.dimension == "level":
                label = levels.get(cell.name, cell.name)
            elif cell.dimension == "age":
                label = indicators._career_age_label(cell.name)
            else:
                label = cell.company_id.name
            item = indicators._career_item_label(cell.item)
            cell.label = f"{label}: {item}" if item else label

    @api.depends_context("lang")
    @api.depends("status", "value", "indicator_id.kind")
    def _compute_shown_value(self):
        """The number with its unit; a dash where there is none, never a 0."""
        for cell in self:
            cell.shown_value = cell._career_shown(cell.value)

    def _career_shown(self, value):
        """A value of this cell in words.

        :param value: number
        :return: text in the user's language
        """
        self.ensure_one()
        if self.status != "shown":
            return "–"
        kind = self.indicator_id.kind
        if self.item.partition(":")[0] == "access":
            kind = "rate"
        elif self.item in ("flagged", "satisfaction", "hours") or kind == "count":
            kind = "number"
        elif self.item.partition(":")[0] in ("direction", "horizon", "job"):
            kind = "number"
        elif self.item.partition(":")[0] == "band" or self.item == "fill":
            kind = "rate"
        text = format_decimal(self.env, value, whole=kind == "number")
        if kind in ("rate", "tenths"):
            return f"{text}%"
        if kind == "number" and not self.item:
            return self._career_counted(value, text)
        if kind == "years":
            return self.env._("%(number)s years", number=text)
        if kind == "per100":
            return self.env._("%(number)s per 100", number=text)
        return text

    def _career_counted(self, value, text):
        """What a figure that counts has counted.

        :param value: number
        :param text: the number in the user's language
        """
        one, more = {
            "K11": (self.env._("1 employee"), self.env._("%s employees", text)),
            "K13": (self.env._("1 group"), self.env._("%s groups", text)),
            "K20": (self.env._("once"), self.env._("%s times", text)),
        }.get(self.code, (text, text))
        return one if value == 1 else more

    @api.depends("indicator_id", "label")
    def _compute_display_name(self):
        for cell in self:
            cell.display_name = f"{cell.indicator_id.display_name}: {cell.label}"

    @api.model
    def _career_gender_labels(self):
        sex = self.env["hr.version"]._fields["sex"]
        labels = dict(sex._description_selection(self.env))
        return {**labels, "": self.env._("Gender not known")}

    @api.model
    def _selection_level(self):
        return list(self._career_level_labels().items())

    @api.model
    def _career_level_labels(self):
        return {
            "0": self.env._("Manages nobody"),
            "1": self.env._("Manages people"),
            "2": self.env._("Manages managers"),
        }
