"""The yearly report as a spreadsheet. Plain Python over the content of the report."""

import re
from io import BytesIO

import xlsxwriter

_NUMBER = re.compile(r"-?\d[\d.,\s\u202f]*")


def labels(env) -> dict[str, str]:
    """The words of the sheets, in the user's language."""
    return {
        "figures": env._("Figures"),
        "method": env._("Method"),
        "number": env._("No."),
        "figure": env._("Figure"),
        "now": env._("This year"),
        "before": env._("Year before"),
        "target": env._("Target"),
        "reached": env._("Reached"),
        "yes": env._("yes"),
        "no": env._("no"),
        "why": env._("Why there is no value"),
        "definition": env._("How is this computed?"),
    }


def number_format(text: str) -> str:
    """How a spreadsheet shows a number as the report does: with the same unit, and
    whole where people or times are counted. The cell keeps the number itself.

    :param text: the number in words, as "64.7%", "8.2 years" or "21 employees"
    """
    found = _NUMBER.match(text)
    if not found:
        return "0.0"
    digits = "0.0" if re.search(r"[.,]\d\s*$", found.group()) else "0"
    unit = text[len(found.group().rstrip()) :].replace('"', "")
    return f'{digits}"{unit}"' if unit else digits


def write(content: dict, words: dict) -> bytes:
    """An .xlsx file.

    Texts are written as texts: a name that begins with "=" is no formula.

    :param content: see ``career.policy.report._career_content``
    :param words: see :func:`labels`
    """
    stream = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(stream, options) as book:
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        title = book.add_format({"bold": True, "font_size": 14})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        shapes = {}

        def number(text):
            shape = number_format(text)
            if shape not in shapes:
                look = {"num_format": shape, "valign": "top"}
                shapes[shape] = book.add_format(look)
            return shapes[shape]

        sheet = book.add_worksheet(words["figures"][:31])
        sheet.write_string(0, 0, f"{content['company']}, {content['year']}", title)
        sheet.write_string(1, 0, content["period"])
        names = ("number", "figure", "now", "before", "target", "reached", "why")
        for column, name in enumerate(names):
            sheet.write_string(3, column, words[name], head)
        row = 4
        for figure in content["figures"]:
            for line in (figure, *figure["parts"]):
                code = figure["code"] if line is figure else ""
                sheet.write_string(row, 0, code, wrap)
                indent = "" if line is figure else "    "
                sheet.write_string(row, 1, indent + line["label"], wrap)
                for column, name, text in (
                    (2, "value", line["text"]),
                    (3, "before", line["before_text"]),
                    (4, "target", line["text"]),
                ):
                    if line[name] is not None:
                        look = number(text)
                        sheet.write_number(row, column, line[name], look)
                if line["target"] and line["is_shown"]:
                    reached = words["yes" if line["is_reached"] else "no"]
                    sheet.write_string(row, 5, reached, wrap)
                sheet.write_string(row, 6, line["why"], wrap)
                row += 1
        sheet.set_column(0, 0, 8)
        sheet.set_column(1, 1, 44)
        sheet.set_column(2, 5, 16)
        sheet.set_column(6, 6, 50)
        sheet.freeze_panes(4, 2)
        method = book.add_worksheet(words["method"][:31])
        method.write_string(0, 0, content["note"], wrap)
        method.write_string(2, 0, words["figure"], head)
        method.write_string(2, 1, words["definition"], head)
        for row, figure in enumerate(content["figures"], start=3):
            name = f"{figure['code']} {figure['name']}"
            method.write_string(row, 0, name, wrap)
            method.write_string(row, 1, figure["definition"], wrap)
        method.set_column(0, 0, 40)
        method.set_column(1, 1, 110)
    return stream.getvalue()
