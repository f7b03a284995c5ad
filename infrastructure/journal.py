"""What a command leaves beside the views' rows, as statements in its transaction: facts, its id, letters, duties."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from eventsourcing.persistence import StoredEvent

from application.ports import Change, CommandIdTaken, Context, Duty, Message, Outcome, StaleVersion
from gdpr.ports import SubjectErased
from infrastructure.database import Database
from infrastructure.event_store import Recorder
from infrastructure.tables import stored_moment


@dataclass(frozen=True, slots=True)
class Received:
    """Which message of which realm a save follows from, and its number in that realm's outbox."""

    from_realm: str
    message_id: UUID
    number: int


@dataclass(frozen=True, slots=True)
class Letter:
    """A message of the outbox that was not confirmed yet."""

    received: Received
    kind: str
    body: bytes


class AlreadyReceived(Exception):
    """The message was taken in before; what it would do has been done."""


def incoming(from_realm: str) -> str:
    """The name under which a realm tracks how far it has taken in another's outbox."""
    return f"outbox of {from_realm}"


_TAKE_IN: Final = "INSERT INTO inbox (from_realm, message_id) VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING 1"
_COME_TO: Final = (
    "INSERT INTO tracking (name, position) VALUES (?, ?) ON CONFLICT (name)"
    " DO UPDATE SET position = excluded.position WHERE tracking.position < excluded.position"
)
_HOLD: Final = (
    "INSERT INTO tracking (name, position) VALUES (?, 0) ON CONFLICT (name)"
    " DO UPDATE SET position = tracking.position RETURNING position"
)
_USE_ID: Final = (
    "INSERT INTO commands (command_id, command, actor, result, recorded_at) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT DO NOTHING RETURNING 1"
)
# CROSS JOIN, because SQLite then looks each one up; with IN it would read the whole table.
_FENCED: Final = (
    "WITH asked AS (VALUES {})"
    " SELECT 1 FROM asked CROSS JOIN fences WHERE subject = column1 AND compartment = column2"
    " UNION ALL SELECT 2 FROM asked CROSS JOIN endings WHERE subject = column1 AND compartment = column2"
    " UNION ALL SELECT 2 FROM asked CROSS JOIN ended_keys WHERE key_id = column3"
)
_ERASED: Final = 1
_STANDING: Final = (
    "SELECT count(*) FROM (VALUES {}) AS asked CROSS JOIN events WHERE stream = column1 AND version = column2"
)
_FOLLOW_LEDGER: Final = (
    "INSERT INTO ledger_head (id, size, head) VALUES (1, ?, ?) ON CONFLICT (id)"
    " DO UPDATE SET size = excluded.size, head = excluded.head WHERE ledger_head.size < excluded.size"
)
_POST: Final = "INSERT INTO outbox (message_id, to_realm, kind, body) VALUES (?, ?, ?, ?)"
_WAITING: Final = (
    "SELECT id, message_id, kind, body FROM outbox WHERE to_realm = ? AND body IS NOT NULL ORDER BY id LIMIT ?"
)


class Journal:
    """The statements; every method that is given a connection works in its transaction."""

    def __init__(self, database: Database, recorder: Recorder) -> None:
        self._database, self._recorder = database, recorder
        self._is_postgresql = database.is_postgresql

    def append(
        self,
        connection: sa.Connection,
        context: Context,
        changes: Sequence[Change],
        stored: Sequence[StoredEvent],
        sealed_with: Iterable[tuple[UUID, str, bytes]],
        outcome: Outcome,
        received: Received | None,
    ) -> None:
        """Append the facts of a command and note its id, in one round trip.

        `sealed_with` are the subject, compartment and key id of all that was sealed. Raises the first that applies of
        AlreadyReceived, CommandIdTaken, SubjectErased (a fence stands about what was sealed) and StaleVersion, also
        where it was sealed with a key that is ending: then the next try gets another; the transaction must not commit.
        """
        bound = self._recorder.bound
        sealed = [(bound(subject), compartment, key_id) for subject, compartment, key_id in sealed_with]
        before = [(bound(each.stream), each.at_version) for each in changes if each.facts and each.at_version]
        result = _to_json(dict(outcome.result))
        recorded_at = stored_moment(context.recorded_at, is_postgresql=self._is_postgresql)
        command = (bound(context.command_id), outcome.command, bound(outcome.actor), result, recorded_at)
        taken_in = fenced = standing = appended = None
        with self._database.together(connection):
            self._recorder.take_turn(connection)
            if received is not None:
                taken_in = self._run(connection, _TAKE_IN, received.from_realm, bound(received.message_id))
                self.come_to(connection, incoming(received.from_realm), received.number)
            used = self._run(connection, _USE_ID, *command)
            if sealed:
                fenced = self._run(connection, _for_all(_FENCED, sealed), *chain(*sealed))
            if before:
                standing = self._run(connection, _for_all(_STANDING, before), *chain(*before))
            if stored:
                appended = self._recorder.append(connection, stored)
        if taken_in is not None and taken_in.fetchone() is None:
            raise AlreadyReceived
        if used.fetchone() is None:
            raise CommandIdTaken
        if fenced is not None and (found := fenced.fetchall()):
            if (_ERASED,) in map(tuple, found):
                raise SubjectErased("a subject of this command is erased in a compartment it writes to")
            raise StaleVersion
        if standing is not None and standing.fetchone()[0] < len(before):
            raise StaleVersion
        if appended is not None and appended.rowcount < len(stored):
            raise StaleVersion

    def post(self, connection: sa.Connection, messages: Iterable[Message]) -> None:
        """Put messages into the outbox; their numbers rise in the order of commits."""
        for each in messages:
            self._run(connection, _POST, self._recorder.bound(each.message_id), each.to_realm, each.kind, each.body)

    def waiting(self, connection: sa.Connection, *, from_realm: str, to_realm: str, limit: int) -> list[Letter]:
        """The first messages to a realm that were not confirmed."""
        rows = self._run(connection, _WAITING, to_realm, limit).fetchall()
        unbound = self._recorder.unbound
        return [Letter(Received(from_realm, unbound(id_), number), kind, body) for number, id_, kind, body in rows]

    def all_waiting(self, connection: sa.Connection, kind: str) -> list[tuple[int, bytes]]:
        """Number and body of every message of this kind that was not confirmed, to whichever realm; nobody confirms one
        until the transaction ends.
        """
        text = "SELECT id, body FROM outbox WHERE kind = ? AND body IS NOT NULL ORDER BY id"
        text += " FOR UPDATE" if self._is_postgresql else ""
        return [(number, bytes(body)) for number, body in self._run(connection, text, kind).fetchall()]

    def rewrite(self, connection: sa.Connection, number: int, body: bytes | None) -> None:
        """Let a message say this instead; with None it is not delivered at all."""
        self._run(connection, "UPDATE outbox SET body = ? WHERE id = ?", body, number)

    def has_received(self, connection: sa.Connection, received: Received) -> bool:
        """Whether a message was taken in here."""
        text = "SELECT 1 FROM inbox WHERE from_realm = ? AND message_id = ?"
        found = self._run(connection, text, received.from_realm, self._recorder.bound(received.message_id))
        return found.fetchone() is not None

    def confirm(self, connection: sa.Connection, received: Received) -> None:
        """Empty a message that the other realm has."""
        text = "UPDATE outbox SET body = NULL WHERE id = ? AND message_id = ?"
        self._run(connection, text, received.number, self._recorder.bound(received.message_id))

    def hold_position(self, connection: sa.Connection, name: str) -> int:
        """How far a follower has come; until the transaction ends nobody else moves it."""
        return int(self._run(connection, _HOLD, name).fetchone()[0])

    def come_to(self, connection: sa.Connection, name: str, position: int) -> None:
        """Move a follower's position on; it never moves back."""
        self._run(connection, _COME_TO, name, position)

    def take_on(self, connection: sa.Connection, duties: Iterable[Duty]) -> list[tuple[int, Duty]]:
        """Note duties; returns them with their numbers."""
        text = "INSERT INTO duties (kind, ref) VALUES (?, ?) RETURNING id"
        return [(self._run(connection, text, d.kind, self._recorder.bound(d.ref)).fetchone()[0], d) for d in duties]

    def duties(self, connection: sa.Connection) -> list[tuple[int, Duty]]:
        """The duties that are left, oldest first."""
        rows = self._run(connection, "SELECT id, kind, ref FROM duties ORDER BY id").fetchall()
        return [(number, Duty(kind, self._recorder.unbound(ref))) for number, kind, ref in rows]

    def done(self, connection: sa.Connection, number: int) -> None:
        """Strike out a duty."""
        self._run(connection, "DELETE FROM duties WHERE id = ?", number)

    def outcome_of(self, command_id: UUID) -> Outcome | None:
        """What a command answered; None for an id that was not used."""
        text = self._recorder.sql("SELECT command, actor, result FROM commands WHERE command_id = ?")
        for command, actor, result in self._database.ask(text, (self._recorder.bound(command_id),)):
            return Outcome(command, self._recorder.unbound(actor), json.loads(result, object_hook=_from_json))
        return None

    def fence(self, connection: sa.Connection, subject: UUID, compartments: Iterable[str]) -> None:
        """Fence a subject, once nobody appends; a fence that stands stays."""
        self._recorder.take_turn(connection)
        since = stored_moment(datetime.now(UTC), is_postgresql=self._is_postgresql)
        text = "INSERT INTO fences (subject, compartment, since) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
        for compartment in compartments:
            self._run(connection, text, self._recorder.bound(subject), compartment, since)

    def fence_while_ending(self, connection: sa.Connection, subject: UUID, compartments: Iterable[str]) -> None:
        """Fence a subject until `lift_fence`, once nobody appends."""
        self._recorder.take_turn(connection)
        since = stored_moment(datetime.now(UTC), is_postgresql=self._is_postgresql)
        text = "INSERT INTO endings (subject, compartment, since) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
        for compartment in compartments:
            self._run(connection, text, self._recorder.bound(subject), compartment, since)

    def lift_fence(self, connection: sa.Connection, subject: UUID, ended: Mapping[bytes, str]) -> None:
        """Take away what `fence_while_ending` set, in all compartments, and note the keys that ended, with theirs."""
        since = stored_moment(datetime.now(UTC), is_postgresql=self._is_postgresql)
        bound = self._recorder.bound(subject)
        text = "INSERT INTO ended_keys (key_id, subject, compartment, since) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
        for key_id, compartment in ended.items():
            self._run(connection, text, key_id, bound, compartment, since)
        self._run(connection, "DELETE FROM endings WHERE subject = ?", bound)

    def endings(self, connection: sa.Connection) -> list[tuple[UUID, str]]:
        """Every subject and compartment with a fence that is to be lifted."""
        rows = self._run(connection, "SELECT subject, compartment FROM endings").fetchall()
        return [(self._recorder.unbound(subject), compartment) for subject, compartment in rows]

    def ended_keys(self, connection: sa.Connection) -> list[tuple[UUID, str, bytes]]:
        """Every key that ended: whose, in which compartment, its id."""
        rows = self._run(connection, "SELECT subject, compartment, key_id FROM ended_keys").fetchall()
        return [(self._recorder.unbound(subject), compartment, bytes(key_id)) for subject, compartment, key_id in rows]

    def fences(self, connection: sa.Connection) -> list[tuple[UUID, str]]:
        """Every subject and compartment with a fence."""
        rows = self._run(connection, "SELECT subject, compartment FROM fences").fetchall()
        return [(self._recorder.unbound(subject), compartment) for subject, compartment in rows]

    def fences_of(self, connection: sa.Connection, subject: UUID) -> frozenset[str]:
        """The compartments with a fence about this subject."""
        rows = self._run(connection, "SELECT compartment FROM fences WHERE subject = ?", self._recorder.bound(subject))
        return frozenset(compartment for (compartment,) in rows.fetchall())

    def ledger_head(self, connection: sa.Connection) -> tuple[int, bytes]:
        """(size, head hash) of the ledger as far as it was followed; (0, empty) before the first erasure."""
        row = self._run(connection, "SELECT size, head FROM ledger_head").fetchone()
        return (0, b"") if row is None else (int(row[0]), bytes(row[1]))

    def follow_ledger(self, connection: sa.Connection, size: int, head: bytes) -> None:
        """Remember how far the ledger was followed; never less far than before."""
        self._run(connection, _FOLLOW_LEDGER, size, head)

    def _run(self, connection: sa.Connection, text: str, *values: Any) -> Any:
        return self._recorder.cursor(connection).execute(self._recorder.sql(text), values)


def _for_all(text: str, rows: Sequence[tuple[object, ...]]) -> str:
    marks = f"({', '.join('?' * len(rows[0]))})"
    return text.format(", ".join([marks] * len(rows)))


def _as_json(value: object) -> dict[str, str]:
    if isinstance(value, UUID):
        return {"uuid": str(value)}
    raise TypeError("a command answers ids, numbers and codes only")


_to_json: Final = json.JSONEncoder(default=_as_json, allow_nan=False).encode


def _from_json(value: dict[str, Any]) -> Any:
    only = value.get("uuid") if len(value) == 1 else None
    return UUID(only) if isinstance(only, str) else value
