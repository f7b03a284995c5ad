"""What every test may ask for: a PostgreSQL server, empty databases, and the two backends one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from tests.postgres import Backend, Postgres, a_postgres


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One server for the whole run, started by the first test that asks."""
    server = a_postgres()
    yield server
    server.close()


@pytest.fixture
def new_database(postgres: Postgres) -> Iterator[Callable[[], str]]:
    """Each call makes an empty PostgreSQL database and answers with its URL; all are dropped after the test."""
    made: list[str] = []

    def new() -> str:
        made.append(postgres.create_database())
        return postgres.url(made[-1])

    yield new
    for name in made:
        postgres.drop_database(name)


@pytest.fixture(params=["sqlite", "postgresql"], ids=["sqlite", "postgresql"])
def backend(request: pytest.FixtureRequest, tmp_path: Path) -> Backend:
    """The test runs twice, on a file and on a server; the server is started only when it is its turn."""
    if request.param == "postgresql":
        return Backend("postgresql", request.getfixturevalue("new_database"))
    return Backend("sqlite", lambda: f"sqlite:///{tmp_path / uuid4().hex}.db")
