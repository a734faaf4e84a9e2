"""Manifests, packages and folders of the add-ons follow the project's habits."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from devtools.addons import Addon, discover

ROOT = Path(__file__).resolve().parents[1]
ADDONS = discover(ROOT / "addons")
AUTHOR = "Career Guidance contributors"
NEEDED = ("name", "summary", "version", "category", "author", "website", "license")
PYPROJECT = """\
[build-system]
requires = ["whool"]
build-backend = "whool.buildapi"
"""
# Written in a manifest, these values of Odoo's are noise.
DEFAULTS = {
    "application": False,
    "auto_install": False,
    "installable": True,
    "description": "",
    "data": [],
    "demo": [],
    "test": [],
}
STATES = ("Alpha", "Beta", "Production/Stable", "Mature")
# The order in which data files are loaded; a file refers only to what came before.
ORDER = ("security", "data", "wizards", "views", "report", "menus")
FOLDERS = ("security", "data", "wizards", "views", "report", "reports")

every_addon = pytest.mark.parametrize("addon", ADDONS.values(), ids=lambda a: a.name)


def rank(name: str) -> int:
    """Return when a data file is due, as a place in ``ORDER``."""
    # a dashboard opens menus, and Odoo checks that they are there
    if name.endswith(("_menus.xml", "/spreadsheet_dashboard_data.xml")):
        return ORDER.index("menus")
    folder = name.split("/")[0].replace("reports", "report")
    # Reports may come with or after the views; a menu's action must be there.
    return ORDER.index("views" if folder == "report" else folder)


@every_addon
def test_manifest(addon: Addon):
    """The keys that are needed, none at its default, one version of Odoo."""
    manifest = addon.manifest
    assert [key for key in NEEDED if not manifest.get(key)] == []
    noise = [k for k, v in DEFAULTS.items() if k in manifest and manifest[k] == v]
    assert noise == [], "these keys say what goes without saying"
    assert re.fullmatch(r"19\.0\.\d+\.\d+\.\d+", manifest["version"])
    assert manifest["license"] == "AGPL-3"
    assert manifest["author"] == AUTHOR
    assert manifest.get("development_status", "Beta") in STATES
    assert "description" not in manifest, "the texts are in readme/"
    assert manifest["depends"], "an add-on says what it builds on"


@every_addon
def test_bridges_point_to_the_core(addon: Addon):
    """Bridges depend on the core, never on each other; the core on none of ours."""
    ours = [name for name in addon.depends if name in ADDONS]
    assert ours in ([], ["career_guidance"])
    assert bool(ours) is (addon.name != "career_guidance")


@every_addon
def test_data_files(addon: Addon):
    """Each data file is loaded, once, in the order of their dependencies."""
    listed = addon.manifest.get("data", [])
    assert len(listed) == len(set(listed))
    there = {
        path.relative_to(addon.path).as_posix()
        for folder in FOLDERS
        for path in (addon.path / folder).rglob("*")
        if path.suffix in (".xml", ".csv") and "scenarios" not in path.parts
    }
    assert there - set(listed) == set(), "these files are never loaded"
    assert [name for name in listed if not (addon.path / name).exists()] == []
    ranks = [rank(name) for name in listed]
    assert ranks == sorted(ranks), f"the order is {', '.join(ORDER)}"
    demo = addon.manifest.get("demo", [])
    assert [name for name in demo if not name.startswith("demo/")] == []
    assert [name for name in demo if not (addon.path / name).exists()] == []


@every_addon
def test_texts_and_icon(addon: Addon):
    """Users and administrators find what they need; the app has a face."""
    for name in ("readme/DESCRIPTION.md", "readme/USAGE.md"):
        path = addon.path / name
        assert path.exists(), f"{addon.name} has no {name}"
        assert len(path.read_text().split()) > 20
    assert (addon.path / "static" / "description" / "icon.png").exists()


@every_addon
def test_there_are_tests(addon: Addon):
    """Each test file is imported, or Odoo's own runner would not see it."""
    folder = addon.path / "tests"
    files = {path.stem for path in folder.glob("test_*.py")}
    assert files, "an add-on has tests"
    imported = set(re.findall(r"import (\w+)", (folder / "__init__.py").read_text()))
    assert files - imported == set(), "these files are not imported"


@every_addon
def test_package(addon: Addon, tmp_path):
    """The add-on can be built as a package that names its dependencies."""
    path = addon.path / "pyproject.toml"
    assert path.exists(), f"{addon.name} has no pyproject.toml; see CONTRIBUTING.md"
    assert path.read_text() == PYPROJECT
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"]
    command += ["--no-build-isolation", "--wheel-dir", str(tmp_path), str(addon.path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        (metadata,) = [name for name in names if name.endswith("/METADATA")]
        text = archive.read(metadata).decode()
    assert f"odoo/addons/{addon.name}/__manifest__.py" in names
    needs = re.findall(r"^Requires-Dist: (.*)$", text, re.MULTILINE)
    assert any(need.startswith("odoo==19.0") for need in needs)
    for name in addon.depends:
        if name in ADDONS:
            assert any(need.startswith(f"odoo-addon-{name}==19.0") for need in needs)


def test_one_licence():
    """The repository carries the text of the licence that the manifests name."""
    text = (ROOT / "LICENSE").read_text()
    assert text.lstrip().startswith("GNU AFFERO GENERAL PUBLIC LICENSE")
    assert len(text.splitlines()) > 600


def test_lock_files_name_no_registry():
    """Whoever installs uses his own registry: no addresses in lock files."""
    for name in ("requirements.txt", "test-requirements.txt", "package-lock.json"):
        text = (ROOT / name).read_text()
        assert '"resolved"' not in text, name
        assert "--index-url" not in text, name
        assert not re.search(r"^[\w.-]+ @ ", text, re.MULTILINE), name
        if name.endswith(".txt"):
            pins = [line for line in text.splitlines() if line and line[0] != "#"]
            assert [pin for pin in pins if "==" not in pin] == [], name


@every_addon
def test_store_page(addon: Addon):
    """Each add-on has a store page, and a picture that is not too heavy."""
    folder = addon.path / "static" / "description"
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert f'<h1 class="text-center">{addon.manifest["name"]}</h1>' in page
    # nothing of the fragments' marks is left, and every picture is there
    words = re.sub(r"<code>.*?</code>|<[^>]+>", "", page, flags=re.DOTALL)
    assert not re.search(r"(?<!\w)[_*]\w|\]\(|\[ \]", words)
    pictures = re.findall(r'<img src="([^"]+)"', page)
    assert pictures[0] == "banner.png"
    for picture in (*pictures, *map(Path, addon.manifest["images"])):
        assert (folder / Path(picture).name).stat().st_size < 200_000
