"""What is decided about a course itself: its plan and programme, its state, and who visits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from domain.course import (
    BookingCancelled,
    ConfidentialRoomIntroduced,
    Course,
    CourseFact,
    CoursePlanned,
    CourseState,
    CourseStateChanged,
    EveningCancelled,
    EveningPlanned,
    NoSuchEvening,
    ProfessionalBooked,
    must_be_open,
)
from domain.errors import Invalid, RuleBroken
from domain.lists import CourseKind, EveningKind, Profession, Season, Theme
from domain.people import ActorId, ClubId, CourseId

EVENINGS = 12
"""Default number of planned evenings; older courses with 18 are representable (COU-03)."""
MINUTES = 120
"""Default length of an evening in minutes (COU-04)."""
GROUP_SIZE = (6, 8)
"""Guidance on the number of families; it warns, it never blocks (COU-07)."""


NEXT: dict[CourseState, frozenset[CourseState]] = {
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
"""To which states a course may pass from each (COU-06)."""


class NotPossibleNow(RuleBroken):
    """The course cannot pass from its state to this one; `state` says where it stands."""

    code = "course_in_other_state"


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
    if state not in NEXT[course.state]:
        raise NotPossibleNow("state", state=course.state.value)
    return [CourseStateChanged(state=state, on=today)]


def plan_evening(
    course: Course, *, number: int, on: date, starts_at: time, minutes: int, kind: EveningKind, theme: Theme | None
) -> list[CourseFact]:
    """An evening of the programme, or a change of it (COU-11)."""
    must_be_open(course)
    if not 1 <= number <= course.evenings:
        raise NoSuchEvening("number")
    if on < course.starts_on:
        raise EveningsOutOfOrder("on")
    if not 30 <= minutes <= 480:
        raise ImplausiblePlan("minutes")
    return [EveningPlanned(number=number, on=on, starts_at=starts_at, minutes=minutes, kind=kind, theme=theme)]


def cancel_evening(course: Course, *, number: int) -> list[CourseFact]:
    """The evening does not take place: not a family's cancellation. Silent when it is not planned."""
    must_be_open(course)
    if not 1 <= number <= course.evenings:
        raise NoSuchEvening("number")
    return [EveningCancelled(number=number)] if number in course.planned else []


def introduce_confidential_room(course: Course, *, today: date) -> list[CourseFact]:
    """On the first evening the course is introduced as a confidential room (INT-21)."""
    return [] if course.room_introduced else [ConfidentialRoomIntroduced(on=today)]


def book_professional(
    course: Course, *, booking_id: UUID, actor: ActorId, profession: Profession, evening: int, theme: Theme | None
) -> list[CourseFact]:
    """A professional visits an evening; may be booked before any family is known (COU-15, COU-16).

    Silent when this booking stands; to change it, cancel it and book anew.
    """
    must_be_open(course)
    if booking_id in course.bookings:
        return []
    if not 1 <= evening <= course.evenings:
        raise NoSuchEvening("evening")
    return [ProfessionalBooked(booking_id=booking_id, actor=actor, profession=profession, evening=evening, theme=theme)]


def cancel_booking(course: Course, booking_id: UUID) -> list[CourseFact]:
    """The visit does not take place. Silent when there is no such booking any more."""
    return [BookingCancelled(booking_id=booking_id)] if booking_id in course.bookings else []
