"""One family of an own course: its members as the leader is shown them, and what to stop at before its words are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from application.desk import Asker, Desk
from application.introductions import StatementTyped
from application.ports import Rows
from application.reading import club
from application.reading.opening import Answers, Opening, must_stand
from application.views.club import ChildsCustody, ClubFamily, ClubMember
from application.views.course import CourseRow, SeatRow
from domain.caution import cautions_of
from domain.compartments import ROSTER
from domain.custody import Holders
from domain.people import PersonId, TakesPartAs
from domain.text import age_in_years, text
from gdpr.policy import Standing

_MEMBER = ("given_name", "birth_month", "family_name", "caregiver", "telephone")


def family(asker: Asker, course_id: UUID, family_id: UUID, desk: Desk) -> Mapping[str, Any]:
    """One family of an own course by itself, so that the log says who was looked at. Raises NotForThisReader."""
    rows = desk.register.rows()
    standing, seat = _seated(asker, course_id, family_id, desk)
    opening = Opening(desk, asker.asks(desk, "run_the_course", course=course_id))
    ask_family(opening, rows, family_id, standing)
    row = rows.get(CourseRow, course_id=course_id)
    assert row is not None
    return {"course": club.course(row, rows), "family": family_line(seat, rows, opening.open(), desk)}


def cautions(
    asker: Asker, course_id: UUID, family_id: UUID, statements: Sequence[StatementTyped], desk: Desk
) -> Mapping[str, Any]:
    """What to stop at in words that are about to be kept; nothing of them is here (INT-23, INT-28).

    Raises NotForThisReader, and what `text` raises for words that could not be kept at all.
    """
    rows = desk.register.rows()
    standing, _ = _seated(asker, course_id, family_id, desk)
    opening = Opening(desk, asker.asks(desk, "prepare_the_course", course=course_id))
    members = rows.where(ClubMember, family_id=family_id)
    for member in members:
        opening.ask((member.person_id, "given_name"), member.given_name, standing)
        opening.ask((member.person_id, "family_name"), member.family_name, standing)
    answers = opening.open()
    names = [name for asked in answers if (name := answers.shown(asked))]
    adults = {member.person_id for member in members if member.takes_part_as is TakesPartAs.ADULT}
    return {
        "statements": [
            cautions_of(
                text(typed.words, f"statements/{i}/words"),
                of_the_family=names,
                about_another=typed.about in adults and typed.about != typed.told_by,
            )
            for i, typed in enumerate(statements)
        ]
    }


def _seated(asker: Asker, course_id: UUID, family_id: UUID, desk: Desk) -> tuple[Standing, SeatRow]:
    """How the leader stands to a family with a place in the course. Raises NotForThisReader."""
    rows = desk.register.rows()
    standing = club.standing_to_course(asker, desk, course_id)
    seat = rows.get(SeatRow, course_id=course_id, family_id=family_id)
    if seat is None or seat.left_on is not None:
        standing = Standing()
    must_stand(desk, asker.asks(desk, "run_the_course", course=course_id), ROSTER, standing, subjects=(family_id,))
    assert seat is not None
    return standing, seat


def ask_family(opening: Opening, rows: Rows, family_id: UUID, standing: Standing) -> None:
    """Ask for all that a leader knows of a family's members."""
    for member in rows.where(ClubMember, family_id=family_id):
        for name in _MEMBER:
            opening.ask((member.person_id, name), getattr(member, name), standing)
    family = rows.get(ClubFamily, family_id=family_id)
    if family is not None:
        opening.ask((family_id, "language"), family.language, standing)
        opening.ask((family_id, "needs_translation"), family.needs_translation, standing)


def family_line(seat: SeatRow, rows: Rows, answers: Answers, desk: Desk) -> Mapping[str, Any]:
    """A family as its leader is shown it; who was erased is not there at all."""
    members = sorted(rows.where(ClubMember, family_id=seat.family_id), key=lambda m: m.number)
    today = desk.clock.today()
    custody = {row.child_id: row.told for row in rows.where(ChildsCustody, family_id=seat.family_id)}
    known = [m.person_id for m in members if m.takes_part_as is TakesPartAs.ADULT and m.erased_on is None]
    adults, children = [], []
    for member in members:
        if member.erased_on is not None:
            continue
        line: dict[str, Any] = {
            "person_id": member.person_id,
            "given_name": answers[member.person_id, "given_name"],
            "household_ids": list(member.household_ids),
        }
        if member.takes_part_as is TakesPartAs.ADULT:
            line |= {name: answers[member.person_id, name] for name in ("family_name", "caregiver", "telephone")}
            adults.append({**line, "comes": member.comes})
        else:
            month = answers.shown((member.person_id, "birth_month"))
            age = age_in_years(month, today) if month else None
            told = custody.get(member.person_id, Holders())
            entitled = [{"person_id": adult, "may_consent_for": told.may_consent(PersonId(adult))} for adult in known]
            line |= {"takes_part_as": member.takes_part_as, "birth_month": month, "age": age}
            children.append({**line, "who_may_consent": entitled})
    return {
        "family_id": seat.family_id,
        "returning": seat.returning,
        "handed_over_on": seat.handed_over_on,
        "lead_days": seat.lead_days,
        "lead_time_warning": seat.lead_days < desk.limits.lead_time_days,
        "late": seat.late,
        "place_confirmed_on": seat.confirmed_on,
        "conversation_on": seat.conversation_on,
        "conversation_way": seat.conversation_way,
        "language": answers[seat.family_id, "language"],
        "needs_translation": answers[seat.family_id, "needs_translation"],
        "adults": adults,
        "children": children,
    }
