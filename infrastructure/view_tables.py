"""The tables of the views, as their row classes declare them: how each type is stored, and whether a table is stale."""

from __future__ import annotations

import hashlib
import secrets
import types
import typing
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

import msgspec
import sqlalchemy as sa

from application.views.rows import ROWS, WrongCompartment
from domain.facts import Sealed
from infrastructure.database import Database

Turn = Callable[[Any], Any]

_STORED_AS: Final = 1
"""The version of how values are stored here; raise it with any change, and every view is seen to be stale."""

_LOCK: Final = 0x71_11_1D_03
"""PostgreSQL's advisory locks are per database, so one number serves every realm."""

_FRESH: Final = "fresh_view_"

_SHAPES: Final = sa.Table(
    "view_schema",
    sa.MetaData(),
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("shape_hash", sa.Text, nullable=False),
    sqlite_strict=True,
)


@dataclass(frozen=True, slots=True)
class _Stored:
    """How a clear type is stored: SQL type, and the way in and out of each database (None: as the driver has it)."""

    kind: str
    sql: Any
    into_sqlite: Turn
    from_sqlite: Turn | None
    into_postgresql: Turn
    from_postgresql: Turn | None


@dataclass(frozen=True, slots=True)
class Column:
    """A clear column: its kind and SQL type, and what turns a value into the stored one and back (None: no need)."""

    kind: str
    sql: Any
    nullable: bool
    write: Turn
    read: Turn | None


def _as_it_is(value: Any) -> Any:
    return value


def _in_utc(value: datetime) -> datetime:
    if value.utcoffset() is None:
        raise ValueError("a time without its zone")
    return value.astimezone(UTC)


def _utc_text(value: datetime) -> str:
    return _in_utc(value).isoformat(timespec="microseconds")  # of one width, so that text order is the order of time


def _type(on_postgresql: Any, on_sqlite: Any) -> Any:
    return on_postgresql.with_variant(on_sqlite, "sqlite")


# Remembered: the rows of a page name few things many times, and to make a UUID takes ten times as long as to find it.
_id_of: Final = lru_cache(maxsize=8192)(UUID)

_STORED: Final[dict[Any, _Stored]] = {
    UUID: _Stored("uuid", _type(sa.Uuid(), sa.Text()), lambda v: v.hex, _id_of, _as_it_is, None),
    # Code-point order on both: key order must not depend on a server's collation.
    str: _Stored("text", _type(sa.Text(collation="C"), sa.Text()), str.__str__, None, str.__str__, None),
    int: _Stored("int", _type(sa.BigInteger(), sa.Integer()), _as_it_is, None, _as_it_is, None),
    bool: _Stored("bool", _type(sa.Boolean(), sa.Integer()), int, bool, _as_it_is, None),
    date: _Stored("date", _type(sa.Date(), sa.Text()), date.isoformat, date.fromisoformat, _as_it_is, None),
    datetime: _Stored(
        "time", _type(sa.DateTime(timezone=True), sa.Text()), _utc_text, datetime.fromisoformat, _in_utc, _in_utc
    ),
}


def column(of: str, hint: Any, postgresql: bool) -> Column:
    """Raises TypeError, with the column's name `of`, for a type that no column can have."""
    hint, nullable = _without_none(hint)
    if typing.get_origin(hint) is tuple:
        return _tuple_column(of, hint, nullable)
    choices = hint if isinstance(hint, type) and issubclass(hint, StrEnum) else None
    stored = _STORED.get(str if choices else hint)
    if stored is None:
        raise TypeError(f"{of}: no column is stored for this type")
    kind = f"{stored.kind} of {'|'.join(sorted(choices))}" if choices else stored.kind
    into = stored.into_postgresql if postgresql else stored.into_sqlite
    read = choices or (stored.from_postgresql if postgresql else stored.from_sqlite)
    return Column(kind, stored.sql, nullable, _checked(of, hint, nullable, into), read)


def _tuple_column(of: str, hint: Any, nullable: bool) -> Column:
    element, *rest = typing.get_args(hint)
    one = column(of, element, postgresql=False)
    if rest != [...] or one.nullable:
        raise TypeError(f"{of}: a tuple column is tuple[X, …], with no None in it")
    read = one.read or _as_it_is

    def write(values: tuple[Any, ...]) -> str:
        return msgspec.json.encode([one.write(value) for value in values]).decode()

    def unwrite(text: str) -> tuple[Any, ...]:
        return tuple(read(value) for value in msgspec.json.decode(text))

    return Column(f"tuple of {one.kind}", sa.Text(), nullable, _checked(of, tuple, nullable, write), unwrite)


def _without_none(hint: Any) -> tuple[Any, bool]:
    parts = typing.get_args(hint) if typing.get_origin(hint) in (typing.Union, types.UnionType) else (hint,)
    kept = [part for part in parts if part is not types.NoneType]
    plain: Any = kept[0] if len(kept) == 1 else None
    while hasattr(plain, "__supertype__"):  # a NewType, such as the ids of domain.people
        plain = plain.__supertype__
    return plain, len(parts) > len(kept)


def _checked(of: str, expected: type, nullable: bool, turn: Turn) -> Turn:
    def write(value: Any) -> Any:
        if type(value) is expected or (expected is str and isinstance(value, str)):
            return turn(value)
        if value is None and nullable:
            return None
        if isinstance(value, Sealed):
            raise WrongCompartment(f"{of} is clear and holds no sealed value")
        raise TypeError(f"{of} holds {expected.__name__}{' or None' if nullable else ''} only")

    return write


def table_name(kind: type[Any], *, fresh: bool = False) -> str:
    """The table of a row class, or the one beside it that a rebuild fills."""
    return f"{_FRESH if fresh else 'view_'}{ROWS[kind].name}"


def table_of(kind: type[Any], *, fresh: bool = False) -> sa.Table:
    """The table as it is declared. Raises TypeError for a column of a type that is not stored, or a key with None."""
    shape = ROWS[kind]
    columns = {name: column(f"{kind.__name__}.{name}", hint, postgresql=False) for name, hint in shape.clear.items()}
    if any(columns[name].nullable for name in shape.key):
        raise TypeError(f"{kind.__name__}: a key is never None")
    by_subject = [(str(shape.about),)] if shape.sealed and shape.about != shape.key[0] else []
    # Names of indexes outlive a table's change of name, so each gets one that no other will have.
    mark = secrets.token_hex(4)
    return sa.Table(
        _quoted(table_name(kind, fresh=fresh)),
        sa.MetaData(),
        *(sa.Column(_quoted(name), stored.sql, nullable=stored.nullable) for name, stored in columns.items()),
        *(sa.Column(_quoted(name), sa.LargeBinary) for name in shape.sealed),
        sa.PrimaryKeyConstraint(*shape.key),
        *(
            sa.Index(f"view_{mark}_{number}", *names)
            for number, names in enumerate(dict.fromkeys([*by_subject, *shape.indexes]))
        ),
        sqlite_strict=True,
    )


def _quoted(name: str) -> sa.quoted_name:
    return sa.quoted_name(name, quote=True)  # always: a column may be called as a word of SQL is


def shape_hash(kind: type[Any]) -> str:
    """What a row class declares and how it is stored, as SHA-256 in hex: equal hashes mean the same table."""
    shape = ROWS[kind]
    clear = [column(name, hint, postgresql=False) for name, hint in shape.clear.items()]
    columns = sorted((name, stored.kind, stored.nullable) for name, stored in zip(shape.clear, clear, strict=True))
    sealed = sorted((name, compartment.name) for name, compartment in shape.sealed.items())
    declared = (_STORED_AS, shape.name, shape.key, shape.about, shape.indexes, columns, sealed)
    return hashlib.sha256(msgspec.json.encode(declared)).hexdigest()


def lock_tables(connection: sa.Connection) -> None:
    """Let no other process make, fill or swap tables of views until this transaction ends."""
    if connection.dialect.name == "postgresql":  # on SQLite whoever writes is alone anyway
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")


def note_shape(connection: sa.Connection, name: str, noted: str | None) -> None:
    """Record, in place of what stood under this name, the shape a table has; None forgets it."""
    connection.execute(sa.delete(_SHAPES).where(_SHAPES.c.name == name))
    if noted is not None:
        connection.execute(sa.insert(_SHAPES).values(name=name, shape_hash=noted))


def noted_shapes(connection: sa.Connection) -> dict[str, str]:
    """What is recorded under each name."""
    return {row.name: row.shape_hash for row in connection.execute(sa.select(_SHAPES))}


def create_tables(database: Database, row_classes: Iterable[type[Any]]) -> None:
    """Make the tables that are absent, empty, in one transaction; safe for several processes at once.

    A table that is there stays as it is, whatever its shape: see `stale`. Needs no right to make tables when none is.
    """
    with database.write() as connection:
        lock_tables(connection)
        present = sa.inspect(connection).get_table_names()
        if _SHAPES.name not in present:
            _SHAPES.create(connection)
        for kind in row_classes:
            if table_name(kind) not in present:
                table_of(kind).create(connection)
                note_shape(connection, table_name(kind), shape_hash(kind))


def stale(database: Database, row_classes: Iterable[type[Any]]) -> list[str]:
    """The tables whose rows must be built again: absent, or made for a row class that was declared otherwise."""
    with database.read() as connection:
        present = sa.inspect(connection).get_table_names()
        noted = noted_shapes(connection) if _SHAPES.name in present else {}
    names = ((table_name(kind), shape_hash(kind)) for kind in row_classes)
    return [name for name, wanted in names if name not in present or noted.get(name) != wanted]


def make_fresh(connection: sa.Connection, kind: type[Any]) -> None:
    """An empty table beside the live one, in place of what an earlier rebuild left there."""
    table = table_of(kind, fresh=True)
    table.drop(connection, checkfirst=True)
    table.create(connection)


def drop_leftovers(connection: sa.Connection) -> None:
    """Drop every fresh table: a rebuild that was killed left it, sealed values and all."""
    for name in sa.inspect(connection).get_table_names():
        if name.startswith(_FRESH):
            connection.execute(sa.schema.DropTable(sa.Table(name, sa.MetaData())))


def put_in_place(connection: sa.Connection, kind: type[Any]) -> None:
    """Make the fresh table the live one; whoever may read or write the old one may do so with the new one."""
    live, fresh = table_name(kind), table_name(kind, fresh=True)
    grants = _grants_on(connection, live)
    connection.execute(sa.schema.DropTable(table_of(kind), if_exists=True))
    connection.exec_driver_sql(f'ALTER TABLE "{fresh}" RENAME TO "{live}"')
    for privilege, grantee in grants:
        connection.exec_driver_sql(f'GRANT {privilege} ON "{live}" TO {grantee}')
    note_shape(connection, live, shape_hash(kind))


def _grants_on(connection: sa.Connection, table: str) -> list[tuple[str, str]]:
    if connection.dialect.name != "postgresql":
        return []
    found = connection.exec_driver_sql(
        "SELECT privilege_type, CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END"
        " FROM pg_class, aclexplode(relacl) WHERE oid = to_regclass(quote_ident(%s))",
        (table,),
    )
    return [(privilege, grantee) for privilege, grantee in found]


def recreate(database: Database, row_classes: Iterable[type[Any]]) -> None:
    """Make the tables anew and empty, in the shape that is declared now."""
    with database.write() as connection:
        create_tables(database, ())
        for kind in row_classes:
            make_fresh(connection, kind)
            put_in_place(connection, kind)
