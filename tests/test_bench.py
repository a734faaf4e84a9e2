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
    for title in ("Lists of persons", "Team tracker", "Launch of a cycle"):
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
    """A list that takes too long, and a snapshot that grows too fast, are said."""
    row = {"report": "Plans", "viewer": "HR", "what": "page", "bare": 100.0}
    slow, quick = {**row, "server": 500.0}, {**row, "server": 150.0}
    assert bench.misses({"lists": [quick]}) == []
    [text] = bench.misses({"lists": [quick, slow]})
    assert text.startswith("Plans, page for HR: 500 ms")
    sizes = [{"per_1000": 1.0}, {"per_1000": 2.0}]
    assert len(bench.misses({"snapshot": sizes})) == 1
    assert bench.misses({"snapshot": sizes[::-1]}) == []
    assert bench.misses({"lists": None, "snapshot": None}) == []
