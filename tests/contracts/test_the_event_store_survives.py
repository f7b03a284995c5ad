"""Killed anywhere, a command is whole or absent and what was acknowledged is there; a letter arrives exactly once."""

from __future__ import annotations

import random
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from application.ports import Message, Recorded
from infrastructure.event_store import Recorder
from infrastructure.journal import Letter, incoming
from infrastructure.worker import Courier, NotTakenIn, follow
from tests.forked import Program
from tests.postgres import Backend
from tests.register_examples import Counted, Opened, Realm, new, save

KILLS = 5
LETTERS = 12

SAVING = """
import sys
from pathlib import Path
from uuid import uuid4
from application.ports import Duty, Message
from tests.register_examples import Counted, Realm, came, new, save

with Realm("testby", sys.argv[1], sys.argv[2], Path(sys.argv[3])).opened() as at_work:
    while True:
        changes = new(came(uuid4()), Counted(number=1)), new(Counted(number=2))
        message = Message(uuid4(), "elsewhere", "test", b"body")
        context = save(at_work.register, *changes, messages=[message], duties=[Duty("other", uuid4())])
        print(context.command_id, flush=True)
"""

CARRYING = """
import os, signal, sys
from pathlib import Path
from infrastructure.worker import Courier
from tests.register_examples import Counted, Realm, new, save

urls, folder, die_where, letters_before = sys.argv[1:5], Path(sys.argv[5]), sys.argv[6], int(sys.argv[7])
passed = []

def may_die(where):
    passed.append(where)
    if where == die_where and passed.count(where) > letters_before:
        os.kill(os.getpid(), signal.SIGKILL)

def take_in(letter):
    may_die("before it is taken in")
    with there.register.database.write():
        save(there.register, new(Counted(number=int(letter.body))), received=letter.received)
        may_die("while it is taken in")
    may_die("before it is confirmed")

with Realm("testby", *urls[:2], folder).opened() as here, Realm("klubby", *urls[2:], folder).opened() as there:
    confirm = here.register.journal.confirm
    def confirm_and_die(connection, received):
        confirm(connection, received)
        may_die("while it is confirmed")
    here.register.journal.confirm = confirm_and_die
    courier = Courier(here.register, there.register, take_in)
    while courier.step():
        pass
"""


def a_realm(name: str, backend: Backend, tmp_path: Path) -> Realm:
    return Realm(name, backend.new_database(), backend.new_database(), tmp_path / "kek").prepare()


@pytest.fixture
def here(backend: Backend, tmp_path: Path) -> Realm:
    return a_realm("testby", backend, tmp_path)


@pytest.fixture
def there(backend: Backend, tmp_path: Path) -> Realm:
    return a_realm("klubby", backend, tmp_path)


@pytest.fixture
def at_work(here: Realm) -> Iterator[Opened]:
    with here.opened() as opened:
        yield opened


def test_a_process_killed_while_saving_leaves_whole_commands_and_all_it_acknowledged(here: Realm) -> None:
    acknowledged: list[UUID] = []
    commands = 0
    for _ in range(KILLS):
        process = Program(SAVING, here.events_url, here.keys_url, str(here.folder))
        first = process.stdout.readline()
        time.sleep(random.uniform(0.01, 0.25))
        process.kill()
        said, complaints = process.communicate()
        assert complaints == ""
        acknowledged += [UUID(line) for line in (first + said).split()]
        with here.opened() as after:
            commands, events, rows, letters = after.counts("commands", "events", "view_test_seen", "outbox")
            assert (events, rows, letters) == (3 * commands, 3 * commands, commands)
            for command_id in acknowledged:
                assert after.register.outcome_of(command_id) is not None
            assert after.register.resume_duties() == 0
            for _, recorded in after.register.events_after(0, 10_000):
                assert recorded.version == 1 or after.register.history(recorded.stream)
    assert commands >= len(acknowledged) >= KILLS


def send(sender: Opened) -> None:
    for number in range(LETTERS):
        save(sender.register, new(Counted(number=number)), messages=[letter_about(number)])


def letter_about(number: int) -> Message:
    return Message(uuid4(), "klubby", "test", str(number).encode())


def arrived(receiver: Opened) -> list[int]:
    return [recorded.fact.number for _, recorded in receiver.register.events_after(0, 1000)]  # type: ignore[attr-defined]


def waiting(sender: Opened) -> list[Letter]:
    with sender.register.database.read() as connection:
        return sender.register.journal.waiting(connection, from_realm="testby", to_realm="klubby", limit=1000)


@pytest.mark.parametrize(
    "where",
    ["before it is taken in", "while it is taken in", "before it is confirmed", "while it is confirmed"],
)
def test_a_courier_killed_with_a_letter_in_hand_neither_loses_nor_doubles_it(
    where: str, here: Realm, there: Realm
) -> None:
    arguments = here.events_url, here.keys_url, there.events_url, there.keys_url, str(here.folder)
    with here.opened() as sender, there.opened() as receiver:
        send(sender)
        for letters_before in (0, 3, 1):
            process = Program(CARRYING, *arguments, where, str(letters_before))
            assert (process.communicate(), process.returncode) == (("", ""), -signal.SIGKILL)
            assert arrived(receiver) == list(range(len(arrived(receiver))))
            assert len(waiting(sender)) in (LETTERS - len(arrived(receiver)), LETTERS - len(arrived(receiver)) + 1)
        process = Program(CARRYING, *arguments, "nowhere", "0")
        assert (process.communicate(), process.returncode) == (("", ""), 0)
        assert arrived(receiver) == list(range(LETTERS))
        assert waiting(sender) == []
        assert receiver.register.recorder.max_tracking_id(incoming("testby")) == LETTERS
        with sender.register.database.read() as connection:
            assert connection.exec_driver_sql("SELECT count(body) FROM outbox").scalar_one() == 0


def test_two_couriers_at_once_deliver_each_letter_once(here: Realm, there: Realm) -> None:
    with here.opened() as sender, there.opened() as receiver:
        send(sender)

        def take_in(letter: Letter) -> None:
            save(receiver.register, new(Counted(number=int(letter.body))), received=letter.received)

        with ThreadPoolExecutor(2) as threads:
            couriers = [Courier(sender.register, receiver.register, take_in) for _ in range(2)]
            assert sum(threads.map(Courier.step, couriers)) >= LETTERS
        assert arrived(receiver) == list(range(LETTERS))
        assert waiting(sender) == []


def test_a_letter_that_was_not_saved_stays_and_holds_up_those_behind_it(here: Realm, there: Realm) -> None:
    with here.opened() as sender, there.opened() as receiver:
        send(sender)
        with pytest.raises(NotTakenIn):
            Courier(sender.register, receiver.register, lambda letter: None).step()
        assert (len(waiting(sender)), arrived(receiver)) == (LETTERS, [])

        def take_none_in(letter: Letter) -> None:
            save(receiver.register, received=letter.received)

        assert Courier(sender.register, receiver.register, take_none_in).step() == LETTERS
        assert (waiting(sender), arrived(receiver)) == ([], [])


def test_a_letter_that_was_taken_in_changes_nothing_the_second_time(here: Realm, there: Realm) -> None:
    with here.opened() as sender, there.opened() as receiver:
        send(sender)
        letter = waiting(sender)[0]
        for _ in range(2):
            save(receiver.register, new(Counted(number=1)), received=letter.received)
        assert receiver.counts("events", "commands", "view_test_seen") == [1, 1, 1]


# Followers


def note_down(connection: sa.Connection, recorded: Recorded) -> None:
    statement = sa.text("INSERT INTO followed VALUES (:number)")
    connection.execute(statement, {"number": recorded.fact.number})  # type: ignore[attr-defined]


def make_notebook(at_work: Opened) -> None:
    with at_work.register.database.write() as connection:
        connection.exec_driver_sql("CREATE TABLE followed (number integer)")


def notes(at_work: Opened) -> list[int]:
    with at_work.register.database.read() as connection:
        return sorted(connection.exec_driver_sql("SELECT number FROM followed").scalars())


def test_a_follower_that_fails_in_the_middle_of_a_page_sees_it_again_and_nothing_twice(at_work: Opened) -> None:
    make_notebook(at_work)
    for number in range(7):
        save(at_work.register, new(Counted(number=number)))
    shown = 0

    def stumble(connection: sa.Connection, recorded: Recorded) -> None:
        nonlocal shown
        shown += 1
        if shown == 5:
            raise ZeroDivisionError
        note_down(connection, recorded)

    steps: list[int] = []
    while (notes(at_work), steps[-1:]) != (list(range(7)), [0]):
        with suppress(ZeroDivisionError):
            steps.append(follow(at_work.register, "notebook", stumble, page=3))
    assert (steps, shown) == ([3, 3, 1, 0], 3 + 2 + 3 + 1)


def test_followers_skip_nothing_and_repeat_nothing_while_many_write(at_work: Opened) -> None:
    make_notebook(at_work)
    register, writers, each = at_work.register, 4, 25

    def write(writer: int) -> None:
        for number in range(each):
            save(register, new(Counted(number=writer * each + number)), new(Counted(number=-1)))

    def follow_on(_: int) -> None:
        until = 2 * writers * each
        while (register.recorder.max_tracking_id("notebook") or 0) < register.head() or register.head() < until:
            follow(register, "notebook", note_down, page=5)

    with ThreadPoolExecutor(writers + 2) as threads:
        done = [threads.submit(write, writer) for writer in range(writers)]
        done += [threads.submit(follow_on, number) for number in range(2)]
        for one in done:
            one.result()
    assert notes(at_work) == [-1] * (writers * each) + list(range(writers * each))


def test_without_turns_a_follower_would_skip_an_event(
    new_database: Callable[[], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the turns are for: without them PostgreSQL shows the later id first. (SQLite has one writer.)"""
    realm = a_realm("testby", Backend("postgresql", new_database), tmp_path)
    monkeypatch.setattr(Recorder, "take_turn", lambda *_: None)
    with realm.opened() as at_work, ThreadPoolExecutor(1) as other, at_work.register.database.write():
        save(at_work.register, new(Counted(number=1)))
        other.submit(save, at_work.register, new(Counted(number=2))).result()
        seen = other.submit(at_work.register.events_after, 0, 10).result()
    assert [number for number, _ in seen] == [2]
