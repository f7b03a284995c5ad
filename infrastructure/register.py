"""The register of one realm: a command's facts, the views' rows and all else it leaves, in one transaction or not.

What a command costs: one durable commit here, and one in the key database if it needs keys that are not there yet.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any, Final, NoReturn, Protocol, TypeVar
from uuid import UUID

import sqlalchemy as sa
from eventsourcing import persistence

from application.ports import (
    Aggregate,
    Change,
    Context,
    Duty,
    IndexEntry,
    Loaded,
    Message,
    Outcome,
    Recorded,
    Rows,
)
from application.views.rows import View
from domain.facts import Sealed
from gdpr.ports import DestroyedKey, Tampered, Unavailable
from infrastructure.database import Database
from infrastructure.event_store import Recorder
from infrastructure.journal import AlreadyReceived, Journal, Received
from infrastructure.mapper import Sealer, SealingMapper
from infrastructure.sealing import key_id_of

S = TypeVar("S")
R = TypeVar("R")

DESTROY_CONSENT: Final = "destroy_consent"
"""The duty to destroy the keys of the consent or course that it names (INT-08, INT-25)."""

_log = logging.getLogger(__name__)


class Keys(Sealer, Protocol):
    """What the register needs of the vault."""

    def destroy_under(self, scope_id: UUID) -> object: ...

    def mark_words(
        self, command: UUID, instead: Sequence[tuple[str, UUID]], index: Iterable[tuple[str, str, UUID]]
    ) -> None: ...

    def forget_words(self, command: UUID) -> None: ...


_FORGET_WORDS: Final = "forget_words"
"""The duty to take out of the index what a saved command has said anew."""


class SqlRegister:
    """Implements `application.ports.Register` on SQLite and PostgreSQL.

    `rows_for` gives the views' rows in a connection's transaction, or of the database for reading. `perform_duty` does
    every duty but the destruction of a consent's keys and of words of the index, which are the register's own; it must
    bear being called twice for one duty.
    """

    def __init__(
        self,
        realm: str,
        database: Database,
        vault: Keys,
        *,
        views: Sequence[View],
        rows_for: Callable[[sa.Connection | Database], Rows],
        perform_duty: Callable[[str, UUID], None],
    ) -> None:
        self.realm = realm
        self.database = database
        self.recorder = Recorder(database)
        self.journal = Journal(database, self.recorder)
        self._vault = vault
        self._mapper = SealingMapper(vault)
        self._views = tuple(views)
        self._rows_for = rows_for
        self._perform_duty = perform_duty

    # Reading

    def load(self, aggregate: Aggregate[S], stream: UUID) -> Loaded[S] | None:
        """The state of a stream; None if nothing happened in it, or what happened there is of another kind: then there is
        no such one of this kind. Raises Tampered, Unavailable."""
        state: S | None = None
        version = 0
        history = self.history(stream)
        if history and not aggregate.tells(history[0].fact):
            return None
        for recorded in history:
            state, version = aggregate.evolve(state, recorded.fact), recorded.version
        return None if state is None else Loaded(stream, version, state)

    def history(self, stream: UUID) -> list[Recorded]:
        """All facts of a stream. Raises Tampered, also when one of them is missing; Unavailable."""
        with self.reaching_the_database():
            found = self.recorder.select_events(stream)
        if found and found[-1].originator_version != len(found):
            raise Tampered(f"stream {stream} lacks an event")
        return [self._mapper.to_domain_event(stored) for stored in found]

    def events_after(self, position: int, limit: int) -> list[tuple[int, Recorded]]:
        """At most `limit` facts with their positions, in the order of their commits. Raises Tampered, Unavailable."""
        with self.reaching_the_database():
            page = self.recorder.select_notifications(position, limit, inclusive_of_start=False)
        return [(stored.id, self._mapper.to_domain_event(stored)) for stored in page]

    def head(self) -> int:
        """The position of the last fact; 0 before the first."""
        with self.reaching_the_database():
            return self.recorder.max_notification_id() or 0

    def rows(self) -> Rows:
        """The rows of the views, for reading; each answer is one consistent state."""
        return _RowsToRead(self._rows_for(self.database))

    def outcome_of(self, command_id: UUID) -> Outcome | None:
        """What a command answered; None for an id that was not used. Ids come back as ids, tuples as lists."""
        with self.reaching_the_database():
            return self.journal.outcome_of(command_id)

    # Writing

    def save(
        self,
        context: Context,
        changes: Sequence[Change],
        *,
        outcome: Outcome,
        messages: Iterable[Message] = (),
        duties: Iterable[Duty] = (),
        index: Iterable[IndexEntry] = (),
        instead: Sequence[tuple[str, UUID]] = (),
        received: Received | None = None,
    ) -> None:
        """All of it, with the views' rows, in one transaction, or nothing; then the duties.

        Keys and index entries are durable before the transaction. What is left of them if it fails harms nobody: a key
        that nothing is sealed with, a keyed token that leads to no row; both go when the subject's keys are destroyed.
        The words of `index` that another says `instead` go with a duty, so that a subject is never found by none of them.
        A duty that fails now stays for `resume_duties`. With `received`, a message that was taken in before changes
        nothing. Joins a transaction that is under way, as a whole or not at all, and then leaves its duties for later.

        Raises StaleVersion, CommandIdTaken, SubjectErased, Unavailable; TypeError for a fact that cannot be stored.
        """
        entries = [(entry.field, entry.value, entry.subject) for entry in index]
        stored = self._mapper.seal_all(
            [
                Recorded(change.stream, version, fact, context)
                for change in changes
                for version, fact in enumerate(change.facts, change.at_version + 1)
            ],
            entries,
        )
        if instead:
            self._vault.mark_words(context.command_id, instead, entries)
            duties = [*duties, Duty(_FORGET_WORDS, context.command_id)]
        # What the views are shown is what a rebuild will read: sealed, and come through the same door.
        recordeds = [self._mapper.to_domain_event(each) for each in stored]
        try:
            with self.reaching_the_database(), self._one_transaction() as connection:
                self.journal.append(connection, context, changes, stored, _keys_of(recordeds), outcome, received)
                self.journal.post(connection, messages)
                to_do = self.journal.take_on(connection, duties)
                rows = self._rows_for(connection)
                with self.database.together(connection):
                    for recorded in recordeds:
                        for view in self._views:
                            view.follow(recorded, rows)
        except AlreadyReceived:
            return
        if not self.database.in_transaction:
            for number, duty in to_do:
                self._fulfil(number, duty)

    def resume_duties(self) -> int:
        """Do what a crash or an unavailable key store left undone; returns how many duties are still left."""
        with self.reaching_the_database(), self.database.read() as connection:
            left = self.journal.duties(connection)
        return sum(not self._fulfil(number, duty) for number, duty in left)

    def fence(self, subject: UUID, compartments: Iterable[str]) -> None:
        """Refuse, from the commit on, all new personal data about the subject in these compartments (Art. 17).

        Joins the transaction that is under way. Whoever saves at the same time is before it or is refused.
        """
        with self.reaching_the_database(), self.database.write() as connection:
            self.journal.fence(connection, subject, compartments)

    def rewrite_waiting(self, kind: str, rewritten: Callable[[bytes], tuple[bytes | None, int]]) -> int:
        """Pass every message of the kind that still waits through `rewritten`: the body it then has, and what was taken
        out, which is summed up. Joins the transaction that is under way.
        """
        taken = 0
        with self.reaching_the_database(), self.database.write() as connection:
            for number, body in self.journal.all_waiting(connection, kind):
                left, went = rewritten(body)
                if went:
                    self.journal.rewrite(connection, number, left)
                    taken += went
        return taken

    def fence_while_ending(self, subject: UUID, compartments: Iterable[str]) -> None:
        """Refuse as `fence` does, because a retention ended, and only until `lift_fence`: whoever writes tries again."""
        with self.reaching_the_database(), self.database.write() as connection:
            self.journal.fence_while_ending(connection, subject, compartments)

    def lift_fence(self, subject: UUID, ended: Iterable[DestroyedKey]) -> None:
        """Let new data about the subject in again, sealed with new keys; these, which are destroyed, are refused.

        An erasure's fence is never lifted. Joins the transaction that is under way.
        """
        with self.reaching_the_database(), self.database.write() as connection:
            self.journal.lift_fence(connection, subject, {key.key_id: key.compartment for key in ended})

    def endings(self) -> list[tuple[UUID, str]]:
        """Every subject and compartment that is fenced while its keys end: a run that a crash broke off goes on here."""
        with self.reaching_the_database(), self.database.read() as connection:
            return self.journal.endings(connection)

    def gone(self) -> list[tuple[UUID, str, bytes | None]]:
        """What no view may hold: every subject and compartment, and which key sealed it, None for any key."""
        with self.reaching_the_database(), self.database.read() as connection:
            fenced = [*self.journal.fences(connection), *self.journal.endings(connection)]
            return [*((*each, None) for each in fenced), *self.journal.ended_keys(connection)]

    def ledger_head(self) -> tuple[int, bytes]:
        """(size, head hash) of the ledger as far as the register has followed it; (0, empty) before the first erasure."""
        with self.reaching_the_database(), self.database.read() as connection:
            return self.journal.ledger_head(connection)

    def follow_ledger(self, size: int, head: bytes) -> None:
        """Remember how far the ledger was followed; never less far. Joins the transaction that is under way."""
        with self.reaching_the_database(), self.database.write() as connection:
            self.journal.follow_ledger(connection, size, head)

    def fences_of(self, subject: UUID) -> frozenset[str]:
        """The names of the compartments in which the subject is erased."""
        with self.reaching_the_database(), self.database.read() as connection:
            return self.journal.fences_of(connection, subject)

    def fences(self) -> list[tuple[UUID, str]]:
        """Every subject and compartment in which it is erased."""
        with self.reaching_the_database(), self.database.read() as connection:
            return self.journal.fences(connection)

    def lock_writers(self, connection: sa.Connection) -> None:
        """Let nobody else append or fence until the transaction of this connection ends."""
        self.recorder.take_turn(connection)

    @contextmanager
    def reaching_the_database(self) -> Iterator[None]:
        """Raise Unavailable for a database that cannot be had; without its own words, which may show a row."""
        driver = self.database.engine.dialect.loaded_dbapi
        try:
            yield
        except (
            driver.OperationalError,
            driver.InterfaceError,
            persistence.OperationalError,
            persistence.InterfaceError,
            sa.exc.OperationalError,
            sa.exc.InterfaceError,
            sa.exc.TimeoutError,
        ) as error:
            raise Unavailable(f"the register's database cannot be had now ({type(error).__name__})") from None

    # Below: how it is done

    def _fulfil(self, number: int, duty: Duty) -> bool:
        try:
            if duty.kind == DESTROY_CONSENT:
                self._vault.destroy_under(duty.ref)
            elif duty.kind == _FORGET_WORDS:
                self._vault.forget_words(duty.ref)
            else:
                self._perform_duty(duty.kind, duty.ref)
            with self.database.write() as connection:
                self.journal.done(connection, number)
        except Exception as error:  # whatever it was: the command stands, and the duty stays noted
            _log.error("duty %s of %s is left for later: %s", duty.kind, duty.ref, type(error).__name__)
            return False
        return True

    @contextmanager
    def _one_transaction(self) -> Iterator[sa.Connection]:
        joins = self.database.in_transaction
        with self.database.write() as connection, connection.begin_nested() if joins else nullcontext():
            yield connection


def _keys_of(recordeds: Iterable[Recorded]) -> set[tuple[UUID, str, bytes]]:
    values = (getattr(each.fact, name) for each in recordeds for name in each.fact.MARKS.personal)
    return {(value.subject, value.compartment, key_id_of(value.token)) for value in values if isinstance(value, Sealed)}


class _RowsToRead:
    """Rows that can be asked and not changed: only a fact changes them."""

    def __init__(self, rows: Rows) -> None:
        self.get, self.where = rows.get, rows.where

    def put(self, row: Any) -> NoReturn:
        raise TypeError("the rows of the views change with facts only")

    def change(self, kind: type[Any], where: Mapping[str, Any], /, **values: Any) -> NoReturn:
        raise TypeError("the rows of the views change with facts only")

    def delete(self, kind: type[Any], /, **equal: Any) -> NoReturn:
        raise TypeError("the rows of the views change with facts only")
