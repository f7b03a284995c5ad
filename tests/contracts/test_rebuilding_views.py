"""Views built again are the views that followed along, whoever writes, erases, reads or dies meanwhile."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID, uuid4, uuid5

import msgspec
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from application.ports import Context, Recorded, Rows
from application.views.rows import Holds, view_row
from domain.compartments import CLUB_TELEPHONE, CONTACT
from domain.facts import CLEAR, FACTS, Fact, Personal, Place, Sealed, fact
from domain.people import FamilyId, PersonId, Role
from infrastructure.database import Database
from infrastructure.rebuild import Gone, Overtaken, rebuild, same_rows
from infrastructure.rows import SqlRows, pack_sealed, purge, sealed_values, unpack_sealed
from infrastructure.view_tables import create_tables, recreate, stale
from tests.forked import FORKING
from tests.postgres import Backend


class Stage(StrEnum):
    WAITING = "waiting"
    INVITED = "invited"


@fact("test.told")
class Told(Fact):
    family: Annotated[FamilyId, CLEAR]
    person: Annotated[PersonId, CLEAR]
    words: Annotated[str | Sealed | None, Personal(about="person", kept_in=CONTACT)]
    telephone: Annotated[str | Sealed | None, Personal(about="person", kept_in=CLUB_TELEPHONE)]


@fact("test.moved")
class Moved(Fact):
    family: Annotated[FamilyId, CLEAR]
    stage: Annotated[Stage, CLEAR]


@fact("test.left")
class Left(Fact):
    person: Annotated[PersonId, CLEAR]


@view_row("test_rebuilt_person", key=("family", "person"), about="person", indexes=[("stage",)])
class PersonRow:
    family: FamilyId
    person: PersonId
    stage: Stage
    words: Annotated[Sealed | None, Holds(CONTACT)]
    telephone: Annotated[Sealed | None, Holds(CLUB_TELEPHONE)]


@view_row("test_rebuilt_tally", key=("family",))
class TallyRow:
    family: FamilyId
    stage: Stage
    told: int


class People:
    NAME = "test_people"
    ROWS: tuple[type[Any], ...] = (PersonRow,)

    def follow(self, recorded: Recorded, rows: Rows) -> None:
        match recorded.fact:
            case Told() as told:
                known = rows.get(PersonRow, family=told.family, person=told.person)
                rows.put(
                    PersonRow(
                        family=told.family, person=told.person, stage=known.stage if known else Stage.WAITING,
                        words=told.words, telephone=told.telephone or (known.telephone if known else None),
                    )
                )  # fmt: skip
            case Moved(family=family, stage=stage):
                rows.change(PersonRow, {"family": family}, stage=stage)
            case Left(person=person):
                rows.delete(PersonRow, person=person)


class Tallies:
    NAME = "test_tallies"
    ROWS: tuple[type[Any], ...] = (TallyRow,)

    def follow(self, recorded: Recorded, rows: Rows) -> None:
        match recorded.fact:
            case Told(family=family):
                known = rows.get(TallyRow, family=family)
                stage, told = (known.stage, known.told) if known else (Stage.WAITING, 0)
                rows.put(TallyRow(family=family, stage=stage, told=told + 1))
            case Moved(family=family, stage=stage):
                rows.change(TallyRow, {"family": family}, stage=stage)


VIEWS = (People(), Tallies())
CLASSES = (PersonRow, TallyRow)
NOBODY = Context(UUID(int=1), Role.LEADER, None, UUID(int=2), datetime(2031, 5, 1, tzinfo=UTC), datetime.now(UTC))

log = sa.Table(
    "test_log", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True), sa.Column("fact", sa.LargeBinary)
)


class Log:
    """A small log of facts that keeps its views in each fact's own transaction, as the register does."""

    def __init__(self, database: Database) -> None:
        self.database = database
        with database.write() as connection:
            log.create(connection, checkfirst=True)
        create_tables(database, CLASSES)

    def lock_writers(self, connection: sa.Connection) -> None:
        if self.database.is_postgresql:
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(471)")

    def append(self, fact: Fact) -> None:
        with self.database.write() as connection:
            self.lock_writers(connection)
            position = connection.execute(sa.insert(log).values(fact=_stored(fact))).inserted_primary_key[0]
            rows = SqlRows(connection, self.database.is_postgresql)
            for view in VIEWS:
                view.follow(_recorded(position, fact), rows)

    def events_after(self, position: int, limit: int) -> list[tuple[int, Recorded]]:
        wanted = sa.select(log).where(log.c.id > position).order_by(log.c.id).limit(limit)
        with self.database.read() as connection:
            return [(row.id, _recorded(row.id, _restored(row.fact))) for row in connection.execute(wanted)]

    def head(self) -> int:
        with self.database.read() as connection:
            return connection.execute(sa.select(sa.func.coalesce(sa.func.max(log.c.id), 0))).scalar_one()

    def rebuild(self, **given: Any) -> int:
        chosen: dict[str, Any] = {"lock_writers": self.lock_writers, "gone": lambda: (), "batch": 3, **given}
        return rebuild(self, self.database, VIEWS, **chosen)

    def erase(self, subject: UUID, compartment: str) -> None:
        with self.database.write() as connection:
            purge(connection, CLASSES, subject, [compartment])

    def digests(self) -> dict[str, str]:
        return same_rows(self.database, VIEWS)

    def sealed(self) -> list[Sealed]:
        with self.database.read() as connection:
            return [value for _, _, value in sealed_values(connection, CLASSES)]

    def fresh_tables(self) -> list[str]:
        return [name for name in sa.inspect(self.database.engine).get_table_names() if name.startswith("fresh_")]


def _stored(fact: Fact) -> bytes:
    fields = {name: getattr(fact, name) for name in fact.__dataclass_fields__}  # type: ignore[attr-defined]
    return msgspec.msgpack.encode(
        (fact.TOPIC, {name: pack_sealed(v) if isinstance(v, Sealed) else v for name, v in fields.items()})
    )


def _restored(stored: bytes) -> Fact:
    topic, fields = msgspec.msgpack.decode(stored)
    kind = FACTS[topic]
    for name, value in fields.items():
        if name in kind.MARKS.personal:
            fields[name] = value and unpack_sealed(value)
        else:
            fields[name] = Stage(value) if name == "stage" else UUID(value)
    return kind(**fields)


def _recorded(position: int, fact: Fact) -> Recorded:
    return Recorded(UUID(int=7), position, fact, NOBODY)


def told(person: UUID, family: UUID, *, words: bool = True, telephone: bool = True) -> Told:
    def value(field: str, compartment: str) -> Sealed:
        return Sealed(os.urandom(12), Place(family, 1, "test.told", field), person, compartment)

    return Told(
        family=FamilyId(family), person=PersonId(person), words=value("words", "contact") if words else None,
        telephone=value("telephone", "club_telephone") if telephone else None,
    )  # fmt: skip


def some_facts(count: int) -> Iterable[Fact]:
    families = [uuid5(UUID(int=9), str(number)) for number in range(5)]
    for number in range(count):
        family = families[number % 5]
        if number % 4 == 3:
            yield Moved(family=FamilyId(family), stage=Stage.INVITED if number % 3 else Stage.WAITING)
        else:
            yield told(uuid5(family, str(number % 3)), family, telephone=number % 2 == 0)


@pytest.fixture
def url(backend: Backend) -> str:
    return backend.new_database()


@pytest.fixture
def register(url: str) -> Iterator[Log]:
    database = Database(url)
    yield Log(database)
    database.close()


# --- the same rows ----------------------------------------------------------------------------------------------------

ids = st.integers(1, 4).map(lambda number: UUID(int=number))
steps = st.lists(
    st.one_of(
        st.tuples(st.just("told"), ids, ids, st.booleans(), st.booleans()),
        st.tuples(st.just("moved"), ids, st.sampled_from(Stage)),
        st.tuples(st.just("left"), ids),
        st.tuples(st.just("erased"), ids, st.sampled_from(["contact", "club_telephone"])),
    ),
    max_size=25,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps, batch=st.integers(1, 8))
def test_rebuilt_rows_are_the_rows_that_followed_along(register: Log, steps: list[Any], batch: int) -> None:
    recreate(register.database, CLASSES)
    with register.database.write() as connection:
        connection.execute(sa.delete(log))
    gone: list[Gone] = []
    for step in steps:
        match step:
            case "told", person, family, words, telephone:
                words = words and (person, "contact", None) not in gone
                telephone = telephone and (person, "club_telephone", None) not in gone
                register.append(told(person, family, words=words, telephone=telephone))
            case "moved", family, stage:
                register.append(Moved(family=family, stage=stage))
            case "left", person:
                register.append(Left(person=person))
            case "erased", person, compartment:
                gone.append((person, compartment, None))
                register.erase(person, compartment)
    followed = register.digests()
    assert register.rebuild(batch=batch, gone=lambda: gone) == register.head()
    assert register.digests() == followed


def test_the_digests_tell_one_changed_value_from_none(register: Log) -> None:
    for one in some_facts(6):
        register.append(one)
    before = register.digests()
    register.erase(register.sealed()[0].subject, "contact")
    after = register.digests()
    assert before["view_test_rebuilt_person"] != after["view_test_rebuilt_person"]
    assert before["view_test_rebuilt_tally"] == after["view_test_rebuilt_tally"]


def test_a_rebuild_puts_right_what_went_wrong_in_a_row(register: Log) -> None:
    for one in some_facts(10):
        register.append(one)
    right = register.digests()
    with register.database.write() as connection:
        rows = SqlRows(connection, register.database.is_postgresql)
        rows.change(TallyRow, {}, told=99)
        rows.delete(PersonRow, stage=Stage.WAITING)
    assert all(register.digests()[table] != right[table] for table in right)
    register.rebuild()
    assert register.digests() == right


def test_a_view_that_was_stale_or_absent_is_not_any_more(register: Log) -> None:
    for one in some_facts(10):
        register.append(one)
    right = register.digests()
    with register.database.write() as connection:
        connection.exec_driver_sql("DROP TABLE view_test_rebuilt_person")
        connection.exec_driver_sql("UPDATE view_schema SET shape_hash = 'older'")
    assert len(stale(register.database, CLASSES)) == 2
    register.rebuild()
    assert stale(register.database, CLASSES) == []
    assert register.digests() == right


def test_progress_rises_to_the_head(register: Log) -> None:
    for one in some_facts(10):
        register.append(one)
    heard: list[tuple[int, int]] = []
    register.rebuild(batch=4, progress=lambda done, total: heard.append((done, total)))
    assert heard == [(4, 10), (8, 10), (10, 10)]


# --- while others write, erase and read -------------------------------------------------------------------------------


class Restless(Log):
    """Somebody appends just after each of the first two looks that found no more: only the swap can see the second."""

    appends = 2

    def events_after(self, position: int, limit: int) -> list[tuple[int, Recorded]]:
        page = super().events_after(position, limit)
        if len(page) < limit and self.appends:
            self.appends -= 1
            self.append(told(uuid4(), uuid4()))
        return page


def test_what_is_written_between_the_last_look_and_the_swap_is_in_the_rows(register: Log) -> None:
    restless = Restless(register.database)
    for one in some_facts(5):
        restless.append(one)
    assert restless.rebuild() == 7
    followed = restless.digests()
    register.rebuild()
    assert (restless.appends, register.digests()) == (0, followed)


def _write_until(url: str, ended: threading.Event, failures: list[BaseException]) -> None:
    database = Database(url)
    writer = Log(database)
    try:
        while not ended.is_set():
            for one in some_facts(20):
                writer.append(one)
                ended.wait(0.002)
    except BaseException as error:
        failures.append(error)
    database.close()


def test_two_writers_lose_nothing_to_the_rebuilds_beside_them(register: Log, url: str) -> None:
    ended, failures = threading.Event(), list[BaseException]()
    writers = [threading.Thread(target=_write_until, args=(url, ended, failures)) for _ in range(2)]
    for writer in writers:
        writer.start()
    try:
        while register.head() < 20:
            time.sleep(0.01)
        reached = []
        for _ in range(3):
            reached.append(register.rebuild(batch=50))
            while (
                register.head() == reached[-1] and not failures
            ):  # who waited for SQLite's lock looks again when it may
                time.sleep(0.01)
    finally:
        ended.set()
        for writer in writers:
            writer.join()
    followed = register.digests()
    register.rebuild(batch=50)
    assert failures == []
    assert 20 <= reached[0] < reached[2] < register.head()
    assert register.digests() == followed


def test_an_erased_subjects_values_do_not_come_back(register: Log) -> None:
    for one in some_facts(12):
        register.append(one)
    erased = register.sealed()[0].subject
    others = [value for value in register.sealed() if (value.subject, value.compartment) != (erased, "contact")]
    register.rebuild(gone=lambda: [(erased, "contact", None), (erased, "case_file", None), (uuid4(), "contact", None)])
    assert {value.token for value in register.sealed()} == {value.token for value in others}


def test_what_a_key_sealed_that_ended_does_not_come_back_and_what_its_successor_sealed_stays(register: Log) -> None:
    for one in some_facts(12):
        register.append(one)
    ended = register.sealed()[0]
    successors = [value for value in register.sealed() if value.token != ended.token]
    register.rebuild(gone=lambda: [(ended.subject, ended.compartment, ended.token), (uuid4(), "contact", bytes(16))])
    assert {value.token for value in register.sealed()} == {value.token for value in successors}


def test_an_erasure_during_the_rebuild_is_in_force_after_it(register: Log) -> None:
    for one in some_facts(12):
        register.append(one)
    erased = register.sealed()[0].subject
    answers = iter([[], [(erased, "contact", None), (erased, "club_telephone", None)]])
    register.rebuild(gone=lambda: next(answers))
    assert register.sealed()
    assert erased not in {value.subject for value in register.sealed()}


def test_the_later_of_two_rebuilds_goes_on_and_the_earlier_stops(register: Log) -> None:
    for one in some_facts(12):
        register.append(one)
    followed = register.digests()

    def start_another(done: int, total: int) -> None:
        if done == 6:
            register.rebuild()

    with pytest.raises(Overtaken):
        register.rebuild(progress=start_another)
    assert (register.digests(), register.fresh_tables()) == (followed, [])


def test_a_long_reader_holds_up_the_swap_but_no_writer(new_database: Callable[[], str]) -> None:
    url = new_database()
    register, elsewhere, reading = (Log(Database(url)) for _ in range(3))
    for one in some_facts(5):
        register.append(one)
    rebuilding = threading.Thread(target=register.rebuild)
    with reading.database.read() as connection:
        SqlRows(connection, True).where(PersonRow)
        rebuilding.start()
        deadline = time.monotonic() + 1.5
        while time.monotonic() < deadline:
            elsewhere.append(told(uuid4(), uuid4()))
        assert rebuilding.is_alive()
    rebuilding.join(30)
    assert not rebuilding.is_alive()
    followed = register.digests()
    assert register.fresh_tables() == []
    register.rebuild()
    assert register.digests() == followed
    for each in (register, elsewhere, reading):
        each.database.close()


def test_who_might_read_the_old_table_may_read_the_new_one(new_database: Callable[[], str]) -> None:
    register = Log(Database(new_database()))
    with register.database.write() as connection:
        connection.exec_driver_sql("GRANT SELECT, INSERT ON view_test_rebuilt_tally TO pg_monitor")
        connection.exec_driver_sql("GRANT SELECT ON view_test_rebuilt_person TO PUBLIC")
    register.rebuild()
    with register.database.read() as connection:
        allowed = {
            (table, right): connection.exec_driver_sql(
                "SELECT has_table_privilege('pg_monitor', %s, %s)", (f"view_test_rebuilt_{table}", right)
            ).scalar_one()
            for table in ("tally", "person")
            for right in ("SELECT", "INSERT", "DELETE")
        }
    assert {each for each, yes in allowed.items() if yes} == {
        ("tally", "SELECT"), ("tally", "INSERT"), ("person", "SELECT")
    }  # fmt: skip
    register.database.close()


# --- killed -----------------------------------------------------------------------------------------------------------


def _die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _rebuild_and_die(url: str, moment: str) -> None:
    database = Database(url)
    register = Log(database)
    given: dict[str, Any] = {}
    if moment == "while it fills":
        given["progress"] = lambda done, total: done >= total // 2 and _die()
    if moment == "before the swap":
        answers: Iterator[Callable[[], Any]] = iter([lambda: (), _die])
        given["gone"] = lambda: next(answers)()
    if moment == "between the swap of two tables":

        @sa.event.listens_for(database.engine, "after_cursor_execute")
        def _(_: Any, __: Any, statement: str, *___: Any) -> None:
            if "RENAME" in statement:
                _die()

    if moment == "after the swap of two tables":

        @sa.event.listens_for(database.engine, "commit")
        def _(connection: sa.Connection) -> None:
            if not any(name.startswith("fresh_") for name in sa.inspect(connection).get_table_names()):
                _die()

    register.rebuild(**given)


MOMENTS = (
    "while it fills",
    "before the swap",
    "between the swap of two tables",
    "after the swap of two tables",
)


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_rebuild_that_is_killed_leaves_the_live_rows_and_can_be_done_again(
    register: Log, url: str, moment: str
) -> None:
    for one in some_facts(20):
        register.append(one)
    with register.database.write() as connection:  # wrong on purpose: a swap would put it right
        SqlRows(connection, register.database.is_postgresql).change(TallyRow, {}, told=99)
    before = register.digests()
    process = FORKING.Process(target=_rebuild_and_die, args=(url, moment))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    assert register.digests() == before
    assert register.fresh_tables() == ["fresh_view_test_rebuilt_person", "fresh_view_test_rebuilt_tally"]
    register.append(told(uuid4(), uuid4()))
    with register.database.write() as connection:  # what a rebuild left of a view that is not declared any more
        connection.exec_driver_sql("CREATE TABLE fresh_view_of_old (words TEXT)")
    register.rebuild()
    assert register.digests() != before
    assert register.fresh_tables() == []
    assert stale(register.database, CLASSES) == []
    with register.database.read() as connection:
        tallies = SqlRows(connection, register.database.is_postgresql).where(TallyRow)
    assert sum(row.told for row in tallies) == 16
