"""Rows come back as they were put, hold only what they declare, and lose one person's values when these are purged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from application.then import RowsInMemory
from application.views.rows import Holds, WrongCompartment, view_row
from domain.compartments import CLUB_TELEPHONE, CONTACT, NOTE
from domain.facts import Place, Sealed
from domain.people import FamilyId, SubjectId
from gdpr.ports import Tampered
from infrastructure.database import Database
from infrastructure.rows import SqlRows, pack_sealed, purge, sealed_values, unpack_sealed
from infrastructure.view_tables import create_tables, recreate, shape_hash, stale, table_name, table_of
from tests.forked import FORKING
from tests.postgres import Backend


class Stage(StrEnum):
    WAITING = "waiting"
    INVITED = "invited"


@view_row("test_everything", key=("id",), indexes=[("day", "kind")])
class Everything:
    id: UUID
    family: FamilyId | None
    kind: str
    where: str | None
    stage: Stage
    former: Stage | None
    number: int
    order: int | None
    open: bool
    returning: bool | None
    day: date
    until: date | None
    at: datetime
    since: datetime | None
    ids: tuple[FamilyId, ...]
    words: tuple[str, ...] | None
    stages: tuple[Stage, ...]
    days: tuple[date, ...]


@view_row("test_person", key=("family", "person"), about="person", indexes=[("stage",)])
class Person:
    family: FamilyId
    person: SubjectId
    stage: Stage
    name: Annotated[Sealed | None, Holds(CONTACT)]
    telephone: Annotated[Sealed | None, Holds(CLUB_TELEPHONE)]
    note: Annotated[Sealed | None, Holds(NOTE)]


@view_row("test_part", key=("part",), about="subject")
class Part:
    part: UUID
    subject: SubjectId
    words: Annotated[Sealed | None, Holds(NOTE)]


@view_row("test_pair", key=("left", "right"))
class Pair:
    left: UUID
    right: str


CLASSES: tuple[type[Any], ...] = (Everything, Person, Part, Pair)


def sealed(subject: UUID, compartment: str, token: bytes = b"\x01 made up") -> Sealed:
    return Sealed(token, Place(uuid4(), 3, "test.told", "words"), subject, compartment)


def person(**given: Any) -> Person:
    values: dict[str, Any] = {
        "family": FamilyId(uuid4()), "person": SubjectId(uuid4()), "stage": Stage.WAITING,
        "name": None, "telephone": None, "note": None,
    }  # fmt: skip
    return Person(**{**values, **given})


def full_person(**given: Any) -> Person:
    subject = SubjectId(uuid4())
    values = {
        "person": subject,
        "name": sealed(subject, "contact"),
        "telephone": sealed(subject, "club_telephone"),
        "note": sealed(subject, "note"),
    }
    return person(**{**values, **given})


@pytest.fixture
def database(backend: Backend) -> Iterator[Database]:
    database = Database(backend.new_database())
    create_tables(database, CLASSES)
    yield database
    database.close()


@pytest.fixture
def rows(database: Database) -> Iterator[SqlRows]:
    with database.write() as connection:
        yield SqlRows(connection, database.is_postgresql)


# --- what is put comes back -------------------------------------------------------------------------------------------

texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
moments = st.datetimes(
    min_value=datetime(1900, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
    max_value=datetime(2200, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=2)), timezone(timedelta(hours=-9, minutes=-30))]),
)
numbers = st.integers(min_value=-(2**63), max_value=2**63 - 1)
everything = st.builds(
    Everything, id=st.uuids(), family=st.none() | st.uuids(), kind=texts, where=st.none() | texts,
    stage=st.sampled_from(Stage), former=st.none() | st.sampled_from(Stage), number=numbers,
    order=st.none() | numbers, open=st.booleans(), returning=st.none() | st.booleans(), day=st.dates(),
    until=st.none() | st.dates(), at=moments, since=st.none() | moments, ids=st.lists(st.uuids()).map(tuple),
    words=st.none() | st.lists(texts).map(tuple), stages=st.lists(st.sampled_from(Stage)).map(tuple),
    days=st.lists(st.dates()).map(tuple),
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(row=everything)
def test_every_clear_type_comes_back_as_it_was_put(database: Database, row: Everything) -> None:
    with database.write() as connection:
        rows = SqlRows(connection, database.is_postgresql)
        rows.put(row)
        found = rows.get(Everything, id=row.id)
        by_each = [rows.where(Everything, id=row.id, **{name: getattr(row, name)}) for name in scalar_columns()]
    assert found == row
    assert [(type(found.stage), found.at.tzinfo)] == [(Stage, UTC)]
    assert found.former is None or type(found.former) is Stage
    assert all(type(stage) is Stage for stage in found.stages)
    assert by_each == [[row]] * len(by_each)


def scalar_columns() -> list[str]:
    return [name for name in Everything.__dataclass_fields__ if name not in ("id", "ids", "words", "stages", "days")]


@given(
    token=st.binary(), stream=st.uuids(), version=st.integers(0, 2**63 - 1), topic=texts, field=texts,
    subject=st.uuids(), compartment=texts,
)  # fmt: skip
def test_a_sealed_value_is_unpacked_exactly_as_it_was_packed(
    token: bytes, stream: UUID, version: int, topic: str, field: str, subject: UUID, compartment: str
) -> None:
    value = Sealed(token, Place(stream, version, topic, field), subject, compartment)
    assert unpack_sealed(pack_sealed(value)) == value


def test_bytes_that_are_no_sealed_value_raise_an_alarm() -> None:
    packed = pack_sealed(sealed(uuid4(), "note"))
    for damaged in (b"", packed[:-1], packed + b"\0", b"\x90" + packed[1:], packed.replace(b"\xc4\x10", b"\xc4\x0f")):
        with pytest.raises(Tampered):
            unpack_sealed(damaged)


def test_sealed_columns_come_back_with_their_place(rows: SqlRows) -> None:
    row = full_person()
    rows.put(row)
    assert rows.where(Person) == [row]


def test_times_without_a_zone_are_refused(rows: SqlRows) -> None:
    with pytest.raises(ValueError, match="zone"):
        rows.where(Everything, at=datetime(2031, 5, 1, 12))  # noqa: DTZ001 - what is refused


# --- put, get, where, change, delete, count ---------------------------------------------------------------------------


def test_putting_a_row_again_replaces_the_one_with_its_key(rows: SqlRows) -> None:
    first = full_person()
    later = person(family=first.family, person=first.person, stage=Stage.INVITED)
    other = full_person(family=first.family)
    for row in (first, other, later):
        rows.put(row)
    assert rows.get(Person, family=first.family, person=first.person) == later
    assert rows.get(Person, family=other.family, person=other.person) == other
    assert rows.count(Person) == 2


def test_a_row_that_is_all_key_may_be_put_twice(rows: SqlRows) -> None:
    pair = Pair(left=uuid4(), right="æ")
    rows.put(pair)
    rows.put(pair)
    assert rows.where(Pair) == [pair]


def test_a_row_that_is_not_there_is_none_and_half_a_key_is_refused(rows: SqlRows) -> None:
    assert rows.get(Pair, left=uuid4(), right="x") is None
    with pytest.raises(TypeError, match="left, right"):
        rows.get(Pair, left=uuid4())


def test_where_takes_any_of_several_values(rows: SqlRows) -> None:
    people = [person(stage=stage) for stage in (Stage.WAITING, Stage.INVITED, Stage.WAITING)]
    for row in people:
        rows.put(row)
    families = [row.family for row in people]
    assert set(rows.where(Person, family=tuple(families[:2]))) == set(people[:2])
    assert set(rows.where(Person, family=families, stage=(Stage.WAITING,))) == {people[0], people[2]}
    assert rows.where(Person, family=families[1], stage=(Stage.INVITED, Stage.WAITING)) == [people[1]]
    assert rows.where(Person, family=()) == []
    assert rows.count(Person, stage=Stage.WAITING) == 2


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=st.lists(everything, max_size=4, unique_by=lambda row: row.id), other=everything)
def test_where_any_of_agrees_with_looking_row_by_row(
    database: Database, made: list[Everything], other: Everything
) -> None:
    recreate(database, [Everything])
    with database.write() as connection:
        rows = SqlRows(connection, database.is_postgresql)
        for row in made:
            rows.put(row)
        for name in scalar_columns():
            wanted = (getattr(other, name), *(getattr(row, name) for row in made[:2]), None)
            expected = {row.id for row in made if getattr(row, name) in wanted}
            assert {row.id for row in rows.where(Everything, **{name: wanted})} == expected, name


def test_where_none_means_no_value(rows: SqlRows) -> None:
    told, silent = full_person(), person()
    rows.put(told)
    rows.put(silent)
    assert rows.where(Person, note=None) == [silent]
    assert rows.where(Person, note=None, family=told.family) == []


def test_rows_come_in_the_order_of_their_key_on_every_database(rows: SqlRows) -> None:
    left = sorted(uuid4() for _ in range(3))
    pairs = [Pair(left=one, right=right) for one in left for right in ("A", "Z", "a", "z", "Å", "æ", "😀")]
    for pair in reversed(pairs):
        rows.put(pair)
    assert rows.where(Pair) == pairs


def test_nothing_is_compared_with_a_sealed_value_or_an_unknown_column(rows: SqlRows) -> None:
    subject = uuid4()
    for equal in ({"note": sealed(subject, "note")}, {"note": (None,)}, {"nothing": None}, {"nothing": 1}):
        with pytest.raises(TypeError, match="compare"):
            rows.where(Person, **equal)


def test_change_sets_columns_of_the_rows_that_match_and_no_other(rows: SqlRows) -> None:
    first, second = full_person(), full_person()
    new = sealed(first.person, "note", b"\x01 other")
    rows.put(first)
    rows.put(second)
    rows.change(Person, {"person": first.person}, stage=Stage.INVITED, note=new, telephone=None)
    found = rows.get(Person, family=first.family, person=first.person)
    assert found == full_person(
        family=first.family, person=first.person, stage=Stage.INVITED, name=first.name, note=new, telephone=None
    )
    assert rows.get(Person, family=second.family, person=second.person) == second


def test_change_of_no_row_changes_nothing(rows: SqlRows) -> None:
    row = full_person()
    rows.put(row)
    rows.change(Person, {"family": uuid4()}, note=sealed(uuid4(), "note"))
    assert rows.where(Person) == [row]


def test_delete_takes_the_rows_that_match_and_no_other(rows: SqlRows) -> None:
    first, second = full_person(), full_person()
    rows.put(first)
    rows.put(second)
    rows.delete(Person, person=first.person)
    assert rows.where(Person) == [second]


# --- a row holds what it declares -------------------------------------------------------------------------------------


def test_a_value_of_another_compartment_is_refused(rows: SqlRows) -> None:
    row = full_person()
    with pytest.raises(WrongCompartment, match=r"Person\.note"):
        rows.put(person(person=row.person, note=sealed(row.person, "contact")))
    assert rows.count(Person) == 0
    rows.put(row)
    with pytest.raises(WrongCompartment, match=r"Person\.note"):
        rows.change(Person, {"person": row.person}, note=sealed(row.person, "contact"))
    assert rows.where(Person) == [row]


def test_a_value_about_somebody_else_is_refused(rows: SqlRows) -> None:
    first, second = full_person(), full_person()
    with pytest.raises(WrongCompartment):
        rows.put(person(note=sealed(second.person, "note")))
    assert rows.count(Person) == 0
    rows.put(first)
    rows.put(second)
    for where in ({"person": first.person}, {"family": first.family}, {}, {"person": (first.person, second.person)}):
        with pytest.raises(WrongCompartment):
            rows.change(Person, where, note=sealed(second.person, "note"))
    assert set(rows.where(Person)) == {first, second}


def test_the_subject_of_a_row_with_sealed_values_does_not_change(rows: SqlRows) -> None:
    row = full_person()
    rows.put(row)
    with pytest.raises(WrongCompartment):
        rows.change(Person, {"family": row.family}, person=uuid4())
    assert rows.where(Person) == [row]


def test_words_in_the_clear_are_refused_where_a_sealed_value_belongs_and_not_repeated(rows: SqlRows) -> None:
    with pytest.raises(WrongCompartment) as refusal:
        rows.put(person(note="Bodil from Tarp"))
    assert "Bodil" not in str(refusal.value)


def test_a_sealed_value_is_refused_in_a_clear_column(rows: SqlRows) -> None:
    with pytest.raises(WrongCompartment):
        rows.put(Pair(left=uuid4(), right=sealed(uuid4(), "note")))


@pytest.mark.parametrize(("name", "value"), [("left", "text"), ("left", None), ("right", 7), ("right", None)])
def test_a_value_of_another_type_is_refused_and_not_repeated(rows: SqlRows, name: str, value: Any) -> None:
    given = {"left": uuid4(), "right": "x", name: value}
    with pytest.raises(TypeError, match=f"Pair.{name} holds") as refusal:
        rows.put(Pair(**given))
    assert str(value) not in str(refusal.value).replace("None only", "")


def test_a_stored_value_that_was_moved_to_another_row_raises_an_alarm(rows: SqlRows, database: Database) -> None:
    first, second = full_person(), full_person()
    rows.put(first)
    rows.put(second)
    table = table_of(Person)
    with database.write() as connection:
        moved = connection.execute(sa.select(table.c.note).where(table.c.stage == "waiting").limit(1)).scalar_one()
        connection.execute(sa.update(table).values(note=moved))
    with pytest.raises(Tampered, match=r"Person\.note"):
        rows.where(Person)


# --- purge ------------------------------------------------------------------------------------------------------------


def test_purge_removes_one_subjects_values_in_the_named_compartments_and_no_other(
    rows: SqlRows, database: Database
) -> None:
    erased = full_person()
    elsewhere = full_person(family=FamilyId(uuid4()), person=erased.person, name=None, telephone=None,
                            note=sealed(erased.person, "note"))  # fmt: skip
    part = Part(part=uuid4(), subject=erased.person, words=sealed(erased.person, "note"))
    bystander = full_person(family=erased.family)
    other_part = Part(part=uuid4(), subject=bystander.person, words=sealed(bystander.person, "note"))
    for row in (erased, elsewhere, part, bystander, other_part):
        rows.put(row)
    with database.write() as connection:
        assert purge(connection, CLASSES, erased.person, ["note", "club_telephone", "case_file"]) == 4
        left = {(kind, column, value.subject) for kind, column, value in sealed_values(connection, CLASSES)}
        assert purge(connection, CLASSES, erased.person, ["note", "club_telephone"]) == 0
    assert left == {
        (Person, "name", erased.person),
        *((Person, column, bystander.person) for column in ("name", "telephone", "note")),
        (Part, "words", bystander.person),
    }
    assert rows.get(Person, family=erased.family, person=erased.person) == person(
        family=erased.family, person=erased.person, name=erased.name
    )


# --- tables -----------------------------------------------------------------------------------------------------------


def _make_tables(url: str, together: Any) -> None:
    database = Database(url)
    with database.read():  # connected before the start
        together.wait(30)
    create_tables(database, CLASSES)
    database.close()


def test_four_processes_make_the_tables_at_once(backend: Backend) -> None:
    url = backend.new_database()
    together = FORKING.Barrier(4)
    processes = [FORKING.Process(target=_make_tables, args=(url, together)) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0, 0, 0]
    database = Database(url)
    assert stale(database, CLASSES) == []
    database.close()


def test_a_subjects_rows_and_the_declared_columns_are_found_by_an_index(database: Database) -> None:
    indexed = {
        tuple(index["column_names"])
        for kind in CLASSES
        for index in sa.inspect(database.engine).get_indexes(table_name(kind))
    }
    assert indexed >= {("person",), ("subject",), ("stage",), ("day", "kind")}


def test_any_of_uses_the_index_on_sqlite(tmp_path: Any) -> None:
    database = Database(f"sqlite:///{tmp_path / 'index.db'}")
    create_tables(database, CLASSES)
    with database.write() as connection:
        plan = connection.exec_driver_sql(
            'EXPLAIN QUERY PLAN SELECT * FROM view_test_person WHERE "stage" IN (SELECT value FROM json_each(?))',
            ("[]",),
        ).all()
    assert "USING INDEX" in str(plan)
    database.close()


@view_row("test_pair", key=("left", "right"))
class PairWithMore:
    left: UUID
    right: str
    more: int | None


@view_row("test_part", key=("part",), about="subject")
class PartOfAnother:
    part: UUID
    subject: SubjectId
    words: Annotated[Sealed | None, Holds(CONTACT)]


def test_a_table_made_for_another_declaration_is_stale_until_it_is_made_anew(database: Database) -> None:
    pair = Pair(left=uuid4(), right="x")
    with database.write() as connection:
        SqlRows(connection, database.is_postgresql).put(pair)
    changed = [Everything, PairWithMore, PartOfAnother]
    create_tables(database, changed)
    assert stale(database, CLASSES) == []
    assert stale(database, changed) == ["view_test_pair", "view_test_part"]
    recreate(database, [PairWithMore])
    assert stale(database, changed) == ["view_test_part"]
    more = PairWithMore(left=uuid4(), right="x", more=7)
    with database.write() as connection:
        rows = SqlRows(connection, database.is_postgresql)
        rows.put(more)
        assert rows.where(PairWithMore) == [more]


def test_without_tables_every_view_is_stale(backend: Backend) -> None:
    database = Database(backend.new_database())
    assert stale(database, [Pair, Part]) == ["view_test_pair", "view_test_part"]
    database.close()


def test_a_declarations_hash_is_its_own() -> None:
    assert len({shape_hash(kind) for kind in (*CLASSES, PairWithMore, PartOfAnother)}) == 6


@view_row("test_odd", key=("id",))
class Odd:
    id: UUID
    ratio: float


@view_row("test_keyless", key=("id",))
class Keyless:
    id: UUID | None


@pytest.mark.parametrize(("kind", "why"), [(Odd, r"Odd\.ratio"), (Keyless, "never None")])
def test_a_row_that_cannot_be_stored_fails_when_its_table_is_made(backend: Backend, kind: type, why: str) -> None:
    database = Database(backend.new_database())
    with pytest.raises(TypeError, match=why):
        create_tables(database, [kind])
    database.close()


# --- the same without a database --------------------------------------------------------------------------------------


def test_rows_in_memory_answer_as_those_of_the_database_do(rows: SqlRows) -> None:
    memory, people = RowsInMemory(), [full_person(), full_person(stage=Stage.INVITED), person(), person()]
    for kept in (rows, memory):
        for each in people:
            kept.put(each)
        kept.put(replace(people[2], stage=Stage.INVITED))
        kept.change(Person, {"person": people[0].person}, stage=Stage.INVITED, note=None)
        kept.delete(Person, family=people[3].family)
    for asked in ({}, {"stage": Stage.INVITED}, {"family": (people[0].family, people[1].family)}, {"note": None}):
        wanted: dict[str, Any] = asked
        assert memory.where(Person, **wanted) == rows.where(Person, **wanted)
    key = {"family": people[0].family, "person": people[0].person}
    assert memory.get(Person, **key) == rows.get(Person, **key) != people[0]
    assert memory.get(Person, family=people[3].family, person=people[3].person) is None
