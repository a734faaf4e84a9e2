"""What one database has that another one, made from it, has lost or changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable

# Columns that say when something was written, not what.
CLOCKS = {"write_date", "write_uid", "create_date"}
# Odoo's own bookkeeping, and what changes by itself: no data of a company.
BOOKKEEPING = (
    "ir_act_",
    "ir_actions",
    "ir_asset",
    "ir_attachment",  # counted by the tests that need them
    "ir_cron",
    "ir_embedded_actions",
    "ir_logging",
    "ir_model",
    "ir_module",
    "ir_profile",
    "ir_rule",
    "ir_ui_",
    "rel_modules",
    "rule_group_rel",
    "bus_",
    "base_registry_signaling",
    "orm_signaling",
    "res_device",
)
TABLES = """
    SELECT table_name FROM information_schema.tables
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1"""
COLUMNS = """
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = 'public'"""
# Rows that a module brings and rewrites at each update; they are no data of a company.
BROUGHT = """
    SELECT d.model, d.res_id FROM ir_model_data d
    WHERE NOT COALESCE(d.noupdate, false)"""

Sql = Callable[..., list[tuple]]


def is_data(table: str) -> bool:
    """Return whether a table holds what people enter."""
    return not table.startswith(BOOKKEEPING)


def columns_of(sql: Sql, database: str) -> dict[str, set[str]]:
    """Return the columns of each table."""
    found: dict[str, set[str]] = {row[0]: set() for row in sql(database, TABLES)}
    for table, column in sql(database, COLUMNS):
        if table in found:
            found[table].add(column)
    return found


def differences(
    sql: Sql,
    before: str,
    after: str,
    *,
    only: Callable[[str], bool] = is_data,
    gone: Iterable[str] = (),
    changes: Iterable[str] = (),
) -> list[str]:
    """Return what is in a database and missing, or different, in a later one.

    Rows that came to be meanwhile are left alone; so are rows that a module rewrites at
    its update. Compared are the columns that both have.

    :param only: which tables
    :param gone: tables and columns (``table.column``) that may have gone
    :param changes: tables and columns that may have changed
    """
    old, new = columns_of(sql, before), columns_of(sql, after)
    brought: dict[str, list[int]] = {}
    for model, res_id in sql(before, BROUGHT):
        brought.setdefault(model.replace(".", "_"), []).append(res_id)
    found = []
    gone, changes = set(gone), set(changes)
    for table in filter(only, old):
        if table not in new:
            found += [f"table {table} is gone"] if table not in gone else []
            continue
        left = {f"{table}.{column}" for column in old[table] - new[table]} - gone
        found += [f"column {column} is gone" for column in sorted(left)]
        if table in changes:
            continue
        common = sorted(
            column
            for column in (old[table] & new[table]) - CLOCKS
            if f"{table}.{column}" not in changes
        )
        compare = _compare_rows if "id" in common else _compare_sets
        found += compare(sql, before, after, table, common, brought.get(table, []))
    return found


def _compare_rows(sql, before, after, table, columns, brought) -> list[str]:
    names = ", ".join(f'"{column}"::text' for column in columns)
    query = f'SELECT id, {names} FROM "{table}" WHERE NOT id = ANY(%s)'
    was = {row[0]: row[1:] for row in sql(before, query, brought)}
    now = {row[0]: row[1:] for row in sql(after, query, brought)}
    found = []
    lost = sorted(was.keys() - now.keys())
    if lost:
        found.append(f"{table}: {len(lost)} of {len(was)} rows are gone: {lost[:5]}")
    for position, column in enumerate(columns):
        changed = [
            (row, was[row][position], now[row][position])
            for row in was.keys() & now.keys()
            if was[row][position] != now[row][position]
        ]
        if changed:
            row, old, new = min(changed)
            found.append(
                f"{table}.{column}: {len(changed)} rows changed, as {row}:"
                f" {str(old)[:60]!r} to {str(new)[:60]!r}"
            )
    return found


def _compare_sets(sql, before, after, table, columns, _brought) -> list[str]:
    if not columns:
        return []
    names = ", ".join(f'"{column}"::text' for column in columns)
    query = f'SELECT {names} FROM "{table}"'
    lost = set(sql(before, query)) - set(sql(after, query))
    return [f"{table}: {len(lost)} rows are gone, as {min(lost)}"] if lost else []
