"""The tables of one realm's access log, and the triggers that let it grow and forget, and never change.

This database lives apart from events and keys, with its own login and its own retention. `public`, `private`, `salt`,
`private_digest` and `leaf` are the log itself (`gdpr.access_log`); the other columns repeat parts of them so that the
officer's questions find their way, and are compared with them when the log is verified.
"""

from __future__ import annotations

import sqlalchemy as sa

from infrastructure.tables import BIG, Id

log_metadata = sa.MetaData()

log_entries = sa.Table(
    "log_entries",
    log_metadata,
    # One gap-free sequence per realm, from 1: a number that is not there was removed.
    sa.Column("seq", BIG, primary_key=True, autoincrement=False),
    sa.Column("tree", sa.Text, nullable=False),
    # From 0; the sequence runs on from month to month, the place begins anew.
    sa.Column("place_in_tree", BIG, nullable=False),
    sa.Column("public", sa.LargeBinary, nullable=False),
    sa.Column("private", sa.LargeBinary, nullable=True),
    sa.Column("salt", sa.LargeBinary(32), nullable=True),
    sa.Column("private_digest", sa.LargeBinary(32), nullable=False),
    sa.Column("leaf", sa.LargeBinary(32), nullable=False),
    # Milliseconds since 1970, UTC: whole, as in the public half.
    sa.Column("at", BIG, nullable=False),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("allowed", sa.Boolean().with_variant(sa.Integer, "sqlite"), nullable=False),
    sa.Column("compartment", sa.Text, nullable=False),
    sa.Column("course", Id, nullable=True),
    sa.Column("request_id", Id, nullable=True),
    # These two belong to the private half and end with it.
    sa.Column("actor", Id, nullable=True),
    sa.Column("subject", Id, nullable=True),
    sqlite_strict=True,
)
sa.Index("log_entries_of_a_subject", log_entries.c.subject, log_entries.c.at)
sa.Index("log_entries_of_an_actor", log_entries.c.actor, log_entries.c.at)
sa.Index("log_entries_at", log_entries.c.at)

log_checkpoints = sa.Table(
    "log_checkpoints",
    log_metadata,
    sa.Column("tree", sa.Text, primary_key=True),
    sa.Column("size", BIG, primary_key=True, autoincrement=False),
    sa.Column("root", sa.LargeBinary(32), nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    # The right edge of the tree at this size, from which the next checkpoint goes on; its root is the one signed.
    sa.Column("frontier", sa.LargeBinary, nullable=False),
    sqlite_strict=True,
)

log_cosignatures = sa.Table(
    "log_cosignatures",
    log_metadata,
    sa.Column("tree", sa.Text, primary_key=True),
    sa.Column("size", BIG, primary_key=True, autoincrement=False),
    # The name in the witness's key, not the one the settings gave it: it stands in the line that follows.
    sa.Column("witness", sa.Text, primary_key=True),
    sa.Column("line", sa.Text, nullable=False),
    sqlite_strict=True,
)

ENDING = ("private", "salt", "actor", "subject")
"""The columns that may be set to NULL, once, when an entry's private half ends."""

_REFUSED = "the access log is append-only"
_LASTING_DIFFERS = " OR ".join(
    f"NEW.{column.name} IS NOT OLD.{column.name}" for column in log_entries.columns if column.name not in ENDING
)
_ENDING_DIFFERS = " OR ".join(f"(NEW.{name} IS NOT NULL AND NEW.{name} IS NOT OLD.{name})" for name in ENDING)

# To drop a month at the end of its retention is a migration: it removes the triggers, the month, and puts them back.
APPEND_ONLY_SQLITE: tuple[str, ...] = (
    f"""
    CREATE TRIGGER log_entries_only_forget BEFORE UPDATE ON log_entries WHEN {_LASTING_DIFFERS} OR {_ENDING_DIFFERS}
    BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END
    """,
    f"""
    CREATE TRIGGER log_entries_stay BEFORE DELETE ON log_entries
    BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END
    """,
    # Without this, INSERT OR REPLACE would change an entry and fire none of the above.
    """
    CREATE TRIGGER log_entries_follow BEFORE INSERT ON log_entries
    WHEN NEW.seq IS NOT coalesce((SELECT max(seq) FROM log_entries), 0) + 1
    BEGIN SELECT RAISE(ABORT, 'an entry of the access log follows the last one'); END
    """,
    f"""
    CREATE TRIGGER log_checkpoints_unchanged BEFORE UPDATE ON log_checkpoints
    BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END
    """,
    f"""
    CREATE TRIGGER log_checkpoints_stay BEFORE DELETE ON log_checkpoints
    BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END
    """,
    f"""
    CREATE TRIGGER log_cosignatures_unchanged BEFORE UPDATE ON log_cosignatures
    BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END
    """,
    f"""
    CREATE TRIGGER log_cosignatures_stay BEFORE DELETE ON log_cosignatures
    BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END
    """,
)

_MAY_END = "\n".join(f"IF NEW.{name} IS NULL THEN kept.{name} = NULL; END IF;" for name in ENDING)

APPEND_ONLY_POSTGRESQL: tuple[str, ...] = (
    f"""
    CREATE FUNCTION log_only_forgets() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE kept log_entries = OLD;
    BEGIN
        {_MAY_END}
        IF NEW IS DISTINCT FROM kept THEN
            RAISE EXCEPTION USING MESSAGE = '{_REFUSED}', ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
    END $$
    """,
    f"""
    CREATE FUNCTION log_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION USING MESSAGE = '{_REFUSED}', ERRCODE = 'insufficient_privilege';
    END $$
    """,
    """
    CREATE TRIGGER log_entries_only_forget BEFORE UPDATE ON log_entries
    FOR EACH ROW EXECUTE FUNCTION log_only_forgets()
    """,
    """
    CREATE TRIGGER log_entries_stay BEFORE DELETE OR TRUNCATE ON log_entries
    FOR EACH STATEMENT EXECUTE FUNCTION log_stays()
    """,
    """
    CREATE TRIGGER log_checkpoints_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON log_checkpoints
    FOR EACH STATEMENT EXECUTE FUNCTION log_stays()
    """,
    """
    CREATE TRIGGER log_cosignatures_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON log_cosignatures
    FOR EACH STATEMENT EXECUTE FUNCTION log_stays()
    """,
    # ALWAYS: also in a session that calls itself a replica.
    "ALTER TABLE log_entries ENABLE ALWAYS TRIGGER log_entries_only_forget",
    "ALTER TABLE log_entries ENABLE ALWAYS TRIGGER log_entries_stay",
    "ALTER TABLE log_checkpoints ENABLE ALWAYS TRIGGER log_checkpoints_stay",
    "ALTER TABLE log_cosignatures ENABLE ALWAYS TRIGGER log_cosignatures_stay",
)
