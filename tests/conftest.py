"""What every test may ask for: a PostgreSQL server, empty databases, and the two backends one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from uuid import uuid4

import pytest

from adapters.wiring import RealmSettings, Settings, create
from domain.compartments import RealmKind
from tests.postgres import Backend, Postgres, a_postgres
from tests.scratch import keep_files_in_memory


def pytest_configure(config: pytest.Config) -> None:
    if config.option.markexpr != "bench":
        keep_files_in_memory()


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


@pytest.fixture(scope="session")
def models(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Callable[[RealmKind], tuple[str, str]]:
    """The names of a realm's two databases with their tables, made once for each kind, to be copied."""

    @cache
    def of(kind: RealmKind) -> tuple[str, str]:
        register, keys = postgres.create_database(), postgres.create_database()
        home = tmp_path_factory.mktemp("model")
        urls = [postgres.url(name) for name in (register, keys, register)]
        create(Settings((RealmSettings("model", kind, *urls, home / "kek", home / "ledger.jsonl"),)))
        return register, keys

    return of


@pytest.fixture
def made_ready(
    postgres: Postgres, models: Callable[[RealmKind], tuple[str, str]]
) -> Iterator[Callable[[RealmKind], tuple[str, str]]]:
    """Copies of the model databases of a realm, as URLs; dropped after the test."""
    made: list[str] = []

    def ready(kind: RealmKind) -> tuple[str, str]:
        copies = [postgres.create_database(like=model) for model in models(kind)]
        made.extend(copies)
        register, keys = (postgres.url(name) for name in copies)
        return register, keys

    yield ready
    for name in made:
        postgres.drop_database(name)


@pytest.fixture(params=["sqlite", "postgresql"], ids=["sqlite", "postgresql"])
def backend(request: pytest.FixtureRequest, tmp_path: Path) -> Backend:
    """The test runs twice, on a file and on a server; the server is started only when it is its turn."""
    if request.param == "postgresql":
        ready = request.getfixturevalue("made_ready")
        return Backend("postgresql", request.getfixturevalue("new_database"), ready)
    return Backend("sqlite", lambda: f"sqlite:///{tmp_path / uuid4().hex}.db")
