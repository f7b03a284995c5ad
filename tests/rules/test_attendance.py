"""Who came is written per family and sealed; what others see is a number; why somebody stayed away is never asked."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given as any_of
from hypothesis import strategies as st

from domain.attendance import (
    CancellationsCounted,
    EveningIsCounted,
    HeadcountRecorded,
    Line,
    LineRecorded,
    LinesDoNotFit,
    receive_cancellation,
    record_evening,
)
from domain.lists import Attendance, Way
from domain.people import FamilyId
from tests.phrases import COURSE, HOLM, LIND, a_line, an_id, cancellations, cancelled_by_sms, headcount, line_recorded
from tests.spec import given, quick

BY_SMS = {"course_id": COURSE, "evening": 1, "family_id": LIND, "way": Way.SMS}
CANCELLED = [cancelled_by_sms(), cancellations()]


def recording(*lines: Line, expected: set[FamilyId]) -> Any:
    return given().when(record_evening, course_id=COURSE, evening=1, lines=lines, expected=frozenset(expected))


@pytest.mark.parametrize("way", list(Way))
def test_a_family_cancels_in_any_way(way: Way) -> None:
    given().when(receive_cancellation, **(BY_SMS | {"way": way})).then(
        cancelled_by_sms(way=way.value), CancellationsCounted(course_id=COURSE, evening=1, families=1)
    )


def test_a_family_cancels_an_evening_once() -> None:
    given(CANCELLED).when(receive_cancellation, **(BY_SMS | {"way": Way.TELEPHONE})).then_nothing()


def test_cancellations_are_counted_per_evening() -> None:
    given(CANCELLED).when(receive_cancellation, **(BY_SMS | {"family_id": HOLM})).then(
        cancelled_by_sms(family_id=HOLM), cancellations(families=2)
    )
    given(CANCELLED).when(receive_cancellation, **(BY_SMS | {"evening": 2})).then(
        cancelled_by_sms(evening=2), cancellations(evening=2, families=1)
    )


def test_an_evening_that_was_counted_takes_no_cancellation() -> None:
    given(line_recorded(), headcount()).when(receive_cancellation, **BY_SMS).then_refused(
        EveningIsCounted, field="evening"
    )
    given(line_recorded(), headcount()).when(receive_cancellation, **(BY_SMS | {"evening": 2})).then(
        cancelled_by_sms(evening=2), cancellations(evening=2)
    )


def test_an_evening_is_recorded_by_family_and_as_totals() -> None:
    recording(
        a_line(adults=2, children=3, siblings=1),
        a_line(family_id=HOLM, status=Attendance.CANCELLED, adults=0, children=0, way=Way.SMS),
        a_line(family_id=an_id(3), status=Attendance.NOT_COME, adults=0, children=0),
        expected={LIND, HOLM, FamilyId(an_id(3))},
    ).then(
        line_recorded(adults=2, children=3, siblings=1),
        cancelled_by_sms(family_id=HOLM),
        line_recorded(family_id=an_id(3), status="not_come", adults=0, children=0),
        headcount(families=1, adults=2, children=3, siblings=1, cancelled=1, not_come=1),
    )


def test_an_evening_on_which_nobody_came_is_an_evening() -> None:
    recording(a_line(status=Attendance.NOT_COME, adults=0, children=0), expected={LIND}).then(
        line_recorded(status="not_come", adults=0, children=0),
        headcount(families=0, adults=0, children=0, siblings=0, cancelled=0, not_come=1),
    )


def test_children_may_come_without_an_adult() -> None:
    recording(a_line(adults=0, children=2), expected={LIND}).then(
        line_recorded(adults=0, children=2), headcount(adults=0, children=2)
    )


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], {LIND}),
        ([a_line()], set()),
        ([a_line()], {LIND, HOLM}),
        ([a_line(family_id=HOLM)], {LIND}),
        ([a_line(), a_line()], {LIND}),
    ],
    ids=["none", "nobody's", "one missing", "another's", "one twice"],
)
def test_each_family_with_a_place_has_one_line(lines: list[Line], expected: set[FamilyId]) -> None:
    recording(*lines, expected=expected).then_refused(LinesDoNotFit, field="lines")


@pytest.mark.parametrize(
    "odd",
    [
        a_line(status=Attendance.PRESENT, adults=0, children=0),
        a_line(status=Attendance.CANCELLED),
        a_line(status=Attendance.NOT_COME, adults=0, children=0, siblings=1),
        a_line(adults=-1, children=2),
        a_line(children=2, siblings=-1),
        a_line(adults=1, children=30),
    ],
    ids=["present with nobody", "cancelled and came", "not come but a sibling", "a negative adult", "a negative sibling", "31"],
)  # fmt: skip
def test_a_line_says_who_came_only_of_a_family_that_was_present(odd: Line) -> None:
    fits = a_line(family_id=HOLM)

    recording(fits, odd, expected={HOLM, LIND}).then_refused(LinesDoNotFit, field="lines/1")


lines = st.one_of(
    st.builds(
        a_line, status=st.just(Attendance.PRESENT), adults=st.integers(1, 3), children=st.integers(0, 5),
        siblings=st.integers(0, 4),
    ),
    st.builds(
        a_line, status=st.sampled_from([Attendance.CANCELLED, Attendance.NOT_COME]), adults=st.just(0), children=st.just(0)
    ),
)  # fmt: skip


@quick
@any_of(st.dictionaries(st.uuids().map(FamilyId), lines, max_size=9))
def test_the_totals_are_the_sums_of_the_lines_and_no_unit_is_mixed_with_another(evening: dict[FamilyId, Line]) -> None:
    each = [a_line(**_fields(line), family_id=family) for family, line in evening.items()]
    *recorded, total = recording(*each, expected=set(evening)).facts

    assert len(recorded) == len(each)
    assert isinstance(total, HeadcountRecorded)
    assert total.families + total.cancelled + total.not_come == len(each)
    for unit in ("adults", "children", "siblings"):
        assert getattr(total, unit) == sum(getattr(line, unit) for line in each)


def _fields(line: Line) -> dict[str, Any]:
    return {name: getattr(line, name) for name in ("status", "adults", "children", "siblings", "way")}


def test_what_one_family_did_is_sealed_and_what_stays_is_a_number() -> None:
    """ATT-07, RIG-07; and ATT-03: no reason is stored."""
    assert set(LineRecorded.MARKS.clear) == {"course_id", "evening", "family_id"}
    assert set(LineRecorded.MARKS.personal) == {"status", "adults", "children", "siblings", "way"}
    assert not HeadcountRecorded.MARKS.personal
    assert "family_id" not in HeadcountRecorded.MARKS.clear


def test_to_record_an_evening_again_corrects_it() -> None:
    story = [*CANCELLED, line_recorded(), headcount()]

    given(story).when(record_evening, course_id=COURSE, evening=1, lines=[a_line(children=2)], expected=frozenset({LIND})).then(
        line_recorded(children=2), headcount(children=2)
    )  # fmt: skip
