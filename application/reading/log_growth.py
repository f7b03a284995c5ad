"""How the access log grew, for an officer to see at a glance: a month day by day, and all its months; figures only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final

from application.desk import Asker, Desk
from application.reading.checks import span_of_month
from application.reading.log_pages import note
from application.reading.log_questions import OPENING
from domain.danish_time import beginning_of, day_of
from gdpr.access_log import EVENTS
from gdpr.ports import Tally

_OPENED: Final = (*OPENING, "disclose")


def growth(asker: Asker, desk: Desk, *, month: str | None = None) -> Mapping[str, Any]:
    """Each day of a month up to today, this one if none is named, and every month the log holds. Raises NotAMonth.

    `entries` were written then, `opened` and `refused` are those about personal values; `size` is how many entries the log
    held afterwards. The line with which a month takes up the one before it is not counted.
    """
    since, until = span_of_month(month, desk)
    note(asker, desk)
    return {
        "since": since,
        "until": until,
        "days": list(_days(desk, day_of(since), min(day_of(until), desk.clock.today() + timedelta(days=1)))),
        "months": list(_months(desk)),
    }


def _days(desk: Desk, first: date, behind: date) -> Iterator[Mapping[str, Any]]:
    size = sum(each.entries for each in _written(desk, until=beginning_of(first)))
    while first < behind:
        following = first + timedelta(days=1)
        written = _written(desk, since=beginning_of(first), until=beginning_of(following))
        entries = sum(each.entries for each in written)
        size += entries
        yield {
            "on": first,
            "opened": sum(e.entries for e in written if e.by["allowed"] and e.by["action"] in _OPENED),
            "refused": sum(e.entries for e in written if e.by["action"] == "refused"),
            "entries": entries,
            "size": size,
        }
        first = following


def _months(desk: Desk) -> Iterator[Mapping[str, Any]]:
    by_month = Counter[str]()
    for each in _written(desk, "month"):
        by_month[str(each.by["month"])] += each.entries
    size = 0
    for month, entries in sorted(by_month.items()):
        size += entries
        yield {"month": month, "entries": entries, "size": size}


def _written(desk: Desk, *by: str, **period: Any) -> list[Tally]:
    """Every use and what the log attests of stored events, counted; the log counts those only when they are named."""
    counted = ("action", "allowed", *by)
    return [*desk.log.tally(counted, **period), *desk.log.tally(counted, action=EVENTS, **period)]
