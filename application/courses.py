"""Red Barnet's side of a course: planned with the coordinator, led by its leaders, with its team and the families' places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any, ClassVar
from uuid import UUID, uuid4

from application.handovers import News, send_news
from application.perform import RoleNotHeld, Work, serves
from application.ports import Duty
from application.streams import COURSE, PARTICIPANTS
from application.views.course import CourseRow
from application.views.organisation import Club
from domain import course_group as group
from domain import course_plan as plans
from domain.course import OPEN, Course, CourseFact, CourseState, NoSuchSeat
from domain.course_plan import Plan
from domain.errors import NotFound
from domain.lists import CourseKind, EveningKind, Profession, Season, Theme
from domain.organisation import NoSuchClub
from domain.people import ActorId, ClubId, CourseId, FamilyId, Role

DESTROY_RECEIVING_KEY = "destroy_receiving_key"

_PLANNERS = frozenset({Role.COORDINATOR, Role.SECRETARIAT, Role.BRANCH})
_LEADERS = frozenset({Role.LEADER})


class NoSuchCourse(NotFound):
    """There is no such course, or not for this asker."""

    code = "unknown_course"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCourse:
    """Plan a course for a club (COU-01 to COU-07)."""

    GIVEN_BY: ClassVar = _PLANNERS

    club_id: UUID
    starts_on: date
    ends_on: date
    starts_at: time
    season: Season
    kind: CourseKind = CourseKind.YOUNG_CHILDRENS_CLUB
    evenings: int = plans.EVENINGS
    minutes: int = plans.MINUTES
    fewest_families: int = plans.GROUP_SIZE[0]
    most_families: int = plans.GROUP_SIZE[1]


@serves(PlanCourse)
def plan_course(command: PlanCourse, work: Work) -> Mapping[str, Any]:
    club = work.desk.register.rows().get(Club, club_id=command.club_id)
    if club is None or (work.asker.role is Role.COORDINATOR and club.municipality != work.asker.municipality):
        raise NoSuchClub("club_id")
    course_id = CourseId(uuid4())
    plan = Plan(
        club_id=ClubId(club.club_id), municipality=club.municipality, starts_on=command.starts_on,
        ends_on=command.ends_on, starts_at=command.starts_at, season=command.season, kind=command.kind,
        evenings=command.evenings, minutes=command.minutes, fewest_families=command.fewest_families,
        most_families=command.most_families,
    )  # fmt: skip
    plans.plan(course_id, plan, receiving_key=b"")  # refuse an implausible plan before a key is made for it
    receiving_key = work.desk.keys.new_receiving_key(course_id)
    work.record(course_id, plans.plan(course_id, plan, receiving_key=receiving_key))
    send_news(
        work,
        News(
            course_id=course_id, club=club.name, municipality=club.municipality, starts_on=command.starts_on,
            ends_on=command.ends_on, takes_in=True, late_entry_agreed=False, receiving_key=receiving_key.hex(),
        ),
    )  # fmt: skip
    return {"course_id": str(course_id), "version": work.version(course_id)}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeCourseState:
    """Recruiting, ready, running, interrupted, completed or cancelled (COU-06)."""

    GIVEN_BY: ClassVar = _PLANNERS | _LEADERS

    course_id: UUID
    state: CourseState
    version: int | None = None


@serves(ChangeCourseState)
def change_course_state(command: ChangeCourseState, work: Work) -> Mapping[str, Any]:
    course = own_course(work, command.course_id, command.version)
    facts = plans.change_state(course, command.state, today=work.desk.clock.today())
    answer = _recorded(work, command.course_id, facts)
    if facts:
        takes_in = command.state in OPEN
        _tell_the_municipality(work, command.course_id, takes_in=takes_in, late_entry_agreed=course.late_entry_agreed)
        if not takes_in:
            work.duties.append(Duty(DESTROY_RECEIVING_KEY, command.course_id))
    return answer


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanEvening:
    """An evening of the programme, or a change of it (COU-11)."""

    GIVEN_BY: ClassVar = _PLANNERS | _LEADERS

    course_id: UUID
    number: int
    on: date
    starts_at: time
    kind: EveningKind
    minutes: int = plans.MINUTES
    theme: Theme | None = None


@serves(PlanEvening)
def plan_evening(command: PlanEvening, work: Work) -> Mapping[str, Any]:
    course = own_course(work, command.course_id)
    facts = plans.plan_evening(
        course, number=command.number, on=command.on, starts_at=command.starts_at, minutes=command.minutes,
        kind=command.kind, theme=command.theme,
    )  # fmt: skip
    return _recorded(work, command.course_id, facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelEvening:
    GIVEN_BY: ClassVar = _PLANNERS | _LEADERS

    course_id: UUID
    number: int


@serves(CancelEvening)
def cancel_evening(command: CancelEvening, work: Work) -> Mapping[str, Any]:
    course = own_course(work, command.course_id)
    return _recorded(work, command.course_id, plans.cancel_evening(course, number=command.number))


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinTeam:
    """Attach a leader or volunteer; access begins with it (VOL-02)."""

    GIVEN_BY: ClassVar = frozenset({Role.BRANCH, Role.SECRETARIAT})

    course_id: UUID
    actor: UUID
    role: Role
    since: date


@serves(JoinTeam)
def join_team(command: JoinTeam, work: Work) -> Mapping[str, Any]:
    course = own_course(work, command.course_id)
    facts = group.join_team(course, ActorId(command.actor), command.role, since=command.since)
    return _recorded(work, command.course_id, facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveTeam:
    """Detach a leader or volunteer; access ends with the last day."""

    GIVEN_BY: ClassVar = frozenset({Role.BRANCH, Role.SECRETARIAT, Role.LEADER})

    course_id: UUID
    actor: UUID
    role: Role
    last_day: date


@serves(LeaveTeam)
def leave_team(command: LeaveTeam, work: Work) -> Mapping[str, Any]:
    course = own_course(work, command.course_id)
    facts = group.leave_team(course, ActorId(command.actor), command.role, last_day=command.last_day)
    return _recorded(work, command.course_id, facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptConfidentiality:
    """A team member accepts confidentiality for this course (INT-21)."""

    GIVEN_BY: ClassVar = frozenset({Role.LEADER, Role.VOLUNTEER})

    course_id: UUID


@serves(AcceptConfidentiality)
def accept_confidentiality(command: AcceptConfidentiality, work: Work) -> Mapping[str, Any]:
    course = own_course(work, command.course_id)
    facts = group.accept_confidentiality(course, ActorId(work.asker.actor), today=work.desk.clock.today())
    return _recorded(work, command.course_id, facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroduceConfidentialRoom:
    """On the first evening the course is introduced as a confidential room (INT-21)."""

    GIVEN_BY: ClassVar = _LEADERS

    course_id: UUID


@serves(IntroduceConfidentialRoom)
def introduce_confidential_room(command: IntroduceConfidentialRoom, work: Work) -> Mapping[str, Any]:
    course = own_course(work, command.course_id)
    return _recorded(work, command.course_id, plans.introduce_confidential_room(course, today=work.desk.clock.today()))


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmPlace:
    """From now on the volunteers see the family's first names and ages."""

    GIVEN_BY: ClassVar = _LEADERS

    course_id: UUID
    family_id: UUID
    version: int | None = None


@serves(ConfirmPlace)
def confirm_place(command: ConfirmPlace, work: Work) -> Mapping[str, Any]:
    course = own_course(work, command.course_id, command.version)
    facts = group.confirm_place(course, FamilyId(command.family_id), today=work.desk.clock.today())
    return _recorded(work, command.course_id, facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveCourse:
    """The family leaves at any time, without a reason (FAM-22)."""

    GIVEN_BY: ClassVar = frozenset({Role.LEADER, Role.FAMILY})

    course_id: UUID
    family_id: UUID


@serves(LeaveCourse)
def leave_course(command: LeaveCourse, work: Work) -> Mapping[str, Any]:
    course = own_course(work, command.course_id)
    must_be_own_family(work, command.family_id)
    facts = group.leave(course, FamilyId(command.family_id), today=work.desk.clock.today())
    return _recorded(work, command.course_id, facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideLateEntry:
    """The judgement on an entry after the start, yes or no; leader and coordinator each give one (REF-17)."""

    GIVEN_BY: ClassVar = frozenset({Role.LEADER, Role.COORDINATOR})

    course_id: UUID
    agreed: bool


@serves(DecideLateEntry)
def decide_late_entry(command: DecideLateEntry, work: Work) -> Mapping[str, Any]:
    course = own_course(work, command.course_id)
    role = work.asker.role
    facts = group.decide_late_entry(course, by_role=role, agreed=command.agreed, today=work.desk.clock.today())
    answer = _recorded(work, command.course_id, facts)
    if facts:
        both = {**course.late_entry, role: command.agreed}
        agreed = both.get(Role.LEADER, False) and both.get(Role.COORDINATOR, False)
        _tell_the_municipality(work, command.course_id, takes_in=course.state in OPEN, late_entry_agreed=agreed)
    return answer


@dataclass(frozen=True, slots=True, kw_only=True)
class StateAcquaintance:
    """A team member knows a family; only the fact is kept (VOL-08)."""

    GIVEN_BY: ClassVar = frozenset({Role.LEADER, Role.VOLUNTEER})

    course_id: UUID
    family_id: UUID


@serves(StateAcquaintance)
def state_acquaintance(command: StateAcquaintance, work: Work) -> Mapping[str, Any]:
    course = own_course(work, command.course_id)
    facts = group.state_acquaintance(course, ActorId(work.asker.actor), FamilyId(command.family_id))
    return _recorded(work, command.course_id, facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepFromNotes:
    """The leader keeps a volunteer from one family's shared notes, or lifts it (VOL-08)."""

    GIVEN_BY: ClassVar = _LEADERS

    course_id: UUID
    family_id: UUID
    actor: UUID
    kept: bool = True


@serves(KeepFromNotes)
def keep_from_notes(command: KeepFromNotes, work: Work) -> Mapping[str, Any]:
    course = own_course(work, command.course_id)
    facts = group.keep_from_notes(course, ActorId(command.actor), FamilyId(command.family_id), kept=command.kept)
    return _recorded(work, command.course_id, facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class BookProfessional:
    """A professional visits an evening (COU-15, COU-16)."""

    GIVEN_BY: ClassVar = frozenset({Role.COORDINATOR})

    course_id: UUID
    actor: UUID
    profession: Profession
    evening: int
    theme: Theme | None = None


@serves(BookProfessional)
def book_professional(command: BookProfessional, work: Work) -> Mapping[str, Any]:
    course = own_course(work, command.course_id)
    booking_id = uuid4()
    facts = plans.book_professional(
        course, booking_id=booking_id, actor=ActorId(command.actor), profession=command.profession,
        evening=command.evening, theme=command.theme,
    )  # fmt: skip
    return {**_recorded(work, command.course_id, facts), "booking_id": str(booking_id)}


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelBooking:
    GIVEN_BY: ClassVar = frozenset({Role.COORDINATOR})

    course_id: UUID
    booking_id: UUID


@serves(CancelBooking)
def cancel_booking(command: CancelBooking, work: Work) -> Mapping[str, Any]:
    course = own_course(work, command.course_id)
    return _recorded(work, command.course_id, plans.cancel_booking(course, command.booking_id))


def own_course(work: Work, course_id: UUID, version: int | None = None) -> Course:
    """The course, if the asker has to do with it today: its team, its municipality's coordinator, or Red Barnet's office.

    Raises NoSuchCourse, RoleNotHeld, StaleVersion.
    """
    course = work.load(COURSE, course_id, NoSuchCourse, "course_id", version=version)
    asker = work.asker
    if asker.role in (Role.LEADER, Role.VOLUNTEER):
        period = course.team.get((ActorId(asker.actor), asker.role))
        if period is None or not period.covers(work.desk.clock.today()):
            raise RoleNotHeld("course_id")
    if asker.role is Role.COORDINATOR and course.municipality != asker.municipality:
        raise NoSuchCourse("course_id")
    return course


def must_be_own_family(work: Work, family_id: UUID) -> None:
    """A member of a family speaks for its own family only; another is as good as unknown. Raises NoSuchSeat."""
    if work.asker.role is not Role.FAMILY:
        return
    family = work.find(PARTICIPANTS, family_id)
    if family is None or work.asker.person_id not in frozenset(family.adults) - family.erased:
        raise NoSuchSeat("family_id")


def _recorded(work: Work, course_id: UUID, facts: list[CourseFact]) -> Mapping[str, Any]:
    work.record(course_id, facts)
    return {"course_id": str(course_id), "version": work.version(course_id)}


def _tell_the_municipality(work: Work, course_id: UUID, *, takes_in: bool, late_entry_agreed: bool) -> None:
    rows = work.desk.register.rows()
    row = rows.get(CourseRow, course_id=course_id)
    assert row is not None
    club = rows.get(Club, club_id=row.club_id)
    send_news(
        work,
        News(
            course_id=course_id, club=club.name if club is not None else "", municipality=row.municipality,
            starts_on=row.starts_on, ends_on=row.ends_on, takes_in=takes_in, late_entry_agreed=late_entry_agreed,
            receiving_key=row.receiving_key,
        ),
    )  # fmt: skip
