"""The rows of the search index: a keyed token leads to a subject, and goes with it (VIS-10)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from infrastructure.database import Database
from infrastructure.key_providers.port import KeyProvider
from infrastructure.key_rows import erased_among, insert_new
from infrastructure.key_tables import leaving_words, search_index
from infrastructure.search_words import normalised

Row = dict[str, Any]


def rows_of(provider: KeyProvider, entries: Iterable[tuple[str, str, UUID]]) -> list[Row]:
    """The rows under which subjects are found by these (field, value, subject); none for a value that says nothing."""
    return [
        {"field": field, "token": provider.index_token(field, normal), "subject": subject}
        for field, value, subject in entries
        if (normal := normalised(field, value))
    ]


def enter(database: Database, connection: sa.Connection, rows: Sequence[Row]) -> None:
    """In the transaction under way; not for subjects who were erased in some compartment."""
    if rows:
        erased = {subject for subject, _ in erased_among(database, {row["subject"] for row in rows})}
        insert_new(connection, search_index, [row for row in rows if row["subject"] not in erased])


def leave(connection: sa.Connection, subjects: Iterable[UUID]) -> None:
    """Take these subjects out, under every word."""
    for table in (search_index, leaving_words):
        connection.execute(sa.delete(table).where(table.c.subject.in_(set(subjects))))


def mark(connection: sa.Connection, command: UUID, instead: Iterable[tuple[str, UUID]], kept: Sequence[Row]) -> None:
    """Note what `forget` takes out for this command: in each (field, subject) every word that is not among `kept`."""
    for field, subject in instead:
        stays = {row["token"] for row in kept if (row["field"], row["subject"]) == (field, subject)}
        here = sa.and_(search_index.c.field == field, search_index.c.subject == subject)
        goes = set(connection.scalars(sa.select(search_index.c.token).where(here))) - stays
        line = {"command": command, "field": field, "subject": subject}
        insert_new(connection, leaving_words, [line | {"token": token} for token in goes])
        said_anew = sa.and_(leaving_words.c.field == field, leaving_words.c.subject == subject)
        connection.execute(sa.delete(leaving_words).where(said_anew, leaving_words.c.token.in_(stays)))


def forget(connection: sa.Connection, command: UUID) -> None:
    """Take out what was marked for this command. Idempotent."""
    marked = sa.and_(
        leaving_words.c.command == command,
        *(leaving_words.c[column.name] == column for column in search_index.primary_key),
    )
    connection.execute(sa.delete(search_index).where(sa.exists().where(marked)))
    connection.execute(sa.delete(leaving_words).where(leaving_words.c.command == command))


def found(database: Database, provider: KeyProvider, field: str, value: str) -> set[UUID]:
    """The subjects entered with exactly this value, normalised."""
    if not (normal := normalised(field, value)):
        return set()
    token = provider.index_token(field, normal)
    query = sa.select(search_index.c.subject).where(search_index.c.field == field, search_index.c.token == token)
    with database.read() as connection:
        return set(connection.scalars(query))
