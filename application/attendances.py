"""Who is expected, who cancels and who came: written by the leader and, on the evening itself, by the volunteers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from application.courses import must_be_own_family, own_course
from application.perform import RoleNotHeld, Work, serves
from application.streams import ATTENDANCE, attendance_id
from application.views.course import EveningRow, SeatRow
from domain import attendance as rules
from domain.attendance import Line
from domain.course import Course, NoSuchEvening, NoSuchSeat
from domain.lists import Way
from domain.people import CourseId, FamilyId, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveCancellation:
    """A family cannot come; the reason is not asked (ATT-02, ATT-03)."""

    GIVEN_BY: ClassVar = frozenset({Role.LEADER, Role.VOLUNTEER, Role.FAMILY})

    course_id: UUID
    evening: int
    family_id: UUID
    way: Way


@serves(ReceiveCancellation)
def receive_cancellation(command: ReceiveCancellation, work: Work) -> Mapping[str, Any]:
    course = own_course(work, command.course_id)
    must_be_own_family(work, command.family_id)
    _must_be_planned(course, command.evening)
    seated = _seated(work, command.course_id)
    if FamilyId(command.family_id) not in seated:
        raise NoSuchSeat("family_id")
    stream = attendance_id(command.course_id)
    book = work.find(ATTENDANCE, stream)
    facts = rules.receive_cancellation(
        book, course_id=CourseId(command.course_id), evening=command.evening, family_id=FamilyId(command.family_id),
        way=command.way,
    )  # fmt: skip
    work.record(stream, facts)
    counted = [fact.families for fact in facts if isinstance(fact, rules.CancellationsCounted)]
    cancelled = counted[0] if counted else (book.cancellations.get(command.evening, 0) if book is not None else 0)
    expected = len(seated) - cancelled
    return {"expected_families": expected, "few_families_warning": int(expected <= work.desk.limits.few_families)}


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordEvening:
    """The attendance of a whole evening; recording it again corrects it (ATT-01, ATT-10)."""

    GIVEN_BY: ClassVar = frozenset({Role.LEADER, Role.VOLUNTEER})

    course_id: UUID
    evening: int
    lines: tuple[Line, ...]


@serves(RecordEvening)
def record_evening(command: RecordEvening, work: Work) -> Mapping[str, Any]:
    course = own_course(work, command.course_id)
    _must_be_planned(course, command.evening)
    today = work.desk.clock.today()
    evening = work.desk.register.rows().get(EveningRow, course_id=command.course_id, number=command.evening)
    if evening is None or evening.on > today:
        raise NoSuchEvening("evening")
    if work.asker.role is Role.VOLUNTEER and evening.on != today:
        raise RoleNotHeld("evening")
    stream = attendance_id(command.course_id)
    work.find(ATTENDANCE, stream)
    facts = rules.record_evening(
        course_id=CourseId(command.course_id), evening=command.evening, lines=command.lines,
        expected=_seated(work, command.course_id),
    )  # fmt: skip
    work.record(stream, facts)
    return {"course_id": str(command.course_id), "evening": command.evening, "version": work.version(stream)}


def _seated(work: Work, course_id: UUID) -> frozenset[FamilyId]:
    seats = work.desk.register.rows().where(SeatRow, course_id=course_id)
    return frozenset(
        FamilyId(seat.family_id) for seat in seats if seat.confirmed_on is not None and seat.left_on is None
    )


def _must_be_planned(course: Course, evening: int) -> None:
    if evening not in course.planned:
        raise NoSuchEvening("evening")
