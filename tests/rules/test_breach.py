"""A breach has 72 hours of its own, is told of in phases, and is not closed before all is known and done (Art. 33, 34)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given as any_of
from hypothesis import strategies as st

from domain.compartments import RealmKind
from domain.errors import Refusal
from domain.people import PersonId
from domain.text import CprNumber, Empty, InTheFuture, TooLongAgo
from gdpr.breach import (
    HOURS_TO_REPORT,
    Breach,
    BreachIsClosed,
    BreachNotFinished,
    ClockJumpedBack,
    LateWithoutReason,
    NotAHighRisk,
    NothingSaid,
    NumberImplausible,
    Reporting,
    TimesImplausible,
    ZoneMissing,
    close,
    describe,
    evolve,
    judge,
    need_not_tell,
    notice,
    report,
    tell,
)
from gdpr.breach_facts import (
    Affected,
    BreachClosed,
    BreachDescribed,
    BreachNoticed,
    BreachReported,
    Nature,
    NotToldBecause,
    PersonsTold,
    Risk,
    RiskJudged,
    TellingNotNeeded,
    WayTold,
)
from gdpr.rights import UnknownCompartment
from tests.spec import fold, given, quick, sealed

DENMARK = ZoneInfo("Europe/Copenhagen")
THE_BREACH = UUID(int=0xB1)
FRIDAY = datetime(2026, 10, 23, 16, 30, tzinfo=DENMARK)
"""The weekend in which the clocks are put back an hour lies within its 72 hours."""
LATER = FRIDAY + timedelta(hours=1)
DUE = datetime(2026, 10, 26, 15, 30, tzinfo=DENMARK)
moments = st.datetimes(datetime(2024, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001

NOTICED = BreachNoticed(
    breach_id=THE_BREACH, at=LATER, aware_at=FRIDAY.astimezone(UTC), began_at=None, ended_at=None, processor_told_at=None,
    natures=(Nature.CONFIDENTIALITY,), what="En telefon blev glemt i bussen.",
)  # fmt: skip
DESCRIBED = BreachDescribed(
    breach_id=THE_BREACH, at=LATER, affected=(Affected.PARENTS,), compartments=("roster",), persons=12, records=30,
    said=("consequences", "measures", "contact"), consequences="Andre kan læse navnene.", measures="Lukket for adgang.",
    contact="Rådgiveren, 70 10 20 30",
)  # fmt: skip


def judged(risk: Risk) -> RiskJudged:
    return RiskJudged(breach_id=THE_BREACH, at=LATER, risk=risk, reason="Telefonen var låst.")


def reported(at: datetime, *, number: int = 1, late: bool = False) -> BreachReported:
    why = "Vi vidste ikke, hvem der var ramt." if late else None
    return BreachReported(
        breach_id=THE_BREACH, at=at, reported_at=at.astimezone(UTC), number=number, late=late, late_because=why
    )


def state(*happened: Any) -> Breach:
    return fold(evolve, map(sealed, happened))  # type: ignore[no-any-return]


def noticing(**changed: Any) -> list[Any]:
    said = {
        "what": "En telefon blev glemt i bussen.",
        "natures": [Nature.CONFIDENTIALITY],
        "aware_at": FRIDAY,
        "now": LATER,
    }
    return notice(THE_BREACH, **(said | changed))  # type: ignore[arg-type]


# The clock


def test_a_breach_known_on_friday_afternoon_is_due_on_monday_whatever_the_weekend_and_the_clocks_do() -> None:
    breach = state(NOTICED)
    assert breach.due_at == DUE
    assert breach.reporting(DUE) is Reporting.WAITING
    assert breach.reporting(DUE + timedelta(seconds=1)) is Reporting.OVERDUE


@any_of(moments)
@quick
def test_any_breach_is_due_exactly_72_elapsed_hours_after_it_was_known(aware_at: datetime) -> None:
    (fact,) = noticing(aware_at=aware_at.astimezone(DENMARK), now=aware_at + timedelta(days=1))
    assert state(fact).due_at - aware_at == HOURS_TO_REPORT == timedelta(seconds=259_200)


def test_two_controllers_of_one_accident_have_each_their_own_hours() -> None:
    town, club = state(NOTICED), state(*noticing(aware_at=FRIDAY + timedelta(minutes=59)))
    assert club.due_at - town.due_at == timedelta(minutes=59)


def test_the_hours_run_from_when_it_was_known_and_not_from_when_it_was_written_down() -> None:
    assert state(*noticing(now=FRIDAY + timedelta(days=5))).reporting(FRIDAY + timedelta(days=5)) is Reporting.OVERDUE


@pytest.mark.parametrize(
    ("past", "stands"),
    [
        ([], Reporting.OVERDUE),
        ([judged(Risk.RISK)], Reporting.OVERDUE),
        ([judged(Risk.UNLIKELY)], Reporting.NOT_NEEDED),
        ([judged(Risk.UNLIKELY), judged(Risk.HIGH)], Reporting.OVERDUE),
        ([reported(FRIDAY)], Reporting.REPORTED),
        ([reported(DUE + timedelta(hours=1), late=True)], Reporting.REPORTED_LATE),
        ([reported(FRIDAY), reported(DUE + timedelta(days=9), number=2)], Reporting.REPORTED),
    ],
)
def test_where_the_duty_to_report_stands_after_the_hours(past: list[Any], stands: Reporting) -> None:
    assert state(NOTICED, *past).reporting(DUE + timedelta(days=1)) is stands


# Noticing


def test_every_breach_is_written_down_with_the_moment_it_was_known() -> None:
    assert noticing() == [NOTICED]


@pytest.mark.parametrize(
    ("said", "refusal", "field"),
    [
        ({"aware_at": LATER + timedelta(minutes=1)}, InTheFuture, "aware_at"),
        ({"aware_at": FRIDAY.replace(year=2020)}, TooLongAgo, "aware_at"),
        ({"aware_at": FRIDAY.replace(tzinfo=None)}, ZoneMissing, "aware_at"),
        ({"began_at": FRIDAY + timedelta(minutes=1)}, TimesImplausible, "began_at"),
        ({"began_at": FRIDAY, "ended_at": FRIDAY - timedelta(minutes=1)}, TimesImplausible, "ended_at"),
        ({"processor_told_at": FRIDAY - timedelta(minutes=1)}, TimesImplausible, "aware_at"),
        ({"natures": []}, NothingSaid, "natures"),
        ({"what": "  "}, Empty, "what"),
        ({"what": "Brevet til 010190-1234 kom forkert frem"}, CprNumber, "what"),
    ],
)
def test_impossible_moments_and_empty_words_are_refused(said: Any, refusal: type[Refusal], field: str) -> None:
    with pytest.raises(refusal) as refused:
        noticing(**said)
    assert refused.value.field == field


def test_who_is_told_by_its_processor_knows_it_from_then_on() -> None:
    (fact,) = noticing(processor_told_at=FRIDAY)
    assert (fact.processor_told_at, state(fact).due_at) == (FRIDAY, DUE)


# Describing and judging


def test_what_is_known_comes_in_phases_and_adds_up() -> None:
    first = describe(state(NOTICED), kind=RealmKind.RED_BARNET, affected=[Affected.PARENTS], persons=12, now=LATER)
    breach = state(NOTICED, *first)
    second = describe(breach, kind=RealmKind.RED_BARNET, compartments=["roster", "contact", "roster"], now=LATER)
    breach = state(NOTICED, *first, *second)
    assert (breach.affected, breach.compartments, breach.persons) == ((Affected.PARENTS,), ("contact", "roster"), 12)


@pytest.mark.parametrize(
    ("said", "refusal", "field"),
    [
        ({}, NothingSaid, "consequences"),
        ({"consequences": " ", "compartments": []}, NothingSaid, "consequences"),
        ({"persons": -1}, NumberImplausible, "persons"),
        ({"records": 10**9}, NumberImplausible, "records"),
        ({"compartments": ["case_file"]}, UnknownCompartment, "compartments"),
        ({"compartments": ["secrets"]}, UnknownCompartment, "compartments"),
    ],
)
def test_a_description_says_something_that_this_controller_can_know(
    said: Any, refusal: type[Refusal], field: str
) -> None:
    given(NOTICED).when(describe, kind=RealmKind.RED_BARNET, now=LATER, **said).then_refused(refusal, field=field)


def test_each_judgement_of_the_risk_is_kept_and_the_last_one_holds() -> None:
    given(NOTICED).when(judge, Risk.HIGH, reason="Telefonen var låst.", now=LATER).then(judged(Risk.HIGH))
    assert state(NOTICED, judged(Risk.UNLIKELY), judged(Risk.HIGH)).risk is Risk.HIGH
    given(NOTICED).when(judge, Risk.UNLIKELY, reason=" ", now=LATER).then_refused(Empty, field="reason")


# Reporting


def test_what_is_reported_within_the_hours_needs_no_excuse_and_one_given_is_not_kept() -> None:
    given(NOTICED).when(report, reported_at=DUE, late_because="Ingen", now=DUE).then(reported(DUE))


def test_what_is_reported_later_says_why() -> None:
    late = DUE + timedelta(seconds=1)
    given(NOTICED).when(report, reported_at=late, now=late).then_refused(LateWithoutReason, field="late_because")
    why = "Vi vidste ikke, hvem der var ramt."
    given(NOTICED).when(report, reported_at=late, late_because=why, now=late).then(reported(late, late=True))


def test_a_phase_is_never_late_and_the_same_report_is_written_once() -> None:
    past, later = [NOTICED, reported(LATER)], DUE + timedelta(days=3)
    given(*past).when(report, reported_at=later, now=later).then(reported(later, number=2))
    given(*past).when(report, reported_at=LATER, now=later).then_nothing()


@pytest.mark.parametrize(
    ("at", "refusal"), [(FRIDAY - timedelta(hours=1), TimesImplausible), (DUE + timedelta(hours=1), InTheFuture)]
)
def test_nothing_is_reported_before_it_is_known_nor_tomorrow(at: datetime, refusal: type[Refusal]) -> None:
    given(NOTICED).when(report, reported_at=at, now=DUE).then_refused(refusal, field="reported_at")


def test_a_phase_does_not_go_before_the_notice() -> None:
    given(NOTICED, reported(DUE)).when(report, reported_at=LATER, now=DUE).then_refused(
        TimesImplausible, field="reported_at"
    )


# Telling the persons


def test_the_persons_are_told_or_an_exception_is_named_where_the_risk_is_high() -> None:
    on, high = LATER.date(), [NOTICED, judged(Risk.HIGH)]
    told = PersonsTold(breach_id=THE_BREACH, at=LATER, on=on, way=WayTold.EACH, persons=12)
    said = {"on": on, "way": WayTold.EACH, "now": LATER, "today": on}
    given(*high).when(tell, persons=12, **said).then(told)
    given(*high).when(tell, persons=-1, **said).then_refused(NumberImplausible, field="persons")
    early = {**said, "on": on - timedelta(days=1)}
    given(*high).when(tell, persons=None, **early).then_refused(TimesImplausible, field="on")
    excepted = TellingNotNeeded(
        breach_id=THE_BREACH, at=LATER, because=NotToldBecause.UNINTELLIGIBLE, reason="Den var krypteret."
    )
    why = {"reason": "Den var krypteret.", "now": LATER}
    given(*high).when(need_not_tell, NotToldBecause.UNINTELLIGIBLE, **why).then(excepted)
    given(NOTICED, judged(Risk.RISK)).when(need_not_tell, NotToldBecause.RISK_REMOVED, **why).then_refused(
        NotAHighRisk, field="because"
    )


def test_nobody_is_told_on_the_evening_before_a_breach_that_was_noticed_just_after_midnight_in_denmark() -> None:
    midnight = datetime(2026, 6, 12, 22, 10, tzinfo=UTC)  # in Denmark ten past twelve on the 13th
    noticed = replace(NOTICED, at=midnight, aware_at=midnight)
    said = {"way": WayTold.EACH, "persons": None, "now": midnight + timedelta(days=1), "today": date(2026, 6, 14)}
    high = replace(judged(Risk.HIGH), at=midnight)
    given(noticed, high).when(tell, on=date(2026, 6, 12), **said).then_refused(TimesImplausible, field="on")
    assert state(noticed, high).aware_at == midnight
    assert tell(state(noticed, high), on=date(2026, 6, 13), **said)


# Closing


@pytest.mark.parametrize(
    ("past", "missing"),
    [
        ([], "affected"),
        ([DESCRIBED], "risk"),
        ([DESCRIBED, judged(Risk.RISK)], "reported_at"),
        ([DESCRIBED, judged(Risk.HIGH), reported(LATER)], "told"),
    ],
)
def test_it_is_not_closed_before_all_is_known_and_done_and_the_first_thing_wanting_is_named(
    past: list[Any], missing: str
) -> None:
    given(NOTICED, *past).when(close, now=LATER).then_refused(BreachNotFinished, field=missing)


def test_an_unlikely_risk_is_closed_without_a_report_and_a_high_one_after_report_and_telling() -> None:
    closed = BreachClosed(breach_id=THE_BREACH, at=LATER)
    given(NOTICED, DESCRIBED, judged(Risk.UNLIKELY)).when(close, now=LATER).then(closed)
    told = PersonsTold(breach_id=THE_BREACH, at=LATER, on=LATER.date(), way=WayTold.EACH, persons=None)
    given(NOTICED, DESCRIBED, judged(Risk.HIGH), reported(LATER), told).when(close, now=LATER).then(closed)
    given(NOTICED, closed).when(close, now=LATER).then_nothing()


# Faults

WRITES: list[Callable[[Breach, datetime], list[Any]]] = [
    lambda breach, now: describe(breach, kind=RealmKind.RED_BARNET, persons=1, now=now),
    lambda breach, now: judge(breach, Risk.RISK, reason="Navne", now=now),
    lambda breach, now: report(breach, reported_at=FRIDAY, now=now),
    lambda breach, now: tell(breach, on=now.date(), way=WayTold.EACH, persons=1, now=now, today=now.date()),
    lambda breach, now: need_not_tell(breach, NotToldBecause.RISK_REMOVED, reason="Slettet", now=now),
    lambda breach, now: close(breach, now=now),
]


@pytest.mark.parametrize("write", WRITES, ids=range(len(WRITES)))
def test_a_clock_that_jumped_back_is_said_and_nothing_is_written(
    write: Callable[[Breach, datetime], list[Any]],
) -> None:
    breach = state(NOTICED, DESCRIBED, judged(Risk.HIGH))
    with pytest.raises(ClockJumpedBack):
        write(breach, LATER - timedelta(seconds=1))


@pytest.mark.parametrize("write", WRITES[:-1], ids=range(len(WRITES) - 1))
def test_a_closed_breach_takes_nothing_more(write: Callable[[Breach, datetime], list[Any]]) -> None:
    with pytest.raises(BreachIsClosed):
        write(state(NOTICED, BreachClosed(breach_id=THE_BREACH, at=LATER)), LATER)


def test_every_word_is_sealed_under_the_breachs_own_id_and_nobodys_else() -> None:
    marks = [
        mark
        for kind in (BreachNoticed, BreachDescribed, RiskJudged, BreachReported, TellingNotNeeded)
        for mark in kind.MARKS.personal.values()
    ]
    assert {(mark.about, mark.kept_in.name) for mark in marks} == {("breach_id", "breach")}
    assert PersonId not in BreachNoticed.MARKS.clear.values()
