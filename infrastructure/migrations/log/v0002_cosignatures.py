"""What witnesses said of the checkpoints; as unchangeable as those."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

BIG = sa.BigInteger().with_variant(sa.Integer, "sqlite")
REFUSED = "the access log is append-only"


def upgrade() -> None:
    op.create_table(
        "log_cosignatures",
        sa.Column("tree", sa.Text, primary_key=True),
        sa.Column("size", BIG, primary_key=True, autoincrement=False),
        sa.Column("witness", sa.Text, primary_key=True),
        sa.Column("line", sa.Text, nullable=False),
        sqlite_strict=True,
    )
    for statement in ON_POSTGRESQL if op.get_bind().dialect.name == "postgresql" else ON_SQLITE:
        op.execute(statement)


ON_SQLITE = (
    f"""
    CREATE TRIGGER log_cosignatures_unchanged BEFORE UPDATE ON log_cosignatures
    BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END
    """,
    f"""
    CREATE TRIGGER log_cosignatures_stay BEFORE DELETE ON log_cosignatures
    BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END
    """,
)
ON_POSTGRESQL = (
    """
    CREATE TRIGGER log_cosignatures_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON log_cosignatures
    FOR EACH STATEMENT EXECUTE FUNCTION log_stays()
    """,
    "ALTER TABLE log_cosignatures ENABLE ALWAYS TRIGGER log_cosignatures_stay",
)
