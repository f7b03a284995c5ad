"""How the access log grew, for an officer to see at a glance: a month day by day, and all its months; figures only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final

from application.desk import Asker, Desk
from application.reading.checks import span_of_month
from application.reading.log_pages import note
from application.reading.log_questions import OPENING
from domain.danish_time import beginning_of, day_of

_OPENED: Final = (*OPENING, "disclose")


def growth(asker: Asker, desk: Desk, *, month: str | None = None) -> Mapping[str, Any]:
    """Each day of a month up to today, this one if none is named, and every month the log holds. Raises NotAMonth.

    `entries` are all that were written then, `opened` and `refused` those about personal values; `size` is how many
    entries the log had afterwards, those of months that have ended among them.
    """
    since, until = span_of_month(month, desk)
    note(asker, desk)
    return {
        "since": since,
        "until": until,
        "days": list(_days(desk, day_of(since), min(day_of(until), desk.clock.today() + timedelta(days=1)))),
        "months": list(_months(desk)),
        "size": desk.log.last(),
    }


def _days(desk: Desk, first: date, behind: date) -> Iterator[Mapping[str, Any]]:
    size = desk.log.last() - desk.log.count(since=beginning_of(first))
    while first < behind:
        following = first + timedelta(days=1)
        by_action = desk.log.tally(("action", "allowed"), since=beginning_of(first), until=beginning_of(following))
        written = sum(each.entries for each in by_action)
        size += written
        yield {
            "on": first,
            "opened": sum(e.entries for e in by_action if e.by["allowed"] and e.by["action"] in _OPENED),
            "refused": sum(e.entries for e in by_action if e.by["action"] == "refused"),
            "entries": written,
            "size": size,
        }
        first = following


def _months(desk: Desk) -> Iterator[Mapping[str, Any]]:
    by_month = sorted(desk.log.tally(("month",)), key=lambda each: str(each.by["month"]))
    size = desk.log.last() - sum(each.entries for each in by_month)
    for each in by_month:
        size += each.entries
        yield {"month": each.by["month"], "entries": each.entries, "size": size}
