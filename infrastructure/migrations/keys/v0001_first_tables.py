"""The key database's first tables: a destroyed key's row stays, without material."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

BIG = sa.BigInteger().with_variant(sa.Integer, "sqlite")
ID = sa.Uuid().with_variant(sa.LargeBinary(16), "sqlite")
MOMENT = sa.DateTime(timezone=True).with_variant(sa.Text, "sqlite")
STRICT = {"sqlite_strict": True}
KEYED = {"sqlite_with_rowid": False, "sqlite_strict": True}
MATERIAL_WHILE_LIVE = (
    "(state = 'live' AND wrapped IS NOT NULL AND destroyed_at IS NULL) OR "
    "(state = 'destroyed' AND wrapped IS NULL AND destroyed_at IS NOT NULL)"
)


def upgrade() -> None:
    op.create_table(
        "keys",
        sa.Column("key_id", sa.LargeBinary(16), primary_key=True),
        sa.Column("subject", ID, nullable=False),
        sa.Column("compartment", sa.Text, nullable=False),
        sa.Column("consent", ID, nullable=False),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("wrapped", sa.LargeBinary, nullable=True),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("commitment", sa.LargeBinary(32), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("destroyed_at", MOMENT, nullable=True),
        sa.UniqueConstraint("subject", "compartment", "consent", "generation", name="keys_one_each"),
        sa.CheckConstraint(MATERIAL_WHILE_LIVE, name="keys_material_while_live"),
        **STRICT,
    )
    op.create_index("keys_of_a_consent", "keys", ["consent"])
    op.create_table(
        "erased_subjects",
        sa.Column("subject", ID, primary_key=True),
        sa.Column("compartment", sa.Text, primary_key=True),
        sa.Column("since", MOMENT, nullable=False),
        **KEYED,
    )
    op.create_table(
        "ended_consents",
        sa.Column("consent", ID, primary_key=True),
        sa.Column("since", MOMENT, nullable=False),
        **KEYED,
    )
    op.create_table(
        "receiving_keys",
        sa.Column("about", ID, primary_key=True),
        sa.Column("public", sa.LargeBinary(32), nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("wrapped", sa.LargeBinary, nullable=True),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("destroyed_at", MOMENT, nullable=True),
        sa.CheckConstraint(MATERIAL_WHILE_LIVE, name="receiving_keys_material_while_live"),
        **STRICT,
    )
    op.create_table(
        "search_index",
        sa.Column("field", sa.Text, primary_key=True),
        sa.Column("token", sa.LargeBinary(12), primary_key=True),
        sa.Column("subject", ID, primary_key=True),
        **KEYED,
    )
    op.create_index("search_index_of_a_subject", "search_index", ["subject"])
    op.create_table(
        "ledger_head",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("size", BIG, nullable=False),
        sa.Column("head", sa.LargeBinary, nullable=False),
        sa.CheckConstraint("id = 1", name="ledger_head_one_row"),
        **STRICT,
    )
