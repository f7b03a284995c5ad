"""A whole house for a test, on files or on a server: one municipality, Red Barnet, and a clock that is put."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from adapters.wiring import House, RealmSettings, SetClock, Settings, build, embedded, rebuild
from domain.compartments import RealmKind
from infrastructure.database import Database
from tests.postgres import Backend

TOWN, CLUB = "kommune-0376", "red-barnet"
REALMS = {TOWN: RealmKind.MUNICIPALITY, CLUB: RealmKind.RED_BARNET}
EARLY = datetime(2026, 8, 3, 9, tzinfo=UTC)


def settings_on(backend: Backend, home: Path, realms: Mapping[str, RealmKind] = REALMS) -> Settings:
    """The stores of each realm: three files, or two databases of a server; key files and ledger are files."""
    if backend.name == "sqlite":
        return embedded(home, realms)
    found = []
    for name, kind in realms.items():
        ready = backend.made_ready
        register, keys = ready(kind) if ready is not None else (backend.new_database(), backend.new_database())
        folder = home / name
        found.append(RealmSettings(name, kind, register, keys, register, folder / "kek", folder / "ledger.jsonl"))
    return Settings(tuple(found))


def a_house(backend: Backend, home: Path, *, clock: SetClock | None = None) -> House:
    """A new, empty house. Close it at the end: a server drops no database that is in use."""
    return build(settings_on(backend, home), clock=clock or SetClock(EARLY))


@contextmanager
def another_process(house: House, *, opens: frozenset[str] | None = None) -> Iterator[House]:
    """The same stores, opened once more with nothing in memory, as another process would; `opens` as for `build`."""
    other = build(settings_of(house), clock=house.clock, opens=opens)
    try:
        yield other
    finally:
        other.close()


def settings_of(house: House) -> Settings:
    return Settings(tuple(realm.settings for realm in house.realms.values()))


def rebuilt(house: House) -> dict[str, dict[str, str]]:
    """The digests of all views, by realm, after every view was built anew from the events."""
    for realm in house.realms.values():
        rebuild(realm.settings)
    return digests(house)


def digests(house: House) -> dict[str, dict[str, str]]:
    """The digests of all views as they are, by realm."""
    return {name: realm.digests() for name, realm in house.realms.items()}


@contextmanager
def meddling(url: str) -> Iterator[sa.Connection]:
    """Somebody with the database's own login, who goes round the register and changes what is stored."""
    database = Database(url)
    try:
        with database.write() as connection:
            yield connection
    finally:
        database.close()
