"""Who holds which role when, the names kept apart from it, and whose reading is restricted; in every realm."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from application.ports import Recorded, Rows
from application.views.rows import Holds, sealed_in, view_row
from domain.compartments import STAFF_FILE, VOLUNTEER_FILE
from domain.danish_time import day_of
from domain.facts import Sealed
from domain.people import Role
from domain.staff import Enrolled, RoleAssigned, RoleConfirmed, RoleEnded, RoleLapsed, VolunteerEnrolled
from gdpr.rights_facts import RestrictionLifted, RestrictionPlaced

NAME = "people"


@view_row("role_held", key=("assignment_id",), indexes=(("actor",), ("person_id",)))
class RoleHeld:
    """A role somebody holds or held; the last day is included."""

    assignment_id: UUID
    actor: UUID
    role: Role
    unit_id: UUID | None
    municipality: str | None
    person_id: UUID | None
    since: date
    until: date | None
    given_on: date
    """The day it was given or begins, the later of the two: from then on it waits to be confirmed."""
    confirmed_on: date | None = None
    confirmed_by: UUID | None = None
    lapsed: bool = False

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@view_row("staff", key=("actor",), about="actor")
class StaffMember:
    actor: UUID
    given_name: Annotated[Sealed | None, Holds(STAFF_FILE)] = None
    family_name: Annotated[Sealed | None, Holds(STAFF_FILE)] = None
    volunteer_given_name: Annotated[Sealed | None, Holds(VOLUNTEER_FILE)] = None
    volunteer_family_name: Annotated[Sealed | None, Holds(VOLUNTEER_FILE)] = None
    volunteer_telephone: Annotated[Sealed | None, Holds(VOLUNTEER_FILE)] = None


@view_row("restriction", key=("request_id", "subject", "compartment"), indexes=(("subject",),))
class Restriction:
    """Reading is restricted to storage for this subject and compartment by one request; another may restrict it too."""

    request_id: UUID
    subject: UUID
    compartment: str
    until: date | None


ROWS: tuple[type[Any], ...] = (
    RoleHeld,
    StaffMember,
    Restriction,
)


def restrictions(rows: Rows, subjects: Collection[UUID]) -> set[tuple[UUID, str]]:
    """For which of these subjects reading is restricted, and in which compartments."""
    found = rows.where(Restriction, subject=tuple(subjects)) if subjects else []
    return {(row.subject, row.compartment) for row in found}


def follow(recorded: Recorded, rows: Rows) -> None:
    match recorded.fact:
        case Enrolled(actor=actor) as fact:
            now = rows.get(StaffMember, actor=actor) or StaffMember(actor=actor)
            rows.put(replace(now, given_name=sealed_in(fact.given_name), family_name=sealed_in(fact.family_name)))
        case VolunteerEnrolled(actor=actor) as fact:
            now = rows.get(StaffMember, actor=actor) or StaffMember(actor=actor)
            rows.put(
                replace(
                    now,
                    volunteer_given_name=sealed_in(fact.given_name),
                    volunteer_family_name=sealed_in(fact.family_name),
                    volunteer_telephone=sealed_in(fact.telephone),
                )
            )
        case RoleAssigned() as fact:
            rows.put(
                RoleHeld(
                    assignment_id=fact.assignment_id, actor=fact.actor, role=fact.role, unit_id=fact.unit_id,
                    municipality=fact.municipality, person_id=fact.person_id, since=fact.since, until=fact.until,
                    given_on=max(fact.since, day_of(recorded.context.recorded_at)),
                )
            )  # fmt: skip
        case RoleEnded() as fact:
            rows.change(RoleHeld, {"assignment_id": fact.assignment_id}, until=fact.last_day)
        case RoleConfirmed() as fact:
            rows.change(RoleHeld, {"assignment_id": fact.assignment_id}, confirmed_on=fact.on, confirmed_by=fact.by)
        case RoleLapsed() as fact:
            rows.change(RoleHeld, {"assignment_id": fact.assignment_id}, until=fact.last_day, lapsed=True)
        case RestrictionPlaced() as fact:
            for compartment in fact.compartments:
                rows.put(
                    Restriction(
                        request_id=recorded.stream, subject=fact.subject, compartment=compartment, until=fact.until
                    )
                )
        case RestrictionLifted() as fact:
            for compartment in fact.compartments:
                rows.delete(Restriction, request_id=recorded.stream, subject=fact.subject, compartment=compartment)
        case _:
            pass
