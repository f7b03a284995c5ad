"""By when a request must be answered (GDPR Art. 12(3), Regulation 1182/71)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdpr.deadlines import due_on, extended_due_on, is_working_day, months_after

days = st.dates(date(2016, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2027, 3, 5), date(2027, 4, 5)),
        (date(2026, 8, 31), date(2026, 9, 30)),
        (date(2027, 1, 31), date(2027, 3, 1)),  # 28 February 2027 is a Sunday
        (date(2028, 1, 31), date(2028, 2, 29)),
        (date(2027, 5, 12), date(2027, 6, 14)),  # Saturday, then Monday
        (date(2026, 11, 24), date(2026, 12, 24)),  # closed in practice, but no public holiday: the earlier day counts
        (date(2026, 11, 25), date(2026, 12, 28)),  # Christmas on Friday and Saturday
        (date(2026, 12, 1), date(2027, 1, 4)),  # New Year's Day is a Friday
    ],
)
def test_the_answer_is_due_on_the_same_day_of_the_next_month(received: date, due: date) -> None:
    assert due_on(received) == due


def test_easter_moves_a_deadline_to_the_tuesday_after() -> None:
    assert due_on(date(2026, 3, 2)) == date(2026, 4, 7)  # Maundy Thursday


def test_the_great_prayer_day_counted_until_2023_only() -> None:
    assert due_on(date(2023, 4, 5)) == date(2023, 5, 8)  # Friday, 5 May 2023
    assert due_on(date(2024, 3, 26)) == date(2024, 4, 26)  # would have been one
    assert not is_working_day(date(2023, 5, 5))
    assert is_working_day(date(2024, 4, 26))


def test_an_extension_counts_three_months_from_receipt_and_not_from_the_first_deadline() -> None:
    assert extended_due_on(date(2027, 1, 31)) == date(2027, 4, 30)
    assert extended_due_on(date(2026, 11, 30)) == date(2027, 3, 1)


def test_a_month_is_never_thirty_days() -> None:
    assert due_on(date(2027, 2, 8)) == date(2027, 3, 8)


@given(days)
def test_the_last_day_is_a_working_day_and_no_working_day_is_skipped(received: date) -> None:
    due, named = due_on(received), months_after(received, 1)

    assert is_working_day(due)
    assert due >= named
    assert not any(is_working_day(named + timedelta(days=n)) for n in range((due - named).days))


@given(days)
def test_the_same_day_number_or_the_last_of_the_month(received: date) -> None:
    named = months_after(received, 1)

    assert (named.year * 12 + named.month) - (received.year * 12 + received.month) == 1
    assert named.day == received.day or (named.day < received.day and (named + timedelta(days=1)).day == 1)


@given(days, days)
def test_who_asks_later_is_never_due_earlier(one: date, other: date) -> None:
    earlier, later = sorted((one, other))

    assert due_on(earlier) <= due_on(later)
    assert due_on(earlier) < extended_due_on(earlier) <= extended_due_on(later)
