"""The access log on SQLite and PostgreSQL: durable, gap-free, append-only, and found out when it is not."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from gdpr.ports import LogUnavailable
from infrastructure.access_log_store import SqlAccessLog
from infrastructure.database import Database
from infrastructure.group_commit import GroupCommit
from infrastructure.log_tables import log_entries
from tests.access_log_examples import (
    CONSENT,
    COURSE,
    LEADER,
    MOTHER,
    NOVEMBER,
    PART,
    SetClock,
    an_entry,
    in_milliseconds,
    make_tables,
    numbers,
    sql_log,
    without_triggers,
    write_from_threads,
)
from tests.forked import Program
from tests.postgres import Backend


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


def talk(database: Database, tmp_path: Path, doing: Callable[[], object]) -> list[str]:
    """What the driver says to the database, or PostgreSQL's answers that end a round trip, while this is done."""
    said: list[str] = []
    trace = (tmp_path / "trace").open("w+b")

    def listen(dbapi: Any, _: Any) -> None:
        if database.is_postgresql:
            dbapi.pgconn.trace(trace.fileno())
        else:
            dbapi.set_trace_callback(said.append)

    database.close()
    sa.event.listen(database.engine, "connect", listen)
    doing()
    sa.event.remove(database.engine, "connect", listen)
    database.close()
    with trace:
        trace.seek(0)
        said += re.findall("ReadyForQuery", trace.read().decode())
    return [statement.split()[0] for statement in said]


def commits(database: Database, tmp_path: Path, doing: Callable[[], object]) -> int:
    """How many commits an act takes."""
    if not database.is_postgresql:
        return talk(database, tmp_path, doing).count("COMMIT")
    before = _transactions(database)
    doing()
    return _transactions(database) - before


def _transactions(database: Database) -> int:
    with database.engine.connect() as connection:
        return int(connection.exec_driver_sql("SELECT count(DISTINCT xmin::text) FROM log_entries").scalar_one())


# What is written is found.


def test_entries_come_back_oldest_first_and_as_they_were(log: SqlAccessLog) -> None:
    entries = [
        an_entry(1, details={"rows": 3}),
        an_entry(2, subject=None, course=None, unit=UUID(int=7), allowed=False),
    ]
    log.write(entries)
    log.write([])
    assert log.find() == [in_milliseconds(entry) for entry in entries]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"subject": MOTHER}, [1, 2, 4]),
        ({"subjects": (MOTHER, UUID(int=20))}, [1, 2, 3, 4]),
        ({"subjects": ()}, []),
        ({"actor": UUID(int=21)}, [2]),
        ({"role": "volunteer"}, [3]),
        ({"compartment": "contact"}, [4]),
        ({"action": "refused"}, [3]),
        ({"allowed": False}, [3]),
        ({"course": UUID(int=22)}, [4]),
        ({"record": UUID(int=23)}, [2]),
        ({"record": CONSENT}, []),
        ({"session": UUID(int=24)}, [3]),
        ({"session": UUID(int=23)}, []),
        ({"process": "volunteers"}, [3, 4]),
        ({"process": "volunteers", "session": UUID(int=24)}, [3]),
        ({"process": "olunteers"}, []),
        ({"roles": ("volunteer", "leader"), "compartments": ("contact",)}, [4]),
        ({"actions": ("read", "print"), "but_actions": ("print",)}, [1, 2, 4]),
        ({"outside": {UUID(int=22): (NOVEMBER, NOVEMBER + timedelta(seconds=4))}}, [4]),
        ({"outside": {COURSE: (NOVEMBER + timedelta(seconds=2), NOVEMBER + timedelta(seconds=3))}}, [1, 3]),
        ({"outside": {}}, []),
        ({"numbers": (2, 4), "upto": 3}, [2]),
        ({"request": UUID(int=1003)}, [3]),
        ({"since": NOVEMBER + timedelta(seconds=3)}, [3, 4]),
        ({"until": NOVEMBER + timedelta(seconds=3)}, [1, 2]),
        ({"subject": MOTHER, "role": "leader", "course": COURSE, "record": PART}, [1]),
    ],
)
def test_the_officer_finds_by(log: SqlAccessLog, asked: dict[str, Any], found: list[int]) -> None:
    log.write([an_entry(1), an_entry(2, actor=UUID(int=21), records=(UUID(int=23),))])
    telephone = {"session": UUID(int=24), "process": "volunteers"}
    log.write([an_entry(3, role="volunteer", action="refused", allowed=False, subject=UUID(int=20), **telephone)])
    log.write([an_entry(4, compartment="contact", course=UUID(int=22), process="volunteers")])
    assert [entry.request_id.int - 1000 for entry in log.find(**asked)] == found
    assert log.count(**asked) == len(found)
    assert [entry.seq for entry in log.find(**asked, limit=1)] == found[:1]
    assert [entry.seq for entry in log.find(**asked, limit=2, after=2)] == [seq for seq in found if seq > 2][:2]


def test_the_database_counts_by_whom_and_by_month(log: SqlAccessLog) -> None:
    log.write([an_entry(1), an_entry(2, subject=UUID(int=20)), an_entry(3, subject=UUID(int=20))])
    log.write([an_entry(4, actor=UUID(int=21), request_id=UUID(int=9)), an_entry(5, actor=UUID(int=21), allowed=False)])
    busiest, other = log.tally(("actor", "allowed"), limit=2)
    assert (busiest.by, busiest.entries, busiest.requests, busiest.subjects) == (
        {"actor": LEADER, "allowed": True}, 3, 3, 2,
    )  # fmt: skip
    assert other.by["actor"] == UUID(int=21)
    assert [line.by for line in log.tally(("actor",), fewest_subjects=2)] == [{"actor": LEADER}]
    assert log.tally(("actor",), offset=2) == []
    assert [(line.by, line.entries) for line in log.tally(("month",), role="leader")] == [({"month": "2026-11"}, 5)]
    assert log.last() == 5


def test_which_checkpoint_covers_a_moment_follows_from_the_log_and_nobody_chooses_it(log: SqlAccessLog) -> None:
    assert log.signed_past(NOVEMBER) is None
    log.write([an_entry(1), an_entry(2)])
    first = log.checkpoint()
    log.write([an_entry(3)])
    assert log.signed_past(NOVEMBER + timedelta(seconds=4)) is None, "the third is not signed yet"
    second = log.checkpoint()
    log.write([an_entry(9)])
    log.checkpoint()
    assert log.signed_past(NOVEMBER + timedelta(seconds=4)) == second
    assert log.signed_past(NOVEMBER + timedelta(seconds=3)) == first
    assert log.signed_past(NOVEMBER) == first


def test_nothing_is_found_by_what_the_log_does_not_know(log: SqlAccessLog) -> None:
    with pytest.raises(TypeError, match="words"):
        log.find(words="anything")


def test_what_is_written_is_there_for_another_process_at_once(log: SqlAccessLog, url: str) -> None:
    log.write([an_entry()])
    other = Database(url)
    assert sql_log(other).find() == [in_milliseconds(an_entry())]
    other.close()


def test_an_entry_is_durable_also_when_the_transaction_around_it_is_rolled_back(
    log: SqlAccessLog, database: Database
) -> None:
    """Nobody has reason to write one there; on SQLite, where a second writer would wait, around it is a reader."""

    def roll_back_around() -> None:
        with database.write() if database.is_postgresql else database.read():
            log.write([an_entry()])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        roll_back_around()
    assert numbers(log) == [1]


def test_an_entry_that_cannot_be_written_down_harms_nobody_elses(log: SqlAccessLog) -> None:
    with pytest.raises(ValueError, match="somebody"):
        log.write([an_entry(1), an_entry(2, actor=None)])
    log.write([an_entry(3)])
    assert numbers(log) == [1]


# One sequence, few commits.


def test_the_turn_of_a_month_is_one_commit(database: Database, tmp_path: Path) -> None:
    clock = SetClock()
    log = sql_log(database, clock)
    log.write([an_entry(1)])
    clock.moment = datetime(2026, 12, 1, tzinfo=UTC)
    assert commits(database, tmp_path, lambda: log.write([an_entry(2)])) == 1
    assert log.trees() == ["2026-11", "2026-12"]


def test_a_lone_write_is_one_commit(log: SqlAccessLog, database: Database, tmp_path: Path) -> None:
    assert commits(database, tmp_path, lambda: [log.write([an_entry(n), an_entry(n + 50)]) for n in range(10)]) == 10


def test_a_lone_write_asks_the_database_once(log: SqlAccessLog, database: Database, tmp_path: Path) -> None:
    log.write([an_entry()])
    once, twice = (
        talk(database, tmp_path, lambda times=times: [log.write([an_entry(1), an_entry(2)]) for _ in range(times)])
        for times in (1, 2)
    )
    if database.is_postgresql:
        assert len(twice) - len(once) == 1
    else:
        assert [word for word in once if word in ("BEGIN", "SELECT", "COMMIT")] == ["BEGIN", "SELECT", "COMMIT"]


def test_threads_and_processes_share_one_sequence_without_gaps(log: SqlAccessLog, database: Database, url: str) -> None:
    script = (
        "import sys; from infrastructure.database import Database; from tests.access_log_examples import *;"
        "write_from_threads(sql_log(Database(sys.argv[1])), 4, 25)"
    )
    others = [Program(script, url) for _ in range(2)]
    write_from_threads(log, 16, 25)
    for other in others:
        assert (other.communicate()[1], other.returncode) == ("", 0)
    assert numbers(log) == list(range(1, 601))
    log.checkpoint()
    assert log.verify().ok
    log.write([an_entry()])  # this process goes on behind what the others wrote
    assert numbers(log)[-1] == 601


def test_writers_who_wait_share_a_commit(log: SqlAccessLog, database: Database, tmp_path: Path) -> None:
    taken = commits(database, tmp_path, lambda: write_from_threads(log, 16, 25))
    assert numbers(log) == list(range(1, 401))
    assert 25 <= taken < 300


def test_one_commit_serves_all_who_came_while_the_disk_was_busy() -> None:
    came = Barrier(2)
    batches: list[list[int]] = []

    def slowly(batch: Any) -> None:
        batches.append(sorted(batch))
        if len(batches) == 1:
            came.wait(10)
            came.wait(10)
        if 13 in batch:
            raise ArithmeticError

    commit = GroupCommit[int](slowly)
    failed: list[int] = []

    def submit(number: int) -> None:
        try:
            commit.submit(number)
        except ArithmeticError:
            failed.append(number)

    first = Thread(target=submit, args=(0,))
    first.start()
    came.wait(10)
    rest = [Thread(target=submit, args=(number,)) for number in (11, 12, 13)]
    for thread in rest:
        thread.start()
    while len(commit._waiting) < 3:
        pass
    came.wait(10)
    for thread in (first, *rest):
        thread.join(10)
    submit(5)
    assert batches == [[0], [11, 12, 13], [5]]
    assert sorted(failed) == [11, 12, 13]


def test_a_log_put_back_behind_a_running_process_gets_no_gap(log: SqlAccessLog, database: Database) -> None:
    for number in range(3):
        log.write([an_entry(number)])
    without_triggers(database)
    with database.write() as connection:
        connection.execute(log_entries.delete().where(log_entries.c.seq > 1))
    log.write([an_entry(9)])
    assert numbers(log) == [1, 2]


# When the log cannot be written, nothing is shown.


def silent_about_ids(error: BaseException) -> bool:
    told = "".join(traceback.format_exception(error))
    return not any(str(identity) in told or identity.hex in told for identity in (LEADER, MOTHER, PART, CONSENT))


def test_without_its_tables_the_log_is_unavailable_and_recovers_with_them(
    log: SqlAccessLog, database: Database
) -> None:
    log.write([an_entry(1)])
    for name, other in (("log_entries", "away"), ("away", "log_entries")):
        with database.write() as connection:
            connection.exec_driver_sql(f"ALTER TABLE {name} RENAME TO {other}")
        if other == "away":
            for ask in (lambda: log.write([an_entry(2)]), log.find, log.checkpoint, log.trees, log.verify):
                with pytest.raises(LogUnavailable) as refusal:
                    ask()
                assert refusal.value.__cause__ is not None
                assert silent_about_ids(refusal.value)
    log.write([an_entry(3)])
    assert numbers(log) == [1, 2]


def test_a_log_that_is_read_only_is_unavailable(log: SqlAccessLog, database: Database, url: str) -> None:
    read_only = Database(url)

    @sa.event.listens_for(read_only.engine, "connect")
    def _connect(dbapi: Any, _: Any) -> None:
        if database.is_postgresql:
            dbapi.read_only = True
        else:
            dbapi.execute("PRAGMA query_only=ON")

    with pytest.raises(LogUnavailable) as refusal:
        sql_log(read_only).write([an_entry()])
    assert silent_about_ids(refusal.value)
    assert sql_log(read_only).find() == []
    read_only.close()


def test_a_log_whose_database_is_gone_is_unavailable(backend: Backend, url: str, tmp_path: Path) -> None:
    gone = sa.make_url(url).set(database=str(tmp_path / "gone" / "log.db") if backend.name == "sqlite" else "gone")
    database = Database(gone.render_as_string(hide_password=False))
    with pytest.raises(LogUnavailable) as refusal:
        sql_log(database).write([an_entry()])
    assert silent_about_ids(refusal.value)
    database.close()
