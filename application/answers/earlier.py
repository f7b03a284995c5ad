"""What else is recorded about a person, and what was before it was changed: facts keep it until its key ends (Art. 15(3))."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from application.desk import Asker, Desk
from application.ports import Recorded
from application.reading.own_members import Scope
from application.streams import attendance_id, introduction_id
from application.views.consents import ConsentRow
from application.views.course import SeatRow
from application.views.municipality import ReferralRow
from domain.compartments import BY_NAME, RealmKind
from domain.danish_time import day_of
from domain.facts import Fact, Sealed
from gdpr.policy import MAY_SEE, Standing, subject_or_teller
from gdpr.ports import Absent


@dataclass(frozen=True, slots=True)
class Whose:
    """A family, who asked, of whom something is told (members, and the household itself), and who else there is in it."""

    family_id: UUID
    asked_by: UUID
    own: frozenset[UUID]
    others: frozenset[UUID]


def earlier(reader: Asker, desk: Desk, whose: Whose, scope: Scope, now: Collection[str]) -> list[Mapping[str, Any]]:
    """Every value that is recorded about these subjects, was not asked for in this scope, and is no text of `now`.

    Found by the marks on the facts, so that a new fact is told without a line here. A fact that names another member
    is left out (RIG-16), and so are words of which it is not known that who asked told them.
    """
    known = frozenset(scope.asked or ())
    opening = scope.opening(reader, desk)
    asked: dict[tuple[UUID, int, str], Recorded] = {}
    for recorded in _recorded(desk, whose):
        for name, mark in recorded.fact.MARKS.personal.items():
            value, about = getattr(recorded.fact, name), getattr(recorded.fact, mark.about)
            if not isinstance(value, Sealed) or value.place in known:
                continue
            if about in whose.own and _may_be_told(reader, recorded.fact, value, whose):
                place = recorded.stream, recorded.version, name
                asked[place] = recorded
                opening.ask(place, value, _standing(whose.asked_by, recorded.fact, about), record=recorded.stream)
    answers = opening.open()
    found: dict[tuple[str, str], Mapping[str, Any]] = {}
    for place, recorded in sorted(asked.items(), key=lambda item: item[1].context.recorded_at):
        value, name = answers[place], place[2]
        if value is None or isinstance(value, Absent) or (isinstance(value, str) and value in now):
            continue
        compartment = recorded.fact.MARKS.personal[name].kept_in.name
        line = {"on": day_of(recorded.context.recorded_at), "compartment": compartment, "field": name, "value": value}
        found.setdefault((name, str(value)), line)
    return list(found.values())


def _may_be_told(reader: Asker, happened: Fact, value: Sealed, whose: Whose) -> bool:
    line = MAY_SEE.get((reader.role, BY_NAME[value.compartment]))
    if line is None or any(getattr(happened, name) in whose.others for name in happened.MARKS.clear):
        return False
    return subject_or_teller not in line.conditions or getattr(happened, "told_by", None) == whose.asked_by


def _standing(asked_by: UUID, happened: Fact, about: UUID) -> Standing:
    own = about == asked_by
    told = getattr(happened, "told_by", None) == asked_by
    return Standing(is_the_subject=own, is_a_parent_or_household=not own, told_it=told)


def _recorded(desk: Desk, whose: Whose) -> Iterator[Recorded]:
    """All facts of the streams in which something about the family may stand, each once."""
    rows, family_id = desk.register.rows(), whose.family_id
    streams = [family_id]
    if desk.kind is RealmKind.MUNICIPALITY:
        streams += [referral.referral_id for referral in rows.where(ReferralRow, family_id=family_id)]
    else:
        for seat in rows.where(SeatRow, family_id=family_id):
            streams += [introduction_id(family_id, seat.course_id), attendance_id(seat.course_id)]
        streams += [consent.consent_id for consent in rows.where(ConsentRow, person_id=whose.asked_by)]
    for stream in dict.fromkeys(streams):
        yield from desk.register.history(stream)
