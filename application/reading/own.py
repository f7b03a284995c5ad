"""What a member of a family sees: what is held about it and its children, its consents, and who has read it (REP-01)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from application.desk import Asker, Desk
from application.ports import Rows
from application.reading import club
from application.reading.leader import consent_line
from application.reading.own_club import own_club
from application.reading.own_members import family_of, mine, person_of
from application.reading.own_town import own_town
from application.views.consents import ConsentRow
from application.views.course import CourseRow, SeatRow
from application.views.organisation import WordingRow
from domain.compartments import RealmKind
from domain.people import Role
from gdpr.ports import Entry


def own_data(asker: Asker, desk: Desk) -> Mapping[str, Any]:
    """Everything this realm holds about the asker and the asker's children, and not about the other adult (RIG-17)."""
    person = person_of(asker)
    if desk.kind is RealmKind.MUNICIPALITY:
        return own_town(asker, person, desk)
    return {**own_club(asker, person, desk), "consents": own_consents(asker, desk)}


def own_consents(asker: Asker, desk: Desk) -> list[Mapping[str, Any]]:
    """The asker's own answers, each with the words it was asked in."""
    person = person_of(asker)
    if desk.kind is RealmKind.MUNICIPALITY:
        return []  # what a family consents to, it consents to at the club (ORG-09)
    rows = desk.register.rows()
    found = rows.where(ConsentRow, person_id=person)
    return [{**consent_line(row, desk), "words": _words(rows, row), "course_id": row.course_id} for row in found]


def own_readers(asker: Asker, desk: Desk) -> list[Mapping[str, Any]]:
    """Who has read what is held about the asker and its children: role, day, purpose; names through the officer (RIG-12)."""
    person = person_of(asker)
    rows = desk.register.rows()
    family_id, members = family_of(rows, person, desk)
    own = {member.person_id for member in mine(members, person)}
    subjects = (*own, family_id) if family_id is not None else tuple(own)
    entries = desk.log.find(subjects=subjects)
    return [_reading(entry) for entry in entries if entry.role != Role.FAMILY.value and entry.action in _READINGS]


_READINGS = ("read", "print", "disclose", "search", "refused")


def _reading(entry: Entry) -> Mapping[str, Any]:
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


def _words(rows: Rows, row: ConsentRow) -> str | None:
    if row.wording_id is None:
        return None
    found = rows.get(WordingRow, wording_id=row.wording_id, version=row.wording_version, language=row.language)
    return found.words if found is not None else None
