"""The statements over the key database that must hold when several processes make and destroy keys at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from domain.compartments import Compartment
from gdpr.ports import DestroyedKey, SubjectErased, Unavailable
from infrastructure.key_tables import (
    DESTROYED,
    LIVE,
    NO_CONSENT,
    ended_consents,
    erased_subjects,
    keys,
)

Wanted = tuple[UUID, Compartment, UUID | None]
"""Whose key, in which compartment, under which consent."""

KeyRow = sa.Row[*tuple[Any, ...]]
"""What opening needs of a row of `keys`: key_id, subject, compartment, consent, state, wrapped, epoch, commitment."""

_IN_ONE_STATEMENT = 5_000

# Built once: building takes longer than running.
_KEY_ROWS = sa.select(
    keys.c.key_id,
    keys.c.subject,
    keys.c.compartment,
    keys.c.consent,
    keys.c.state,
    keys.c.wrapped,
    keys.c.epoch,
    keys.c.commitment,
)
_BY_ID = _KEY_ROWS.where(keys.c.key_id.in_(sa.bindparam("key_ids", expanding=True)))
_BY_SUBJECT = _KEY_ROWS.where(
    keys.c.subject.in_(sa.bindparam("subjects", expanding=True)),
    keys.c.compartment.in_(sa.bindparam("compartments", expanding=True)),
)


@contextmanager
def reaching_the_database() -> Iterator[None]:
    """Raise Unavailable for a database that cannot; without its own words, which may show the row at fault."""
    try:
        yield
    except (sa.exc.SQLAlchemyError, sqlite3.Error) as error:
        raise Unavailable(f"the key database cannot be had now ({type(error).__name__})") from None


def portions(ids: Iterable[bytes], size: int = _IN_ONE_STATEMENT) -> Iterator[list[bytes]]:
    """The ids in order, each once, in lists that one statement may carry."""
    ordered = sorted(set(ids))
    return (ordered[start : start + size] for start in range(0, len(ordered), size))


def wait_for_turn(connection: sa.Connection, ids: Iterable[UUID]) -> None:
    """Let one transaction at a time make or destroy keys of these subjects and consents.

    SQLite has one writer anyway. Waiting in one order keeps two transactions from waiting for each other.
    """
    if connection.dialect.name == "postgresql":
        for number in sorted({int.from_bytes(each.bytes[:8], signed=True) for each in ids if each != NO_CONSENT}):
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(number)))


def insert_new(connection: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert the rows whose key is not there yet."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    if rows:
        connection.execute(insert(table).on_conflict_do_nothing(), list(rows))


def live_keys(connection: sa.Connection, asked: Sequence[Wanted]) -> dict[Wanted, KeyRow]:
    """The rows of those keys that exist, with one statement. Raises SubjectErased when one of them is destroyed."""
    by_names = {(each[0], each[1].name, each[2] or NO_CONSENT): each for each in asked}
    subjects = {subject for subject, _, _ in by_names}
    compartments = {name for _, name, _ in by_names}
    found: dict[Wanted, KeyRow] = {}
    rows = connection.execute(_BY_SUBJECT, {"subjects": list(subjects), "compartments": list(compartments)})
    for row in rows:
        each = by_names.get((row.subject, row.compartment, row.consent))
        if each is not None and row.state == DESTROYED:
            raise SubjectErased(f"the key in {row.compartment} was destroyed")
        if each is not None:
            found[each] = row
    return found


def refuse_the_erased(connection: sa.Connection, asked: Sequence[Wanted]) -> None:
    """Raises SubjectErased when a subject was erased in the compartment, or the consent has ended."""
    erased_query = sa.select(erased_subjects.c.subject, erased_subjects.c.compartment).where(
        erased_subjects.c.subject.in_({subject for subject, _, _ in asked})
    )
    erased = {(row.subject, row.compartment) for row in connection.execute(erased_query)}
    ended_query = sa.select(ended_consents.c.consent).where(
        ended_consents.c.consent.in_({consent for _, _, consent in asked if consent is not None})
    )
    ended = set(connection.scalars(ended_query))
    for subject, compartment, consent in asked:
        if (subject, compartment.name) in erased or consent in ended:
            raise SubjectErased(f"no key is made in {compartment.name} any more")


def keys_by_id(connection: sa.Connection, key_ids: Iterable[bytes]) -> dict[bytes, KeyRow]:
    """The rows of these keys; up to 5 000 with one statement."""
    return {row.key_id: row for some in portions(key_ids) for row in connection.execute(_BY_ID, {"key_ids": some})}


def destroy_keys(connection: sa.Connection, which: sa.ColumnElement[bool], now: datetime) -> list[DestroyedKey]:
    """Take the material out of the keys that are still live; answers with all of them, the first destroyed first."""
    update = sa.update(keys).where(which, keys.c.state == LIVE)
    connection.execute(update.values(state=DESTROYED, wrapped=None, destroyed_at=now))
    query = sa.select(keys).where(which).order_by(keys.c.destroyed_at, keys.c.key_id)
    return [
        DestroyedKey(row.key_id, row.compartment, row.commitment, row.destroyed_at) for row in connection.execute(query)
    ]
