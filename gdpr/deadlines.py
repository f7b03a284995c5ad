"""By when a request must be answered: calendar months, never thirty days, moved on to a Danish working day.

GDPR Art. 12(3), counted by Regulation 1182/71, as EDPB Guidelines 01/2022 say: the period ends on the day of the month
that has the same number, or on the month's last; if that is a Saturday, a Sunday or a public holiday, on the next
working day. Public holidays are the Danish `helligdage` (no Store Bededag from 2024). Days on which much is closed but
which no act makes a holiday (24 and 31 December, 5 June, the Friday after Ascension) are not counted: where one may
doubt, the deadline is earlier, never later. Nor does it wait for a proof of identity that was asked for.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from functools import cache

_SATURDAY = 5


def due_on(received_on: date) -> date:
    """The last day for an answer: one month after receipt (Art. 12(3))."""
    return _working_day(months_after(received_on, 1))


def extended_due_on(received_on: date) -> date:
    """The last day once two further months were taken, which the person must be told, with reasons, by `due_on`."""
    return _working_day(months_after(received_on, 3))


def months_after(day: date, months: int) -> date:
    """The same day that many calendar months later, or the last of that month where it has no such day."""
    later = day.year * 12 + day.month - 1 + months
    year, month = later // 12, later % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def is_working_day(day: date) -> bool:
    """Neither Saturday, Sunday nor Danish public holiday."""
    return day.weekday() < _SATURDAY and day not in _public_holidays(day.year)


def _working_day(day: date) -> date:
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


@cache
def _public_holidays(year: int) -> frozenset[date]:
    # Whole years, copied out: the package's own object fills itself while it is asked, which two threads may not share.
    import holidays  # takes a twentieth of starting, and few processes count working days

    return frozenset(holidays.country_holidays("DK", years=year))
