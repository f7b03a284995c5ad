"""The register's first tables; the events refuse to be changed."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

BIG = sa.BigInteger().with_variant(sa.Integer, "sqlite")
ID = sa.Uuid().with_variant(sa.LargeBinary(16), "sqlite")
MOMENT = sa.DateTime(timezone=True).with_variant(sa.Text, "sqlite")
NUMBERED = {"sqlite_autoincrement": True, "sqlite_strict": True}
KEYED = {"sqlite_with_rowid": False, "sqlite_strict": True}


def upgrade() -> None:
    _history()
    _between_realms()
    if op.get_bind().dialect.name == "postgresql":
        _append_only_on_postgresql()
    else:
        _append_only_on_sqlite()


def _history() -> None:
    op.create_table(
        "events",
        sa.Column("id", BIG, primary_key=True, autoincrement=True),
        sa.Column("stream", ID, nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.Column("topic", sa.Text, nullable=False),
        sa.Column("state", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("stream", "version", name="events_stream_version"),
        **NUMBERED,
    )
    op.create_table(
        "tracking",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("position", BIG, nullable=False),
        **KEYED,
    )
    op.create_table(
        "commands",
        sa.Column("command_id", ID, primary_key=True),
        sa.Column("command", sa.Text, nullable=False),
        sa.Column("actor", ID, nullable=False),
        sa.Column("result", sa.Text, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        **KEYED,
    )
    op.create_table(
        "fences",
        sa.Column("subject", ID, primary_key=True),
        sa.Column("compartment", sa.Text, primary_key=True),
        sa.Column("since", MOMENT, nullable=False),
        **KEYED,
    )


def _between_realms() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", BIG, primary_key=True, autoincrement=True),
        sa.Column("message_id", ID, nullable=False),
        sa.Column("to_realm", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=True),
        sa.UniqueConstraint("message_id", name="outbox_message_id"),
        **NUMBERED,
    )
    waiting = sa.text("body IS NOT NULL")
    op.create_index("outbox_waiting", "outbox", ["to_realm", "id"], sqlite_where=waiting, postgresql_where=waiting)
    op.create_table(
        "inbox",
        sa.Column("from_realm", sa.Text, primary_key=True),
        sa.Column("message_id", ID, primary_key=True),
        **KEYED,
    )
    op.create_table(
        "duties",
        sa.Column("id", BIG, primary_key=True, autoincrement=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("ref", ID, nullable=False),
        **NUMBERED,
    )


def _append_only_on_postgresql() -> None:
    op.execute(
        """
        CREATE FUNCTION refuse_to_change_history() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'events are append-only: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
        END $$
        """
    )
    op.execute(
        """
        CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON events
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_history()
        """
    )
    # ALWAYS: also in a session that calls itself a replica.
    op.execute("ALTER TABLE events ENABLE ALWAYS TRIGGER append_only")


def _append_only_on_sqlite() -> None:
    for what in ("UPDATE", "DELETE"):
        op.execute(
            f"""
            CREATE TRIGGER append_only_{what.lower()} BEFORE {what} ON events
            BEGIN SELECT RAISE(ABORT, 'events are append-only: {what} refused'); END
            """
        )
