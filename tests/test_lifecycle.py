"""Each add-on can be installed, updated and removed, and leaves nothing behind.

This runs on databases without demo data, with no other add-on of ours than those that
the one under test needs. What there is before the installation must be what there is
after the removal, down to columns, and no step may log a warning.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from devtools import odoo_source
from devtools.addons import installable
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
    "attachments": """
        SELECT id::text || ' ' || name FROM ir_attachment
        WHERE url IS NULL OR url NOT LIKE '/web/assets/%'""",
}


def candidates() -> list[str]:
    """Return the add-ons that can be installed here."""
    layout = Layout.find()
    return [addon.name for addon in installable(layout, odoo_source.find(layout))[0]]


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
def with_dependencies(databases, odoo_db, odoo_log) -> Callable[[str], str]:
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
            odoo_log(database, *OPTIONS, "-i", ",".join(sorted(key)))
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
def test_install_update_uninstall(name, with_dependencies, odoo_log, catalogue, sql):
    """Install, update, remove: no warning, and nothing left."""
    database = with_dependencies(name)
    before = catalogue(database)
    log = odoo_log(database, *OPTIONS, "-i", name)
    assert log.findings == [], "installing logs warnings"
    installed = catalogue(database)
    assert installed != before, "nothing was installed"
    log = odoo_log(database, *OPTIONS, "-u", name)
    assert log.findings == [], "updating logs warnings"
    assert compare(installed, catalogue(database)) == [], "updating changes the make-up"
    log = odoo_log(database, "shell", "--no-http", stdin=UNINSTALL.format(names=[name]))
    assert "Traceback" not in log.text, log.text[-5000:]
    state = "SELECT state FROM ir_module_module WHERE name = %s"
    assert sql(database, state, name) == [("uninstalled",)]
    assert log.findings == [], "removing logs warnings"
    assert compare(before, catalogue(database)) == []


def test_uninstall_everything_in_use(databases, odoo_db, odoo_log, catalogue, sql):
    """All add-ons at once are removed from a database that has been worked with.

    Records may have left traces in tables of Odoo: messages, activities, events.
    """
    names = [addon.name for addon in databases.addons]
    if not names:
        pytest.skip("there is no add-on yet")
    database = odoo_db(demo=True)
    models = {row[0] for row in sql(database, "SELECT model FROM ir_model")}
    log = odoo_log(database, "shell", "--no-http", stdin=UNINSTALL.format(names=names))
    assert "Traceback" not in log.text, log.text[-5000:]
    assert log.findings == [], "removing logs warnings"
    left = {row[0] for row in sql(database, "SELECT model FROM ir_model")}
    dangling = find_references(sql, database, models - left)
    assert dangling == [], "tables of Odoo still name models that are gone"


def find_references(sql, database: str, models: set[str]) -> list[str]:
    """Return table, column and model of rows that belong to models that are gone."""
    columns = sql(
        database,
        """
        SELECT table_name, column_name FROM information_schema.columns
        JOIN information_schema.tables USING (table_schema, table_name)
        WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
          AND column_name IN ('res_model', 'model', 'model_name', 'res_model_name')
          AND data_type IN ('character varying', 'text')""",
    )
    found = []
    for table, column in columns:
        query = f'SELECT DISTINCT "{column}" FROM "{table}" WHERE "{column}" = ANY(%s)'
        for (model,) in sql(database, query, list(models)):
            found.append(f"{table}.{column}: {model}")
    return found
