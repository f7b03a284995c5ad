"""The keys of one realm: made, opened with, destroyed; and what must go when they go (`docs/sealed-format.md`)."""

from __future__ import annotations

import os
import time
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from threading import Lock
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from domain.compartments import BY_NAME, MUNICIPAL_CONTACT, RECEIVING, Compartment, RealmKind, held_in
from domain.facts import Place, Sealed
from gdpr.ports import ERASED, WITHHELD, DestroyedKey, Tampered, Unavailable
from infrastructure import key_rows, receiving, sealing, search_tokens
from infrastructure.database import Database
from infrastructure.key_providers.port import KeyProvider
from infrastructure.key_rows import KeyRow, Wanted, insert_new, reaching_the_database, wait_for_turn
from infrastructure.key_tables import (
    LIVE,
    NO_CONSENT,
    ended_consents,
    erased_subjects,
    keys,
    ledger_head,
)
from infrastructure.sealing import SealingKey

_CHECKPOINT_TRIES = 3
_DESTROYED_AT_ONCE = 500


class NotHeldHere(ValueError):
    """This realm may hold no keys of the compartment, or this process may not open it."""


class KeyVault:
    """Implements `gdpr.ports.Vault` over the key database and the key provider of one realm.

    No method may be called inside a transaction of the key database. Every method may raise Unavailable.
    """

    def __init__(
        self,
        database: Database,
        provider: KeyProvider,
        *,
        realm: str,
        kind: RealmKind,
        opens: frozenset[str] | None = None,
        cache_size: int = 4096,
    ) -> None:
        """`opens` are the compartments this process may open (default: all of the realm's). Raises NotHeldHere."""
        self._database = database
        self._provider = provider
        self._realm = realm
        self._held = frozenset(compartment.name for compartment in held_in(kind))
        if opens is not None and not opens <= self._held:
            raise NotHeldHere(f"a realm of kind {kind} does not hold {', '.join(sorted(opens - self._held))}")
        self._opens = self._held if opens is None else opens
        self._unwrapped: OrderedDict[bytes, tuple[KeyRow, SealingKey]] = OrderedDict()
        self._cache_size = cache_size
        self._cache_lock = Lock()

    # Sealing and opening

    def keys_for(
        self, wanted: Iterable[Wanted], *, index: Iterable[tuple[str, str, UUID]] = ()
    ) -> dict[Wanted, SealingKey]:
        """The live key of each; those that are missing are made and durable on return.

        `index` is entered as by `index_all`, in the same transaction. A key whose retention ended has a successor, the
        next generation. Raises SubjectErased where none may be made any more; NotHeldHere, Tampered.
        """
        asked = list(dict.fromkeys(wanted))
        for _, compartment, scope in asked:
            if compartment.name not in self._held:
                raise NotHeldHere(f"this realm does not hold {compartment.name}")
            if (scope is not None) != compartment.scoped:
                which = "one" if compartment.scoped else "no"
                raise ValueError(f"a key in {compartment.name} belongs to {which} consent or course")
        entries = search_tokens.rows_of(self._provider, index)
        with reaching_the_database():
            rows = _live(key_rows.latest_keys(self._database, asked)) if asked else {}
            if len(rows) < len(asked) or entries:
                owners = {each for subject, _, scope in asked for each in (subject, scope or NO_CONSENT)}
                with self._database.write() as connection:
                    key_rows.begin_making_keys(connection)
                    wait_for_turn(connection, owners | {entry["subject"] for entry in entries})
                    if len(rows) < len(asked):
                        rows = self._live_or_made(connection, asked)
                    search_tokens.enter(self._database, connection, entries)
        return {each: self._key(rows[each]) for each in asked}

    def seal(self, key: SealingKey, value: Any, place: Place) -> bytes:
        """The token of a value at its place; the key comes from `keys_for`."""
        return sealing.seal(key, value, self._bound_to(key, place))

    def open(self, values: Sequence[Sealed]) -> list[Any]:
        """One answer per value: the value, ERASED or WITHHELD. Raises Unavailable, Tampered.

        The state of every key is read on every call, so that a destruction bites at once, whoever did it.
        """
        named = {sealing.key_id_of(value.token) for value in values if value.compartment in self._opens}
        rows: dict[bytes, KeyRow] = {}
        if named:
            with reaching_the_database():
                rows = key_rows.keys_by_id(self._database, named)
        known: dict[bytes, SealingKey] = {}
        return [self._opened(value, rows, known) if value.compartment in self._opens else WITHHELD for value in values]

    # Destroying

    def destroy(self, subject: UUID, compartments: Iterable[str]) -> list[DestroyedKey]:
        """Destroy the subject's keys in these compartments and its index rows; no key is made for it there again.

        Idempotent. Raises NotHeldHere for a name that no compartment has; Unavailable, also when a reader kept the
        write-ahead log from being emptied: then the keys are gone but their bytes are not, and it must be called again.
        """
        held = self._held_among(compartments)
        now = datetime.now(UTC)
        with reaching_the_database(), self._database.write() as connection:
            wait_for_turn(connection, [subject])
            fences = [{"subject": subject, "compartment": name, "since": now} for name in held]
            insert_new(connection, erased_subjects, fences)
            destroyed = self._destroy_whole(connection, subject, held, now)
        return self._wiped(destroyed)

    def end(
        self, subject: UUID, compartments: Iterable[str], *, under: UUID | None = None
    ) -> list[DestroyedKey]:  # fmt: skip
        """Destroy keys because the retention ended: whoever comes back gets a key of the next generation.

        `under` names the one course whose keys end; without it the subject's keys of every course do. The words it is
        found by go with its names (VIS-10). The keys answered are those of the latest generation. Whoever seals at this
        moment is kept out by the register's own fence, which is lifted afterwards. Idempotent; raises as `destroy`.
        """
        held = self._held_among(compartments)
        which = sa.and_(keys.c.subject == subject, keys.c.compartment.in_(held))
        if under is not None:
            # And those of no course: they are of before each course had its own, and nothing is sealed with them any more.
            which = sa.and_(which, keys.c.consent.in_((under, NO_CONSENT)))
        with reaching_the_database(), self._database.write() as connection:
            wait_for_turn(connection, [subject])
            if MUNICIPAL_CONTACT.name in held:
                search_tokens.leave(connection, [subject])
            destroyed = key_rows.destroy_keys(connection, which, datetime.now(UTC))
        return self._wiped(key_rows.of_latest_generation(destroyed))

    def destroy_under(self, scope_id: UUID) -> list[DestroyedKey]:
        """Destroy the keys of one consent or one course; no key is made under it again (INT-08, INT-25).

        Idempotent; raises as `destroy`.
        """
        now = datetime.now(UTC)
        with reaching_the_database(), self._database.write() as connection:
            wait_for_turn(connection, [scope_id])
            insert_new(connection, ended_consents, [{"consent": scope_id, "since": now}])
            destroyed = key_rows.destroy_keys(connection, keys.c.consent == scope_id, now)
        return self._wiped(destroyed)

    def destroy_by_id(self, key_ids: Iterable[bytes], *, for_ever: bool = True) -> list[DestroyedKey]:
        """Destroy again what the ledger says was destroyed, after a restore. Ids that are not here are passed over.

        `for_ever`: the subjects were erased there, and get no key in these compartments any more; else retention ended.
        """
        now = datetime.now(UTC)
        destroyed: list[sa.Row[Any]] = []
        for some in key_rows.portions(key_ids, _DESTROYED_AT_ONCE):
            with reaching_the_database(), self._database.write() as connection:
                rows = key_rows.keys_by_id(self._database, some).values()
                wait_for_turn(connection, [row.subject for row in rows] + [row.consent for row in rows])
                if for_ever:
                    places = {(row.subject, row.compartment) for row in rows}
                    fences = [{"subject": who, "compartment": name, "since": now} for who, name in sorted(places)]
                    insert_new(connection, erased_subjects, fences)
                subjects = {row.subject for row in rows}
                search_tokens.leave(connection, subjects)
                destroyed += key_rows.destroy_keys(connection, keys.c.key_id.in_(some), now)
        return self._wiped(destroyed)

    def all_destroyed(self, key_ids: Iterable[bytes]) -> bool:
        """Whether each of these keys is here, and destroyed."""
        asked = set(key_ids)
        with reaching_the_database(), self._database.read():
            rows = key_rows.keys_by_id(self._database, asked)
        return rows.keys() == asked and all(row.state != LIVE for row in rows.values())

    def erased(self) -> set[tuple[UUID, str]]:
        """In which compartments which subjects were erased."""
        query = sa.select(erased_subjects.c.subject, erased_subjects.c.compartment)
        with reaching_the_database(), self._database.read() as connection:
            return {(row.subject, row.compartment) for row in connection.execute(query)}

    def subjects_keys(self, subject: UUID) -> list[tuple[str, str]]:
        """(compartment, "live" or "destroyed") of each of the subject's keys."""
        query = sa.select(keys.c.compartment, keys.c.state).where(keys.c.subject == subject)
        with reaching_the_database(), self._database.read() as connection:
            return sorted((row.compartment, row.state) for row in connection.execute(query))

    def ledger_head(self) -> tuple[int, bytes]:
        """(size, head hash) of the ledger as far as this database has followed it; (0, empty) before the first."""
        with reaching_the_database(), self._database.read() as connection:
            row = connection.execute(sa.select(ledger_head.c.size, ledger_head.c.head)).one_or_none()
        return (0, b"") if row is None else (row.size, row.head)

    def set_ledger_head(self, size: int, head: bytes) -> None:
        """Remember how far the ledger was followed; never less far than before."""
        with reaching_the_database(), self._database.write() as connection:
            insert_new(connection, ledger_head, [{"id": 1, "size": size, "head": head}])
            further = sa.update(ledger_head).where(ledger_head.c.size < size)
            connection.execute(further.values(size=size, head=head))

    # The search index (VIS-10)

    def index_all(self, entries: Iterable[tuple[str, str, UUID]]) -> None:
        """Let subjects be found by these (field, value, subject); not those who were erased in some compartment."""
        if not (rows := search_tokens.rows_of(self._provider, entries)):
            return
        with reaching_the_database(), self._database.write() as connection:
            wait_for_turn(connection, {row["subject"] for row in rows})
            search_tokens.enter(self._database, connection, rows)

    def find(self, field: str, value: str) -> set[UUID]:
        """The subjects entered with exactly this value, normalised."""
        with reaching_the_database():
            return search_tokens.found(self._database, self._provider, field, value)

    def mark_words(
        self, command: UUID, instead: Sequence[tuple[str, UUID]], index: Iterable[tuple[str, str, UUID]]
    ) -> None:
        """Note which words `forget_words` takes out for a command: in each (field, subject) all but those of `index`."""
        kept = search_tokens.rows_of(self._provider, index)
        with reaching_the_database(), self._database.write() as connection:
            wait_for_turn(connection, {subject for _, subject in instead})
            search_tokens.mark(connection, command, instead, kept)

    def forget_words(self, command: UUID) -> None:
        """Let nobody be found any more by the words that were marked for a command, now that it is saved. Idempotent."""
        with reaching_the_database(), self._database.write() as connection:
            search_tokens.forget(connection, command)

    # What comes from another realm

    def new_receiving_key(self, about: UUID) -> bytes:
        """The public key (32 bytes) another realm seals to with `seal_for`; the same one until it is destroyed.

        Raises SubjectErased once it is; NotHeldHere.
        """
        self._may_receive()
        with reaching_the_database(), self._database.write() as connection:
            return receiving.public_half(self._database, connection, self._provider, self._realm, about)

    @staticmethod
    def seal_for(public_key: bytes, message: bytes, info: bytes) -> bytes:
        """Seal to another realm's receiving key. Raises ValueError for bytes that are no public key."""
        return sealing.seal_for(public_key, message, info)

    def open_received(self, about: UUID, sealed: bytes, info: bytes) -> bytes:
        """The message of `seal_for`. Raises SubjectErased when the key is destroyed; Tampered, NotHeldHere."""
        self._may_receive()
        with reaching_the_database(), self._database.read() as connection:
            private, public = receiving.both_halves(connection, self._provider, self._realm, about)
        return sealing.open_for(private, public, sealed, info)

    def destroy_receiving_key(self, about: UUID) -> None:
        """What was sealed to it and was not opened opens never again. Idempotent; raises as `destroy`."""
        with reaching_the_database(), self._database.write() as connection:
            receiving.destroy_pair(connection, about, datetime.now(UTC))
        self._wiped([])

    # Below: how it is done

    def _bound_to(self, key: SealingKey, place: Place) -> bytes:
        return sealing.associated_data(self._realm, place, key.subject, key.compartment, key.key_id)

    def _live_or_made(self, connection: sa.Connection, asked: Sequence[Wanted]) -> dict[Wanted, KeyRow]:
        """In the transaction under way, whose turn it is."""
        latest = key_rows.latest_keys(self._database, asked)
        rows = _live(latest)
        if missing := [each for each in asked if each not in rows]:
            key_rows.refuse_the_erased(self._database, missing)
            # Wrapped inside the transaction, so that no change of epochs can slip between wrapping and writing.
            epochs = {name: self._provider.current_epoch(name) for name in {each[1].name for each in missing}}
            after = {each: latest[each].generation if each in latest else 0 for each in missing}
            made = {each: self._new_key(*each, after[each] + 1, epochs[each[1].name]) for each in missing}
            created = {"created_at": datetime.now(UTC)}
            if insert_new(connection, keys, [row._asdict() | created for row in made.values()]) == len(made):
                return rows | made
            rows = _live(key_rows.latest_keys(self._database, asked))
        return rows

    def _new_key(
        self, subject: UUID, compartment: Compartment, scope: UUID | None, generation: int, epoch: int
    ) -> KeyRow:
        key_id, data_key = os.urandom(16), os.urandom(sealing.DATA_KEY_BYTES)
        context = key_rows.wrapping_context(
            self._realm, compartment.name, subject.bytes, (scope or NO_CONSENT).bytes, key_id
        )
        wrapped = self._provider.wrap(compartment.name, epoch, context, data_key)
        committed = sealing.commitment(data_key, key_id)
        row = KeyRow(
            key_id, subject, compartment.name, scope or NO_CONSENT, generation, LIVE, wrapped, epoch, committed
        )
        # What was wrapped just now need not be unwrapped for its first use; used only if its row is stored like this.
        self._remember(row, sealing.sealing_key(data_key, key_id, subject, compartment.name))
        return row

    def _opened(self, value: Sealed, rows: dict[bytes, KeyRow], known: dict[bytes, SealingKey]) -> Any:
        key_id = sealing.key_id_of(value.token)
        if (row := rows.get(key_id)) is None:
            raise Unavailable(f"the key {key_id.hex()} of a value is not in the key database")
        if row.subject != value.subject or row.compartment != value.compartment:
            raise Tampered(f"{value!r} names a key of another subject or compartment")
        if row.state != LIVE:
            return ERASED
        key = known.get(key_id) or known.setdefault(key_id, self._key(row))
        return sealing.unseal(key, value.token, self._bound_to(key, value.place))

    def _key(self, row: KeyRow) -> SealingKey:
        """The key of a live row. What is remembered is the unwrapping of exactly this row, never that it is live."""
        with self._cache_lock:
            known = self._unwrapped.get(row.key_id)
            if known is not None and known[0] == row:
                self._unwrapped.move_to_end(row.key_id)
                return known[1]
        context = key_rows.wrapping_context(
            self._realm, row.compartment, row.subject.bytes, row.consent.bytes, row.key_id
        )
        if row.wrapped is None:
            raise Tampered(f"key {row.key_id.hex()} is live and has no material")
        data_key = self._provider.unwrap(row.compartment, row.epoch, context, row.wrapped)
        key = sealing.committed_key(data_key, row.commitment, row.key_id, row.subject, row.compartment)
        self._remember(row, key)
        return key

    def _remember(self, row: KeyRow, key: SealingKey) -> None:
        with self._cache_lock:
            self._unwrapped[row.key_id] = (row, key)
            self._unwrapped.move_to_end(row.key_id)
            while len(self._unwrapped) > self._cache_size:
                self._unwrapped.popitem(last=False)

    def _held_among(self, compartments: Iterable[str]) -> list[str]:
        """Those that the realm holds, by name. Raises NotHeldHere for a name that no compartment has."""
        names = frozenset(compartments)
        if not names <= BY_NAME.keys():
            raise NotHeldHere("there is no such compartment")
        return sorted(names & self._held)

    def _destroy_whole(
        self, connection: sa.Connection, subject: UUID, held: Sequence[str], now: datetime
    ) -> list[sa.Row[Any]]:
        """All that lets anything about the subject be opened or found in these compartments, on this connection."""
        search_tokens.leave(connection, [subject])
        if RECEIVING.name in held:
            receiving.destroy_pair(connection, subject, now)
        return key_rows.destroy_keys(connection, sa.and_(keys.c.subject == subject, keys.c.compartment.in_(held)), now)

    def _may_receive(self) -> None:
        if RECEIVING.name not in self._opens:
            raise NotHeldHere("this realm or process receives nothing")

    def _wiped(self, rows: Sequence[sa.Row[Any]]) -> list[DestroyedKey]:
        """Forget the keys here, and let no copy of their rows survive in SQLite's log; what remains of each."""
        with self._cache_lock:
            for row in rows:
                self._unwrapped.pop(row.key_id, None)
        destroyed = [
            DestroyedKey(row.key_id, row.compartment, row.commitment, row.destroyed_at, row.epoch) for row in rows
        ]
        with reaching_the_database():
            for _ in range(_CHECKPOINT_TRIES):
                if self._database.truncate_wal():
                    return destroyed
                time.sleep(0.05)
        raise Unavailable("destroyed, but a reader keeps the bytes in the write-ahead log: destroy again to wipe them")


def _live(latest: Mapping[Wanted, KeyRow]) -> dict[Wanted, KeyRow]:
    return {each: row for each, row in latest.items() if row.state == LIVE}
