"""A course as everybody stands to it: its plan, its team, the families' seats, who keeps from whom, and bookings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any
from uuid import UUID

from application.ports import Recorded, Rows
from application.views.rows import view_row
from domain.course import (
    AcquaintanceStated,
    BookingCancelled,
    ConfidentialityAccepted,
    ConfidentialRoomIntroduced,
    CoursePlanned,
    CourseState,
    CourseStateChanged,
    EveningCancelled,
    EveningPlanned,
    FamilyLeft,
    FamilyTakenIn,
    KeptFromNotes,
    LateEntryDecided,
    PlaceConfirmed,
    ProfessionalBooked,
    TeamMemberJoined,
    TeamMemberLeft,
)
from domain.introduction import ConversationHeld
from domain.lists import CourseKind, EveningKind, Profession, Season, Theme, Way
from domain.people import Role

NAME = "course"


@view_row("course", key=("course_id",), indexes=(("municipality",), ("club_id",)))
class CourseRow:
    """A course, its plan and its state."""

    course_id: UUID
    club_id: UUID
    municipality: str
    kind: CourseKind
    season: Season
    starts_on: date
    ends_on: date
    starts_at: str
    evenings: int
    minutes: int
    fewest_families: int
    most_families: int
    receiving_key: str
    state: CourseState = CourseState.PLANNED
    room_introduced: bool = False
    leader_agrees_to_late: bool | None = None
    coordinator_agrees_to_late: bool | None = None
    closed_on: date | None = None

    @property
    def is_open(self) -> bool:
        return self.state not in (CourseState.COMPLETED, CourseState.CANCELLED)


@view_row("evening", key=("course_id", "number"))
class EveningRow:
    course_id: UUID
    number: int
    on: date
    starts_at: str
    minutes: int
    kind: EveningKind
    theme: Theme | None
    cancelled: bool = False


@view_row("team", key=("course_id", "actor", "role"), indexes=(("actor",),))
class TeamMember:
    course_id: UUID
    actor: UUID
    role: Role
    since: date
    until: date | None = None
    confidential_since: date | None = None

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@view_row("seat", key=("course_id", "family_id"), indexes=(("family_id",),))
class SeatRow:
    """A family's place in a course, in the units that are counted (FAM-02)."""

    course_id: UUID
    family_id: UUID
    handed_over_on: date
    adults: int
    children: int
    siblings: int
    returning: bool
    lead_days: int
    late: bool
    confirmed_on: date | None = None
    left_on: date | None = None
    conversation_on: date | None = None
    conversation_way: Way | None = None


@view_row("kept_apart", key=("course_id", "actor", "family_id"))
class KeptApart:
    """A team member knows a family, and is or is not kept from its notes (VOL-08)."""

    course_id: UUID
    actor: UUID
    family_id: UUID
    acquainted: bool = False
    kept: bool = False


@view_row("booking", key=("booking_id",), indexes=(("actor",), ("course_id",)))
class Booking:
    booking_id: UUID
    course_id: UUID
    actor: UUID
    profession: Profession
    evening: int
    theme: Theme | None


ROWS: tuple[type[Any], ...] = (
    CourseRow,
    EveningRow,
    TeamMember,
    SeatRow,
    KeptApart,
    Booking,
)


def follow(recorded: Recorded, rows: Rows) -> None:
    if not _follow_course(recorded, rows):
        _follow_team(recorded, rows)


def _follow_course(recorded: Recorded, rows: Rows) -> bool:
    course = {"course_id": recorded.stream}
    match recorded.fact:
        case CoursePlanned() as fact:
            rows.put(
                CourseRow(
                    course_id=fact.course_id, club_id=fact.club_id, municipality=fact.municipality, kind=fact.kind,
                    season=fact.season, starts_on=fact.starts_on, ends_on=fact.ends_on, starts_at=_clock(fact.starts_at),
                    evenings=fact.evenings, minutes=fact.minutes, fewest_families=fact.fewest_families,
                    most_families=fact.most_families, receiving_key=fact.receiving_key.hex(),
                )
            )  # fmt: skip
        case CourseStateChanged() as fact:
            over = fact.state in (CourseState.COMPLETED, CourseState.CANCELLED)
            rows.change(CourseRow, course, state=fact.state, closed_on=fact.on if over else None)
        case ConfidentialRoomIntroduced():
            rows.change(CourseRow, course, room_introduced=True)
        case LateEntryDecided(by_role=Role.LEADER) as fact:
            rows.change(CourseRow, course, leader_agrees_to_late=fact.agreed)
        case LateEntryDecided() as fact:
            rows.change(CourseRow, course, coordinator_agrees_to_late=fact.agreed)
        case EveningPlanned() as fact:
            rows.put(
                EveningRow(
                    course_id=recorded.stream, number=fact.number, on=fact.on, starts_at=_clock(fact.starts_at),
                    minutes=fact.minutes, kind=fact.kind, theme=fact.theme,
                )
            )  # fmt: skip
        case EveningCancelled() as fact:
            rows.change(EveningRow, course | {"number": fact.number}, cancelled=True)
        case ProfessionalBooked() as fact:
            rows.put(
                Booking(
                    booking_id=fact.booking_id, course_id=recorded.stream, actor=fact.actor, profession=fact.profession,
                    evening=fact.evening, theme=fact.theme,
                )
            )  # fmt: skip
        case BookingCancelled() as fact:
            rows.delete(Booking, booking_id=fact.booking_id)
        case _:
            return False
    return True


def _follow_team(recorded: Recorded, rows: Rows) -> None:
    course = {"course_id": recorded.stream}
    match recorded.fact:
        case TeamMemberJoined() as fact:
            earlier = rows.get(TeamMember, course_id=recorded.stream, actor=fact.actor, role=fact.role)
            accepted = earlier.confidential_since if earlier is not None else None
            rows.put(
                TeamMember(
                    course_id=recorded.stream, actor=fact.actor, role=fact.role, since=fact.since,
                    confidential_since=accepted,
                )
            )  # fmt: skip
        case TeamMemberLeft() as fact:
            rows.change(TeamMember, course | {"actor": fact.actor, "role": fact.role}, until=fact.last_day)
        case ConfidentialityAccepted() as fact:
            rows.change(TeamMember, course | {"actor": fact.actor}, confidential_since=fact.on)
        case FamilyTakenIn() as fact:
            rows.put(
                SeatRow(
                    course_id=recorded.stream, family_id=fact.family_id, handed_over_on=fact.handed_over_on,
                    adults=fact.adults, children=fact.children, siblings=fact.siblings, returning=fact.returning,
                    lead_days=fact.lead_days, late=fact.late,
                )
            )  # fmt: skip
        case PlaceConfirmed() as fact:
            rows.change(SeatRow, course | {"family_id": fact.family_id}, confirmed_on=fact.on)
        case FamilyLeft() as fact:
            rows.change(SeatRow, course | {"family_id": fact.family_id}, left_on=fact.on)
        case ConversationHeld() as fact:
            rows.change(
                SeatRow,
                {"course_id": fact.course_id, "family_id": fact.family_id},
                conversation_on=fact.held_on,
                conversation_way=fact.way,
            )
        case AcquaintanceStated() as fact:
            rows.put(replace(_apart(rows, recorded.stream, fact.actor, fact.family_id), acquainted=True))
        case KeptFromNotes() as fact:
            rows.put(replace(_apart(rows, recorded.stream, fact.actor, fact.family_id), kept=fact.kept))
        case _:
            pass


def _apart(rows: Rows, course_id: UUID, actor: UUID, family_id: UUID) -> KeptApart:
    found = rows.get(KeptApart, course_id=course_id, actor=actor, family_id=family_id)
    return found or KeptApart(course_id=course_id, actor=actor, family_id=family_id)


def _clock(value: time) -> str:
    return f"{value:%H:%M}"
