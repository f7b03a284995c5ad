"""The tables of one realm's register: its events, and what is written in the same transaction as they are.

Views are not here: they can be built again from the events and are declared in `application.views.rows`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

BIG = sa.BigInteger().with_variant(sa.Integer, "sqlite")
"""64 bits on both; SQLite knows one integer type only, and a STRICT table takes no other name for it."""


class Id(sa.TypeDecorator[UUID]):
    """A UUID: PostgreSQL's own type; 16 bytes on SQLite, half of what its text takes in a table and in an index."""

    impl = sa.Uuid
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[Any]:
        return dialect.type_descriptor(sa.LargeBinary(16) if dialect.name == "sqlite" else sa.Uuid())

    def process_bind_param(self, value: UUID | None, dialect: sa.Dialect) -> Any:
        return value.bytes if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: Any | None, dialect: sa.Dialect) -> UUID | None:
        return UUID(bytes=value) if isinstance(value, bytes) else value


class Moment(sa.TypeDecorator[datetime]):
    """A moment in UTC: PostgreSQL's own type, ISO 8601 text on SQLite, whose `datetime` would lose the zone."""

    impl = sa.DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[Any]:
        return dialect.type_descriptor(sa.Text() if dialect.name == "sqlite" else sa.DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> Any:
        return None if value is None else stored_moment(value, is_postgresql=dialect.name == "postgresql")

    def process_result_value(self, value: Any | None, dialect: sa.Dialect) -> datetime | None:
        return datetime.fromisoformat(value) if isinstance(value, str) else value


def stored_moment(moment: datetime, *, is_postgresql: bool) -> datetime | str:
    """What a driver takes for a `Moment`. Raises ValueError for a time without a zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    utc = moment.astimezone(UTC)
    return utc if is_postgresql else utc.isoformat()


register_metadata = sa.MetaData()

events = sa.Table(
    "events",
    register_metadata,
    # AUTOINCREMENT: an id is never used twice, and no VACUUM may number the log anew.
    sa.Column("id", BIG, primary_key=True, autoincrement=True),
    sa.Column("stream", Id, nullable=False),
    sa.Column("version", BIG, nullable=False),
    sa.Column("topic", sa.Text, nullable=False),
    sa.Column("state", sa.LargeBinary, nullable=False),
    sa.UniqueConstraint("stream", "version", name="events_stream_version"),
    sqlite_autoincrement=True,
    sqlite_strict=True,
)

tracking = sa.Table(
    "tracking",
    register_metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("position", BIG, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

commands = sa.Table(
    "commands",
    register_metadata,
    sa.Column("command_id", Id, primary_key=True),
    sa.Column("command", sa.Text, nullable=False),
    sa.Column("actor", Id, nullable=False),
    sa.Column("result", sa.Text, nullable=False),
    sa.Column("recorded_at", Moment, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

fences = sa.Table(
    "fences",
    register_metadata,
    sa.Column("subject", Id, primary_key=True),
    sa.Column("compartment", sa.Text, primary_key=True),
    sa.Column("since", Moment, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

endings = sa.Table(
    "endings",
    register_metadata,
    sa.Column("subject", Id, primary_key=True),
    sa.Column("compartment", sa.Text, primary_key=True),
    sa.Column("since", Moment, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""Fences that are lifted again: a retention ended, and while its keys are being destroyed nobody writes with them."""

ended_keys = sa.Table(
    "ended_keys",
    register_metadata,
    sa.Column("key_id", sa.LargeBinary(16), primary_key=True),
    sa.Column("subject", Id, nullable=False),
    sa.Column("compartment", sa.Text, nullable=False),
    sa.Column("since", Moment, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""What remains of a fence that was lifted: who took one of these keys before it must not write with it afterwards."""

ledger_head = sa.Table(
    "ledger_head",
    register_metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("size", BIG, nullable=False),
    sa.Column("head", sa.LargeBinary, nullable=False),
    sa.CheckConstraint("id = 1", name="ledger_head_one_row"),
    sqlite_strict=True,
)
"""How far the register has followed the ledger of erasures; behind it after a restore (one row)."""

outbox = sa.Table(
    "outbox",
    register_metadata,
    sa.Column("id", BIG, primary_key=True, autoincrement=True),
    sa.Column("message_id", Id, nullable=False),
    sa.Column("to_realm", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    # Empty once the other realm has it: a hand-over is not kept where it came from.
    sa.Column("body", sa.LargeBinary, nullable=True),
    sa.UniqueConstraint("message_id", name="outbox_message_id"),
    sqlite_autoincrement=True,
    sqlite_strict=True,
)
sa.Index(
    "outbox_waiting",
    outbox.c.to_realm,
    outbox.c.id,
    sqlite_where=outbox.c.body.is_not(None),
    postgresql_where=outbox.c.body.is_not(None),
)

inbox = sa.Table(
    "inbox",
    register_metadata,
    sa.Column("from_realm", sa.Text, primary_key=True),
    sa.Column("message_id", Id, primary_key=True),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

duties = sa.Table(
    "duties",
    register_metadata,
    sa.Column("id", BIG, primary_key=True, autoincrement=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("ref", Id, nullable=False),
    sqlite_autoincrement=True,
    sqlite_strict=True,
)

drafts = sa.Table(
    "drafts",
    register_metadata,
    sa.Column("draft_id", Id, primary_key=True),
    sa.Column("author", Id, nullable=False),
    # Counts the savings; what is sealed is bound to it.
    sa.Column("version", BIG, nullable=False),
    sa.Column("saved_at", Moment, nullable=False),
    sa.Column("form", sa.LargeBinary, nullable=False),
    sqlite_strict=True,
)
"""Unfinished forms: beside the events, and gone without a trace when they are sent, discarded or too old."""
sa.Index("drafts_of_an_author", drafts.c.author)
