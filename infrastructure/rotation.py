"""Epochs of key-encryption keys: a new one begins, every live key is wrapped anew in it, and the oldest are destroyed.

This is what makes an erasure final (Boneh and Lipton, "A Revocable Backup System", 1996): a key that was destroyed in
one epoch was only ever wrapped in that one and earlier ones, so once these are gone no copy of the key database opens it.
Each step looks at what is there and not at what was done, so a run that was broken off anywhere is taken up by the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from domain.compartments import RECEIVING
from gdpr.ports import Unavailable
from infrastructure import receiving
from infrastructure.database import Database
from infrastructure.key_providers.port import KeyProvider
from infrastructure.key_rows import let_nobody_make_keys, reaching_the_database, wrapping_context
from infrastructure.key_tables import LIVE, keys, receiving_keys

BATCH: Final = 5_000
_PASSES: Final = 5


class EpochStillNeeded(RuntimeError):
    """A live key is wrapped in an epoch that was to be destroyed; nothing was destroyed."""


@dataclass(frozen=True, slots=True)
class Epoch:
    """One epoch of a compartment: whether its key-encryption key still exists, and the keys last wrapped in it."""

    compartment: str
    number: int
    exists: bool
    live: int
    destroyed: int


class _Row(NamedTuple):
    """A live key: its id, its wrapping and epoch, and what the wrapping is bound to."""

    id: Any
    wrapped: bytes
    epoch: int
    compartment: str
    context: bytes


@dataclass(frozen=True, slots=True)
class _Store:
    """A table of wrapped keys: the column of their ids and the least id, and how its rows are read.

    `row` takes the realm and the columns; ids are bytes from SQLite and UUIDs from PostgreSQL.
    """

    table: sa.Table
    id: str
    before_all: Any
    columns: tuple[str, ...]
    row: Callable[..., _Row]


def _id(value: Any) -> bytes:
    return value.bytes if isinstance(value, UUID) else bytes(value)


def _data_key(realm: str, key_id: bytes, wrapped: bytes, epoch: int, name: str, subject: Any, scope: Any) -> _Row:
    context = wrapping_context(realm, name, _id(subject), _id(scope), key_id)
    return _Row(key_id, wrapped, epoch, name, context)


def _receiving_key(realm: str, about: Any, wrapped: bytes, epoch: int, public: bytes) -> _Row:
    return _Row(about, wrapped, epoch, RECEIVING.name, receiving.wrapping_context(realm, _id(about), public))


_STORES: Final = (
    _Store(keys, "key_id", b"", ("key_id", "wrapped", "epoch", "compartment", "subject", "consent"), _data_key),
    _Store(receiving_keys, "about", UUID(int=0), ("about", "wrapped", "epoch", "public"), _receiving_key),
)


class Rotation:
    """The epochs of one realm's compartments; safe beside processes that make, use and destroy keys."""

    def __init__(self, database: Database, provider: KeyProvider, *, realm: str, compartments: Iterable[str]) -> None:
        """`compartments` that the provider has no key of are left to whoever has it."""
        self._database, self._provider, self._realm = database, provider, realm
        self._names = [name for name in sorted(compartments) if provider.epochs(name)]

    def begin(self) -> bool:
        """Begin a new epoch in each compartment, unless a run that was broken off has left keys behind in some.

        Answers whether it began any. From its return on, new keys are wrapped in the current epochs only.
        """
        left = self._behind()
        if not left:
            for name in self._names:
                self._provider.create_epoch(name)
        with reaching_the_database(), self._database.write() as connection:
            let_nobody_make_keys(connection)  # whoever still wraps in the epoch before is through with it now
        return not left

    def wrap_anew(self, progress: Callable[[int, int], None] = lambda done, of: None, *, batch: int = BATCH) -> int:
        """Wrap every live key in its compartment's current epoch; how many were. Raises Unavailable, Tampered.

        `progress` hears how many were looked at, and of how many. A few statements for each batch.
        """
        current = {name: self._provider.current_epoch(name) for name in self._names}
        with reaching_the_database(), self._database.read() as connection:
            of = sum(connection.execute(_live_in(store)).scalar_one() for store in _STORES)
        changed = 0
        for _ in range(_PASSES):
            done = 0
            for store in _STORES:
                for rows in self._pages(store, batch):
                    changed += self._wrap_page(store, rows, current)
                    done += len(rows)
                    progress(done, max(of, done))
            if not self._behind():
                return changed
        raise Unavailable("keys are still wrapped in a past epoch: others hold them just now; run it again")

    def clean(self) -> bool:
        """Let no copy of what was replaced lie in the database's files, as far as that can be had; False if it cannot.

        Hygiene only: what lies there was wrapped in past epochs, and is worthless once these are destroyed.
        """
        with reaching_the_database():
            if not self._database.is_postgresql:
                return self._database.truncate_wal()
            try:
                with self._database.held() as driver:
                    for store in _STORES:
                        driver.cursor().execute(f"VACUUM (FULL) {store.table.name}")
            except self._database.engine.dialect.loaded_dbapi.Error:
                return False
        return True

    def destroy_old(self, keep: int) -> dict[str, int]:
        """Destroy all but the last `keep` epochs of each compartment; its last destroyed one, where there is any.

        Raises ValueError for a `keep` below 1; EpochStillNeeded, before anything is destroyed; Unavailable.
        """
        if keep < 1:
            raise ValueError("the current epoch is kept")
        old = {name: self._provider.epochs(name)[:-keep] for name in self._names}
        with reaching_the_database(), self._database.write() as connection:
            let_nobody_make_keys(connection)
            for name, epochs in old.items():
                if epochs and (left := _needing(connection, name, epochs[-1])):
                    raise EpochStillNeeded(f"{left} live keys of {name} are wrapped in epoch {epochs[-1]} or before")
        for name, epochs in old.items():
            for epoch in epochs:
                self._provider.destroy_epoch(name, epoch)
        return self.destroyed()

    def destroyed(self) -> dict[str, int]:
        """The last destroyed epoch of each compartment, by what still exists; not those that lost none yet."""
        oldest = {name: self._provider.epochs(name)[0] for name in self._names}
        return {name: epoch - 1 for name, epoch in oldest.items() if epoch > 1}

    def epochs(self) -> list[Epoch]:
        """Every epoch that exists or in which a key was last wrapped, by compartment, oldest first.

        Only of compartments that the provider has keys of.
        """
        query = sa.select(keys.c.compartment, keys.c.epoch, keys.c.state, sa.func.count())
        with reaching_the_database(), self._database.read() as connection:
            counted = connection.execute(query.group_by(keys.c.compartment, keys.c.epoch, keys.c.state)).all()
        found: dict[tuple[str, int], dict[str, int]] = {}
        for name, number, state, count in counted:
            if name not in self._names:
                continue
            found.setdefault((name, number), {})[state] = count
        exist = {(name, number) for name in self._names for number in self._provider.epochs(name)}
        return [
            Epoch(*each, each in exist, found.get(each, {}).get("live", 0), found.get(each, {}).get("destroyed", 0))
            for each in sorted(found.keys() | exist)
        ]

    # Below: how it is done

    def _behind(self) -> int:
        """How many live keys are not wrapped in the current epoch."""
        with reaching_the_database(), self._database.read() as connection:
            return sum(_needing(connection, name, self._provider.current_epoch(name) - 1) for name in self._names)

    def _pages(self, store: _Store, batch: int) -> Iterator[Sequence[_Row]]:
        """The live rows in the order of their ids, so that each is looked at once however many come and go."""
        mark = "%s" if self._database.is_postgresql else "?"
        text = (
            f"SELECT {', '.join(store.columns)} FROM {store.table.name}"  # noqa: S608 - our own tables' names
            f" WHERE state = '{LIVE}' AND {store.id} > {mark} ORDER BY {store.id} LIMIT {batch}"
        )
        last = store.before_all if self._database.is_postgresql else _id(store.before_all)
        while True:
            with reaching_the_database():
                rows = [store.row(self._realm, *found) for found in self._database.ask(text, (last,))]
            if not rows:
                return
            yield rows
            last = rows[-1].id

    def _wrap_page(self, store: _Store, rows: Sequence[_Row], current: Mapping[str, int]) -> int:
        groups: dict[tuple[str, int], list[_Row]] = {}
        for row in rows:
            if row.epoch < current.get(row.compartment, 0):
                groups.setdefault((row.compartment, row.epoch), []).append(row)
        changes: list[tuple[Any, bytes, bytes, int]] = []
        for (name, epoch), of_epoch in groups.items():
            bound = [(row.context, row.wrapped) for row in of_epoch]
            anew = self._provider.rewrap(name, epoch, current[name], bound)
            changes += [
                (row.id, row.wrapped, wrapped, current[name]) for row, wrapped in zip(of_epoch, anew, strict=True)
            ]
        if not changes:
            return 0
        with reaching_the_database(), self._database.write() as connection:
            return _exchange(connection, store, changes)


def _exchange(connection: sa.Connection, store: _Store, changes: Sequence[tuple[Any, bytes, bytes, int]]) -> int:
    """Put the new wrapping (id, old, new, epoch) where the old one still stands; how many did: a key that was destroyed
    meanwhile stays destroyed.
    """
    table, key = store.table.name, store.id
    # The names are those of our own tables and columns; values go as parameters only.
    if connection.dialect.name == "sqlite":
        text = f"UPDATE {table} SET wrapped = ?, epoch = ? WHERE {key} = ? AND wrapped = ?"  # noqa: S608
        return int(connection.exec_driver_sql(text, [(new, to, id_, old) for id_, old, new, to in changes]).rowcount)
    kind = "uuid" if isinstance(store.before_all, UUID) else "bytea"
    # Rows that somebody else has locked, to destroy them, are passed over: so nobody waits for the other in a circle.
    lock = f"SELECT {key} FROM {table} WHERE {key} = ANY(%b::{kind}[]) FOR UPDATE SKIP LOCKED"  # noqa: S608
    free = set(connection.exec_driver_sql(lock, ([id_ for id_, *_ in changes],)).scalars())
    if not free:
        return 0
    text = (
        f"UPDATE {table} SET wrapped = anew.wrapped, epoch = anew.epoch"  # noqa: S608
        f" FROM unnest(%b::{kind}[], %b::bytea[], %b::bytea[], %b::int[]) AS anew (id, old, wrapped, epoch)"
        f" WHERE {table}.{key} = anew.id AND {table}.wrapped = anew.old"
    )
    columns = zip(*(change for change in changes if change[0] in free), strict=True)
    return int(connection.exec_driver_sql(text, tuple(list(column) for column in columns)).rowcount)


def _live_in(store: _Store) -> sa.Select[Any]:
    return sa.select(sa.func.count()).select_from(store.table).where(store.table.c.state == LIVE)


def _needing(connection: sa.Connection, compartment: str, epoch: int) -> int:
    """How many live keys of the compartment are wrapped in this epoch or an earlier one."""
    count = _live_in(_STORES[0]).where(keys.c.compartment == compartment, keys.c.epoch <= epoch)
    found = int(connection.execute(count).scalar_one())
    if compartment == RECEIVING.name:
        found += int(connection.execute(_live_in(_STORES[1]).where(receiving_keys.c.epoch <= epoch)).scalar_one())
    return found
