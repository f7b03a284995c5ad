"""The event store keeps the contracts of the library it stands on, as the library itself tests them."""

from __future__ import annotations

import threading
from unittest import TestCase

import pytest
from eventsourcing.tests import persistence as library

from infrastructure.database import Database
from infrastructure.event_store import Recorder
from infrastructure.migrate import migrate
from tests.postgres import Backend

SUITES: tuple[type[TestCase], ...] = (
    library.ApplicationRecorderTestCase,
    library.ProcessRecorderTestCase,
    library.TrackingRecorderTestCase,
    library.NonInterleavingNotificationIDsBaseCase,
)
TESTS = [
    pytest.param(suite, name, id=f"{suite.__name__}.{name}")
    for suite in SUITES
    for name in sorted(dir(suite))
    if name.startswith(("test", "optional_test"))  # optional: of subscriptions, which ours has
]


def test_there_are_tests_to_pass() -> None:
    assert len(TESTS) == 12


@pytest.mark.parametrize(("suite", "name"), TESTS)
def test_the_event_store_passes_the_librarys_own_tests(suite: type[TestCase], name: str, backend: Backend) -> None:
    opened: list[Database] = []

    def create_recorder(_: TestCase) -> Recorder:
        opened.append(Database(backend.new_database()))
        migrate(opened[-1], "register")
        return Recorder(opened[-1])

    ours = type(suite.__name__, (suite,), {"create_recorder": create_recorder})
    before = set(threading.enumerate())
    try:
        ours(name).debug()
    finally:
        for thread in set(threading.enumerate()) - before:  # some of the tests leave readers running
            thread.join()
        for database in opened:
            database.close()
