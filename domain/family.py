"""A family as the municipality refers it: who belongs to it, how to reach each adult, and that it said yes first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, assert_never
from uuid import UUID

from domain.compartments import CASE_FILE, MUNICIPAL_ADDRESS, MUNICIPAL_CONTACT, MUNICIPAL_TELEPHONE
from domain.errors import Invalid, NotFound, RuleBroken
from domain.facts import CLEAR, Fact, Personal, Sealed, Text, fact
from domain.lists import Custody, DayCare
from domain.people import ActorId, Caregiver, FamilyId, PersonId, TakesPartAs, UnitId
from domain.text import LINE_LENGTH, NAME_LENGTH, age_in_years, month, optional_text, past, telephone, text

OLDEST_TARGET_CHILD = 6
"""Years; the target group is 0–6, siblings may be older (FAM-03, FAM-04)."""


@fact("family.registered")
class FamilyRegistered(Fact):
    """The family was told about the offer and said yes; only then does it enter the register (REF-08)."""

    family_id: Annotated[FamilyId, CLEAR]
    unit_id: Annotated[UnitId, CLEAR]
    told_on: Annotated[date, CLEAR]
    said_yes_on: Annotated[date, CLEAR]
    told_by: Annotated[ActorId, CLEAR]


@fact("family.adult_registered")
class AdultRegistered(Fact):
    person_id: Annotated[PersonId, CLEAR]
    household_id: Annotated[UUID, CLEAR]
    comes: Annotated[bool, CLEAR]
    given_name: Annotated[Text, Personal(about="person_id", kept_in=MUNICIPAL_CONTACT)]
    family_name: Annotated[Text, Personal(about="person_id", kept_in=MUNICIPAL_CONTACT)]
    caregiver: Annotated[Text, Personal(about="person_id", kept_in=MUNICIPAL_CONTACT)]
    telephone: Annotated[str | Sealed | None, Personal(about="person_id", kept_in=MUNICIPAL_TELEPHONE)]
    address: Annotated[str | Sealed | None, Personal(about="person_id", kept_in=MUNICIPAL_ADDRESS)]


@fact("family.child_registered")
class ChildRegistered(Fact):
    person_id: Annotated[PersonId, CLEAR]
    household_ids: Annotated[tuple[UUID, ...], CLEAR]
    takes_part_as: Annotated[TakesPartAs, CLEAR]
    given_name: Annotated[Text, Personal(about="person_id", kept_in=MUNICIPAL_CONTACT)]
    birth_month: Annotated[Text, Personal(about="person_id", kept_in=MUNICIPAL_CONTACT)]
    day_care: Annotated[Text, Personal(about="person_id", kept_in=MUNICIPAL_CONTACT)]


@fact("family.language_stated")
class LanguageStated(Fact):
    """The language the family prefers, as it says itself; nothing about origin (FAM-11, FAM-12)."""

    family_id: Annotated[FamilyId, CLEAR]
    language: Annotated[Text, Personal(about="family_id", kept_in=MUNICIPAL_CONTACT)]
    needs_translation: Annotated[bool | Sealed, Personal(about="family_id", kept_in=MUNICIPAL_CONTACT)]


@fact("family.contact_changed")
class ContactChanged(Fact):
    person_id: Annotated[PersonId, CLEAR]
    telephone: Annotated[str | Sealed | None, Personal(about="person_id", kept_in=MUNICIPAL_TELEPHONE)]
    address: Annotated[str | Sealed | None, Personal(about="person_id", kept_in=MUNICIPAL_ADDRESS)]


@fact("family.adult_corrected")
class AdultCorrected(Fact):
    """What an adult is called, and which caregiver it is, as it should have been written (GDPR Art. 16)."""

    person_id: Annotated[PersonId, CLEAR]
    given_name: Annotated[Text, Personal(about="person_id", kept_in=MUNICIPAL_CONTACT)]
    family_name: Annotated[Text, Personal(about="person_id", kept_in=MUNICIPAL_CONTACT)]
    caregiver: Annotated[Text, Personal(about="person_id", kept_in=MUNICIPAL_CONTACT)]


@fact("family.child_corrected")
class ChildCorrected(Fact):
    """What a child is called, when it was born, and its day care, as it should have been written (GDPR Art. 16)."""

    person_id: Annotated[PersonId, CLEAR]
    given_name: Annotated[Text, Personal(about="person_id", kept_in=MUNICIPAL_CONTACT)]
    birth_month: Annotated[Text, Personal(about="person_id", kept_in=MUNICIPAL_CONTACT)]
    day_care: Annotated[Text, Personal(about="person_id", kept_in=MUNICIPAL_CONTACT)]


@fact("family.custody_stated")
class CustodyStated(Fact):
    """Custody per child and adult as yes, no or not known, with the day it was stated (FAM-09); no papers."""

    child_id: Annotated[PersonId, CLEAR]
    adult_id: Annotated[PersonId, CLEAR]
    stated_on: Annotated[date, CLEAR]
    custody: Annotated[Text, Personal(about="child_id", kept_in=CASE_FILE)]


@fact("family.person_erased")
class PersonErased(Fact):
    """What stays of a person in this realm after erasure: that there was one, and the day (RIG-02)."""

    person_id: Annotated[PersonId, CLEAR]
    erased_on: Annotated[date, CLEAR]


FamilyFact = (
    FamilyRegistered
    | AdultRegistered
    | ChildRegistered
    | LanguageStated
    | ContactChanged
    | AdultCorrected
    | ChildCorrected
    | CustodyStated
    | PersonErased
)


@dataclass(frozen=True, slots=True)
class Family:
    """What decisions need: ids, households and counting units; no personal value."""

    family_id: FamilyId
    unit_id: UnitId
    adults: dict[PersonId, UUID]
    children: dict[PersonId, TakesPartAs]
    erased: frozenset[PersonId] = frozenset()

    @property
    def members(self) -> frozenset[PersonId]:
        return frozenset(self.adults) | frozenset(self.children)


def evolve(family: Family | None, happened: FamilyFact) -> Family:
    if isinstance(happened, FamilyRegistered):
        return Family(happened.family_id, happened.unit_id, {}, {})
    assert family is not None
    match happened:
        case AdultRegistered():
            return replace(family, adults=family.adults | {happened.person_id: happened.household_id})
        case ChildRegistered():
            return replace(family, children=family.children | {happened.person_id: happened.takes_part_as})
        case PersonErased():
            return replace(family, erased=family.erased | {happened.person_id})
        case LanguageStated() | ContactChanged() | AdultCorrected() | ChildCorrected() | CustodyStated():
            return family
        case _:
            assert_never(happened)


class FamilyHasNotSaidYes(RuleBroken):
    """Nobody is registered before the family has been told and said yes (REF-08)."""

    code = "family_has_not_said_yes"


class NobodyComes(RuleBroken):
    """A family has at least one adult who comes, and at least one child of the target group."""

    code = "family_needs_adult_and_child"


class OutsideTargetGroup(RuleBroken):
    """The child is not 0–6 years old; an older one takes part as a sibling (FAM-03, FAM-04)."""

    code = "outside_target_group"


class UnknownPerson(NotFound):
    """The family has no such member."""

    code = "unknown_person"


class UnknownHousehold(NotFound):
    """A child lives in one or two of the households in which an adult of the family lives."""

    code = "unknown_household"


class SamePersonTwice(Invalid):
    """Each member of a family is entered once, as an adult or as a child."""

    code = "person_entered_twice"


class CustodyUnreadable(Invalid):
    """Custody is yes, no or not known; nothing more is kept (FAM-09)."""

    code = "custody_unreadable"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class NewAdult:
    """An adult as typed in."""

    person_id: PersonId
    household_id: UUID
    given_name: str
    family_name: str
    caregiver: Caregiver
    telephone: str | None = None
    address: str | None = None
    comes: bool = True


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class NewChild:
    """A child as typed in; `birth_month` is YYYY-MM."""

    person_id: PersonId
    household_ids: tuple[UUID, ...]
    given_name: str
    birth_month: str
    takes_part_as: TakesPartAs
    day_care: DayCare = DayCare.NOT_STATED


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """That the family was told of the club, by whom and when, and what it answered."""

    told_on: date
    told_by: ActorId
    said_yes: bool
    answered_on: date


def register_family(
    family_id: FamilyId,
    *,
    unit_id: UnitId,
    offer: Offer,
    adults: Sequence[NewAdult],
    children: Sequence[NewChild],
    language: str,
    needs_translation: bool,
    today: date,
) -> list[FamilyFact]:
    """The family with all its members.

    Raises FamilyHasNotSaidYes, NobodyComes, SamePersonTwice, OutsideTargetGroup, UnknownHousehold, and as `text` does.
    """
    check_offer(told_on=offer.told_on, said_yes=offer.said_yes, answered_on=offer.answered_on, today=today)
    if not any(adult.comes for adult in adults):
        raise NobodyComes("adults")
    if not any(child.takes_part_as is TakesPartAs.CHILD for child in children):
        raise NobodyComes("children")
    _each_entered_once(adults, children)
    homes = frozenset(adult.household_id for adult in adults)
    return [
        FamilyRegistered(
            family_id=family_id,
            unit_id=unit_id,
            told_on=offer.told_on,
            said_yes_on=offer.answered_on,
            told_by=offer.told_by,
        ),
        *(_adult(adult, f"adults/{i}") for i, adult in enumerate(adults)),
        *(_child(child, f"children/{i}", homes, today) for i, child in enumerate(children)),
        LanguageStated(
            family_id=family_id,
            language=text(language, "language", limit=NAME_LENGTH),
            needs_translation=needs_translation,
        ),
    ]


def check_offer(*, told_on: date, said_yes: bool, answered_on: date, today: date) -> None:
    """Raises FamilyHasNotSaidYes, InTheFuture, TooLongAgo."""
    if not said_yes:
        raise FamilyHasNotSaidYes("offer/said_yes")
    past(told_on, "offer/told_on", today=today)
    past(answered_on, "offer/answered_on", today=today)
    if answered_on < told_on:
        raise FamilyHasNotSaidYes("offer/answered_on")


def _each_entered_once(adults: Sequence[NewAdult], children: Sequence[NewChild]) -> None:
    seen = {adult.person_id for adult in adults}
    if len(seen) < len(adults):
        raise SamePersonTwice("adults")
    if len(seen | {child.person_id for child in children}) < len(adults) + len(children):
        raise SamePersonTwice("children")


def _adult(adult: NewAdult, field: str) -> AdultRegistered:
    return AdultRegistered(
        person_id=adult.person_id,
        household_id=adult.household_id,
        comes=adult.comes,
        given_name=text(adult.given_name, f"{field}/given_name", limit=NAME_LENGTH),
        family_name=text(adult.family_name, f"{field}/family_name", limit=NAME_LENGTH),
        caregiver=adult.caregiver.value,
        telephone=telephone(adult.telephone, f"{field}/telephone"),
        address=optional_text(adult.address, f"{field}/address", limit=LINE_LENGTH),
    )


def _child(child: NewChild, field: str, homes: frozenset[UUID], today: date) -> ChildRegistered:
    born = month(child.birth_month, f"{field}/birth_month", today=today)
    if child.takes_part_as is TakesPartAs.ADULT:
        raise OutsideTargetGroup(f"{field}/takes_part_as")
    if child.takes_part_as is TakesPartAs.CHILD and age_in_years(born, today) > OLDEST_TARGET_CHILD:
        raise OutsideTargetGroup(f"{field}/birth_month", oldest=OLDEST_TARGET_CHILD)
    households = set(child.household_ids)
    if not 1 <= len(child.household_ids) <= 2 or len(households) < len(child.household_ids) or not households <= homes:
        raise UnknownHousehold(f"{field}/households")
    return ChildRegistered(
        person_id=child.person_id,
        household_ids=child.household_ids,
        takes_part_as=child.takes_part_as,
        given_name=text(child.given_name, f"{field}/given_name", limit=NAME_LENGTH),
        birth_month=born,
        day_care=child.day_care.value,
    )


def change_contact(
    family: Family, person_id: PersonId, *, telephone_number: str | None, address: str | None
) -> list[FamilyFact]:
    """A new telephone number and address for one adult. Raises UnknownPerson."""
    if person_id not in family.adults or person_id in family.erased:
        raise UnknownPerson("person_id")
    return [
        ContactChanged(
            person_id=person_id,
            telephone=telephone(telephone_number, "telephone"),
            address=optional_text(address, "address", limit=LINE_LENGTH),
        )
    ]


def state_custody(
    family: Family, *, child_id: PersonId, adult_id: PersonId, custody: str, stated_on: date, today: date
) -> list[FamilyFact]:
    """Custody as stated on a day: yes, no or not_known. Raises UnknownPerson, CustodyUnreadable."""
    if child_id not in family.children or child_id in family.erased:
        raise UnknownPerson("child_id")
    if adult_id not in family.adults or adult_id in family.erased:
        raise UnknownPerson("adult_id")
    if custody not in set(Custody):
        raise CustodyUnreadable("custody")
    return [
        CustodyStated(
            child_id=child_id, adult_id=adult_id, stated_on=past(stated_on, "stated_on", today=today), custody=custody
        )
    ]


def mark_erased(family: Family, person_id: PersonId, *, on: date) -> list[FamilyFact]:
    """The skeleton of an erased member. Silent when it was marked before. Raises UnknownPerson."""
    if person_id not in family.members:
        raise UnknownPerson("person_id")
    return [] if person_id in family.erased else [PersonErased(person_id=person_id, erased_on=on)]
