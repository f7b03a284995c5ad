"""Who has been invited and where that stands: never a code, and no name; each sees those whom it invites itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from application.desk import Asker, Desk
from application.invitations import is_enrolled
from application.perform import RoleNotHeld
from application.ports import Rows
from application.reading import club
from application.reading.opening import must_stand
from application.views.club import ClubMember
from application.views.course import Booking
from application.views.invitations import InvitationRow
from application.views.people import RoleHeld, StaffMember
from domain.compartments import ROSTER
from domain.invitation import Invitee
from domain.people import Role, TakesPartAs

_FILE: Mapping[Role, Invitee] = {
    Role.BRANCH: Invitee.VOLUNTEER, Role.SECRETARIAT: Invitee.VOLUNTEER, Role.ADMINISTRATOR: Invitee.STAFF,
}  # fmt: skip


class InvitationState(StrEnum):
    """Where somebody's latest invitation stands."""

    NONE = "none"
    OPEN = "open"
    TAKEN = "taken"
    EXPIRED = "expired"
    REVOKED = "revoked"


def of_adults(asker: Asker, course_id: UUID, desk: Desk) -> list[Mapping[str, Any]]:
    """The adults of an own course, whether each has access to its own record, and where its invitation stands."""
    rows = desk.register.rows()
    request = asker.asks(desk, "run_the_course", course=course_id)
    standing = club.standing_to_course(asker, desk, course_id)
    must_stand(desk, request, ROSTER, standing)
    today = desk.clock.today()
    lines: list[Mapping[str, Any]] = []
    for seat in club.seats(rows, course_id):
        for member in rows.where(ClubMember, family_id=seat.family_id):
            if member.takes_part_as is TakesPartAs.ADULT and member.erased_on is None:
                roles = rows.where(RoleHeld, person_id=member.person_id, role=Role.FAMILY)
                access = any(row.covers(today) for row in roles)
                found = rows.where(InvitationRow, person_id=member.person_id)
                lines.append({"person_id": member.person_id, "has_access": access, **_latest(found, desk.clock.now())})
    return lines


def of_bookings(asker: Asker, course_id: UUID, desk: Desk) -> list[Mapping[str, Any]]:
    """The bookings of a course of the coordinator's municipality, and where the link of each stands."""
    if asker.role is not Role.COORDINATOR:
        raise RoleNotHeld("role")
    rows, now = desk.register.rows(), desk.clock.now()
    if not club.standing_to_course(asker, desk, course_id).own_municipality:
        raise RoleNotHeld("course_id")
    found = rows.where(InvitationRow, course_id=course_id)
    return [
        {
            "booking_id": booking.booking_id,
            "evening": booking.evening,
            "profession": booking.profession,
            "theme": booking.theme,
            **_latest([row for row in found if row.booking_id == booking.booking_id], now),
        }
        for booking in rows.where(Booking, course_id=course_id)
    ]


def of_people(asker: Asker, desk: Desk) -> list[Mapping[str, Any]]:
    """Whom the asker may invite: volunteers for branch and secretariat, the realm's staff for the administrator."""
    if asker.role not in _FILE:
        raise RoleNotHeld("role")
    rows, now, invited_as = desk.register.rows(), desk.clock.now(), _FILE[asker.role]
    return [
        {"actor": actor, **_latest(rows.where(InvitationRow, actor=actor, invited_as=invited_as), now)}
        for actor in _enrolled(rows, invited_as)
    ]


def _enrolled(rows: Rows, invited_as: Invitee) -> Iterable[UUID]:
    return (member.actor for member in rows.where(StaffMember) if is_enrolled(rows, invited_as, member.actor))


def _latest(found: Iterable[InvitationRow], now: datetime) -> Mapping[str, Any]:
    row = max(found, key=lambda row: (row.issued_at, row.waits), default=None)
    if row is None:
        return {"state": InvitationState.NONE, "invitation_id": None, "valid_until": None}
    return {"state": _state(row, now), "invitation_id": row.invitation_id, "valid_until": row.valid_until}


def _state(row: InvitationRow, now: datetime) -> InvitationState:
    if row.taken_at is not None:
        return InvitationState.TAKEN
    if row.revoked_on is not None:
        return InvitationState.REVOKED
    return InvitationState.OPEN if now < row.valid_until else InvitationState.EXPIRED
