"""An officer decides what is told without seeing it, and what was handed out is known by its hash (GDPR Art. 15, 20)."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.compartments import BY_NAME
from domain.text import Empty
from gdpr.answering_facts import AnswerDecided, Form, NamesOfStaff, WithheldBecause
from gdpr.answers import (
    ANSWERED_BY_DATA,
    AnsweredOtherwise,
    NotAnsweredByData,
    NotAnsweredYet,
    NotOurAnswer,
    answer,
    collect,
    collected_as,
)
from gdpr.rights import NotOwnData, RightsCase, Step, UnknownCompartment, next_step
from gdpr.rights_facts import Completed, Right, RightsFact
from tests.rights_at_work import ACCESS, CHECKED, FATHER, MOTHER, TODAY, after, received

OTHERS = WithheldBecause.RIGHTS_OF_OTHERS
DIGEST = sha256(b"the answer").hexdigest()


def answered(
    case: RightsCase, *, withheld: dict[str, WithheldBecause] | None = None, reasons: str | None = None,
    names: NamesOfStaff = NamesOfStaff.WITHHELD_NOT_NEEDED,
) -> list[RightsFact]:  # fmt: skip
    return answer(case, withheld=withheld or {}, names_of_staff=names, reasons=reasons, on=TODAY)


def test_answering_completes_the_case_which_then_waits_for_the_person() -> None:
    decided, completed = answered(after(ACCESS, CHECKED))

    assert decided == AnswerDecided(on=TODAY, withheld=(), grounds=(), names_of_staff=NamesOfStaff.WITHHELD_NOT_NEEDED)
    assert isinstance(completed, Completed)
    case = after(ACCESS, CHECKED, decided, completed)
    assert next_step(case) is Step.COLLECT
    taken = collect(case, by=MOTHER, form=Form.PDF, digest=DIGEST, on=TODAY)
    assert next_step(after(ACCESS, CHECKED, decided, completed, *taken)) is Step.NOTHING


def test_what_is_withheld_has_a_ground_and_reasons_in_words() -> None:
    with pytest.raises(Empty):
        answered(after(ACCESS, CHECKED), withheld={"note": OTHERS})
    decided, _, _ = answered(after(ACCESS, CHECKED), withheld={"note": OTHERS}, reasons="det handler om en anden")
    assert isinstance(decided, AnswerDecided)
    assert (decided.withheld, decided.grounds) == (("note",), (OTHERS,))


@pytest.mark.parametrize("name", ["attic", "rights"])
def test_the_case_itself_is_not_withheld_nor_what_does_not_exist(name: str) -> None:
    with pytest.raises(UnknownCompartment):
        answered(after(ACCESS, CHECKED), withheld={name: OTHERS}, reasons="fordi")


def test_the_same_answer_again_is_silent_and_another_one_refused() -> None:
    case = after(ACCESS, CHECKED, *answered(after(ACCESS, CHECKED)))

    assert answered(case) == []
    with pytest.raises(AnsweredOtherwise):
        answered(case, names=NamesOfStaff.GIVEN_NEEDED_FOR_RIGHTS)


@pytest.mark.parametrize("right", sorted(set(Right) - ANSWERED_BY_DATA))
def test_no_other_right_is_answered_with_data(right: Right) -> None:
    with pytest.raises(NotAnsweredByData):
        answered(after(received(right), CHECKED))


def test_nobody_collects_what_is_not_answered_nor_what_another_asked_for() -> None:
    with pytest.raises(NotAnsweredYet):
        collect(after(ACCESS, CHECKED), by=MOTHER, form=Form.JSON, digest=DIGEST, on=TODAY)
    case = after(ACCESS, CHECKED, *answered(after(ACCESS, CHECKED)))
    with pytest.raises(NotOwnData):
        collect(case, by=FATHER, form=Form.JSON, digest=DIGEST, on=TODAY)


@given(st.binary(max_size=40))
def test_only_the_very_bytes_that_were_handed_out_are_known_again(shown: bytes) -> None:
    past = (ACCESS, CHECKED, *answered(after(ACCESS, CHECKED)))
    case = after(*past, *collect(after(*past), by=MOTHER, form=Form.PDF, digest=DIGEST, on=TODAY))

    assert collected_as(case, DIGEST.upper()).form is Form.PDF
    if shown != b"the answer":
        with pytest.raises(NotOurAnswer):
            collected_as(case, sha256(shown).hexdigest())


@given(st.sets(st.sampled_from(sorted(BY_NAME.keys() - {"rights"}))))
def test_two_answers_that_withhold_differently_never_have_the_same_hash(names: set[str]) -> None:
    def hash_of(withheld: dict[str, WithheldBecause]) -> str:
        done = answered(after(ACCESS, CHECKED), withheld=withheld, reasons="fordi")[-1]
        assert isinstance(done, Completed)
        return done.receipt_hash

    changed = names ^ {"note"}
    assert hash_of(dict.fromkeys(names, OTHERS)) != hash_of(dict.fromkeys(changed, OTHERS))


def test_whether_names_of_staff_are_given_follows_from_the_ground() -> None:
    assert [each for each in NamesOfStaff if each.given] == [NamesOfStaff.GIVEN_NEEDED_FOR_RIGHTS]
