"""What Red Barnet's office and its branches look up to do their work: clubs with their places, and the volunteers' file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from application.desk import Asker, Desk
from application.perform import RoleNotHeld
from application.reading.opening import Opening
from application.views.organisation import Branch, Club, Place
from application.views.people import RoleHeld, StaffMember
from domain.people import Role
from gdpr.policy import Standing

_OFFICE = frozenset({Role.SECRETARIAT, Role.BRANCH, Role.ADMINISTRATOR})
_KEEPS_THE_FILE = frozenset({Role.SECRETARIAT, Role.BRANCH})
_NAMES = ("volunteer_given_name", "volunteer_family_name", "volunteer_telephone")


def clubs(asker: Asker, desk: Desk) -> Mapping[str, Any]:
    """Clubs, places and branches: nobody's data. Raises RoleNotHeld."""
    if asker.role not in _OFFICE:
        raise RoleNotHeld("role")
    rows = desk.register.rows()
    return {
        "clubs": [
            {"club_id": c.club_id, "name": c.name, "municipality": c.municipality, "place_id": c.place_id, "branch_id": c.branch_id}
            for c in rows.where(Club)
        ],
        "places": [{"place_id": place.place_id, "name": place.name} for place in rows.where(Place)],
        "branches": [{"branch_id": branch.branch_id, "name": branch.name} for branch in rows.where(Branch)],
    }  # fmt: skip


def volunteers(asker: Asker, desk: Desk) -> list[Mapping[str, Any]]:
    """Leaders and volunteers as branch and secretariat keep them, with the roles they hold today. Raises RoleNotHeld."""
    if asker.role not in _KEEPS_THE_FILE:
        raise RoleNotHeld("role")
    rows, today = desk.register.rows(), desk.clock.today()
    enrolled = [member for member in rows.where(StaffMember) if member.volunteer_given_name is not None]
    opening = Opening(desk, asker.asks(desk, "volunteers"))
    for member in enrolled:
        for name in _NAMES:
            opening.ask((member.actor, name), getattr(member, name), Standing(is_on_duty=True))
    answers = opening.open()
    return [
        {
            "actor": member.actor,
            **{name.removeprefix("volunteer_"): answers[member.actor, name] for name in _NAMES},
            "roles": sorted({row.role for row in rows.where(RoleHeld, actor=member.actor) if row.covers(today)}),
        }
        for member in enrolled
    ]
