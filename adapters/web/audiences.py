"""Every audience that has pages."""

from __future__ import annotations

from importlib import import_module

from adapters.web.pages import Pages
from domain.compartments import RealmKind
from domain.people import Role

AUDIENCES = (
    "coordinator",
    "family",
    "leader",
    "programme",
    "officer",
    "professional",
    "referrer",
    "secretariat",
    "volunteer",
)
"""The folders of pages, in the order in which a role's are looked for. Add yours when it can be imported."""
PAGES: tuple[Pages, ...] = tuple(import_module(f"adapters.web.{name}").pages for name in AUDIENCES)


def pages_of(kind: RealmKind, role: Role) -> Pages | None:
    """The pages of a role in a realm of this kind; None for a role that has none there."""
    return next((pages for pages in PAGES if role in pages.roles and pages.only_in in (None, kind)), None)
