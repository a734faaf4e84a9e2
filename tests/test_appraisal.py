"""Career guidance in the appraisal modules: the real one of the OCA, and a stand-in.

Odoo Enterprise's appraisals cannot be had here. The bridge to it is run against
`tests/addons/hr_appraisal`, a stand-in with its public names: that shows that the
bridge keeps to the contract, not that it works with Enterprise.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.long

STAND_IN = Path(__file__).parent / "addons"
OPTIONS = ("--stop-after-init", "--skip-auto-install", "--no-http")
RESULT = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests")
STORY = """
from datetime import timedelta
from odoo import fields
from odoo.exceptions import UserError
Users = env["res.users"].with_context(no_reset_password=True)
group = env.ref("hr_appraisal_oca.group_appraisal_user")
people = []
for name in ("Manager", "Employee"):
    user = Users.create({"name": name, "login": f"appraisal_{name}"})
    user.group_ids += group
    people.append(env["hr.employee"].create({
        "name": name, "user_id": user.id, "parent_id": people[0].id if people else False
    }))
manager, employee = people
env.company.career_appraisal_mode = "combined"
appraisals = env["hr.appraisal"].create([{
    "employee_id": employee.id,
    "manager_ids": [(6, 0, manager.ids)],
    "date_close": fields.Date.today() + timedelta(days=9),
    "manager_feedback": f"<p>{text}</p>",
} for text in ("closed", "open")])
mine = appraisals[0].with_user(manager.user_id)
conversation = mine._career_record_outcome("develop")
plan = conversation.action_create_plan()
mine.write({"state": "3_done"})
env.cr.commit()
result = {
    "appraisals": appraisals.ids, "conversation": conversation.id, "plan": plan.id
}
"""
UNINSTALL = """
env["ir.module.module"].search([
    ("name", "=", "career_guidance_appraisal_oca")
]).button_immediate_uninstall()
"""
AFTER = """
appraisals = env["hr.appraisal"].browse({appraisals})
appraisals[1].write({{"state": "3_done"}})
arch = env["hr.appraisal"].get_view(view_type="form")["arch"]
conversation = env["career.conversation"].browse({conversation})
result = {{
    "states": appraisals.mapped("state"),
    "texts": [str(text) for text in appraisals.mapped("manager_feedback")],
    "outcome": conversation.outcome,
    "plan": conversation.plan_id.id,
    "linked": "appraisal_id" in conversation._fields,
    "page": "career_guidance" in arch,
}}
"""


def counts(text: str) -> tuple[int, int, int]:
    """Return failures, errors and tests of the last summary in a log of Odoo."""
    return tuple(map(int, RESULT.findall(text)[-1]))


def test_the_oca_module_passes_its_own_tests(odoo_db, odoo_run):
    """Converted for this version of Odoo, it does what its authors ask of it."""
    text = odoo_run(
        odoo_db(demo=False, base=True),
        "--stop-after-init",
        *("-u", "hr_appraisal_oca", "--test-tags", "/hr_appraisal_oca"),
    )
    failed, errors, tests = counts(text)
    assert (failed, errors) == (0, 0), text[-5000:]
    assert tests >= 8


def test_the_enterprise_bridge_keeps_to_the_contract(odoo_db, odoo_run):
    """With a STAND-IN of Enterprise's module; never with Enterprise itself."""
    text = odoo_run(
        odoo_db(empty=True),
        *OPTIONS,
        *("-i", "career_guidance_appraisal"),
        *("--test-tags", "/career_guidance_appraisal"),
        ODOO_EXTRA_ADDONS=str(STAND_IN),
    )
    failed, errors, tests = counts(text)
    assert (failed, errors) == (0, 0), text[-5000:]
    assert tests > 20


def test_uninstalling_the_bridge_keeps_all_records(odoo_db, odoo_run, shell):
    """Appraisals and career records stay as they are; only the link between goes."""
    database = odoo_db(demo=False)
    made = shell(database, STORY)
    odoo_run(database, "shell", "--no-http", stdin=UNINSTALL)
    after = shell(database, AFTER.format(**made))
    assert after == {
        "states": ["3_done", "3_done"],
        "texts": ["<p>closed</p>", "<p>open</p>"],
        "outcome": "develop",
        "plan": made["plan"],
        "linked": False,
        "page": False,
    }
