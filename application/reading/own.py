"""What a member of a family sees: what is held about it and its children, its consents, and who has read it (REP-01)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from application import holds
from application.desk import Asker, Desk
from application.ports import Rows
from application.reading import club
from application.reading.consents import consent_line
from application.reading.own_club import own_club
from application.reading.own_members import EVERYTHING, Scope, family_of, mine, person_of, spoken_for
from application.reading.own_town import own_town
from application.views.club import StatementRow
from application.views.consents import ConsentRow
from application.views.course import CourseRow, SeatRow
from application.views.organisation import WordingRow
from domain.compartments import RealmKind
from domain.wording import direction
from gdpr.ports import Entry


def own_data(asker: Asker, desk: Desk) -> Mapping[str, Any]:
    """Everything this realm holds about the asker and the asker's children, and not about the other adult (RIG-17)."""
    return held_about(person_of(asker), asker, desk, EVERYTHING)


def held_about(person: UUID, reader: Asker, desk: Desk, scope: Scope) -> Mapping[str, Any]:
    """What is held about a person, as far as the scope goes, opened for a reader that stands as the gate finds."""
    held = holds_of(person, desk, scope)
    if desk.kind is RealmKind.MUNICIPALITY:
        return {**own_town(reader, person, desk, scope), "holds": held}
    return {**own_club(reader, person, desk, scope), "consents": _consents(person, desk), "holds": held}


def holds_of(person: UUID, desk: Desk, scope: Scope) -> list[Mapping[str, Any]]:
    """What is kept of the person's although it may be due to go, on which ground, and when that is reviewed."""
    rows = desk.register.rows()
    family_id, members = family_of(rows, person, desk)
    own = {person, family_id, *(member.person_id for member in scope.of(mine(members, person)))} - {None}
    return [
        {
            "subject": hold.subject,
            "compartments": list(hold.compartments),
            "ground": hold.ground,
            "placed_on": hold.placed_on,
            "review_on": hold.review_on,
        }
        for hold in holds.active(rows, own)
    ]


def own_consents(asker: Asker, desk: Desk) -> list[Mapping[str, Any]]:
    """The asker's own answers, each with the words it was asked in."""
    person = person_of(asker)
    if desk.kind is RealmKind.MUNICIPALITY:
        return []  # given at the club alone (ORG-09)
    rows = desk.register.rows()
    return [{**line, "also_in": _also_in(rows, line)} for line in _consents(person, desk)]


def consents_for_own_children(asker: Asker, desk: Desk) -> list[Mapping[str, Any]]:
    """What another adult says yes to today for a child for whom the asker may answer itself: for what and to whom.

    Nothing of how it was asked or what was told, for those are the other adult's words; and no answer but a yes.
    """
    person = person_of(asker)
    if desk.kind is RealmKind.MUNICIPALITY:
        return []
    rows, today = desk.register.rows(), desk.clock.today()
    family_id, members = family_of(rows, person, desk)
    children = spoken_for(rows, family_id, person) & {member.person_id for member in mine(members, person)}
    given = [
        row for row in rows.where(ConsentRow, family_id=family_id) if row.person_id != person and row.in_force(today)
    ]
    return [
        {
            "children": sorted(about, key=str),
            "course_id": row.course_id,
            "purpose": row.purpose,
            "recipient": row.recipient,
            "answered_on": row.answered_on,
            "until": row.until,
        }
        for row in given
        if (about := children & set(row.on_behalf_of) & _about(rows, row, children))
    ]


def _about(rows: Rows, row: ConsentRow, children: set[UUID]) -> set[UUID]:
    """Of these children the ones a consent is about: those its part tells of, or all when it is about no part."""
    if row.part_id is None:
        return children
    return {statement.about for statement in rows.where(StatementRow, part_id=row.part_id)}


def _consents(person: UUID, desk: Desk) -> list[Mapping[str, Any]]:
    rows = desk.register.rows()
    found = rows.where(ConsentRow, person_id=person)
    return [{**consent_line(row, desk), "words": words_of(rows, row), "course_id": row.course_id} for row in found]


def reading_line(entry: Entry) -> Mapping[str, Any]:
    return {
        "at": entry.at,
        "role": entry.role,
        "purpose": entry.purpose,
        "compartment": entry.compartment,
        "action": entry.action,
        "allowed": entry.allowed,
        "subject": entry.subject,
        "records": list(entry.records),
    }


def programme(asker: Asker, desk: Desk) -> list[Mapping[str, Any]]:
    """The family's courses with their programme, leader and volunteers by first name (COU-12, VIS-06)."""
    person = person_of(asker)
    if desk.kind is RealmKind.MUNICIPALITY:
        return []
    rows = desk.register.rows()
    family_id, _ = family_of(rows, person, desk)
    pages: list[Mapping[str, Any]] = []
    for seat in rows.where(SeatRow, family_id=family_id) if family_id is not None else []:
        row = rows.get(CourseRow, course_id=seat.course_id)
        if row is not None and seat.left_on is None:
            own = {"family_id": seat.family_id, "confirmed_on": seat.confirmed_on}
            pages.append({**club.course(row, rows), **own, "programme": club.programme(rows, seat.course_id)})
    return pages


def _also_in(rows: Rows, line: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The same version of the words in the other languages it is published in."""
    found = rows.where(WordingRow, wording_id=line["wording_id"], version=line["wording_version"])
    return [
        {"language": row.language, "direction": direction(row.language), "words": row.words}
        for row in found
        if row.language != line["language"]
    ]


def words_of(rows: Rows, row: ConsentRow) -> str | None:
    """The words an answer was given to; None where none are bound to it."""
    if row.wording_id is None:
        return None
    found = rows.get(WordingRow, wording_id=row.wording_id, version=row.wording_version, language=row.language)
    return found.words if found is not None else None
