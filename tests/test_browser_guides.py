"""The guides of docs/ from beginning to end, in a browser, as the people they are for.

Each test plays one guide: what it says to press is pressed, and leads where it says.
`script/screenshots` keeps the pictures beside the text.
"""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import Any

import pytest
from browsing import (
    NARROW,
    WIDE,
    answer,
    ask,
    fill,
    look_for,
    mark,
    number,
    pick,
    picture,
    press,
    press_label,
    save,
    sign,
    state,
    tab,
    write,
)

WHY = "Odoo notes that somebody went and came, twice at the same moment"
pytestmark = [
    pytest.mark.may_log("odoo.sql_db", 'UPDATE "mail_presence"', WHY),
    pytest.mark.may_log("odoo.addons.bus.websocket", "could not serialize", WHY),
]
# Everybody in English; Fatima works in shifts.
SETUP = """
from datetime import date, timedelta
users = env["res.users"].search([("share", "=", False)])
users.lang = "en_US"
def employee(name):
    return env["hr.employee"].search([("name", "like", name)])
fatima = employee("Fatima")
fatima.user_id.write({"login": "fatima", "password": "fatima"})
fatima.career_shift_work = True
admin = env.ref("base.user_admin")
appraisals = env.ref("hr_appraisal_oca.group_appraisal_user")
for login in ("emma", "marc", "nadia"):
    env["res.users"].search([("login", "=", login)]).group_ids += appraisals
day = date.today() + timedelta(14)
marc = employee("Marc Peetermans")
for who, manager in ((employee("Emma De Smedt"), marc), (marc, marc.parent_id)):
    env["hr.appraisal"].create({
        "employee_id": who.id, "manager_ids": [(6, 0, manager.ids)], "date_close": day,
    })
annelies = employee("Annelies").user_id
annelies.company_ids = env["res.company"].search([("name", "like", "Lindervoort")])
annelies.with_user(admin).group_ids += env.ref("career_guidance.group_career_officer")
env.cr.commit()
"""


@pytest.fixture(scope="module")
def server(odoo_db, start_server, shell) -> Any:
    """Return a server of our own: others count on the people as they were."""
    database = odoo_db()
    shell(database, SETUP)
    return start_server(database)


def confirm(page: Any) -> None:
    """Press the main button of the dialog, and see it close."""
    page.locator(".modal footer .btn-primary:visible").last.click()
    page.wait_for_selector(".modal", state="detached")


def shows(page: Any, text: str, where: str = ".o_action_manager") -> None:
    """Wait until the screen says something."""
    page.locator(f"{where}:has-text({text!r})").first.wait_for()


def buttons(page: Any) -> list[str]:
    """Return the labels of the form's buttons."""
    return page.locator(".o_statusbar_buttons button:visible").all_inner_texts()


# ---------------------------------------------------------------- docs/conversation.md
def test_conversation(people):
    """A talk with the manager, by somebody who works in shifts."""
    page = people("fatima", "/odoo/my-conversations/new")
    mark(page, "channel_id", "HR")
    shows(page, "Will not know of it: your manager", "div[name='explanation']")
    picture(page, "conversation_01_request")
    mark(page, "channel_id", "A career coach")
    shows(page, "Karel Dewulfs", "div[name='coach_option_ids']")
    picture(page, "conversation_02_coach")
    # as long as she does not ask, nobody is told
    mine = [("employee_id.name", "like", "Fatima"), ("state", "=", "requested")]
    assert ask(page, "career.conversation", "search_count", mine) == 0
    page = people("fatima", "/odoo/my-conversations/new", NARROW)
    shows(page, "Your manager holds the conversation", "div[name='explanation']")
    picture(page, "conversation_20_phone")
    page = people("fatima", "/odoo/my-conversations/new")
    shows(page, "Your manager holds the conversation", "div[name='explanation']")
    fill(page, "request", "What could be my next step?")
    press_label(page, "Ask for this conversation")
    state(page, "requested")
    talk = number(page)

    # plan it
    page = people("marc", f"/odoo/career-conversations/{talk}")
    shows(page, "Choose a date and plan the conversation", "div[name='next_step']")
    picture(page, "conversation_03_guide")
    press_label(page, "Propose moments")
    page.wait_for_selector(".modal .o_data_row")
    picture(page, "conversation_04_moments")
    page.locator(".modal button[name='action_choose']").first.click()
    state(page, "planned")
    shows(page, "choose who takes over", ".alert-warning")
    picture(page, "conversation_05_stand_in")

    # prepare
    page = people("fatima", f"/odoo/my-conversations/{talk}")
    press(page, "button_open_preparation")
    page.wait_for_selector("div[name='answer_ids'] .o_data_row")
    answer(page, "Last spring: no order was late.")
    picture(page, "conversation_06_prepare")
    press_label(page, "I am ready")
    press_label(page, "Share")
    state(page, "shared")

    # hold it
    page = people("marc", f"/odoo/career-conversations/{talk}")
    mark(page, "outcome", "Develop")
    press_label(page, "It took place")
    state(page, "held")
    tab(page, "report")
    write(page, "report", "Fatima likes to plan, and would do more of it.")
    page.locator("div[name='item_ids'] .o_field_x2many_list_row_add a").click()
    fill(page, "item_ids", "Plan the orders of a week")
    press_label(page, "Confirm the report")
    page.wait_for_selector("button[name='action_confirm_report']", state="hidden")
    picture(page, "conversation_07_report", ".o_notebook")
    page = people("fatima", f"/odoo/my-conversations/{talk}")
    press_label(page, "Confirm the report")
    page.wait_for_selector("button[name='action_confirm_report']", state="hidden")
    page = people("marc", f"/odoo/career-conversations/{talk}")
    tab(page, "report")
    write(page, "report", " She begins in spring.")
    save(page)
    page = people("fatima", f"/odoo/my-conversations/{talk}")
    assert "Confirm the report" in buttons(page), "a change asks again"
    tab(page, "report")
    shows(page, "She begins in spring", "div[name='difference']")
    picture(page, "conversation_08_difference", ".o_notebook")
    press_label(page, "Confirm the report")
    page.wait_for_selector("button[name='action_confirm_report']", state="hidden")

    # tell what the way of talking asks for, and close
    page = people("marc", f"/odoo/career-conversations/{talk}")
    press_label(page, "Confirm the report")
    page.wait_for_selector("button[name='action_confirm_report']", state="hidden")
    press_label(page, "Tell somebody")
    page.wait_for_selector(".modal div[name='route_id'] input")
    picture(page, "conversation_09_tell")
    mark(page, "route_id", "N+2")
    page.locator(".modal button[name='action_confirm']:visible").click()
    page.wait_for_selector("div[name='body']")
    write(page, "body", "We had a good conversation. A plan follows.")
    press(page, "action_send")
    state(page, "sent")
    picture(page, "conversation_10_feedback")
    page = people("marc", f"/odoo/career-conversations/{talk}")
    press_label(page, "Close")
    state(page, "closed")
    picture(page, "conversation_11_closed")


def test_conversation_with_hr(people):
    """What the manager must not know, and the help for guides."""
    page = people("fatima", "/odoo/my-conversations/new")
    mark(page, "channel_id", "HR")
    shows(page, "Will not know of it: your manager", "div[name='explanation']")
    fill(page, "request", "Could I work fewer evenings?")
    press_label(page, "Ask for this conversation")
    state(page, "requested")
    talk = number(page)
    page = people("hilde", f"/odoo/career-conversations/{talk}")
    press_label(page, "I take this")
    press_label(page, "Propose moments")
    page.wait_for_selector(".modal .o_data_row")
    shows(page, "Moments outside the shift", ".modal")
    picture(page, "conversation_13_outside_shift")
    page.locator(".modal button[name='action_choose']").nth(2).click()
    state(page, "planned")
    picture(page, "conversation_14_hidden")
    press_label(page, "Keep my time free")
    page.wait_for_selector("button[name='action_remove_placeholder']")

    # the manager finds no card, no number and no event of it
    page = people("marc", "/odoo/career-conversations")
    look_for(page, "Fatima")
    page.wait_for_selector(".o_kanban_record:not(.o_kanban_ghost)")
    found = page.inner_text(".o_kanban_renderer")
    assert "Fatima" in found
    assert "evenings" not in found
    picture(page, "conversation_12_not_involved")
    assert not ask(page, "career.conversation", "search", [("id", "=", talk)])
    mine = [("name", "ilike", "busy"), ("user_id.name", "like", "Hilde")]
    assert not ask(page, "calendar.event", "search", mine)

    page = people("sofie", "/odoo/career-overdue")
    page.wait_for_selector(".o_data_row")
    picture(page, "conversation_18_overdue")
    page = people("sofie", "/odoo/career-help/new")
    fill(page, "question", "Somebody wants to lead, and I have no place. What now?")
    picture(page, "conversation_16_ask_hr")
    save(page)
    page = people("sofie", "/odoo/career-guide")
    shows(page, "Questions that open")
    picture(page, "conversation_17_guide")


def test_conversation_without_login(people):
    """The guide notes what somebody without a login tells."""
    page = people("rachid", "/odoo/career-conversations/new")
    pick(page, "employee_id", "Danny Goor")
    press_label(page, "Go on")
    state(page, "requested")
    press_label(page, "Record the employee's answers")
    page.wait_for_selector(".modal .o_data_row")
    answer(page, "That we had no accident, all year.")
    page.locator(".modal div[name='is_agreed'] input").click()
    picture(page, "conversation_19_record_answers")
    page.locator(".modal button[name='action_record']").click()
    shows(page, "The employee is ready", "div[name='preparation_status']")


# ------------------------------------------------------------------------ docs/plan.md
def test_plan(people):
    """A plan that runs, its follow-up, a need that is met, and the team's figures."""
    page = people("emma", "/odoo/my-career")
    plan = ask(page, "career.plan", "search", [("state", "=", "agreed")])[0]
    page = people("emma", f"/odoo/my-plans/{plan}")
    page.wait_for_selector(".o_career_gauge_large")
    picture(page, "plan_form")
    page = people("emma", f"/odoo/my-plans/{plan}", NARROW)
    page.wait_for_selector(".o_career_gauge_large")
    picture(page, "plan_form_400")
    page = people("emma", f"/odoo/my-plans/{plan}")
    tab(page, "checkpoints")
    picture(page, "plan_follow_up")

    # a need that names a skill: made and signed by both, its action is done
    page = people("fatima", "/odoo/my-career")
    me = ask(page, "hr.employee", "search", [("user_id.login", "=", "fatima")])[0]
    skill = ask(page, "hr.skill", "search", [("name", "=", "Process improvement")])[0]
    kind = [("skill_type_id.skill_ids", "in", skill), ("level_progress", "=", 50)]
    level = ask(page, "hr.skill.level", "search", kind)[0]
    need = {
        "name": "Find out why orders come late",
        "domain": "technical",
        "purpose": "next_step",
        "situation": "When a customer calls because an order is late",
        "behaviour_now": "I say sorry, and give a new date.",
        "behaviour_wanted": "I look for the cause, and tell who can change it.",
        "skill_id": skill,
        "target_level_id": level,
    }
    values = {"employee_id": me, "title": "Fewer late orders"}
    plan = ask(page, "career.plan", "create", values | {"need_ids": [(0, 0, need)]})
    need = ask(page, "career.plan.need", "search", [("plan_id", "=", plan)])[0]
    action = {"plan_id": plan, "need_id": need, "name": "Follow ten orders to the door"}
    ask(page, "career.plan.action", "create", action)
    ask(page, "career.plan", "action_propose", [plan])
    page = people("fatima", f"/odoo/my-plans/{plan}")
    sign(page)
    page = people("marc", f"/odoo/career-plans/{plan}")
    sign(page)
    state(page, "agreed")
    page = people("fatima", f"/odoo/my-plans/{plan}")
    page.locator("div[name='action_ids'] button[name='action_done']").first.click()
    page.locator("button[name='button_open']:visible").first.click()
    page.wait_for_selector(".modal button[name='action_add_skill']")
    picture(page, "plan_need")
    page.locator(".modal button[name='action_add_skill']").click()
    page.wait_for_selector(".modal button[name='action_add_skill']", state="hidden")
    added = [("employee_id", "=", me), ("skill_id", "=", skill)]
    assert ask(page, "hr.employee.skill", "search_count", added) == 1

    page = people("hilde", "/odoo/action-career_guidance.career_plan_team_action")
    page.wait_for_selector(".o_kanban_record .o_career_gauge")
    picture(page, "plan_team")


# ----------------------------------------------------------------------- docs/cycle.md
def set_date(page: Any, field: str, days: int) -> None:
    """Choose a day, so many days from now."""
    page.locator(f"div[name='{field}'] :is(input, button)").first.click()
    box = page.locator(f"div[name='{field}'] input").first
    box.fill(f"{datetime.now() + timedelta(days):%m/%d/%Y}")
    box.press("Tab")


def test_cycle(people):
    """The preview of a cycle, one's own part in it, and a deal."""
    page = people("hilde", "/odoo/career-cycles/new")
    everywhere(page)
    fill(page, "name", "Talks in spring")
    pick(page, "company_ids", "Lindervoort Productie")
    # after the round that runs: who is in that one would be left out
    for field, days in (("date_start", 45), ("date_end", 165), ("hired_before", -420)):
        set_date(page, field, days)
    save(page)
    press_label(page, "Preview and launch")
    page.wait_for_selector(".modal .o_data_row")
    picture(page, "cycle-preview")

    page = people("emma", "/odoo/my-participations", NARROW)
    page.click(".o_kanban_record:has-text('Planned')")
    state(page, "planned")
    picture(page, "cycle-mine-400")
    press(page, "action_arranged_otherwise")
    press(page, "action_reopen")
    state(page, "planned")

    page = people("noor", "/odoo/my-deals")
    page.locator(".o_data_row:has-text('To be signed') td").nth(1).click()
    state(page, "to_sign")
    picture(page, "cycle-deal")
    press_label(page, "Sign")
    confirm(page)
    state(page, "signed")


# --------------------------------------------------------------- docs/personal-page.md
@pytest.fixture
def phone(browser, server) -> Any:
    """Return a page on the telephone of somebody without a login."""
    context = browser.new_context(base_url=server.url, viewport=NARROW)
    yield context.new_page()
    context.close()


def everywhere(page: Any) -> None:
    """Work in all companies at once, as the menu of companies offers it."""
    page.click(".o_switch_company_menu button")
    page.wait_for_selector(".o_switch_company_menu_items")
    box = ".o_switch_company_menu_items [role='menuitemcheckbox']"
    for name in page.locator(box).evaluate_all("all => all.map((n) => n.ariaLabel)"):
        ticked = page.locator(f"{box}[aria-label='{name}'][aria-checked='true']")
        if not ticked.count():
            page.click(f"{box}[aria-label='{name}']")
            ticked.wait_for()
    with page.expect_event("load"):
        page.click(".o_switch_company_menu_buttons button:has-text('Confirm')")
    page.wait_for_selector(".o_view_controller")


def test_personal_page(people, phone):
    """HR hands it out, an operator opens it and signs; wrong answers lock it."""
    page = people("rachid", "/odoo/career-plans")
    mehmet = [("employee_id.name", "like", "Mehmet"), ("state", "=", "draft")]
    plan = ask(page, "career.plan", "search", mehmet)[0]
    page = people("rachid", f"/odoo/career-plans/{plan}")
    press_label(page, "Propose")
    state(page, "proposed")

    page = people("hilde", "/odoo/career-personal-pages")
    everywhere(page)
    page.locator(".o_control_panel button:has-text('Hand out a page')").click()
    pick(page, "employee_id", "Mehmet Aydinli")
    page.locator(".modal button:has-text('Make the page')").click()
    link = page.locator(".modal div[name='link']").inner_text()
    picture(page, "personal-page-link")
    token = link.strip().split("/")[-1]

    phone.goto(f"/career/me/{token}")
    phone.get_by_text("English (US)").click()
    for name in ("answer", "repeated"):
        phone.fill(f"input[name='{name}']", "vioolX7")
    phone.click("button:has-text('Open my page')")
    phone.wait_for_selector("h1:has-text('Mehmet Aydinli')")
    picture(phone, "personal-page-home-mobile")
    phone.click("nav a:has-text('Ask for a talk')")
    phone.wait_for_selector("h1:has-text('Ask for a conversation')")
    picture(phone, "personal-page-ask-mobile")
    phone.click("nav a:has-text('Start')")
    phone.click("a:has-text('Read and sign your development plan')")
    pad = phone.locator("canvas#pad")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    phone.mouse.move(box["x"] + 30, box["y"] + 45)
    phone.mouse.down()
    for step in range(1, 60):
        height = 45 + 25 * math.sin(step / 5) * (1 - step / 90)
        phone.mouse.move(box["x"] + 30 + 3 * step, box["y"] + height)
    phone.mouse.up()
    picture(phone, "personal-page-sign-mobile", ".card:has(form.signature)")
    phone.click("form.signature button:has-text('Sign')")
    phone.wait_for_selector(".notice")
    phone.click("button:has-text('Leave')")

    for _attempt in range(5):
        phone.goto(f"/career/me/{token}")
        phone.fill("input[name='answer']", "forgotten")
        phone.click("button:has-text('Open my page')")
    phone.goto(f"/career/me/{token}")
    phone.wait_for_selector("h1:has-text('This page cannot be opened')")

    page = people("hilde", "/odoo/career-personal-pages")
    row = page.locator(".o_data_row:has-text('Mehmet')")
    row.locator(":text('Locked')").wait_for()
    picture(page, "personal-page-list")
    row.locator("button:has-text('Unlock')").click()
    row.locator(":text('Open')").wait_for()
    page = people("hilde", "/odoo/career-security-events")
    shows(page, "Annelies Roose", ".o_data_row")
    picture(page, "personal-page-events")


# ------------------------------------------------------- docs/privacy-and-retention.md
def block(title: str) -> str:
    """Return what selects a block of the settings."""
    head = f"h2:has-text('{title}')"
    return f"{head}, {head} + div, {head} + h3, {head} + h3 + div"


def test_privacy(people):
    """One's own file, how long things are kept, and who goes on with the work."""
    page = people("emma", "/odoo/my-career")
    page.click("button:has-text('All about me')")
    page.wait_for_selector(".modal div[name='file_format']")
    picture(page, "privacy_export")
    with page.expect_download() as download:
        page.locator(".modal button:has-text('Download')").click()
    assert download.value.suggested_filename.endswith(".pdf")

    page = people("tom", "/odoo/career-policies")
    shows(page, "How long documents are kept")
    picture(page, "privacy_settings", block("How long documents are kept"))
    page.locator("div[name='career_keep_participation'] input").fill("12")
    page.locator(".o_form_button_save").click()

    page = people("hilde", "/odoo/career-hr")
    page.goto("/odoo/action-career_guidance.action_server_preview_retention")
    page.wait_for_selector(".modal .o_data_row")
    picture(page, "privacy_preview")

    page = people("admin", "/odoo/action-base.ir_cron_act")
    jobs = [("model_id.model", "=", "career.retention")]
    job = ask(page, "ir.cron", "search", jobs)
    ask(page, "ir.cron", "method_direct_trigger", job)
    page = people("hilde", "/odoo/career-hr")
    gone = [("anonymised_on", "!=", False)]
    part = ask(page, "career.participation", "search", gone)[0]
    page = people("hilde", f"/odoo/career-participations/{part}")
    page.wait_for_selector(".o_form_view .ribbon")
    picture(page, "privacy_anonymised")

    page = people("hilde", "/odoo/action-career_guidance.career_hand_over_action")
    pick(page, "guide_id", "Hilde Janssens")
    page.wait_for_selector(".modal .o_data_row")
    pick(page, "successor_id", "Annelies Roose")
    picture(page, "privacy_hand_over")
    page.locator(".modal button:has-text('Hand over')").first.click()
    page.wait_for_selector(".modal", state="detached")


# ------------------------------------------------------------------- docs/appraisal.md
APPRAISALS = "/odoo/action-hr_appraisal_oca.hr_appraisal_action_form"


def appraisal(people, user: str, of: str, size: dict[str, int] = WIDE) -> Any:
    """Open the career page of somebody's appraisal."""
    page = people(user, "/odoo/my-career", size)
    found = ask(page, "hr.appraisal", "search", [("employee_id.name", "like", of)])
    page = people(user, f"{APPRAISALS}/{found[0]}", size)
    tab(page, "career_guidance")
    return page


def choose_mode(people, mode: str) -> Any:
    """Choose, as the administrator, how conversation and appraisal go together."""
    page = people("tom", "/odoo/career-policies")
    mark(page, "career_appraisal_mode", mode)
    return page


def test_appraisal(people):
    """The career part of the real appraisal module: combined, then separate."""
    page = choose_mode(people, "Combined")
    picture(page, "appraisal-settings", block("Appraisals"))
    page.locator(".o_form_button_save").click()
    page.wait_for_selector(".o_control_panel button:has-text('Save')", state="detached")
    page = appraisal(people, "marc", "Emma")
    page.click("button:has-text('Record the outcome'):visible")
    mark(page, "outcome", "Not discussed")
    page.wait_for_selector(".modal div[name='outcome_reason']")
    picture(page, "appraisal-outcome")
    mark(page, "outcome", "Develop")
    page.locator(".modal button[name='action_confirm']").click()
    page.wait_for_selector(".modal", state="detached")
    page.click("button:has-text('Make a plan'):visible")
    page.wait_for_selector("div[name='need_ids']")
    fill(page, "title", "Explaining difficult decisions")
    save(page)
    page = appraisal(people, "marc", "Emma")
    shows(page, "Develop: a plan follows", "div[name='career_result'], .o_notebook")
    picture(page, "appraisal-combined")
    page = appraisal(people, "emma", "Emma", NARROW)
    picture(page, "appraisal-combined-mobile", ".o_notebook")
    page = appraisal(people, "marc", "Marc")
    shows(page, "As a guide")
    picture(page, "appraisal-scorecard", ".o_notebook")
    page = choose_mode(people, "Separate")
    page.locator(".o_form_button_save").click()
    page = appraisal(people, "marc", "Emma")
    shows(page, "The career conversation is apart from the appraisal")
    picture(page, "appraisal-separate")


# --------------------------------------------------------------------- docs/reports.md
REPORT = "career_guidance_reports.career_policy_report_document"
PAGE_1 = ".page > :not(h3, h3 ~ *)"
PAGE_2 = ".page > h3:not(:last-of-type), .page > h3 ~ :not(h3, h3:last-of-type ~ *)"
SHEET = {"width": 880, "height": 1800}


def test_reports(people):
    """The dashboard and the report of the year; the tours do the rest."""
    overview = "/odoo/action-career_guidance_reports.career_figure_overview_action"
    page = people("hilde", overview)
    page.wait_for_selector(".o_kanban_record:not(.o_kanban_ghost), .o_view_nocontent")
    if page.locator(".o_view_nocontent").count():
        page.locator("button:has-text('Compute now'):visible").first.click()
        page.wait_for_selector(".o_kanban_record:not(.o_kanban_ghost)")
    page = people("hilde", overview, NARROW)
    page.wait_for_selector(".o_kanban_record:not(.o_kanban_ghost) .o_career_gauge")
    picture(page, "reports_overview_mobile")
    # docs/report-lists.md: a team leader has the lists of the own team
    lists = "/odoo/action-career_guidance_reports.career_action_analysis_action"
    page = people("marc", lists, NARROW)
    page.wait_for_selector(".o_pivot td")
    picture(page, "report_list_actions_400")
    page = people("hilde", "/odoo/career-hr")
    page.goto("/odoo/dashboards")
    page.click(".o_search_panel :text-is('Career guidance')")
    page.wait_for_selector(".o-spreadsheet canvas")
    # drawn on a canvas: nothing in the page tells when it is done
    page.wait_for_timeout(2000)
    picture(page, "reports_dashboard")
    page = people("hilde", "/odoo/career-policy", SHEET)
    report = ask(page, "career.policy.report", "search", []) or [
        ask(page, "career.policy.report", "create", {})
    ]
    page.goto(f"/report/html/{REPORT}/{report[0]}")
    page.wait_for_selector(".page h2:has-text('Career policy')")
    picture(page, "reports_policy_1", PAGE_1)
    picture(page, "reports_policy_2", PAGE_2)
