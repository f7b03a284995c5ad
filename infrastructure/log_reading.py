"""How the rows of an access log are read: as entries, in order, or not at all when the database cannot be had."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

import sqlalchemy as sa

from domain.errors import Refusal
from gdpr.access_log import StoredEntry
from gdpr.ports import LogUnavailable, Tampered
from infrastructure.log_tables import log_entries

ENTRY: Final = [log_entries.c[name] for name in ("seq", "tree", "public", "private", "salt", "private_digest", "leaf")]
"""The columns that are the log itself."""


def stored_entry(row: Any) -> StoredEntry:
    """The entry of a row that has these columns."""
    return StoredEntry(row.seq, row.tree, row.public, row.private, row.salt, row.private_digest, row.leaf)


def leaves_of(connection: sa.Connection, tree: str, size: int) -> Sequence[bytes]:
    """The first leaves of a month, at most `size`."""
    columns = log_entries.c
    query = sa.select(columns.leaf).where(columns.tree == tree).order_by(columns.seq).limit(size)
    return connection.execute(query).scalars().all()


@contextmanager
def reaching(realm: str) -> Iterator[None]:
    """Raise LogUnavailable for a database that fails; what the log itself has to say passes through."""
    try:
        yield
    except (LogUnavailable, Tampered, Refusal):
        raise
    except Exception as error:
        raise LogUnavailable(f"the access log of {realm} cannot be reached") from error
