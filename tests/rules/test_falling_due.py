"""Nothing goes before every clock that keeps it has run out, nothing against a hold, and later days only add."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given as any_of
from hypothesis import strategies as st

from domain.compartments import RealmKind, held_in
from domain.errors import Refusal
from domain.people import SubjectId
from gdpr import holds
from gdpr.falling_due import Keeping, due
from gdpr.holds import EndsWithItsConsent, HoldIsLifted, NoReviewDay, NothingHeld
from gdpr.retention import CONTACT, NOTE, Span, clocks_of
from gdpr.retention_facts import HoldGround, HoldLifted, HoldPlaced
from gdpr.rights import UnknownCompartment
from tests.spec import fold

CLOCKS = clocks_of(RealmKind.RED_BARNET)
HELD = [compartment.name for compartment in held_in(RealmKind.RED_BARNET)]
TODAY, ALMA, BO = date(2026, 11, 24), UUID(int=0xA), UUID(int=0xB)
SPRING, AUTUMN = UUID(int=0x51), UUID(int=0x52)

days = st.dates(date(2025, 1, 1), date(2032, 12, 31))
running = st.lists(
    st.builds(
        Keeping,
        clock=st.sampled_from([NOTE, CONTACT, "attendance", "rights_case"]),
        subject=st.sampled_from([ALMA, BO]),
        compartment=st.sampled_from(["note", "contact", "roster"]),
        under=st.sampled_from([None, SPRING, AUTUMN]),
        started_on=st.none() | days,
    ),
    max_size=12,
)
kept = st.sets(st.tuples(st.sampled_from([ALMA, BO]), st.sampled_from(["note", "contact", "roster"])), max_size=3)


@any_of(keepings=running, on=days, kept_back=kept)
def test_what_goes_was_kept_as_long_as_every_clock_said_and_no_hold_named_it(
    keepings: list[Keeping], on: date, kept_back: set[tuple[UUID, str]]
) -> None:
    found = due(keepings, CLOCKS, kept_back=kept_back, on=on)
    for ending in (*found.goes, *found.kept_back):
        clocks = [
            k
            for k in keepings
            if (k.subject, k.compartment, k.under) == (ending.subject, ending.compartment, ending.under)
        ]
        ends = [CLOCKS[each.clock].keep.after(each.started_on) if each.started_on else None for each in clocks]
        assert None not in ends
        assert max(day for day in ends if day is not None) == ending.due_on <= on
        assert ((ending.subject, ending.compartment) in kept_back) == (ending in found.kept_back)


@any_of(keepings=running, on=days, later=st.integers(0, 2000))
def test_a_day_never_takes_back_what_an_earlier_one_let_go(keepings: list[Keeping], on: date, later: int) -> None:
    """So a clock that is set back un-deletes nothing, and one set right again finds the rest."""
    sooner = due(keepings, CLOCKS, kept_back=(), on=on).goes
    after = due(keepings, CLOCKS, kept_back=(), on=on + timedelta(days=later)).goes

    assert set(sooner) <= set(after)
    assert [ending.due_on for ending in after] == sorted(ending.due_on for ending in after)


@any_of(keepings=running, on=days, more=days)
def test_one_more_course_never_makes_anything_go_sooner(keepings: list[Keeping], on: date, more: date) -> None:
    also = [replace(each, started_on=more) for each in keepings]
    alone = {(e.subject, e.compartment, e.under): e.due_on for e in due(keepings, CLOCKS, kept_back=(), on=on).goes}
    both = due([*keepings, *also], CLOCKS, kept_back=(), on=on).goes

    assert all(alone[e.subject, e.compartment, e.under] <= e.due_on for e in both)


@pytest.mark.parametrize(
    ("ends_on", "goes_on"),
    [
        (date(2026, 11, 30), date(2027, 2, 28)),
        (date(2027, 11, 30), date(2028, 2, 29)),
        (date(2026, 5, 31), date(2026, 8, 31)),
    ],
)
def test_three_months_end_with_a_shorter_month(ends_on: date, goes_on: date) -> None:
    keeping = Keeping(CONTACT, ALMA, "contact", None, ends_on)

    assert due([keeping], CLOCKS, kept_back=(), on=goes_on - timedelta(days=1)).goes == ()
    assert [ending.due_on for ending in due([keeping], CLOCKS, kept_back=(), on=goes_on).goes] == [goes_on]


def test_a_period_the_controller_set_is_the_one_that_runs() -> None:
    clocks = {**CLOCKS, NOTE: replace(CLOCKS[NOTE], keep=Span(days=30))}
    keeping = Keeping(NOTE, ALMA, "note", SPRING, TODAY)

    assert due([keeping], clocks, kept_back=(), on=TODAY + timedelta(days=29)).goes == ()
    assert due([keeping], clocks, kept_back=(), on=TODAY + timedelta(days=30)).goes


# Holds


def placed(**said: object) -> list[object]:
    wanted: dict[str, object] = {
        "subject": SubjectId(ALMA), "compartments": ["note"], "held": HELD, "ground": HoldGround.LEGAL_CLAIM,
        "reason": "en sag", "review_on": TODAY + timedelta(days=90), "today": TODAY,
    }  # fmt: skip
    return list(holds.place(UUID(int=1), **(wanted | said)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"review_on": None}, NoReviewDay),
        ({"review_on": TODAY}, NoReviewDay),
        ({"review_on": date(2027, 11, 25)}, NoReviewDay),
        ({"compartments": []}, NothingHeld),
        ({"compartments": ["case_file"]}, UnknownCompartment),
        ({"compartments": ["rights"]}, UnknownCompartment),
        ({"compartments": ["note", "shared_note"]}, EndsWithItsConsent),
        ({"compartments": ["follow_up"]}, EndsWithItsConsent),
    ],
)
def test_a_hold_names_what_it_keeps_and_the_day_of_its_review(said: dict[str, object], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        placed(**said)


def test_a_hold_is_reviewed_within_a_year_and_once_it_is_lifted_a_new_one_is_placed() -> None:
    [happened] = placed(review_on=date(2027, 11, 24), compartments=["note", "access_log", "consent_proof"])
    assert isinstance(happened, HoldPlaced)
    assert happened.compartments == ("access_log", "consent_proof", "note")
    hold = fold(holds.evolve, [happened])
    later = holds.prolong(hold, review_on=date(2027, 10, 1), today=TODAY)
    assert fold(holds.evolve, [happened, *later]).review_on == date(2027, 10, 1)
    lifted = fold(holds.evolve, [happened, HoldLifted(on=TODAY)])

    assert holds.lift(lifted, today=TODAY) == []
    with pytest.raises(HoldIsLifted):
        holds.prolong(lifted, review_on=date(2027, 10, 1), today=TODAY)


def test_every_ground_of_a_hold_is_a_letter_of_article_17_3() -> None:
    assert all(ground.letter.keeps for ground in HoldGround)
