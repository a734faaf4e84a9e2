"""Add-ons of others that ours build on and that Odoo does not bring."""

from __future__ import annotations

from .layout import Layout
from .odoo_source import OdooSource


def ensure(layout: Layout, source: OdooSource) -> None:
    """Fetch the peers of the add-ons that there are."""
