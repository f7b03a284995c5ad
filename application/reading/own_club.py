"""What Red Barnet holds about a member of a family and its children, and nothing the other adult said (RIG-16, RIG-17)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from application.desk import Asker, Desk
from application.ports import Rows
from application.reading.opening import Answers, Opening
from application.reading.own_members import CHILD, EVERYTHING, STANDS, Scope, ask_members, family_of, lines, mine
from application.views.club import (
    AttendanceLine,
    ChildsCustody,
    ClubFamily,
    FollowUp,
    KeptStatement,
    NotePart,
    StatementRow,
    WishedTheme,
)
from application.views.course import SeatRow, TeamMember
from application.views.evening import SharedStatement
from domain.people import PersonId, Role
from gdpr.policy import Standing


def own_club(asker: Asker, person: UUID, desk: Desk, scope: Scope = EVERYTHING) -> Mapping[str, Any]:
    """Members, places, note, attendance and what is kept for afterwards, as far as they are the asker's own."""
    rows = desk.register.rows()
    family_id, members = family_of(rows, person, desk)
    if family_id is None:
        return {"realm": desk.realm, "members": [], "note_parts": [], "attendance": []}
    own = scope.of(mine(members, person))
    opening = scope.opening(asker, desk)
    ask_members(opening, own, person)
    family = rows.get(ClubFamily, family_id=family_id)
    opening.ask("language", family.language if family is not None else None, CHILD)
    own_ids = {family_id, *(m.person_id for m in own)}
    parts = sorted(rows.where(NotePart, family_id=family_id), key=lambda part: part.number)
    said = {part.part_id: _own_statements(rows, part, own_ids, person) for part in parts}
    themes = {part.part_id: _own_themes(rows, part, said[part.part_id], person) for part in parts}
    for part in parts:
        _ask_part(opening, part, said[part.part_id], themes[part.part_id], person)
    seats = rows.where(SeatRow, family_id=family_id)
    attended = [
        line for seat in seats for line in rows.where(AttendanceLine, course_id=seat.course_id, family_id=family_id)
    ]
    for line in attended:
        opening.ask((line.course_id, line.evening), line.status, CHILD)
    carried = [
        row for row in rows.where(KeptStatement, family_id=family_id) if row.about in own_ids and row.told_by == person
    ]
    for told in carried:
        opening.ask((told.statement_id, told.key_id), told.words, _stands(told, person), record=told.part_id)
    custody = [row for row in rows.where(ChildsCustody, family_id=family_id) if row.child_id in own_ids]
    kept = rows.where(FollowUp, person_id=person) if scope.about in (None, person) else []
    for row in kept:
        opening.ask((row.consent_id, "given_name"), row.given_name, STANDS)
        opening.ask((row.consent_id, "telephone"), row.telephone, STANDS)
    answers = opening.open()
    return {
        "realm": desk.realm,
        "language": answers["language"],
        "members": lines(own, answers),
        "team": _team(rows, seats),
        "places": [_place(seat) for seat in seats],
        "note_parts": [
            _part(part, said[part.part_id], themes[part.part_id], rows, answers) for part in parts if said[part.part_id]
        ],
        "kept_for_the_next_course": [_kept(row, answers) for row in carried],
        "may_consent_for": [_may_consent(row, person) for row in custody],
        "attendance": [
            {"course_id": line.course_id, "evening": line.evening, "status": answers[line.course_id, line.evening]}
            for line in attended
        ],
        "follow_up": [
            {"consent_id": row.consent_id, **{n: answers[row.consent_id, n] for n in ("given_name", "telephone")}}
            for row in kept
        ],
    }


def _kept(row: KeptStatement, answers: Answers) -> Mapping[str, Any]:
    words = answers[row.statement_id, row.key_id]
    return {"part_id": row.part_id, "kind": row.kind, "about": row.about, "words": words}


def _may_consent(row: ChildsCustody, person: UUID) -> Mapping[str, Any]:
    said = row.told.may_consent(PersonId(person))
    return {"child_id": row.child_id, "may_consent_for": said, "told_on": row.told_on}


def _own_statements(rows: Rows, part: NotePart, own_ids: set[UUID], person: UUID) -> list[StatementRow]:
    """What the asker itself told about its own; what the other adult told, also about the asker, is an officer's decision."""
    return [
        row
        for row in rows.where(StatementRow, part_id=part.part_id)
        if row.edition == part.edition and row.about in own_ids and row.told_by == person
    ]


def _own_themes(rows: Rows, part: NotePart, said: list[StatementRow], person: UUID) -> list[WishedTheme]:
    """The themes of a part to which the asker itself told something."""
    if not any(statement.told_by == person for statement in said):
        return []
    return rows.where(WishedTheme, part_id=part.part_id, edition=part.edition)


def _ask_part(
    opening: Opening, part: NotePart, said: list[StatementRow], themes: list[WishedTheme], person: UUID
) -> None:
    for statement in said:
        opening.ask(statement.statement_id, statement.words, _stands(statement, person), record=part.part_id)
    told = Standing(is_a_parent_or_household=True, told_it=True)
    for theme in themes:
        opening.ask((part.part_id, theme.number), theme.theme, told, record=part.part_id)


def _stands(statement: StatementRow | KeptStatement, person: UUID) -> Standing:
    return Standing(
        is_the_subject=statement.about == person,
        is_a_parent_or_household=statement.about != person,
        told_it=statement.told_by == person,
    )


def _part(
    part: NotePart, said: list[StatementRow], themes: list[WishedTheme], rows: Rows, answers: Answers
) -> Mapping[str, Any]:
    return {
        "part_id": part.part_id,
        "kind": part.kind,
        "edition": part.edition,
        "statements": [
            {
                "about": statement.about,
                "words": answers[statement.statement_id],
                "shared_with_volunteers": bool(rows.where(SharedStatement, statement_id=statement.statement_id)),
            }
            for statement in said
        ],
        "themes": [answers[part.part_id, theme.number] for theme in themes],
    }


def _place(seat: SeatRow) -> Mapping[str, Any]:
    return {
        "course_id": seat.course_id,
        "handed_over_on": seat.handed_over_on,
        "conversation_on": seat.conversation_on,
        "conversation_way": seat.conversation_way,
        "confirmed_on": seat.confirmed_on,
        "left_on": seat.left_on,
        "returning": seat.returning,
    }


def _team(rows: Rows, seats: list[SeatRow]) -> list[Mapping[str, Any]]:
    """How many of each role; first names come with the screens, for they are the volunteers' own data."""
    team = {(m.actor, m.role) for seat in seats for m in rows.where(TeamMember, course_id=seat.course_id)}
    return [
        {"role": role, "people": sum(r is role for _, r in team)}
        for role in (Role.LEADER, Role.VOLUNTEER)
        if any(r is role for _, r in team)
    ]
