"""Counts over the access log, made by the database: however many entries a month has, none is read to be counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from gdpr.ports import Tally
from infrastructure.log_appending import milliseconds
from infrastructure.log_search import entries_where
from infrastructure.log_tables import log_checkpoints, log_entries

BY: Final = {
    "month": "tree", "actor": "actor", "role": "role", "action": "action", "compartment": "compartment",
    "allowed": "allowed", "course": "course",
}  # fmt: skip
"""What entries may be counted by, and the column that holds it."""


def tally(
    connection: sa.Connection,
    by: Sequence[str],
    *,
    limit: int | None,
    offset: int,
    fewest_subjects: int,
    equal: dict[str, Any],
) -> list[Tally]:
    """One line for each combination of `by`, those with most subjects first. Raises KeyError for what is not in `BY`."""
    columns = [log_entries.c[BY[name]] for name in by]
    entries = sa.func.count().label("entries")
    requests = sa.func.count(log_entries.c.request_id.distinct()).label("requests")
    subjects = sa.func.count(log_entries.c.subject.distinct()).label("subjects")
    query = (
        sa.select(*columns, entries, requests, subjects)
        .where(*entries_where(equal))
        .group_by(*columns)
        .having(subjects >= fewest_subjects)
        .order_by(subjects.desc(), entries.desc(), *columns)
        .offset(offset)
        .limit(limit)
    )
    return [
        Tally(
            dict(zip(by, (_plain(name, value) for name, value in zip(by, row, strict=False)), strict=True)), *row[-3:]
        )
        for row in connection.execute(query)
    ]


def signed_past(connection: sa.Connection, moment: datetime) -> str | None:
    """The first checkpoint that covers every entry from before the moment; None if there is none yet.

    Which one that is follows from the log alone: nobody chooses it. With no entry from before the moment, the very
    first checkpoint of all.
    """
    kept = log_checkpoints.c
    last = connection.execute(
        sa.select(log_entries.c.tree, log_entries.c.place_in_tree)
        .where(log_entries.c.at < milliseconds(moment))
        .order_by(log_entries.c.seq.desc())
        .limit(1)
    ).first()
    query = sa.select(kept.note).order_by(kept.tree, kept.size).limit(1)
    if last is not None:
        query = query.where(kept.tree == last.tree, kept.size > last.place_in_tree)
    found = connection.execute(query).scalar()
    return None if found is None else str(found)


def _plain(name: str, value: Any) -> Any:
    return bool(value) if name == "allowed" else value
