"""Creating, copying and dropping databases.

The functions run in the environment's Python, which has the database driver: the
tests import them, the rest of the tooling calls this file as a program
(`python dbadmin.py ACTION ARGUMENT…`, see `databases.py`). The server is the one
that the PG* variables name.
"""

from __future__ import annotations

import json
import sys
import time


def _connect(database: str = "postgres"):
    import psycopg2

    connection = psycopg2.connect(dbname=database, connect_timeout=10)
    connection.autocommit = True
    return connection


def _execute(
    statement: str, *values: object, database: str = "postgres"
) -> list[tuple]:
    connection = _connect(database)
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement, values or None)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def _quote(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def exists(name: str) -> bool:
    """Return whether there is a database of that name."""
    return bool(_execute("SELECT 1 FROM pg_database WHERE datname = %s", name))


def names(prefix: str = "") -> list[str]:
    """Return the databases whose name begins so."""
    rows = _execute(
        "SELECT datname FROM pg_database WHERE NOT datistemplate ORDER BY 1"
    )
    return [name for (name,) in rows if name.startswith(prefix)]


def disconnect(name: str) -> None:
    """Cut all connections to a database."""
    _execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = %s AND pid != pg_backend_pid()",
        name,
    )


def drop(name: str) -> None:
    """Drop a database if there is one, whoever is connected."""
    for attempt in range(5):
        disconnect(name)
        try:
            _execute(f"DROP DATABASE IF EXISTS {_quote(name)}")
            return
        except Exception as error:  # ObjectInUse: somebody was quicker
            if attempt == 4 or "being accessed" not in str(error):
                raise
            time.sleep(0.2)


def clone(template: str, name: str) -> None:
    """Make a database as a copy of another."""
    for attempt in range(20):
        disconnect(template)
        try:
            _execute(f"CREATE DATABASE {_quote(name)} TEMPLATE {_quote(template)}")
            break
        except Exception as error:  # another clone is under way: it takes turns
            if attempt == 19 or "being accessed" not in str(error):
                raise
            time.sleep(0.5)
    # A copy is a database of its own for whoever tells databases apart.
    _execute(
        "UPDATE ir_config_parameter SET value = gen_random_uuid()::text"
        " WHERE key = 'database.uuid'",
        database=name,
    )


def rename(name: str, new: str) -> None:
    """Give a database another name."""
    disconnect(name)
    _execute(f"ALTER DATABASE {_quote(name)} RENAME TO {_quote(new)}")


def installed(name: str) -> list[str]:
    """Return the modules installed in a database; none if it is no Odoo's."""
    tables = _execute("SELECT to_regclass('ir_module_module')", database=name)
    if not tables[0][0]:
        return []
    rows = _execute(
        "SELECT name FROM ir_module_module WHERE state IN ('installed', 'to upgrade')",
        database=name,
    )
    return sorted(module for (module,) in rows)


def unfinished(name: str) -> list[str]:
    """Return modules that an installation left half-way."""
    rows = _execute(
        "SELECT name FROM ir_module_module WHERE state LIKE 'to %%'",
        database=name,
    )
    return sorted(module for (module,) in rows)


def version() -> int:
    """Return the server's version, as 180003."""
    return int(_execute("SHOW server_version_num")[0][0])


ACTIONS = (
    exists,
    names,
    disconnect,
    drop,
    clone,
    rename,
    installed,
    unfinished,
    version,
)


def main(arguments: list[str]) -> int:
    """Do one action; print its result as JSON."""
    action = {function.__name__: function for function in ACTIONS}[arguments[0]]
    try:
        result = action(*arguments[1:])
    except Exception as error:
        print(str(error).strip(), file=sys.stderr)
        return 1
    print(json.dumps(result))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
