"""What can go wrong during the set-up, and the one sentence that says what to do.

Nothing here needs a network or takes long: the trouble is simulated.
"""

from __future__ import annotations

import errno
import os
import platform
import re
import shutil
import socket
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest
from devtools import addons, apt, commands, odoo_source, postgres, setup, steps
from devtools.databases import check_name
from devtools.errors import Problem
from devtools.layout import MARKER, Layout
from devtools.logcheck import Finding, Watch, check_log
from devtools.main import main
from devtools.odoo_cli import explicit_database, wants_demo, wants_free_port

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def layout(tmp_path) -> Layout:
    """Return the folders of a checkout in which nothing was made yet."""
    layout = Layout(tmp_path / "checkout", tmp_path / "checkout" / ".career")
    layout.root.mkdir()
    return layout


@pytest.fixture
def program(tmp_path):
    """Return a function that puts a program in front of all others."""
    folder = tmp_path / "bin"
    folder.mkdir()

    def make(name: str, script: str) -> str:
        path = folder / name
        path.write_text("#!/bin/sh\n" + textwrap.dedent(script))
        path.chmod(0o755)
        return f"{folder}{os.pathsep}{os.environ['PATH']}"

    return make


def run(command: str, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run one of the project's commands."""
    # What script/test set for us must not decide what a new set-up does.
    inherited = {
        k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "ODOO_RC")
    }
    return subprocess.run(
        [ROOT / "script" / command, *arguments],
        env=inherited | env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def assert_one_sentence(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """The command failed, and its last line says why, without a traceback."""
    assert done.returncode == 1, done
    assert "Traceback" not in done.stderr
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith("error: ")
    assert last.endswith(".")
    for word in words:
        assert word in last


# -- the interpreter -------------------------------------------------------------------


def test_a_shim_that_does_not_run_is_passed_over(program):
    """A version manager's `python3` that fails is not taken for a Python."""
    path = program("python3", "echo 'command not found' >&2; exit 127")
    done = run("setup", "--help", PATH=path)
    assert done.returncode == 0, done.stderr
    assert "usage: script/setup" in done.stdout


def test_no_interpreter_at_all(tmp_path, program):
    """With nothing but broken or old interpreters there is one clear sentence."""
    scripts = tmp_path / "script"
    shutil.copytree(ROOT / "script", scripts)
    wrapper = scripts / "lib" / "run.sh"
    text = wrapper.read_text()
    wrapper.write_text(
        text.replace("/usr/bin/", "/nowhere/").replace("/usr/local/", "/no/")
    )
    for name in ("python3", "python3.10", "python3.11", "python3.12", "python3.13"):
        path = program(name, "exit 1")
    done = subprocess.run(
        ["/bin/sh", scripts / "setup"],
        env={"PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert_one_sentence(done, "Python", "3.13", "install one")


# -- Odoo ------------------------------------------------------------------------------


def test_odoo_home_of_another_version(tmp_path):
    """An Odoo 18 is refused, not used."""
    (tmp_path / "odoo").mkdir()
    (tmp_path / "odoo" / "release.py").write_text(
        "version_info = (18, 0, 0, FINAL, 0, '')\n"
    )
    done = run("setup", ODOO_HOME=str(tmp_path), CAREER_HOME=str(tmp_path / "made"))
    assert_one_sentence(done, "Odoo 18.0", str(tmp_path), "19.0")


def test_odoo_home_without_odoo(tmp_path):
    """A folder without Odoo is named."""
    done = run("setup", ODOO_HOME=str(tmp_path), CAREER_HOME=str(tmp_path / "made"))
    assert_one_sentence(done, "ODOO_HOME", str(tmp_path))


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("version_info = (19, 0, 0, FINAL, 0, '')", "19.0"),
        ("version_info = ('saas~18', 3, 0, FINAL, 0, '')", "saas~18.3"),
        ("nothing", "of an unknown version"),
    ],
)
def test_release_version(text, version):
    """The version is read without running the file."""
    assert odoo_source.release_version(text) == version


def test_odoo_home_is_used_as_it_is(tmp_path):
    """A 19.0 is taken, with all its folders of add-ons."""
    (tmp_path / "odoo/addons/base").mkdir(parents=True)
    (tmp_path / "odoo/release.py").write_text(
        "version_info = (19, 0, 0, FINAL, 0, '')\n"
    )
    (tmp_path / "addons/hr").mkdir(parents=True)
    for folder in ("odoo/addons/base", "addons/hr"):
        (tmp_path / folder / "__manifest__.py").write_text("{}")
    source = odoo_source.read(tmp_path, "ODOO_HOME")
    assert source.version == "19.0"
    assert source.addons_path == [tmp_path / "odoo/addons", tmp_path / "addons"]


def test_an_interrupted_download_is_not_used(tmp_path):
    """A truncated package is removed, and the sentence says to run again."""
    package = tmp_path / "odoo.deb"
    package.write_bytes(b"half")
    with pytest.raises(Problem, match="incomplete.*run again"):
        odoo_source.check_sha256(package, odoo_source.PINNED_SHA256)
    assert not package.exists()


def test_a_damaged_package_is_not_unpacked(tmp_path):
    """What is no package at all is a problem with a sentence, too."""
    package = tmp_path / "odoo.deb"
    package.write_bytes(b"!<arch>\nhalf")
    with pytest.raises(Problem):
        apt.unpack(package, tmp_path / "target")


# -- the network and the disk ----------------------------------------------------------


@pytest.mark.parametrize(
    "output",
    [
        "W: Failed to fetch x  Temporary failure resolving 'deb.example'",
        "error: Failed to fetch: `x`\n  Caused by: dns error: failed to lookup address",
        "npm error code ENOTFOUND",
        "<urlopen error [Errno -3] Temporary failure in name resolution>",
        "NewConnectionError: Failed to establish a new connection: [Errno 111]"
        " Connection refused",
    ],
)
def test_no_network(output):
    """Whatever tool says it: the network did not answer."""
    assert "network did not answer" in commands.explain("fetching", output)


def test_no_network_from_the_command_line(tmp_path, program):
    """`script/setup` without a network ends with that sentence."""
    path = program(
        "apt-get", "echo \"Err: Temporary failure resolving 'deb.example'\"; exit 100"
    )
    done = run(
        "setup",
        PATH=path,
        CAREER_HOME=str(tmp_path / "made"),
        CAREER_DEBIAN_MIRROR="http://deb.example",
        ODOO_HOME="",
    )
    assert_one_sentence(done, "network did not answer", "run again")
    assert not list((tmp_path / "made" / "stamps").iterdir()), (
        "a failed step was stamped"
    )


def test_disk_full():
    """A tool that runs out of disk is explained."""
    output = "tar: x: Cannot write: No space left on device"
    assert "disk is full" in commands.explain("unpacking", output)


def test_too_little_disk_is_seen_before(tmp_path):
    """A step that cannot end is not begun."""
    with pytest.raises(Problem, match=r"MB free and this step needs about \d+ MB"):
        steps.check_space(tmp_path, 10**9)


def test_no_apt_and_no_odoo(tmp_path, monkeypatch):
    """Without apt the sentence names the other way."""
    monkeypatch.setattr(apt.shutil, "which", lambda name: None)
    with pytest.raises(Problem, match="ODOO_HOME"):
        apt.Apt(tmp_path).prepare([])


def test_a_missing_program_is_named():
    """A program that is not there is no traceback."""
    with pytest.raises(Problem, match="no-such-program"):
        commands.run(["no-such-program"], "testing")


# -- steps -----------------------------------------------------------------------------


def test_a_step_is_done_once(layout):
    """The second time nothing is built."""
    built = []

    def build(place: Path) -> None:
        built.append(place)
        (place / "file").write_text("x")

    for _time in range(2):
        step = steps.Step(layout, "thing", "Thing", ["1"], layout.home / "thing")
        step.ensure(build)
    assert len(built) == 1
    assert (layout.home / "thing" / "file").exists()
    steps.Step(layout, "thing", "Thing", ["2"], layout.home / "thing").ensure(build)
    assert len(built) == 2, "other inputs, but nothing was made anew"


def test_an_interrupted_step_is_redone(layout):
    """What an interrupted build left is never used."""

    def interrupted(place: Path) -> None:
        (place / "half").write_text("x")
        raise KeyboardInterrupt

    target = layout.home / "thing"
    step = steps.Step(layout, "thing", "Thing", ["1"], target)
    with pytest.raises(KeyboardInterrupt):
        step.ensure(interrupted)
    assert not step.is_done()
    assert not target.exists()
    step.ensure(lambda place: (place / "whole").write_text("x"))
    assert [path.name for path in target.iterdir()] == ["whole"]


def test_a_result_without_stamp_is_redone(layout):
    """A folder alone proves nothing."""
    target = layout.home / "thing"
    layout.create()
    target.mkdir()
    (target / "half").write_text("x")
    step = steps.Step(layout, "thing", "Thing", ["1"], target)
    assert not step.is_done()
    step.ensure(lambda place: (place / "whole").write_text("x"))
    assert [path.name for path in target.iterdir()] == ["whole"]


def test_an_interrupted_step_in_place_is_redone(layout):
    """Without the possibility to move, the stamp protects."""

    def interrupted(place: Path) -> None:
        place.mkdir()
        raise KeyboardInterrupt

    step = steps.Step(layout, "thing", "Thing", ["1"], layout.home / "thing")
    with pytest.raises(KeyboardInterrupt):
        step.ensure(interrupted, in_place=True)
    assert not step.is_done()


def test_two_runs_take_turns(layout):
    """A second run waits for the first and finds its work done."""
    built: list[str] = []
    entered, go_on = threading.Event(), threading.Event()

    def slow(place: Path) -> None:
        entered.set()
        go_on.wait(10)
        built.append("first")

    def make(build) -> None:
        target = layout.home / "thing"
        steps.Step(layout, "thing", "Thing", ["1"], target).ensure(build)

    first = threading.Thread(target=make, args=(slow,))
    first.start()
    assert entered.wait(10)
    second = threading.Thread(target=make, args=(lambda place: built.append("second"),))
    second.start()
    go_on.set()
    first.join(10)
    second.join(10)
    assert built == ["first"]


# -- PostgreSQL ------------------------------------------------------------------------


def test_wrong_architecture(layout, monkeypatch):
    """Where there is no embedded PostgreSQL the sentence names PGHOST."""
    layout.create()
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")
    with pytest.raises(Problem, match="riscv64.*PGHOST"):
        postgres.Cluster(layout).create()


def test_a_long_path_gets_a_short_socket(tmp_path, monkeypatch):
    """A socket's path has a limit; a folder of that depth still works."""
    monkeypatch.setattr(postgres, "is_root", lambda: False)
    home = tmp_path / ("x" * 100)
    cluster = postgres.Cluster(Layout(tmp_path, home))
    assert len(str(cluster.socket)) <= postgres.LONGEST_SOCKET_FOLDER
    assert cluster.socket.parent == Path("/tmp")


def test_a_closed_folder_is_not_for_nobody(tmp_path, monkeypatch):
    """For root the server runs as nobody, who cannot pass a folder of mode 700."""
    monkeypatch.setattr(postgres, "is_root", lambda: True)
    tmp_path.chmod(0o700)
    home = tmp_path / "home"
    cluster = postgres.Cluster(Layout(tmp_path, home))
    assert not cluster.base.is_relative_to(tmp_path)


def test_pghost_is_somebody_elses_server(layout, monkeypatch):
    """A named server is used as it is; nothing is made."""
    monkeypatch.setenv("PGHOST", "db.example")
    server = postgres.ensure(layout)
    assert server.odoo_settings == {}
    assert server.env["PGHOST"] == "db.example"
    assert not layout.home.exists()


def test_foreign_settings_do_not_reach_our_server(monkeypatch):
    """PGPORT and the like of another server are not for ours."""
    monkeypatch.setenv("PGPORT", "6543")
    monkeypatch.setenv("PGPASSWORD", "x")
    env = postgres.Server("/somewhere").env
    assert (env["PGHOST"], env["PGPORT"]) == ("/somewhere", "5432")
    assert "PGPASSWORD" not in env


# -- the server ------------------------------------------------------------------------


def test_port_taken(tmp_path):
    """A taken port is said before the long work begins."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        home = tmp_path / "made"
        done = run("server", "--port", str(port), CAREER_HOME=str(home))
    assert_one_sentence(done, f"Port {port} is taken", "--port")
    assert not home.exists()


def test_no_port():
    """A number that is no port is refused."""
    assert_one_sentence(run("server", "--port", "99999"), "99999")


# -- removing --------------------------------------------------------------------------


def test_clean_removes_what_was_made(layout):
    """Everything that was made goes, nothing else."""
    layout.create()
    (layout.root / "README.md").touch()
    (layout.home / "odoo").mkdir()
    setup.clean(layout)
    assert [path.name for path in layout.root.iterdir()] == ["README.md"]
    setup.clean(layout)  # nothing left is no trouble


def test_clean_spares_a_foreign_folder(layout):
    """A folder that is not ours is not removed."""
    layout.home.mkdir()
    (layout.home / "thesis.txt").touch()
    with pytest.raises(Problem, match="not made by this project"):
        setup.clean(layout)
    with pytest.raises(Problem, match="did not make"):
        layout.create()
    assert (layout.home / "thesis.txt").exists()


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the disk is full: free some space"),
        (errno.EACCES, "it belongs to somebody else"),
        (errno.EROFS, "the disk is read-only"),
    ],
)
def test_a_folder_that_cannot_be_written(number, words, monkeypatch, capsys):
    """What the system refuses while we write is a sentence."""

    def refuse(*_arguments, **_options):
        raise OSError(number, os.strerror(number), "/somewhere")

    monkeypatch.setattr(setup, "ensure", refuse)
    assert main(["setup"]) == 1
    assert f"cannot write /somewhere: {words}" in capsys.readouterr().err


# -- several checkouts -----------------------------------------------------------------


def test_checkouts_that_share_have_databases_of_their_own(tmp_path, monkeypatch):
    """With CAREER_HOME two checkouts share Odoo, not databases."""
    monkeypatch.setenv("CAREER_HOME", str(tmp_path / "shared"))
    one, two = (Layout.find(tmp_path / name) for name in ("One Checkout", "two"))
    assert one.odoo == two.odoo
    assert one.suffix.startswith("_one_checkout_")
    assert one.suffix != two.suffix
    assert one.work != two.work
    monkeypatch.delenv("CAREER_HOME")
    assert Layout.find(tmp_path / "two").suffix == ""


# -- add-ons ---------------------------------------------------------------------------


def write_addon(folder: Path, name: str, **manifest: object) -> None:
    """Write an add-on that has only a manifest."""
    (folder / name).mkdir(parents=True)
    (folder / name / "__manifest__.py").write_text(repr(manifest))


def test_what_needs_enterprise_is_left_out(layout, tmp_path):
    """A dependency that cannot be had excludes an add-on, and what needs that one."""
    write_addon(tmp_path / "odoo/addons", "hr")
    write_addon(layout.addons, "core", depends=["hr"])
    write_addon(layout.addons, "bridge", depends=["core", "hr_appraisal"])
    write_addon(layout.addons, "on_bridge", depends=["bridge"])
    write_addon(layout.addons, "switched_off", depends=["hr"], installable=False)
    source = odoo_source.OdooSource(tmp_path, "19.0")
    found, left_out = addons.installable(layout, source)
    assert [addon.name for addon in found] == ["core"]
    assert set(left_out) == {"bridge", "on_bridge", "switched_off"}
    assert "hr_appraisal" in left_out["bridge"]
    assert addons.foundation(found, extra=()) == ["hr"]


def test_tests_do_not_outdate_a_database(layout):
    """Only what ends up in a database changes an add-on's fingerprint."""
    write_addon(layout.addons, "core", depends=["hr"])
    addon = addons.discover(layout.addons)["core"]
    before = addon.fingerprint()
    (addon.path / "tests").mkdir()
    (addon.path / "tests" / "test_x.py").write_text("x")
    assert addon.fingerprint() == before
    (addon.path / "models.py").write_text("x")
    assert addon.fingerprint() != before


def test_extra_addons(tmp_path, monkeypatch):
    """ODOO_EXTRA_ADDONS: folders by comma; what is wrong is named."""
    write_addon(tmp_path / "one", "a")
    write_addon(tmp_path / "two", "b")
    monkeypatch.setenv("ODOO_EXTRA_ADDONS", f"{tmp_path}/one, {tmp_path}/two,")
    assert addons.extra_folders() == [tmp_path / "one", tmp_path / "two"]
    monkeypatch.setenv("ODOO_EXTRA_ADDONS", f"{tmp_path}/three")
    with pytest.raises(Problem, match="three, which is not a folder"):
        addons.extra_folders()
    monkeypatch.setenv("ODOO_EXTRA_ADDONS", f"{tmp_path}/one/a")
    with pytest.raises(Problem, match="the folder above"):
        addons.extra_folders()


def test_a_broken_manifest_is_named(layout):
    """A manifest that cannot be read is a sentence with its path."""
    write_addon(layout.addons, "core")
    (layout.addons / "core" / "__manifest__.py").write_text("{'name': ")
    with pytest.raises(Problem, match="core/__manifest__.py"):
        addons.discover(layout.addons)


# -- apt -------------------------------------------------------------------------------


def test_sources_of_both_kinds(tmp_path, monkeypatch):
    """The machine's own sources are read in both of apt's forms."""
    new = tmp_path / "debian.sources"
    new.write_text(
        "Types: deb deb-src\n# comment\nURIs: http://one.example/debian\n"
        "Suites: trixie trixie-updates\nComponents: main contrib\n"
        "Signed-By: /usr/share/keyrings/k.gpg\n\n"
        "Types: deb\nURIs: http://off.example\nSuites: x\nEnabled: no\n\n"
        "Types: deb-src\nURIs: http://src.example\nSuites: x\n"
    )
    old = tmp_path / "old.list"
    old.write_text(
        "# deb http://no.example x main\n"
        "deb [arch=amd64 signed-by=/k] http://two.example/debian sid main\n"
        "deb-src http://src.example sid main\n"
    )
    monkeypatch.setattr(apt.glob, "glob", lambda pattern: [str(new), str(old)])
    monkeypatch.setattr(apt, "SINGLE_LIST", str(tmp_path / "none"))
    found = [(uri, suite) for uri, suite, _line in apt.machine_sources()]
    assert found == [
        ("http://one.example/debian", "trixie"),
        ("http://one.example/debian", "trixie-updates"),
        ("http://two.example/debian", "sid"),
    ]


# -- Odoo's command line ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "database"),
    [
        (["-d", "x"], "x"),
        (["-dx"], "x"),
        (["--database", "x"], "x"),
        (["shell", "--database=x"], "x"),
        (["--dev=all", "-i", "base"], ""),
        (["-d"], ""),
    ],
)
def test_explicit_database(arguments, database):
    """A database on the command line is seen in each spelling."""
    assert explicit_database(arguments) == database


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        ([], True),
        (["-u", "career_guidance"], True),
        (["shell"], True),
        (["i18n", "export"], True),
        (["--version"], False),
        (["shell", "--help"], False),
        (["db", "drop", "x"], False),
        (["scaffold", "x"], False),
        (["nonsense"], False),
    ],
)
def test_the_demo_is_made_only_where_it_is_needed(arguments, wanted):
    """Only commands that work on a database make the demo."""
    assert wants_demo(arguments) is wanted


def test_runs_that_end_get_a_port_of_their_own():
    """Tests and installations do not collide with a running server."""
    assert wants_free_port(["-i", "x", "--stop-after-init"])
    assert not wants_free_port(["--stop-after-init", "--http-port=8070"])
    assert not wants_free_port(["-p", "8070", "--stop-after-init"])
    assert not wants_free_port([])


@pytest.mark.parametrize("name", ["", "a b", "-x", "x" * 64, "x;y", "x/y"])
def test_names_that_are_no_databases(name):
    """A name that Odoo or PostgreSQL would trip over is refused."""
    with pytest.raises(Problem, match="ODOO_DB"):
        check_name(name)


# -- logs ------------------------------------------------------------------------------

LINE = "2026-01-01 10:00:00,000 7 {} db {}: {} \n"
CAREFUL = LINE.format("WARNING", "odoo.addons.x", "careful")


def test_warnings_in_a_log(tmp_path):
    """Warnings and worse are found; what belongs to them is not counted twice."""
    log = tmp_path / "log"
    log.write_text(
        "Running as user 'root' is a security risk.\n"
        + LINE.format("INFO", "odoo.modules", "ERROR is only a word here")
        + CAREFUL
        + LINE.format("ERROR", "odoo.addons.y", "broken")
        + "beyond repair\n"
        + 'Traceback (most recent call last):\n  File "y.py"\nValueError: logged\n'
        + LINE.format("INFO", "odoo.modules", "going on")
        + 'Traceback (most recent call last):\n  File "z.py"\nValueError: not logged\n'
    )
    assert check_log(log) == [
        Finding("WARNING", "odoo.addons.x", "careful"),
        Finding("ERROR", "odoo.addons.y", "broken \nbeyond repair"),
        Finding("ERROR", "stderr", "ValueError: not logged"),
    ]


def test_a_log_that_grows(tmp_path):
    """Each warning is found once, when its line is complete."""
    log = tmp_path / "log"
    log.write_text(CAREFUL)
    watch = Watch()
    watch.follow(log)
    assert len(watch.take()) == 1
    with log.open("a") as file:
        file.write(CAREFUL.rstrip())
        file.flush()
        assert watch.take() == []
        file.write("\n")
    watch.read(CAREFUL)
    assert watch.take() == [Finding("WARNING", "odoo.addons.x", "careful")] * 2
    assert watch.take() == []


def run_pytest(folder: Path, code: str, *options: str) -> tuple[str, list[str]]:
    """Run some tests in a pytest of their own; return what it says, and who failed."""
    (folder / "test_inside.py").write_text(textwrap.dedent(code))
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:odoo"]
        + [*options, "-c", ROOT / "pytest.ini", "--rootdir", folder, folder],
        env=os.environ | {"PYTHONPATH": f"{ROOT}/script/lib{os.pathsep}{ROOT}/tests"},
        capture_output=True,
        text=True,
        check=False,
    )
    failed = re.findall(r"^(?:ERROR|FAILED) \S+::(\w+)", done.stdout, re.MULTILINE)
    return done.stdout + done.stderr, sorted(failed)


def test_a_warning_fails_a_test_of_an_addon(tmp_path):
    """The test that logged it, and no other; a warning of Python fails as well."""
    text, failed = run_pytest(
        tmp_path,
        """
        import logging
        import unittest
        import warnings

        class TestInside(unittest.TestCase):
            def warn(self):
                logging.getLogger("odoo.addons.x").warning("made %s", "up")

            def test_logs(self):
                self.warn()

            def test_expects(self):
                with self.assertLogs("odoo.addons.x", "WARNING"):
                    self.warn()

            def test_old(self):
                here = {"__name__": "odoo.addons.career_guidance.models.x"}
                exec("import warnings; warnings.warn('old', DeprecationWarning)", here)
        """,
        *("-p", "pytest_logcheck"),
    )
    assert failed == ["test_logs", "test_old"], text
    assert "logged, but must not be:\n  WARNING odoo.addons.x: made up" in text
    assert "DeprecationWarning: old" in text


def test_a_warning_fails_a_test_across_modules(tmp_path):
    """In a server or a command, unless the test has said so."""
    text, failed = run_pytest(
        tmp_path,
        f"""
        import pytest

        def test_logs(watch):
            watch.read({CAREFUL!r})

        @pytest.mark.may_log("odoo.addons.x", "^careful$", "a test of the check")
        def test_may_log(watch):
            watch.read({CAREFUL!r})

        @pytest.mark.may_log("odoo.addons.x", "^broken$", "a test of the check")
        def test_may_log_something_else(watch):
            watch.read({CAREFUL!r})

        def test_logs_nothing():
            pass
        """,
        *("-p", "conftest"),
    )
    assert failed == ["test_logs", "test_may_log_something_else"], text
    assert "logged, but must not be:\n  WARNING odoo.addons.x: careful" in text


def test_the_marker_is_ignored_by_git():
    """What is made never shows as a change of the project."""
    done = subprocess.run(
        ["git", "check-ignore", ".career/" + MARKER],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        check=False,
    )
    assert done.returncode == 0


def test_the_tooling_needs_no_package():
    """script/lib runs before anything is installed: standard library only."""
    code = (
        "import sys, pathlib; sys.path.insert(0, 'script/lib')\n"
        "for path in pathlib.Path('script/lib/devtools').glob('*.py'):\n"
        "    __import__(f'devtools.{path.stem}')\n"
        "extra = [m for m in sys.modules if 'site-packages' in"
        " str(getattr(sys.modules[m], '__file__', ''))]\n"
        "sys.exit(str(extra) if extra else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-B", "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
