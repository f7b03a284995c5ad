"""Who is expected and who came to the evenings of a course: per family sealed, as totals clear, never a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated, assert_never

from domain.compartments import ATTENDANCE
from domain.errors import Invalid, RuleBroken
from domain.facts import CLEAR, Fact, Personal, Sealed, Text, fact
from domain.lists import Attendance, Way
from domain.people import CourseId, FamilyId

FEW_FAMILIES = 2
"""At this number of expected families, or below, the leader is warned (ATT-06)."""


@fact("attendance.line_recorded")
class LineRecorded(Fact):
    """What one family did on one evening; a later line corrects an earlier one (ATT-01, ATT-10)."""

    course_id: Annotated[CourseId, CLEAR]
    evening: Annotated[int, CLEAR]
    family_id: Annotated[FamilyId, CLEAR]
    status: Annotated[Text, Personal(about="family_id", kept_in=ATTENDANCE, under="course_id")]
    adults: Annotated[int | Sealed, Personal(about="family_id", kept_in=ATTENDANCE, under="course_id")]
    children: Annotated[int | Sealed, Personal(about="family_id", kept_in=ATTENDANCE, under="course_id")]
    siblings: Annotated[int | Sealed, Personal(about="family_id", kept_in=ATTENDANCE, under="course_id")]
    way: Annotated[str | Sealed | None, Personal(about="family_id", kept_in=ATTENDANCE, under="course_id")]


@fact("attendance.cancellations_counted")
class CancellationsCounted(Fact):
    """How many families have cancelled an evening beforehand."""

    course_id: Annotated[CourseId, CLEAR]
    evening: Annotated[int, CLEAR]
    families: Annotated[int, CLEAR]


@fact("attendance.headcount_recorded")
class HeadcountRecorded(Fact):
    """The totals of an evening: all that anybody but the leader sees, and all that stays after erasure (ATT-07, RIG-07)."""

    course_id: Annotated[CourseId, CLEAR]
    evening: Annotated[int, CLEAR]
    families: Annotated[int, CLEAR]
    adults: Annotated[int, CLEAR]
    children: Annotated[int, CLEAR]
    siblings: Annotated[int, CLEAR]
    cancelled: Annotated[int, CLEAR]
    not_come: Annotated[int, CLEAR]


AttendanceFact = LineRecorded | CancellationsCounted | HeadcountRecorded


@dataclass(frozen=True, slots=True)
class Book:
    """The attendance book of a course: for whom a line exists, and the totals. What a line says is not known here."""

    lines: frozenset[tuple[int, FamilyId]] = frozenset()
    cancellations: dict[int, int] = field(default_factory=dict)
    counted: frozenset[int] = frozenset()


def evolve(book: Book | None, happened: AttendanceFact) -> Book:
    book = book or Book()
    match happened:
        case LineRecorded():
            return replace(book, lines=book.lines | {(happened.evening, happened.family_id)})
        case CancellationsCounted():
            return replace(book, cancellations=book.cancellations | {happened.evening: happened.families})
        case HeadcountRecorded():
            return replace(book, counted=book.counted | {happened.evening})
        case _:
            assert_never(happened)


class EveningIsCounted(RuleBroken):
    """The evening has been counted; a correction is made by recording its attendance again (ATT-10)."""

    code = "evening_is_counted"


class LinesDoNotFit(Invalid):
    """Each family with a place has one line, and a line says who came only for a family that was present."""

    code = "attendance_lines_do_not_fit"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Line:
    """One family on one evening, with the numbers of those who came; siblings are counted apart (FAM-04)."""

    family_id: FamilyId
    status: Attendance
    adults: int = 0
    children: int = 0
    siblings: int = 0
    way: Way | None = None


def receive_cancellation(
    book: Book | None, *, course_id: CourseId, evening: int, family_id: FamilyId, way: Way
) -> list[AttendanceFact]:
    """A family cannot come (ATT-02). Silent when it has told so before. Raises EveningIsCounted."""
    book = book or Book()
    if evening in book.counted:
        raise EveningIsCounted("evening")
    if (evening, family_id) in book.lines:
        return []
    return [
        LineRecorded(
            course_id=course_id, evening=evening, family_id=family_id, status=Attendance.CANCELLED.value, adults=0,
            children=0, siblings=0, way=way.value,
        ),
        CancellationsCounted(course_id=course_id, evening=evening, families=book.cancellations.get(evening, 0) + 1),
    ]  # fmt: skip


def record_evening(
    *, course_id: CourseId, evening: int, lines: Sequence[Line], expected: frozenset[FamilyId]
) -> list[AttendanceFact]:
    """The attendance of a whole evening; recording it again corrects it (ATT-01, ATT-10). Raises LinesDoNotFit."""
    families = [line.family_id for line in lines]
    if set(families) != expected or len(families) != len(set(families)):
        raise LinesDoNotFit("lines")
    for i, line in enumerate(lines):
        came = line.adults + line.children + line.siblings
        if (
            min(line.adults, line.children, line.siblings) < 0
            or (line.status is Attendance.PRESENT) != (came > 0)
            or came > 30
        ):
            raise LinesDoNotFit(f"lines/{i}")
    present = [line for line in lines if line.status is Attendance.PRESENT]
    return [
        *(
            LineRecorded(
                course_id=course_id, evening=evening, family_id=line.family_id, status=line.status.value,
                adults=line.adults, children=line.children, siblings=line.siblings, way=line.way.value if line.way else None,
            )
            for line in lines
        ),
        HeadcountRecorded(
            course_id=course_id, evening=evening, families=len(present), adults=sum(line.adults for line in present),
            children=sum(line.children for line in present), siblings=sum(line.siblings for line in present),
            cancelled=sum(line.status is Attendance.CANCELLED for line in lines),
            not_come=sum(line.status is Attendance.NOT_COME for line in lines),
        ),
    ]  # fmt: skip
