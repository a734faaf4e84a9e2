"""The previous release, with its data, becomes this one: nothing is lost.

The previous release is the newest tag ``v…`` in the history of HEAD (but not HEAD
itself); before there is a tag, the commit that the file `upgrade_from` names. Its
source is installed with the demo company, then updated with the present source.
"""

from __future__ import annotations

import io
import json
import subprocess
import tarfile
from pathlib import Path

import pytest
from conftest import MARK, ROOT
from dbcompare import differences
from devtools.addons import discover

pytestmark = pytest.mark.long

UPGRADE_FROM = Path(__file__).with_name("upgrade_from")
# What an upgrade may change, and why: "table" or "table.column".
MAY_GO: dict[str, str] = {}
MAY_CHANGE: dict[str, str] = {
    "ir_config_parameter.value": "each copy of a database has an id of its own",
    "res_groups_implied_rel": "the groups are the modules' own",
    "res_users.login_date": "the probes log nobody in, but a clock may",
}
# What everybody of a role reads more of, and why.
MAY_GROW = {"career.start.step": "the start guide begins with choosing who is HR"}
LOGINS = ("emma", "marc", "nadia", "hilde", "karel", "sofie", "chloe", "bert", "tom")
PROBE = f"""
result = {{}}
for login in {LOGINS!r}:
    user = env["res.users"].search([("login", "=", login)])
    for name in sorted(env.registry):
        model = env[name]
        if not name.startswith("career.") or model._abstract or model._transient:
            continue
        if not model._auto:
            continue
        model = model.with_user(user).with_context(
            allowed_company_ids=user.company_ids.ids)
        if model.has_access("read"):
            result[f"{{login}} {{name}}"] = sorted(model.search([]).ids)
"""
NO_SAMPLE = """
env["ir.module.module"].search([("name", "=", "career_guidance")]).demo = False
env.cr.commit()
"""
VIEWS = """
ours = env["ir.model.data"].search([
    ("model", "=", "ir.ui.view"), ("module", "=like", "%career_guidance%")])
result = []
for view in env["ir.ui.view"].browse(ours.mapped("res_id")).exists():
    while view.inherit_id and view.mode == "extension":
        view = view.inherit_id
    if view.type == "qweb":
        view._get_combined_arch()
    else:
        env[view.model].get_view(view.id, view.type)
    result.append(view.id)
actions = env["ir.actions.act_window"].search([("res_model", "=like", "career.%")])
for action in actions:
    env[action.res_model]
result = [len(result), len(actions)]
"""


def git(*arguments: str) -> str:
    """Return what git says; '' when it fails."""
    done = subprocess.run(
        ["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.stdout.strip() if done.returncode == 0 else ""


def previous_release() -> tuple[str, str]:
    """Return the name and the commit of what people have now.

    Never skips: a clone without history would hide that upgrades are not tested.
    """
    head = git("rev-parse", "HEAD")
    tags = git("tag", "--merged", "HEAD", "--sort=-version:refname", "--list", "v*")
    for tag in tags.split():
        commit = git("rev-parse", f"{tag}^{{commit}}")
        if commit != head:
            return tag, commit
    commit = UPGRADE_FROM.read_text().strip() if UPGRADE_FROM.exists() else ""
    if git("rev-parse", "--verify", "--quiet", f"{commit}^{{commit}}"):
        return f"commit {commit[:10]} (no release is tagged yet)", commit
    pytest.fail(
        "There is no tag v… in the history of HEAD, and the commit that"
        f" tests/upgrade_from names ({commit or 'none'}) is not in this clone: get the"
        " whole history (git fetch --unshallow --tags)."
    )


@pytest.fixture(scope="module")
def source(tmp_path_factory) -> tuple[str, Path]:
    """Return the name of the previous release and a folder with its add-ons."""
    name, commit = previous_release()
    folder = tmp_path_factory.mktemp("previous")
    packed = subprocess.run(
        ["git", "archive", commit, "addons"], cwd=ROOT, capture_output=True, check=True
    ).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")
    return name, folder / "addons"


@pytest.fixture(scope="module")
def run(odoo, databases, source, tmp_path_factory):
    """Return a function that runs Odoo with the source of the previous release.

    What that logs is not looked at: nobody can repair it any more.
    """
    folders = [*odoo.source.addons_path, databases.layout.peers, source[1]]
    logs = tmp_path_factory.mktemp("logs")

    def call(database: str, *arguments: str, code: str = ""):
        config = odoo.config(
            database, addons_path=",".join(str(folder) for folder in folders)
        )
        program = f"import json\nresult = None\n{code}\n"
        program += f"print({MARK!r} + json.dumps(result, default=str))\n"
        done = subprocess.run(
            odoo.command(*arguments),
            env=odoo.env(config),
            input=program if code else "",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
        (logs / "previous.log").write_text(done.stdout)
        assert done.returncode == 0, done.stdout[-5000:]
        for line in done.stdout.splitlines():
            if line.startswith(MARK):
                return json.loads(line.removeprefix(MARK))
        assert not code, done.stdout[-5000:]
        return None

    return call


@pytest.fixture(scope="module")
def before(run, source, databases, odoo_db) -> str:
    """Return a database with the previous release and its demo company."""
    ours = set(discover(source[1]))
    present = {addon.name for addon in databases.addons}
    database = odoo_db(base=True)
    run(
        database,
        "server",
        "--stop-after-init",
        "--no-http",
        "--skip-auto-install",
        "--with-demo",
        "-i",
        ",".join(sorted(ours & present)),
    )
    return database


def test_upgrade_from_the_previous_release(
    before, run, source, databases, odoo_db, odoo_run, shell, sql, capsys
):
    after = odoo_db(empty=True)
    databases.clone(before, after)
    installed = set(databases.call("installed", before)) & {
        addon.name for addon in databases.addons
    }
    assert installed, "nothing of ours was in the previous release"
    odoo_run(after, "--stop-after-init", "--no-http", "-u", ",".join(sorted(installed)))
    assert databases.call("unfinished", after) == []
    found = differences(sql, before, after, gone=MAY_GO, changes=MAY_CHANGE)
    assert not found, f"since {source[0]}:\n" + "\n".join(found)

    reads = run(before, "shell", "--no-http", code=PROBE)
    reads_now = shell(after, PROBE)
    assert len(reads) > 50, "the probe proves nothing"
    there = {row[0] for row in sql(after, "SELECT model FROM ir_model")}
    changed = {
        key: (ids, reads_now.get(key))
        for key, ids in reads.items()
        if key.partition(" ")[2] in there - set(MAY_GROW) and ids != reads_now.get(key)
    }
    assert changed == {}, "somebody reads other records than before"

    views, actions = shell(after, VIEWS)
    assert views > 50 and actions > 5

    new = {addon.name for addon in databases.addons} - installed
    if new:
        # without their part of the sample company, which changes the people in it
        shell(after, NO_SAMPLE)
        odoo_run(
            after,
            *("--stop-after-init", "--no-http", "--skip-auto-install"),
            *("-i", ",".join(sorted(new))),
        )
        assert differences(sql, before, after, gone=MAY_GO, changes=MAY_CHANGE) == []
    with capsys.disabled():
        print(f"\nupgraded from {source[0]}: {', '.join(sorted(installed))}")
