"""Reading is restricted on a ground of Art. 18(1), stays so, and is opened again only after the person was told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from domain.compartments import COMPARTMENTS
from domain.facts import UPCASTS
from domain.people import Role
from domain.text import InTheFuture
from gdpr.keeping import WrongGround
from gdpr.policy import Level, Standing, decide
from gdpr.restriction import NothingRestricted, lift, place
from gdpr.rights import BeforeTheRequest, UnknownCompartment
from gdpr.rights_facts import RestrictedBecause, RestrictionLifted, RestrictionPlaced, Right
from tests.rights_at_work import CHECKED, COMPLETED, FATHER, HOUSEHOLD, TODAY, after, received

ASKED = received(Right.RESTRICTION)
CLAIMS = RestrictedBecause.NEEDED_FOR_CLAIMS
PLACED = RestrictionPlaced(subject=FATHER, compartments=("contact", "note"), until=None, because=CLAIMS)


def test_reading_is_restricted_once_with_its_ground() -> None:
    assert place(after(ASKED, CHECKED), ["note", "contact"], CLAIMS) == [PLACED]
    case = after(ASKED, CHECKED, PLACED)
    assert case.restricted == {(FATHER, "contact"), (FATHER, "note")}
    assert place(case, ["note"], CLAIMS) == []


def test_what_is_said_of_the_household_is_restricted_with_the_person() -> None:
    of_person, of_household = place(after(ASKED, CHECKED), ["note"], CLAIMS, also=[HOUSEHOLD])

    assert isinstance(of_person, RestrictionPlaced)
    assert isinstance(of_household, RestrictionPlaced)
    assert (of_person.subject, of_household.subject) == (FATHER, HOUSEHOLD)
    (lifted_of_person, lifted_of_household) = lift(
        after(ASKED, CHECKED, of_person, of_household), told_on=TODAY, today=TODAY
    )
    assert {lifted_of_person, lifted_of_household} == {
        RestrictionLifted(subject=who, compartments=("note",), told_on=TODAY) for who in (FATHER, HOUSEHOLD)
    }


@pytest.mark.parametrize("names", [[], ["attic"], ["rights"]])
def test_there_is_something_to_restrict_and_it_is_not_the_case_itself(names: list[str]) -> None:
    with pytest.raises(UnknownCompartment):
        place(after(ASKED, CHECKED), names, CLAIMS)


def test_a_pending_objection_is_the_ground_of_an_objection_and_of_nothing_else() -> None:
    with pytest.raises(WrongGround):
        place(after(ASKED, CHECKED), ["note"], RestrictedBecause.OBJECTION_PENDING)
    with pytest.raises(WrongGround):
        place(after(received(Right.OBJECTION), CHECKED), ["case_file"], CLAIMS)


def test_it_is_lifted_after_the_person_was_told_also_when_the_case_is_closed() -> None:
    case = after(ASKED, CHECKED, PLACED, COMPLETED)

    assert lift(case, ["note", "roster"], told_on=TODAY, today=TODAY) == [
        RestrictionLifted(subject=FATHER, compartments=("note",), told_on=TODAY)
    ]
    with pytest.raises(NothingRestricted):
        lift(case, ["roster"], told_on=TODAY, today=TODAY)


def test_the_person_was_told_neither_tomorrow_nor_before_it_asked() -> None:
    case = after(ASKED, CHECKED, PLACED)

    with pytest.raises(InTheFuture):
        lift(case, told_on=TODAY + timedelta(days=1), today=TODAY)
    with pytest.raises(BeforeTheRequest):
        lift(case, told_on=TODAY - timedelta(days=1), today=TODAY)


def test_whoever_asks_in_whatever_position_a_restricted_value_is_opened_for_the_person_alone() -> None:
    """To whom it may also go on paper, by the hand of an officer to whom two persons released it (decision 0021)."""
    everywhere = replace(Standing(**dict.fromkeys(Standing.__dataclass_fields__, True)), released_by_two_persons=False)
    for role, compartment, level in product(Role, COMPARTMENTS, Level):
        answer = decide(role, compartment, everywhere, level, restricted=True)
        assert not answer.allowed or role is Role.FAMILY


def test_a_restriction_stored_before_grounds_were_kept_is_read_as_one_an_erasure_left() -> None:
    stored: dict[str, object] = {"subject": FATHER, "compartments": ("case_file",), "until": None}
    (to_grounds,) = UPCASTS["rights.restriction_placed"]
    to_grounds(stored)

    assert stored["because"] is None
