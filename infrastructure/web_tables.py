"""The tables of what the pages keep on the server, in a database of its own: no name, no token, no login as it was said.

What is random is known by its SHA-256 here, and a login by a digest keyed with a secret that lies elsewhere
(`infrastructure.web_bindings`): who reads these tables can act as nobody.
"""

from __future__ import annotations

import sqlalchemy as sa

from infrastructure.tables import Id, Moment

web_metadata = sa.MetaData()

sessions = sa.Table(
    "web_sessions",
    web_metadata,
    # The SHA-256 of what the browser holds. A session that ended has no row, so nothing can bring it back.
    sa.Column("token", sa.LargeBinary(32), primary_key=True),
    sa.Column("session_id", Id, nullable=False),
    sa.Column("actor", Id, nullable=True),
    sa.Column("provider", sa.Text, nullable=False),
    # The SHA-256 of the provider's own name for its session.
    sa.Column("provider_session", sa.LargeBinary(32), nullable=True),
    sa.Column("assurance", sa.Integer, nullable=False),
    sa.Column("login", sa.LargeBinary(32), nullable=True),
    sa.Column("realm", sa.Text, nullable=True),
    sa.Column("assignment_id", Id, nullable=True),
    sa.Column("began", Moment, nullable=False),
    sa.Column("seen", Moment, nullable=False),
    sa.Column("ends", Moment, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
sa.Index("web_sessions_of_an_actor", sessions.c.actor)
sa.Index("web_sessions_of_a_provider", sessions.c.provider_session)

flows = sa.Table(
    "web_flows",
    web_metadata,
    sa.Column("key", sa.LargeBinary(32), primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
    sa.Column("ends", Moment, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""Logins under way: what the callback must find again, for minutes, once."""
sa.Index("web_flows_by_end", flows.c.ends)

bindings = sa.Table(
    "web_bindings",
    web_metadata,
    sa.Column("login", sa.LargeBinary(32), primary_key=True),
    sa.Column("actor", Id, nullable=False),
    sa.Column("since", Moment, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
sa.Index("web_bindings_of_an_actor", bindings.c.actor)
