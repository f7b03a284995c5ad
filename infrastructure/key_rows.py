"""The statements over the key database that must hold when several processes make and destroy keys at once."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from domain.compartments import Compartment
from gdpr.ports import SubjectErased, Unavailable
from infrastructure.database import Database
from infrastructure.key_tables import DESTROYED, LIVE, NO_CONSENT, keys
from infrastructure.sealing import lp_text
from infrastructure.tables import stored_moment

Wanted = tuple[UUID, Compartment, UUID | None]
"""Whose key, in which compartment, under which consent or course."""


class KeyRow(NamedTuple):
    """What opening needs of a row of `keys`."""

    key_id: bytes
    subject: UUID
    compartment: str
    consent: UUID
    generation: int
    state: str
    wrapped: bytes | None
    epoch: int
    commitment: bytes


_IN_ONE_STATEMENT = 5_000

# Constant text for the driver: every reading and every command asks for keys.
_KEY_ROWS: Final = f"SELECT {', '.join(KeyRow._fields)} FROM keys WHERE "  # noqa: S608 - our own columns' names


@contextmanager
def reaching_the_database() -> Iterator[None]:
    """Raise Unavailable for a database that cannot; without its own words, which may show the row at fault."""
    try:
        yield
    except (sa.exc.SQLAlchemyError, sqlite3.Error) as error:
        raise Unavailable(f"the key database cannot be had now ({type(error).__name__})") from None


def portions(ids: Iterable[bytes], size: int = _IN_ONE_STATEMENT) -> Iterator[list[bytes]]:
    """The ids in order, each once, in lists that one statement may carry."""
    ordered = sorted(set(ids))
    return (ordered[start : start + size] for start in range(0, len(ordered), size))


def wait_for_turn(connection: sa.Connection, ids: Iterable[UUID]) -> None:
    """Let one transaction at a time make or destroy keys of these subjects and consents.

    SQLite has one writer anyway. Waiting in one order keeps two transactions from waiting for each other.
    """
    if connection.dialect.name == "postgresql":
        numbers = sorted({int.from_bytes(each.bytes[:8], signed=True) for each in ids if each != NO_CONSENT})
        one_by_one = "SELECT pg_advisory_xact_lock(number) FROM unnest(%s::bigint[]) AS given (number)"
        connection.exec_driver_sql(one_by_one, (numbers,))


_EPOCHS: Final = 0x71_11_1D_04
"""PostgreSQL's advisory locks are per database, so one number serves every realm."""


def begin_making_keys(connection: sa.Connection) -> None:
    """Before `wait_for_turn`, by whoever will wrap a key: no epoch is thought to be over until this transaction ends.

    On SQLite, which has one writer, the transaction itself says so.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock_shared(%s)", (_EPOCHS,))


def let_nobody_make_keys(connection: sa.Connection) -> None:
    """Wait until all who are making keys are through, and keep others from it until this transaction ends."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (_EPOCHS,))


def insert_new(connection: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert the rows whose key is not there yet, and say how many; all of them name the same columns."""
    if not rows:
        return 0
    is_postgresql = connection.dialect.name == "postgresql"
    marks = ", ".join(["%s" if is_postgresql else "?"] * len(rows[0]))
    # The names are those of our own tables and columns; values go as parameters only.
    text = f"INSERT INTO {table.name} ({', '.join(rows[0])}) VALUES ({marks}) ON CONFLICT DO NOTHING"  # noqa: S608
    bound = [tuple([_bound(value, is_postgresql) for value in row.values()]) for row in rows]
    return connection.exec_driver_sql(text, bound).rowcount


def latest_keys(database: Database, asked: Sequence[Wanted]) -> dict[Wanted, KeyRow]:
    """Of each key the row of its latest generation, live or destroyed, with one statement; none where none was made."""
    by_names = {(each[0], each[1].name, each[2] or NO_CONSENT): each for each in asked}
    among, subjects = _any_of(database, "subject", {subject for subject, _, _ in by_names})
    of, compartments = _any_of(database, "compartment", {name for _, name, _ in by_names})
    found: dict[Wanted, KeyRow] = {}
    for row in map(_key_row, database.ask(f"{_KEY_ROWS}{among} AND {of}", [*subjects, *compartments])):
        each = by_names.get((row.subject, row.compartment, row.consent))
        if each is not None and (each not in found or found[each].generation < row.generation):
            found[each] = row
    return found


def refuse_the_erased(database: Database, asked: Sequence[Wanted]) -> None:
    """Raises SubjectErased when a subject was erased in the compartment, or the consent or course has ended.

    A key that was destroyed because its retention ended leaves neither: it gets a successor.
    """
    erased = erased_among(database, {subject for subject, _, _ in asked})
    among, consents = _any_of(database, "consent", {consent for _, _, consent in asked if consent is not None})
    ended: set[UUID] = set()
    if consents:
        text = f"SELECT consent FROM ended_consents WHERE {among}"  # noqa: S608 - see `_any_of`
        ended = {_unbound(consent) for (consent,) in database.ask(text, consents)}
    for subject, compartment, consent in asked:
        if (subject, compartment.name) in erased or consent in ended:
            raise SubjectErased(f"no key is made in {compartment.name} any more")


def erased_among(database: Database, subjects: Iterable[UUID]) -> set[tuple[UUID, str]]:
    """In which compartments which of these subjects were erased."""
    among, values = _any_of(database, "subject", set(subjects))
    text = f"SELECT subject, compartment FROM erased_subjects WHERE {among}"  # noqa: S608 - see `_any_of`
    return {(_unbound(subject), compartment) for subject, compartment in database.ask(text, values)}


_THREE_IDS: Final = struct.Struct(">H16sH16sH16s")


def wrapping_context(realm: str, compartment: str, subject: bytes, scope: bytes, key_id: bytes) -> bytes:
    """What the wrapping of a key is bound to, ids of 16 bytes each (docs/sealed-format.md, section 3)."""
    names = lp_text("tillid/wrap/v1") + lp_text(realm) + lp_text(compartment)
    return names + _THREE_IDS.pack(16, subject, 16, scope, 16, key_id)


def keys_by_id(database: Database, key_ids: Iterable[bytes]) -> dict[bytes, KeyRow]:
    """The rows of these keys; up to 5 000 with one statement."""
    found: dict[bytes, KeyRow] = {}
    for some in portions(key_ids):
        among, values = _any_of(database, "key_id", some)
        found |= {row.key_id: row for row in map(_key_row, database.ask(_KEY_ROWS + among, values))}
    return found


def _any_of(database: Database, column: str, values: Iterable[Any]) -> tuple[str, list[Any]]:
    """A condition over one of our own columns, and its parameters."""
    bound = [_bound(value, database.is_postgresql) for value in values]
    if database.is_postgresql:
        return f"{column} = ANY(%s)", [bound] if bound else []
    return f"{column} IN ({', '.join('?' * len(bound))})", bound


def _bound(value: Any, is_postgresql: bool) -> Any:
    if isinstance(value, UUID):
        return value if is_postgresql else value.bytes
    return stored_moment(value, is_postgresql=is_postgresql) if isinstance(value, datetime) else value


def _unbound(value: Any) -> UUID:
    return UUID(bytes=value) if isinstance(value, bytes) else value


def _key_row(stored: Sequence[Any]) -> KeyRow:
    key_id, subject, compartment, consent, *rest = stored
    return KeyRow(key_id, _unbound(subject), compartment, _unbound(consent), *rest)


def destroy_keys(connection: sa.Connection, which: sa.ColumnElement[bool], now: datetime) -> list[sa.Row[Any]]:
    """Take the material out of the keys that are still live; answers with the rows of all, the first destroyed first."""
    update = sa.update(keys).where(which, keys.c.state == LIVE)
    connection.execute(update.values(state=DESTROYED, wrapped=None, destroyed_at=now))
    return list(connection.execute(sa.select(keys).where(which).order_by(keys.c.destroyed_at, keys.c.key_id)))


def of_latest_generation(rows: Iterable[sa.Row[Any]]) -> list[sa.Row[Any]]:
    """Without the keys that ended before: one row for each subject, compartment and scope."""
    latest: dict[tuple[UUID, str, UUID], sa.Row[Any]] = {}
    for row in rows:
        of = (row.subject, row.compartment, row.consent)
        if of not in latest or latest[of].generation < row.generation:
            latest[of] = row
    return list(latest.values())


def compartments_in_use(database: Database) -> frozenset[str]:
    """The compartments in which keys were made. Raises Unavailable."""
    with reaching_the_database(), database.read() as connection:
        return frozenset(connection.scalars(sa.select(keys.c.compartment).distinct()))
