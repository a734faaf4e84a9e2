"""Each right, check and entry of a whitelist is switched off; a test has to notice.

See mutation/README.md. A mutant that nobody can notice, because something else refuses
the same, stands in mutation/equivalent.json with the reason, and nowhere else.
"""

import json
import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.long

MUTATION = Path(__file__).parent / "mutation"
EQUIVALENT = json.loads((MUTATION / "equivalent.json").read_text(encoding="utf-8"))
FEWEST = {"rule": 190, "check": 13, "transition": 105, "whitelist": 120}


@pytest.mark.parametrize("kind", FEWEST)
def test_every_mutant_is_noticed(kind, odoo_db, odoo_run, tmp_path):
    text = odoo_run(
        odoo_db(demo=False),
        "shell",
        "--no-http",
        stdin=(MUTATION / "run.py").read_text(encoding="utf-8"),
        timeout=3000,
        MUTANTS=kind,
        MUTANTS_REPORT=str(tmp_path / "report.md"),
    )
    summary = re.search(r"^(\d+) mutants, (\d+) survived", text, re.MULTILINE)
    assert summary, text[-5000:]
    assert "NOT SILENT" not in text, text[-5000:]
    assert int(summary[1]) >= FEWEST[kind], "a part of the run is missing"
    survived = set(re.findall(r"^SURVIVED (.+)$", text, re.MULTILINE))
    expected = {name for name in EQUIVALENT if name.startswith(f"{kind} ")}
    assert survived - expected == set(), "a right was switched off and nobody noticed"
    assert expected - survived == set(), "noticed now: take it out of equivalent.json"
