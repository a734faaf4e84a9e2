"""Each add-on can be installed, updated and removed, and leaves nothing behind.

Alone and together, in every order, with and without data, on a small and on a larger
company: what there is before the installation must be what there is after the removal,
down to columns. No step may log a warning: conftest.py sees to that in all tests.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator

import pytest
from dbcompare import differences, is_data
from devtools import odoo_source
from devtools.addons import Addon, installable
from devtools.layout import Layout

pytestmark = pytest.mark.long

OPTIONS = ("--stop-after-init", "--skip-auto-install", "--no-http")
UNINSTALL = """
env['ir.module.module'].search([
    ('name', 'in', {names!r}), ('state', '=', 'installed')
]).button_immediate_uninstall()
"""
# What must be the same before and after, as queries for sets of texts.
CATALOGUE = {
    "tables, views and sequences": """
        SELECT c.relkind::text || ' ' || c.relname FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'public' AND c.relkind IN ('r', 'v', 'm', 'S')""",
    "columns": """
        SELECT table_name || '.' || column_name FROM information_schema.columns
        WHERE table_schema = 'public'""",
    "indexes": "SELECT indexname FROM pg_indexes WHERE schemaname = 'public'",
    "constraints": """
        SELECT conrelid::regclass::text || ' ' || conname FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace AND contype != 'n'""",
    "functions": """
        SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace""",
    "models": "SELECT model FROM ir_model",
    "fields": "SELECT model || '.' || name FROM ir_model_fields",
    "selections": """
        SELECT f.model || '.' || f.name || ' ' || s.value
        FROM ir_model_fields_selection s JOIN ir_model_fields f ON f.id = s.field_id""",
    "xml ids": "SELECT module || '.' || name FROM ir_model_data",
    "constraints of models": "SELECT name FROM ir_model_constraint",
    "relations of models": "SELECT name FROM ir_model_relation",
    "access rights": "SELECT id::text || ' ' || name FROM ir_model_access",
    "rules": "SELECT id::text || ' ' || COALESCE(name, '') FROM ir_rule",
    "groups": "SELECT id::text || ' ' || (name->>'en_US') FROM res_groups",
    "implied groups": "SELECT gid || ' ' || hid FROM res_groups_implied_rel",
    "privileges": "SELECT name->>'en_US' FROM res_groups_privilege",
    "members of groups": "SELECT gid || ' ' || uid FROM res_groups_users_rel",
    "crons": "SELECT id::text || ' ' || cron_name FROM ir_cron",
    "parameters": "SELECT key FROM ir_config_parameter",
    "defaults": "SELECT id::text FROM ir_default",
    "sequences": "SELECT id::text || ' ' || COALESCE(code, name) FROM ir_sequence",
    "views": "SELECT id::text || ' ' || COALESCE(name, '') FROM ir_ui_view",
    "menus": "SELECT id::text || ' ' || (name->>'en_US') FROM ir_ui_menu",
    "actions": "SELECT id::text || ' ' || (name->>'en_US') FROM ir_actions",
    "mail templates": "SELECT id::text || ' ' || (name->>'en_US') FROM mail_template",
    "activity types": "SELECT name->>'en_US' FROM mail_activity_type",
    "activities": "SELECT id::text || ' ' || res_model FROM mail_activity",
    "message subtypes": "SELECT id::text || ' ' || (name->>'en_US') FROM"
    " mail_message_subtype",
    "filters": "SELECT id::text || ' ' || model_id FROM ir_filters",
    "export lists": "SELECT id::text || ' ' || resource FROM ir_exports",
    "attachments": """
        SELECT id::text || ' ' || name FROM ir_attachment
        WHERE url IS NULL OR url NOT LIKE '/web/assets/%'""",
}


CORE = "career_guidance"
# Up to this number of bridges all orders are tried; beyond, those of `orders`.
ALL_ORDERS = 2
STEPS = """
names = {names!r}
for name in names:
    module = env["ir.module.module"].search([("name", "=", name)])
    if module.state != {wanted!r}:
        getattr(module, {method!r})()
    env.cr.commit()
result = env["ir.module.module"].search(
    [("name", "in", names), ("state", "!=", {wanted!r})]).mapped("name")
"""
COMPANY = """
from odoo import Command
users = env["res.users"].with_context(no_reset_password=True).create([
    {"name": f"Head {n}", "login": f"head{n}", "email": f"head{n}@example.com",
     "group_ids": [Command.set(env.ref("base.group_user").ids)]}
    for n in range(HEADS)
])
departments = env["hr.department"].create([{"name": f"D{n}"} for n in range(HEADS)])
jobs = env["hr.job"].create([{"name": f"J{n}"} for n in range(HEADS)])
top = env["hr.employee"].create({"name": "Top"})
heads = env["hr.employee"].create([
    {"name": user.name, "user_id": user.id, "parent_id": top.id,
     "department_id": department.id}
    for user, department in zip(users, departments)
])
env["hr.employee"].create([
    {"name": f"E{n}", "parent_id": heads[n % HEADS].id, "job_id": jobs[n % HEADS].id,
     "department_id": departments[n % HEADS].id, "active": n % 50 != 0}
    for n in range(EMPLOYEES)
])
env["calendar.event"].create([
    {"name": f"M{n}", "start": "2026-01-05 09:00:00", "stop": "2026-01-05 10:00:00",
     "partner_ids": [Command.set(users[:3].partner_id.ids)]} for n in range(5)
])
env.user.partner_id.message_post(body="Hello", message_type="comment")
env.cr.commit()
"""
# What people make around documents, in tables of Odoo and of the core.
AROUND = """
employee = env["hr.employee"].search([("user_id.email", "!=", False)], limit=1)
for name in {names!r}:
    env["ir.filters"].create({{"name": "Mine", "model_id": name}})
    env["ir.exports"].create({{"name": "Mine", "resource": name}})
    env["ir.attachment"].create(
        {{"name": "x", "raw": b"x", "res_model": name, "res_id": 1}})
    env["career.history"].create(
        {{"res_model": name, "res_id": 1, "employee_id": employee.id,
          "event": "export"}})
    employee.user_id._career_add_todo(f"{{name}},1,todo", "/odoo/my-career")
employee.user_id._career_send_neutral_mail()
env["ir.config_parameter"].set_param("career_guidance.batch_size", "7")
env.cr.commit()
"""
# Tables of the core in which a row is about a document: and how it names the model.
ABOUT = {
    "career_history": "res_model",
    "mail_activity": "split_part(COALESCE(career_key, ''), ',', 1)",
}
MODELS_OF = """
    SELECT m.model FROM ir_model m JOIN ir_model_data d
    ON d.model = 'ir.model' AND d.res_id = m.id
    WHERE m.model LIKE 'career.%%' AND NOT m.abstract AND NOT m.transient
    GROUP BY m.model HAVING MIN(d.module) = %s AND COUNT(*) = 1"""
TABLES_OF = """
    SELECT replace(m.model, '.', '_') FROM ir_model m JOIN ir_model_data d
    ON d.model = 'ir.model' AND d.res_id = m.id WHERE d.module = %s"""
COLUMNS_OF = """
    SELECT replace(f.model, '.', '_') || '.' || f.name FROM ir_model_fields f
    JOIN ir_model_data d ON d.model = 'ir.model.fields' AND d.res_id = f.id
    WHERE d.module = %s"""
# What our add-ons make in tables of Odoo, as "table: what" and the ids.
TRACES = {
    "mail_activity: to-dos": "SELECT id FROM mail_activity WHERE career_key > ''",
    "calendar_event: conversations": """
        SELECT event_id FROM career_conversation WHERE event_id IS NOT NULL""",
    "calendar_event: follow-up moments": """
        SELECT event_id FROM career_plan_checkpoint WHERE event_id IS NOT NULL""",
    "mail_mail: mails that wait": "SELECT id FROM mail_mail WHERE career_neutral",
}
# What an installation, or the company's own work, may touch in tables of Odoo.
TOUCHED = {
    "ir_config_parameter.value": "each copy of a database has an id of its own",
    "res_currency.active": "that of a company of the demo; it is used by then",
}
# Parts of the catalogue in which there is more when a company has worked.
ENTERED = (
    "xml ids",
    "members of groups",
    "implied groups",  # more than one currency
    "activities",
    "attachments",
    "defaults",
)
# Stored computed fields that our add-ons put on models of Odoo: their values, and what
# they are when computed anew.
STORED = """
result = {"checked": [], "wrong": []}
ours = env["ir.model.data"].search([
    ("model", "=", "ir.model.fields"), ("module", "=like", "%career_guidance%")])
for line in env["ir.model.fields"].browse(ours.mapped("res_id")):
    if line.model.startswith("career.") or not line.store or line.model not in env:
        continue
    model = env[line.model].with_context(active_test=False)
    field = model._fields[line.name]
    if not field.compute or not field.store or not model._auto or not field.column_type:
        continue
    records = model.search([])
    stored = {record.id: record[line.name] for record in records}
    env.add_to_compute(field, records)
    records._recompute_recordset([line.name])
    wrong = [r.id for r in records if stored[r.id] != r[line.name]]
    result["checked"].append(f"{line.model}.{line.name}")
    if wrong:
        result["wrong"].append([f"{line.model}.{line.name}", len(wrong), wrong[:3]])
env.cr.rollback()
"""


def suite() -> list[Addon]:
    """Return the add-ons that can be installed here."""
    layout = Layout.find()
    return installable(layout, odoo_source.find(layout))[0]


def candidates() -> list[str]:
    """Return their names."""
    return [addon.name for addon in suite()]


def orders() -> list[tuple[str, ...]]:
    """Return orders in which the bridges can be installed.

    Of a few bridges all orders; of more an order and its reverse, in which each comes
    before each other once, and those that begin with each bridge in turn. A bridge that
    needs another comes after it.
    """
    ours = {addon.name: addon for addon in suite()}
    bridges = sorted(set(ours) - {CORE})
    if len(bridges) <= ALL_ORDERS:
        wanted: Iterator = itertools.permutations(bridges)
    else:
        wanted = iter([tuple(bridges), tuple(reversed(bridges))])
    found = []
    for order in wanted:
        rest, possible = list(order), []
        while rest:
            free = (name for name in rest if not set(ours[name].depends) & set(rest))
            possible.append(next(free))
            rest.remove(possible[-1])
        found.append(tuple(possible))
    return list(dict.fromkeys(found))


@pytest.fixture(scope="session")
def catalogue(sql) -> Callable[[str], dict[str, set[str]]]:
    """Return a function that reads what a database has."""

    def read(database: str) -> dict[str, set[str]]:
        return {
            what: {row[0] for row in sql(database, query)}
            for what, query in CATALOGUE.items()
        }

    return read


@pytest.fixture(scope="session")
def with_dependencies(databases, odoo_db, odoo_run) -> Callable[[str], str]:
    """Return a function: a database with what an add-on needs, the add-on not.

    Preparing takes longer than copying, so add-ons with the same needs share it.
    """
    ours = {addon.name: addon for addon in databases.addons}
    prepared: dict[frozenset[str], str] = {}

    def needs(name: str) -> frozenset[str]:
        direct = {d for d in ours[name].depends if d in ours}
        return frozenset(direct.union(*(needs(d) for d in direct)))

    def make(name: str) -> str:
        key = needs(name)
        if not key:
            return odoo_db(demo=False, base=True)
        if key not in prepared:
            database = odoo_db(demo=False, base=True)
            odoo_run(database, *OPTIONS, "-i", ",".join(sorted(key)))
            prepared[key] = database
        database = odoo_db(empty=True)
        databases.clone(prepared[key], database)
        return database

    return make


def compare(before: dict[str, set[str]], after: dict[str, set[str]]) -> list[str]:
    """Return what is there and should not be, and what is gone and should not."""
    left = [f"left: {what} {x}" for what in before for x in after[what] - before[what]]
    gone = [f"gone: {what} {x}" for what in before for x in before[what] - after[what]]
    return sorted(left) + sorted(gone)


@pytest.mark.parametrize("name", candidates())
def test_install_update_uninstall(name, with_dependencies, odoo_run, catalogue, sql):
    """Install, update, remove: no warning, and nothing left."""
    database = with_dependencies(name)
    before = catalogue(database)
    odoo_run(database, *OPTIONS, "-i", name)
    installed = catalogue(database)
    assert installed != before, "nothing was installed"
    odoo_run(database, *OPTIONS, "-u", name)
    assert compare(installed, catalogue(database)) == [], "updating changes the make-up"
    odoo_run(database, "shell", "--no-http", stdin=UNINSTALL.format(names=[name]))
    state = "SELECT state FROM ir_module_module WHERE name = %s"
    assert sql(database, state, name) == [("uninstalled",)]
    assert compare(before, catalogue(database)) == []


def assert_none(found: list[str]) -> None:
    """Fail with all that was found."""
    assert not found, "\n".join(found)


def is_of_the_core(table: str) -> bool:
    """Return whether a table is the core's, or of the employees and jobs."""
    return is_data(table) and table.startswith(("career_", "hr_employee", "hr_job"))


@pytest.fixture(scope="session")
def step(odoo_run) -> Callable[..., None]:
    """Return a function that installs or removes add-ons one after the other."""

    def run(database: str, *names: str, remove: bool = False) -> None:
        values = {
            "names": list(names),
            "wanted": "uninstalled" if remove else "installed",
            "method": f"button_immediate_{'uninstall' if remove else 'install'}",
        }
        odoo_run(
            database,
            *("shell", "--no-http", "--skip-auto-install"),
            stdin="result = None\n" + STEPS.format(**values) + "\nassert not result\n",
        )

    return run


def names_only(catalogue: dict[str, set[str]]) -> dict[str, set[str]]:
    """Return a catalogue in which ids, which depend on the order, are left out."""
    return {
        what: {(text or "").lstrip("0123456789").strip() for text in texts}
        for what, texts in catalogue.items()
        if what not in ("implied groups", "members of groups", "defaults")
    }


@pytest.fixture(scope="session")
def core_in_use(odoo_db, odoo_run, shell) -> str:
    """Return a database without demo data, with the core and a company that uses it."""
    database = odoo_db(demo=False, base=True)
    odoo_run(database, *OPTIONS, "-i", CORE)
    made = shell(
        database,
        "result = env['career.sample']._load_sample_data()\nenv.cr.commit()",
    )
    assert made > 20
    return database


@pytest.fixture(scope="session")
def made_in_order() -> dict[tuple[str, ...], dict[str, set[str]]]:
    """Return what each order of installation came to."""
    return {}


@pytest.mark.parametrize("order", orders(), ids=" then ".join)
def test_every_order(
    order, core_in_use, databases, odoo_db, step, catalogue, sql, made_in_order
):
    """In whichever order: the same is there, and the core's data is as it was."""
    database = odoo_db(empty=True)
    databases.clone(core_in_use, database)
    before = catalogue(database)
    step(database, *order)
    assert_none(differences(sql, core_in_use, database, only=is_of_the_core))
    made_in_order[order] = names_only(catalogue(database))
    first = next(iter(made_in_order))
    assert compare(made_in_order[first], made_in_order[order]) == [], f"as {first}"

    step(database, *order, remove=True)
    assert compare(before, catalogue(database)) == []
    assert_none(differences(sql, core_in_use, database, only=is_of_the_core))


def test_bridges_install_themselves(odoo_db, odoo_run, databases):
    """Who installs the core gets the bridges to what is there already."""
    database = odoo_db(demo=False, base=True)
    odoo_run(database, "--stop-after-init", "--no-http", "-i", CORE)
    wanted = {
        addon.name for addon in databases.addons if addon.manifest.get("auto_install")
    }
    assert wanted - set(databases.call("installed", database)) == set()


@pytest.mark.parametrize("name", [n for n in candidates() if n != CORE])
def test_remove_a_bridge_in_use(name, databases, odoo_db, step, shell, sql):
    """A bridge with data goes; the core's data stays, and the bridge can come back.

    What is about the bridge's own documents goes with them, wherever it is.
    """
    full = odoo_db()
    own_models = [model for (model,) in sql(full, MODELS_OF, name)]
    shell(full, AROUND.format(names=own_models))
    core = {table for (table,) in sql(full, TABLES_OF, CORE) if is_data(table)}
    core -= set(ABOUT)
    own = {text for (text,) in sql(full, COLUMNS_OF, name)}
    database = odoo_db(empty=True)
    databases.clone(full, database)
    with_it = {a.name for a in databases.addons if name in a.depends} | {name}

    step(database, name, remove=True)
    left = set(databases.call("installed", database))
    assert not with_it & left
    rest = {addon.name for addon in databases.addons} - with_it
    assert rest <= left, "other add-ons went, too"
    for other in with_it:
        own |= {text for (text,) in sql(full, COLUMNS_OF, other)}
    options = {"only": lambda table: table in core, "gone": own}
    assert_none(differences(sql, full, database, **options))
    assert find_references(sql, database, set(own_models)) == []
    for table, model in ABOUT.items():
        query = f"SELECT id FROM {table} WHERE {model} = ANY(%s)"
        assert sql(full, query, own_models) or not own_models
        assert sql(database, query, own_models) == []
        query = query.replace(" = ANY", " != ALL")
        assert set(sql(full, query, own_models)) <= set(
            sql(database, query, own_models)
        )

    step(database, *sorted(with_it, key=len))
    # its own columns on the tables of others went with it: they come back empty
    assert_none(differences(sql, full, database, **options, changes=own))


def test_uninstall_everything_in_use(
    databases, odoo_db, odoo_run, shell, catalogue, sql
):
    """All add-ons at once are removed from a database that has been worked with.

    What Odoo had before them is as it was, in its make-up and in its rows. What they
    made in tables of Odoo (to-dos, meetings, mails) is gone; people, jobs and
    departments that were entered meanwhile stay.
    """
    names = [addon.name for addon in databases.addons]
    plain = odoo_db(base=True)
    database = odoo_db()
    shell(database, AROUND.format(names=["career.plan", "career.conversation"]))
    models = {row[0] for row in sql(database, "SELECT model FROM ir_model")}
    traces = {what: set(sql(database, query)) for what, query in TRACES.items()}
    assert all(traces.values()), "the demo company proves nothing"

    odoo_run(database, "shell", "--no-http", stdin=UNINSTALL.format(names=names))
    left = {row[0] for row in sql(database, "SELECT model FROM ir_model")}
    dangling = find_references(sql, database, models - left)
    assert dangling == [], "tables of Odoo still name models that are gone"
    assert_none(differences(sql, plain, database, changes=TOUCHED))
    before, after = catalogue(plain), catalogue(database)
    for what in ENTERED:
        before.pop(what), after.pop(what)
    assert compare(before, after) == []
    for what, ids in traces.items():
        table = what.partition(":")[0]
        there = {row[0] for row in sql(database, f'SELECT id FROM "{table}"')}
        assert not {row[0] for row in ids} & there, what


def test_a_company_of_2000(databases, odoo_db, odoo_run, shell, sql, capsys):
    """The add-ons come to a company of 2,000: no traceback, and all figures right."""
    database = odoo_db(demo=False, base=True)
    company = COMPANY.replace("HEADS", "40").replace("EMPLOYEES", "2000")
    shell(database, company)
    assert sql(database, "SELECT COUNT(*) FROM hr_employee")[0][0] >= 2000
    copy = odoo_db(empty=True)
    databases.clone(database, copy)
    start = time.monotonic()
    names = ",".join(candidates())
    odoo_run(copy, "--stop-after-init", "--no-http", "-i", names)
    seconds = time.monotonic() - start
    assert_none(differences(sql, database, copy, changes=TOUCHED))
    stored = shell(copy, STORED)
    assert stored["wrong"] == []
    with capsys.disabled():
        print(f"\ninstalled for 2,000 employees in {seconds:.0f} s")


def find_references(sql, database: str, models: set[str]) -> list[str]:
    """Return table, column and model of rows that belong to models that are gone."""
    columns = sql(
        database,
        """
        SELECT table_name, column_name FROM information_schema.columns
        JOIN information_schema.tables USING (table_schema, table_name)
        WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
          AND column_name IN ('res_model', 'model', 'model_id', 'model_name',
                              'res_model_name', 'resource')
          AND data_type IN ('character varying', 'text')""",
    )
    found = []
    for table, column in columns:
        query = f'SELECT DISTINCT "{column}" FROM "{table}" WHERE "{column}" = ANY(%s)'
        for (model,) in sql(database, query, list(models)):
            found.append(f"{table}.{column}: {model}")
    return found
