"""Puts entries at the end of a realm's access log, in one commit and one sequence without gaps, whoever else writes."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextvars import Context
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from application.ports import Clock
from gdpr.access_log import LINK, SALT_BYTES, Draft, StoredEntry, draft, encode_link, month_of
from gdpr.ports import Entry
from infrastructure.database import Database

# One number serves every realm: PostgreSQL's advisory locks are per database.
_LOCK: Final = 0x71_11_1D_04
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

_HEAD: Final = "SELECT seq, tree, place_in_tree FROM log_entries ORDER BY seq DESC LIMIT 1"

_INSERT_SQLITE: Final = """
    INSERT INTO log_entries (
        seq, tree, place_in_tree, public, private, salt, private_digest, leaf,
        at, action, role, allowed, compartment, course, request_id, actor, subject
    ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""

# One statement, so one round trip. It waits for the lock before it inserts, and inserts only behind the entry it was
# made for.
_BEHIND_HEAD: Final = f"""
    WITH held AS MATERIALIZED (SELECT pg_advisory_xact_lock({_LOCK}))
    INSERT INTO log_entries (
        seq, tree, place_in_tree, public, private, salt, private_digest, leaf,
        at, action, role, allowed, compartment, course, request_id, actor, subject
    )
    SELECT line.* FROM held, LINES AS line
    WHERE %s::bigint = 0
        OR EXISTS (SELECT FROM log_entries WHERE seq = %s AND tree = %s AND place_in_tree = %s)
"""  # noqa: S608 – the only thing put in is our own lock's number

_INSERT_SEVERAL_POSTGRESQL: Final = _BEHIND_HEAD.replace(
    "LINES",
    """unnest(
        %s::bigint[], %s::text[], %s::bigint[], %s::bytea[], %s::bytea[], %s::bytea[], %s::bytea[], %s::bytea[],
        %s::bigint[], %s::text[], %s::text[], %s::boolean[], %s::text[], %s::uuid[], %s::uuid[], %s::uuid[], %s::uuid[]
    )""",
)
# The driver takes ten times as long for arrays as for values, and most readings are one entry.
_INSERT_ONE_POSTGRESQL: Final = _BEHIND_HEAD.replace(
    "LINES",
    """(SELECT
        %s::bigint, %s::text, %s::bigint, %s::bytea, %s::bytea, %s::bytea, %s::bytea, %s::bytea,
        %s::bigint, %s::text, %s::text, %s::boolean, %s::text, %s::uuid, %s::uuid, %s::uuid, %s::uuid
    )""",
)


class Head(NamedTuple):
    """Where the log ends: the last entry's number, its month, and its place there (from 0)."""

    seq: int
    tree: str
    place: int


NOTHING_YET: Final = Head(0, "", -1)

Index = tuple[int, str, str, bool, str, UUID | None, UUID | None, UUID | None, UUID | None]
"""What is repeated beside an entry: at, action, role, allowed, compartment, course, request id, actor, subject."""


@dataclass(frozen=True, slots=True)
class Pending:
    """An entry that waits for its place."""

    draft: Draft
    index: Index


def pending(entries: Sequence[Entry]) -> list[Pending]:
    """All the work on entries that needs no lock. Raises as `gdpr.access_log.draft`."""
    salts = os.urandom(SALT_BYTES * len(entries))
    return [
        Pending(draft(entry, salts[at * SALT_BYTES : (at + 1) * SALT_BYTES]), index_of(entry))
        for at, entry in enumerate(entries)
    ]


def index_of(entry: Entry) -> Index:
    return (
        milliseconds(entry.at), entry.action, entry.role, entry.allowed, entry.compartment, entry.course,
        entry.request_id, entry.actor, entry.subject,
    )  # fmt: skip


def index_of_link(at: datetime) -> Index:
    return milliseconds(at), LINK, "", True, "", None, None, None, None


def milliseconds(moment: datetime) -> int:
    """Whole milliseconds since 1970."""
    return (moment - _EPOCH) // timedelta(milliseconds=1)


def head_of(connection: sa.Connection) -> Head:
    row = connection.exec_driver_sql(_HEAD).first()
    return NOTHING_YET if row is None else Head(*row)


class Appending:
    """The end of one log. Not for several threads at once: `GroupCommit` lets one in at a time.

    The common case speaks to the driver itself, as every reading in the register waits for it.
    """

    def __init__(self, database: Database, clock: Clock, close_month: Callable[[sa.Connection, Head], str]) -> None:
        """`close_month` signs the month that ends at this head, in the same transaction, and answers with the note."""
        self._database = database
        self._clock = clock
        self._close_month = close_month
        # PostgreSQL only: the end as this process last saw it, so that a write need not ask.
        self._seen: Head | None = None

    def append(self, lots: Sequence[Sequence[Pending]]) -> None:
        """All of it in one commit. A transaction of the caller's is not joined: only a commit of its own is durable."""
        Context().run(self._append, [line for lot in lots for line in lot])

    def _append(self, lines: list[Pending]) -> None:
        now = self._clock.now()
        month = month_of(now)
        continued = self._continue_on_postgresql if self._database.is_postgresql else self._continue_on_sqlite
        if not continued(lines, month):
            self._append_behind_lock(lines, now, month)

    def _continue_on_sqlite(self, lines: list[Pending], month: str) -> bool:
        """Go on in the current month; False when a new one must begin first."""
        with self._database.held() as connection:
            cursor = connection.cursor()
            cursor.execute("BEGIN IMMEDIATE")
            head = cursor.execute(_HEAD).fetchone()
            if head is None or head[1] < month:
                cursor.execute("ROLLBACK")
                return False
            cursor.executemany(_INSERT_SQLITE, _for_sqlite(_rows(Head(*head), head[1], lines)))
            cursor.execute("COMMIT")
        return True

    def _continue_on_postgresql(self, lines: list[Pending], month: str) -> bool:
        """Go on where this process saw the end, in one statement; False when a new month must begin first, or when
        another process has written since.
        """
        head, self._seen = self._seen, None
        if head is None or head.tree < month:
            return False
        rows = _rows(head, head.tree, lines)
        with self._database.held() as connection:
            try:
                written = bool(connection.execute(*_on_postgresql(head, rows)).rowcount == len(rows))
            except self._database.engine.dialect.loaded_dbapi.IntegrityError:
                written = False
        if written:
            self._seen = Head(*rows[-1][:3])
        return written

    def _append_behind_lock(self, lines: list[Pending], now: datetime, month: str) -> None:
        with self._database.write() as connection:
            if self._database.is_postgresql:
                connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
            head = head_of(connection)
            # A clock that runs behind does not reopen a month.
            tree = max(head.tree, month)
            if head.seq and head.tree < tree:
                note, salt = self._close_month(connection, head), os.urandom(SALT_BYTES)
                link = encode_link(note, previous=head.tree, at=now, seq=head.seq + 1, tree=tree, salt=salt)
                rows = [_row(link, 0, index_of_link(now)), *_rows(Head(link.seq, tree, 0), tree, lines)]
            else:
                rows = _rows(head, tree, lines)
            if not self._database.is_postgresql:
                connection.exec_driver_sql(_INSERT_SQLITE, _for_sqlite(rows))
            elif connection.exec_driver_sql(*_on_postgresql(head, rows)).rowcount != len(rows):
                raise RuntimeError("the end of the access log moved while it was locked")
        if self._database.is_postgresql:
            self._seen = Head(*rows[-1][:3])


def _for_sqlite(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return [tuple([value.bytes if isinstance(value, UUID) else value for value in row]) for row in rows]


def _on_postgresql(head: Head, rows: list[tuple[Any, ...]]) -> tuple[str, tuple[Any, ...]]:
    if len(rows) == 1:
        return _INSERT_ONE_POSTGRESQL, (*rows[0], head.seq, *head)
    return _INSERT_SEVERAL_POSTGRESQL, (*[list(column) for column in zip(*rows, strict=True)], head.seq, *head)


def _rows(head: Head, tree: str, lines: list[Pending]) -> list[tuple[Any, ...]]:
    return [
        _row(line.draft.at(head.seq + ahead, tree), head.place + ahead, line.index)
        for ahead, line in enumerate(lines, start=1)
    ]


def _row(entry: StoredEntry, place: int, index: Index) -> tuple[Any, ...]:
    return (
        entry.seq, entry.tree, place, entry.public, entry.private, entry.salt, entry.private_digest, entry.leaf, *index,
    )  # fmt: skip
