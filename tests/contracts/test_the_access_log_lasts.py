"""The access log is signed month by month, may only grow and forget, and is found out when anybody changes it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from gdpr.access_log import LINK
from gdpr.checkpoint import parse
from gdpr.log_check import Flaw
from gdpr.ports import LogUnavailable, Tampered
from infrastructure.access_log_store import SqlAccessLog
from infrastructure.database import Database
from infrastructure.log_tables import log_checkpoints, log_entries
from tests.access_log_examples import (
    LEADER,
    MOTHER,
    NOVEMBER,
    SetClock,
    an_entry,
    make_tables,
    numbers,
    sql_log,
    without_triggers,
)
from tests.postgres import Backend

DECEMBER = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)


@pytest.fixture
def url(backend: Backend) -> str:
    return backend.new_database()


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    database = Database(url)
    make_tables(database)
    yield database
    database.close()


@pytest.fixture
def log(database: Database) -> SqlAccessLog:
    return sql_log(database)


def change(database: Database, seq: int, **values: Any) -> None:
    with database.write() as connection:
        connection.execute(log_entries.update().where(log_entries.c.seq == seq).values(values))


# Months and checkpoints.


def test_a_month_begins_with_the_last_checkpoint_of_the_month_before(database: Database) -> None:
    clock = SetClock()
    log = sql_log(database, clock)
    log.write([an_entry(1), an_entry(2)])
    clock.moment = DECEMBER
    log.write([an_entry(3)])
    log.write([an_entry(4)])
    assert [(entry.seq, entry.tree) for entry in log.entries()] == [
        (1, "2026-11"), (2, "2026-11"), (3, "2026-12"), (4, "2026-12"), (5, "2026-12"),
    ]  # fmt: skip
    assert log.trees() == ["2026-11", "2026-12"]
    [closing] = log.checkpoints("2026-11")
    assert parse(closing).size == 2
    assert f'"action":"{LINK}"'.encode() in next(log.entries("2026-12")).public
    assert len(log.find()) == 4
    log.checkpoint()
    verdict = log.verify()
    assert verdict.ok
    assert (verdict.size, verdict.checkpoints, verdict.unsigned) == (5, 2, 0)


def test_a_clock_that_runs_behind_does_not_reopen_a_month(database: Database) -> None:
    sql_log(database, SetClock(DECEMBER)).write([an_entry(1)])
    log = sql_log(database, SetClock(NOVEMBER))
    log.write([an_entry(2)])
    assert log.trees() == ["2026-12"]


def test_a_month_that_cannot_be_signed_does_not_end(database: Database) -> None:
    log = sql_log(database)
    log.write([an_entry(1)])
    without_triggers(database)
    log.checkpoint()
    with database.write() as connection:
        connection.execute(log_checkpoints.update().values(frontier=b"nothing"))
    with pytest.raises(LogUnavailable) as refusal:
        sql_log(database, SetClock(DECEMBER)).write([an_entry(2)])
    assert isinstance(refusal.value.__cause__, Tampered)
    assert numbers(log) == [1]


def test_a_checkpoint_goes_on_from_the_last_and_is_made_once(log: SqlAccessLog, database: Database) -> None:
    assert log.checkpoint() is None
    log.write([an_entry(number) for number in range(5)])
    first = log.checkpoint()
    assert log.checkpoint() == first
    log.write([an_entry(number) for number in range(6)])
    second = sql_log(database).checkpoint()
    assert log.checkpoint() == second
    assert [parse(note).size for note in log.checkpoints("2026-11")] == [5, 11]
    assert log.verify().ok
    assert log.checkpoints("2026-12") == []


def test_nothing_is_signed_that_lost_what_was_signed(log: SqlAccessLog, database: Database) -> None:
    log.write([an_entry(number) for number in range(5)])
    log.checkpoint()
    without_triggers(database)
    with database.write() as connection:
        connection.execute(log_entries.delete().where(log_entries.c.seq > 3))
    with pytest.raises(Tampered):
        sql_log(database).checkpoint()
    with database.write() as connection:
        connection.execute(log_checkpoints.delete())
    with pytest.raises(Tampered):
        log.checkpoint()  # this process remembers; only one that starts anew, without a witness, would not


def test_nothing_is_signed_with_an_entry_missing(log: SqlAccessLog, database: Database) -> None:
    log.write([an_entry(number) for number in range(5)])
    without_triggers(database)
    with database.write() as connection:
        connection.execute(log_entries.delete().where(log_entries.c.seq == 3))
    with pytest.raises(Tampered):
        log.checkpoint()


def test_a_rewritten_past_is_never_signed_as_if_it_were_ours(log: SqlAccessLog, database: Database) -> None:
    """Whatever stands in the leaves, the next checkpoint contains what was signed, so the rewriting shows."""
    log.write([an_entry(number) for number in range(4)])
    log.checkpoint()
    without_triggers(database)
    change(database, 2, leaf=bytes(32))
    log.write([an_entry(9)])
    assert log.checkpoint() is not None
    broken = log.verify().first_broken
    assert broken is not None
    assert broken.seq == 2


@pytest.mark.parametrize("column", ["note", "frontier"])
def test_a_last_checkpoint_that_is_not_ours_is_an_alarm(log: SqlAccessLog, database: Database, column: str) -> None:
    log.write([an_entry(number) for number in range(4)])
    log.checkpoint()
    without_triggers(database)
    with database.write() as connection:
        row = connection.execute(sa.select(log_checkpoints)).one()
        altered = row.note.replace("\n4\n", "\n3\n") if column == "note" else row.frontier[:-1] + b"\x00"
        connection.execute(log_checkpoints.update().values({column: altered}))
    log.write([an_entry(5)])
    with pytest.raises(Tampered):
        log.checkpoint()


# It grows and forgets, and nothing else.


def test_private_halves_end_with_the_logs_retention_and_the_tree_still_verifies(
    log: SqlAccessLog, database: Database
) -> None:
    log.write([an_entry(number) for number in range(6)])
    log.checkpoint()
    assert log.end_private_halves(NOVEMBER + timedelta(seconds=4)) == 4
    assert log.end_private_halves(NOVEMBER + timedelta(seconds=4)) == 0
    assert [entry.actor for entry in log.find()] == [None] * 4 + [LEADER] * 2
    assert len(log.find(subject=MOTHER)) == 2
    verdict = log.verify()
    assert verdict.ok
    assert (verdict.ended, verdict.newest_ended) == (4, "2026-11-03T17:30:03.123Z")
    with database.read() as connection:
        gone = sa.select(log_entries.c.salt, log_entries.c.actor, log_entries.c.subject).where(log_entries.c.seq <= 4)
        assert set(connection.execute(gone).all()) == {(None, None, None)}


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM log_entries WHERE seq = 2",
        "DELETE FROM log_checkpoints",
        "UPDATE log_entries SET seq = 9 WHERE seq = 2",
        "UPDATE log_entries SET role = 'volunteer' WHERE seq = 2",
        "UPDATE log_entries SET public = private WHERE seq = 2",
        "UPDATE log_entries SET leaf = salt WHERE seq = 2",
        "UPDATE log_entries SET private_digest = salt WHERE seq = 2",
        "UPDATE log_entries SET private = public WHERE seq = 2",
        "UPDATE log_entries SET actor = subject WHERE seq = 2",
        "UPDATE log_entries SET private = public WHERE seq = 1",  # ended before
        "UPDATE log_entries SET course = NULL WHERE seq = 2",
        "UPDATE log_checkpoints SET size = 9",
    ],
)
def test_the_database_refuses_to_change_the_log(log: SqlAccessLog, database: Database, statement: str) -> None:
    refuses(log, database, statement)


def test_the_database_refuses_what_only_it_knows_to_change_the_log_by(log: SqlAccessLog, database: Database) -> None:
    on_postgresql = ["TRUNCATE log_entries", "TRUNCATE log_checkpoints"]
    on_sqlite = ["INSERT OR REPLACE INTO log_entries SELECT * FROM log_entries WHERE seq = 2"]
    for statement in on_postgresql if database.is_postgresql else on_sqlite:
        refuses(log, database, statement)


def refuses(log: SqlAccessLog, database: Database, statement: str) -> None:
    log.write([an_entry(number) for number in range(3)])
    log.checkpoint()
    log.end_private_halves(NOVEMBER + timedelta(seconds=1))
    before = list(log.entries()), log.checkpoints()
    with pytest.raises(sa.exc.DBAPIError, match=r"append-only|follows the last one"), database.write() as connection:
        connection.exec_driver_sql(statement)
    assert (list(log.entries()), log.checkpoints()) == before


@pytest.mark.parametrize("part", ["public", "private", "salt", "private_digest", "leaf"])
def test_one_flipped_byte_is_named(log: SqlAccessLog, database: Database, part: str) -> None:
    log.write([an_entry(number) for number in range(8)])
    without_triggers(database)
    whole = getattr(list(log.entries())[4], part)
    change(database, 5, **{part: whole[:20] + bytes([whole[20] ^ 1]) + whole[21:]})
    broken = log.verify().first_broken
    assert broken is not None
    assert broken.seq == 5


@pytest.mark.parametrize(
    "filed",
    [
        {"actor": MOTHER}, {"subject": None}, {"role": "family"}, {"at": 0}, {"allowed": False}, {"place_in_tree": 7},
        {"course": None}, {"action": "search"}, {"compartment": "contact"}, {"request_id": None},
    ],
)  # fmt: skip
def test_an_entry_hidden_from_the_officers_search_is_named(
    log: SqlAccessLog, database: Database, filed: dict[str, Any]
) -> None:
    log.write([an_entry(number) for number in range(8)])
    without_triggers(database)
    change(database, 5, **filed)
    broken = log.verify().first_broken
    assert broken is not None
    assert (broken.seq, broken.flaw) == (5, Flaw.INDEX_ALTERED)


def test_a_truncated_log_is_caught(log: SqlAccessLog, database: Database) -> None:
    log.write([an_entry(number) for number in range(8)])
    log.checkpoint()
    without_triggers(database)
    with database.write() as connection:
        connection.execute(log_entries.delete().where(log_entries.c.seq > 6))
    broken = log.verify().first_broken
    assert broken is not None
    assert (broken.seq, broken.flaw) == (7, Flaw.TRUNCATED)
