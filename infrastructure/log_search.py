"""What an officer asks the access log, as conditions on its rows; which questions there are stands at `SqlAccessLog.find`."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gdpr.access_log import LINK
from infrastructure.log_appending import milliseconds
from infrastructure.log_tables import log_entries


def entries_where(equal: dict[str, Any], *, after: int = 0) -> list[sa.ColumnElement[bool]]:
    """Entries behind this number for which all of this holds. Raises TypeError for a key the log does not know."""
    columns = log_entries.c
    return [columns.action != LINK, columns.seq > after, *(_condition(key, value) for key, value in equal.items())]


def mentions(record: UUID, *, is_postgresql: bool) -> sa.ColumnElement[bool]:
    """A record's id occurs in the private half. A search through all entries, as rare as an inquiry is."""
    text = str(record).encode()
    found: sa.ColumnElement[bool] = sa.func.instr(log_entries.c.private, text) > 0
    if is_postgresql:
        found = sa.func.position(sa.literal(text, sa.LargeBinary).op("IN")(log_entries.c.private)) > 0
    return found


def _condition(key: str, value: Any) -> sa.ColumnElement[bool]:
    columns = log_entries.c
    holds: sa.ColumnElement[bool]
    match key:
        case "subject" | "actor" | "role" | "compartment" | "action" | "allowed" | "course":
            holds = columns[key] == value
        case "subjects":
            holds = columns.subject.in_(value)
        case "since":
            holds = columns.at >= milliseconds(value)
        case "until":
            holds = columns.at < milliseconds(value)
        case _:
            raise TypeError(f"the access log is not searched by {key}")
    return holds
