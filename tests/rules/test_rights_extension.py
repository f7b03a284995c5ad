"""A deadline is extended once, for reasons the person is told before the first one has passed (GDPR Art. 12(3))."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Refusal
from domain.text import CprNumber, InTheFuture
from gdpr.answering_facts import Concerning, ReasonsWritten
from gdpr.deadlines import due_on, extended_due_on
from gdpr.extension import ExtendedWithoutReason, TooLateToExtend, extend
from gdpr.rights import BeforeTheRequest, RequestClosed, evolve
from gdpr.rights_facts import DeadlineExtended, ExtendedBecause, RequestReceived, Right, RightsFact
from tests.rights_at_work import CASE, CHECKED, COMPLETED, DUE, FATHER, RECEIVED, REFUSED, TODAY, after

WHY = "Der er mange samtaler at gennemgå"
LATER = date(2027, 8, 12)


def extended(*past: RightsFact, reasons: str = WHY, told_on: date = TODAY, today: date = TODAY) -> list[RightsFact]:
    return extend(after(*past), ExtendedBecause.COMPLEXITY, reasons=reasons, told_on=told_on, today=today)


def test_an_extension_is_told_with_its_reason_before_the_first_deadline() -> None:
    assert extended(RECEIVED, told_on=DUE, today=DUE) == [
        DeadlineExtended(because=ExtendedBecause.COMPLEXITY, told_on=DUE, due_on=LATER),
        ReasonsWritten(asked_by=FATHER, concerning=Concerning.EXTENSION, words=WHY),
    ]


@pytest.mark.parametrize("told_on", [DUE, DUE + timedelta(days=1)])
def test_the_day_after_the_deadline_is_too_late_whatever_day_is_given(told_on: date) -> None:
    with pytest.raises(TooLateToExtend):
        extended(RECEIVED, told_on=told_on, today=DUE + timedelta(days=1))


@pytest.mark.parametrize("reasons", ["", " ", "\n"])
def test_a_deadline_is_not_extended_without_a_reason(reasons: str) -> None:
    with pytest.raises(ExtendedWithoutReason):
        extended(RECEIVED, reasons=reasons)


@pytest.mark.parametrize(
    ("told_on", "refusal"), [(TODAY - timedelta(days=1), BeforeTheRequest), (TODAY + timedelta(days=1), InTheFuture)]
)
def test_the_person_is_told_neither_before_it_asked_nor_tomorrow(told_on: date, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        extended(RECEIVED, told_on=told_on)


def test_the_reason_holds_no_cpr_number() -> None:
    with pytest.raises(CprNumber):
        extended(RECEIVED, reasons="010190-1234 spurgte to gange")


def test_there_is_one_extension() -> None:
    past = (RECEIVED, *extended(RECEIVED))

    assert after(*past).due_on == LATER
    assert extended(*past) == []


@pytest.mark.parametrize("closing", [REFUSED, COMPLETED])
def test_what_is_closed_is_not_extended(closing: RightsFact) -> None:
    with pytest.raises(RequestClosed):
        extended(RECEIVED, CHECKED, closing)


@given(st.dates(date(2026, 1, 1), date(2060, 12, 31)), st.integers(0, 120))
def test_whenever_it_is_told_it_is_in_time_or_refused_and_never_moves_a_deadline_back(
    received: date, days: int
) -> None:
    asked = RequestReceived(
        case_id=CASE, right=Right.ACCESS, subject=FATHER, asked_by=FATHER, received_on=received,
        due_on=due_on(received), told=None,
    )  # fmt: skip
    today = received + timedelta(days=days)
    try:
        facts = extended(asked, told_on=today, today=today)
    except TooLateToExtend:
        assert today > due_on(received)
        return
    case = after(asked)
    for happened in facts:
        case = evolve(case, happened)
    assert today <= due_on(received) < case.due_on == extended_due_on(received)
