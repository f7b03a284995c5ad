"""Brings the tables of a store to the version this program needs, also when several processes start at once.

Only what cannot be built again is migrated; views are rebuilt from the events. The tables are made by whoever installs
the register; the processes that serve need no right to change them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Literal

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from infrastructure.database import Database

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
    with locked(database) as connection:
        config = _config(store)
        config.attributes["connection"] = connection
        config.attributes["version_table"] = _version_table(store)
        command.upgrade(config, "head")


def schema_version(database: Database, store: Store) -> tuple[str | None, str]:
    """The version a store has (None: it has no tables yet) and the one this program wants."""
    wanted = str(ScriptDirectory.from_config(_config(store)).get_current_head())
    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": _version_table(store)})
        return context.get_current_revision(), wanted


def _version_table(store: Store) -> str:
    return f"alembic_version_{store}"


def _config(store: Store) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", str(_MIGRATIONS / store).replace("%", "%%"))
    return config
