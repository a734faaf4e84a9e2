"""The fixtures and commands that everything else stands on."""

import os
import re
import signal
import subprocess
import urllib.request
from pathlib import Path

import pytest
from devtools.settings import free_port, is_free

ROOT = Path(__file__).resolve().parents[1]


def test_shell_hands_back_json(odoo_db, shell):
    """Code in the shell sees the database and its result comes back."""
    database = odoo_db()
    result = shell(
        database,
        "names = []\n"
        "for lang in env['res.lang'].search([], order='code'):\n"
        "    names.append(lang.code)\n"
        "result = {'languages': names}\n",
    )
    assert {"en_US", "fr_FR", "nl_NL"} <= set(result["languages"])


@pytest.mark.may_log("stderr", "^ValueError: seen$", "the error of this test")
def test_shell_reports_an_error(odoo_db, shell):
    """An exception in the code is a failure of the test, not a missing result."""
    try:
        shell(odoo_db(demo=False, base=True), "raise ValueError('seen')")
    except AssertionError as error:
        assert "ValueError: seen" in str(error)
    else:
        raise AssertionError("the error was swallowed")


def test_login_in_the_browser(page, login):
    """The administrator gets in; neither page nor server complains."""
    login(page, "admin")
    assert page.locator(".o_main_navbar").is_visible()


@pytest.mark.may_log("odoo.addons.x_extra.tests.test_x", "^FAIL: ", "it has to fail")
@pytest.mark.may_log("odoo.modules.loading", "1 failures, 0 errors of 1", "and count")
@pytest.mark.may_log("odoo.modules.loading", "^At least one test failed", "and be told")
@pytest.mark.may_log("odoo.tests.result", "^1 failed, 0 error", "up to the end")
def test_odoo_creates_a_database_and_runs_extra_tests(odoo_db, odoo_run, tmp_path):
    """`script/odoo -i` on a new database with an add-on from another folder."""
    write_addon(tmp_path / "x_extra", passing=True)
    database = odoo_db(empty=True)
    arguments = ("-i", "x_extra", "--test-enable", "--test-tags=/x_extra")
    text = odoo_run(
        database,
        *arguments,
        "--stop-after-init",
        "--skip-auto-install",
        ODOO_EXTRA_ADDONS=str(tmp_path),
    )
    assert "0 failed, 0 error(s) of 1 tests" in text
    write_addon(tmp_path / "x_extra", passing=False)
    odoo_run(
        database,
        "-u",
        *arguments[1:],
        "--stop-after-init",
        ODOO_EXTRA_ADDONS=str(tmp_path),
        status=1,
    )


def write_addon(folder: Path, *, passing: bool) -> None:
    """Write an add-on that has nothing but a test."""
    (folder / "tests").mkdir(parents=True, exist_ok=True)
    (folder / "__init__.py").touch()
    manifest = "{'name': 'X', 'author': 'x', 'license': 'AGPL-3', 'depends': ['base']}"
    (folder / "__manifest__.py").write_text(manifest)
    (folder / "tests/__init__.py").write_text("from . import test_x\n")
    (folder / "tests/test_x.py").write_text(
        "from odoo.tests import TransactionCase\n"
        "class TestX(TransactionCase):\n"
        f"    def test_x(self):\n        self.assertTrue({passing})\n"
    )


def test_unknown_command_fails():
    """Odoo's own exit status and message come through."""
    done = subprocess.run(
        [ROOT / "script/odoo", "nonsense"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "Unknown command 'nonsense'" in done.stderr


def test_databases_are_managed_from_the_command_line(odoo_db, odoo_run):
    """`script/odoo db` works on any database, whichever ODOO_DB names."""
    database = odoo_db(demo=False, base=True)
    odoo_run("career_other", "db", "drop", database)
    text = odoo_run("career_other", "db", "drop", database, status=1)
    assert f"Database {database} does not exist" in text


@pytest.mark.long
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_the_server_starts_and_stops(how, odoo, watch):
    """`script/server` says where it is, answers there, and leaves nothing behind."""
    port = free_port()
    with subprocess.Popen(
        [ROOT / "script/server", "--port", str(port)],
        env={k: v for k, v in os.environ.items() if k != "PYTHONPATH"},
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stderr
        lines = []
        for line in server.stderr:
            lines.append(line)
            if "Ctrl-C stops it" in line:
                break
        text = "".join(lines)
        assert server.poll() is None, text
        address = f"http://127.0.0.1:{port}"
        assert f"Odoo is ready: {address}" in text
        assert re.search(r"^  admin +\(admin\)", text, re.MULTILINE)
        with urllib.request.urlopen(f"{address}/web/login", timeout=60) as answer:
            assert answer.status == 200
        server.send_signal(how)
        assert server.wait(60) == 0
    watch.follow(odoo.layout.logs / "server.log")
    assert is_free(port)
