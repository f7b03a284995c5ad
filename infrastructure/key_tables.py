"""The tables of one realm's key database: keys and what is left of them, the search index, the head of the ledger.

This database lives apart from the events, with its own login and a shorter backup life. A destroyed key's row stays,
without material: a lost key and an erased key are two different answers.
"""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from infrastructure.tables import BIG, Id, Moment

LIVE = "live"
DESTROYED = "destroyed"

NO_CONSENT = UUID(int=0)
"""Stands where a key belongs to no consent: both databases take two NULLs in a unique constraint for different."""

_MATERIAL_WHILE_LIVE = (
    f"(state = '{LIVE}' AND wrapped IS NOT NULL AND destroyed_at IS NULL) OR "
    f"(state = '{DESTROYED}' AND wrapped IS NULL AND destroyed_at IS NOT NULL)"
)

keys_metadata = sa.MetaData()

keys = sa.Table(
    "keys",
    keys_metadata,
    sa.Column("key_id", sa.LargeBinary(16), primary_key=True),
    sa.Column("subject", Id, nullable=False),
    sa.Column("compartment", sa.Text, nullable=False),
    sa.Column("consent", Id, nullable=False),
    # 1 for the first key; the place of a successor when a key must be replaced by a fresh one.
    sa.Column("generation", sa.Integer, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("wrapped", sa.LargeBinary, nullable=True),
    # The epoch of the key-encryption key that wraps it: changes, with `wrapped`, when survivors are wrapped anew.
    sa.Column("epoch", sa.Integer, nullable=False),
    sa.Column("commitment", sa.LargeBinary(32), nullable=False),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("destroyed_at", Moment, nullable=True),
    sa.UniqueConstraint("subject", "compartment", "consent", "generation", name="keys_one_each"),
    sa.CheckConstraint(_MATERIAL_WHILE_LIVE, name="keys_material_while_live"),
    sqlite_strict=True,
)
sa.Index("keys_of_a_consent", keys.c.consent)

erased_subjects = sa.Table(
    "erased_subjects",
    keys_metadata,
    sa.Column("subject", Id, primary_key=True),
    sa.Column("compartment", sa.Text, primary_key=True),
    sa.Column("since", Moment, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""For whom no new key is made in which compartment, also where there never was one."""

ended_consents = sa.Table(
    "ended_consents",
    keys_metadata,
    sa.Column("consent", Id, primary_key=True),
    sa.Column("since", Moment, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""Under which consents no new key is made, also where there never was one."""

receiving_keys = sa.Table(
    "receiving_keys",
    keys_metadata,
    sa.Column("about", Id, primary_key=True),
    sa.Column("public", sa.LargeBinary(32), nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("wrapped", sa.LargeBinary, nullable=True),
    sa.Column("epoch", sa.Integer, nullable=False),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("destroyed_at", Moment, nullable=True),
    sa.CheckConstraint(_MATERIAL_WHILE_LIVE, name="receiving_keys_material_while_live"),
    sqlite_strict=True,
)

search_index = sa.Table(
    "search_index",
    keys_metadata,
    sa.Column("field", sa.Text, primary_key=True),
    sa.Column("token", sa.LargeBinary(12), primary_key=True),
    sa.Column("subject", Id, primary_key=True),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
sa.Index("search_index_of_a_subject", search_index.c.subject)

leaving_words = sa.Table(
    "leaving_words",
    keys_metadata,
    sa.Column("command", Id, primary_key=True),
    sa.Column("field", sa.Text, primary_key=True),
    sa.Column("token", sa.LargeBinary(12), primary_key=True),
    sa.Column("subject", Id, primary_key=True),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""Which rows leave the search index once a command is saved that says a name or number anew."""
sa.Index("leaving_words_of_a_subject", leaving_words.c.subject)

ledger_head = sa.Table(
    "ledger_head",
    keys_metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("size", BIG, nullable=False),
    sa.Column("head", sa.LargeBinary, nullable=False),
    sa.CheckConstraint("id = 1", name="ledger_head_one_row"),
    sqlite_strict=True,
)
"""How far this database has followed the ledger of erasures; behind it after a restore (one row)."""
