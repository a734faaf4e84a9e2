"""`script/bench` works, and what it measures on is what Odoo would have written.

No timings here: a busy machine is no defect.
"""

import json
import subprocess
from pathlib import Path

from devtools import bench

ROOT = Path(__file__).resolve().parents[1]

GENERATE = f"""
import sys
sys.path.insert(0, {str(ROOT / "tests" / "bench")!r})
import datetime
import generate

def make(seed):
    day = datetime.date(2026, 3, 1)
    return generate.Generator(env, 60, years=2, seed=seed, today=day).run()
"""
# what does not depend on the numbers that a database gives out
DIGEST = """
def digest(company):
    env.cr.execute('''
        SELECT md5(string_agg(line::text, ';' ORDER BY line::text)) FROM (
            SELECT plan.state, plan.date_start, plan.realisation_rate, plan.maturity,
                   action.state, action.deadline, action.date_done, action.weight,
                   action.hours, action.responsible, employee.name
              FROM career_plan_action action
              JOIN career_plan plan ON plan.id = action.plan_id
              JOIN hr_employee employee ON employee.id = plan.employee_id
             WHERE plan.company_id = %s
        ) line
    ''', [company.id])
    return env.cr.fetchone()[0]

first, again, other = make(7), make(7), make(8)
result = [generate.differences(env, first), *map(digest, (first, again, other))]
"""


def test_generator(odoo_db, shell):
    """What the ORM would have written, and the same for the same seed.

    Every stored computed column is as the ORM computes it, every row is valid.
    """
    wrong, first, again, other = shell(odoo_db(demo=False), GENERATE + DIGEST)
    assert wrong == []
    assert first == again
    assert first != other


def test_bench_measures_everything(odoo, databases, watch):
    """From the command to the table: each list, each viewer, the jobs."""
    done = subprocess.run(
        [str(ROOT / "script" / "bench"), "--employees", "120", "--repeat", "1"],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    watch.follow(odoo.layout.logs / "bench.log")
    for title in ("Lists of persons", "Pages and lists", "Launch of a cycle"):
        assert f"## {title}" in done.stdout
    for cell in ("| Plans ", "| Age curve ", "| HR ", "| N+1 ", "| N+2 ", "| pivot "):
        assert cell in done.stdout, cell
    assert "| career.plan.action " in done.stdout
    name = f"career_bench{databases.suffix}"
    assert not databases.call("exists", name), "the database was not dropped"
    result = json.loads((odoo.layout.logs / "bench.json").read_text())
    assert result["cycle"]["employees"] >= 100
    assert "missed" not in done.stdout


def test_goals():
    """A list that takes too long, and a snapshot that grows too fast, are said.

    What Odoo takes for its own list is no fault of ours; what is beyond it is.
    """
    row = {"viewer": "HR", "what": "page", "control": False, "report": "Plans"}
    odoo = {**row, "control": True, "report": "Odoo", "bare": 10.0, "server": 20.0}
    small = {**row, "bare": 4.0, "server": 15.0}
    quick = {**row, "bare": 100.0, "server": 159.0}
    slow = {**row, "bare": 100.0, "server": 161.0}
    assert bench.misses({"lists": [odoo, small, quick]}) == []
    [text] = bench.misses({"lists": [odoo, quick, slow]})
    assert text == "Plans, page for HR: 161 ms, at most 160 ms"
    pages = [
        {"page": "my_team", "viewer": "N+1", "server": 30.0},
        {"page": "career.cycle", "viewer": "N+1", "server": 2400.0},
    ]
    [text] = bench.misses({"pages": pages})
    assert text == "career.cycle for N+1: 2400 ms, at most 1000 ms"
    sizes = [{"per_1000": 1.0}, {"per_1000": 2.0}]
    assert len(bench.misses({"snapshot": sizes})) == 1
    assert bench.misses({"snapshot": sizes[::-1]}) == []
    assert bench.misses({"lists": None, "snapshot": None}) == []
