"""What a family told is kept for its next course if it says so, and taken over there by the leader; never by itself (INT-09)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, ClassVar
from uuid import UUID, uuid4, uuid5

from application.courses import own_course
from application.disclosing import answers_now, key_for
from application.perform import Work, serves
from application.permitted import Permitted
from application.streams import INTRODUCTION, PARTICIPANTS, introduction_id
from application.views.club import KeptStatement, NotePart, StatementRow
from domain import introduction as notes
from domain import sharing
from domain.course import OPEN, CourseIsOver, NoSuchSeat
from domain.introduction import Statement
from domain.lists import Purpose
from domain.people import ActorId, CourseId, FamilyId, NotePartId, PersonId, Role, SubjectId
from gdpr.gate import Asked
from gdpr.policy import Standing
from gdpr.ports import Absent


def keep_for_the_next_course(work: Work, family_id: UUID, course_id: UUID) -> None:
    """Copy what those who said yes have told, as it was read back, under keys that go with their consents.

    Only what the leader who asks has written; what is told later is asked for again.
    """
    stream = introduction_id(family_id, course_id)
    introduction = work.now(INTRODUCTION, stream)
    if introduction is None:
        return
    answers = answers_now(work, family_id, course_id)
    under = {about: key_for(about, found, answers) for about, found in sharing.may_keep(introduction, answers).items()}
    tellers = {PersonId(one.person_id) for one in answers.answered
               if one.purpose is Purpose.CARRY_OVER and one.in_force(answers.on)}  # fmt: skip
    words = _words(work, family_id, course_id, dict.fromkeys(under, tellers))
    work.record(stream, sharing.keep(introduction, told_by=tellers, under=under, words=words))


def _words(work: Work, family_id: UUID, course_id: UUID, wanted: Mapping[SubjectId, set[PersonId]]) -> dict[UUID, str]:
    """The leader's own words of the newest editions that are wanted and not kept yet."""
    rows = work.desk.register.rows()
    kept = {row.statement_id for row in rows.where(KeptStatement, family_id=family_id)}
    parts = {
        part.part_id: part.edition
        for part in rows.where(NotePart, family_id=family_id, course_id=course_id)
        if part.author == work.asker.actor and part.read_back_on is not None
    }
    found = [
        row
        for row in rows.where(StatementRow, part_id=tuple(parts))
        if parts and row.edition == parts[row.part_id] and row.told_by in wanted.get(SubjectId(row.about), set())
        and row.statement_id not in kept and row.words is not None
    ]  # fmt: skip
    standing = Standing(leads_the_course=True, course_is_open=True, wrote_it=True)
    request = work.asker.asks(work.desk, Purpose.CARRY_OVER.value, course=course_id)
    asked = [Asked(row.words, standing, row.part_id) for row in found if row.words is not None]
    opened = work.desk.gate.open(request, asked, action="disclose")
    return {row.statement_id: said for row, said in zip(found, opened, strict=True) if not isinstance(said, Absent)}


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryOver:
    """The leader takes over what a family that came back lets it read: as parts of its own, shared with nobody (INT-09)."""

    GIVEN_BY: ClassVar = frozenset({Role.LEADER})

    course_id: UUID
    family_id: UUID


@serves(CarryOver)
def carry_over(command: CarryOver, work: Work) -> Mapping[str, Any]:
    course = own_course(work, command.course_id)
    seat = course.seats.get(FamilyId(command.family_id))
    if seat is None or seat.left:
        raise NoSuchSeat("family_id")
    if course.state not in OPEN:
        raise CourseIsOver("course_id", state=course.state.value)
    family = work.load(PARTICIPANTS, command.family_id, NoSuchSeat, "family_id")
    stream = introduction_id(command.family_id, command.course_id)
    work.find(INTRODUCTION, stream)
    carried = 0
    for part_id, statements in _to_take_over(work, command):
        introduction = work.now(INTRODUCTION, stream)
        new_part = NotePartId(uuid5(command.course_id, f"carried/{part_id}"))
        told = [one for one in statements if PersonId(one[0].told_by) in family.adults]
        if not told or (introduction is not None and new_part in introduction.parts):
            continue
        facts = notes.write_part(
            introduction,
            family_id=FamilyId(command.family_id),
            course_id=CourseId(command.course_id),
            part_id=new_part,
            kind=told[0][0].kind,
            author=ActorId(work.asker.actor),
            statements=[
                Statement(statement_id=uuid4(), about=SubjectId(row.about), told_by=PersonId(row.told_by), words=words)
                for row, words in told
            ],
            themes=(),
            adults=frozenset(family.adults) - family.erased,
            members=family.members - family.erased,
        )
        work.record(stream, facts)
        carried += 1
    return {"family_id": str(command.family_id), "parts": carried, "version": work.version(stream)}


def _to_take_over(work: Work, command: CarryOver) -> list[tuple[UUID, list[tuple[KeptStatement, str]]]]:
    """By part, what consents of earlier courses still carry today, opened for this leader."""
    rows = work.desk.register.rows()
    today = work.desk.clock.today()
    found = [
        row
        for row in rows.where(KeptStatement, family_id=command.family_id)
        if row.course_id != command.course_id
        and row.words is not None
        and Permitted(rows, row.course_id, [row.family_id], today).carries(row, work.asker.actor)
    ]
    standing = Standing(leads_the_course=True, course_is_open=True, consent_in_force=True)
    request = work.asker.asks(work.desk, Purpose.CARRY_OVER.value, course=command.course_id)
    asked = [Asked(row.words, standing, row.part_id, row.rests_on) for row in found if row.words is not None]
    opened = work.desk.gate.open(request, asked)
    told = [(row, said) for row, said in zip(found, opened, strict=True) if not isinstance(said, Absent)]
    told.sort(key=lambda one: (str(one[0].course_id), str(one[0].part_id), one[0].number))
    return [(part_id, list(some)) for part_id, some in groupby(told, key=lambda one: one[0].part_id)]
