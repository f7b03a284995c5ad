"""One run of evenings with a fixed group: its plan, its team, the families' places, and who keeps from whose notes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, time
from enum import StrEnum
from typing import Annotated, assert_never
from uuid import UUID

from domain.errors import Invalid, NotFound, RuleBroken
from domain.facts import CLEAR, Fact, fact
from domain.lists import CourseKind, EveningKind, Profession, Season, Theme
from domain.people import ActorId, ClubId, CourseId, FamilyId, Period, Role

EVENINGS = 12
"""Default number of planned evenings; older courses with 18 are representable (COU-03)."""
MINUTES = 120
"""Default length of an evening in minutes (COU-04)."""
GROUP_SIZE = (6, 8)
"""Guidance on the number of families; it warns, it never blocks (COU-07)."""


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
_NEXT: dict[CourseState, frozenset[CourseState]] = {
    CourseState.PLANNED: frozenset(
        {CourseState.RECRUITING, CourseState.READY, CourseState.RUNNING, CourseState.CANCELLED}
    ),
    CourseState.RECRUITING: frozenset({CourseState.READY, CourseState.RUNNING, CourseState.CANCELLED}),
    CourseState.READY: frozenset({CourseState.RECRUITING, CourseState.RUNNING, CourseState.CANCELLED}),
    CourseState.RUNNING: frozenset({CourseState.INTERRUPTED, CourseState.COMPLETED}),
    CourseState.INTERRUPTED: frozenset({CourseState.RUNNING, CourseState.COMPLETED, CourseState.CANCELLED}),
    CourseState.COMPLETED: frozenset(),
    CourseState.CANCELLED: frozenset(),
}


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


class NotPossibleNow(RuleBroken):
    """The course cannot pass from its state to this one; `state` says where it stands."""

    code = "course_in_other_state"


class LateEntryNotAgreed(RuleBroken):
    """The course has started; an entry needs the recorded agreement of leader and coordinator (REF-17)."""

    code = "course_has_started"


class NoSuchSeat(NotFound):
    """The course has no place of this family, or it has left."""

    code = "unknown_family"


class NotOnTheTeam(NotFound):
    """The person is not attached to this course in this role."""

    code = "not_on_the_team"


class NoSuchEvening(NotFound):
    """The course has no such evening."""

    code = "unknown_evening"


class EveningsOutOfOrder(Invalid):
    """No evening lies before the first day; an interrupted course may run past its planned end (COU-06)."""

    code = "evening_out_of_course"


class ImplausiblePlan(Invalid):
    """The figures of the plan do not fit together."""

    code = "plan_implausible"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is planned for a course; times are local Danish times (SYS-06)."""

    club_id: ClubId
    municipality: str
    starts_on: date
    ends_on: date
    starts_at: time
    season: Season
    kind: CourseKind = CourseKind.YOUNG_CHILDRENS_CLUB
    evenings: int = EVENINGS
    minutes: int = MINUTES
    fewest_families: int = GROUP_SIZE[0]
    most_families: int = GROUP_SIZE[1]


def plan(course_id: CourseId, planned: Plan, *, receiving_key: bytes) -> list[CourseFact]:
    """A course for a club (COU-01, COU-02). `receiving_key` is what hand-overs to it are sealed to."""
    if planned.ends_on <= planned.starts_on:
        raise ImplausiblePlan("ends_on")
    if not 1 <= planned.evenings <= 40:
        raise ImplausiblePlan("evenings")
    if not 30 <= planned.minutes <= 480:
        raise ImplausiblePlan("minutes")
    if not 1 <= planned.fewest_families <= planned.most_families:
        raise ImplausiblePlan("most_families")
    return [
        CoursePlanned(
            course_id=course_id,
            club_id=planned.club_id,
            municipality=planned.municipality,
            kind=planned.kind,
            season=planned.season,
            starts_on=planned.starts_on,
            ends_on=planned.ends_on,
            starts_at=planned.starts_at,
            evenings=planned.evenings,
            minutes=planned.minutes,
            fewest_families=planned.fewest_families,
            most_families=planned.most_families,
            receiving_key=receiving_key,
        )
    ]


def change_state(course: Course, state: CourseState, *, today: date) -> list[CourseFact]:
    """Pass to another state (COU-06). Silent when the course is there already."""
    if course.state is state:
        return []
    if state not in _NEXT[course.state]:
        raise NotPossibleNow("state", state=course.state.value)
    return [CourseStateChanged(state=state, on=today)]


def plan_evening(
    course: Course, *, number: int, on: date, starts_at: time, minutes: int, kind: EveningKind, theme: Theme | None
) -> list[CourseFact]:
    """An evening of the programme, or a change of it (COU-11)."""
    _must_be_open(course)
    if not 1 <= number <= course.evenings:
        raise NoSuchEvening("number")
    if on < course.starts_on:
        raise EveningsOutOfOrder("on")
    if not 30 <= minutes <= 480:
        raise ImplausiblePlan("minutes")
    return [EveningPlanned(number=number, on=on, starts_at=starts_at, minutes=minutes, kind=kind, theme=theme)]


def cancel_evening(course: Course, *, number: int) -> list[CourseFact]:
    """The evening does not take place: not a family's cancellation. Silent when it is not planned."""
    _must_be_open(course)
    if not 1 <= number <= course.evenings:
        raise NoSuchEvening("number")
    return [EveningCancelled(number=number)] if number in course.planned else []


def join_team(course: Course, actor: ActorId, role: Role, *, since: date) -> list[CourseFact]:
    """Attach a leader or a volunteer from a day on (COU-10, VOL-01). Silent when attached and not leaving."""
    _must_be_open(course)
    if role not in (Role.LEADER, Role.VOLUNTEER):
        raise NotOnTheTeam("role")
    held = course.team.get((actor, role))
    if held is not None and held.until is None:
        return []
    return [TeamMemberJoined(actor=actor, role=role, since=since)]


def leave_team(course: Course, actor: ActorId, role: Role, *, last_day: date) -> list[CourseFact]:
    """Detach; access ends with the last day (VOL-02). To leave never prolongs: whoever stays on joins again."""
    held = course.team.get((actor, role))
    if held is None:
        raise NotOnTheTeam("actor")
    if held.until == last_day:
        return []
    if last_day < held.since or (held.until is not None and last_day > held.until):
        raise NotOnTheTeam("last_day")
    return [TeamMemberLeft(actor=actor, role=role, last_day=last_day)]


def accept_confidentiality(course: Course, actor: ActorId, *, today: date) -> list[CourseFact]:
    """A team member accepts confidentiality (INT-21). Silent when accepted before."""
    if not any(member == actor for member, _ in course.team):
        raise NotOnTheTeam("actor")
    return [] if actor in course.confidential else [ConfidentialityAccepted(actor=actor, on=today)]


def introduce_confidential_room(course: Course, *, today: date) -> list[CourseFact]:
    """On the first evening the course is introduced as a confidential room (INT-21)."""
    return [] if course.room_introduced else [ConfidentialRoomIntroduced(on=today)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A hand-over as the course counts it (FAM-02: adults, children and siblings are never mixed)."""

    family_id: FamilyId
    handover_id: UUID
    handed_over_on: date
    adults: int
    children: int
    siblings: int
    returning: bool


def take_in(course: Course, arrival: Arrival) -> list[CourseFact]:
    """A hand-over reaches the course; it is never lost, also when the course has started or closed meanwhile.

    Silent when this family's seat exists, and when this hand-over gave it one that it has left since. A late one waits
    for the decisions of leader and coordinator (REF-17).
    """
    seat = course.seats.get(arrival.family_id)
    if seat is not None and (not seat.left or seat.handover_id == arrival.handover_id):
        return []
    return [
        FamilyTakenIn(
            family_id=arrival.family_id,
            handover_id=arrival.handover_id,
            handed_over_on=arrival.handed_over_on,
            adults=arrival.adults,
            children=arrival.children,
            siblings=arrival.siblings,
            returning=arrival.returning,
            lead_days=(course.starts_on - arrival.handed_over_on).days,
            late=course.has_started(arrival.handed_over_on),
        )
    ]


def decide_late_entry(course: Course, *, by_role: Role, agreed: bool, today: date) -> list[CourseFact]:
    """The judgement of leader or coordinator on entries after the start; yes or no, no reason (REF-13, REF-17)."""
    _must_be_open(course)
    if by_role not in (Role.LEADER, Role.COORDINATOR):
        raise NotOnTheTeam("by_role")
    if course.late_entry.get(by_role) is agreed:
        return []
    return [LateEntryDecided(by_role=by_role, agreed=agreed, on=today)]


def confirm_place(course: Course, family_id: FamilyId, *, today: date) -> list[CourseFact]:
    """The leader confirms the place. Raises NoSuchSeat, CourseIsOver, LateEntryNotAgreed."""
    _must_be_open(course)
    seat = _seat_of(course, family_id)
    if seat.confirmed:
        return []
    if seat.late and not course.late_entry_agreed:
        raise LateEntryNotAgreed("family_id")
    return [PlaceConfirmed(family_id=family_id, on=today)]


def leave(course: Course, family_id: FamilyId, *, today: date) -> list[CourseFact]:
    """The family leaves at any time. Silent when it has left."""
    if family_id not in course.seats:
        raise NoSuchSeat("family_id")
    return [] if course.seats[family_id].left else [FamilyLeft(family_id=family_id, on=today)]


def state_acquaintance(course: Course, actor: ActorId, family_id: FamilyId) -> list[CourseFact]:
    """A team member knows a family. Only the fact is kept (VOL-08)."""
    _seat_of(course, family_id)
    if not any(member == actor for member, _ in course.team):
        raise NotOnTheTeam("actor")
    if (actor, family_id) in course.acquainted:
        return []
    return [AcquaintanceStated(actor=actor, family_id=family_id)]


def keep_from_notes(course: Course, actor: ActorId, family_id: FamilyId, *, kept: bool) -> list[CourseFact]:
    """The leader keeps a volunteer from a family's shared notes, or lifts it (VOL-08)."""
    _seat_of(course, family_id)
    if (actor, Role.VOLUNTEER) not in course.team:
        raise NotOnTheTeam("actor")
    if ((actor, family_id) in course.kept_from) is kept:
        return []
    return [KeptFromNotes(actor=actor, family_id=family_id, kept=kept)]


def book_professional(
    course: Course, *, booking_id: UUID, actor: ActorId, profession: Profession, evening: int, theme: Theme | None
) -> list[CourseFact]:
    """A professional visits an evening; may be booked before any family is known (COU-15, COU-16).

    Silent when this booking stands; to change it, cancel it and book anew.
    """
    _must_be_open(course)
    if booking_id in course.bookings:
        return []
    if not 1 <= evening <= course.evenings:
        raise NoSuchEvening("evening")
    return [ProfessionalBooked(booking_id=booking_id, actor=actor, profession=profession, evening=evening, theme=theme)]


def cancel_booking(course: Course, booking_id: UUID) -> list[CourseFact]:
    """The visit does not take place. Silent when there is no such booking any more."""
    return [BookingCancelled(booking_id=booking_id)] if booking_id in course.bookings else []


def _must_be_open(course: Course) -> None:
    if course.state not in OPEN:
        raise CourseIsOver("course_id", state=course.state.value)


def _seat_of(course: Course, family_id: FamilyId) -> Seat:
    seat = course.seats.get(family_id)
    if seat is None or seat.left:
        raise NoSuchSeat("family_id")
    return seat
