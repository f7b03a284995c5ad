"""When something is broken, nothing is shown, nothing is lost, and nobody is told that something was erased (decision 6)."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from adapters.wiring import BehindTheLedger, build, reapply_erasures
from application.consents import Answer
from application.desk import Desk
from application.reading import groups, leader, log_questions, municipality, own, volunteer
from application.views import people
from domain.facts import Sealed
from domain.lists import PartKind, Purpose
from gdpr.gate import Gate
from gdpr.ports import ERASED, LogUnavailable, Tampered, Unavailable
from infrastructure.rows import pack_sealed, unpack_sealed
from tests.house import CLUB, TOWN, another_process, digests, meddling, rebuilt, settings_of
from tests.living import CLUB_NAME, SAID, STEM, Life

READERS: dict[str, Callable[[Life, Desk], Any]] = {
    "leader's page": lambda life, desk: leader.course(life.asker("leader"), life.ids["course"], desk),
    "note": lambda life, desk: leader.note(life.asker("leader"), life.ids["course"], life.ids["family"], desk),
    "evening": lambda life, desk: volunteer.evening(life.asker("volunteer"), life.ids["course"], desk),
    "printed sheet": lambda life, desk: volunteer.evening(
        life.asker("volunteer"), life.ids["course"], desk, printed=True
    ),
    "briefing": lambda life, desk: groups.briefing(life.asker("professional"), life.ids["booking"], desk),
    "totals with ages": lambda life, desk: groups.totals(life.asker("coordinator"), life.ids["course"], desk),
    "own data": lambda life, desk: own.own_data(life.asker("mother"), desk),
    "refusal": lambda life, desk: leader.note(life.asker("coordinator"), life.ids["course"], life.ids["family"], desk),
    "officer": lambda life, desk: log_questions.readings(life.asker("officer"), desk),
}
"""Questions at the club that open something, or write that somebody asked in vain."""


class Counting:
    """Opens as another does, and remembers how often it was asked."""

    def __init__(self, opener: Any) -> None:
        self.opener, self.opened = opener, 0

    def open(self, values: Sequence[Sealed]) -> list[Any]:
        self.opened += len(values)
        answers: list[Any] = self.opener.open(values)
        return answers


def counting(life: Life, realm: str = CLUB) -> tuple[Desk, Counting]:
    """The same desk, with a gate that counts what is opened behind it."""
    of = life.house.realms[realm]
    opener = Counting(of.vault)
    gate = Gate(of.log, opener, lambda subjects: people.restrictions(of.register.rows(), subjects))
    return replace(of.desk, gate=gate), opener


@contextmanager
def gone(url: str, *tables: str) -> Iterator[None]:
    """The database answers, but these tables are not there: as after a botched restore, or without the grants."""
    with meddling(url) as connection:
        for table in tables:
            connection.exec_driver_sql(f'ALTER TABLE "{table}" RENAME TO "{table}_gone"')
    try:
        yield
    finally:
        with meddling(url) as connection:
            for table in tables:
                connection.exec_driver_sql(f'ALTER TABLE "{table}_gone" RENAME TO "{table}"')


# The log cannot be written


def test_without_the_log_no_question_opens_anything(life: Life) -> None:
    desk, opener = counting(life)
    for ask in READERS.values():
        if ask is not READERS["refusal"]:
            assert ask(life, desk)
    seen = opener.opened
    assert seen > 50, "with the log the same questions do open values"
    with gone(life.house.realms[CLUB].settings.log, "log_entries"):
        for ask in READERS.values():
            with pytest.raises(LogUnavailable):
                ask(life, desk)
    assert opener.opened == seen
    assert READERS["evening"](life, desk)
    assert life.house.realms[CLUB].verify_log().first_broken is None


def test_without_the_log_a_command_that_discloses_does_nothing_and_any_other_is_whole(life: Life) -> None:
    realm = life.house.realms[CLUB]
    life.write("new part", PartKind.NEEDS, ("mother", None, f"{STEM}behov"))
    head = realm.register.head()
    with gone(realm.settings.log, "log_entries"):
        with pytest.raises(LogUnavailable):
            life.answers(Purpose.SHARE_WITH_VOLUNTEERS, Answer.YES, "new part")
        assert realm.register.head() == head
        life.answers(Purpose.SHARE_WITH_VOLUNTEERS, Answer.NO, "new part")
        life.withdraws(life.ids["consent to presentation"])
    assert realm.register.head() == head + 3, "a no, a withdrawal, and that what rested on it has closed"
    assert SAID["presentation"] not in str(READERS["evening"](life, life.desk()))
    assert digests(life.house) == rebuilt(life.house)


# The keys cannot be had


def test_without_the_key_database_a_value_is_unavailable_and_never_erased(life: Life) -> None:
    realm = life.house.realms[CLUB]
    values = a_value_of_each_compartment(life, CLUB)
    with gone(realm.settings.keys, "keys"):
        for house in (life.house,):
            with pytest.raises(Unavailable):
                house.realms[CLUB].vault.open(values)
            for name in ("leader's page", "note", "evening", "own data"):
                with pytest.raises(Unavailable):
                    READERS[name](life, house.desk(CLUB))
        with pytest.raises(Unavailable):
            life.write("unwritten", PartKind.NEEDS, ("mother", None, f"{STEM}behov"))
    assert ERASED not in realm.vault.open(values)
    assert "unwritten" not in life.ids
    assert digests(life.house) == rebuilt(life.house)


def test_without_the_key_files_a_process_opens_nothing_and_makes_none_in_their_place(life: Life) -> None:
    realm = life.house.realms[CLUB]
    values = a_value_of_each_compartment(life, CLUB)
    expected = realm.vault.open(values)
    folder = realm.settings.key_folder
    away = folder.with_name("kek-away")
    READERS["evening"](life, life.desk())
    with another_process(life.house) as cold:
        folder.rename(away)
        with pytest.raises(Unavailable):
            cold.realms[CLUB].vault.open(values)
        with pytest.raises(Unavailable):
            READERS["evening"](life, cold.desk(CLUB))
    with pytest.raises(Unavailable):
        build(settings_of(life.house), clock=life.clock)
    assert not folder.exists() or not list(folder.rglob("*.key")), "a lost key is not replaced by a new one"
    if folder.exists():
        for made in (folder / CLUB, folder):
            if made.exists():
                made.rmdir()
    away.rename(folder)
    with another_process(life.house) as again:
        assert again.realms[CLUB].vault.open(values) == expected


def test_one_lost_key_is_unavailable_and_an_erased_one_is_erased(life: Life) -> None:
    realm = life.house.realms[CLUB]
    value = next(v for v in sealed_values(life, CLUB) if (v.compartment, v.subject) == ("note", life.ids["boy"]))
    other = next(v for v in sealed_values(life, CLUB) if (v.compartment, v.subject) == ("note", life.ids["father"]))
    mark = "%s" if realm.database.is_postgresql else "?"
    with meddling(realm.settings.keys) as connection:
        subject = value.subject if realm.database.is_postgresql else value.subject.bytes
        connection.exec_driver_sql(
            f"DELETE FROM keys WHERE subject = {mark} AND compartment = {mark}", (subject, "note")
        )
    life.is_erased("father")
    with pytest.raises(Unavailable):
        realm.vault.open([value])
    assert realm.vault.open([other]) == [ERASED]


# Somebody has changed what is stored


@contextmanager
def an_alarm_rises(life: Life, realm: str = CLUB) -> Iterator[None]:
    """What is done inside raises Tampered, and by then an alarm is in the log."""
    log = life.desk(realm).log
    before = len(log.find(action="alarm"))
    with pytest.raises(Tampered) as alarm:
        yield
    assert len(log.find(action="alarm")) > before
    assert STEM not in f"{alarm.value!s}{alarm.value!r}"
    assert life.house.realms[realm].verify_log().first_broken is None


Change = Callable[[bytes, bytes], tuple[bytes, bytes]]
"""What two stored values become."""


def change_what_is_kept_about(life: Life, one: str, other: str, table: str, column: str, change: Change) -> None:
    """Put other bytes in a view, in a row about each of two people of the story, or in two rows about one."""
    key, about = {"view_club_member": ("person_id",) * 2, "view_statement": ("statement_id", "about")}[table]
    with meddling(life.house.realms[CLUB].settings.register) as connection:
        found = connection.exec_driver_sql(
            f'SELECT {key}, {about}, {column} FROM "{table}" WHERE {column} IS NOT NULL'
        ).all()
        first = next(row for row in found if UUID(str(row[1])) == life.ids[one])
        second = next(row for row in found if UUID(str(row[1])) == life.ids[other] and row[0] != first[0])
        put_in_place(connection, table, key, column, {first[0]: first[2], second[0]: second[2]}, change)


def put_in_place(
    connection: sa.Connection, table: str, key: str, column: str, two: dict[Any, bytes], change: Change
) -> None:
    mark = "%s" if connection.dialect.name == "postgresql" else "?"
    for row, value in zip(two, change(*map(bytes, two.values())), strict=True):
        connection.exec_driver_sql(f'UPDATE "{table}" SET {column} = {mark} WHERE {key} = {mark}', (value, row))


def flipped(value: bytes, at: int = -1) -> bytes:
    changed = bytearray(value)
    changed[at] ^= 1
    return bytes(changed)


def with_another_token(value: bytes, change: Callable[[Sealed], Sealed]) -> bytes:
    return pack_sealed(change(unpack_sealed(value)))


SEALED_CHANGES: dict[str, Change] = {
    "one bit of the token": lambda a, b: (with_another_token(a, lambda v: replace(v, token=flipped(v.token))), b),
    "cut short": lambda a, b: (with_another_token(a, lambda v: replace(v, token=v.token[:-4])), b),
    "another's token at this place": lambda a, b: (
        with_another_token(a, lambda v: replace(v, token=unpack_sealed(b).token)), b,
    ),
    "another place": lambda a, b: (
        with_another_token(a, lambda v: replace(v, place=replace(v.place, version=v.place.version + 1))), b,
    ),
    "two rows swapped": lambda a, b: (b, a),
    "no sealed value at all": lambda a, b: (CLUB_NAME.encode(), b),
}  # fmt: skip


@pytest.mark.parametrize("change", SEALED_CHANGES, ids=str)
def test_a_changed_sealed_value_is_an_alarm_and_no_blank(change: str, life_on_files: Life) -> None:
    life = life_on_files
    change_what_is_kept_about(life, "mother", "father", "view_club_member", "given_name", SEALED_CHANGES[change])
    with an_alarm_rises(life):
        READERS["leader's page"](life, life.desk())


def test_a_changed_sealed_value_is_an_alarm_on_either_database(life: Life) -> None:
    change_what_is_kept_about(life, "mother", "father", "view_statement", "words", SEALED_CHANGES["two rows swapped"])
    with an_alarm_rises(life):
        READERS["note"](life, life.desk())


def test_what_no_row_can_show_a_comparison_with_the_events_does(life_on_files: Life) -> None:
    """Two values of one person and compartment, changed about between rows, are both genuine; the events tell where."""
    life = life_on_files
    before = digests(life.house)
    change_what_is_kept_about(life, "father", "father", "view_statement", "words", SEALED_CHANGES["two rows swapped"])
    assert digests(life.house) != before
    assert rebuilt(life.house) == before


def test_a_changed_event_is_an_alarm_to_whoever_loads_its_stream(life: Life) -> None:
    def first_changed(state: bytes, other: bytes) -> tuple[bytes, bytes]:
        return b"\xff" + state[1:], b"\xff" + other[1:]

    with meddling(life.house.realms[CLUB].settings.register) as connection:
        disarm(connection, "events")
        two = connection.exec_driver_sql("SELECT id, state FROM events ORDER BY id LIMIT 2").all()
        put_in_place(connection, "events", "id", "state", {row[0]: row[1] for row in two}, first_changed)
    with an_alarm_rises(life):
        for stream in {r for _, r in all_streams(life)}:
            life.desk().register.history(stream)


def test_a_missing_event_is_an_alarm(life_on_files: Life) -> None:
    life = life_on_files
    with meddling(life.house.realms[CLUB].settings.register) as connection:
        disarm(connection, "events")
        connection.exec_driver_sql("DELETE FROM events WHERE stream = ? AND version = 2", (life.ids["course"].bytes,))
    with an_alarm_rises(life):
        life.confirm()


def test_a_wrapped_key_that_was_put_in_anothers_place_is_an_alarm(life_on_files: Life) -> None:
    life = life_on_files
    with meddling(life.house.realms[CLUB].settings.keys) as connection:
        connection.exec_driver_sql(
            "UPDATE keys SET wrapped = (SELECT wrapped FROM keys WHERE subject = ? AND compartment = 'roster')"
            " WHERE subject = ? AND compartment = 'roster'",
            (life.ids["father"].bytes, life.ids["mother"].bytes),
        )
    with another_process(life.house) as cold, an_alarm_rises(Life(cold, ids=life.ids)):
        READERS["evening"](life, cold.desk(CLUB))


def test_a_family_moved_under_another_unit_is_not_shown_without_the_alarm_about_its_values(life_on_files: Life) -> None:
    """The clear columns are not sealed: who changes them may redirect a question, but not make another's values open."""
    life = life_on_files
    with meddling(life.house.realms[TOWN].settings.register) as connection:
        connection.exec_driver_sql(
            "UPDATE view_town_member SET person_id = ? WHERE person_id = ?",
            (life.ids["mother of D"].hex, life.ids["mother"].hex),
        )
    with an_alarm_rises(life, TOWN):
        municipality.family(life.asker("referrer"), life.ids["family"], life.desk(TOWN))


# Somebody has changed the log


def test_one_flipped_byte_in_the_log_turns_the_check_red_and_names_the_entry(life: Life) -> None:
    realm = life.house.realms[CLUB]
    READERS["evening"](life, life.desk())
    assert realm.verify_log().first_broken is None
    with meddling(realm.settings.log) as connection:
        target = connection.exec_driver_sql("SELECT max(seq) FROM log_entries").scalar_one() - 2
        disarm(connection, "log_entries")
        mark = "%s" if realm.database.is_postgresql else "?"
        at = f"SELECT public FROM log_entries WHERE seq = {target}"
        public = bytes(connection.exec_driver_sql(at).scalar_one())
        changed = public.replace(b'"allowed":true', b'"allowed":trve')
        assert changed != public
        connection.exec_driver_sql(f"UPDATE log_entries SET public = {mark} WHERE seq = {target}", (changed,))
    broken = realm.verify_log().first_broken
    assert broken is not None
    assert broken.seq == target
    assert str(target) in broken.words


def disarm(connection: sa.Connection, table: str) -> None:
    """Whoever owns the database can take away what keeps a table as it is; it must be noticed all the same."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f'ALTER TABLE "{table}" DISABLE TRIGGER ALL')
        return
    found = connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (table,)
    )
    for trigger in found.scalars().all():
        connection.exec_driver_sql(f'DROP TRIGGER "{trigger}"')


def sealed_values(life: Life, realm: str) -> list[Sealed]:
    return [
        value
        for _, recorded in life.house.realms[realm].register.events_after(0, 10_000)
        for name in recorded.fact.MARKS.personal
        if isinstance(value := getattr(recorded.fact, name), Sealed)
    ]


def a_value_of_each_compartment(life: Life, realm: str) -> list[Sealed]:
    return list({value.compartment: value for value in sealed_values(life, realm)}.values())


def all_streams(life: Life) -> list[tuple[int, Any]]:
    realm = life.house.realms[CLUB]
    with realm.database.read() as connection:
        found = connection.exec_driver_sql("SELECT id, stream FROM events ORDER BY id").all()
    return [(number, realm.register.recorder.unbound(stream)) for number, stream in found]


# Somebody has put back what was


def test_a_restored_key_database_serves_nobody_before_it_has_destroyed_again(
    life_on_files: Life, tmp_path: Path
) -> None:
    life = life_on_files
    realm = life.house.realms[CLUB]
    values = [value for value in sealed_values(life, CLUB) if value.subject == life.ids["mother"]]
    keys = Path(realm.settings.keys.removeprefix("sqlite:///"))
    realm.key_database.truncate_wal()
    shutil.copy(keys, tmp_path / "backup")
    life.is_erased("mother")
    life.house.close()
    for path in keys.parent.glob(f"{keys.name}*"):
        path.unlink()
    shutil.copy(tmp_path / "backup", keys)
    settings = settings_of(life.house)
    with pytest.raises(BehindTheLedger):
        build(settings, clock=life.clock)
    assert reapply_erasures(realm.settings, settings, clock=life.clock).keys > 3
    house = build(settings, clock=life.clock)
    try:
        assert {answer is ERASED for answer in house.realms[CLUB].vault.open(values)} == {True}
    finally:
        house.close()
