"""The first tables of what the pages keep: sessions, logins under way, and which login is whose."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ID = sa.Uuid().with_variant(sa.LargeBinary(16), "sqlite")
MOMENT = sa.DateTime(timezone=True).with_variant(sa.Text, "sqlite")
KEYED = {"sqlite_with_rowid": False, "sqlite_strict": True}


def upgrade() -> None:
    op.create_table(
        "web_sessions",
        sa.Column("token", sa.LargeBinary(32), primary_key=True),
        sa.Column("session_id", ID, nullable=False),
        sa.Column("actor", ID, nullable=True),
        sa.Column("provider", sa.Text, nullable=False),
        sa.Column("provider_session", sa.LargeBinary(32), nullable=True),
        sa.Column("assurance", sa.Integer, nullable=False),
        sa.Column("login", sa.LargeBinary(32), nullable=True),
        sa.Column("realm", sa.Text, nullable=True),
        sa.Column("assignment_id", ID, nullable=True),
        sa.Column("began", MOMENT, nullable=False),
        sa.Column("seen", MOMENT, nullable=False),
        sa.Column("ends", MOMENT, nullable=False),
        **KEYED,
    )
    op.create_index("web_sessions_of_an_actor", "web_sessions", ["actor"])
    op.create_index("web_sessions_of_a_provider", "web_sessions", ["provider_session"])
    op.create_table(
        "web_flows",
        sa.Column("key", sa.LargeBinary(32), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("ends", MOMENT, nullable=False),
        **KEYED,
    )
    op.create_index("web_flows_by_end", "web_flows", ["ends"])
    op.create_table(
        "web_bindings",
        sa.Column("login", sa.LargeBinary(32), primary_key=True),
        sa.Column("actor", ID, nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        **KEYED,
    )
    op.create_index("web_bindings_of_an_actor", "web_bindings", ["actor"])
