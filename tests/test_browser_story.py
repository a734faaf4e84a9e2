"""The main job from end to end, in a browser, as the people of the demo data do it.

`SCREENSHOTS=1 script/test tests/test_browser_story.py` writes the pictures of the
documentation to docs/images.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from browsing import (
    NARROW,
    answer,
    choose,
    fill,
    picture,
    press,
    resize,
    save,
    sign,
    state,
    tab,
)


def test_from_wish_to_followed_plan(people):
    """A new employee and her manager: wish, talk, plan, signatures, actions, 80%."""
    page = people("noor", "/odoo/my-career")
    assert "What would you like in your career?" in page.inner_text(
        ".o_career_home_next"
    )
    picture(page, "my-career-new")

    # a wish, shared with the manager
    page.click(".o_career_home_primary")
    page.wait_for_selector(".o_form_view")
    choose(page, "direction", "More depth or variety in my job")
    tab(page, "motivation")
    fill(page, "motivation", "I would like to learn how an order is planned.")
    page.locator("div[name='share_n1'] input").click()
    save(page)
    press(page, "action_activate")
    state(page, "active")
    tab(page, "audience")
    page.wait_for_selector(".o_career_readers :text('Marc Peetermans')")
    picture(page, "wish")

    # a conversation, asked for through the line
    page = people("noor", "/odoo/my-career")
    assert "Ask for a conversation" in page.inner_text(".o_career_home_next")
    page.click(".o_career_home_primary")
    page.wait_for_selector(".o_form_view")
    fill(page, "request", "How can I learn to plan orders?")
    picture(page, "conversation-ask")
    page.click("button:has-text('Ask for this conversation')")
    page.wait_for_url(re.compile(r"/\d+$"))
    state(page, "requested")
    address = page.url.replace("my-career/", "my-conversations/")
    talk = address.rstrip("/").split("/")[-1]
    assert talk.isdigit(), address

    # the manager sees it first, and plans it
    page = people("marc", "/odoo/my-team")
    card = page.locator(".o_career_home_members > li:has-text('Noor Stappers')")
    assert "Asked for a conversation" in card.inner_text()
    picture(page, "my-team")
    # the line under the name opens the request
    card.get_by_role("button", name="Conversation", exact=False).click()
    page.wait_for_selector(".o_form_view div[name='date_start']")
    day = datetime.now() + timedelta(days=6)
    while day.weekday() > 4:
        day += timedelta(days=1)
    date = page.locator("div[name='date_start'] :is(input, button)").first
    date.click()
    box = page.locator("div[name='date_start'] input").first
    box.fill(day.strftime("%m/%d/%Y 10:00:00"))
    box.press("Tab")
    press(page, "action_plan")
    state(page, "planned")
    picture(page, "conversation-planned")
    press(page, "button_open_preparation")
    page.wait_for_selector(".o_form_view div[name='answer_ids']")
    press(page, "action_ready")

    # she prepares and shares
    page = people("noor", "/odoo/my-career")
    assert "Prepare your conversation" in page.inner_text(".o_career_home_next")
    page.click(".o_career_home_primary")
    page.wait_for_selector(".o_form_view")
    if page.locator("button[name='action_load_questions']:visible").count():
        press(page, "action_load_questions")
    page.wait_for_selector("div[name='answer_ids'] .o_data_row")
    answer(page, "Solving a puzzle with many orders.")
    picture(page, "preparation")
    press(page, "action_share")
    state(page, "shared")

    # it was held, with an outcome
    page = people("marc", f"/odoo/career-conversations/{talk}")
    page.locator("div[name='outcome'] label:has-text('Develop')").click()
    press(page, "action_hold")
    state(page, "held")
    press(page, "action_confirm_report")
    page.wait_for_selector("button[name='action_confirm_report']", state="hidden")
    picture(page, "conversation-held")

    # the plan: a need and five actions
    page = people("noor", f"/odoo/my-conversations/{talk}")
    press(page, "action_confirm_report")
    page.wait_for_selector("button[name='action_confirm_report']", state="hidden")
    press(page, "button_create_plan")
    page.wait_for_selector("div[name='action_ids'], .o_notebook")
    fill(page, "title", "Learning to plan orders")
    add_need(page)
    steps = (
        "Follow a planner",
        "Plan one line",
        "Plan a day",
        "Explain it",
        "Plan a week",
    )
    for count, action in enumerate(steps, 1):
        add_action(page, action, count)
    save(page)
    plan = page.url.rstrip("/").split("/")[-1]
    assert plan.isdigit(), page.url
    picture(page, "plan-draft")
    press(page, "action_propose")
    state(page, "proposed")
    sign(page)

    page = people("marc", f"/odoo/career-plans/{plan}")
    sign(page)
    state(page, "agreed")

    # four of five actions done: the gauge stands on the line of 80%
    page = people("noor", f"/odoo/my-plans/{plan}")
    for index in range(4):
        page.locator("div[name='action_ids'] button[name='action_done']").first.click()
        page.wait_for_function(
            "count => document.querySelectorAll("
            "\"div[name='action_ids'] button[name='action_done']\").length === count",
            arg=4 - index,
        )
    gauge = page.locator(".o_career_gauge_large").first
    page.wait_for_selector(".o_career_gauge_large:has-text('80%')")
    assert "Target reached" in gauge.inner_text()
    picture(page, "plan-80")
    page = people("noor", "/odoo/my-career")
    assert page.locator(".o_career_gauge_value").first.text_content() == "80%"
    page = people("marc", "/odoo/my-team")
    card = page.locator(".o_career_home_members > li:has-text('Noor Stappers')")
    assert "80%" in card.inner_text()


def add_need(page: Any) -> None:
    page.locator("div[name='need_ids'] .o_field_x2many_list_row_add a").first.click()
    box = page.locator(".modal, div[name='need_ids'] .o_selected_row").last
    box.locator("div[name='name'] input").fill("Plan the orders of a day")
    if page.locator(".modal").count():
        page.locator(".modal .o_form_button_save").first.click()
        page.wait_for_selector(".modal", state="detached")


def add_action(page: Any, name: str, count: int) -> None:
    rows = "div[name='action_ids'] .o_data_row"
    page.locator("div[name='action_ids'] .o_field_x2many_list_row_add a").first.click()
    page.wait_for_function(
        "([rows, count]) => document.querySelectorAll(rows).length === count",
        arg=[rows, count],
    )
    box = page.locator(f"{rows}.o_selected_row div[name='name'] input")
    box.fill(name)
    box.press("Tab")


@pytest.mark.parametrize(
    ("user", "path"), [("emma", "/odoo/my-career"), ("marc", "/odoo/my-team")]
)
def test_pages_on_a_phone(people, user, path):
    """Nothing is cut off, and nothing scrolls sideways, on a narrow screen."""
    page = people(user, path)
    if user == "emma":
        picture(page, "my-career")
    resize(page, NARROW)
    if user == "emma":
        picture(page, "my-career-phone")
    wide = page.evaluate(
        "() => [...document.querySelectorAll('.o_career_home_page *')]"
        ".filter(e => e.getBoundingClientRect().right > innerWidth + 1"
        " && !e.closest('.visually-hidden')).map(e => e.className)"
    )
    assert not wide, wide


@pytest.mark.parametrize(
    ("user", "path"),
    [
        ("emma", "/odoo/my-career"),
        ("noor", "/odoo/my-career"),
        ("marc", "/odoo/my-team"),
        ("emma", "/odoo/career-aspirations"),
        ("emma", "/odoo/my-conversations"),
        ("emma", "/odoo/my-plans"),
        ("marc", "/odoo/career-plans"),
        ("marc", "/odoo/career-conversations"),
    ],
)
def test_accessible(people, user, path):
    """Axe finds nothing serious in what is ours."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = people(user, path)
    page.wait_for_timeout(500)
    found = axe.run(page, context=".o_action_manager").response["violations"]
    serious = {
        rule["id"]: [node["html"][:160] for node in rule["nodes"]]
        for rule in found
        if rule["impact"] in ("serious", "critical")
    }
    for rule, nodes in serious.items():
        serious[rule] = [
            html for html in nodes if "o_career" in html or "career" in html
        ]
    serious = {rule: nodes for rule, nodes in serious.items() if nodes}
    assert not serious, serious
