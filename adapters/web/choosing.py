"""A role chosen on a page, as the realm's access log has it (REF-27)."""

from __future__ import annotations

from flask import g

from adapters.identity import Login, asker_as
from adapters.web.sessions import Session
from application.desk import Desk
from application.logins import note_role_chosen
from application.views.people import RoleHeld


def note_choice(desk: Desk, here: Session, held: RoleHeld) -> None:
    """Write down that this session works in this role from now on. Raises LogUnavailable."""
    assert here.actor is not None
    asker = asker_as(held, Login(here.actor, here.session_id), g.request_id)
    note_role_chosen(asker, desk, provider=here.provider, assurance=here.assurance.name.lower())
