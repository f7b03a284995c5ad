"""One run of evenings with a fixed group: its plan, its team, the families' places, and who keeps from whose notes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, time
from enum import StrEnum
from typing import Annotated, assert_never
from uuid import UUID

from domain.errors import NotFound, RuleBroken
from domain.facts import CLEAR, Fact, fact
from domain.lists import CourseKind, EveningKind, Profession, Season, Theme
from domain.people import ActorId, ClubId, CourseId, FamilyId, Period, Role


class CourseState(StrEnum):
    """COU-06."""

    PLANNED = "planned"
    RECRUITING = "recruiting"
    READY = "ready"
    RUNNING = "running"
    INTERRUPTED = "interrupted"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


OPEN = frozenset(set(CourseState) - {CourseState.COMPLETED, CourseState.CANCELLED})


@fact("course.planned")
class CoursePlanned(Fact):
    course_id: Annotated[CourseId, CLEAR]
    club_id: Annotated[ClubId, CLEAR]
    municipality: Annotated[str, CLEAR]
    kind: Annotated[CourseKind, CLEAR]
    season: Annotated[Season, CLEAR]
    starts_on: Annotated[date, CLEAR]
    ends_on: Annotated[date, CLEAR]
    starts_at: Annotated[time, CLEAR]
    evenings: Annotated[int, CLEAR]
    minutes: Annotated[int, CLEAR]
    fewest_families: Annotated[int, CLEAR]
    most_families: Annotated[int, CLEAR]
    receiving_key: Annotated[bytes, CLEAR]


@fact("course.state_changed")
class CourseStateChanged(Fact):
    state: Annotated[CourseState, CLEAR]
    on: Annotated[date, CLEAR]


@fact("course.evening_planned")
class EveningPlanned(Fact):
    number: Annotated[int, CLEAR]
    on: Annotated[date, CLEAR]
    starts_at: Annotated[time, CLEAR]
    minutes: Annotated[int, CLEAR]
    kind: Annotated[EveningKind, CLEAR]
    theme: Annotated[Theme | None, CLEAR]


@fact("course.evening_cancelled")
class EveningCancelled(Fact):
    number: Annotated[int, CLEAR]


@fact("course.team_member_joined")
class TeamMemberJoined(Fact):
    """A leader or volunteer is attached; access begins with it and ends with it (VOL-01, VOL-02)."""

    actor: Annotated[ActorId, CLEAR]
    role: Annotated[Role, CLEAR]
    since: Annotated[date, CLEAR]


@fact("course.team_member_left")
class TeamMemberLeft(Fact):
    actor: Annotated[ActorId, CLEAR]
    role: Annotated[Role, CLEAR]
    last_day: Annotated[date, CLEAR]


@fact("course.confidentiality_accepted")
class ConfidentialityAccepted(Fact):
    """Before the first evening; without it no shared note is read (INT-21, VOL-03)."""

    actor: Annotated[ActorId, CLEAR]
    on: Annotated[date, CLEAR]


@fact("course.confidential_room_introduced")
class ConfidentialRoomIntroduced(Fact):
    on: Annotated[date, CLEAR]


@fact("course.family_taken_in")
class FamilyTakenIn(Fact):
    """A hand-over reached the course. `late`: the course had started, so the place waits for two decisions (REF-17)."""

    family_id: Annotated[FamilyId, CLEAR]
    handover_id: Annotated[UUID, CLEAR]
    handed_over_on: Annotated[date, CLEAR]
    adults: Annotated[int, CLEAR]
    children: Annotated[int, CLEAR]
    siblings: Annotated[int, CLEAR]
    returning: Annotated[bool, CLEAR]
    lead_days: Annotated[int, CLEAR]
    late: Annotated[bool, CLEAR]


@fact("course.late_entry_decided")
class LateEntryDecided(Fact):
    """One of the two recorded judgements on entries after the start, by leader or coordinator; yes or no only."""

    by_role: Annotated[Role, CLEAR]
    agreed: Annotated[bool, CLEAR]
    on: Annotated[date, CLEAR]


@fact("course.place_confirmed")
class PlaceConfirmed(Fact):
    """From now on the volunteers see first names and ages (FAM-20)."""

    family_id: Annotated[FamilyId, CLEAR]
    on: Annotated[date, CLEAR]


@fact("course.family_left")
class FamilyLeft(Fact):
    """The family leaves; no reason is asked or kept (FAM-22)."""

    family_id: Annotated[FamilyId, CLEAR]
    on: Annotated[date, CLEAR]


@fact("course.acquaintance_stated")
class AcquaintanceStated(Fact):
    """A team member knows a family; only the fact is kept (VOL-08)."""

    actor: Annotated[ActorId, CLEAR]
    family_id: Annotated[FamilyId, CLEAR]


@fact("course.kept_from_notes")
class KeptFromNotes(Fact):
    """The leader keeps a volunteer from one family's shared notes, or lifts that again."""

    actor: Annotated[ActorId, CLEAR]
    family_id: Annotated[FamilyId, CLEAR]
    kept: Annotated[bool, CLEAR]


@fact("course.professional_booked")
class ProfessionalBooked(Fact):
    booking_id: Annotated[UUID, CLEAR]
    actor: Annotated[ActorId, CLEAR]
    profession: Annotated[Profession, CLEAR]
    evening: Annotated[int, CLEAR]
    theme: Annotated[Theme | None, CLEAR]


@fact("course.booking_cancelled")
class BookingCancelled(Fact):
    booking_id: Annotated[UUID, CLEAR]


CourseFact = (
    CoursePlanned
    | CourseStateChanged
    | EveningPlanned
    | EveningCancelled
    | TeamMemberJoined
    | TeamMemberLeft
    | ConfidentialityAccepted
    | ConfidentialRoomIntroduced
    | FamilyTakenIn
    | LateEntryDecided
    | PlaceConfirmed
    | FamilyLeft
    | AcquaintanceStated
    | KeptFromNotes
    | ProfessionalBooked
    | BookingCancelled
)


@dataclass(frozen=True, slots=True)
class Seat:
    """A family's place: confirmed or not, left or not."""

    handover_id: UUID
    late: bool
    confirmed: bool = False
    left: bool = False


@dataclass(frozen=True, slots=True)
class Course:
    course_id: CourseId
    municipality: str
    starts_on: date
    evenings: int
    state: CourseState = CourseState.PLANNED
    planned: frozenset[int] = frozenset()
    team: dict[tuple[ActorId, Role], Period] = field(default_factory=dict)
    confidential: frozenset[ActorId] = frozenset()
    room_introduced: bool = False
    seats: dict[FamilyId, Seat] = field(default_factory=dict)
    late_entry: dict[Role, bool] = field(default_factory=dict)
    acquainted: frozenset[tuple[ActorId, FamilyId]] = frozenset()
    kept_from: frozenset[tuple[ActorId, FamilyId]] = frozenset()
    bookings: frozenset[UUID] = frozenset()

    def has_started(self, today: date) -> bool:
        started = {CourseState.RUNNING, CourseState.INTERRUPTED, CourseState.COMPLETED}
        return self.starts_on <= today or self.state in started

    @property
    def late_entry_agreed(self) -> bool:
        return self.late_entry.get(Role.LEADER, False) and self.late_entry.get(Role.COORDINATOR, False)


def evolve(course: Course | None, happened: CourseFact) -> Course:  # one branch for each fact, nothing decided
    if isinstance(happened, CoursePlanned):
        return Course(happened.course_id, happened.municipality, happened.starts_on, happened.evenings)
    assert course is not None
    match happened:
        case CourseStateChanged():
            return replace(course, state=happened.state)
        case EveningPlanned():
            return replace(course, planned=course.planned | {happened.number})
        case EveningCancelled():
            return replace(course, planned=course.planned - {happened.number})
        case TeamMemberJoined():
            joined = {(happened.actor, happened.role): Period(happened.since)}
            return replace(course, team=course.team | joined)
        case TeamMemberLeft():
            key = (happened.actor, happened.role)
            return replace(course, team=course.team | {key: Period(course.team[key].since, happened.last_day)})
        case ConfidentialityAccepted():
            return replace(course, confidential=course.confidential | {happened.actor})
        case ConfidentialRoomIntroduced():
            return replace(course, room_introduced=True)
        case FamilyTakenIn():
            return _seated(course, happened.family_id, Seat(happened.handover_id, happened.late))
        case LateEntryDecided():
            return replace(course, late_entry=course.late_entry | {happened.by_role: happened.agreed})
        case PlaceConfirmed():
            return _seated(course, happened.family_id, replace(course.seats[happened.family_id], confirmed=True))
        case FamilyLeft():
            return _seated(course, happened.family_id, replace(course.seats[happened.family_id], left=True))
        case AcquaintanceStated():
            return replace(course, acquainted=course.acquainted | {(happened.actor, happened.family_id)})
        case KeptFromNotes():
            pair = {(happened.actor, happened.family_id)}
            return replace(course, kept_from=course.kept_from | pair if happened.kept else course.kept_from - pair)
        case ProfessionalBooked():
            return replace(course, bookings=course.bookings | {happened.booking_id})
        case BookingCancelled():
            return replace(course, bookings=course.bookings - {happened.booking_id})
        case _:
            assert_never(happened)


def _seated(course: Course, family_id: FamilyId, seat: Seat) -> Course:
    return replace(course, seats=course.seats | {family_id: seat})


class CourseIsOver(RuleBroken):
    """The course is completed or cancelled; it changes no more."""

    code = "course_is_closed"


class NoSuchSeat(NotFound):
    """The course has no place of this family, or it has left."""

    code = "unknown_family"


class NoSuchEvening(NotFound):
    """The course has no such evening."""

    code = "unknown_evening"


def must_be_open(course: Course) -> None:
    """Raises CourseIsOver."""
    if course.state not in OPEN:
        raise CourseIsOver("course_id", state=course.state.value)


def seat_of(course: Course, family_id: FamilyId) -> Seat:
    """The place of a family that has not left. Raises NoSuchSeat."""
    seat = course.seats.get(family_id)
    if seat is None or seat.left:
        raise NoSuchSeat("family_id")
    return seat
