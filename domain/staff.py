"""A person who uses the register: a name kept apart, and roles held in a unit or municipality for a period (ORG-04)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated, assert_never
from uuid import UUID

from domain.compartments import STAFF_FILE, VOLUNTEER_FILE
from domain.errors import Invalid, NotFound, RuleBroken
from domain.facts import CLEAR, Fact, Personal, Sealed, Text, fact
from domain.people import ActorId, Period, PersonId, Role, UnitId
from domain.text import LINE_LENGTH, NAME_LENGTH, optional_text, telephone, text


@fact("staff.enrolled")
class Enrolled(Fact):
    """Somebody may log in; everywhere else this person is a pseudonym."""

    actor: Annotated[ActorId, CLEAR]
    given_name: Annotated[Text, Personal(about="actor", kept_in=STAFF_FILE)]
    family_name: Annotated[Text, Personal(about="actor", kept_in=STAFF_FILE)]
    address: Annotated[str | Sealed | None, Personal(about="actor", kept_in=STAFF_FILE)]


@fact("staff.volunteer_enrolled")
class VolunteerEnrolled(Fact):
    """A leader or volunteer of Red Barnet; families and the team know them by first name (VIS-06)."""

    actor: Annotated[ActorId, CLEAR]
    given_name: Annotated[Text, Personal(about="actor", kept_in=VOLUNTEER_FILE)]
    family_name: Annotated[Text, Personal(about="actor", kept_in=VOLUNTEER_FILE)]
    telephone: Annotated[str | Sealed | None, Personal(about="actor", kept_in=VOLUNTEER_FILE)]


@fact("staff.role_assigned")
class RoleAssigned(Fact):
    """A role with its period; `unit_id` for referrers, `municipality` for coordinators in Red Barnet's realm,

    `person_id` when the actor is a member of a family and sees its own."""

    assignment_id: Annotated[UUID, CLEAR]
    actor: Annotated[ActorId, CLEAR]
    role: Annotated[Role, CLEAR]
    unit_id: Annotated[UnitId | None, CLEAR]
    municipality: Annotated[str | None, CLEAR]
    person_id: Annotated[PersonId | None, CLEAR]
    since: Annotated[date, CLEAR]
    until: Annotated[date | None, CLEAR]


@fact("staff.role_ended")
class RoleEnded(Fact):
    assignment_id: Annotated[UUID, CLEAR]
    last_day: Annotated[date, CLEAR]


@fact("staff.role_confirmed")
class RoleConfirmed(Fact):
    """Somebody else said that the role is still needed; the time until it lapses begins anew (GDPR Art. 32(1)(d))."""

    assignment_id: Annotated[UUID, CLEAR]
    on: Annotated[date, CLEAR]
    by: Annotated[ActorId, CLEAR]


@fact("staff.role_lapsed")
class RoleLapsed(Fact):
    """Nobody confirmed the role in time: after its last day it opens nothing."""

    assignment_id: Annotated[UUID, CLEAR]
    last_day: Annotated[date, CLEAR]


StaffFact = Enrolled | VolunteerEnrolled | RoleAssigned | RoleEnded | RoleConfirmed | RoleLapsed


@dataclass(frozen=True, slots=True)
class Staff:
    """`roles` by assignment; `confirmed` the last day each was confirmed, and by whom."""

    actor: ActorId
    roles: dict[UUID, tuple[Role, Period]] = field(default_factory=dict)
    confirmed: dict[UUID, tuple[date, ActorId]] = field(default_factory=dict)


def evolve(staff: Staff | None, happened: StaffFact) -> Staff:
    match happened:
        case Enrolled() | VolunteerEnrolled():
            return staff or Staff(happened.actor)
        case RoleAssigned():
            staff = staff or Staff(happened.actor)
            held = {happened.assignment_id: (happened.role, Period(happened.since, happened.until))}
            return replace(staff, roles=staff.roles | held)
        case RoleConfirmed():
            assert staff is not None
            return replace(staff, confirmed=staff.confirmed | {happened.assignment_id: (happened.on, happened.by)})
        case RoleEnded() | RoleLapsed():
            assert staff is not None
            role, period = staff.roles[happened.assignment_id]
            ended = {happened.assignment_id: (role, Period(period.since, happened.last_day))}
            return replace(staff, roles=staff.roles | ended)
        case _:
            assert_never(happened)


class NoSuchAssignment(NotFound):
    """The person holds no such role."""

    code = "unknown_assignment"


class ImplausiblePeriod(Invalid):
    """A period ends on or after its first day, and to end a role never prolongs it."""

    code = "period_implausible"


class RoleNeedsScope(Invalid):
    """A referrer belongs to a unit; a family member is a person of a family."""

    code = "role_needs_scope"


class OwnRole(RuleBroken):
    """Nobody confirms an own role: the review is somebody else's look."""

    code = "own_role"


class RoleNotRunning(RuleBroken):
    """What has ended, lapsed or not begun is not confirmed; a role is given anew."""

    code = "role_not_running"


def enrol(
    staff: Staff | None, *, actor: ActorId, given_name: str, family_name: str, address: str | None
) -> list[StaffFact]:
    """Enrol a person, or correct the name."""
    return [
        Enrolled(
            actor=actor,
            given_name=text(given_name, "given_name", limit=NAME_LENGTH),
            family_name=text(family_name, "family_name", limit=NAME_LENGTH),
            address=optional_text(address, "address", limit=LINE_LENGTH),
        )
    ]


def enrol_volunteer(
    staff: Staff | None, *, actor: ActorId, given_name: str, family_name: str, telephone_number: str | None
) -> list[StaffFact]:
    """Enrol a leader or volunteer, or correct the name."""
    return [
        VolunteerEnrolled(
            actor=actor,
            given_name=text(given_name, "given_name", limit=NAME_LENGTH),
            family_name=text(family_name, "family_name", limit=NAME_LENGTH),
            telephone=telephone(telephone_number, "telephone"),
        )
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """A role to be held."""

    assignment_id: UUID
    role: Role
    since: date
    until: date | None = None
    unit_id: UnitId | None = None
    municipality: str | None = None
    person_id: PersonId | None = None


def assign(staff: Staff | None, *, actor: ActorId, assignment: Assignment) -> list[StaffFact]:
    """Give a role for a period. Silent when this assignment was made. Raises ImplausiblePeriod, RoleNeedsScope."""
    if staff is not None and assignment.assignment_id in staff.roles:
        return []
    if assignment.until is not None and assignment.until < assignment.since:
        raise ImplausiblePeriod("until")
    if (assignment.role is Role.REFERRER) != (assignment.unit_id is not None):
        raise RoleNeedsScope("unit_id")
    if (assignment.role is Role.FAMILY) != (assignment.person_id is not None):
        raise RoleNeedsScope("person_id")
    return [
        RoleAssigned(
            assignment_id=assignment.assignment_id,
            actor=actor,
            role=assignment.role,
            unit_id=assignment.unit_id,
            municipality=assignment.municipality,
            person_id=assignment.person_id,
            since=assignment.since,
            until=assignment.until,
        )
    ]


def end(staff: Staff, *, assignment_id: UUID, last_day: date) -> list[StaffFact]:
    """End a role; the register forgets nothing of when it was held."""
    if assignment_id not in staff.roles:
        raise NoSuchAssignment("assignment_id")
    _, period = staff.roles[assignment_id]
    if period.until == last_day:
        return []
    if last_day < period.since or (period.until is not None and last_day > period.until):
        raise ImplausiblePeriod("last_day")
    return [RoleEnded(assignment_id=assignment_id, last_day=last_day)]


def is_reviewed(role: Role) -> bool:
    """Every role but a family's: what somebody sees of its own does not depend on anybody's confirmation (GDPR Art. 15)."""
    return role is not Role.FAMILY


def confirm(staff: Staff, *, assignment_id: UUID, by: ActorId, today: date) -> list[StaffFact]:
    """Say of another's role that it is still needed. Silent when that was said today.

    Raises NoSuchAssignment, OwnRole, RoleNotRunning.
    """
    if assignment_id not in staff.roles:
        raise NoSuchAssignment("assignment_id")
    if by == staff.actor:
        raise OwnRole("assignment_id")
    if not staff.roles[assignment_id][1].covers(today):
        raise RoleNotRunning("assignment_id")
    if staff.confirmed.get(assignment_id, (None, None))[0] == today:
        return []
    return [RoleConfirmed(assignment_id=assignment_id, on=today, by=by)]


def lapse(staff: Staff, *, assignment_id: UUID, last_day: date, today: date) -> list[StaffFact]:
    """End a role that nobody confirmed by `last_day`. Silent before the day after it, for a role that ended by then, and
    for one that is not reviewed. Raises NoSuchAssignment.
    """
    if assignment_id not in staff.roles:
        raise NoSuchAssignment("assignment_id")
    role, period = staff.roles[assignment_id]
    over = period.until is not None and period.until <= last_day
    if not is_reviewed(role) or over or today <= last_day:
        return []
    return [RoleLapsed(assignment_id=assignment_id, last_day=last_day)]
