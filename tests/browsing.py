"""What the browser tests share: sizes, pictures, and what people do in a form."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"
WIDE = {"width": 1400, "height": 900}
NARROW = {"width": 400, "height": 860}
MARGIN = 16
# Where the topmost dialog is, or else how far down anything is drawn.
FRAME = """(margin) => {
    const box = (node) => node.getBoundingClientRect();
    const seen = (node) => node.checkVisibility({visibilityProperty: true});
    const dialog = [...document.querySelectorAll(".modal-content")].filter(seen).pop();
    if (dialog) {
        const {left, top, right, bottom} = box(dialog);
        return [left - margin, top - margin, right + margin, bottom + margin];
    }
    const drawn = (node) =>
        node.matches("img, svg, canvas, input, textarea, button, td, th") ||
        [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
    const root = document.querySelector(".o_action_manager") || document.body;
    const nodes = [...root.querySelectorAll("*")].filter((n) => drawn(n) && seen(n));
    const bottom = Math.max(0, ...nodes.map((node) => box(node).bottom));
    return [0, 0, innerWidth, Math.max(bottom + 2 * margin, 240)];
}"""
# From the beginning, with nothing chosen.
REST = """() => {
    const field = document.activeElement;
    if (field?.selectionEnd) field.setSelectionRange(0, 0);
    field?.blur();
    getSelection().removeAllRanges();
    for (const node of document.querySelectorAll("*")) {
        if (node.scrollTop && getComputedStyle(node).overflowY !== "hidden")
            node.scrollTop = 0;
    }
}"""
# Nothing comes or goes any more.
STILL = """() => document.fonts.status === "loaded"
    && [...document.images].every((image) => image.complete)
    && !document.querySelector(
        ".o_blockUI, .o_loading_indicator, .o_notification, .o-tooltip")"""


# ---------------------------------------------------------------------------- pictures
def picture(page: Any, name: str, part: str = "") -> None:
    """Keep a picture of the page for the documentation, when asked to.

    Of a dialog the dialog is kept, of a page what is not empty; with ``part`` (a
    selector) what that finds.
    """
    if os.environ.get("SCREENSHOTS"):
        IMAGES.mkdir(parents=True, exist_ok=True)
        snapshot(page, IMAGES / f"{name}.png", part)


def snapshot(page: Any, path: Path, part: str = "") -> None:
    """Write what the page shows to a file."""
    page.evaluate(REST)
    page.mouse.move(page.viewport_size["width"] * 2 // 3, 3)
    parts = page.locator(part).all() if part else []
    if parts:
        parts[-1].evaluate("node => node.scrollIntoView({block: 'end'})")
    page.wait_for_function(STILL)
    page.wait_for_timeout(700)  # what fades in
    frame = around(parts) if parts else page.evaluate(FRAME, MARGIN)
    size = page.viewport_size
    left, top = (max(0, edge) for edge in frame[:2])
    right, bottom = min(frame[2], size["width"]), min(frame[3], size["height"])
    clip = {"x": left, "y": top, "width": right - left, "height": bottom - top}
    page.screenshot(path=path, clip=clip, animations="disabled")


def around(parts: list[Any]) -> list[float]:
    """Return left, top, right and bottom of a frame around parts of the page."""
    boxes = [box for part in parts if (box := part.bounding_box())]
    return [
        min(box["x"] for box in boxes) - MARGIN,
        min(box["y"] for box in boxes) - MARGIN,
        max(box["x"] + box["width"] for box in boxes) + MARGIN,
        max(box["y"] + box["height"] for box in boxes) + MARGIN,
    ]


def resize(page: Any, size: dict[str, int]) -> None:
    """Show the page at a size, with the menu bar that belongs to that size."""
    page.set_viewport_size(size)
    page.wait_for_timeout(400)
    # Odoo's menu bar keeps the menu button of a phone until it is drawn again
    page.evaluate("odoo.__WOWL_DEBUG__.root.render(true)")
    page.wait_for_timeout(200)


# -------------------------------------------------------------------------------- forms
def press(page: Any, name: str) -> None:
    """Press the button of a method, in the header or in a dialog."""
    page.locator(f"button[name='{name}']:visible").first.click()


def press_label(page: Any, label: str) -> None:
    """Press the button with this label, in the header of the form."""
    buttons = page.locator(".o_statusbar_buttons button:visible")
    buttons.filter(has_text=re.compile(rf"^\s*{re.escape(label)}\s*$")).click()


def choose(page: Any, field: str, label: str) -> None:
    """Choose a value of a selection field."""
    page.locator(f"div[name='{field}'] input").click()
    page.locator(f".o_select_menu_item:has-text('{label}')").first.click()


def mark(page: Any, field: str, label: str) -> None:
    """Choose one of the values that stand below each other."""
    items = page.locator(f"div[name='{field}'] .o_radio_item:visible")
    items.filter(has_text=label).locator("input").first.click()


def pick(page: Any, field: str, name: str) -> None:
    """Look a record up, and choose it."""
    box = page.locator(f"div[name='{field}'] input:visible").first
    box.fill(name)
    page.locator(
        f".o-autocomplete--dropdown-item:not(.o_m2o_dropdown_option):has-text('{name}')"
    ).first.click()


def state(page: Any, value: str) -> None:
    """Wait until the document's status bar shows a state."""
    page.wait_for_selector(
        f".o_statusbar_status .o_arrow_button_current[data-value='{value}']",
        state="attached",
    )


def tab(page: Any, name: str) -> None:
    """Open a page of the form."""
    page.locator(f".o_notebook .nav-link[name='{name}']").click()


def fill(page: Any, field: str, text: str) -> None:
    """Write into a field of one line or several."""
    page.locator(f"div[name='{field}'] :is(input, textarea)").first.fill(text)


def save(page: Any) -> None:
    """Save the form."""
    page.locator(".o_form_button_save").click()
    page.wait_for_selector(
        ".o_form_saved, .o_form_status_indicator_buttons.invisible", state="attached"
    )


def number(page: Any) -> int:
    """Return the number of the record of the form, as soon as it has one."""
    page.wait_for_url(re.compile(r"/\d+$"))
    return int(page.url.split("/")[-1])


def write(page: Any, field: str, text: str) -> None:
    """Write into a text with a layout, at its end."""
    editor = page.locator(f"div[name='{field}'] .odoo-editor-editable")
    editor.click()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text(text)


def answer(page: Any, text: str) -> None:
    """Write into the column of answers, in the first line."""
    cell = page.locator(".o_data_row td[name='answer']:visible").first
    box = page.locator("td[name='answer'] :is(textarea, input):visible").first
    for _attempt in range(5):
        # the list may be drawn again while the form settles
        cell.click()
        page.wait_for_timeout(400)
        if box.is_visible():
            break
    box.fill(text)
    page.locator(".o_last_breadcrumb_item:visible, .modal-title:visible").last.click()


def sign(page: Any) -> None:
    """Sign the plan or the deal: nothing has to be drawn."""
    page.locator(".o_statusbar_buttons button:has-text('Sign'):visible").first.click()
    page.wait_for_selector(".modal")
    page.locator(".modal footer button.btn-primary:visible").first.click()
    page.wait_for_selector(".modal", state="detached")


# ------------------------------------------------------------------------------- lists
def look_for(page: Any, text: str) -> None:
    """Search in the list of the page."""
    box = page.locator(".o_searchview_input")
    box.click()
    box.press_sequentially(text)
    page.get_by_text("for:").first.wait_for()
    box.press("Enter")
    page.wait_for_selector(f".o_searchview_facet:has-text('{text}')")
    page.wait_for_timeout(300)


# ------------------------------------------------------------------------------ server
def ask(page: Any, model: str, method: str, *args: Any) -> Any:
    """Call the server as the user of the page; None where it is refused."""
    answered = page.evaluate(
        """async ([model, method, args]) => (await fetch(
            `/web/dataset/call_kw/${model}/${method}`,
            {method: "POST", headers: {"Content-Type": "application/json"},
             body: JSON.stringify({jsonrpc: "2.0", method: "call",
                params: {model, method, args, kwargs: {}}})})).text()""",
        [model, method, list(args)],
    )
    return json.loads(answered).get("result")
