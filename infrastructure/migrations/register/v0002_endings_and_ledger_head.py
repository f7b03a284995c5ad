"""Fences that are lifted again, the keys that ended behind them, and how far the ledger of erasures was followed."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

BIG = sa.BigInteger().with_variant(sa.Integer, "sqlite")
ID = sa.Uuid().with_variant(sa.LargeBinary(16), "sqlite")
MOMENT = sa.DateTime(timezone=True).with_variant(sa.Text, "sqlite")
KEYED = {"sqlite_with_rowid": False, "sqlite_strict": True}


def upgrade() -> None:
    op.create_table(
        "endings",
        sa.Column("subject", ID, primary_key=True),
        sa.Column("compartment", sa.Text, primary_key=True),
        sa.Column("since", MOMENT, nullable=False),
        **KEYED,
    )
    op.create_table(
        "ended_keys",
        sa.Column("key_id", sa.LargeBinary(16), primary_key=True),
        sa.Column("subject", ID, nullable=False),
        sa.Column("compartment", sa.Text, nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        **KEYED,
    )
    op.create_table(
        "ledger_head",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("size", BIG, nullable=False),
        sa.Column("head", sa.LargeBinary, nullable=False),
        sa.CheckConstraint("id = 1", name="ledger_head_one_row"),
        sqlite_strict=True,
    )
