"""Writes the dashboards of key figures: ``python tools/dashboard.py``.

The spreadsheet is a file of Odoo's own format; this keeps it readable in reviews. The
board has one without departments: it reads the company as a whole.
"""

import json
from pathlib import Path

PERIOD, COMPANY, DEPARTMENT = "career-period", "career-company", "career-department"
CELL, OVERVIEW = "career.figure.cell", "career.figure.overview"
MENU = "career_guidance_reports.career_menu_figure_cells"
# figures of the cards on top, with their names (translated by the add-on)
CARDS = (
    ("K1", "Coverage"),
    ("K3", "Plan coverage"),
    ("K4c", "80% rule"),
    ("K6", "Follow-up in time"),
)
TRENDS = ["K1", "K3", "K4c"]
WHOLE = [["dimension", "=", "company"], ["item", "=", ""], ["status", "=", "shown"]]


def _matching(with_period=True, with_department=False):
    """Which field of the data each filter of the dashboard is about."""
    matching = {COMPANY: {"chain": "company_id", "type": "many2one"}}
    if with_period:
        matching[PERIOD] = {"chain": "period", "type": "date", "offset": 0}
    if with_department:
        matching[DEPARTMENT] = {"chain": "department_id", "type": "many2one"}
    return matching


def _pivot(number, name, model, domain, rows=(), columns=(), **matching):
    return {
        "type": "ODOO",
        "id": str(number),
        "formulaId": str(number),
        "name": name,
        "model": model,
        "context": {},
        "domain": domain,
        "measures": [{"id": "value", "fieldName": "value", "aggregator": "avg"}],
        "rows": list(rows),
        "columns": list(columns),
        "fieldMatching": _matching(**matching),
    }


def _chart(name, kind, top, group_by, domain, **matching):
    return {
        "id": f"chart-{name}",
        "width": 1000,
        "height": 320,
        "tag": "chart",
        "col": 0,
        "row": 0,
        "offset": {"x": 0, "y": top},
        "data": {
            "type": kind,
            "title": {"text": ""},
            "background": "#FFFFFF",
            "legendPosition": "top",
            "verticalAxisPosition": "left",
            "stacked": False,
            "dataSets": [],
            "metaData": {
                "groupBy": group_by,
                "measure": "value",
                "order": None,
                "resModel": CELL,
                "mode": kind.removeprefix("odoo_"),
                "cumulatedStart": False,
            },
            "searchParams": {
                "comparison": None,
                "context": {},
                "domain": domain,
                "groupBy": group_by,
                "orderBy": [],
            },
            "fieldMatching": _matching(**matching),
        },
    }


def _card(number, title):
    return {
        "id": f"card-{number}",
        "width": 235,
        "height": 108,
        "tag": "chart",
        "col": 0,
        "row": 0,
        "offset": {"x": 255 * number, "y": 10},
        "data": {
            "type": "scorecard",
            "title": {"text": title, "bold": True, "color": "#434343"},
            "background": "#F7F2F6",
            "baselineMode": "text",
            "baselineColorUp": "#00A04A",
            "baselineColorDown": "#DC6965",
            "keyValue": f"Data!B{number + 1}",
            "humanize": False,
        },
    }


def _relation(name, label, model):
    return {
        "id": name,
        "type": "relation",
        "label": label,
        "modelName": model,
        "defaultValueDisplayNames": [],
    }


def build(*, by_department: bool = True) -> dict:
    """A dashboard as Odoo stores it.

    :param by_department: with the chart by department, for HR
    """
    pivots = {
        "1": _pivot(
            1,
            # shown above the names of the figures, and never translated
            "K1-K20",
            CELL,
            WHOLE,
            rows=[{"fieldName": "indicator_id"}],
            columns=[{"fieldName": "period", "granularity": "month", "order": "asc"}],
        )
    }
    data = {}
    for number, (code, name) in enumerate(CARDS):
        pivot = number + 2
        pivots[str(pivot)] = _pivot(
            pivot, name, OVERVIEW, [["code", "=", code]], with_period=False
        )
        data[f"A{number + 1}"] = f'=_t("{name}")'
        data[f"B{number + 1}"] = (
            f'=IF(ISNUMBER(PIVOT.VALUE({pivot},"value")),'
            f'TEXT(PIVOT.VALUE({pivot},"value"),"0.0")&"%","–")'
        )
    figures = [_card(number, name) for number, (__, name) in enumerate(CARDS)]
    figures.append(
        _chart(
            "trend",
            "odoo_line",
            184,
            ["period:month", "indicator_id"],
            [*WHOLE, ["code", "in", TRENDS]],
        )
    )
    cells = {"A6": '=_t("Coverage, plans and the 80% rule in time")'}
    row = 23
    if by_department:
        figures.append(
            _chart(
                "department",
                "odoo_bar",
                576,
                ["department_id", "indicator_id"],
                [
                    ["dimension", "=", "department"],
                    ["item", "=", ""],
                    ["status", "=", "shown"],
                    ["code", "in", TRENDS],
                ],
                with_department=True,
            )
        )
        cells["A23"] = '=_t("The same by department")'
        row = 40
    cells[f"A{row}"] = '=_t("All figures of the company")'
    headings = [*cells]
    cells[f"A{row + 1}"] = "=PIVOT(1,60,FALSE)"
    filters = [
        {
            "id": PERIOD,
            "type": "date",
            "label": "Period",
            "defaultValue": "year_to_date",
        },
        _relation(COMPANY, "Company", "res.company"),
    ]
    if by_department:
        filters.append(_relation(DEPARTMENT, "Department", "hr.department"))
    sheet = {
        "id": "dashboard",
        "name": "Dashboard",
        "colNumber": 16,
        "rowNumber": 110,
        "rows": {str(int(cell[1:]) - 1): {"size": 40} for cell in headings},
        "cols": {"0": {"size": 275}, **{str(n): {"size": 105} for n in range(1, 16)}},
        "merges": [],
        "cells": cells,
        "styles": dict.fromkeys(headings, 1),
        # below the months and the name of the measure
        "formats": {f"B{row + 3}:P110": 1},
        "borders": {},
        "conditionalFormats": [],
        "dataValidationRules": [],
        "figures": figures,
        "tables": [],
        "areGridLinesVisible": False,
        "isVisible": True,
        "headerGroups": {"ROW": [], "COL": []},
        "comments": {},
    }
    hidden = {
        **sheet,
        "id": "data",
        "name": "Data",
        "colNumber": 4,
        "rowNumber": 10,
        "rows": {},
        "cols": {},
        "cells": data,
        "styles": {},
        "formats": {},
        "figures": [],
        "isVisible": False,
    }
    return {
        "version": "18.4.14",
        "sheets": [sheet, hidden],
        "styles": {"1": {"textColor": "#714B67", "fontSize": 16, "bold": True}},
        "formats": {"1": "0.0"},
        "borders": {},
        "revisionId": "START_REVISION",
        "uniqueFigureIds": True,
        "settings": {
            "locale": {
                "name": "English (US)",
                "code": "en_US",
                "thousandsSeparator": ",",
                "decimalSeparator": ".",
                "dateFormat": "mm/dd/yyyy",
                "timeFormat": "hh:mm:ss",
                "formulaArgSeparator": ",",
                "weekStart": 7,
            }
        },
        "pivots": pivots,
        "pivotNextId": len(pivots) + 1,
        "customTableStyles": {},
        "globalFilters": filters,
        "lists": {},
        "listNextId": 1,
        "chartOdooMenusReferences": {figure["id"]: MENU for figure in figures},
    }


def write() -> None:
    """Write the files of the add-on."""
    folder = Path(__file__).parents[1] / "data" / "files"
    for name, by_department in (("", True), ("_board", False)):
        content = build(by_department=by_department)
        text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
        (folder / f"career_dashboard{name}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
