"""What a volunteer reads of an evening: first names, ages and the words a family agreed to, while attached (INT-11, FAM-20)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from application.desk import Asker, Desk
from application.permitted import Permitted
from application.ports import Rows
from application.reading import club
from application.reading.opening import Answers, Opening, must_stand
from application.views.course import CourseRow, SeatRow
from application.views.evening import EveningMember, SharedStatement
from domain.compartments import ROSTER, SHARED_NOTE
from domain.people import Role, TakesPartAs
from domain.text import age_in_years
from gdpr.gate import NotForThisReader
from gdpr.policy import Standing
from gdpr.ports import Absent


def evening(asker: Asker, course_id: UUID, desk: Desk, *, printed: bool = False) -> Mapping[str, Any]:
    """The course as its volunteers see it; `printed` writes down that a sheet was made, with its number and time (COU-33).

    Raises NotForThisReader.
    """
    rows = desk.register.rows()
    request = asker.asks(desk, "run_the_evening", course=course_id)
    standing = club.standing_to_course(asker, desk, course_id)
    must_stand(desk, request, ROSTER, replace(standing, place_is_confirmed=True))
    row = rows.get(CourseRow, course_id=course_id)
    assert row is not None
    held = club.seats(rows, course_id, confirmed=True)
    families = tuple(seat.family_id for seat in held)
    members = rows.where(EveningMember, family_id=families) if families else []
    opening = Opening(desk, request, action="print" if printed else "read")
    _ask_names(opening, members, standing)
    shared = _shared(asker, desk, rows, course_id, families, standing)
    for statement, stands in shared:
        opening.ask(
            (statement.statement_id, statement.key_id), statement.words, stands,
            record=statement.part_id, consents=statement.rests_on,
        )  # fmt: skip
    answers = opening.open()
    page: dict[str, Any] = {
        "course": club.course(row, rows),
        "families": [
            family_shown(f, members, [s for s, _ in shared if s.family_id == f], answers, desk) for f in families
        ],
        "programme": club.programme(rows, course_id),
    }
    if printed:
        page |= {"sheet_id": asker.request_id, "printed_at": request.at}
    return page


def shared_parts(asker: Asker, course_id: UUID, family_id: UUID, desk: Desk) -> Mapping[str, Any]:
    """What one family shares with this volunteer. An unshared part looks like no part (INT-10). Raises NotForThisReader."""
    rows = desk.register.rows()
    request = asker.asks(desk, "run_the_evening", course=course_id)
    standing = club.standing_to_course(asker, desk, course_id)
    seat = rows.get(SeatRow, course_id=course_id, family_id=family_id)
    seated = seat is not None and seat.left_on is None and seat.confirmed_on is not None
    members = rows.where(EveningMember, family_id=family_id)
    subjects = [member.person_id for member in members] if seat is not None else []
    must_stand(desk, request, ROSTER, replace(standing, place_is_confirmed=seated), subjects=subjects)
    shared = _shared(asker, desk, rows, course_id, (family_id,), standing)
    opening = Opening(desk, request)
    _ask_names(opening, members, standing)
    for statement, stands in shared:
        opening.ask(
            (statement.statement_id, statement.key_id), statement.words, stands,
            record=statement.part_id, consents=statement.rests_on,
        )  # fmt: skip
    return family_shown(family_id, members, [s for s, _ in shared], opening.open(), desk)


def shared_part(asker: Asker, part_id: UUID, desk: Desk) -> Mapping[str, Any]:
    """One shared part by its id. One that is not shared, or not with this volunteer, is as good as none; the attempt is logged."""
    rows = desk.register.rows()
    statements = rows.where(SharedStatement, part_id=part_id)
    course_id = statements[0].course_id if statements else None
    request = asker.asks(desk, "run_the_evening", course=course_id)
    if course_id is None:
        must_stand(desk, request, SHARED_NOTE, Standing(), record=part_id)
        raise AssertionError("unreachable")
    standing = club.standing_to_course(asker, desk, course_id)
    shared = [
        (statement, stands)
        for statement, stands in _shared(asker, desk, rows, course_id, (statements[0].family_id,), standing)
        if statement.part_id == part_id
    ]
    stands = shared[0][1] if shared else replace(standing, place_is_confirmed=True)
    subjects = tuple(dict.fromkeys(statement.about for statement in statements))
    must_stand(desk, request, SHARED_NOTE, stands, subjects=subjects, record=part_id)
    opening = Opening(desk, request)
    for statement, its_standing in shared:
        opening.ask(
            (statement.statement_id, statement.key_id), statement.words, its_standing,
            record=part_id, consents=statement.rests_on,
        )  # fmt: skip
    parts = _parts([s for s, _ in shared], opening.open())
    if not parts:
        raise NotForThisReader  # the gate has written down why
    return parts[0]


def _ask_names(opening: Opening, members: list[EveningMember], standing: Standing) -> None:
    confirmed = replace(standing, place_is_confirmed=True)
    for member in members:
        opening.ask((member.person_id, "given_name"), member.given_name, confirmed)
        opening.ask((member.person_id, "birth_month"), member.birth_month, confirmed)


def _shared(
    asker: Asker, desk: Desk, rows: Rows, course_id: UUID, families: tuple[UUID, ...], standing: Standing
) -> list[tuple[SharedStatement, Standing]]:
    """What is shared with this reader, and how the reader stands to it; only what may be asked for."""
    kept = club.kept_from(rows, course_id, asker.actor)
    found = carried(rows, course_id, tuple(f for f in families if f not in kept), asker.actor, desk.clock.today())
    stands = replace(standing, place_is_confirmed=True, consent_in_force=True, not_kept_from_notes=True)
    if not standing.confidentiality_accepted or asker.role is not Role.VOLUNTEER:
        return []
    return [(statement, stands) for statement in found]


def carried(
    rows: Rows, course_id: UUID, families: tuple[UUID, ...], reader: UUID, today: date
) -> list[SharedStatement]:
    """The newest consented edition of each statement's part, as far as consents carry it to this volunteer today."""
    if not families:
        return []
    permitted = Permitted(rows, course_id, families, today)
    found = [
        statement
        for statement in rows.where(SharedStatement, course_id=course_id, family_id=families)
        if permitted.carries(statement, reader)
    ]
    newest: dict[UUID, int] = {}
    for statement in found:
        newest[statement.part_id] = max(statement.edition, newest.get(statement.part_id, 0))
    return [s for s in sorted(found, key=lambda s: s.number) if s.edition == newest[s.part_id]]


def family_shown(
    family_id: UUID, members: list[EveningMember], shared: list[SharedStatement], answers: Answers, desk: Desk
) -> Mapping[str, Any]:
    """One family as its volunteers see it."""
    # Whoever may not be named, or was erased, is not there at all: a line without a name would tell (INT-10).
    named = (m for m in members if not isinstance(answers[m.person_id, "given_name"], Absent))
    own = sorted((m for m in named if m.family_id == family_id and m.comes), key=lambda m: m.number)
    today = desk.clock.today()
    children = []
    for member in own:
        if member.takes_part_as is TakesPartAs.ADULT:
            continue
        month = answers.shown((member.person_id, "birth_month"))
        children.append(
            {
                "given_name": answers[member.person_id, "given_name"],
                "age": age_in_years(month, today) if month else None,
            }
        )
    return {
        "family_id": family_id,
        "adults": [
            {"given_name": answers[m.person_id, "given_name"]} for m in own if m.takes_part_as is TakesPartAs.ADULT
        ],
        "children": children,
        "parts": _parts(shared, answers),
    }


def _parts(shared: list[SharedStatement], answers: Answers) -> list[Mapping[str, Any]]:
    """The words by part; a part of which nothing can be shown is not there at all."""
    found: dict[UUID, dict[str, Any]] = {}
    for statement in shared:
        words = answers[statement.statement_id, statement.key_id]
        if words is None or isinstance(words, Absent):
            continue
        part = found.setdefault(statement.part_id, {"part_id": statement.part_id, "kind": statement.kind, "words": []})
        part["words"].append(words)
    return list(found.values())
