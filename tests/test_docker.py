"""The container files, checked without an engine.

The compose file is checked against the Compose specification's schema, the Dockerfile
by a linter, and the start script runs with stand-ins for the programs that it calls.
Nothing here builds or starts a container.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from devtools.addons import discover

ROOT = Path(__file__).resolve().parents[1]
DOCKER = ROOT / "docker"
PROGRAMS = Path(sys.executable).parent


def check(*command: str | Path) -> None:
    """Run a program that must be content."""
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def compose() -> dict:
    """Return the compose file."""
    return yaml.safe_load((DOCKER / "compose.yaml").read_text())


def test_compose_follows_the_specification():
    """The schema comes with check-jsonschema."""
    schema = ("--builtin-schema", "vendor.compose-spec")
    check(PROGRAMS / "check-jsonschema", *schema, DOCKER / "compose.yaml")


def test_dockerfile_has_no_findings():
    """hadolint, from warnings on."""
    options = ("--failure-threshold", "warning", "--no-color")
    check(PROGRAMS / "hadolint", *options, DOCKER / "Dockerfile")


def test_dockerfile_copies_what_is_there():
    """Every source of a COPY exists and is not hidden by .dockerignore."""
    text = (DOCKER / "Dockerfile").read_text()
    sources = re.findall(r"^COPY (?:--\S+ )*(\S+) \S+$", text, re.MULTILINE)
    assert sources == ["addons", "docker/odoo.conf", "docker/start.sh"]
    shown = re.findall(r"^!(\S+)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE)
    for source in sources:
        assert (ROOT / source).exists()
        assert source.split("/")[0] in shown
    assert "FROM odoo:19\n" in text
    assert re.findall(r"^USER (\w+)$", text, re.MULTILINE)[-1] == "odoo"


def test_no_secret_in_the_files(compose):
    """Passwords are made at the first start; the files only say where they lie."""
    for service in compose["services"].values():
        for name, value in service.get("environment", {}).items():
            if "PASSWORD" in name:
                assert value.startswith("/run/career-guidance/"), name
    image = (DOCKER / "Dockerfile").read_text()
    assert not re.search(r"^(ENV|ARG) ", image, re.MULTILINE)
    assert "password" not in (DOCKER / "odoo.conf").read_text()


def test_services_are_healthy_and_keep_their_data(compose):
    """Health checks, a volume for the data of each, ports for this machine only."""
    services = compose["services"]
    for name in ("db", "odoo", "demo"):
        assert services[name]["healthcheck"]["test"], name
    data = {
        "db": "/var/lib/postgresql/data",
        "odoo": "/var/lib/odoo",
        "demo": "/var/lib/odoo",
    }
    used = set()
    for name, folder in data.items():
        mounts = [v.split(":")[:2] for v in services[name]["volumes"]]
        (volume,) = [source for source, target in mounts if target == folder]
        assert volume in compose["volumes"]
        used.add(volume)
    assert len(used) == len(data), "two services share a volume for their data"
    for name in ("odoo", "demo"):
        assert all(p.startswith("127.0.0.1:") for p in services[name]["ports"])
        assert services[name]["depends_on"]["db"]["condition"] == "service_healthy"
    assert services["demo"]["profiles"] == ["demo"]
    assert "profiles" not in services["odoo"]
    assert services["odoo"]["environment"]["WITH_DEMO"] == "no"
    assert services["demo"]["environment"]["WITH_DEMO"] == "yes"


def test_all_addons_of_community_are_installed(compose):
    """The list of modules has all add-ons but the bridges to appraisals.

    Those need an add-on that is in no image of Odoo.
    """
    modules = compose["services"]["odoo"]["environment"]["MODULES"].split(",")
    addons = {name for name in discover(ROOT / "addons") if "appraisal" not in name}
    assert set(modules) == addons


@pytest.mark.parametrize("word", ["one", "UP", "x_9"])
def test_the_secrets_are_made_once(compose, tmp_path, word):
    """The first start makes passwords, later ones keep them."""
    (script,) = compose["services"]["secrets"]["command"]
    script = script.replace("$$", "$").replace("/run/career-guidance", str(tmp_path))
    for _start in range(2):
        subprocess.run(["sh", "-euc", script], check=True)
        made = {path.name: path.read_text() for path in tmp_path.iterdir()}
        assert set(made) == {"database", "admin"}
        assert all(len(secret) >= 24 for secret in made.values())
        assert made["database"] != made["admin"]
        if (tmp_path / "database").read_text() != word:
            (tmp_path / "database").write_text(word.ljust(24, "x"))
    assert (tmp_path / "database").read_text() == word.ljust(24, "x")


@pytest.fixture
def start(tmp_path):
    """Return a function that runs the start script with stand-ins.

    They write their command lines to a file; psql answers that the database is ready
    as soon as the shell has run.
    """
    programs = tmp_path / "bin"
    programs.mkdir()
    calls, ready = tmp_path / "calls", tmp_path / "ready"
    stand_ins = {
        "wait-for-psql.py": 'echo "wait $PGPASSWORD" >> "$CALLS"',
        "psql": 'if [ -e "$READY" ]; then echo 1; else exit 1; fi',
        "odoo": 'echo "odoo $*" >> "$CALLS"\n'
        '[ "$1" = shell ] || exit 0\n'
        'cat > "$CODE"; [ -n "$BROKEN" ] || touch "$READY"',
    }
    for name, body in stand_ins.items():
        (programs / name).write_text(f"#!/bin/sh\n{body}\n")
        (programs / name).chmod(0o755)
    (tmp_path / "database").write_text("s3cret")

    def run(*arguments: str, **env: str) -> tuple[int, list[str]]:
        calls.write_text("")
        base = {
            "PATH": f"{programs}{os.pathsep}{os.defpath}",
            "CALLS": str(calls),
            "READY": str(ready),
            "CODE": str(tmp_path / "code"),
            "BROKEN": "",
            "PASSWORD_FILE": str(tmp_path / "database"),
            "DATABASE": "career",
            "MODULES": "career_guidance",
            "LANGUAGES": "en_US,nl_NL",
        }
        done = subprocess.run(
            [DOCKER / "start.sh", *arguments],
            env=base | env,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, calls.read_text().splitlines()

    return run


def test_first_and_second_start(start):
    """The first start installs, the second only starts."""
    code, calls = start("odoo")
    assert code == 0
    assert calls[0] == "wait s3cret"
    assert calls[1].startswith(
        "odoo --database=career --init=career_guidance --load-language=en_US,nl_NL "
    )
    assert "--with-demo" not in calls[1]
    assert calls[2].startswith("odoo shell --database=career")
    assert calls[3] == "odoo --database=career --db-filter=^career$"
    code, calls = start("odoo", "--log-level=debug")
    assert calls[1:] == [
        "odoo --database=career --db-filter=^career$ --log-level=debug"
    ]


def test_demo(start):
    """The demo installs demo data."""
    _code, calls = start(WITH_DEMO="yes", DATABASE="career_demo")
    assert "--with-demo" in calls[1]


def test_a_failed_installation_does_not_start(start):
    """An installation that did not end is an error, and is tried again."""
    code, calls = start("odoo", BROKEN="yes")
    assert code == 1
    assert not calls[-1].startswith("odoo --database=career --db-filter")
    code, calls = start("odoo")
    assert code == 0
    assert "--init=career_guidance" in calls[1]


def test_another_program(start):
    """A shell in the container is not taken for Odoo."""
    assert start("sh", "-c", "exit 7") == (7, [])


def test_the_code_of_the_first_start_runs(start, odoo_db, shell, sql, tmp_path):
    """What the script feeds to Odoo's shell sets the password and the mark."""
    start("odoo")
    secret = tmp_path / "admin"
    secret.write_text("a new one\n")
    database = odoo_db(demo=False, base=True)
    code = (tmp_path / "code").read_text()
    where = f"import os\nos.environ['ADMIN_PASSWORD_FILE'] = {str(secret)!r}\n"
    shell(database, where + code)
    mark = "SELECT value FROM ir_config_parameter WHERE key = %s"
    assert sql(database, mark, "career_guidance.docker_ready") == [("1",)]
    result = shell(
        database,
        "login = {'login': 'admin', 'password': 'a new one', 'type': 'password'}\n"
        "result = env['res.users'].authenticate(login, {'interactive': False})['uid']",
    )
    assert result == 2
