"""What was wrong of a family is written anew by whoever keeps it: a leader at the club, a referrer at the municipality.

It is done also when no course runs any more, as long as the value is kept (GDPR Art. 16).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from application.courses import own_course
from application.families import NAME, own_family
from application.perform import Work, serves
from application.streams import PARTICIPANTS
from domain.course import NoSuchSeat
from domain.facts import Fact
from domain.family_correcting import correct_adult, correct_child
from domain.lists import DayCare
from domain.participants import Participants, correct_birth_month, correct_name
from domain.people import Caregiver, FamilyId, PersonId, Role
from domain.text import Empty

_LEADER = frozenset({Role.LEADER})
_REFERRER = frozenset({Role.REFERRER})


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectName:
    """A member's name at the club as it should be; an adult's surname with it."""

    GIVEN_BY: ClassVar = _LEADER

    course_id: UUID
    family_id: UUID
    person_id: UUID
    given_name: str
    family_name: str | None = None


@serves(CorrectName)
def correct_a_name(command: CorrectName, work: Work) -> Mapping[str, Any]:
    family = _at_the_club(work, command.course_id, command.family_id)
    person_id = PersonId(command.person_id)
    if person_id in family.adults and not command.family_name:
        raise Empty("family_name")
    facts = correct_name(family, person_id, given_name=command.given_name, family_name=command.family_name)
    return _recorded(work, command.family_id, facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectBirthMonth:
    """When a child was born, as the club should know it; YYYY-MM."""

    GIVEN_BY: ClassVar = _LEADER

    course_id: UUID
    family_id: UUID
    person_id: UUID
    birth_month: str


@serves(CorrectBirthMonth)
def correct_a_birth_month(command: CorrectBirthMonth, work: Work) -> Mapping[str, Any]:
    family = _at_the_club(work, command.course_id, command.family_id)
    today = work.desk.clock.today()
    facts = correct_birth_month(family, PersonId(command.person_id), birth_month=command.birth_month, today=today)
    return _recorded(work, command.family_id, facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectAdult:
    """An adult at the municipality as it should have been written."""

    GIVEN_BY: ClassVar = _REFERRER

    family_id: UUID
    person_id: UUID
    given_name: str
    family_name: str
    caregiver: Caregiver
    version: int | None = None


@serves(CorrectAdult)
def correct_an_adult(command: CorrectAdult, work: Work) -> Mapping[str, Any]:
    family = own_family(work, command.family_id, command.version)
    facts = correct_adult(
        family, PersonId(command.person_id), given_name=command.given_name, family_name=command.family_name,
        caregiver=command.caregiver,
    )  # fmt: skip
    whole = f"{command.given_name} {command.family_name}"
    work.found_by(NAME, (command.given_name, command.family_name, whole), command.person_id)
    return _recorded(work, command.family_id, facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectChild:
    """A child at the municipality as it should have been written; `birth_month` is YYYY-MM."""

    GIVEN_BY: ClassVar = _REFERRER

    family_id: UUID
    person_id: UUID
    given_name: str
    birth_month: str
    day_care: DayCare
    version: int | None = None


@serves(CorrectChild)
def correct_a_child(command: CorrectChild, work: Work) -> Mapping[str, Any]:
    family = own_family(work, command.family_id, command.version)
    facts = correct_child(
        family, PersonId(command.person_id), given_name=command.given_name, birth_month=command.birth_month,
        day_care=command.day_care, today=work.desk.clock.today(),
    )  # fmt: skip
    work.found_by(NAME, (command.given_name,), command.person_id)
    return _recorded(work, command.family_id, facts)


def _at_the_club(work: Work, course_id: UUID, family_id: UUID) -> Participants:
    if FamilyId(family_id) not in own_course(work, course_id).seats:
        raise NoSuchSeat("family_id")
    return work.load(PARTICIPANTS, family_id, NoSuchSeat, "family_id")


def _recorded(work: Work, family_id: UUID, facts: Sequence[Fact]) -> Mapping[str, Any]:
    work.record(family_id, facts)
    return {"family_id": str(family_id), "version": work.version(family_id)}
