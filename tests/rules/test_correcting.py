"""What was written wrongly of a family is written anew, at the municipality and at the club (GDPR Art. 16)."""

from __future__ import annotations

from typing import Any

import pytest

from domain.family import AdultCorrected, ChildCorrected, OutsideTargetGroup, UnknownPerson
from domain.family_correcting import correct_adult, correct_child
from domain.lists import DayCare
from domain.participants import BirthMonthCorrected, UnknownMember, correct_birth_month
from domain.people import Caregiver
from domain.text import CprNumber, Empty, InTheFuture, NotAMonth
from tests.phrases import ALMA, SARA, STRANGER, TODAY, a_family, a_family_received
from tests.spec import given

ADULT: dict[str, Any] = {"given_name": " Sarah ", "family_name": "Lindh", "caregiver": Caregiver.OTHER}
CHILD: dict[str, Any] = {
    "given_name": "Almaz", "birth_month": "2024-01", "day_care": DayCare.NURSERY, "today": TODAY,
}  # fmt: skip


def test_an_adult_is_called_by_its_right_name() -> None:
    given(a_family()).when(correct_adult, SARA, **ADULT).then(
        AdultCorrected(person_id=SARA, given_name="Sarah", family_name="Lindh", caregiver="other_caregiver")
    )


def test_a_child_has_its_right_name_and_age() -> None:
    given(a_family()).when(correct_child, ALMA, **CHILD).then(
        ChildCorrected(person_id=ALMA, given_name="Almaz", birth_month="2024-01", day_care="nursery")
    )
    given(a_family_received()).when(correct_birth_month, ALMA, birth_month="2024-01", today=TODAY).then(
        BirthMonthCorrected(person_id=ALMA, birth_month="2024-01")
    )


@pytest.mark.parametrize(
    ("decision", "whom", "said"),
    [(correct_adult, ALMA, ADULT), (correct_adult, STRANGER, ADULT), (correct_child, SARA, CHILD)],
)
def test_an_adult_is_no_child_and_a_stranger_nobody(decision: Any, whom: Any, said: dict[str, Any]) -> None:
    given(a_family()).when(decision, whom, **said).then_refused(UnknownPerson, field="person_id")


def test_the_club_corrects_the_birth_month_of_a_child_alone() -> None:
    given(a_family_received()).when(correct_birth_month, SARA, birth_month="2024-01", today=TODAY).then_refused(
        UnknownMember, field="person_id"
    )


@pytest.mark.parametrize(
    ("changed", "refusal", "field"),
    [
        ({"given_name": ""}, Empty, "given_name"),
        ({"given_name": "0101901234"}, CprNumber, "given_name"),
        ({"birth_month": "2024-13"}, NotAMonth, "birth_month"),
        ({"birth_month": "2099-01"}, InTheFuture, "birth_month"),
    ],
)
def test_a_correction_is_as_plausible_as_what_it_corrects(changed: dict[str, Any], refusal: Any, field: str) -> None:
    given(a_family()).when(correct_child, ALMA, **(CHILD | changed)).then_refused(refusal, field=field)


def test_no_correction_makes_a_child_of_the_target_group_too_old_for_it() -> None:
    got = given(a_family()).when(correct_child, ALMA, **(CHILD | {"birth_month": "2010-01"})).outcome

    assert isinstance(got, OutsideTargetGroup)
    assert got.field == "birth_month"
