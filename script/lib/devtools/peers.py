"""Add-ons of others that ours build on and that Odoo does not bring.

They come from PyPI, where the OCA publishes its add-ons. One that exists only for
Odoo 18 is converted (`port_oca_to_19.py`) and lies in our ignored folder; as soon as
there is one for 19 that is taken.
"""

from __future__ import annotations

import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path

from .addons import discover
from .commands import run
from .console import say
from .errors import Problem
from .layout import Layout
from .odoo_source import OdooSource
from .python_env import environment
from .steps import Step, remove

CONVERTER = Path(__file__).parents[1] / "port_oca_to_19.py"


@dataclass(frozen=True)
class Peer:
    """An add-on on PyPI, and its last version for Odoo 18."""

    addon: str
    distribution: str
    version_18: str


PEERS = (Peer("hr_appraisal_oca", "odoo-addon-hr-appraisal-oca", "18.0.1.2.0.2"),)


def wanted(layout: Layout, source: OdooSource) -> list[Peer]:
    """Return the peers that our add-ons need and that are not in Odoo itself."""
    needed = {d for addon in discover(layout.addons).values() for d in addon.depends}
    return [
        peer
        for peer in PEERS
        if peer.addon in needed
        and not any((folder / peer.addon).exists() for folder in source.addons_path)
    ]


def ensure(layout: Layout, source: OdooSource) -> None:
    """Fetch and convert the peers that are wanted."""
    peers = wanted(layout, source)
    if not peers:
        return
    inputs = [f"{peer.distribution} {peer.version_18}" for peer in peers]
    names = ", ".join(peer.addon for peer in peers)
    step = Step(
        layout,
        "peers",
        f"Add-ons of the OCA ({names})",
        ["1", CONVERTER, *inputs],
        layout.peers,
    )

    def build(place: Path) -> None:
        for peer in peers:
            _get(layout, peer, place / peer.addon)

    step.ensure(build)


def _get(layout: Layout, peer: Peer, target: Path) -> None:
    work = layout.cache / "peers"
    remove(work)
    work.mkdir(parents=True)
    try:
        wheel = _download(layout, f"{peer.distribution}>=19.0,<20", work)
    except Problem as problem:
        if "No matching distribution" not in problem.detail:
            raise
        wheel = _download(layout, f"{peer.distribution}=={peer.version_18}", work)
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(work)
    unpacked = work / "odoo" / "addons" / peer.addon
    if "-18." in wheel.name:
        say(f"{peer.addon}: there is none for Odoo 19 yet, converting that for 18")
        command = [layout.python, "-I", CONVERTER, unpacked, target]
        run(command, f"converting {peer.addon}", env=environment(layout))
    else:
        shutil.move(unpacked, target)
    remove(work)


def _download(layout: Layout, requirement: str, folder: Path) -> Path:
    command = [layout.python, "-m", "pip", "download", "--no-deps", "--quiet"]
    run(
        [*command, "--dest", folder, requirement],
        f"downloading {requirement}",
        env=environment(layout),
    )
    return next(folder.glob("*.whl"))
