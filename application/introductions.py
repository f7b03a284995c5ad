"""The leader rings the family, gives notice, writes down what it wishes to tell, and reads it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import UUID, uuid4

from application.courses import own_course
from application.perform import Work, serves
from application.streams import INTRODUCTION, PARTICIPANTS, introduction_id
from domain import introduction as rules
from domain.course import OPEN, Course, CourseIsOver, NoSuchSeat
from domain.introduction import Introduction, NoSuchPart, Statement
from domain.lists import PartKind, Theme, Way
from domain.participants import Participants, change_telephone
from domain.people import ActorId, CourseId, FamilyId, NotePartId, PersonId, Role, SubjectId

_LEADER = frozenset({Role.LEADER})


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldConversation:
    """The introductory conversation was held (INT-01), and notice was given (GDPR Art. 14)."""

    GIVEN_BY: ClassVar = _LEADER

    course_id: UUID
    family_id: UUID
    held_on: date
    way: Way
    notice_given: bool = True


@serves(HoldConversation)
def hold_conversation(command: HoldConversation, work: Work) -> Mapping[str, Any]:
    _seated(work, command.course_id, command.family_id)
    stream = introduction_id(command.family_id, command.course_id)
    facts = rules.hold_conversation(
        work.find(INTRODUCTION, stream),
        family_id=FamilyId(command.family_id),
        course_id=CourseId(command.course_id),
        held_on=command.held_on,
        way=command.way,
        leader=ActorId(work.asker.actor),
        notice_given=command.notice_given,
        today=work.desk.clock.today(),
    )
    work.record(stream, facts)
    return {"family_id": str(command.family_id), "version": work.version(stream)}


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementTyped:
    """One thing told: about whom (a member, or the family when None), by which adult, in which words."""

    told_by: UUID
    words: str
    about: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WritePart:
    """Write a part of the note, or correct one by a new edition when `part_id` is given (INT-02, INT-24)."""

    GIVEN_BY: ClassVar = _LEADER

    course_id: UUID
    family_id: UUID
    kind: PartKind
    statements: tuple[StatementTyped, ...]
    themes: tuple[Theme, ...] = ()
    part_id: UUID | None = None
    version: int | None = None


@serves(WritePart)
def write_part(command: WritePart, work: Work) -> Mapping[str, Any]:
    _, family = _seated(work, command.course_id, command.family_id)
    stream = introduction_id(command.family_id, command.course_id)
    introduction = work.find(INTRODUCTION, stream)
    if command.version is not None and introduction is not None:
        work.load(INTRODUCTION, stream, version=command.version)
    part_id = NotePartId(command.part_id or uuid4())
    if command.part_id is not None and (introduction is None or part_id not in introduction.parts):
        raise NoSuchPart("part_id")
    facts = rules.write_part(
        introduction,
        family_id=FamilyId(command.family_id),
        course_id=CourseId(command.course_id),
        part_id=part_id,
        kind=command.kind,
        author=ActorId(work.asker.actor),
        statements=[
            Statement(
                statement_id=uuid4(), about=SubjectId(typed.about or command.family_id), told_by=PersonId(typed.told_by),
                words=typed.words,
            )
            for typed in command.statements
        ],
        themes=command.themes,
        adults=frozenset(family.adults) - family.erased,
        members=family.members - family.erased,
    )  # fmt: skip
    work.record(stream, facts)
    edition = next(fact.edition for fact in facts if isinstance(fact, rules.PartWritten))
    return {
        "part_id": str(part_id),
        "edition": edition,
        "third_parties": int(_names_third_parties(command.statements, family)),
        "version": work.version(stream),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBackPart:
    """The family heard the part and agreed with its wording (INT-18)."""

    GIVEN_BY: ClassVar = _LEADER

    course_id: UUID
    family_id: UUID
    part_id: UUID


@serves(ReadBackPart)
def read_back_part(command: ReadBackPart, work: Work) -> Mapping[str, Any]:
    own_course(work, command.course_id)
    stream = introduction_id(command.family_id, command.course_id)
    introduction: Introduction = work.load(INTRODUCTION, stream, NoSuchPart, "part_id")
    facts = rules.read_back(
        introduction, NotePartId(command.part_id), author=ActorId(work.asker.actor), today=work.desk.clock.today()
    )
    work.record(stream, facts)
    return {"part_id": str(command.part_id), "version": work.version(stream)}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeTelephone:
    """The family tells the leader of a new number."""

    GIVEN_BY: ClassVar = _LEADER

    course_id: UUID
    family_id: UUID
    person_id: UUID
    telephone: str | None


@serves(ChangeTelephone)
def change_club_telephone(command: ChangeTelephone, work: Work) -> Mapping[str, Any]:
    _, family = _seated(work, command.course_id, command.family_id)
    work.record(command.family_id, change_telephone(family, PersonId(command.person_id), number=command.telephone))
    return {"family_id": str(command.family_id), "version": work.version(command.family_id)}


def _seated(work: Work, course_id: UUID, family_id: UUID) -> tuple[Course, Participants]:
    course = own_course(work, course_id)
    seat = course.seats.get(FamilyId(family_id))
    if seat is None or seat.left:
        raise NoSuchSeat("family_id")
    if course.state not in OPEN:
        raise CourseIsOver("course_id", state=course.state.value)
    return course, work.load(PARTICIPANTS, family_id, NoSuchSeat, "family_id")


def _names_third_parties(statements: tuple[StatementTyped, ...], family: Participants) -> bool:
    """A sentence about another adult than the one who told it (INT-23)."""
    return any(typed.about in family.adults and typed.about != typed.told_by for typed in statements)
