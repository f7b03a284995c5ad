"""Where what is held about a person comes from, compartment by compartment, with the day (Art. 15(1)(g))."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from application.desk import Desk
from application.views.club import AttendanceLine, ClubFamily, NotePart
from application.views.course import CourseRow, SeatRow
from application.views.municipality import ReferralRow, TownFamily
from application.views.rights import RequestRow
from domain.compartments import RealmKind


class Source(StrEnum):
    """Who it was that told or wrote down what is held."""

    THE_FAMILY = "the_family"
    HAND_OVER = "hand_over"
    STAFF = "staff"


_WHENCE: Mapping[str, Source] = {
    "case_file": Source.STAFF,
    "municipal_contact": Source.THE_FAMILY,
    "municipal_telephone": Source.THE_FAMILY,
    "municipal_address": Source.THE_FAMILY,
    **dict.fromkeys(("roster", "ages", "contact", "language", "club_telephone"), Source.HAND_OVER),
    "attendance": Source.STAFF,
}
"""Of what is not named here, as a note, a consent or a request, the family itself is the source."""


def whence(compartment: str) -> Source:
    return _WHENCE.get(compartment, Source.THE_FAMILY)


def sources(desk: Desk, family_id: UUID, asked_by: UUID, compartments: Iterable[str]) -> list[Mapping[str, Any]]:
    """For each compartment its source, the realm it was handed over from if it was, and the days."""
    return [
        {
            "compartment": name,
            "source": whence(name),
            "handed_over_by": _from_realm(desk, family_id) if whence(name) is Source.HAND_OVER else None,
            "on": sorted(set(_days(desk, family_id, asked_by, name))),
        }
        for name in compartments
    ]


def _from_realm(desk: Desk, family_id: UUID) -> str | None:
    family = desk.register.rows().get(ClubFamily, family_id=family_id)
    return family.from_realm if family is not None else None


def _days(desk: Desk, family_id: UUID, asked_by: UUID, compartment: str) -> list[date]:
    rows = desk.register.rows()
    if compartment == "rights":
        return [row.received_on for row in rows.where(RequestRow, asked_by=asked_by)]
    if desk.kind is RealmKind.MUNICIPALITY:
        if whence(compartment) is Source.STAFF:
            return [row.registered_on for row in rows.where(ReferralRow, family_id=family_id)]
        family = rows.get(TownFamily, family_id=family_id)
        return [family.told_on] if family is not None else []
    seats = rows.where(SeatRow, family_id=family_id)
    if whence(compartment) is Source.HAND_OVER:
        return [seat.handed_over_on for seat in seats]
    if whence(compartment) is Source.STAFF:
        evenings = [line for seat in seats for line in _attended(desk, seat)]
        courses = {line.course_id: rows.get(CourseRow, course_id=line.course_id) for line in evenings}
        return [course.starts_on for course in courses.values() if course is not None]
    return [part.written_on for part in rows.where(NotePart, family_id=family_id)]


def _attended(desk: Desk, seat: SeatRow) -> list[AttendanceLine]:
    return desk.register.rows().where(AttendanceLine, course_id=seat.course_id, family_id=seat.family_id)
