"""What was written wrongly of a family's members is written anew; what it was stays a fact of that day (GDPR Art. 16)."""

from __future__ import annotations

from datetime import date

from domain.family import (
    OLDEST_TARGET_CHILD,
    AdultCorrected,
    ChildCorrected,
    Family,
    FamilyFact,
    OutsideTargetGroup,
    UnknownPerson,
)
from domain.lists import DayCare
from domain.people import Caregiver, PersonId, TakesPartAs
from domain.text import NAME_LENGTH, age_in_years, month, text


def correct_adult(
    family: Family, person_id: PersonId, *, given_name: str, family_name: str, caregiver: Caregiver
) -> list[FamilyFact]:
    """An adult as it is called. Raises UnknownPerson."""
    if person_id not in family.adults or person_id in family.erased:
        raise UnknownPerson("person_id")
    return [
        AdultCorrected(
            person_id=person_id,
            given_name=text(given_name, "given_name", limit=NAME_LENGTH),
            family_name=text(family_name, "family_name", limit=NAME_LENGTH),
            caregiver=caregiver.value,
        )
    ]


def correct_child(
    family: Family, person_id: PersonId, *, given_name: str, birth_month: str, day_care: DayCare, today: date
) -> list[FamilyFact]:
    """A child as it is called, and when it was born. Raises UnknownPerson, OutsideTargetGroup, NotAMonth, InTheFuture."""
    if person_id not in family.children or person_id in family.erased:
        raise UnknownPerson("person_id")
    born = month(birth_month, "birth_month", today=today)
    if family.children[person_id] is TakesPartAs.CHILD and age_in_years(born, today) > OLDEST_TARGET_CHILD:
        raise OutsideTargetGroup("birth_month", oldest=OLDEST_TARGET_CHILD)
    return [
        ChildCorrected(
            person_id=person_id,
            given_name=text(given_name, "given_name", limit=NAME_LENGTH),
            birth_month=born,
            day_care=day_care.value,
        )
    ]
