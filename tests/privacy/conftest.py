"""What the proofs of privacy share: a house of one's own on either database, and one lived story for those that only ask."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.wiring import House
from tests.house import a_house
from tests.living import Life, a_story
from tests.postgres import Backend, Postgres

BACKENDS = ("sqlite", "postgresql")


@pytest.fixture
def house(backend: Backend, tmp_path: Path) -> Iterator[House]:
    """A new, empty house."""
    new = a_house(backend, tmp_path)
    yield new
    new.close()


@pytest.fixture
def life(house: House) -> Life:
    """A story of one's own, to go on with."""
    return a_story(house)


@pytest.fixture(scope="session", params=BACKENDS)
def lasting_backend(request: pytest.FixtureRequest) -> Iterator[Backend]:
    """As `backend`, for stores that several tests read; its databases go at the end of the run."""
    if request.param == "sqlite":
        yield Backend("sqlite", _no_server)
        return
    server: Postgres = request.getfixturevalue("postgres")
    made: list[str] = []

    def new() -> str:
        made.append(server.create_database())
        return server.url(made[-1])

    yield Backend("postgresql", new)
    for name in made:
        server.drop_database(name)


@pytest.fixture(scope="session")
def lived(lasting_backend: Backend, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Life]:
    """One story that was lived once, with a request for erasure that is not carried out. Only ask here, change nothing."""
    house = a_house(lasting_backend, tmp_path_factory.mktemp("lived"))
    story = a_story(house)
    story.ids["request"] = story.asks_to_be_erased("mother")
    yield story
    house.close()


def _no_server() -> str:
    raise AssertionError("a house on files needs no server")


