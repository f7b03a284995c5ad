"""What every question to the access log shares: who may ask, that it is noted, pages, and what a line shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from application.desk import Asker, Desk
from application.perform import RoleNotHeld
from domain.compartments import RIGHTS
from domain.people import Role
from gdpr.checks import PeriodBackwards
from gdpr.ports import Entry

_A_PAGE, _AT_MOST = 1_000, 5_000
"""Entries read from the log at a time, and looked through for one page."""


def on_duty(asker: Asker) -> None:
    """Raises RoleNotHeld for everybody but an officer."""
    if asker.role is not Role.OFFICER:
        raise RoleNotHeld("role")


def note(
    asker: Asker,
    desk: Desk,
    *,
    subjects: Iterable[UUID] = (),
    records: Iterable[UUID] = (),
    course: UUID | None = None,
) -> None:
    """An officer asks: that is in the log before anything is answered (RIG-08). Raises RoleNotHeld, LogUnavailable."""
    on_duty(asker)
    request = asker.asks(desk, "audit", course=course)
    desk.gate.note(request, "officer", RIGHTS, subjects=subjects, records=tuple(records))


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From when (included) to when (not included) entries are looked for, behind which number, and how many of them."""

    since: datetime | None = None
    until: datetime | None = None
    after: int = 0
    limit: int = 100

    def __post_init__(self) -> None:
        if self.since is not None and self.until is not None and self.until < self.since:
            raise PeriodBackwards("until")

    @property
    def times(self) -> dict[str, Any]:
        """The period, as the log is asked for it."""
        return {
            name: value for name, value in (("since", self.since), ("until", self.until)) if value is not None
        }  # fmt: skip


def page(entries: list[Entry], limit: int) -> Mapping[str, Any]:
    """At most `limit` of these entries; `next_after` is the number behind which the next page begins, None at the end."""
    shown = entries[:limit]
    return {"lines": [line(entry) for entry in shown], "next_after": shown[-1].seq if len(entries) > limit else None}


def looked_through(desk: Desk, span: Span, judge: Callable[[Entry], str | None], **wanted: Any) -> Mapping[str, Any]:
    """A page of the entries the log finds and `judge` names a reason for, which no column of the log holds.

    It looks through a bounded number of entries: a page may be short, or empty, while `next_after` says where to go on.
    """
    lines: list[Mapping[str, Any]] = []
    after, seen = span.after, 0
    while seen < _AT_MOST:
        found = desk.log.find(**wanted, **span.times, after=after, limit=_A_PAGE)
        for entry in found:
            after, seen = entry.seq or after, seen + 1
            reason = judge(entry)
            if reason is not None:
                lines.append({**line(entry), "reason": reason})
            if len(lines) == span.limit:
                return {"lines": lines, "next_after": after}
        if len(found) < _A_PAGE:
            return {"lines": lines, "next_after": None}
    return {"lines": lines, "next_after": after}


def line(entry: Entry) -> Mapping[str, Any]:
    """One entry as an officer sees it: never contents (VIS-09)."""
    return {
        "seq": entry.seq,
        "at": entry.at,
        "action": entry.action,
        "actor": entry.actor,
        "role": entry.role,
        "unit": entry.unit,
        "course": entry.course,
        "purpose": entry.purpose,
        "compartment": entry.compartment,
        "subject": entry.subject,
        "fields": list(entry.fields),
        "records": list(entry.records),
        "consents": list(entry.consents),
        "allowed": entry.allowed,
        "rule": entry.rule,
        "request_id": entry.request_id,
        "session": entry.session,
        "process": entry.process,
    }
