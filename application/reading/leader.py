"""What a leader reads of the own course: the roster, who has not been rung, the notes and the answers to each question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from application.desk import Asker, Desk
from application.permitted import Permitted
from application.ports import Rows
from application.reading import club
from application.reading.consents import consent_line
from application.reading.families import ask_family, family_line
from application.reading.opening import Answers, Opening, must_stand
from application.streams import COURSE, INTRODUCTION, introduction_id
from application.views.club import (
    AttendanceLine,
    ClubMember,
    NotePart,
    StatementRow,
    WishedTheme,
)
from application.views.consents import ConsentRow
from application.views.course import CourseRow, EveningRow, KeptApart, SeatRow, TeamMember
from application.views.evening import SharedStatement
from application.views.people import StaffMember
from domain.compartments import ATTENDANCE, NOTE, ROSTER
from domain.lists import GUIDING_QUESTIONS, Purpose
from domain.people import Role
from domain.permission import use_of
from gdpr.policy import Standing
from gdpr.ports import WITHHELD


def own_courses(asker: Asker, desk: Desk) -> list[Mapping[str, Any]]:
    """The courses whose team the asker is on today, in the role in use."""
    rows = desk.register.rows()
    today = desk.clock.today()
    attached = [m for m in rows.where(TeamMember, actor=asker.actor) if m.role is asker.role and m.covers(today)]
    found = ((member, rows.get(CourseRow, course_id=member.course_id)) for member in attached)
    return [
        {**club.course(row, rows), "confidential_since": member.confidential_since}
        for member, row in found
        if row is not None
    ]


def course(asker: Asker, course_id: UUID, desk: Desk) -> Mapping[str, Any]:
    """The leader's course on one page (REP-02). Raises NotForThisReader."""
    rows = desk.register.rows()
    request = asker.asks(desk, "run_the_course", course=course_id)
    standing = club.standing_to_course(asker, desk, course_id)
    must_stand(desk, request, ROSTER, standing)
    row = rows.get(CourseRow, course_id=course_id)
    assert row is not None
    held = club.seats(rows, course_id)
    opening = Opening(desk, request)
    for seat in held:
        ask_family(opening, rows, seat.family_id, standing)
    team = rows.where(TeamMember, course_id=course_id)
    for member in team:
        staff = rows.get(StaffMember, actor=member.actor)
        opening.ask((member.actor, "name"), staff.volunteer_given_name if staff is not None else None, standing)
    answers = opening.open()
    return {
        "version": course_version(desk, course_id),
        "course": club.course(row, rows),
        "families": [family_line(seat, rows, answers, desk) for seat in held],
        "conversations_missing": sum(seat.conversation_on is None for seat in held),
        "conversations_held": sum(seat.conversation_on is not None for seat in held),
        "size": club.size(row, held, team, desk),
        "programme": club.programme(rows, course_id),
        "turnout": club.turnout(rows, course_id, desk),
        "team": [
            {
                "actor": member.actor,
                "given_name": answers[member.actor, "name"],
                "role": member.role,
                "since": member.since,
                "until": member.until,
                "confidential_since": member.confidential_since,
            }
            for member in team
        ],
        "kept_apart": [
            {"actor": k.actor, "family_id": k.family_id, "acquainted": k.acquainted, "kept": k.kept}
            for k in rows.where(KeptApart, course_id=course_id)
        ],
    }


def note(asker: Asker, course_id: UUID, family_id: UUID, desk: Desk) -> Mapping[str, Any]:
    """A family's note as written, with what is shared of it and every answer given (INT-02 to INT-07)."""
    rows = desk.register.rows()
    request = asker.asks(desk, "prepare_the_course", course=course_id)
    standing = club.standing_to_course(asker, desk, course_id)
    seat = rows.get(SeatRow, course_id=course_id, family_id=family_id)
    parts = sorted(rows.where(NotePart, family_id=family_id, course_id=course_id), key=lambda part: part.number)
    consents = rows.where(ConsentRow, family_id=family_id, course_id=course_id)
    permitted = Permitted(rows, course_id, [family_id], desk.clock.today())
    if asker.role is not Role.LEADER or not standing.leads_the_course or seat is None or seat.left_on is not None:
        members = [m.person_id for m in rows.where(ClubMember, family_id=family_id)]
        must_stand(desk, request, NOTE, replace(standing, leads_the_course=False), subjects=members or (family_id,))
    opening = Opening(desk, request)
    statements = {part.part_id: _newest(rows, part) for part in parts}
    visible = [
        part for part in parts if _ask_part(opening, rows, asker, standing, part, statements[part.part_id], permitted)
    ]
    answers = opening.open()
    return {
        "version": _note_version(desk, family_id, course_id),
        "family_id": family_id,
        "course_id": course_id,
        "conversation_on": seat.conversation_on if seat is not None else None,
        "guiding_questions": {kind.value: question for kind, question in GUIDING_QUESTIONS.items()},
        "parts": [_part(part, statements[part.part_id], rows, answers, consents, desk) for part in visible],
        "consents": [consent_line(row, desk) for row in consents],
    }


def part(asker: Asker, part_id: UUID, desk: Desk) -> Mapping[str, Any]:
    """One part of a note, asked for by itself; an attempt in vain is in the log under this part (INT-19)."""
    rows = desk.register.rows()
    row = rows.get(NotePart, part_id=part_id)
    request = asker.asks(desk, "prepare_the_course", course=row.course_id if row is not None else None)
    if row is None:
        must_stand(desk, request, NOTE, Standing(), record=part_id)
        raise AssertionError("unreachable")
    standing = club.standing_to_course(asker, desk, row.course_id)
    consents = rows.where(ConsentRow, family_id=row.family_id, course_id=row.course_id)
    permitted = Permitted(rows, row.course_id, [row.family_id], desk.clock.today())
    statements = _newest(rows, row)
    opening = Opening(desk, request)
    stands = replace(
        standing,
        wrote_it=row.author == asker.actor,
        consent_in_force=_ask_part(opening, rows, asker, standing, row, statements, permitted),
    )
    subjects = tuple(dict.fromkeys(statement.about for statement in statements))
    must_stand(desk, request, NOTE, stands, subjects=subjects, record=part_id)
    return _part(row, statements, rows, opening.open(), consents, desk)


def course_version(desk: Desk, course_id: UUID) -> int:
    """The version a command on the course may name, to be refused when somebody else was faster (SYS-04)."""
    loaded = desk.register.load(COURSE, course_id)
    return loaded.version if loaded is not None else 0


def _note_version(desk: Desk, family_id: UUID, course_id: UUID) -> int:
    loaded = desk.register.load(INTRODUCTION, introduction_id(family_id, course_id))
    return loaded.version if loaded is not None else 0


def attendance(asker: Asker, course_id: UUID, evening: int, desk: Desk) -> Mapping[str, Any]:
    """The attendance book of one evening, per family: for the leader, and for the team on the same evening (ATT-01)."""
    rows = desk.register.rows()
    request = asker.asks(desk, "run_the_course", course=course_id)
    planned = rows.get(EveningRow, course_id=course_id, number=evening)
    tonight = planned is not None and planned.on == desk.clock.today()
    standing = replace(club.standing_to_course(asker, desk, course_id), place_is_confirmed=True, same_evening=tonight)
    must_stand(desk, request, ATTENDANCE, standing)
    lines = rows.where(AttendanceLine, course_id=course_id, evening=evening)
    opening = Opening(desk, request)
    fields = ("status", "adults", "children", "siblings", "way")
    for line in lines:
        for name in fields:
            opening.ask((line.family_id, name), getattr(line, name), standing)
    answers = opening.open()
    return {
        "course_id": course_id,
        "evening": evening,
        "lines": [
            {"family_id": line.family_id, **{name: answers[line.family_id, name] for name in fields}} for line in lines
        ],
    }


def _ask_part(
    opening: Opening, rows: Rows, asker: Asker, standing: Standing, part: NotePart, statements: list[StatementRow],
    permitted: Permitted,
) -> bool:  # fmt: skip
    """Ask for what this leader may read of a part: all as its author, else what consents to a co-leader carry (INT-05, INT-12).

    Whether anything of it may be read.
    """
    wrote_it = part.author == asker.actor
    themes = rows.where(WishedTheme, part_id=part.part_id, edition=part.edition)
    values = [(row.statement_id, row.words, row.about) for row in statements]
    anything = wrote_it
    for name, value, about in (*values, *(((part.part_id, t.number), t.theme, part.family_id) for t in themes)):
        use = use_of(
            Purpose.SHARE_WITH_CO_LEADER, family_id=part.family_id, course_id=part.course_id, about=about,
            part_id=part.part_id, edition=part.edition,
        )  # fmt: skip
        basis = () if wrote_it else tuple(sorted(permitted.consents(use, asker.actor)))
        if wrote_it or basis:
            stands = replace(standing, wrote_it=wrote_it, consent_in_force=bool(basis))
            opening.ask(name, value, stands, record=part.part_id, consents=basis)
            anything = True
    return anything


def _newest(rows: Rows, part: NotePart) -> list[StatementRow]:
    found = [row for row in rows.where(StatementRow, part_id=part.part_id) if row.edition == part.edition]
    return sorted(found, key=lambda row: row.number)


def _part(
    part: NotePart,
    statements: list[StatementRow],
    rows: Rows,
    answers: Answers,
    consents: list[ConsentRow],
    desk: Desk,
) -> Mapping[str, Any]:
    shared = rows.where(SharedStatement, part_id=part.part_id)
    today = desk.clock.today()
    return {
        "part_id": part.part_id,
        "kind": part.kind,
        "edition": part.edition,
        "author": part.author,
        "written_on": part.written_on,
        "read_back_on": part.read_back_on,
        "statements": [
            {
                "statement_id": row.statement_id,
                "about": row.about,
                "told_by": row.told_by,
                "words": answers[row.statement_id],
                "shared": any(s.statement_id == row.statement_id for s in shared),
            }
            for row in statements
            if row.statement_id in answers
        ],
        "themes": [
            answers[part.part_id, theme.number]
            for theme in rows.where(WishedTheme, part_id=part.part_id, edition=part.edition)
            if answers[part.part_id, theme.number] not in (None, WITHHELD)
        ],
        "shared_edition": max((s.edition for s in shared), default=None),
        "consents_in_force": [
            row.consent_id for row in consents if row.part_id == part.part_id and row.in_force(today)
        ],
    }
