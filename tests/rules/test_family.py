"""The municipality registers a family that said yes; two homes stay apart; who is erased stays erased."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given as any_of
from hypothesis import strategies as st

from domain import family
from domain.facts import Fact
from domain.family import (
    ChildRegistered,
    ContactChanged,
    CustodyStated,
    CustodyUnreadable,
    FamilyHasNotSaidYes,
    NobodyComes,
    OutsideTargetGroup,
    PersonErased,
    SamePersonTwice,
    UnknownHousehold,
    UnknownPerson,
    change_contact,
    mark_erased,
    register_family,
    state_custody,
)
from domain.lists import Custody
from domain.people import Caregiver, TakesPartAs
from domain.text import CprNumber, Empty, InTheFuture, NotAMonth, NotATelephone, TooLong, TooLongAgo
from tests.phrases import (
    ALMA,
    HEALTH_VISITOR,
    HOME,
    LIND,
    MIKKEL,
    OTHER_HOME,
    SARA,
    STRANGER,
    TODAY,
    UNIT,
    VIGGO,
    a_family,
    alma,
    an_id,
    an_offer,
    erased_in_town,
    mikkel,
    sara,
    viggo,
)
from tests.spec import Then, given, quick


def registering(**said: Any) -> Then:
    form: dict[str, Any] = {
        "unit_id": UNIT, "offer": an_offer(), "adults": [sara(), mikkel()], "children": [alma(), viggo()],
        "language": "dansk", "needs_translation": False, "today": TODAY,
    }  # fmt: skip
    return given().when(register_family, LIND, **(form | said))


def test_a_family_that_said_yes_is_registered_with_all_its_members() -> None:
    registering().then(a_family())


@pytest.mark.parametrize(
    ("offer", "field"),
    [
        (an_offer(said_yes=False), "offer/said_yes"),
        (an_offer(told_on=date(2026, 8, 6)), "offer/answered_on"),
    ],
    ids=["it said no", "it answered before it was told"],
)
def test_a_family_that_has_not_said_yes_never_enters_the_register(offer: family.Offer, field: str) -> None:
    registering(offer=offer).then_refused(FamilyHasNotSaidYes, field=field)


def test_nobody_says_yes_tomorrow() -> None:
    tomorrow = TODAY + timedelta(days=1)

    registering(offer=an_offer(answered_on=tomorrow)).then_refused(InTheFuture, field="offer/answered_on")
    registering(offer=an_offer(told_on=tomorrow, answered_on=tomorrow)).then_refused(InTheFuture, field="offer/told_on")
    registering(offer=an_offer(told_on=date(2016, 8, 3))).then_refused(TooLongAgo, field="offer/told_on")


def test_a_family_is_told_and_says_yes_on_one_day() -> None:
    registered = registering(offer=an_offer(told_on=TODAY, answered_on=TODAY)).facts[0]

    assert registered == family.FamilyRegistered(
        family_id=LIND, unit_id=UNIT, told_on=TODAY, said_yes_on=TODAY, told_by=HEALTH_VISITOR
    )


@pytest.mark.parametrize("adults", [[], [mikkel()]], ids=["no adult", "no adult who comes"])
def test_some_adult_comes_along(adults: list[family.NewAdult]) -> None:
    registering(adults=adults, children=[alma(household_ids=(OTHER_HOME,))]).then_refused(NobodyComes, field="adults")


@pytest.mark.parametrize("children", [[], [viggo()]], ids=["no child", "a sibling only"])
def test_some_child_is_of_the_target_group(children: list[family.NewChild]) -> None:
    registering(children=children).then_refused(NobodyComes, field="children")


def test_nobody_is_entered_twice() -> None:
    registering(adults=[sara(), mikkel(person_id=SARA)]).then_refused(SamePersonTwice, field="adults")
    registering(children=[alma(), viggo(person_id=ALMA)]).then_refused(SamePersonTwice, field="children")
    registering(children=[alma(), viggo(person_id=SARA)]).then_refused(SamePersonTwice, field="children")


@pytest.mark.parametrize(
    ("born", "oldest"),
    [("2026-08", 0), ("2019-09", 6)],
    ids=["born this month", "seven next month"],
)
def test_a_child_is_of_the_target_group_until_the_month_it_turns_seven(born: str, oldest: int) -> None:
    children = [one for one in registering(children=[alma(birth_month=born)]).facts if isinstance(one, ChildRegistered)]

    assert [one.birth_month for one in children] == [born]
    assert family.age_in_years(born, TODAY) == oldest


def test_a_child_of_seven_takes_part_as_a_sibling() -> None:
    seven = alma(birth_month="2019-08")

    registering(children=[viggo(), alma(), replace(seven, person_id=STRANGER)]).then_refused(
        OutsideTargetGroup, field="children/2/birth_month"
    )
    as_sibling = replace(seven, person_id=STRANGER, takes_part_as=TakesPartAs.SIBLING)
    counted = [one.takes_part_as for one in registering(children=[alma(), as_sibling]).facts[3:5]]  # type: ignore[attr-defined]
    assert counted == [TakesPartAs.CHILD, TakesPartAs.SIBLING]


def test_a_child_is_no_adult() -> None:
    grown = viggo(takes_part_as=TakesPartAs.ADULT)

    registering(children=[alma(), grown]).then_refused(OutsideTargetGroup, field="children/1/takes_part_as")


@pytest.mark.parametrize(
    ("month", "refusal"),
    [
        ("2026-09", InTheFuture),
        ("2022-13", NotAMonth),
        ("2022-5", NotAMonth),
        ("2022-05-04", NotAMonth),
        ("٢٠٢٢-05", NotAMonth),
        ("", NotAMonth),
        ("1990-05", TooLongAgo),
    ],
)
def test_a_birth_month_can_be_read_and_has_come(month: str, refusal: type[Exception]) -> None:
    registering(children=[alma(birth_month=month)]).then_refused(refusal, field="children/0/birth_month")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "homes",
    [(), (an_id(99),), (HOME, an_id(99)), (HOME, HOME), (HOME, OTHER_HOME, an_id(99))],
    ids=["none", "nobody's", "one of nobody's", "one twice", "three"],
)
def test_a_child_lives_in_one_or_two_homes_of_its_adults(homes: tuple[Any, ...]) -> None:
    registering(children=[alma(household_ids=homes)]).then_refused(UnknownHousehold, field="children/0/households")


def test_a_child_does_not_live_in_three_homes() -> None:
    grandmother = mikkel(person_id=STRANGER, household_id=an_id(99), caregiver=Caregiver.OTHER)
    everywhere = alma(household_ids=(HOME, OTHER_HOME, an_id(99)))

    registering(adults=[sara(), mikkel(), grandmother], children=[everywhere]).then_refused(
        UnknownHousehold, field="children/0/households"
    )


def test_two_homes_are_two_households_each_with_its_own_contact() -> None:
    """FAM-08: what is sealed about one adult is about that adult only."""
    _, first, second, child, *_ = registering().facts

    assert isinstance(first, family.AdultRegistered)
    assert isinstance(second, family.AdultRegistered)
    assert isinstance(child, ChildRegistered)
    assert (first.person_id, first.household_id) == (SARA, HOME)
    assert (second.person_id, second.household_id) == (MIKKEL, OTHER_HOME)
    assert child.household_ids == (HOME, OTHER_HOME)
    marks = family.AdultRegistered.MARKS.personal
    assert {marks[field].about for field in ("telephone", "address", "given_name", "family_name")} == {"person_id"}


@pytest.mark.parametrize(
    ("said", "refusal", "field"),
    [
        ({"adults": [sara(given_name=" ")]}, Empty, "adults/0/given_name"),
        ({"adults": [sara(), mikkel(family_name="L" * 81)]}, TooLong, "adults/1/family_name"),
        ({"adults": [sara(telephone="20 10")]}, NotATelephone, "adults/0/telephone"),
        ({"adults": [sara(address="Havnegade 1, 010203-1234")]}, CprNumber, "adults/0/address"),
        ({"children": [alma(given_name="")]}, Empty, "children/0/given_name"),
        ({"language": ""}, Empty, "language"),
    ],
)
def test_what_is_typed_in_is_checked_where_it_stands(
    said: dict[str, Any], refusal: type[Exception], field: str
) -> None:
    home_only = {"children": [alma(household_ids=(HOME,))]}

    registering(**(home_only | said)).then_refused(refusal, field=field)  # type: ignore[arg-type]


@quick
@any_of(st.dates(date(2019, 9, 1), date(2026, 8, 31)))
def test_every_child_born_in_the_seven_years_before_is_of_the_target_group(birthday: date) -> None:
    assert registering(children=[alma(birth_month=f"{birthday:%Y-%m}")]).facts


@quick
@any_of(st.dates(date(1997, 1, 1), date(2019, 8, 31)))
def test_no_child_born_before_them_is(birthday: date) -> None:
    older = alma(birth_month=f"{birthday:%Y-%m}")

    registering(children=[older]).then_refused(OutsideTargetGroup, field="children/0/birth_month")


def test_an_adult_gets_a_new_telephone_number_and_address() -> None:
    given(a_family()).when(change_contact, SARA, telephone_number="+46 70 123 45 67", address=" Torvet 2 ").then(
        ContactChanged(person_id=SARA, telephone="+46701234567", address="Torvet 2")
    )
    given(a_family()).when(change_contact, SARA, telephone_number=None, address="").then(
        ContactChanged(person_id=SARA, telephone=None, address=None)
    )


@pytest.mark.parametrize("nobody", [ALMA, STRANGER], ids=["a child", "a stranger"])
def test_only_an_adult_of_the_family_has_a_contact_to_change(nobody: Any) -> None:
    given(a_family()).when(change_contact, nobody, telephone_number=None, address=None).then_refused(
        UnknownPerson, field="person_id"
    )


def test_an_unreadable_telephone_number_or_address_changes_nothing() -> None:
    given(a_family()).when(change_contact, SARA, telephone_number=None, address="A" * 201).then_refused(
        TooLong, field="address"
    )
    given(a_family()).when(change_contact, SARA, telephone_number="ring til mor", address=None).then_refused(
        NotATelephone, field="telephone"
    )


@pytest.mark.parametrize("custody", list(Custody))
def test_custody_is_stated_per_child_and_adult(custody: Custody) -> None:
    said = {"child_id": ALMA, "adult_id": MIKKEL, "stated_on": TODAY}

    given(a_family()).when(state_custody, **said, custody=custody.value, today=TODAY).then(
        CustodyStated(child_id=ALMA, adult_id=MIKKEL, stated_on=TODAY, custody=custody.value)
    )


@pytest.mark.parametrize(
    ("said", "refusal", "field"),
    [
        ({"child_id": SARA}, UnknownPerson, "child_id"),
        ({"child_id": STRANGER}, UnknownPerson, "child_id"),
        ({"adult_id": VIGGO}, UnknownPerson, "adult_id"),
        ({"adult_id": STRANGER}, UnknownPerson, "adult_id"),
        ({"custody": "efter dom af 3. maj"}, CustodyUnreadable, "custody"),
        ({"stated_on": TODAY + timedelta(days=1)}, InTheFuture, "stated_on"),
    ],
)
def test_custody_is_a_plain_answer_about_members(said: dict[str, Any], refusal: type[Exception], field: str) -> None:
    form = {"child_id": ALMA, "adult_id": SARA, "stated_on": TODAY, "custody": "yes", "today": TODAY} | said

    given(a_family()).when(state_custody, **form).then_refused(refusal, field=field)  # type: ignore[arg-type]


@pytest.mark.parametrize("member", [SARA, MIKKEL, ALMA, VIGGO])
def test_of_an_erased_member_stays_that_there_was_one(member: Any) -> None:
    given(a_family()).when(mark_erased, member, on=TODAY).then(PersonErased(person_id=member, erased_on=TODAY))


def test_a_member_is_erased_once() -> None:
    given(a_family(), erased_in_town(person_id=SARA)).when(mark_erased, SARA, on=TODAY).then_nothing()


def test_nobody_is_erased_who_is_no_member() -> None:
    given(a_family()).when(mark_erased, STRANGER, on=TODAY).then_refused(UnknownPerson, field="person_id")


@pytest.mark.parametrize(
    ("decision", "said", "field"),
    [
        (change_contact, {"person_id": SARA, "telephone_number": "20102030", "address": None}, "person_id"),
        (state_custody, {"child_id": ALMA, "adult_id": SARA, "stated_on": TODAY, "custody": "yes", "today": TODAY}, "adult_id"),
        (state_custody, {"child_id": VIGGO, "adult_id": MIKKEL, "stated_on": TODAY, "custody": "yes", "today": TODAY}, "child_id"),
    ],
)  # fmt: skip
def test_nothing_new_is_written_about_an_erased_member(decision: Any, said: dict[str, Any], field: str) -> None:
    gone: list[Fact] = [erased_in_town(person_id=SARA), erased_in_town(person_id=VIGGO)]

    given(a_family(), gone).when(decision, **said).then_refused(UnknownPerson, field=field)
