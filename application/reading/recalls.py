"""What is to be asked back after a withdrawal: for the leader by name, for the officer in pseudonyms (INT-08)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from application.desk import Asker, Desk
from application.perform import RoleNotHeld
from application.ports import Rows
from application.reading import club
from application.reading.opening import Answers, Opening, must_stand
from application.recalls import HadRead, had_read
from application.views.club import NotePart
from application.views.consents import AskedBackRow, ConsentRow
from application.views.people import StaffMember
from domain.compartments import RIGHTS, ROSTER, RealmKind
from domain.people import Role
from gdpr.policy import Standing


def recall(asker: Asker, consent_id: UUID, desk: Desk) -> Mapping[str, Any]:
    """Who had read what one consent opened, and the sheets printed with it.

    Nobody while the consent is in force: the log is the officer's, and then there is nothing to ask back.
    """
    rows = desk.register.rows()
    row = rows.get(ConsentRow, consent_id=consent_id)
    course_id = row.course_id if row is not None else None
    _must_lead(asker, desk, course_id, record=consent_id)
    if row is None or row.in_force(desk.clock.today()):
        return {"consent_id": consent_id, "withdrawn_on": None, "about": None, "readers": [], "sheets": []}
    return _by_name(asker, desk, rows, [row])[0]


def recalls(asker: Asker, course_id: UUID, desk: Desk) -> list[Mapping[str, Any]]:
    """All that is to be asked back in a course, and what has been: one line for each consent taken back that somebody read."""
    rows = desk.register.rows()
    _must_lead(asker, desk, course_id)
    lines = _by_name(asker, desk, rows, _taken_back(rows.where(ConsentRow, course_id=course_id), desk))
    return [line for line in lines if line["readers"] or line["sheets"]]


def open_recalls(asker: Asker, desk: Desk) -> list[Mapping[str, Any]]:
    """What has not been asked back yet, in all courses; nobody is named, and the question is in the log (RIG-09)."""
    if asker.role is not Role.OFFICER:
        raise RoleNotHeld("role")
    desk.gate.note(asker.asks(desk, "audit"), "officer", RIGHTS)
    if desk.kind is not RealmKind.RED_BARNET:
        return []  # what a family consents to, it consents to at the club (ORG-09)
    rows = desk.register.rows()
    courses = tuple({row.course_id for row in rows.where(ConsentRow, withdrawn=True)})
    found = _taken_back(rows.where(ConsentRow, course_id=courses), desk)
    had = had_read(desk.log, [row.consent_id for row in found])
    lines = [_still_open(row, had[row.consent_id], rows) for row in found]
    return [line for line in lines if line["readers"] or line["sheets"]]


def _must_lead(asker: Asker, desk: Desk, course_id: UUID | None, *, record: UUID | None = None) -> None:
    request = asker.asks(desk, "recall", course=course_id)
    standing = club.standing_to_course(asker, desk, course_id) if course_id is not None else Standing()
    must_stand(desk, request, ROSTER, standing, record=record)


def _taken_back(rows: Sequence[ConsentRow], desk: Desk) -> list[ConsentRow]:
    """The consents that were taken back; one that a newer yes to the same question replaced was not."""
    today = desk.clock.today()
    holding = {_question(row) for row in rows if row.in_force(today)}
    return [row for row in rows if row.withdrawn and _question(row) not in holding]


def _question(row: ConsentRow) -> tuple[Any, ...]:
    return row.course_id, row.person_id, row.purpose, row.part_id


def _by_name(asker: Asker, desk: Desk, rows: Rows, found: Sequence[ConsentRow]) -> list[Mapping[str, Any]]:
    if not found:
        return []
    course_id = found[0].course_id
    had = had_read(desk.log, [row.consent_id for row in found], course_id=course_id)
    standing = club.standing_to_course(asker, desk, course_id)
    opening = Opening(desk, asker.asks(desk, "recall", course=course_id))
    for actor in dict.fromkeys(actor for one in had.values() for actor in one.readers):
        staff = rows.get(StaffMember, actor=actor)
        opening.ask(actor, staff.volunteer_given_name if staff is not None else None, standing)
    names = opening.open()
    return [_line(row, had[row.consent_id], rows, names) for row in found]


def _line(row: ConsentRow, had: HadRead, rows: Rows, names: Answers) -> Mapping[str, Any]:
    done = _done(rows, row)
    part = rows.get(NotePart, part_id=row.part_id) if row.part_id is not None else None
    return {
        "consent_id": row.consent_id,
        "withdrawn_on": row.ended_on,
        "about": {"family_id": row.family_id, "purpose": row.purpose, "part": part.kind if part is not None else None},
        "readers": [
            {
                "actor": actor,
                "given_name": names[actor],
                "first": min(times),
                "last": max(times),
                "times": len(times),
                "outcome": done.get(actor),
            }
            for actor, times in had.readers.items()
        ],
        "sheets": [
            {"sheet_id": sheet_id, "printed_at": at, "outcome": done.get(sheet_id)}
            for sheet_id, at in sorted(had.sheets.items(), key=lambda sheet: sheet[1])
        ],
    }


def _still_open(row: ConsentRow, had: HadRead, rows: Rows) -> Mapping[str, Any]:
    done = _done(rows, row)
    return {
        "consent_id": row.consent_id,
        "course_id": row.course_id,
        "withdrawn_on": row.ended_on,
        "readers": [actor for actor in had.readers if actor not in done],
        "sheets": [sheet for sheet in had.sheets if sheet not in done],
    }


def _done(rows: Rows, row: ConsentRow) -> dict[UUID, str]:
    return {line.found: line.outcome for line in rows.where(AskedBackRow, consent_id=row.consent_id)}
