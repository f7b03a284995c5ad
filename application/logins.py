"""That somebody took a role into use, after which login and at which level of assurance, stands in the access log (REF-27)."""

from __future__ import annotations

from application.desk import Asker, Desk
from domain.compartments import STAFF_FILE

ROLE_CHOSEN = "role_chosen"
"""The action of such an entry; it opens nothing, and is about nobody but who chose."""


def note_role_chosen(asker: Asker, desk: Desk, *, provider: str, assurance: str) -> None:
    """`provider` is the name of the login in the settings, `assurance` a level of NSIS in small letters.

    Raises LogUnavailable: then the role is not in use.
    """
    desk.gate.note(asker.asks(desk, "log_in"), ROLE_CHOSEN, STAFF_FILE, provider=provider, assurance=assurance)
