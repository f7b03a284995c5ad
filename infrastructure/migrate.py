"""Brings the tables of a store to the version this program needs, also when several processes start at once.

Only what cannot be built again is migrated; views are rebuilt from the events. The tables are made by whoever installs
the register; the processes that serve need no right to change them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import sqlalchemy as sa

from infrastructure.database import Database

if TYPE_CHECKING:
    from alembic.config import Config

Store = Literal["register", "keys", "log", "web"]

_MIGRATIONS: Final = Path(__file__).parent / "migrations"
_LOCK: Final = 0x71_11_1D_02
"""PostgreSQL's advisory locks are per database, so one number serves every realm."""


@contextmanager
def locked(database: Database) -> Iterator[sa.Connection]:
    """A writing transaction in which no other process changes tables; calls inside join it; all stays or nothing."""
    with database.write() as connection:
        if database.is_postgresql:
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
        yield connection


def migrate(database: Database, store: Store) -> None:
    """Bring one store to the newest version; nothing happens to one that has it already."""
    current, wanted = schema_version(database, store)
    if current == wanted:
        return
    from alembic import command  # a store that needs nothing does not wait for it

    with locked(database) as connection:
        config = alembic_config(store)
        config.attributes["connection"] = connection
        config.attributes["version_table"] = _version_table(store)
        command.upgrade(config, "head")


def schema_version(database: Database, store: Store) -> tuple[str | None, str]:
    """The version a store has (None: it has no tables yet) and the one this program wants, that of its newest step."""
    wanted = max(step.name[1:5] for step in (_MIGRATIONS / store).glob("v????_*.py"))
    versions = sa.table(_version_table(store), sa.column("version_num", sa.Text))
    with database.read() as connection:
        if not sa.inspect(connection).has_table(versions.name):
            return None, wanted
        return connection.execute(sa.select(versions.c.version_num)).scalar(), wanted


def _version_table(store: Store) -> str:
    return f"alembic_version_{store}"


def alembic_config(store: Store) -> Config:
    """Where the steps of a store lie."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", str(_MIGRATIONS / store).replace("%", "%%"))
    return config
