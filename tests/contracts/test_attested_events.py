"""The stored events lie under the access log's tree, on both databases: what is changed beside the register is named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from gdpr.access_log import EVENTS
from gdpr.attested import EventFlaw
from infrastructure.access_log_store import SqlAccessLog
from infrastructure.database import Database
from infrastructure.event_attesting import EventAttesting
from infrastructure.tables import events
from tests.access_log_examples import SetClock, an_entry, make_tables, sql_log, without_triggers
from tests.postgres import Backend
from tests.register_examples import Counted, Opened, Realm, came, new, save

ANNA, STREAM, OTHER = UUID(int=1), UUID(int=11), UUID(int=12)


@dataclass(frozen=True, slots=True)
class AtWork:
    """A register whose events are attested in a log of its own."""

    realm: Opened
    log: SqlAccessLog

    def process(self) -> EventAttesting:
        """As a process that has just started."""
        return EventAttesting(self.realm.register, self.log, SetClock(), "register")

    def flaw(self) -> tuple[int, UUID | None, EventFlaw] | None:
        found = self.process().compare().first_broken
        return None if found is None else (found.position, found.stream, found.flaw)

    def meddle(self, statement: sa.sql.dml.UpdateBase) -> None:
        with self.realm.register.database.write() as connection:
            connection.execute(statement)


@pytest.fixture
def at_work(backend: Backend, tmp_path: Path) -> Iterator[AtWork]:
    realm = Realm("testby", backend.new_database(), backend.new_database(), tmp_path / "kek").prepare()
    database = Database(backend.new_database())
    make_tables(database)
    with realm.opened() as opened:
        yield AtWork(opened, sql_log(database))
    database.close()


def lived(at_work: AtWork) -> EventAttesting:
    """Five events in two streams, attested in two entries among readings; one more came since."""
    attesting = at_work.process()
    register = at_work.realm.register
    save(register, new(came(ANNA), Counted(number=1), stream=STREAM))
    save(register, new(Counted(number=2), stream=OTHER))
    at_work.log.write([an_entry(1)])
    assert attesting.attest() == 3
    save(register, new(Counted(number=3), Counted(number=4), stream=STREAM, at_version=2))
    assert attesting.attest() == 2
    at_work.log.write([an_entry(2)])
    save(register, new(Counted(number=5), stream=OTHER, at_version=1))
    return attesting


def test_what_was_stored_is_attested_once_whoever_does_it_and_shown_to_nobody_who_asks_who_read(
    at_work: AtWork,
) -> None:
    attesting = lived(at_work)
    verdict = attesting.compare()
    assert (verdict.ok, verdict.events, verdict.unattested) == (True, 5, 1)
    assert at_work.process().attest() == 1
    assert attesting.attest() == 0
    assert at_work.process().compare().unattested == 0
    assert len(at_work.log.find()) == at_work.log.count() == 2
    assert [entry.details["to"] for entry in at_work.log.find(action=EVENTS)] == [3, 5, 6]
    assert at_work.log.find(record=STREAM) == []
    # A backlog goes into few entries, each one commit.
    save(at_work.realm.register, new(*(Counted(number=number) for number in range(1200))))
    assert attesting.attest() == 1200
    assert [entry.details["to"] for entry in at_work.log.find(action=EVENTS, after=5)] == [506, 1006, 1206]
    assert at_work.process().compare().events == 1206
    at_work.log.checkpoint()
    assert at_work.log.verify().ok


def test_an_event_changed_removed_or_inserted_beside_the_register_is_named(at_work: AtWork) -> None:
    """By somebody who owns the database and took its triggers away."""
    attesting = lived(at_work)
    without_triggers(at_work.realm.register.database, "events")
    with at_work.realm.register.database.read() as connection:
        (changed,) = connection.execute(sa.select(events).where(events.c.id == 2))
        (removed,) = connection.execute(sa.select(events).where(events.c.id == 5))
    assert at_work.flaw() is None
    at_work.meddle(events.update().where(events.c.id == 2).values(state=changed.state[:-1] + b"\x00"))
    assert at_work.flaw() == (2, STREAM, EventFlaw.CHANGED)
    at_work.meddle(events.update().where(events.c.id == 2).values(state=changed.state))
    at_work.meddle(events.delete().where(events.c.id == 5))
    assert at_work.flaw() == (5, STREAM, EventFlaw.REMOVED)
    at_work.meddle(events.insert().values(**removed._mapping))
    assert at_work.flaw() is None
    # The end is cut off, as after a restored backup.
    at_work.meddle(events.delete().where(events.c.id > 3))
    assert at_work.flaw() == (4, STREAM, EventFlaw.REMOVED)
    assert attesting.attest() == 0
    at_work.meddle(events.update().where(events.c.id == 3).values(topic="test.never"))
    assert at_work.flaw() == (3, OTHER, EventFlaw.CHANGED)


def test_destroyed_keys_and_ended_private_halves_leave_the_events_as_they_were_attested(at_work: AtWork) -> None:
    lived(at_work)
    at_work.realm.vault.destroy(ANNA, ["roster"])
    at_work.log.end_private_halves(SetClock().moment.replace(year=2030))
    assert at_work.flaw() is None
    without_triggers(at_work.realm.register.database, "events")
    at_work.meddle(events.delete().where(events.c.id == 1))
    assert at_work.flaw() == (1, None, EventFlaw.REMOVED)
