"""A person who uses the register: a name kept apart, and roles held in a unit or municipality for a period (ORG-04)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated, assert_never
from uuid import UUID

from domain.compartments import STAFF_FILE, VOLUNTEER_FILE
from domain.errors import Invalid, NotFound
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


StaffFact = Enrolled | VolunteerEnrolled | RoleAssigned | RoleEnded


@dataclass(frozen=True, slots=True)
class Staff:
    actor: ActorId
    roles: dict[UUID, tuple[Role, Period]] = field(default_factory=dict)


def evolve(staff: Staff | None, happened: StaffFact) -> Staff:
    match happened:
        case Enrolled() | VolunteerEnrolled():
            return staff or Staff(happened.actor)
        case RoleAssigned():
            staff = staff or Staff(happened.actor)
            held = {happened.assignment_id: (happened.role, Period(happened.since, happened.until))}
            return replace(staff, roles=staff.roles | held)
        case RoleEnded():
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
