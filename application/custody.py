"""The leader notes what the family says of custody; what others read about the child follows it at once (FAM-09, INT-22)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from application.courses import own_course
from application.disclosing import close_uncarried
from application.perform import Work, serves
from application.streams import PARTICIPANTS
from application.views.course import SeatRow
from domain.course import NoSuchSeat
from domain.custody import Arrangement, Holders
from domain.participants_custody import tell_custody as told
from domain.people import ActorId, PersonId, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class TellCustody:
    """Who holds custody of a child, as an adult of the family says; no papers are asked for (FAM-09)."""

    GIVEN_BY: ClassVar = frozenset({Role.LEADER})

    course_id: UUID
    family_id: UUID
    child_id: UUID
    arrangement: Arrangement
    told_by: UUID
    holders: tuple[UUID, ...] = ()
    elsewhere: bool = False
    told_on: date | None = None


@serves(TellCustody)
def tell_custody(command: TellCustody, work: Work) -> Mapping[str, Any]:
    if command.family_id not in own_course(work, command.course_id).seats:
        raise NoSuchSeat("family_id")
    family = work.load(PARTICIPANTS, command.family_id, NoSuchSeat, "family_id")
    today = work.desk.clock.today()
    facts = told(
        family,
        PersonId(command.child_id),
        Holders(command.arrangement, frozenset(map(PersonId, command.holders)), command.elsewhere),
        told_by=PersonId(command.told_by),
        noted_by=ActorId(work.asker.actor),
        told_on=command.told_on or today,
        today=today,
    )
    work.record(command.family_id, facts)
    for seat in work.desk.register.rows().where(SeatRow, family_id=command.family_id):
        close_uncarried(work, command.family_id, seat.course_id)
    return {"family_id": str(command.family_id), "version": work.version(command.family_id)}
