from lxml import html
from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import SQL


class CareerFigureOverview(models.Model):
    """The newest number of each figure of a company, beside those before.

    Only numbers about a whole company, so that HR and the board see the same page.
    """

    _name = "career.figure.overview"
    _description = "Overview of key figures"
    _auto = False
    _order = "sequence, company_id, id"
    _depends = {
        "career.figure.cell": [
            "company_id",
            "period",
            "indicator_id",
            "item",
            "dimension",
            "status",
            "value",
        ],
        "career.figure.snapshot": ["state", "date_from", "date_to"],
        "career.figure.indicator": ["sequence", "kind"],
    }

    cell_id = fields.Many2one("career.figure.cell", readonly=True)
    indicator_id = fields.Many2one(
        "career.figure.indicator", string="Figure", readonly=True
    )
    sequence = fields.Integer(readonly=True)
    code = fields.Char(readonly=True)
    definition = fields.Text(related="indicator_id.definition")
    kind = fields.Selection(related="indicator_id.kind")
    protection = fields.Selection(related="indicator_id.protection")
    company_id = fields.Many2one("res.company", readonly=True)
    period = fields.Date("Month", readonly=True)
    date_from = fields.Date("From", readonly=True)
    date_to = fields.Date("Until", readonly=True)
    date_drawn = fields.Date(related="cell_id.date_drawn")
    basis = fields.Selection(related="cell_id.basis")
    status = fields.Selection(related="cell_id.status")
    is_shown = fields.Boolean(readonly=True, export_string_translation=False)
    is_gauge = fields.Boolean(readonly=True, export_string_translation=False)
    is_empty = fields.Boolean(readonly=True, export_string_translation=False)
    value = fields.Float(digits=(16, 1), aggregator="avg", readonly=True)
    shown_value = fields.Char("Now", related="cell_id.shown_value")
    target = fields.Float(digits=(5, 1), aggregator=None, readonly=True)
    has_target = fields.Boolean(readonly=True, export_string_translation=False)
    is_reached = fields.Boolean("Target reached", readonly=True)
    previous_value = fields.Float(digits=(16, 1), aggregator=None, readonly=True)
    has_previous = fields.Boolean(readonly=True, export_string_translation=False)
    year_value = fields.Float(digits=(16, 1), aggregator=None, readonly=True)
    has_year = fields.Boolean(readonly=True, export_string_translation=False)
    trend = fields.Selection(
        [("up", "Higher"), ("same", "The same"), ("down", "Lower")], readonly=True
    )
<<<<<<< HEAD
    trend_text = fields.Char("Comparison", compute="_compute_trend_text")
=======
    trend_text = fields.Char("Compared with before", compute="_compute_trend_text")
>>>>>>> lookr

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT cell.id, cell.id AS cell_id, cell.indicator_id, cell.company_id,
                   indicator.sequence, indicator.code, cell.period,
                   snapshot.date_from, snapshot.date_to, cell.value, cell.target,
                   cell.status = 'shown' AS is_shown,
                   cell.status != 'shown' AS is_empty,
                   indicator.kind IN ('rate', 'tenths') AS is_gauge,
                   COALESCE(cell.target, 0) > 0 AS has_target,
                   COALESCE(cell.is_reached, FALSE) AS is_reached,
                   previous.value AS previous_value,
                   previous.value IS NOT NULL AS has_previous,
                   year.value AS year_value, year.value IS NOT NULL AS has_year,
                   CASE WHEN cell.value > previous.value THEN 'up'
                        WHEN cell.value < previous.value THEN 'down'
                        WHEN cell.value = previous.value THEN 'same' END AS trend
              FROM (
                   SELECT DISTINCT ON (company_id) id, company_id, date_from, date_to
                     FROM career_figure_snapshot
                    WHERE state = 'done'
                    ORDER BY company_id, period DESC
                   ) snapshot
              JOIN career_figure_cell cell ON cell.snapshot_id = snapshot.id
               AND cell.dimension = 'company' AND cell.item = ''
              JOIN career_figure_indicator indicator
                ON indicator.id = cell.indicator_id AND indicator.active
              LEFT JOIN LATERAL (
                   SELECT value FROM career_figure_cell
                    WHERE company_id = cell.company_id
                      AND indicator_id = cell.indicator_id AND item = ''
                      AND dimension = 'company' AND period < cell.period
                      AND status = 'shown'
                    ORDER BY period DESC LIMIT 1
                   ) previous ON TRUE
              LEFT JOIN career_figure_cell year
                ON year.company_id = cell.company_id
               AND year.indicator_id = cell.indicator_id AND year.item = ''
               AND year.dimension = 'company' AND year.status = 'shown'
               AND year.period = (cell.period - INTERVAL '1 year')::date
            """
        )

    @api.depends("indicator_id")
    def _compute_display_name(self):
        for row in self:
            row.display_name = row.indicator_id.display_name

    @api.depends_context("lang")
    @api.depends("previous_value", "year_value")
    def _compute_trend_text(self):
        """The number of the month before, and of a year before, where they are."""
        for row in self:
            parts = []
            if row.has_previous:
                number = row.cell_id._career_shown(row.previous_value)
                parts.append(self.env._("before: %(number)s", number=number))
            if row.has_year:
                number = row.cell_id._career_shown(row.year_value)
                parts.append(self.env._("a year ago: %(number)s", number=number))
            row.trend_text = ", ".join(parts)

    @api.model
    def get_empty_list_help(self, help_message):
        """Only HR computes: the board reads what will stand here, without a button."""
        text = super().get_empty_list_help(help_message)
        if not text or self.env.user._career_is_officer_of(self.env.company):
            return text
        body = html.fragment_fromstring(text, create_parent="div")
        for button in body.xpath(".//a[@type='action']"):
            button.getparent().remove(button)
        # without the div around it: the first paragraph is shown as the title
        return Markup("").join(
            Markup(html.tostring(part, encoding="unicode")) for part in body
        )

    def action_trend(self):
        """The figure in time, as a graph."""
        self.ensure_one()
        return self._career_open_cells(
            [("dimension", "=", "company"), ("item", "=", "")], "graph"
        )

    def action_parts(self):
        """The parts of the figure: departments, ages, items."""
        self.ensure_one()
        return self._career_open_cells([("period", "=", self.period)], "list")

    def _career_open_cells(self, domain, view):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "career_guidance_reports.career_figure_cell_action"
        )
        domain = [
            ("indicator_id", "=", self.indicator_id.id),
            ("company_id", "=", self.company_id.id),
            *domain,
        ]
        views = sorted(action["views"], key=lambda entry: entry[1] != view)
        return {
            **action,
            "name": self.indicator_id.display_name,
            "domain": domain,
            "views": views,
            "context": {},
        }
