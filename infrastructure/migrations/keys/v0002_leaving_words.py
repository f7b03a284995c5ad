"""Which words leave the search index once a correction is saved."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ID = sa.Uuid().with_variant(sa.LargeBinary(16), "sqlite")


def upgrade() -> None:
    op.create_table(
        "leaving_words",
        sa.Column("command", ID, primary_key=True),
        sa.Column("field", sa.Text, primary_key=True),
        sa.Column("token", sa.LargeBinary(12), primary_key=True),
        sa.Column("subject", ID, primary_key=True),
        sqlite_with_rowid=False,
        sqlite_strict=True,
    )
    op.create_index("leaving_words_of_a_subject", "leaving_words", ["subject"])
