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
from application.reading.own_members import EVERYTHING, Scope, family_of, mine, person_of
from application.reading.own_town import own_town
from application.views.consents import ConsentRow
from application.views.course import CourseRow, SeatRow
from application.views.organisation import WordingRow
from domain.compartments import RealmKind
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
    return [] if desk.kind is RealmKind.MUNICIPALITY else _consents(person, desk)  # given at the club alone (ORG-09)


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


def words_of(rows: Rows, row: ConsentRow) -> str | None:
    """The words an answer was given to; None where none are bound to it."""
    if row.wording_id is None:
        return None
    found = rows.get(WordingRow, wording_id=row.wording_id, version=row.wording_version, language=row.language)
    return found.words if found is not None else None
