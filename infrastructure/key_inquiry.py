"""What an officer may know of keys without opening anything: whose they are, in which compartment, and what lies under them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gdpr.ports import KeyKnown
from infrastructure.database import Database
from infrastructure.key_rows import reaching_the_database
from infrastructure.key_tables import NO_CONSENT, keys
from infrastructure.tables import events

_COLUMNS = (keys.c.key_id, keys.c.subject, keys.c.compartment, keys.c.consent, keys.c.created_at, keys.c.destroyed_at)


class SqlKeyInquiry:
    """`application.desk.KeyInquiry` over a realm's key database and register. Every method may raise Unavailable."""

    def __init__(self, key_database: Database, register: Database, opens: frozenset[str]) -> None:
        self._keys, self._register, self.opens = key_database, register, opens

    def key(self, key_id: bytes) -> KeyKnown | None:
        """What is known of one key, also of a destroyed one."""
        found = list(self._known(keys.c.key_id == key_id))
        return found[0] if found else None

    def keys_of(
        self, subjects: Collection[UUID], *, since: datetime | None = None, until: datetime | None = None
    ) -> Iterator[KeyKnown]:
        """The keys of these subjects that could open something at some time between the two moments."""
        return self._known(keys.c.subject.in_(subjects), *_between(since, until)) if subjects else iter(())

    def keys_in(
        self, compartments: Collection[str], *, since: datetime | None = None, until: datetime | None = None
    ) -> Iterator[KeyKnown]:
        """The keys in these compartments that could open something at some time between the two moments."""
        return self._known(keys.c.compartment.in_(compartments), *_between(since, until))

    def streams_under(self, key_id: bytes) -> list[UUID]:
        """The streams of events that hold a value sealed with this key. A search through all events, as rare as a loss."""
        holds: sa.ColumnElement[bool] = sa.func.instr(events.c.state, key_id) > 0
        if self._register.is_postgresql:
            holds = sa.func.position(sa.literal(key_id, sa.LargeBinary).op("IN")(events.c.state)) > 0
        query = sa.select(events.c.stream).where(holds).distinct().order_by(events.c.stream)
        with reaching_the_database(), self._register.read() as connection:
            return list(connection.scalars(query))

    def _known(self, *which: sa.ColumnElement[bool]) -> Iterator[KeyKnown]:
        query = sa.select(*_COLUMNS).where(*which).order_by(keys.c.subject, keys.c.compartment, keys.c.key_id)
        with reaching_the_database(), self._keys.read() as connection:
            rows: list[Any] = list(connection.execute(query))
        for row in rows:
            scope = None if row.consent == NO_CONSENT else row.consent
            yield KeyKnown(row.key_id, row.subject, row.compartment, scope, row.created_at, row.destroyed_at)


def _between(since: datetime | None, until: datetime | None) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = []
    if since is not None:
        conditions.append(sa.or_(keys.c.destroyed_at.is_(None), keys.c.destroyed_at > since))
    if until is not None:
        conditions.append(keys.c.created_at < until)
    return conditions
