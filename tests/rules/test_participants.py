"""The club receives a family without a reason, recognises it when it comes again, and forgets whom it must."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from domain import participants
from domain.participants import (
    ChildReceived,
    FamilyReceived,
    FollowUpKept,
    Handover,
    LanguageReceived,
    NameCorrected,
    PersonErased,
    ReceivedAdult,
    ReceivedChild,
    TelephoneChanged,
    UnknownMember,
    change_telephone,
    correct_name,
    keep_follow_up,
    mark_erased,
    receive,
)
from domain.people import TakesPartAs
from domain.text import CprNumber, Empty, NotATelephone
from tests.phrases import (
    ALMA,
    CONSENT,
    COURSE,
    LIND,
    MIKKEL,
    NEXT_COURSE,
    NEXT_HANDOVER,
    SARA,
    TODAY,
    VIGGO,
    a_family_received,
    a_handover,
    adult_received,
    alma_arrives,
    child_received,
    erased_at_the_club,
)
from tests.spec import fold, given

AGAIN = {"handover_id": NEXT_HANDOVER, "course_id": NEXT_COURSE}


def test_a_family_is_received_as_it_was_handed_over() -> None:
    given().when(receive, a_handover()).then(a_family_received())


def test_a_hand_over_that_arrives_twice_is_received_once() -> None:
    given(a_family_received()).when(receive, a_handover()).then_nothing()
    given(a_family_received(), a_family_received(**AGAIN)).when(receive, a_handover()).then_nothing()


def test_no_reason_can_cross() -> None:
    """REF-09, REF-12: names, telephone, adults, children with months of birth, language; a field for why does not exist."""
    crossing = {field.name for kind in (Handover, ReceivedAdult, ReceivedChild) for field in dataclasses.fields(kind)}

    assert crossing == {
        "handover_id", "family_id", "from_realm", "course_id", "handed_over_on", "adults", "children", "language",
        "needs_translation", "person_id", "household_id", "household_ids", "comes", "takes_part_as", "given_name",
        "family_name", "caregiver", "telephone", "birth_month",
    }  # fmt: skip


def test_a_family_that_comes_again_is_recognised_by_its_id() -> None:
    first = fold(participants.evolve, a_family_received())
    second = fold(participants.evolve, [*a_family_received(), *a_family_received(**AGAIN)])

    assert not first.returning
    assert second.returning
    assert second.courses == (COURSE, NEXT_COURSE)


def test_a_second_hand_over_to_the_same_course_makes_nobody_a_returning_family() -> None:
    twice = fold(participants.evolve, [*a_family_received(), *a_family_received(handover_id=NEXT_HANDOVER)])

    assert not twice.returning


def test_a_child_is_counted_as_what_it_takes_part_as_now() -> None:
    sibling = child_received(takes_part_as=TakesPartAs.SIBLING)

    assert fold(participants.evolve, [*a_family_received(), sibling]).siblings == {ALMA}
    assert fold(participants.evolve, [*a_family_received(), sibling, child_received()]).siblings == frozenset()


def test_an_erased_member_is_not_received_again() -> None:
    given(a_family_received(), erased_at_the_club(person_id=SARA)).when(receive, a_handover(**AGAIN)).then(
        FamilyReceived(family_id=LIND, from_realm="strandby", handed_over_on=TODAY, **AGAIN),  # type: ignore[arg-type]
        child_received(),
        LanguageReceived(family_id=LIND, language="dansk", needs_translation=False),
    )
    given(a_family_received(), erased_at_the_club(person_id=ALMA)).when(receive, a_handover(**AGAIN)).then(
        FamilyReceived(family_id=LIND, from_realm="strandby", handed_over_on=TODAY, **AGAIN),  # type: ignore[arg-type]
        adult_received(),
        LanguageReceived(family_id=LIND, language="dansk", needs_translation=False),
    )


def test_a_brother_who_joins_later_is_received_with_the_next_hand_over() -> None:
    viggo = alma_arrives(person_id=VIGGO, takes_part_as=TakesPartAs.SIBLING, given_name="Viggo", birth_month="2015-03")
    received = given(a_family_received()).when(receive, a_handover(**AGAIN, children=(alma_arrives(), viggo))).facts

    assert [one.person_id for one in received if isinstance(one, ChildReceived)] == [ALMA, VIGGO]


def test_an_adult_gets_a_new_number() -> None:
    given(a_family_received()).when(change_telephone, SARA, number="30 10 20 30").then(
        TelephoneChanged(person_id=SARA, telephone="+4530102030")
    )
    given(a_family_received()).when(change_telephone, SARA, number=None).then(
        TelephoneChanged(person_id=SARA, telephone=None)
    )
    given(a_family_received()).when(change_telephone, SARA, number="30 10").then_refused(
        NotATelephone, field="telephone"
    )


@pytest.mark.parametrize("nobody", [ALMA, MIKKEL], ids=["a child", "an adult who was not handed over"])
def test_a_number_belongs_to_an_adult_of_the_family(nobody: Any) -> None:
    given(a_family_received()).when(change_telephone, nobody, number="30102030").then_refused(
        UnknownMember, field="person_id"
    )


@pytest.mark.parametrize("member", [SARA, ALMA])
def test_a_name_is_corrected_for_whoever_asks(member: Any) -> None:
    given(a_family_received()).when(correct_name, member, given_name=" Sarah ", family_name=None).then(
        NameCorrected(person_id=member, given_name="Sarah", family_name=None)
    )
    given(a_family_received()).when(correct_name, member, given_name="Sarah", family_name="Lindh").then(
        NameCorrected(person_id=member, given_name="Sarah", family_name="Lindh")
    )


def test_a_corrected_name_is_a_name() -> None:
    given(a_family_received()).when(correct_name, SARA, given_name="", family_name=None).then_refused(
        Empty, field="given_name"
    )
    given(a_family_received()).when(correct_name, SARA, given_name="Sara", family_name="0102031234").then_refused(
        CprNumber, field="family_name"
    )


def test_how_to_reach_an_adult_after_the_course_is_kept_under_the_consent_to_it() -> None:
    given(a_family_received()).when(
        keep_follow_up, SARA, consent_id=CONSENT, given_name="Sara", number="+4520102030"
    ).then(FollowUpKept(person_id=SARA, consent_id=CONSENT, given_name="Sara", telephone="+4520102030"))
    assert {mark.under for mark in FollowUpKept.MARKS.personal.values()} == {"consent_id"}
    given(a_family_received()).when(
        keep_follow_up, ALMA, consent_id=CONSENT, given_name="Alma", number=None
    ).then_refused(UnknownMember, field="person_id")


@pytest.mark.parametrize("member", [SARA, ALMA])
def test_of_an_erased_member_stays_that_there_was_one_and_once(member: Any) -> None:
    given(a_family_received()).when(mark_erased, member, on=TODAY).then(PersonErased(person_id=member, erased_on=TODAY))
    given(a_family_received(), erased_at_the_club(person_id=member)).when(mark_erased, member, on=TODAY).then_nothing()
    given(a_family_received()).when(mark_erased, MIKKEL, on=TODAY).then_refused(UnknownMember, field="person_id")


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        (change_telephone, {"number": "30102030"}),
        (correct_name, {"given_name": "Sarah", "family_name": None}),
        (keep_follow_up, {"consent_id": CONSENT, "given_name": "Sara", "number": None}),
    ],
)
def test_nothing_new_is_written_about_an_erased_member(decision: Any, said: dict[str, Any]) -> None:
    given(a_family_received(), erased_at_the_club(person_id=SARA)).when(decision, SARA, **said).then_refused(
        UnknownMember, field="person_id"
    )
