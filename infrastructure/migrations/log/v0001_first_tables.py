"""The access log's first tables; entries may forget their private half, and change in nothing else."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

BIG = sa.BigInteger().with_variant(sa.Integer, "sqlite")
ID = sa.Uuid().with_variant(sa.LargeBinary(16), "sqlite")


def upgrade() -> None:
    op.create_table(
        "log_entries",
        sa.Column("seq", BIG, primary_key=True, autoincrement=False),
        sa.Column("tree", sa.Text, nullable=False),
        sa.Column("place_in_tree", BIG, nullable=False),
        sa.Column("public", sa.LargeBinary, nullable=False),
        sa.Column("private", sa.LargeBinary, nullable=True),
        sa.Column("salt", sa.LargeBinary(32), nullable=True),
        sa.Column("private_digest", sa.LargeBinary(32), nullable=False),
        sa.Column("leaf", sa.LargeBinary(32), nullable=False),
        sa.Column("at", BIG, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("allowed", sa.Boolean().with_variant(sa.Integer, "sqlite"), nullable=False),
        sa.Column("compartment", sa.Text, nullable=False),
        sa.Column("course", ID, nullable=True),
        sa.Column("request_id", ID, nullable=True),
        sa.Column("actor", ID, nullable=True),
        sa.Column("subject", ID, nullable=True),
        sqlite_strict=True,
    )
    op.create_index("log_entries_of_a_subject", "log_entries", ["subject", "at"])
    op.create_index("log_entries_of_an_actor", "log_entries", ["actor", "at"])
    op.create_index("log_entries_at", "log_entries", ["at"])
    op.create_table(
        "log_checkpoints",
        sa.Column("tree", sa.Text, primary_key=True),
        sa.Column("size", BIG, primary_key=True, autoincrement=False),
        sa.Column("root", sa.LargeBinary(32), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("frontier", sa.LargeBinary, nullable=False),
        sqlite_strict=True,
    )
    for statement in ON_POSTGRESQL if op.get_bind().dialect.name == "postgresql" else ON_SQLITE:
        op.execute(statement)


LASTING = (
    "seq", "tree", "place_in_tree", "public", "private_digest", "leaf", "at", "action", "role", "allowed",
    "compartment", "course", "request_id",
)  # fmt: skip
ENDING = ("private", "salt", "actor", "subject")
REFUSED = "the access log is append-only"

LASTING_DIFFERS = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in LASTING)
ENDING_DIFFERS = " OR ".join(f"(NEW.{name} IS NOT NULL AND NEW.{name} IS NOT OLD.{name})" for name in ENDING)
ON_SQLITE = (
    f"""
    CREATE TRIGGER log_entries_only_forget BEFORE UPDATE ON log_entries WHEN {LASTING_DIFFERS} OR {ENDING_DIFFERS}
    BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END
    """,
    f"""
    CREATE TRIGGER log_entries_stay BEFORE DELETE ON log_entries
    BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END
    """,
    # Without this, INSERT OR REPLACE would change an entry and fire none of the above.
    """
    CREATE TRIGGER log_entries_follow BEFORE INSERT ON log_entries
    WHEN NEW.seq IS NOT coalesce((SELECT max(seq) FROM log_entries), 0) + 1
    BEGIN SELECT RAISE(ABORT, 'an entry of the access log follows the last one'); END
    """,
    f"""
    CREATE TRIGGER log_checkpoints_unchanged BEFORE UPDATE ON log_checkpoints
    BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END
    """,
    f"""
    CREATE TRIGGER log_checkpoints_stay BEFORE DELETE ON log_checkpoints
    BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END
    """,
)

MAY_END = "\n".join(f"IF NEW.{name} IS NULL THEN kept.{name} = NULL; END IF;" for name in ENDING)
ON_POSTGRESQL = (
    f"""
    CREATE FUNCTION log_only_forgets() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE kept log_entries = OLD;
    BEGIN
        {MAY_END}
        IF NEW IS DISTINCT FROM kept THEN
            RAISE EXCEPTION USING MESSAGE = '{REFUSED}', ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
    END $$
    """,
    f"""
    CREATE FUNCTION log_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION USING MESSAGE = '{REFUSED}', ERRCODE = 'insufficient_privilege';
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
    # ALWAYS: also in a session that calls itself a replica.
    "ALTER TABLE log_entries ENABLE ALWAYS TRIGGER log_entries_only_forget",
    "ALTER TABLE log_entries ENABLE ALWAYS TRIGGER log_entries_stay",
    "ALTER TABLE log_checkpoints ENABLE ALWAYS TRIGGER log_checkpoints_stay",
)
