"""The municipality registers a family that said yes, and keeps its contact details true."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import UUID, uuid4

from application.perform import RoleNotHeld, Work, serves
from application.ports import IndexEntry
from application.streams import FAMILY, ORGANISATION, organisation_id
from domain import family as rules
from domain.family import Family, NewAdult, NewChild, Offer
from domain.lists import DayCare
from domain.organisation import NoSuchUnit
from domain.people import ActorId, Caregiver, FamilyId, PersonId, Role, TakesPartAs, UnitId

NAME = "name"
TELEPHONE = "telephone"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdultTyped:
    """An adult as typed in; `household` is a label within the form, the same for those who live together."""

    given_name: str
    family_name: str
    caregiver: Caregiver
    household: str
    telephone: str | None = None
    address: str | None = None
    comes: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildTyped:
    """A child as typed in; two household labels for a child with two homes (FAM-08)."""

    given_name: str
    birth_month: str
    households: tuple[str, ...]
    takes_part_as: TakesPartAs = TakesPartAs.CHILD
    day_care: DayCare = DayCare.NOT_STATED


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterFamily:
    """Register a family that was told of the club and said yes (REF-08)."""

    GIVEN_BY: ClassVar = frozenset({Role.REFERRER})

    told_on: date
    said_yes: bool
    answered_on: date
    adults: tuple[AdultTyped, ...]
    children: tuple[ChildTyped, ...]
    language: str = "dansk"
    needs_translation: bool = False


@serves(RegisterFamily)
def register_family(command: RegisterFamily, work: Work) -> Mapping[str, Any]:
    unit_id = own_unit(work)
    homes: dict[str, UUID] = {}
    for adult in command.adults:
        homes.setdefault(adult.household, uuid4())
    adults = [_adult(adult, homes) for adult in command.adults]
    children = [_child(child, homes, i) for i, child in enumerate(command.children)]
    family_id = FamilyId(uuid4())
    work.record(
        family_id,
        rules.register_family(
            family_id,
            unit_id=unit_id,
            offer=Offer(
                told_on=command.told_on,
                told_by=ActorId(work.asker.actor),
                said_yes=command.said_yes,
                answered_on=command.answered_on,
            ),
            adults=adults,
            children=children,
            language=command.language,
            needs_translation=command.needs_translation,
            today=work.desk.clock.today(),
        ),
    )
    people: list[NewAdult | NewChild] = [*adults, *children]
    for person in people:
        work.index.extend(_words(person))
    return {
        "family_id": str(family_id),
        "adults": [str(adult.person_id) for adult in adults],
        "children": [str(child.person_id) for child in children],
        "version": work.version(family_id),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeContact:
    """A new telephone number and address for one adult."""

    GIVEN_BY: ClassVar = frozenset({Role.REFERRER})

    family_id: UUID
    person_id: UUID
    telephone: str | None
    address: str | None
    version: int | None = None


@serves(ChangeContact)
def change_contact(command: ChangeContact, work: Work) -> Mapping[str, Any]:
    family = own_family(work, command.family_id, command.version)
    facts = rules.change_contact(
        family, PersonId(command.person_id), telephone_number=command.telephone, address=command.address
    )
    work.record(command.family_id, facts)
    work.found_by(TELEPHONE, [command.telephone] if command.telephone else [], command.person_id)
    return {"family_id": str(command.family_id), "version": work.version(command.family_id)}


@dataclass(frozen=True, slots=True, kw_only=True)
class StateCustody:
    """Custody of a child as the family states it: yes, no or not_known (FAM-09)."""

    GIVEN_BY: ClassVar = frozenset({Role.REFERRER})

    family_id: UUID
    child_id: UUID
    adult_id: UUID
    custody: str
    stated_on: date
    version: int | None = None


@serves(StateCustody)
def state_custody(command: StateCustody, work: Work) -> Mapping[str, Any]:
    family = own_family(work, command.family_id, command.version)
    facts = rules.state_custody(
        family,
        child_id=PersonId(command.child_id),
        adult_id=PersonId(command.adult_id),
        custody=command.custody,
        stated_on=command.stated_on,
        today=work.desk.clock.today(),
    )
    work.record(command.family_id, facts)
    return {"family_id": str(command.family_id), "version": work.version(command.family_id)}


def own_unit(work: Work) -> UnitId:
    """The referrer's unit, if it is open. Raises RoleNotHeld, NoSuchUnit."""
    if work.asker.unit is None:
        raise RoleNotHeld("unit")
    organisation = work.find(ORGANISATION, organisation_id(work.desk.realm))
    if organisation is None or work.asker.unit not in organisation.units:
        raise NoSuchUnit("unit")
    return UnitId(work.asker.unit)


def own_family(work: Work, family_id: UUID, version: int | None = None) -> Family:
    """A family of the referrer's own unit. Another unit's is as good as unknown (REF-18)."""
    family = work.find(FAMILY, family_id)
    if family is None or (work.asker.role is Role.REFERRER and family.unit_id != work.asker.unit):
        raise rules.UnknownPerson("family_id")
    return work.load(FAMILY, family_id, version=version)


def _adult(adult: AdultTyped, homes: Mapping[str, UUID]) -> NewAdult:
    return NewAdult(
        person_id=PersonId(uuid4()),
        household_id=homes[adult.household],
        given_name=adult.given_name,
        family_name=adult.family_name,
        caregiver=adult.caregiver,
        telephone=adult.telephone,
        address=adult.address,
        comes=adult.comes,
    )


def _child(child: ChildTyped, homes: Mapping[str, UUID], number: int) -> NewChild:
    if not set(child.households) <= homes.keys():
        raise rules.UnknownHousehold(f"children/{number}/households")
    return NewChild(
        person_id=PersonId(uuid4()),
        household_ids=tuple(homes[label] for label in child.households),
        given_name=child.given_name,
        birth_month=child.birth_month,
        takes_part_as=child.takes_part_as,
        day_care=child.day_care,
    )


def _words(person: NewAdult | NewChild) -> list[IndexEntry]:
    """The whole name and its parts, so that a family is found by first name, surname or both; and the telephone."""
    names = [person.given_name]
    telephone = None
    if isinstance(person, NewAdult):
        names += [person.family_name, f"{person.given_name} {person.family_name}"]
        telephone = person.telephone
    words = [IndexEntry(NAME, name, person.person_id) for name in names if name.strip()]
    return [*words, IndexEntry(TELEPHONE, telephone, person.person_id)] if telephone else words
