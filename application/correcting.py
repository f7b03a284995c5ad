"""What a leader corrects of a family as the club knows it, because it was wrong (GDPR Art. 16)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from application.courses import own_course
from application.perform import Work, serves
from application.streams import PARTICIPANTS
from domain.course import NoSuchSeat
from domain.participants import correct_name
from domain.people import FamilyId, PersonId, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectName:
    """A name as it should be; an adult's surname with it. Also after the course, as long as the name is kept."""

    GIVEN_BY: ClassVar = frozenset({Role.LEADER})

    course_id: UUID
    family_id: UUID
    person_id: UUID
    given_name: str
    family_name: str | None = None


@serves(CorrectName)
def correct_a_name(command: CorrectName, work: Work) -> Mapping[str, Any]:
    if FamilyId(command.family_id) not in own_course(work, command.course_id).seats:
        raise NoSuchSeat("family_id")
    family = work.load(PARTICIPANTS, command.family_id, NoSuchSeat, "family_id")
    facts = correct_name(
        family, PersonId(command.person_id), given_name=command.given_name, family_name=command.family_name
    )
    work.record(command.family_id, facts)
    return {"family_id": str(command.family_id), "version": work.version(command.family_id)}
