"""How often the disk is waited for: figures that no neighbour on the machine can disturb."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from adapters.wiring import House
from infrastructure.database import Database
from tests.house import CLUB, TOWN
from tests.performance.households import IN_A_COURSE, Household, household
from tests.performance.ours import Ours
from tests.postgres import Backend

_ONCE_MORE = 3
"""Tries on a server, whose own housekeeping also writes now and then; the fewest is ours."""


@dataclass
class Flushes:
    """Counts transactions that wrote, of which each waits for the disk once (`synchronous` FULL, or the server's own)."""

    house: House

    def of(self, doing: Callable[[int], object]) -> int:
        """In doing this; it is told how many times it was done before, and must do the same each time."""
        databases = [each for realm in self.house.realms.values() for each in _databases(realm)]
        if databases[0].is_postgresql:
            return min(self._assigned(databases[0], doing, number) for number in range(_ONCE_MORE))
        return self._committed(databases, doing)

    def _committed(self, databases: list[Database], doing: Callable[[int], object]) -> int:
        said: list[list[str]] = []

        def listen(driver: Any, _: Any) -> None:
            said.append([])
            driver.set_trace_callback(said[-1].append)

        for database in databases:
            database.close()
            sa.event.listen(database.engine, "connect", listen)
        doing(0)
        for database in databases:
            sa.event.remove(database.engine, "connect", listen)
            database.close()
        return sum(map(_commits_that_wrote, said))

    def _assigned(self, database: Database, doing: Callable[[int], object], number: int) -> int:
        before = _transactions(database)
        doing(number)
        return _transactions(database) - before


def _databases(realm: Any) -> tuple[Database, Database, Database]:
    return realm.database, realm.key_database, realm.log_database


def _commits_that_wrote(said: list[str]) -> int:
    """On one connection: commits of transactions that began as a writer's, and what was written outside of any."""
    commits, within = 0, False
    for statement in said:
        word = statement.split()[0].upper()
        if statement == "BEGIN IMMEDIATE":
            within = True
        elif word in ("COMMIT", "ROLLBACK"):
            commits += word == "COMMIT" and within
            within = False
        elif word in ("INSERT", "UPDATE", "DELETE", "CREATE") and not within:
            commits += 1
    return commits


def _transactions(database: Database) -> int:
    """How many transactions of the server were given a number so far: those that wrote, and their savepoints."""
    ((number,),) = database.ask("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
    return int(number)


@pytest.fixture
def ours(backend: Backend, tmp_path: Path) -> Iterator[Ours]:
    at_work = Ours(backend, tmp_path)
    yield at_work
    at_work.close()


@pytest.fixture
def flushes(ours: Ours) -> Flushes:
    return Flushes(ours.house)


@pytest.fixture
def course(ours: Ours) -> list[Household]:
    """Eight households in a course, each with a note that was read back."""
    households = [household(number) for number in range(IN_A_COURSE)]
    for each in households:
        ours.register(each)
        ours.refer(each)
    ours.seat(households)
    for each in households:
        ours.note(each)
        ours.read_back(each)
    return households


def test_a_command_waits_once_with_its_views_and_its_audit(
    ours: Ours, course: list[Household], flushes: Flushes
) -> None:
    """The keys of all whom it is about are there: they were made when the family first came."""
    assert flushes.of(lambda _: ours.note(course[0])) == 1
    assert flushes.of(lambda _: [ours.note(each) for each in course]) == len(course)
    # A consent has a key of its own, and what it copies was opened through the gate, with an entry in the log.
    assert flushes.of(lambda number: [ours.read_back(course[number]), ours.consent(course[number])]) == 1 + 3


def test_a_command_about_somebody_new_waits_once_more_for_all_keys_and_words(ours: Ours, flushes: Flushes) -> None:
    assert flushes.of(lambda number: ours.register(household(number))) == 2


def test_a_reading_waits_once_whatever_it_shows(ours: Ours, course: list[Household], flushes: Flushes) -> None:
    for each in course:
        ours.consent(each)
    assert flushes.of(lambda _: ours.page(course[0])) == 1
    assert flushes.of(lambda _: ours.roster(course)) == 1
    assert flushes.of(lambda _: ours.own(course[0])) == 1
    assert flushes.of(lambda _: [ours.house.realms[name].register.head() for name in (TOWN, CLUB)]) == 0


def test_an_import_waits_twice_however_many_it_brings(tmp_path: Path) -> None:
    """On files only: on a server each command's savepoint counts, and waits for nothing."""
    ours = Ours(Backend("sqlite", lambda: ""), tmp_path)
    waited = Flushes(ours.house).of(lambda _: ours.bulk([household(number) for number in range(20)]))
    ours.close()
    assert waited == 2
