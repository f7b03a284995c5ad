"""Vaults to try things on: a key folder and a key database of a made-up realm."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from domain.compartments import Compartment, RealmKind, held_in
from domain.facts import Place, Sealed
from gdpr.ports import Tampered
from infrastructure.database import Database
from infrastructure.key_providers.key_file import KeyFileProvider
from infrastructure.key_tables import keys, keys_metadata
from infrastructure.vault import KeyVault

REALM = "red-barnet"


class Shop:
    """One key database and one key folder, and any number of vaults over them, as in as many processes."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url, self.folder = url, folder
        KeyFileProvider.create(folder, REALM, [each.name for each in held_in(RealmKind.RED_BARNET)])
        self.databases = [Database(url)]
        keys_metadata.create_all(self.database.engine)

    @property
    def database(self) -> Database:
        return self.databases[0]

    def provider(self) -> KeyFileProvider:
        return KeyFileProvider(self.folder, REALM, production=False)

    def vault(self, **more: Any) -> KeyVault:
        self.databases.append(Database(self.url))
        return KeyVault(self.databases[-1], self.provider(), realm=REALM, kind=RealmKind.RED_BARNET, **more)

    def close(self) -> None:
        for database in self.databases:
            database.close()


def a_place(field: str = "given_name") -> Place:
    return Place(uuid4(), 1, "participants.adult_noted", field)


def sealed(
    vault: KeyVault,
    subject: UUID,
    compartment: Compartment,
    value: Any = "Alma",
    consent: UUID | None = None,
    place: Place | None = None,
) -> Sealed:
    """The value sealed about the subject, as the event store does it."""
    wanted = (subject, compartment, consent)
    place = place or a_place()
    return Sealed(vault.seal(vault.keys_for([wanted])[wanted], value, place), place, subject, compartment.name)


def change_rows(shop: Shop, which: Any, **values: Any) -> None:
    with shop.database.write() as connection:
        assert connection.execute(sa.update(keys).where(which).values(values)).rowcount == 1


def rows_of(shop: Shop, table: sa.Table) -> list[Any]:
    with shop.database.read() as connection:
        return list(connection.execute(sa.select(table)))


def alarm(vault: KeyVault, value: Sealed) -> None:
    with pytest.raises(Tampered):
        vault.open([value])


def statements_of(database: Database, beginning: str) -> list[str]:
    """The statements that the database will be sent from now on and that begin so."""
    seen: list[str] = []

    asked = database.ask

    def before(_c: Any, _cursor: Any, statement: str, _p: Any, _context: Any, _many: bool) -> None:
        if statement.startswith(beginning):
            seen.append(statement)

    def ask(statement: str, values: Sequence[Any] = ()) -> list[Any]:
        if statement.startswith(beginning):
            seen.append(statement)
        return asked(statement, values)

    sa.event.listen(database.engine, "before_cursor_execute", before)
    database.ask = ask  # goes straight to the driver, past the engine's events
    return seen
