"""A father, a mother and their son ask about their own data: how a case begins, who asks, and how it is refused or closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from domain.facts import FACTS, Personal
from domain.people import SubjectId
from domain.text import CprNumber, Empty, InTheFuture
from gdpr import answers, restriction
from gdpr.answering_facts import Concerning, NamesOfStaff, ReasonsWritten
from gdpr.erasure import fence
from gdpr.keeping import decide
from gdpr.rights import (
    IdentityNotChecked,
    NotOwnData,
    OutOfTurn,
    RequestClosed,
    RightsCase,
    Step,
    check_identity,
    complete,
    next_step,
    receive,
    refuse,
)
from gdpr.rights_facts import (
    Ground,
    Outcome,
    RefusedBecause,
    RequestReceived,
    RestrictedBecause,
    Right,
    RightsFact,
)
from tests.rights_at_work import (
    ACCESS,
    CASE,
    CHECKED,
    COMPLETED,
    DUE,
    FATHER,
    MOTHER,
    RECEIVED,
    REFUSED,
    SON,
    TODAY,
    after,
    received,
)

Decision = Callable[[RightsCase], list[RightsFact]]
DECISIONS: dict[str, tuple[Right, Decision]] = {
    "decide": (Right.ERASURE, lambda case: decide(case, "note", Outcome.ERASE, Ground.CONSENT_WITHDRAWN, today=TODAY)),
    "complete": (Right.ERASURE, lambda case: complete(case, on=TODAY, receipt_hash="00")),
    "fence": (Right.ERASURE, lambda case: fence(case, ["note"], on=TODAY)),
    "restrict": (
        Right.RESTRICTION,
        lambda case: restriction.place(case, ["note"], RestrictedBecause.NEEDED_FOR_CLAIMS),
    ),
    "answer": (
        Right.ACCESS,
        lambda case: answers.answer(
            case, withheld={}, names_of_staff=NamesOfStaff.WITHHELD_NOT_NEEDED, reasons=None, on=TODAY
        ),
    ),
}


def asks(subject: SubjectId, *, asked_by: UUID, entitled: bool = False) -> list[RightsFact]:
    return receive(
        CASE, Right.ERASURE, subject=subject, asked_by=asked_by, entitled=entitled, told="Slet alt om mig",
        received_on=TODAY, today=TODAY,
    )  # fmt: skip


# Receiving


def test_a_request_is_recorded_with_the_day_it_is_due() -> None:
    assert asks(FATHER, asked_by=FATHER) == [RECEIVED]


def test_a_mother_asks_for_her_son() -> None:
    (received,) = asks(SON, asked_by=MOTHER, entitled=True)

    assert isinstance(received, RequestReceived)
    assert (received.subject, received.asked_by) == (SON, MOTHER)


def test_a_father_may_not_ask_for_the_erasure_of_the_mothers_data() -> None:
    with pytest.raises(NotOwnData):
        asks(MOTHER, asked_by=FATHER)


def test_what_was_told_is_sealed_about_the_subject_and_may_hold_no_cpr_number() -> None:
    mark = FACTS["rights.request_received"].MARKS.personal["told"]

    assert isinstance(mark, Personal)
    assert (mark.about, mark.kept_in.name) == ("subject", "rights")
    with pytest.raises(CprNumber):
        receive(
            CASE, Right.ACCESS, subject=FATHER, asked_by=FATHER, entitled=False, told="jeg er 010190-1234",
            received_on=TODAY, today=TODAY,
        )  # fmt: skip


def test_a_request_cannot_have_been_received_tomorrow() -> None:
    with pytest.raises(InTheFuture):
        receive(
            CASE, Right.ACCESS, subject=FATHER, asked_by=FATHER, entitled=False, told=None,
            received_on=TODAY + timedelta(days=1), today=TODAY,
        )  # fmt: skip


def test_an_open_request_is_overdue_the_day_after_it_was_due() -> None:
    case = after(RECEIVED)

    assert not case.overdue(DUE)
    assert case.overdue(DUE + timedelta(days=1))
    assert not after(RECEIVED, CHECKED, REFUSED).overdue(DUE + timedelta(days=1))


# Who asks


def test_how_the_identity_was_checked_is_recorded_once() -> None:
    how = "ringede op på det kendte nummer"

    assert check_identity(after(RECEIVED), how=how, on=TODAY, today=TODAY) == [CHECKED]
    assert check_identity(after(RECEIVED, CHECKED), how="igen", on=TODAY, today=TODAY) == []


def test_a_check_without_a_word_on_how_is_none() -> None:
    with pytest.raises(Empty):
        check_identity(after(RECEIVED), how=" ", on=TODAY, today=TODAY)


@pytest.mark.parametrize("name", DECISIONS)
def test_nothing_happens_before_it_is_known_who_asks(name: str) -> None:
    right, decision = DECISIONS[name]
    with pytest.raises(IdentityNotChecked):
        decision(after(received(right)))


# Refusing


def test_a_request_is_refused_once() -> None:
    case = after(RECEIVED)
    case = after(RECEIVED, *refuse(case, RefusedBecause.IDENTITY_NOT_PROVEN, on=TODAY))

    assert case.refused is RefusedBecause.IDENTITY_NOT_PROVEN
    assert refuse(case, RefusedBecause.IDENTITY_NOT_PROVEN, on=TODAY) == []
    with pytest.raises(RequestClosed):
        refuse(case, RefusedBecause.NOT_OWN_DATA, on=TODAY)


def test_a_refusal_may_say_why_in_words_which_are_sealed_about_whoever_asked() -> None:
    refused, why = refuse(after(ACCESS), RefusedBecause.EXCESSIVE, on=TODAY, reasons="tredje gang på en måned")

    assert refused.TOPIC == "rights.request_refused"
    assert why == ReasonsWritten(asked_by=MOTHER, concerning=Concerning.REFUSAL, words="tredje gang på en måned")
    with pytest.raises(CprNumber):
        refuse(after(ACCESS), RefusedBecause.EXCESSIVE, on=TODAY, reasons="010190-1234 igen")


@pytest.mark.parametrize("name", DECISIONS)
def test_nothing_more_happens_to_a_refused_request(name: str) -> None:
    right, decision = DECISIONS[name]
    with pytest.raises(RequestClosed):
        decision(after(received(right), CHECKED, REFUSED))


def test_who_asks_is_not_checked_any_more_once_the_request_is_refused() -> None:
    with pytest.raises(RequestClosed):
        check_identity(after(RECEIVED, REFUSED), how="pas", on=TODAY, today=TODAY)


# Completing


@pytest.mark.parametrize(
    ("right", "waits_for"),
    [
        (Right.ACCESS, Step.DECIDE), (Right.PORTABILITY, Step.DECIDE), (Right.RESTRICTION, Step.DECIDE),
        (Right.OBJECTION, Step.DECIDE), (Right.RECTIFICATION, Step.COMPLETE), (Right.ERASURE, Step.FENCE),
    ],
)  # fmt: skip
def test_every_right_waits_for_the_identity_and_then_for_its_own_step(right: Right, waits_for: Step) -> None:
    assert next_step(after(received(right))) is Step.CHECK_IDENTITY
    assert next_step(after(received(right), CHECKED)) is waits_for
    assert next_step(after(received(right), CHECKED, REFUSED)) is Step.NOTHING
    assert next_step(after(received(right), CHECKED, COMPLETED)) is Step.NOTHING


@pytest.mark.parametrize("right", sorted(set(Right) - {Right.RECTIFICATION}))
def test_nothing_is_complete_before_it_was_decided_or_carried_out(right: Right) -> None:
    with pytest.raises(OutOfTurn):
        complete(after(received(right), CHECKED), on=TODAY, receipt_hash="00")


def test_every_personal_field_of_a_case_is_words_and_is_kept_with_the_case() -> None:
    personal = {
        (topic, name): mark.kept_in.name
        for topic, kind in FACTS.items()
        if topic.startswith("rights.")
        for name, mark in kind.MARKS.personal.items()
    }

    assert personal == {
        ("rights.request_received", "told"): "rights",
        ("rights.identity_checked", "how"): "rights",
        ("rights.reasons_written", "words"): "rights",
        ("rights.correction_wished", "wished"): "rights",
    }
