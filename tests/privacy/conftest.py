"""What the proofs of privacy share: the story of `tests.living`, lived once on each database and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest

from adapters.wiring import House, RealmSettings, SetClock, Settings, build
from tests.house import a_house, settings_of, settings_on
from tests.living import Life, a_story
from tests.postgres import Backend, Postgres


@dataclass(frozen=True)
class Told:
    """A lived story at rest: where its stores are, the ids in it, and when it stopped."""

    settings: Settings
    home: Path
    ids: dict[str, UUID]
    moment: datetime
    server: Postgres | None = None

    @contextmanager
    def again(self, home: Path) -> Iterator[Life]:
        """The same story in stores of its own under another home, to go on with."""
        shutil.copytree(self.home, home, dirs_exist_ok=True)
        with ExitStack() as stack:
            settings = settings_on(Backend("sqlite", str), home)
            if self.server is not None:
                settings = Settings(tuple(self._copied(realm, home, stack) for realm in self.settings.realms))
            house = build(settings, clock=SetClock(self.moment))
            stack.callback(house.close)
            yield Life(house, ids=dict(self.ids))

    def _copied(self, realm: RealmSettings, home: Path, stack: ExitStack) -> RealmSettings:
        copies = {url: self._copy(url, stack) for url in {realm.register, realm.keys, realm.log}}
        folder = home / realm.name
        return replace(
            realm, register=copies[realm.register], keys=copies[realm.keys], log=copies[realm.log],
            key_folder=folder / "kek", ledger=folder / "ledger.jsonl",
        )  # fmt: skip

    def _copy(self, url: str, stack: ExitStack) -> str:
        assert self.server is not None
        name = self.server.create_database(like=url.rpartition("/")[2].partition("?")[0])
        stack.callback(self.server.drop_database, name)
        return self.server.url(name)


@pytest.fixture(scope="session")
def told_on_files(tmp_path_factory: pytest.TempPathFactory) -> Told:
    home = tmp_path_factory.mktemp("told")
    return _told(a_house(Backend("sqlite", str), home), home)


@pytest.fixture(scope="session")
def told_on_a_server(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    home = tmp_path_factory.mktemp("told")
    made: list[str] = []

    def new() -> str:
        made.append(postgres.create_database())
        return postgres.url(made[-1])

    yield replace(_told(a_house(Backend("postgresql", new), home), home), server=postgres)
    for name in made:
        postgres.drop_database(name)


def _told(house: House, home: Path) -> Told:
    life = a_story(house)
    house.close()
    return Told(settings_of(house), home, life.ids, life.clock.now())


@pytest.fixture(params=["sqlite", "postgresql"])
def life(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Life]:
    """A story of one's own on either database."""
    with told_on(request).again(tmp_path / "home") as life:
        yield life


@pytest.fixture
def life_on_files(told_on_files: Told, tmp_path: Path) -> Iterator[Life]:
    """A story of one's own on files, for what does not depend on the database."""
    with told_on_files.again(tmp_path / "home") as life:
        yield life


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def lived(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Life]:
    """One story for those who only ask, with an erasure and a correction that wait. Change nothing in it."""
    with told_on(request).again(tmp_path_factory.mktemp("lived") / "home") as life:
        life.ids["request"] = life.asks_to_be_erased("mother")
        life.wants_a_name_corrected("brother")
        yield life


def told_on(request: pytest.FixtureRequest) -> Told:
    told: Told = request.getfixturevalue("told_on_files" if request.param == "sqlite" else "told_on_a_server")
    return told
