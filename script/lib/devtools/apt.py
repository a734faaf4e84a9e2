"""Packages of Debian, fetched and unpacked without installing anything.

apt is run with a configuration, lists and a cache of its own, so that neither the
machine's sources nor its installed packages are touched, and no root is needed.
Only proxies, and how strict to be with an old mirror, are taken over. The mirror's
address is the machine's own; it is looked up here and written nowhere but into our
ignored folder.
"""

from __future__ import annotations

import glob
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

from .commands import run
from .errors import Problem
from .steps import remove

KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
TAKEN_OVER = re.compile(
    r"^Acquire::(https?|Retries|ForceIPv[46]|Check-(Valid-Until|Date))\b"
)
SINGLE_LIST = "/etc/apt/sources.list"
SUITES = ("sid", "bookworm")
NOT_DEBIAN = (
    "Odoo comes from Debian's package, and this machine's apt knows no mirror of"
    " Debian: let ODOO_HOME name the folder of an Odoo 19.0, or"
    " CAREER_DEBIAN_MIRROR a mirror."
)


class Apt:
    """An apt of our own, in a folder of our own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.env = os.environ | {
            "APT_CONFIG": str(folder / "apt.conf"),
            "LC_ALL": "C.UTF-8",
        }

    def prepare(self, sources: Sequence[str]) -> None:
        """Write the configuration and fetch the lists of ``sources``."""
        if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
            raise Problem(
                "Odoo comes from Debian's package, and this machine has no apt:"
                " let ODOO_HOME name the folder of an Odoo 19.0."
            )
        for name in ("lists/partial", "cache/archives/partial", "parts"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        # The machine's own settings are read before ours hides them.
        dump = run(["apt-config", "dump", "Acquire"], "reading apt's settings")
        settings = [line for line in dump.splitlines() if TAKEN_OVER.match(line)]
        settings += [
            f'Dir::Etc::sourcelist "{self.folder}/sources.list";',
            f'Dir::Etc::sourceparts "{self.folder}/parts";',
            f'Dir::Etc::parts "{self.folder}/parts";',
            'Dir::Etc::main "/dev/null";',
            f'Dir::State "{self.folder}";',
            f'Dir::State::lists "{self.folder}/lists";',
            'Dir::State::status "/dev/null";',
            f'Dir::Cache "{self.folder}/cache";',
            'Dir::Log::Terminal "/dev/null";',
            'Acquire::Languages "none";',
            'APT::Sandbox::User "root";',
        ]
        (self.folder / "apt.conf").write_text("\n".join(settings) + "\n")
        (self.folder / "sources.list").write_text("\n".join(sources) + "\n")
        run(["apt-get", "update", "-q"], "reading Debian's package lists", env=self.env)

    def versions(self, package: str) -> list[str]:
        """Return the versions on offer, newest first."""
        listing = run(
            ["apt-cache", "madison", package],
            f"looking up {package}",
            env=self.env,
        )
        rows = [
            [cell.strip() for cell in line.split("|")] for line in listing.splitlines()
        ]
        return [row[1] for row in rows if len(row) == 3 and row[0] == package]

    def download(self, packages: Sequence[str], folder: Path) -> list[Path]:
        """Fetch packages (NAME, NAME=VERSION or NAME/SUITE); return the files."""
        folder.mkdir(parents=True, exist_ok=True)
        run(
            ["apt-get", "download", "-q", *packages],
            f"downloading {', '.join(packages)}",
            env=self.env,
            cwd=folder,
        )
        return sorted(folder.glob("*.deb"))


def unpack(package: Path, target: Path, *options: str) -> None:
    """Unpack a package's files; ``options`` go to tar."""
    target.mkdir(parents=True, exist_ok=True)
    with subprocess.Popen(
        ["dpkg-deb", "--fsys-tarfile", str(package)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as reader:
        # --no-same-owner: as root, too, the files are to be ours.
        command = ["tar", "-x", "-C", target, "--no-same-owner", *options]
        assert reader.stdout and reader.stderr
        run(command, f"unpacking {package.name}", pipe=reader.stdout)
        trouble = reader.stderr.read().decode(errors="replace")
    if reader.returncode > 0:
        raise Problem(
            f"{package.name} is damaged: run again to download it anew.", trouble
        )


def open_debian(folder: Path) -> Apt:
    """Return an apt that knows Debian's suites (`SUITES`)."""
    remove(folder)
    mirror, keyring = _own_mirror(), KEYRING
    if not mirror or not keyring.exists():
        found = _from_relatives(folder / "relatives")
        mirror, keyring = mirror or found[0], found[1]
    apt = Apt(folder / "debian")
    apt.prepare(
        [f"deb [signed-by={keyring}] {mirror} {suite} main" for suite in SUITES]
    )
    return apt


def _own_mirror() -> str:
    """Return the mirror that this machine's own apt uses, if it is a Debian."""
    named = os.environ.get("CAREER_DEBIAN_MIRROR")
    if named:
        return named
    release = _os_release()
    if release.get("ID") != "debian":
        return ""
    codename = release.get("VERSION_CODENAME", "")
    for uri, suite, _line in machine_sources():
        if suite in (codename, "sid", "unstable", "testing", "stable"):
            return uri
    return ""


def _from_relatives(folder: Path) -> tuple[str, Path]:
    """Return mirror and keyring as Ubuntu and other relatives of Debian know them.

    Their own archive has debootstrap, which knows where Debian is, and the keyring.
    """
    sources = [line for *_rest, line in machine_sources()]
    if not sources or not shutil.which("apt-get"):
        raise Problem(NOT_DEBIAN)
    apt = Apt(folder)
    apt.prepare(sources)
    packages = apt.download(["debian-archive-keyring", "debootstrap"], folder / "debs")
    for package in packages:
        unpack(package, folder / "root")
    keyring = folder / "root" / KEYRING.relative_to("/")
    script = folder / "root/usr/sbin/debootstrap"
    known = re.search(
        r"^\s*DEF_MIRROR=[\"']?(https?://\S*debian\S*?)[\"']?$",
        script.read_text(errors="replace") if script.exists() else "",
        re.MULTILINE,
    )
    if not known or not keyring.exists():
        raise Problem(NOT_DEBIAN)
    return known[1], keyring


def _os_release() -> dict[str, str]:
    try:
        text = Path("/etc/os-release").read_text()
    except OSError:
        return {}
    pairs = (line.split("=", 1) for line in text.splitlines() if "=" in line)
    return {key: value.strip("\"'") for key, value in pairs}


def machine_sources() -> Iterable[tuple[str, str, str]]:
    """Yield (address, suite, whole line) of the machine's own package sources."""
    for name in [SINGLE_LIST, *sorted(glob.glob("/etc/apt/sources.list.d/*"))]:
        try:
            text = Path(name).read_text(errors="replace")
        except OSError:
            continue
        if name.endswith(".sources"):
            yield from _read_deb822(text)
        elif name.endswith(".list"):
            yield from _read_one_line(text)


def _read_one_line(text: str) -> Iterable[tuple[str, str, str]]:
    for line in text.splitlines():
        match = re.match(r"deb\s+(?:\[[^]]*\]\s+)?(\S+)\s+(\S+)\s", line.strip())
        if match:
            yield match[1], match[2], line.strip()


def _read_deb822(text: str) -> Iterable[tuple[str, str, str]]:
    for stanza in re.split(r"\n\s*\n", text):
        lines = [line for line in stanza.splitlines() if not line.startswith("#")]
        fields: dict[str, str] = {}
        key = ""
        for line in lines:
            if line[:1].isspace():
                fields[key] = f"{fields.get(key, '')} {line.strip()}"
            elif ":" in line:
                key, value = line.split(":", 1)
                key = key.strip().lower()
                fields[key] = value.strip()
        if "deb" not in fields.get("types", "").split():
            continue
        if fields.get("enabled", "yes").lower() in ("no", "false"):
            continue
        signed = fields.get("signed-by", "")
        option = f"[signed-by={signed}] " if signed.startswith("/") else ""
        for uri in fields.get("uris", "").split():
            for suite in fields.get("suites", "").split():
                components = fields.get("components", "")
                yield uri, suite, f"deb {option}{uri} {suite} {components}".rstrip()
