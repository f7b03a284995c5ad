"""Unfinished forms, beside the events."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

BIG = sa.BigInteger().with_variant(sa.Integer, "sqlite")
ID = sa.Uuid().with_variant(sa.LargeBinary(16), "sqlite")
MOMENT = sa.DateTime(timezone=True).with_variant(sa.Text, "sqlite")


def upgrade() -> None:
    op.create_table(
        "drafts",
        sa.Column("draft_id", ID, primary_key=True),
        sa.Column("author", ID, nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.Column("form", sa.LargeBinary, nullable=False),
        sqlite_strict=True,
    )
    op.create_index("drafts_of_an_author", "drafts", ["author"])
