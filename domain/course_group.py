"""What is decided about the people of a course: its team, the families' places, and who keeps from whose notes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.course import (
    AcquaintanceStated,
    ConfidentialityAccepted,
    Course,
    CourseFact,
    FamilyLeft,
    FamilyTakenIn,
    KeptFromNotes,
    LateEntryDecided,
    NoSuchSeat,
    PlaceConfirmed,
    TeamMemberJoined,
    TeamMemberLeft,
    must_be_open,
    seat_of,
)
from domain.errors import NotFound, RuleBroken
from domain.people import ActorId, FamilyId, Role


class LateEntryNotAgreed(RuleBroken):
    """The course has started; an entry needs the recorded agreement of leader and coordinator (REF-17)."""

    code = "course_has_started"


class NotOnTheTeam(NotFound):
    """The person is not attached to this course in this role."""

    code = "not_on_the_team"


def join_team(course: Course, actor: ActorId, role: Role, *, since: date) -> list[CourseFact]:
    """Attach a leader or a volunteer from a day on (COU-10, VOL-01). Silent when attached and not leaving."""
    must_be_open(course)
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
    must_be_open(course)
    if by_role not in (Role.LEADER, Role.COORDINATOR):
        raise NotOnTheTeam("by_role")
    if course.late_entry.get(by_role) is agreed:
        return []
    return [LateEntryDecided(by_role=by_role, agreed=agreed, on=today)]


def confirm_place(course: Course, family_id: FamilyId, *, today: date) -> list[CourseFact]:
    """The leader confirms the place. Raises NoSuchSeat, CourseIsOver, LateEntryNotAgreed."""
    must_be_open(course)
    seat = seat_of(course, family_id)
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
    seat_of(course, family_id)
    if not any(member == actor for member, _ in course.team):
        raise NotOnTheTeam("actor")
    if (actor, family_id) in course.acquainted:
        return []
    return [AcquaintanceStated(actor=actor, family_id=family_id)]


def keep_from_notes(course: Course, actor: ActorId, family_id: FamilyId, *, kept: bool) -> list[CourseFact]:
    """The leader keeps a volunteer from a family's shared notes, or lifts it (VOL-08)."""
    seat_of(course, family_id)
    if (actor, Role.VOLUNTEER) not in course.team:
        raise NotOnTheTeam("actor")
    if ((actor, family_id) in course.kept_from) is kept:
        return []
    return [KeptFromNotes(actor=actor, family_id=family_id, kept=kept)]
