"""What an officer asks the access log, as conditions on its rows; which questions there are stands at `SqlAccessLog.find`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from gdpr.access_log import EVENTS, LINK
from gdpr.ports import Entry
from infrastructure.log_appending import milliseconds
from infrastructure.log_tables import log_entries

WITHIN: Final = frozenset({"record", "session", "process"})
"""What stands in a half of the entry and in no column of its own: looked for in all entries, as rare as an inquiry is."""


def entries_where(equal: dict[str, Any], *, after: int = 0) -> list[sa.ColumnElement[bool]]:
    """Entries behind this number for which all of this holds; the log's own, links and what it attests of the stored
    events, only when they are asked for by name. Raises TypeError for a key the log does not know.
    """
    columns = log_entries.c
    own = (LINK,) if equal.get("action") == EVENTS else (LINK, EVENTS)
    return [columns.action.not_in(own), columns.seq > after, *(_condition(key, value) for key, value in equal.items())]


def mentioning(within: Mapping[str, Any], *, is_postgresql: bool) -> list[sa.ColumnElement[bool]]:
    """These ids and names occur in their half, wherever there; `fits` tells which entries are truly meant."""
    return [_occurs(key, str(value).encode(), is_postgresql=is_postgresql) for key, value in within.items()]


def fits(entry: Entry, within: Mapping[str, Any]) -> bool:
    """Whether the entry asked for this record, in this session and process, of those that are named."""
    return all(
        value in entry.records if key == "record" else getattr(entry, key) == value for key, value in within.items()
    )


def _occurs(key: str, text: bytes, *, is_postgresql: bool) -> sa.ColumnElement[bool]:
    half = log_entries.c.public if key == "process" else log_entries.c.private
    found: sa.ColumnElement[bool] = sa.func.instr(half, text) > 0
    if is_postgresql:
        found = sa.func.position(sa.literal(text, sa.LargeBinary).op("IN")(half)) > 0
    return found


def _condition(key: str, value: Any) -> sa.ColumnElement[bool]:
    columns = log_entries.c
    holds: sa.ColumnElement[bool]
    match key:
        case "subject" | "actor" | "role" | "compartment" | "action" | "allowed" | "course":
            holds = columns[key] == value
        case "request":
            holds = columns.request_id == value
        case "upto":
            holds = columns.seq <= value
        case "numbers":
            holds = columns.seq.in_(value)
        case "subjects":
            holds = columns.subject.in_(value)
        case "roles" | "compartments" | "actions":
            holds = columns[key[:-1]].in_(value)
        case "but_actions":
            holds = columns.action.not_in(value)
        case "outside":
            holds = _outside(value)
        case "since":
            holds = columns.at >= milliseconds(value)
        case "until":
            holds = columns.at < milliseconds(value)
        case _:
            raise TypeError(f"the access log is not searched by {key}")
    return holds


def _outside(periods: Mapping[UUID, tuple[datetime, datetime]]) -> sa.ColumnElement[bool]:
    """The entry is of one of these courses, and from before its period or from its end on."""
    if not periods:
        return sa.false()
    course, at = log_entries.c.course, log_entries.c.at
    since = sa.case(*((course == one, milliseconds(begins)) for one, (begins, _) in periods.items()))
    until = sa.case(*((course == one, milliseconds(ends)) for one, (_, ends) in periods.items()))
    return sa.or_(at < since, at >= until)
