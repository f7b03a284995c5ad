"""Views built again from all events, beside the live ones and without any key, then swapped in between two commits."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, Protocol
from uuid import UUID

import msgspec
import sqlalchemy as sa

from application.ports import Recorded
from application.views.rows import ROWS, View
from domain.facts import Sealed
from infrastructure.database import Database
from infrastructure.rows import SqlRows, pack_sealed, purge
from infrastructure.view_tables import (
    create_tables,
    drop_leftovers,
    lock_tables,
    make_fresh,
    note_shape,
    noted_shapes,
    put_in_place,
    table_name,
)

Gone = tuple[UUID, str, bytes | None]
"""A subject, the compartment in which it was erased or its retention ended, and the key that ended, None for all."""

_REBUILDING: Final = "(rebuild)"
_READER_IN_THE_WAY: Final = {"55P03", "40P01"}  # lock_not_available, deadlock_detected (PostgreSQL, appendix A)
_TRIES_TO_SWAP: Final = 60


class Source(Protocol):
    """The facts of one realm in the order of their commits, each with its position in the log."""

    def events_after(self, position: int, limit: int) -> Sequence[tuple[int, Recorded]]: ...

    def head(self) -> int: ...


class Overtaken(Exception):
    """A later rebuild took over the tables that this one was filling; the live ones were not touched."""


def rebuild(
    source: Source,
    database: Database,
    views: Iterable[View],
    *,
    lock_writers: Callable[[sa.Connection], None],
    gone: Callable[[], Iterable[Gone]],
    batch: int = 500,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Build all rows of these views anew and swap them in; returns the position of the last event in them.

    `lock_writers` lets nobody else append until the given transaction ends (PostgreSQL; SQLite has one writer anyway).
    `gone` is asked again in the last transaction, so that an erasure during the rebuild is in force in what it leaves
    (GDPR Art. 17). `progress` hears the position reached and the position of the head. Killed at any moment, the live
    tables are as they were and the next rebuild clears the rest away. Raises Overtaken.
    """
    build = _Build(source, database, tuple(views), batch, progress or (lambda done, total: None))
    build.begin()
    build.catch_up()
    # What a fence let through came before it: once caught up behind it, nothing of that subject can follow.
    fenced = frozenset(gone())
    build.catch_up()
    build.purge_all(fenced)
    for tries_left in reversed(range(_TRIES_TO_SWAP)):
        try:
            return build.swap(lock_writers, lambda: frozenset(gone()) - fenced)
        except sa.exc.OperationalError as error:
            if not tries_left or getattr(error.orig, "sqlstate", None) not in _READER_IN_THE_WAY:
                raise
        time.sleep(0.5)  # let the waiting readers and writers through before the next try
        build.catch_up()
    raise AssertionError("the last try returns or raises")


class _Build:
    """One rebuild under way: its mark in the database, by which a later one overtakes it, and how far it has come."""

    def __init__(
        self,
        source: Source,
        database: Database,
        views: tuple[View, ...],
        batch: int,
        progress: Callable[[int, int], None],
    ) -> None:
        self._source, self._database, self._views = source, database, views
        self._batch, self._progress = batch, progress
        self._kinds = [kind for view in views for kind in view.ROWS]
        self._mark = secrets.token_hex(8)
        self._position = 0

    def begin(self) -> None:
        with self._database.write() as connection:
            create_tables(self._database, ())
            drop_leftovers(connection)
            for kind in self._kinds:
                make_fresh(connection, kind)
            note_shape(connection, _REBUILDING, self._mark)

    def catch_up(self) -> None:
        for page in self._pages():
            with self._filling() as connection:
                self._follow(connection, page)
            self._position = page[-1][0]
            self._progress(self._position, max(self._position, self._source.head()))

    def purge_all(self, gone: Iterable[Gone]) -> None:
        """In transactions of `batch` subjects, compartments and keys each."""
        waiting = list(gone)
        while waiting:
            with self._filling() as connection:
                self._purge(connection, waiting[-self._batch :])
            del waiting[-self._batch :]

    def swap(self, lock_writers: Callable[[sa.Connection], None], newly_gone: Callable[[], Iterable[Gone]]) -> int:
        """Raises OperationalError when a reader holds a live table for longer than a writer should wait."""
        with self._filling() as connection:
            lock_writers(connection)
            position = self._position
            for page in self._pages():
                self._follow(connection, page)
                position = page[-1][0]
            self._purge(connection, newly_gone())
            if self._database.is_postgresql:
                # Sooner than PostgreSQL looks for a deadlock (1 s) and might let a writer fail instead of this.
                connection.exec_driver_sql("SET LOCAL lock_timeout = '200ms'")
            for kind in self._kinds:
                put_in_place(connection, kind)
            note_shape(connection, _REBUILDING, None)
        return position

    def _purge(self, connection: sa.Connection, gone: Iterable[Gone]) -> None:
        for subject, compartment, key_id in gone:
            purge(connection, self._kinds, subject, (compartment,), key_id=key_id, fresh=True)

    @contextmanager
    def _filling(self) -> Iterator[sa.Connection]:
        with self._database.write() as connection:
            lock_tables(connection)
            if noted_shapes(connection).get(_REBUILDING) != self._mark:
                raise Overtaken("a later rebuild is under way or done")
            yield connection

    def _pages(self) -> Iterator[Sequence[tuple[int, Recorded]]]:
        """What follows the position reached, up to the head; a short page ends it, however fast others write."""
        position, full = self._position, True
        while full and (page := self._source.events_after(position, self._batch)):
            yield page
            position, full = page[-1][0], len(page) == self._batch

    def _follow(self, connection: sa.Connection, page: Sequence[tuple[int, Recorded]]) -> None:
        rows = SqlRows(connection, self._database.is_postgresql, fresh=True)
        with self._database.together(connection):
            for _, recorded in page:
                for view in self._views:
                    view.follow(recorded, rows)


def same_rows(database: Database, views: Iterable[View]) -> dict[str, str]:
    """Per table a digest of all its rows, SHA-256 in hex: equal digests mean the same rows, also across databases."""
    digests: dict[str, str] = {}
    with database.read() as connection:
        rows = SqlRows(connection, database.is_postgresql)
        for kind in (kind for view in views for kind in view.ROWS):
            digest = hashlib.sha256()
            for row in rows.where(kind):
                digest.update(msgspec.msgpack.encode([_comparable(getattr(row, name)) for name in _columns(kind)]))
            digests[table_name(kind)] = digest.hexdigest()
    return digests


def _columns(kind: type[Any]) -> tuple[str, ...]:
    return (*ROWS[kind].clear, *ROWS[kind].sealed)


def _comparable(value: Any) -> Any:
    return pack_sealed(value) if isinstance(value, Sealed) else value
