"""The log of one realm: events in an order that no reader can overtake, and how far each reader has come.

It keeps the contracts of the `eventsourcing` library and passes the library's own tests on both databases. Statements
go to the driver as constant text: here a layer in between costs more than the database does. An append needs the
rights to SELECT and INSERT, no more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from eventsourcing import persistence
from eventsourcing.persistence import (
    ListenNotifySubscription,
    Notification,
    ProcessRecorder,
    StoredEvent,
    Subscription,
    Tracking,
)

from infrastructure.database import Database

_EVER: Final = 2**63 - 1
_LOCK: Final = 0x71_11_1D_01
"""PostgreSQL's advisory locks are per database, and a database is one realm's, so one number serves every realm."""

_OF_A_STREAM: Final = "SELECT version, topic, state FROM events WHERE stream = ? AND version > ? AND version <= ?"
_LOG: Final = "SELECT id, stream, version, topic, state FROM events WHERE id >= ? AND id <= ?"
_ADVANCE: Final = (
    "INSERT INTO tracking (name, position) VALUES (?, ?) ON CONFLICT (name)"
    " DO UPDATE SET position = excluded.position WHERE tracking.position < excluded.position RETURNING position"
)
# A version that is taken is passed over and counted: an error would put the row's key into the server's log.
_APPEND: Final = "INSERT INTO events (stream, version, topic, state) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
# One statement however many events; numbered, so that their ids rise in the order they were given.
_APPEND_ALL: Final = (
    "INSERT INTO events (stream, version, topic, state) SELECT stream, version, topic, state"
    " FROM unnest(?::uuid[], ?::bigint[], ?::text[], ?::bytea[])"
    " WITH ORDINALITY AS given (stream, version, topic, state, number) ORDER BY number"
    " ON CONFLICT DO NOTHING RETURNING id"
)


class Recorder(ProcessRecorder):
    """Events and positions in the ambient transaction of the database, or in one of their own."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._is_postgresql = database.is_postgresql
        self._driver = database.engine.dialect.loaded_dbapi

    def cursor(self, connection: sa.Connection) -> Any:
        """The driver's own cursor on this connection, in this transaction."""
        return self._database.cursor(connection.connection.dbapi_connection)

    def sql(self, text: str) -> str:
        """A statement, written with `?`, as the driver spells it."""
        return text.replace("?", "%s") if self._is_postgresql else text

    def bound(self, value: UUID) -> Any:
        """A UUID as the driver takes it."""
        return value if self._is_postgresql else value.bytes

    def unbound(self, value: Any) -> UUID:
        """A UUID as the driver gave it."""
        return UUID(bytes=value) if isinstance(value, bytes) else value

    def take_turn(self, connection: sa.Connection) -> None:
        """Let one transaction at a time append until it ends, so that ids become visible in their order.

        A statement of its own: what it is followed by must see what the one before it committed. SQLite has one writer
        at a time anyway. No NOTIFY: it would make every commit of the whole server wait for the others; readers poll.
        """
        if self._is_postgresql:
            self.cursor(connection).execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))

    def append(self, connection: sa.Connection, stored: Sequence[StoredEvent]) -> Any:
        """Insert events, in this order, in the transaction whose turn it is; returns the cursor.

        If its `rowcount` is less than the number of events, a version is taken and the transaction must not commit.
        """
        cursor = self.cursor(connection)
        if self._is_postgresql:
            columns = zip(*((e.originator_id, e.originator_version, e.topic, e.state) for e in stored), strict=True)
            cursor.execute(self.sql(_APPEND_ALL), [list(column) for column in columns])
        else:
            rows = [(_uuid(e.originator_id).bytes, e.originator_version, e.topic, e.state) for e in stored]
            cursor.executemany(_APPEND, rows)
        return cursor

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int] | None:
        """Append events, and with `tracking=` a position, in one transaction.

        Returns the events' ids. Raises IntegrityError if a version of a stream is taken or the position not ahead.
        """
        with self.translated(), self._database.write() as connection:
            self.take_turn(connection)
            if (tracking := kwargs.get("tracking")) is not None:
                self._advance(connection, tracking)
            if not stored_events:
                return []
            cursor = self.append(connection, stored_events)
            if cursor.rowcount < len(stored_events):
                raise persistence.IntegrityError("a version of a stream is taken")
            if self._is_postgresql:
                return [row[0] for row in cursor.fetchall()]
            # AUTOINCREMENT counts on by one within a transaction, and no other writes meanwhile.
            (last,) = cursor.execute("SELECT last_insert_rowid()").fetchone()
            return list(range(last - len(stored_events) + 1, last + 1))

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> list[StoredEvent]:
        """The events of one stream with versions after `gt` up to `lte`."""
        text = self.sql(f"{_OF_A_STREAM} ORDER BY version {'DESC' if desc else 'ASC'} LIMIT ?")
        span = (-1 if gt is None else gt, _EVER if lte is None else lte, _EVER if limit is None else limit)
        with self.translated():
            rows = self._database.ask(text, (self.bound(_uuid(originator_id)), *span))
        return [StoredEvent(originator_id, *row) for row in rows]

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> list[Notification]:
        """The log from `start` to `stop`, at most `limit` events, of all topics or of some."""
        first = (start or 0) + (0 if inclusive_of_start else 1)
        parameters: list[Any] = [first, _EVER if stop is None else stop]
        text = _LOG
        if topics:
            text += f" AND topic IN ({', '.join('?' * len(topics))})"
            parameters += topics
        with self.translated():
            rows = self._database.ask(self.sql(f"{text} ORDER BY id LIMIT ?"), [*parameters, limit])
        if self._is_postgresql:
            return [Notification(stream, version, topic, state, at) for at, stream, version, topic, state in rows]
        return [Notification(UUID(bytes=raw), version, topic, state, at) for at, raw, version, topic, state in rows]

    def max_notification_id(self) -> int | None:
        """The last id of the log; None while it is empty."""
        return self._one("SELECT max(id) FROM events")

    def max_tracking_id(self, application_name: str) -> int | None:
        """How far the reader of this name has come; None before its first step."""
        return self._one("SELECT max(position) FROM tracking WHERE name = ?", application_name)

    def insert_tracking(self, tracking: Tracking) -> None:
        """Move a reader's position on. Raises IntegrityError unless it moves ahead: of two readers one fails."""
        with self.translated(), self._database.write() as connection:
            self._advance(connection, tracking)

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> Subscription[Recorder]:
        """An iterator over events after `gt` that waits for more."""
        return PollingSubscription(self, gt, topics)

    def _advance(self, connection: sa.Connection, tracking: Tracking) -> None:
        cursor = self.cursor(connection)
        moved = cursor.execute(self.sql(_ADVANCE), (tracking.application_name, tracking.notification_id)).fetchone()
        if moved is None:
            raise persistence.IntegrityError(f"{tracking.application_name} has passed {tracking.notification_id}")

    def _one(self, text: str, *parameters: Any) -> int | None:
        with self.translated():
            ((found,),) = self._database.ask(self.sql(text), parameters)
        return None if found is None else int(found)

    @contextmanager
    def translated(self) -> Iterator[None]:
        """The database's errors as the library's of the same name; first line only, what follows may quote a row."""
        try:
            yield
        except sa.exc.DBAPIError as error:
            raise _library_error(error.orig) from None
        except self._driver.Error as error:
            raise _library_error(error) from None


def _library_error(error: BaseException | None) -> persistence.PersistenceError:
    for cls in type(error).__mro__:
        kind = getattr(persistence, cls.__name__, None)
        if isinstance(kind, type) and issubclass(kind, persistence.PersistenceError):
            return kind(str(error).partition("\n")[0])
    return persistence.PersistenceError(type(error).__name__)


def _uuid(stream: UUID | str) -> UUID:
    if isinstance(stream, UUID):
        return stream
    raise TypeError("a stream is named by a UUID")


class PollingSubscription(ListenNotifySubscription[Recorder]):
    """Looks every tenth of a second: works on any database and on its standbys, and no commit waits for it."""

    def __init__(self, recorder: Recorder, gt: int | None, topics: Sequence[str]) -> None:
        self._ended = Event()
        super().__init__(recorder=recorder, gt=gt, topics=topics)
        Thread(target=self._tick, daemon=True).start()

    def stop(self) -> None:
        """Stop the subscription."""
        super().stop()
        self._ended.set()

    def _tick(self) -> None:
        while not self._ended.wait(0.1):
            self._has_been_notified.set()
