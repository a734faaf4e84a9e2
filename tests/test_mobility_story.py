"""The internal move from end to end, in a browser, by the five people who take part.

`SCREENSHOTS=1 script/test tests/test_mobility_story.py` writes the pictures of
docs/mobility.md to docs/images.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from browsing import (
    NARROW,
    WIDE,
    ask,
    choose,
    fill,
    look_for,
    picture,
    press,
    resize,
    save,
    state,
    tab,
)

# A recruiter, two vacancies and a plan that is open with the present manager.
SETUP = """
from odoo import Command
def user(login):
    return env["res.users"].search([("login", "=", login)])
def employee(login):
    return env["hr.employee"].search([("user_id", "=", user(login).id)])
def skill(name):
    return env["hr.skill"].search([("name", "=", name)], limit=1)
user("hilde").lang = "en_US"
noor, marc, sofie = employee("noor"), employee("marc"), employee("sofie")
company = noor.company_id
recruiter = env["res.users"].with_context(no_reset_password=True).create({
    "name": "Ruben Recruiter", "login": "ruben", "password": "ruben",
    "email": "ruben@example.com", "company_id": company.id,
    "company_ids": [Command.set(company.ids)],
    "group_ids": [Command.set([
        env.ref("base.group_user").id,
        env.ref("hr_recruitment.group_hr_recruitment_manager").id,
    ])],
})
env["hr.employee"].create({
    "name": "Ruben Recruiter", "user_id": recruiter.id, "company_id": company.id,
    "parent_id": employee("hilde").id,
})
planning, talks = skill("Planning"), skill("Customer talks")
def vacancy(name, text, **values):
    job = env["hr.job"].create({
        "name": name, "company_id": company.id, "user_id": recruiter.id,
        "department_id": sofie.department_id.id, "career_is_internal": True,
        "career_contact_id": sofie.id, "career_internal_text": text, **values,
    })
    for line in (planning, talks):
        levels = line.skill_type_id.skill_level_ids.sorted("level_progress")
        env["hr.job.skill"].create({
            "job_id": job.id, "skill_id": line.id,
            "skill_type_id": line.skill_type_id.id, "skill_level_id": levels[-2].id,
        })
    return job
job = vacancy(
    "Digital adviser",
    "<p>Help customers and colleagues with the new portal. We teach you the tools."
    "</p>",
    no_of_recruitment=1, career_planned_openings=2,
)
vacancy(
    "Roll-out of the portal",
    "<p>One day a week: test, and tell your team how it works.</p>",
    career_internal_kind="project", career_hours_week=8,
    career_temporary_until="2027-06-30",
)
levels = talks.skill_type_id.skill_level_ids.sorted("level_progress")
if not env["hr.employee.skill"].search([
    ("employee_id", "=", noor.id), ("skill_id", "=", talks.id),
]):
    env["hr.employee.skill"].create({
        "employee_id": noor.id, "skill_id": talks.id,
        "skill_type_id": talks.skill_type_id.id, "skill_level_id": levels[-1].id,
    })
plan = env["career.plan"].with_user(user("noor")).create({
    "employee_id": noor.id, "title": "Talk on the phone with ease",
    "action_ids": [Command.create({"name": "Sit beside Emma for a day"})],
})
plan.action_propose()
plan.action_sign()
plan.with_user(user("marc")).action_sign()
path = env["career.path"].create({"name": "From customers to digital"})
env["career.path.step"].create([
    {"path_id": path.id, "from_job_id": noor.job_id.id, "to_job_id": job.id,
     "kind": "lateral", "duration": 12,
     "story": "I missed the phone for a week. Now I hear the same questions, and can"
     " change the cause."},
    {"path_id": path.id, "from_job_id": noor.job_id.id,
     "to_job_id": marc.job_id.id, "kind": "vertical", "duration": 48},
    {"path_id": path.id, "from_job_id": env["hr.job"].search(
        [("name", "=", "Order planner")], limit=1).id,
     "to_job_id": noor.job_id.id, "kind": "temporary", "duration": 6},
])
env.cr.commit()
result = {"job": job.id, "plan": plan.id, "noor": noor.id}
"""


@pytest.fixture
def vacancy(shell, server):
    """Make what the story needs, and return the ids."""
    return shell(server.database, SETUP)


def rows(page: Any) -> int:
    """The rows of a list; the client shows what it knew first, then what is so."""
    page.wait_for_selector(".o_list_view, .o_kanban_view")
    page.wait_for_timeout(1500)
    return page.locator(".o_data_row").count()


def known_to(people: Any, user: str) -> dict[str, Any]:
    """All that the client of somebody shows about the team and its documents."""
    page = people(user, "/odoo/my-team")
    team = page.inner_text(".o_career_home_page")
    counter = page.locator(".o-mail-ActivityMenu-counter")
    todos = counter.inner_text() if counter.count() else "0"
    activities = ask(page, "mail.activity", "search_count", [])
    lists = {}
    for path in ("career-applications", "career-moves"):
        page = people(user, f"/odoo/{path}")
        lists[path] = rows(page)
        look_for(page, "Noor")
        lists[f"{path}, Noor"] = rows(page)
    counts = {
        model: ask(page, model, "search_count", [])
        for model in ("career.application", "career.move", "hr.applicant")
    }
    return {
        "team": team,
        "todos": todos,
        "activities": activities,
        **lists,
        **counts,
    }


def answer(page: Any, day: str) -> None:
    page.locator(".o_statusbar_buttons button:has-text('Answer'):visible").click()
    page.wait_for_selector(".modal div[name='answer']")
    field = page.locator(".modal div[name='proposed_date'] :is(input, button)").first
    field.click()
    box = page.locator(".modal div[name='proposed_date'] input").first
    box.fill(day)
    box.press("Tab")
    picture(page, "mobility_answer")
    page.locator(".modal button[name='action_confirm']").click()
    page.wait_for_selector(".modal", state="detached")


@pytest.mark.may_log(
    "odoo.http",
    r"^You are not allowed to access 'Applicant'",
    "people of the line ask how many applicants there are",
)
@pytest.mark.may_log(
    "odoo.http",
    r"(?s)^Uh-oh!.* 'read' access to:\n- (Internal application|Internal move|"
    r"Development plan) \(",
    "who has no part in a document asks for it by its number",
)
def test_from_wish_to_new_line(people, vacancy):
    """Wish, match, private application, release, answer, move, new line."""
    before = {user: known_to(people, user) for user in ("marc", "nadia")}

    # ------------------------------------------------------- a wish that may be shown
    page = people("noor", "/odoo/career-aspirations/new")
    choose(page, "direction", "Another job at the same level")
    page.locator("div[name='target_job_id'] input").fill("Digital adv")
    page.locator(".o-autocomplete--dropdown-item:has-text('Digital adviser')").click()
    page.locator("div[name='matchable'] input").click()
    save(page)
    press(page, "action_activate")
    state(page, "active")
    picture(page, "mobility_wish")

    # ------------------------------------------------------------ the match, both ways
    page = people("noor", "/odoo/my-career")
    card = page.locator("section[aria-labelledby='career_vacancies']")
    assert "Digital adviser" in card.inner_text()
    assert "a wish names this job" in card.inner_text()
    picture(page, "mobility_home", "section[aria-labelledby='career_vacancies']")
    page.goto("/odoo/action-career_guidance.career_map_action")
    page.wait_for_selector(".o_career_map article")
    picture(page, "mobility_paths")
    resize(page, NARROW)
    picture(page, "mobility_paths_400")
    resize(page, WIDE)

    page = people("ruben", f"/odoo/recruitment/{vacancy['job']}")
    tab(page, "career_internal")
    picture(page, "mobility_job")
    press(page, "action_career_matches")
    page.wait_for_selector(".o_list_view .o_data_row")
    found = page.inner_text(".o_list_view")
    assert "Noor Stappers" in found
    assert "a wish names this job" in found
    picture(page, "mobility_matches")

    # ------------------------------------------------------- an application, in private
    page = people("noor", "/odoo/career-vacancies")
    picture(page, "mobility_vacancies")
    page.locator(".o_kanban_record:has-text('Digital adviser')").click()
    page.wait_for_selector(".o_form_view")
    picture(page, "mobility_vacancy")
    press(page, "action_career_apply")
    page.wait_for_selector("div[name='motivation']")
    assert "The present manager is told when" in page.inner_text(".o_form_view")
    fill(page, "motivation", "I would like to help customers before they call.")
    save(page)
    state(page, "applied")
    page.locator(".o_notebook .nav-link[name='audience']").click()
    page.wait_for_selector(".o_career_readers :text('Ruben Recruiter')")
    assert "Marc Peetermans" not in page.inner_text(".o_career_readers")
    picture(page, "mobility_applied")
    application = ask(page, "career.application", "search", [])[0]

    # nobody of the line knows: lists, search, to-dos, counters, by id
    for user, known in before.items():
        assert known_to(people, user) == known
    page = people("marc", "/odoo/career-applications")
    assert not ask(page, "career.application", "read", [application], ["state"])
    picture(page, "mobility_manager_before")
    page = people("hilde", "/odoo/career-applications")
    look_for(page, "Noor")
    assert not rows(page)

    # --------------------------------------------------------------- may be known now
    page = people("noor", f"/odoo/career-applications/{application}")
    press(page, "action_release")
    page.wait_for_selector(".modal")
    picture(page, "mobility_release")
    page.locator(".modal .modal-footer .btn-primary").click()
    state(page, "released")
    picture(page, "mobility_released")

    page = people("marc", "/odoo/career-applications")
    look_for(page, "Noor")
    assert rows(page) == 1
    page = people("marc", f"/odoo/career-applications/{application}")
    today = page.evaluate("luxon.DateTime.now().toFormat('MM/dd/yyyy')")
    answer(page, today)
    page.wait_for_selector("div[name='answer'] :text('Yes, agreed')")

    # ---------------------------------------------------------------- chosen, planned
    page = people("ruben", f"/odoo/career-applications/{application}")
    press(page, "action_select")
    state(page, "selected")
    press(page, "button_plan_move")
    page.wait_for_selector("div[name='date_move']")
    picture(page, "mobility_planned")
    page = people("noor", "/odoo/career-moves")
    page.locator(".o_data_row td[name='job_id']").first.click()
    page.wait_for_selector("div[name='hand_over']")
    told = page.inner_text("div[name='hand_over']")
    assert "Sofie Willemyns becomes the manager" in told
    assert re.search(r"signs for what follows: [1-9]", told), told
    picture(page, "mobility_move")
    move = page.url.rstrip("/").split("/")[-1]
    page = people("sofie", f"/odoo/career-moves/{move}")
    assert "Noor Stappers" in page.inner_text(".o_form_view")
    plan = vacancy["plan"]
    assert not ask(page, "career.plan", "read", [plan], ["state"])

    # ------------------------------------------------------------------- the day itself
    page = people("hilde", f"/odoo/career-moves/{move}")
    press(page, "action_apply")
    state(page, "done")
    page = people("sofie", f"/odoo/career-plans/{plan}")
    state(page, "agreed")
    picture(page, "mobility_new_line")
    page = people("sofie", "/odoo/my-team")
    assert "Noor Stappers" in page.inner_text(".o_career_home_page")
    page = people("marc", "/odoo/my-team")
    assert "Noor Stappers" not in page.inner_text(".o_career_home_page")
    for model, record in (
        ("career.plan", plan),
        ("career.application", application),
        ("career.move", int(move)),
    ):
        assert not ask(page, model, "read", [record], ["state"]), model
    page = people("sofie", "/odoo/career-applications")
    look_for(page, "Noor")
    assert not rows(page), "how the former line answered is no business of the new one"
    assert not ask(page, "career.application", "read", [application], ["state"])

    # ------------------------------------------------------------- wishes beside needs
    page = people("hilde", "/odoo/my-career")
    page.goto(
        "/odoo/action-career_guidance_recruitment.career_wish_figure_open",
    )
    page.wait_for_selector(".o_list_view")
    picture(page, "mobility_wishes_needs")
