"""The user guide's section "The first time", performed in a browser from its text.

Once with the sample data and the log-ins that the guide names, and once in a database
without any, by two people who were just made; there, the start guide is compared with
what the administrator guide says of it.

Nothing of the way is known here: who acts, which menus are opened, which buttons are
pressed and what is written under which label is read from the guide. A button that is
called otherwise, that is not on the screen, or that is there twice stops the reader and
fails the test; so does a sentence with a label that the reader cannot act on. At the
end the database must hold a plan that both have signed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from browsing import WIDE

DOCS = Path(__file__).resolve().parents[1] / "docs"
SECTION = "The first time"
STEPS = ["Request", "Prepare", "Hold", "Plan", "Sign"]
# who does not find the next button does not find it; the machine may be slow
PATIENCE = 30_000
# so often in a row nothing is asked of the server any more
QUIET = 3

LABEL = r"\*\*(?P<{0}>[^*]+)\*\*"
ACTIONS = {
    "open": r"open \*(?P<path>[^*]+)\*",
    "choose": rf"choose {LABEL.format('option')} under {LABEL.format('field')}",
    "choose_day": rf"choose a day under {LABEL.format('day')}",
    "write": rf'write "(?P<text>[^"]+)" under {LABEL.format("box")}',
    "write_page": rf'write "(?P<words>[^"]+)" on the page {LABEL.format("page")}',
    "below": r"below \*(?P<heading>[^*]+)\*",
    # a label that stands alone is pressed, as in "press A, and B beside it"
    "press": r"(?P<window>in the window that opens, )?"
    rf"(?:press|and) {LABEL.format('button')}"
    r"(?P<scope> below the employee's name| beside)?",
    "see": rf"is {LABEL.format('state')}",
}
ACTION = re.compile(
    "|".join(f"(?P<{name}>{pattern})" for name, pattern in ACTIONS.items()),
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Line:
    """A numbered line of the guide: who does what, in order."""

    number: int
    who: str
    actions: list[tuple[str, dict[str, str]]]
    unread: str


def section(text: str) -> str:
    """Return the text of the guide's section."""
    found = re.search(rf"^## {SECTION}$(.*?)(?=^## )", text, re.MULTILINE | re.DOTALL)
    assert found, f"the guide has no section {SECTION}"
    return found[1]


def read(text: str) -> list[Line]:
    """Return the numbered lines of the section, as a reader understands them."""
    lines = []
    for number, item in re.findall(
        r"^(\d+)\. +(.+?)(?=^\d+\. |^#|^\S|\Z)",
        section(text),
        re.MULTILINE | re.DOTALL,
    ):
        words = " ".join(item.split())
        who = re.match(r"\*The (employee|manager):\* ", words)
        assert who, f"line {number} does not say who does it: {words}"
        rest = words[who.end() :]
        actions = [
            (next(name for name in ACTIONS if found[name]), found.groupdict())
            for found in ACTION.finditer(rest)
        ]
        lines.append(Line(int(number), who[1], actions, ACTION.sub("", rest)))
    return lines


def people(text: str) -> dict[str, str]:
    """Return who acts in the sample data, by role: the guide names their log-ins."""
    return {
        role: login
        for role, login in re.findall(
            r"\*the (employee|manager)\* \((?:in the sample data )?`(\w+)`\)",
            " ".join(section(text).split()),
        )
    }


class Reader:
    """Somebody who sees a screen and the guide, and nothing else."""

    def __init__(self, page: Any, employee: str):
        self.page = page
        self.employee = employee
        self.heading = ""
        self.asked: set[Any] = set()
        page.on("request", self._ask)
        page.on("requestfinished", self._answer)
        page.on("requestfailed", self._answer)

    def _ask(self, request: Any) -> None:
        if request.resource_type in ("xhr", "fetch"):
            self.asked.add(request)

    def _answer(self, request: Any) -> None:
        self.asked.discard(request)

    # ----------------------------------------------------------- what is on the screen
    def settle(self) -> None:
        """Wait until the server has answered all, and the screen is drawn."""
        quiet = 0
        for _moment in range(PATIENCE // 150):
            self.page.wait_for_timeout(150)
            quiet = 0 if self.asked else quiet + 1
            if quiet == QUIET:
                break
        self.page.wait_for_function(
            "() => !document.querySelector('.o_blockUI, .o_loading_indicator')"
        )

    def screen(self) -> Any:
        """Return what can be reached: the window that is open, else the page."""
        window = self.page.locator(".modal:visible")
        return window.last if window.count() else self.page.locator("body")

    def named(self, inside: Any, selector: str, label: str) -> Any:
        """Return what is visible and called so; "Prepare" may go on after a comma."""
        return (
            inside.locator(selector)
            .filter(has_text=re.compile(rf"^\s*{re.escape(label)}\s*(,|\?|$)"))
            .locator("visible=true")
        )

    def one(self, found: Any, what: str) -> Any:
        """Return the only one, as soon as it is there."""
        try:
            found.first.wait_for(timeout=PATIENCE)
        except Exception:
            pytest.fail(f"{what} is not on the screen:\n{self.text()}", pytrace=False)
        assert found.count() == 1, f"{what} is there {found.count()} times"
        return found

    def text(self) -> str:
        return re.sub(r"\n\s*\n+", "\n", self.screen().inner_text())[:3000]

    # ------------------------------------------------------------------------- actions
    def open(self, path: str) -> None:
        app, *menus = path.split(" > ")
        self.page.locator(".o_navbar_apps_menu button").click()
        self.one(
            self.named(self.page, ".o-dropdown--menu .o_app", app), f"the app {app}"
        ).click()
        self.settle()
        for menu in menus:
            entries = ".o_menu_sections button, .o_menu_sections a, .o-dropdown--menu a"
            self.one(self.named(self.page, entries, menu), f"the menu {menu}").click()
            self.settle()

    def press(self, label: str, scope: str = "", window: bool = False) -> None:
        if window:
            self.page.locator(".modal:visible").last.wait_for(timeout=PATIENCE)
        inside, what = self.screen(), f"the button {label}"
        if "name" in scope:
            inside = inside.locator(f"li:has(:text-is('{self.employee}'))")
            what += f" below {self.employee}"
        if self.heading:
            # the first that is called so, further down than the heading
            title = self.named(inside, "h1, h2, h3, h4, label, div", self.heading).last
            title.wait_for(timeout=PATIENCE)
            found = title.locator(
                f"xpath=following::*[self::a or self::button]"
                f"[normalize-space()='{label}']"
            ).first
            self.heading = ""
        else:
            found = self.named(inside, "button, a", label)
            if "beside" in scope:
                # one of several, all as good
                found = found.first
        self.one(found, what).click()
        self.settle()

    def choose(self, option: str, field: str) -> None:
        box = self.one(
            self.named(self.screen(), "label.o_form_label", field), f"the field {field}"
        )
        name = box.get_attribute("for").rsplit("_", 1)[0]
        inside = self.screen().locator(f"div[name='{name}']:visible")
        self.one(
            self.named(inside, "label", option), f"{option}, under {field}"
        ).click()
        self.settle()

    def cell(self, label: str) -> Any:
        """Return the place to write in: by a label, or by the heading of a column."""
        screen = self.screen()
        field = self.named(screen, "label.o_form_label", label)
        column = self.named(screen, "th[data-name]", label)
        self.one(field.or_(column), f"{label}, to write under,")
        if field.count():
            return screen.locator(f"[id='{field.get_attribute('for')}']:visible")
        name = column.get_attribute("data-name")
        table = column.locator("xpath=ancestor::table")
        edited = table.locator(f".o_selected_row td[name='{name}']")
        if not edited.count():
            table.locator(f"td[name='{name}']").first.click()
        return edited

    def write(self, text: str, label: str) -> None:
        cell = self.cell(label)
        box = (
            cell.locator("input, textarea")
            .or_(cell)
            .and_(self.page.locator("input, textarea"))
        )
        box = self.one(box.locator("visible=true"), f"the box of {label}")
        # as a person does: what stands in the box already would stay
        box.click()
        self.page.keyboard.type(text)
        assert box.input_value() == text, box.input_value()
        box.press("Tab")
        self.settle()

    def write_page(self, text: str, page: str) -> None:
        self.one(
            self.named(self.screen(), ".o_notebook .nav-link", page), f"the page {page}"
        ).click()
        boxes = ".tab-pane.active :is(textarea, .odoo-editor-editable)"
        self.screen().locator(boxes).locator("visible=true").first.click()
        self.page.keyboard.type(text)
        self.settle()

    def choose_day(self, label: str) -> None:
        """Choose a day of the next month in the calendar that opens."""
        cell = self.cell(label)
        cell.click()
        calendar = self.page.locator(".o_datetime_picker")
        if not calendar.count():
            cell.locator("input, button").first.click()
        calendar.locator(".o_next").click()
        days = calendar.locator(".o_date_item_cell:not(.o_out_of_range)")
        days.filter(has_text=re.compile(r"^\s*15\s*$")).click()
        self.settle()

    def see(self, state: str) -> None:
        self.one(
            self.named(self.page, ".o_arrow_button_current", state),
            f"the state {state}",
        )

    def act(self, action: str, found: dict[str, str]) -> None:
        """Do what one phrase of the guide asks."""
        if action == "open":
            self.open(found["path"])
        elif action == "press":
            self.press(found["button"], found["scope"] or "", bool(found["window"]))
        elif action == "choose":
            self.choose(found["option"], found["field"])
        elif action == "choose_day":
            self.choose_day(found["day"])
        elif action == "write":
            self.write(found["text"], found["box"])
        elif action == "write_page":
            self.write_page(found["words"], found["page"])
        elif action == "below":
            self.heading = found["heading"]
        elif action == "see":
            self.see(found["state"])


# a company as it is on its first day: a manager, an employee, and who is HR
COMPANY = """
def person(login, name, manager=None, group="base.group_user"):
    user = env["res.users"].create({
        "login": login,
        "name": name,
        "password": login,
        "group_ids": [(4, env.ref(group).id)],
    })
    return env["hr.employee"].create({
        "name": name,
        "user_id": user.id,
        "parent_id": manager and manager.id,
    })


boss = person("first_manager", "Max Manager")
person("first_employee", "Eva Employee", boss)
person("first_hr", "Hanna Officer", boss, "career_guidance.group_career_officer")
env.cr.commit()
"""


@pytest.fixture(scope="module")
def guide() -> str:
    return (DOCS / "user-guide.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def first_day(odoo_db, shell, start_server) -> Any:
    """Return a server on a database without demo data."""
    database = odoo_db(demo=False)
    shell(database, COMPANY)
    return start_server(database)


@pytest.fixture(params=["sample data", "first day"])
def story(request, guide) -> tuple[Any, dict[str, str]]:
    """Return a server, and the log-ins of the employee and the manager."""
    if request.param == "first day":
        logins = {who: f"first_{who}" for who in people(guide)}
        return request.getfixturevalue("first_day"), logins
    databases = request.getfixturevalue("odoo_db")
    return request.getfixturevalue("start_server")(databases()), people(guide)


@pytest.fixture
def sit_down(browser, login) -> Iterator[Callable[..., Reader]]:
    """Return a function that gives a reader with an own screen."""
    contexts, errors = [], []

    def sit(server: Any, user: str, employee: str = "") -> Reader:
        context = browser.new_context(base_url=server.url, viewport=WIDE)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on(
            "console",
            lambda message: message.type == "error" and errors.append(message.text),
        )
        login(page, user)
        return Reader(page, employee)

    yield sit
    for context in contexts:
        context.close()
    assert not errors, f"the console of a page has errors: {errors}"


def test_the_guide_can_be_read(guide):
    """Five steps, each line with its person, and every label is acted on."""
    assert re.findall(r"^### (.+)$", section(guide), re.MULTILINE) == STEPS
    assert set(people(guide)) == {"employee", "manager"}
    lines = read(guide)
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
    for line in lines:
        assert line.actions, f"line {line.number} asks nothing"
        assert "*" not in line.unread, f"line {line.number}: {line.unread}"


def test_a_sentence_that_nobody_can_follow_is_found():
    """A label without an action, and a line without a person, do not pass."""
    text = f"## {SECTION}\n\n1. *The employee:* press **A**. Mind **B**.\n\n## End\n"
    (line,) = read(text)
    assert [action for action, _found in line.actions] == ["press"]
    assert "**B**" in line.unread
    with pytest.raises(AssertionError, match="does not say who"):
        read(f"## {SECTION}\n\n1. Press **A**.\n\n## End\n")


def test_from_the_guide_alone(guide, story, sit_down, sql):
    """Who follows the guide, line by line, ends with a plan that both have signed."""
    server, logins = story
    database = server.database
    names = dict(
        sql(
            database,
            "SELECT u.login, e.name FROM hr_employee e JOIN res_users u"
            " ON u.id = e.user_id WHERE u.login = ANY(%s)",
            list(logins.values()),
        )
    )
    employee, manager = names[logins["employee"]], names[logins["manager"]]
    signed = (
        "SELECT p.id, p.state, p.employee_signed_by, p.conductor_signed_by,"
        " count(a.id), count(a.deadline)"
        " FROM career_plan p JOIN hr_employee e ON e.id = p.employee_id"
        " LEFT JOIN career_plan_action a ON a.plan_id = p.id"
        " WHERE e.name = %s GROUP BY p.id"
    )
    assert not sql(database, signed, employee), "somebody new has no plan yet"

    readers = {who: sit_down(server, user, employee) for who, user in logins.items()}
    for line in read(guide):
        for action, found in line.actions:
            readers[line.who].act(action, found)

    ((_plan, state, by_employee, by_manager, actions, with_date),) = sql(
        database, signed, employee
    )
    assert (state, by_employee, by_manager) == ("agreed", employee, manager)
    assert actions == with_date == 1


def test_start_guide_is_as_the_administrator_guide_says(first_day, sit_down):
    """The steps, in order; who takes one finds the button that the guide names."""
    text = (DOCS / "administrator-guide.md").read_text(encoding="utf-8")
    chapter = text.partition("\n## The start guide\n")[2].partition("\n## ")[0]
    items = re.findall(
        r"^\d+\. +\*\*(.+?)\*\* \((.+?)\)\. (.+?)(?=^\d+\. |^\S)",
        chapter,
        re.MULTILINE | re.DOTALL,
    )
    assert len(items) == 6, items
    for user, role in (("admin", "administrator"), ("first_hr", "HR")):
        reader = sit_down(first_day, user)
        reader.open("Career guidance")
        reader.press("All steps")
        cards = reader.page.locator(".o_kanban_record:not(.o_kanban_ghost)")
        assert cards.locator(".fw-bold").all_inner_texts() == [i[0] for i in items]
        for number, (title, whose, says) in enumerate(items):
            card = cards.nth(number)
            shown = {text.strip() for text in card.locator("button").all_inner_texts()}
            named = {
                " ".join(x.split()) for x in re.findall(r"\*\*(.+?)\*\*", says, re.S)
            }
            if role in whose:
                assert (shown & named) - {"Set as done"}, (user, title, shown, named)
            else:
                assert shown <= {"Set as done"}, (user, title, shown)
                said = card.inner_text()
                assert "For " in said or "Done" in said, (user, title, said)
