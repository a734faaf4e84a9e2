"""The application as each role opens it, in Dutch and in English.

One tour a role. It finds its way by selectors, so that the same tour runs in every
language; what it looks at on the way is checked in that language: no English term of
ours on a Dutch or French screen, nothing serious found by axe, nothing that scrolls
sideways on a phone, everything of our own pages within reach of the keyboard.

`script/screenshots` keeps pictures of these screens.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from browsing import IMAGES, NARROW, WIDE, resize, snapshot

ROOT = Path(__file__).resolve().parents[1]
# the screens whose English picture is in the guides
GUIDES = {
    "career_home_action_my_organisation": "my-organisation",
    "hr_start": "hr-start",
    "plan_several": "plan-several",
    "cycle_form": "cycle-running",
    "channel_form": "channel",
    "trajectory_form": "coach-request",
    "career_map_action": "career-map",
    "career_guide_certificate_action": "guides",
    "career_start_step_action": "start-guide",
    "career_plan_analysis_action": "report_list_plans",
    "career_action_analysis_action": "report_list_actions",
    "career_checkpoint_analysis_action": "report_list_follow_up",
    "career_function_analysis_action": "report_list_time",
    "career_age_analysis_action": "report_list_age",
    "career_figure_overview_action": "reports_overview",
    "career_figure_cell_action": "reports_pivot",
    "figure_form": "reports_figure",
}
CODES = {"nl": "nl_BE", "en": "en_US", "fr": "fr_BE"}
READY = (
    ".o_career_home_page, .o_career_map, .o_kanban_renderer, .o_list_renderer,"
    " .o_form_view .o_form_sheet_bg, .o_calendar_renderer, .o_view_nocontent,"
    " .o_form_view .o_setting_container, .settings .app_settings_block, .o_pivot,"
    " .o_graph_renderer"
)
# Controls that Odoo draws; the names of our fields on its settings page are in them.
ODOO_WIDGETS = ("o-autocomplete--input", "o_select_menu_input", 'class="tab selected"')
# What stands on the screen: texts, and what is read out or shown on hovering.
SEEN = """() => {
    const seen = new Set();
    // what was written down keeps the words of who did it
    // and a deal that was signed, or published, in the language it was signed in
    const kept = "[name='detail'], [name='subject'], .o_field_html";
    const add = (text) => text && text.trim() && seen.add(text.trim());
    for (const root of document.querySelectorAll(
        ".o_main_navbar, .o_action_manager, .modal, .o_popover"
    )) {
        const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
            const parent = walker.currentNode.parentElement;
            if (parent.closest(`script, style, ${kept}`)) continue;
            if (parent.checkVisibility()) add(walker.currentNode.data);
        }
        for (const node of root.querySelectorAll(
            "[placeholder], [title], [aria-label], [alt], [data-tooltip]"
        )) {
            if (!node.checkVisibility() || node.closest(kept)) continue;
            for (const name of ["placeholder", "title", "aria-label", "alt",
                                "data-tooltip"]) add(node.getAttribute(name));
        }
    }
    return [...seen];
}"""
# The app, as the menu of apps opens it.
APP = """() => {
    const {menu} = odoo.__WOWL_DEBUG__.root.env.services;
    const root = "career_guidance.career_guidance_menu_root";
    return menu.selectMenu(menu.getApps().find((app) => app.xmlid === root));
}"""
# Every control of our own page that the keyboard has to reach.
CONTROLS = """() => {
    const page = document.querySelector(".o_career_home_page");
    const all = [...page.querySelectorAll("button, a[href], input, select, textarea")]
        .filter((node) => node.checkVisibility() && !node.disabled);
    all.forEach((node, index) => node.setAttribute("data-reach", index));
    page.querySelector("[data-reach='0']")?.focus();
    return all.length;
}"""


# ------------------------------------------------------------------------- languages
def spaces(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def english_terms(language: str) -> tuple[set[str], list[re.Pattern[str]]]:
    """Return our English terms that a language says otherwise: exact, and patterns."""
    polib = pytest.importorskip("polib")
    exact: set[str] = set()
    patterns: list[re.Pattern[str]] = []
    translations: set[str] = set()
    for path in sorted(ROOT.glob(f"addons/*/i18n/{language}.po")):
        for entry in polib.pofile(str(path)):
            if not entry.msgstr or entry.obsolete:
                continue
            english, other = spaces(entry.msgid), spaces(entry.msgstr)
            translations.add(other)
            if english == other:
                continue
            parts = re.split(r"%\(\w+\)[a-z]|%[sd]", english)
            if len(parts) == 1:
                exact.add(re.sub(r"<[^>]+>", "", english))
            elif sum(len(part) for part in parts) > 8:
                pattern = "(.+)".join(re.escape(part) for part in parts)
                patterns.append(re.compile(pattern))
    # "of" is a word of both languages
    return {text for text in exact - translations if len(text) > 3}, patterns


@pytest.fixture(scope="module")
def untranslated() -> Callable[[str, list[str]], list[str]]:
    """Return a function that picks the English ones out of texts on a screen."""
    known: dict[str, Any] = {}

    def pick(language: str, texts: list[str]) -> list[str]:
        if language == "en":
            return []
        if language not in known:
            known[language] = english_terms(language)
        exact, patterns = known[language]
        return [
            text
            for text in map(spaces, texts)
            if text in exact or any(p.fullmatch(text) for p in patterns)
        ]

    return pick


# ----------------------------------------------------------------------------- people
class Visitor:
    """Somebody at a screen, in a language, who checks what he sees."""

    def __init__(self, page: Any, language: str, pick: Callable[..., list[str]]):
        self.page = page
        self.language = language
        self.pick = pick
        self.found: dict[str, list[str]] = {}
        self.axe: Any = None

    # -- finding one's way
    def open(self, action: str, name: str = "") -> None:
        """Open an action as a menu does, and look at it."""
        if "." not in action:
            action = f"career_guidance.{action}"
        self.page.evaluate(
            """(action) => odoo.__WOWL_DEBUG__.root.env.services.action.doAction(
                action, {clearBreadcrumbs: true})""",
            action,
        )
        self.settle()
        self.look(name or action.split(".")[-1])

    def settle(self) -> None:
        self.page.wait_for_selector(READY)
        self.page.wait_for_function(
            "() => !document.querySelector('.o_blockUI, .o_loading_indicator')"
        )

    def click(self, selector: str) -> None:
        self.page.locator(f"{selector}:visible").first.click()

    def row(self) -> None:
        """Open the first row or card of a list."""
        self.page.mouse.move(960, 3)  # no tooltip in the way
        self.click(
            ".o_data_row .o_data_cell:not(.o_handle_cell):not(.o_boolean_toggle_cell),"
            " .o_kanban_record:not(.o_kanban_ghost)"
        )
        self.page.wait_for_selector(".o_form_view .o_form_sheet_bg")
        self.settle()

    def has(self, selector: str) -> int:
        return self.page.locator(f"{selector}:visible").count()

    # -- looking
    def look(self, name: str) -> None:
        """Check the screen, wide and narrow."""
        page = self.page
        page.wait_for_timeout(300)  # texts fade in
        self.note(name, "in English", self.pick(self.language, page.evaluate(SEEN)))
        if self.language == "nl":
            found = self.serious()
            if found:
                # what fades in on a busy machine is no finding; what stays is
                page.wait_for_timeout(2000)
                found = self.serious()
            self.note(name, "axe", found)
            self.picture(name, "1400")
            resize(page, NARROW)
            self.note(name, "sideways", self.sideways())
            if not self.phone(name):
                self.picture(name, "400")
            resize(page, WIDE)
        else:
            self.picture(name, "1400")

    def phone(self, name: str) -> bool:
        """Keep the picture of a phone: Odoo chooses its view when it opens a page.

        :return: False where it was not asked for, or what is not saved would be lost
        """
        unsaved = ".modal, .o_form_status_indicator_buttons:not(.invisible)"
        if not os.environ.get("SCREENSHOTS_TO") or self.has(unsaved):
            return False
        wide, self.page = self.page, self.page.context.new_page()
        try:
            self.page.set_viewport_size(NARROW)
            self.page.goto(wide.url)
            self.settle()
            self.picture(name, "400")
        finally:
            self.page.close()
            self.page = wide
        return True

    def note(self, name: str, kind: str, findings: list[str]) -> None:
        if findings:
            self.found.setdefault(f"{name}: {kind}", []).extend(findings)

    def serious(self) -> list[str]:
        """Return what axe finds serious in what is ours."""
        if self.axe is None:
            library = pytest.importorskip("axe_playwright_python.sync_playwright")
            self.axe = library.Axe()
        found = self.axe.run(self.page, context=".o_action_manager")
        return [
            f"{rule['id']}: {node['html'][:200]}"
            for rule in found.response["violations"]
            if rule["impact"] in ("serious", "critical")
            for node in rule["nodes"]
            if "career" in node["html"]
            and not any(name in node["html"] for name in ODOO_WIDGETS)
        ]

    def sideways(self) -> list[str]:
        """Return what is wider than a phone: the document, or our own page."""
        return self.page.evaluate(
            """() => [document.scrollingElement,
                      ...document.querySelectorAll(".o_career_home")]
                .filter((node) => node.scrollWidth > node.clientWidth + 1)
                .map((node) => `${node.tagName} ${node.className}:`
                    + ` ${node.scrollWidth} > ${node.clientWidth}`)"""
        )

    def reach(self, name: str) -> None:
        """Press Tab through our own page: each control gets the focus and shows it."""
        count = self.page.evaluate(CONTROLS)
        reached = set()
        for _turn in range(count + 5):
            focus = self.page.evaluate(
                """() => [document.activeElement.dataset.reach,
                    getComputedStyle(document.activeElement).outlineStyle !== "none"
                    || getComputedStyle(document.activeElement).boxShadow !== "none"]"""
            )
            if focus[0] is not None:
                reached.add(focus[0])
                if not focus[1]:
                    self.note(name, "focus does not show", [focus[0]])
            self.page.keyboard.press("Tab")
        if len(reached) < count:
            self.note(name, "out of reach", [f"{count - len(reached)} of {count}"])

    def picture(self, name: str, width: str) -> None:
        """Keep a picture: all of them where asked, for the guides those named above."""
        if not os.environ.get("SCREENSHOTS"):
            return
        folder, path = os.environ.get("SCREENSHOTS_TO"), None
        if self.language == "nl" and folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            path = Path(folder) / f"{name}-{width}.png"
        elif self.language == "en" and name in GUIDES:
            path = IMAGES / f"{GUIDES[name]}.png"
        if path:
            snapshot(self.page, path)


@pytest.fixture(scope="module")
def roles_server(odoo_db, start_server) -> Any:
    """Return a server of its own: the tours change what others count on."""
    return start_server(odoo_db())


@pytest.fixture
def visit(browser, roles_server, login, untranslated) -> Any:
    """Return a function that logs somebody in, in a language."""
    contexts = []
    errors: list[str] = []

    def log(message: Any) -> None:
        if message.type == "error":
            errors.append(message.text)

    def become(user: str, language: str) -> Visitor:
        context = browser.new_context(base_url=roles_server.url, viewport=WIDE)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", log)
        login(page, user)
        page.evaluate(
            """async (lang) => {
                const {orm} = odoo.__WOWL_DEBUG__.root.env.services;
                const {user} = odoo.loader.modules.get("@web/core/user");
                await orm.write("res.users", [user.userId], {lang});
            }""",
            CODES[language],
        )
        page.goto("/odoo")
        page.wait_for_selector(".o_main_navbar")
        page.evaluate(APP)
        page.wait_for_selector(".o_career_home_page")
        return Visitor(page, language, untranslated)

    yield become
    for context in contexts:
        context.close()
    assert not errors, f"the console of a page has errors: {errors}"


# ------------------------------------------------------------------------------- tours
def ask_hr(visitor: Visitor) -> None:
    """The employee asks HR for a conversation; the tour of HR takes it."""
    page = visitor.page
    visitor.open("career_conversation_action_mine")
    page.keyboard.press("Alt+c")
    page.wait_for_selector(".o_form_view .o_form_editable")
    visitor.look("conversation_new")
    page.locator("div[name='channel_id'] input[data-index='1']").click()
    page.locator("div[name='request'] :is(input, textarea)").first.fill(
        {"nl": "Wat is mijn volgende stap?"}.get(
            visitor.language, "What is next for me?"
        )
    )
    visitor.click(".o_form_button_save")
    page.wait_for_selector(
        ".o_arrow_button_current[data-value='requested']", state="attached"
    )
    visitor.look("conversation_asked")


def ask_coach(visitor: Visitor) -> None:
    """The employee asks the pool for guidance; the tour of the coach takes it."""
    page = visitor.page
    visitor.open("career_trajectory_action")
    page.keyboard.press("Alt+c")
    page.wait_for_selector(".o_form_view .o_form_editable")
    page.locator("div[name='question'] :is(input, textarea)").first.fill(
        {"nl": "Waar ben ik goed in?"}.get(visitor.language, "What am I good at?")
    )
    visitor.click(".o_form_button_save")
    page.wait_for_selector(
        ".o_arrow_button_current[data-value='requested']", state="attached"
    )


def employee(visitor: Visitor) -> None:
    """My career, a request to HR, and each of the own lists."""
    visitor.open("career_home_action_my_career")
    visitor.reach("my career")
    assert visitor.has(".o_career_home_next .o_career_home_primary") == 1
    ask_hr(visitor)
    ask_coach(visitor)
    visitor.open("career_aspiration_action")
    visitor.row()
    visitor.look("aspiration_form")
    visitor.open("career_plan_action_mine")
    visitor.row()
    visitor.look("plan_form")
    visitor.open("career_preparation_action")
    visitor.row()
    visitor.look("preparation_form")
    visitor.open("career_participation_action_mine")
    visitor.row()
    visitor.look("participation_form")
    visitor.open("career_deal_action_mine")
    visitor.row()
    visitor.look("deal_form")
    for action in (
        "career_feedback_action_about_me",
        "career_history_action",
        "career_trajectory_action",
        "career_referral_action",
        "career_assessment_action",
        "career_resource_action",
        "career_map_action",
        "career_development_method_action",
        "career_coach_action",
    ):
        visitor.open(action)


def line_manager(visitor: Visitor) -> None:
    """My team: late first, and several conversations planned in one go."""
    page = visitor.page
    visitor.open("career_home_action_my_team")
    visitor.reach("my team")
    names = page.locator(".o_career_home_members > li")
    assert names.count() > 3
    assert names.first.locator(".o_career_home_attention").count()
    visitor.click(".o_career_home_plan_several")
    page.wait_for_selector(".modal .o_data_row")
    visitor.look("plan_several")
    rows = page.locator(".modal .o_data_row")
    while rows.count() > 1:
        count = rows.count()
        page.locator(".modal .o_list_record_remove").last.click()
        page.wait_for_function(
            "(n) => document.querySelectorAll('.modal .o_data_row').length < n",
            arg=count,
        )
    page.locator(".modal footer button[name='action_confirm']").click()
    page.wait_for_selector(".modal", state="detached")
    visitor.open("career_conversation_action_guided")
    visitor.row()
    visitor.look("conversation_guided")
    visitor.open("career_plan_action_guided")
    visitor.row()
    visitor.look("plan_guided")
    for action in (
        "career_participation_action_team",
        "career_conversation_action_overdue",
        "career_plan_action_action",
        "career_aspiration_action_shared",
        "career_plan_team_action",
        "career_help_question_action",
    ):
        visitor.open(action)


def upper_manager(visitor: Visitor) -> None:
    """My organisation: open a team, and a person of it."""
    page = visitor.page
    visitor.open("career_home_action_my_organisation")
    visitor.reach("my organisation")
    toggle = page.locator(".o_career_home_toggle").last
    before = toggle.get_attribute("aria-expanded")
    toggle.focus()
    page.keyboard.press("Enter")
    after = "false" if before == "true" else "true"
    page.wait_for_selector(f".o_career_home_toggle[aria-expanded='{after}']:focus")
    if after == "false":
        page.keyboard.press("Enter")
    visitor.click(".o_career_home_leaf .o_career_home_title")
    page.wait_for_selector(".o_form_view .o_form_sheet_bg")
    visitor.look("participation_below")
    # the managers' manager reads the list, and plans nothing in it
    assert not visitor.has("button[name='button_create_conversation']")
    visitor.open("career_participation_action_below")
    visitor.open("career_feedback_action_received")
    visitor.row()
    visitor.look("feedback_received")


def officer(visitor: Visitor) -> None:
    """The start page, a request that is taken, and HR's lists."""
    page = visitor.page
    assert "career-hr" in page.url, "HR's app opens on the start page"
    visitor.look("hr_start")
    visitor.reach("hr start")
    page.locator(
        "section[aria-labelledby='career_waits'] ul .o_career_home_title"
    ).first.click()
    page.wait_for_selector(".o_form_view .o_form_sheet_bg")
    visitor.click("button[name='action_assign']")
    page.wait_for_selector("button[name='action_assign']", state="hidden")
    visitor.look("request_taken")
    visitor.open("career_cycle_action")
    visitor.row()
    visitor.look("cycle_form")
    for action in (
        "career_start_step_action",
        "career_participation_action",
        "career_unheard_action",
        "career_deal_action",
        "career_deal_sending_action",
        "career_guide_certificate_action",
        "career_resource_session_action",
        "career_path_action",
        "career_plan_action_action_overdue",
        "career_help_question_action",
        "career_personal_page_action",
        "career_question_set_action",
    ):
        visitor.open(action)
    for rows in ("plan", "action", "need", "checkpoint", "participation", "training"):
        visitor.open(f"career_guidance_reports.career_{rows}_analysis_action")
    for rows in ("function", "age", "mobility"):
        visitor.open(f"career_guidance_reports.career_{rows}_analysis_action")
    figures(visitor)


def figures(visitor: Visitor) -> None:
    """HR counts the figures, and looks at one, at all in time, and at the report."""
    page, overview = visitor.page, "career_guidance_reports.career_figure_overview"
    visitor.open(f"{overview}_action", "figures_none_yet")
    if not visitor.has(".o_kanban_record:not(.o_kanban_ghost)"):
        visitor.click(".o_view_nocontent .btn-primary, .o_control_panel .btn-secondary")
    page.wait_for_selector(".o_kanban_record:not(.o_kanban_ghost)")
    visitor.open(f"{overview}_action")
    visitor.row()
    visitor.look("figure_form")
    visitor.open("career_guidance_reports.career_figure_cell_action")
    visitor.click(".o_cp_switch_buttons .o_graph")
    page.wait_for_selector(".o_graph_renderer canvas")
    visitor.look("figures_graph")
    visitor.open("career_guidance_reports.career_figure_snapshot_action")
    visitor.open("career_guidance_reports.career_policy_report_action")
    # one a year: whoever comes second opens it
    if visitor.has(".o_data_row"):
        visitor.row()
    else:
        page.keyboard.press("Alt+c")
        page.wait_for_selector(".o_form_view .o_form_sheet_bg")
    page.wait_for_selector(".o_statusbar_buttons button[name='action_print']")
    visitor.look("policy_report_form")


def coach(visitor: Visitor) -> None:
    """The coach takes a request of the pool; the employee's manager is not told."""
    page = visitor.page
    visitor.open("career_trajectory_action")
    visitor.click(".o_data_row:has(.text-bg-info) .o_data_cell[name='employee_id']")
    page.wait_for_selector(".o_form_view .o_form_sheet_bg")
    visitor.look("trajectory_form")
    visitor.click("button[name='action_accept']")
    page.wait_for_selector(
        ".o_arrow_button_current[data-value='running']", state="attached"
    )
    visitor.open("career_conversation_action_guided")
    visitor.row()
    visitor.look("conversation_coached")
    visitor.open("career_coach_action")
    visitor.open("career_home_action_my_career")


def administrator(visitor: Visitor) -> None:
    """The administrator sets up, and reads no document by it."""
    page = visitor.page
    visitor.open("career_home_action_hr_start", "hr_start_admin")
    assert not page.locator("section[aria-labelledby='career_waits']").count()
    visitor.open("career_channel_action")
    visitor.row()
    visitor.look("channel_form")
    visitor.open("career_deal_template_action")
    visitor.row()
    visitor.look("deal_template_form")
    visitor.open("career_policy_action")
    assert visitor.has("div[name='career_target_rate'] input") == 1
    for action in (
        "career_question_action",
        "career_security_event_action",
    ):
        visitor.open(action)
    for action in (
        "career_conversation_action_guided",
        "career_plan_action_guided",
        "career_aspiration_action_shared",
    ):
        visitor.open(action, f"{action}_admin")
        # Odoo shows faded, invented lines where there is nothing
        if not visitor.has(".o_view_sample_data, .o_view_nocontent"):
            assert not visitor.has(".o_data_row, .o_kanban_record")


TOURS = {
    "emma": employee,
    "marc": line_manager,
    "nadia": upper_manager,
    "hilde": officer,
    "karel": coach,
    "tom": administrator,
}


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("user", TOURS)
def test_tour(visit, user, language):
    """Each role finds its way, in both languages, and finds nothing amiss."""
    asked = {"hilde": ask_hr, "karel": ask_coach}
    if user in asked:
        asked[user](visit("emma", language))
    visitor = visit(user, language)
    TOURS[user](visitor)
    assert not visitor.found, "\n".join(
        f"{where}: {what}" for where, what in visitor.found.items()
    )


@pytest.mark.parametrize("user", ["emma", "marc", "nadia", "hilde"])
def test_french(visit, user):
    """No English term of ours on the main screens in French."""
    visitor = visit(user, "fr")
    for action in {
        "emma": ("career_home_action_my_career", "career_plan_action_mine"),
        "marc": ("career_home_action_my_team", "career_conversation_action_guided"),
        "nadia": ("career_home_action_my_organisation",),
        "hilde": ("career_home_action_hr_start", "career_cycle_action"),
    }[user]:
        visitor.open(action)
    assert not visitor.found, visitor.found
