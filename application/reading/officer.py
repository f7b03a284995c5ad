"""What an officer asks beside the log: who may see what, and whose data a request is about (VIS-09)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from application.desk import Asker, Desk
from application.reading.log_pages import note
from application.views.club import ClubMember
from application.views.municipality import TownMember
from domain.compartments import RealmKind, held_in
from gdpr.policy import MAY_SEE


def matrix(asker: Asker, desk: Desk) -> list[Mapping[str, str]]:
    """Who may see what in this realm, as the table says it (VIS-11)."""
    note(asker, desk)
    held = set(held_in(desk.kind))
    return [
        {"role": role.value, "compartment": compartment.name, "level": line.level.value, "rule": line.rule}
        for (role, compartment), line in MAY_SEE.items()
        if compartment in held
    ]


def persons(asker: Asker, desk: Desk, *, family_id: UUID) -> list[Mapping[str, Any]]:
    """The ids of a family's members, without names, so that a request can be bound to one of them."""
    note(asker, desk, subjects=(family_id,))
    rows = desk.register.rows()
    town = desk.kind is RealmKind.MUNICIPALITY
    members = rows.where(TownMember, family_id=family_id) if town else rows.where(ClubMember, family_id=family_id)
    return [{"person_id": m.person_id, "takes_part_as": m.takes_part_as, "erased_on": m.erased_on} for m in members]
