"""A command's facts, rows, letters and duties are one, on both databases; and nobody gets past a fence."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from application.ports import Aggregate, CommandIdTaken, Duty, IndexEntry, Message, Outcome, StaleVersion
from domain import course
from gdpr.ports import ERASED, SubjectErased, Tampered, Unavailable
from infrastructure.register import DESTROY_CONSENT
from tests.postgres import Backend
from tests.register_examples import (
    TALLY,
    Counted,
    Opened,
    Realm,
    Seen,
    a_context,
    came,
    new,
    save,
    shared,
)  # fmt: skip

ANNA, BIRK = UUID(int=1), UUID(int=2)
ALL = ("events", "view_test_seen", "commands", "outbox", "duties")


@pytest.fixture
def realm(backend: Backend, tmp_path: Path) -> Realm:
    return Realm("testby", backend.new_database(), backend.new_database(), tmp_path / "kek").prepare()


@pytest.fixture
def at_work(realm: Realm) -> Iterator[Opened]:
    with realm.opened() as opened:
        yield opened


def test_what_is_saved_is_loaded_with_its_version(at_work: Opened) -> None:
    stream, register = uuid4(), at_work.register
    assert register.load(TALLY, stream) is None
    context = save(register, new(came(ANNA), Counted(number=1), stream=stream))
    save(register, new(Counted(number=2), stream=stream, at_version=2))
    loaded = register.load(TALLY, stream)
    assert loaded is not None
    assert (loaded.stream, loaded.version) == (stream, 3)
    assert loaded.state.topics == ("test.person_came", "test.counted", "test.counted")
    first = register.history(stream)[0]
    assert first.context == context
    assert at_work.vault.open([first.fact.name]) == ["Ingrid Blåbær"]  # type: ignore[attr-defined]


def test_the_views_follow_in_the_same_transaction_and_see_what_a_rebuild_reads(at_work: Opened) -> None:
    stream, register = uuid4(), at_work.register
    save(register, new(came(ANNA), stream=stream))
    row = register.rows().get(Seen, stream=stream, version=1)
    assert row is not None
    assert row.name == register.history(stream)[0].fact.name  # type: ignore[attr-defined]
    with pytest.raises(TypeError, match="change with facts only"):
        register.rows().put(row)


def test_the_log_is_read_in_the_order_of_commits(at_work: Opened) -> None:
    register = at_work.register
    assert (register.head(), register.events_after(0, 10)) == (0, [])
    for number in range(5):
        save(register, new(Counted(number=number)))
    page = register.events_after(0, 3)
    rest = register.events_after(page[-1][0], 10)
    assert [recorded.fact.number for _, recorded in page + rest] == [0, 1, 2, 3, 4]  # type: ignore[attr-defined]
    assert rest[-1][0] == register.head()


@pytest.mark.parametrize("at_version", [0, 1, 3, 7], ids=["new", "behind", "ahead", "far ahead"])
def test_a_stream_that_is_elsewhere_takes_nothing(at_version: int, at_work: Opened) -> None:
    stream, register = uuid4(), at_work.register
    save(register, new(Counted(number=1), Counted(number=2), stream=stream))
    before = at_work.counts(*ALL)
    with pytest.raises(StaleVersion):
        save(register, new(Counted(number=3), stream=stream, at_version=at_version))
    assert at_work.counts(*ALL) == before


def test_several_streams_change_together_or_not_at_all(at_work: Opened) -> None:
    first, second, register = uuid4(), uuid4(), at_work.register
    save(register, new(Counted(number=1), stream=second))
    message = Message(uuid4(), "elsewhere", "test", b"body")
    with pytest.raises(StaleVersion):
        save(
            register,
            new(came(ANNA), stream=first),
            new(Counted(number=2), stream=second),
            messages=[message],
            duties=[Duty("test", uuid4())],
        )
    assert register.load(TALLY, first) is None
    assert at_work.counts(*ALL) == [1, 1, 1, 0, 0]
    save(register, new(came(ANNA), stream=first), new(Counted(number=2), stream=second, at_version=1))
    assert at_work.counts(*ALL) == [3, 3, 2, 0, 0]


def test_a_command_answers_the_same_again(at_work: Opened) -> None:
    context = a_context()
    outcome = Outcome("register_family", context.actor, {"family": uuid4(), "children": [uuid4()], "number": 3})
    assert at_work.register.outcome_of(context.command_id) is None
    at_work.register.save(context, [new(Counted(number=1))], outcome=outcome)
    assert at_work.register.outcome_of(context.command_id) == outcome


def test_a_command_id_serves_once(at_work: Opened) -> None:
    context = save(at_work.register, new(Counted(number=1)))
    with pytest.raises(CommandIdTaken):
        save(at_work.register, new(Counted(number=2)), command_id=context.command_id)
    assert at_work.counts(*ALL) == [1, 1, 1, 0, 0]


def test_of_many_who_use_one_command_id_at_once_one_wins(at_work: Opened) -> None:
    command_id = uuid4()

    def attempt(number: int) -> bool:
        try:
            save(at_work.register, new(Counted(number=number)), command_id=command_id)
        except CommandIdTaken:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(attempt, range(16))) == 1
    assert at_work.counts(*ALL) == [1, 1, 1, 0, 0]


def test_of_many_who_change_one_stream_at_once_nobody_is_overwritten(at_work: Opened) -> None:
    stream, register = uuid4(), at_work.register

    def count_on(_: int) -> int:
        stale = 0
        while True:
            loaded = register.load(TALLY, stream)
            try:
                save(register, new(Counted(number=1), stream=stream, at_version=loaded.version if loaded else 0))
            except StaleVersion:
                stale += 1
            else:
                return stale

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(count_on, range(30)))
    loaded = register.load(TALLY, stream)
    assert loaded is not None
    assert loaded.version == len(loaded.state.topics) == 30


def test_a_stream_that_lacks_an_event_is_an_alarm(at_work: Opened) -> None:
    stream, register = uuid4(), at_work.register
    save(register, new(*(Counted(number=number) for number in range(3)), stream=stream))
    database = register.database
    with database.write() as connection:
        if database.is_postgresql:
            connection.exec_driver_sql("ALTER TABLE events DISABLE TRIGGER append_only")
        else:
            connection.exec_driver_sql("DROP TRIGGER append_only_delete")
        connection.exec_driver_sql("DELETE FROM events WHERE version = 2")
    with pytest.raises(Tampered, match=str(stream)):
        register.load(TALLY, stream)


def test_a_view_that_fails_fails_the_command(at_work: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.register_examples.Seen", None)
    with pytest.raises(TypeError):
        save(at_work.register, new(came(ANNA)))
    assert at_work.counts(*ALL) == [0, 0, 0, 0, 0]


# Fences


def test_a_fence_refuses_new_words_in_its_compartments_only(at_work: Opened) -> None:
    register = at_work.register
    save(register, new(came(ANNA)))
    register.fence(ANNA, ["roster", "attendance"])
    register.fence(ANNA, ["roster"])
    assert register.fences_of(ANNA) == {"roster", "attendance"}
    assert register.fences_of(BIRK) == frozenset()
    assert sorted(register.fences()) == [(ANNA, "attendance"), (ANNA, "roster")]
    before = at_work.counts(*ALL)
    with pytest.raises(SubjectErased) as refused:
        save(register, new(Counted(number=1)), new(came(BIRK), came(ANNA)))
    assert "Ingrid" not in str(refused.value)
    assert at_work.counts(*ALL) == before
    save(register, new(came(BIRK), shared(ANNA, uuid4()), Counted(number=1)))


def test_a_fence_joins_the_transaction_that_is_under_way(at_work: Opened) -> None:
    register = at_work.register
    with suppress(ZeroDivisionError), register.database.write():
        register.fence(ANNA, ["roster"])
        assert register.fences_of(ANNA) == {"roster"}
        raise ZeroDivisionError
    assert register.fences_of(ANNA) == frozenset()


def test_nothing_is_sealed_behind_a_fence_however_many_write(at_work: Opened) -> None:
    register, go = at_work.register, threading.Barrier(9)
    save(register, new(came(ANNA)))

    def write(_: int) -> int:
        go.wait()
        written = 0
        while True:
            try:
                save(register, new(came(ANNA)))
            except SubjectErased:
                return written
            written += 1

    with ThreadPoolExecutor(8) as threads:
        writers = [threads.submit(write, number) for number in range(8)]
        go.wait()
        while register.head() < 20:
            pass
        register.fence(ANNA, ["roster"])
        fenced_at = register.head()
        written = sum(writer.result() for writer in writers)
    assert register.head() == fenced_at
    assert at_work.counts("events") == [written + 1]


def test_a_fence_waits_for_whoever_is_sealing(at_work: Opened) -> None:
    register = at_work.register
    with ThreadPoolExecutor(1) as other:
        with register.database.write():
            save(register, new(came(ANNA)))
            fencing = other.submit(register.fence, ANNA, ["roster"])
            with pytest.raises(TimeoutError):
                fencing.result(timeout=0.3)
        fencing.result()
    assert register.fences_of(ANNA) == {"roster"}


# Endings: a fence that is lifted again


def test_a_retention_that_ends_holds_writers_up_and_then_lets_them_in_with_new_keys(at_work: Opened) -> None:
    register, stream = at_work.register, uuid4()
    save(register, new(came(ANNA), came(BIRK), stream=stream))
    save(register, new(came(ANNA)))
    register.fence_while_ending(ANNA, ["roster"])
    with pytest.raises(StaleVersion):
        save(register, new(came(ANNA)))
    assert register.endings() == [(ANNA, "roster")]

    ended = at_work.vault.end(ANNA, ["roster"])
    register.lift_fence(ANNA, ended)

    save(register, new(came(ANNA, name="Ingrid Lund"), stream=stream, at_version=2))
    before, _, after = [each.fact.name for each in register.history(stream)]  # type: ignore[attr-defined]
    assert at_work.vault.open([before, after]) == [ERASED, "Ingrid Lund"]
    assert register.endings() == register.fences() == []
    assert register.gone() == [(ANNA, "roster", ended[0].key_id)]


def test_who_took_a_key_before_it_ended_does_not_write_with_it_afterwards(at_work: Opened) -> None:
    """However long the writer slept between taking the key and writing: or its words would be lost."""
    register = at_work.register
    save(register, new(came(ANNA)))
    slept = register._mapper.seal_all

    def sleep_meanwhile(*given: Any) -> Any:
        sealed = slept(*given)
        register.fence_while_ending(ANNA, ["roster"])
        register.lift_fence(ANNA, at_work.vault.end(ANNA, ["roster"]))
        return sealed

    register._mapper.seal_all = sleep_meanwhile  # type: ignore[method-assign]
    with pytest.raises(StaleVersion):
        save(register, new(came(ANNA)))
    register._mapper.seal_all = slept  # type: ignore[method-assign]
    save(register, new(came(ANNA)))


def test_an_erasures_fence_is_not_lifted_with_a_retentions(at_work: Opened) -> None:
    register = at_work.register
    register.fence(ANNA, ["roster"])
    register.fence_while_ending(ANNA, ["roster"])
    register.lift_fence(ANNA, [])
    with pytest.raises(SubjectErased):
        save(register, new(came(ANNA)))


# Letters and duties


def test_an_ended_consents_keys_are_gone_when_the_command_returns(at_work: Opened) -> None:
    consent, stream, register = uuid4(), uuid4(), at_work.register
    save(register, new(shared(ANNA, consent), stream=stream))
    words = register.history(stream)[0].fact.words  # type: ignore[attr-defined]
    other = uuid4()
    save(register, new(Counted(number=1)), duties=[Duty(DESTROY_CONSENT, consent), Duty("other", other)])
    assert at_work.vault.open([words]) == [ERASED]
    assert at_work.performed == [("other", other)]
    assert at_work.counts("duties") == [0]


def test_a_duty_that_fails_stays_and_is_done_later(
    at_work: Opened, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    register, consent, done = at_work.register, uuid4(), uuid4()

    def unavailable(_: UUID) -> None:
        raise Unavailable

    with monkeypatch.context() as down:
        down.setattr(at_work.vault, "destroy_under", unavailable)
        save(register, new(Counted(number=1)), duties=[Duty(DESTROY_CONSENT, consent), Duty("other", done)])
        assert "is left for later: Unavailable" in caplog.text
        assert (at_work.counts("events", "duties"), at_work.performed) == ([1, 1], [("other", done)])
        assert register.resume_duties() == 1
    assert register.resume_duties() == 0
    assert at_work.counts("duties") == [0]
    with pytest.raises(SubjectErased):
        save(register, new(shared(ANNA, consent)))


def test_a_save_inside_a_transaction_leaves_its_duties_for_later(at_work: Opened) -> None:
    register = at_work.register
    with register.database.write():
        save(register, new(Counted(number=1)), duties=[Duty("other", ANNA)])
        with pytest.raises(StaleVersion):
            save(register, new(Counted(number=1), at_version=4))
        save(register, new(Counted(number=2)))
    assert (at_work.counts("events", "commands"), at_work.performed) == ([2, 2], [])
    assert register.resume_duties() == 0
    assert at_work.performed == [("other", ANNA)]


def test_who_is_entered_in_the_index_is_found(at_work: Opened) -> None:
    save(at_work.register, new(came(ANNA)), index=[IndexEntry("name", "Ingrid Blåbær", ANNA)])
    assert at_work.vault.find("name", "ingrid  blåbær") == {ANNA}


def test_a_stream_of_another_kind_is_none_of_this_kind(at_work: Opened) -> None:
    """Whoever asks for a course by the id of somebody on the staff is answered as for an id that never was."""
    stream, register = uuid4(), at_work.register
    save(register, new(came(ANNA), stream=stream))
    assert register.load(Aggregate("course", course.evolve), stream) is None
