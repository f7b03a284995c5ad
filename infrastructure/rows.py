"""The rows of the views: read and written in their tables, sealed values checked, purged by subject."""

# ruff: noqa: S608 - names in statements are those of declared row classes; values go as parameters only

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Final, TypeVar
from uuid import UUID

import msgspec
import sqlalchemy as sa

from application.views.rows import ROWS, WrongCompartment
from domain.facts import Place, Sealed
from gdpr.ports import Tampered
from infrastructure.database import Database
from infrastructure.view_tables import column, table_name

R = TypeVar("R")

_PACKED: Final = msgspec.msgpack.Decoder(tuple[bytes, bytes, int, str, str, bytes, str])


def pack_sealed(value: Sealed) -> bytes:
    """A msgpack array: token, stream, version, topic, field, subject, compartment; ids as their 16 bytes."""
    at = value.place
    return msgspec.msgpack.encode(
        (value.token, at.stream.bytes, at.version, at.topic, at.field, value.subject.bytes, value.compartment)
    )


@lru_cache(maxsize=4096)
def _id_of(raw: bytes) -> UUID:
    """Remembered: the values of a page are about few subjects, and to make a UUID takes longer than to find it."""
    return UUID(bytes=raw)


def unpack_sealed(packed: bytes) -> Sealed:
    """The value that was packed. Raises Tampered when the bytes are no packed value."""
    try:
        token, stream, version, topic, field, subject, compartment = _PACKED.decode(packed)
        return Sealed(token, Place(_id_of(stream), version, topic, field), _id_of(subject), compartment)
    except (msgspec.MsgspecError, ValueError):
        raise Tampered("a stored row holds bytes that are no sealed value") from None


class _Plan:
    """All that is worked out once for a row class and a database: constant SQL, and how its values go in and out."""

    def __init__(self, kind: type[Any], postgresql: bool, fresh: bool) -> None:
        self.kind, self.shape = kind, ROWS[kind]
        clear = {name: column(f"{kind.__name__}.{name}", hint, postgresql) for name, hint in self.shape.clear.items()}
        self.write = {name: stored.write for name, stored in clear.items()}
        self.read = {name: stored.read for name, stored in clear.items() if stored.read}
        self.holds = {name: compartment.name for name, compartment in self.shape.sealed.items()}
        self.names = (*clear, *self.holds)
        self.postgresql = postgresql
        mark = "%s" if postgresql else "?"
        self.equals = {name: f'"{name}" = {mark}' for name in self.names}
        # One parameter for any number of values, so that the statement's text is constant.
        any_of = f"= ANY({mark})" if postgresql else f"IN (SELECT value FROM json_each({mark}))"
        self.any_of = {name: f'"{name}" {any_of}' for name in clear}
        self.table = f'"{table_name(kind, fresh=fresh)}"'
        key, rest = _quoted(self.shape.key), [name for name in self.names if name not in self.shape.key]
        replaced = ", ".join(f'"{name}" = excluded."{name}"' for name in rest)
        self.upsert = (
            f"INSERT INTO {self.table} ({_quoted(self.names)}) VALUES ({', '.join([mark] * len(self.names))})"
            f" ON CONFLICT ({key}) DO {f'UPDATE SET {replaced}' if rest else 'NOTHING'}"
        )
        self.select = f"SELECT {_quoted(self.names)} FROM {self.table}"
        self.order = f" ORDER BY {key}"

    def values_of(self, row: Any) -> tuple[Any, ...]:
        values = [write(getattr(row, name)) for name, write in self.write.items()]
        if self.holds:
            about = getattr(row, str(self.shape.about))
            values += [self.packed(name, getattr(row, name), about) for name in self.holds]
        return tuple(values)

    def packed(self, name: str, value: Any, about: UUID | None) -> bytes | None:
        """Raises WrongCompartment for anything but a value of the column's compartment about this subject."""
        if value is None:
            return None
        if type(value) is Sealed and value.compartment == self.holds[name] and value.subject == about:
            return pack_sealed(value)
        raise WrongCompartment(
            f"{self.kind.__name__}.{name} holds only sealed values in {self.holds[name]}, about {self.shape.about}"
        )

    def row_of(self, stored: Iterable[Any]) -> Any:
        values = dict(zip(self.names, stored, strict=True))
        for name, read in self.read.items():
            if (value := values[name]) is not None:
                values[name] = read(value)
        for name, compartment in self.holds.items():
            if (value := values[name]) is not None:
                values[name] = sealed = unpack_sealed(value)
                if sealed.compartment != compartment or sealed.subject != values[str(self.shape.about)]:
                    raise Tampered(f"a stored {self.kind.__name__}.{name} is not of this row")
        return self.kind(**values)

    def matching(self, equal: Mapping[str, Any]) -> tuple[str, tuple[Any, ...]]:
        """A WHERE clause and its parameters. Sealed columns are compared with None only."""
        clauses: list[str] = []
        values: list[Any] = []
        for name, wanted in equal.items():
            if name not in self.write and (wanted is not None or name not in self.holds):
                raise TypeError(f"{self.kind.__name__}.{name} is no column to compare by")
            if wanted is None:
                clauses.append(f'"{name}" IS NULL')
            elif isinstance(wanted, (tuple, list)):
                written = [self.write[name](value) for value in wanted if value is not None]
                values.append(written if self.postgresql else msgspec.json.encode(written).decode())
                or_none = f' OR "{name}" IS NULL' if None in wanted else ""
                clauses.append(f"({self.any_of[name]}{or_none})")
            else:
                values.append(self.write[name](wanted))
                clauses.append(self.equals[name])
        return f" WHERE {' AND '.join(clauses) or 'TRUE'}", tuple(values)


_PLANS: Final[dict[tuple[type[Any], bool, bool], _Plan]] = {}


def _plan(kind: type[Any], postgresql: bool, fresh: bool) -> _Plan:
    plan = _PLANS.get((kind, postgresql, fresh))
    if plan is None:
        plan = _PLANS[kind, postgresql, fresh] = _Plan(kind, postgresql, fresh)
    return plan


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _in_transaction(connection: sa.Connection, is_postgresql: bool) -> Callable[[str, tuple[Any, ...]], Any]:
    """Runs statements on the driver itself: here a layer in between costs more than the database does."""
    driver: Any = connection.connection.dbapi_connection
    if is_postgresql:  # a cursor each, so that statements may wait for their answers together
        return lambda statement, values: driver.cursor(binary=True).execute(statement, values)
    execute: Callable[[str, tuple[Any, ...]], Any] = driver.execute
    return execute


class SqlRows:
    """`application.ports.Rows` in the transaction of one connection; `fresh` for the tables a rebuild is filling.

    Over the database itself it is for reading only, statement by statement. Reading raises Tampered when a stored
    sealed value is not of its row's subject and column.
    """

    def __init__(self, over: sa.Connection | Database, is_postgresql: bool, *, fresh: bool = False) -> None:
        self._run = over.ask if isinstance(over, Database) else _in_transaction(over, is_postgresql)
        self._tables = (is_postgresql, fresh)

    def put(self, row: Any) -> None:
        """Insert the row, or replace the one with its key. Raises WrongCompartment; TypeError for a value's type."""
        plan = _plan(type(row), *self._tables)
        self._run(plan.upsert, plan.values_of(row))

    def get(self, kind: type[R], /, **key: Any) -> R | None:
        """The row with this whole key. Raises TypeError for a part of a key."""
        if key.keys() != set(ROWS[kind].key):
            raise TypeError(f"the key of {kind.__name__} is {', '.join(ROWS[kind].key)}")
        return next(iter(self.where(kind, **key)), None)

    def where(self, kind: type[R], /, **equal: Any) -> list[R]:
        """All rows whose columns equal these values, in key order; a tuple or list means any of them, None no value."""
        plan = _plan(kind, *self._tables)
        condition, values = plan.matching(equal)
        return [plan.row_of(stored) for stored in self._run(plan.select + condition + plan.order, values)]

    def change(self, kind: type[Any], where: Mapping[str, Any], /, **values: Any) -> None:
        """Set columns of all rows that match. Raises WrongCompartment; a row's subject itself does not change."""
        plan = _plan(kind, *self._tables)
        condition, matched = plan.matching(where)
        if plan.holds and plan.shape.about in values:
            raise WrongCompartment(f"{kind.__name__}.{plan.shape.about} names the subject of the row's sealed values")
        named = where.get(str(plan.shape.about))
        about = named if isinstance(named, UUID) else None
        if about is None and any(values[name] is not None for name in values.keys() & plan.holds.keys()):
            subjects = self._run(f'SELECT DISTINCT "{plan.shape.about}" FROM {plan.table}{condition} LIMIT 2', matched)
            found = [UUID(subject) if isinstance(subject, str) else subject for (subject,) in subjects]
            if not found:
                return
            about = found[0] if len(found) == 1 else None  # one value cannot be about two subjects
        written = [
            plan.packed(name, value, about) if name in plan.holds else plan.write[name](value)
            for name, value in values.items()
        ]
        assigned = ", ".join(plan.equals[name] for name in values)
        self._run(f"UPDATE {plan.table} SET {assigned}{condition}", (*written, *matched))

    def delete(self, kind: type[Any], /, **equal: Any) -> None:
        """Delete all rows that match."""
        plan = _plan(kind, *self._tables)
        condition, values = plan.matching(equal)
        self._run(f"DELETE FROM {plan.table}{condition}", values)

    def count(self, kind: type[Any], /, **equal: Any) -> int:
        """How many rows match."""
        plan = _plan(kind, *self._tables)
        condition, values = plan.matching(equal)
        ((counted,),) = self._run(f"SELECT count(*) FROM {plan.table}{condition}", values)
        return int(counted)


def purge(
    connection: sa.Connection, row_classes: Iterable[type[Any]], subject: UUID, compartments: Iterable[str],
    *, key_id: bytes | None = None, fresh: bool = False,
) -> int:  # fmt: skip
    """Empty every sealed column of these compartments in every row about the subject; returns how many values went.

    With `key_id`, only of what this key sealed. It is hygiene on top of the destroyed key, without which no value opens
    (GDPR Art. 17).
    """
    purged, named = 0, frozenset(compartments)
    for kind in row_classes:
        plan = _plan(kind, connection.dialect.name == "postgresql", fresh)
        columns = [name for name, compartment in plan.holds.items() if compartment in named]
        if not columns:
            continue
        condition, about = plan.matching({str(plan.shape.about): subject})
        if key_id is not None:
            purged += sum(_purge_of_key(connection, plan, name, condition, (*about, key_id)) for name in columns)
            continue
        counted = " + ".join(f'count("{name}")' for name in columns)
        values = connection.exec_driver_sql(f"SELECT {counted} FROM {plan.table}{condition}", about).scalar_one()
        if values:
            emptied = ", ".join(f'"{name}" = NULL' for name in columns)
            connection.exec_driver_sql(f"UPDATE {plan.table} SET {emptied}{condition}", about)
            purged += values
    return purged


def _purge_of_key(connection: sa.Connection, plan: _Plan, name: str, condition: str, values: tuple[Any, ...]) -> int:
    # A token carries its key's id, sixteen random bytes that stand nowhere else.
    holds = f'position(%s in "{name}") > 0' if plan.postgresql else f'instr("{name}", ?) > 0'
    emptied = f'UPDATE {plan.table} SET "{name}" = NULL{condition} AND {holds}'
    return int(connection.exec_driver_sql(emptied, values).rowcount)


def sealed_values(
    connection: sa.Connection, row_classes: Iterable[type[Any]]
) -> Iterator[tuple[type[Any], str, Sealed]]:
    """Every sealed value that stands in a row: row class, column, value."""
    for kind in row_classes:
        plan = _plan(kind, connection.dialect.name == "postgresql", False)
        for name in plan.holds:
            found = connection.exec_driver_sql(f'SELECT "{name}" FROM {plan.table} WHERE "{name}" IS NOT NULL')
            for (packed,) in found:
                yield kind, name, unpack_sealed(packed)
