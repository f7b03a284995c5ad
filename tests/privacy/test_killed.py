"""Killed at any moment, a process loses nothing it acknowledged and leaves nothing half done; the next one finishes it."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from adapters.wiring import House, build
from application import erasing
from application.reading import requests as cases
from domain.facts import Sealed
from gdpr.ports import ERASED
from tests.house import CLUB, TOWN, a_house, digests, rebuilt, settings_of, settings_on
from tests.living import AUGUST_11, Life
from tests.postgres import Backend
from tests.privacy.at_work import Processes, line_of, open_house

KILLS = (
    "a while", "delivering", "erasing", "withdrawing", "delivering", "erasing", "a while", "erasing", "delivering", "erasing",
)  # fmt: skip
"""At what each process is killed: after it said that it is about to do this, and a moment more."""


@pytest.fixture
def processes() -> Iterator[Processes]:
    running = Processes()
    yield running
    running.close()


def test_whatever_was_acknowledged_is_there_whole_and_whatever_was_begun_is_finished(
    backend: Backend, tmp_path: Path, processes: Processes
) -> None:
    house = a_house(backend, tmp_path)
    life = Life(house)
    life.open_the_club()
    life.open_the_town()
    settings, ids = settings_of(house), {name: str(value) for name, value in life.ids.items()}
    house.close()

    acknowledged: list[tuple[str, UUID]] = list(life.acknowledged)
    erased: set[UUID] = set()
    seen: set[str] = set()
    for number, moment in enumerate(KILLS):
        child, alive = processes.start("live", settings, AUGUST_11, ids=ids, erases=number % 2), True
        for said in processes.lines():
            seen.add(said[0])
            assert said[0] != "failed", said
            if said[0] == "done":
                acknowledged.append((said[1], UUID(said[2])))
            if said[0] == "erased":
                erased.add(UUID(said[1]))
            if said[0] == "ended":
                break
            if alive and (said[0] == moment or (said[0] == "ready" and moment == "a while")):
                time.sleep(random.uniform(0.0, 0.4 if moment == "a while" else 0.06))
                os.kill(child, signal.SIGKILL)
                alive = False
    assert {"done", "delivering", "erasing", "withdrawing"} <= seen
    assert len(acknowledged) > 4 * len(KILLS)

    house = open_house({"realms": [line_of(realm) for realm in settings.realms], "now": AUGUST_11.isoformat()})
    life = Life(house, ids=life.ids)
    try:
        house.deliver()
        for realm in house.realms.values():
            assert realm.register.resume_duties() == 0
        finish_erasures(life, erased)
        for realm_name, command_id in acknowledged:
            assert house.realms[realm_name].register.outcome_of(command_id) is not None, (
                "an acknowledged command is lost"
            )
        commands_are_whole(house)
        handovers_arrived_once(house)
        withdrawn_words_are_gone(house)
        before = digests(house)
        assert rebuilt(house) == before
        for realm in house.realms.values():
            assert realm.verify_log().first_broken is None
    finally:
        house.close()


def finish_erasures(life: Life, already: set[UUID]) -> None:
    """Every request whose identity was checked is carried out now, and its keys are gone, entered once."""
    realm = life.house.realms[CLUB]
    officer = life.asker("officer")
    lines = [line for line in cases.requests(officer, life.desk()) if line["identity_checked_on"] is not None]
    assert already <= {line["request_id"] for line in lines if line["completed_on"] is not None}
    for line in lines:
        receipt = erasing.carry_out(officer, line["request_id"], life.desk())
        assert receipt == erasing.carry_out(officer, line["request_id"], life.desk())
        states = dict(realm.vault.subjects_keys(line["subject"]))
        assert {name for name, state in states.items() if state == "live"} <= {"rights"}
        assert "roster" in states
    assert all(line["completed_on"] for line in cases.requests(officer, life.desk()) if line["identity_checked_on"])
    entries = realm.ledger.entries_after(0)
    assert len({entry.case_id for entry in entries}) == len(entries) == len(lines) > 0
    assert realm.vault.ledger_head() == realm.ledger.head()


def commands_are_whole(house: House) -> None:
    """All facts of a command are there or none: each of its name left the same kinds of facts, in every life alike."""
    for realm in house.realms.values():
        topics: dict[UUID, list[str]] = defaultdict(list)
        for _, recorded in realm.register.events_after(0, 1_000_000):
            topics[recorded.context.command_id].append(recorded.fact.TOPIC)
        left_by: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        for command_id, left in topics.items():
            outcome = realm.register.outcome_of(command_id)
            assert outcome is not None, "facts without their command"
            left_by[outcome.command].add(tuple(left))
        for name in ("RegisterFamily", "ReferFamily", "HandOver", "ReceiveHandover", "WritePart", "RecordAnswer"):
            if name in left_by:
                assert len(left_by[name]) == 1, f"{name} is half done somewhere: {left_by[name]}"
        with realm.database.read() as connection:
            used = connection.exec_driver_sql("SELECT command FROM commands").scalars().all()
        assert len(used) >= len(topics)


def handovers_arrived_once(house: House) -> None:
    sent = facts(house, TOWN, "referral.handed_over", "handover_id")
    arrived = facts(house, CLUB, "participants.family_received", "handover_id")
    seated = facts(house, CLUB, "course.family_taken_in", "handover_id")
    assert sorted(map(str, sent)) == sorted(map(str, arrived)) == sorted(map(str, seated))
    assert len(set(sent)) == len(sent) > 3
    for realm in house.realms.values():
        with realm.database.read() as connection:
            waiting = connection.exec_driver_sql("SELECT count(*) FROM outbox WHERE body IS NOT NULL").scalar_one()
        assert waiting == 0


def withdrawn_words_are_gone(house: House) -> None:
    """A withdrawal that was recorded has destroyed its key, also if the process died between the two."""
    realm = house.realms[CLUB]
    ended = {
        recorded.stream
        for _, recorded in realm.register.events_after(0, 1_000_000)
        if recorded.fact.TOPIC == "consent.withdrawn"
    }
    words = [
        recorded.fact.words  # type: ignore[attr-defined]
        for _, recorded in realm.register.events_after(0, 1_000_000)
        if recorded.fact.TOPIC == "introduction.statement_disclosed" and ended & set(recorded.fact.rests_on)  # type: ignore[attr-defined]
    ]
    assert len(words) > 2
    assert all(isinstance(value, Sealed) for value in words)
    assert set(realm.vault.open(words)) == {ERASED}


def facts(house: House, realm: str, topic: str, name: str) -> list[UUID]:
    found = house.realms[realm].register.events_after(0, 1_000_000)
    return [getattr(recorded.fact, name) for _, recorded in found if topic == recorded.fact.TOPIC]


@pytest.mark.parametrize("existing", [False, True], ids=["empty stores", "existing stores"])
def test_four_processes_that_build_a_house_at_once_all_serve(
    existing: bool, backend: Backend, tmp_path: Path, processes: Processes
) -> None:
    settings = settings_on(Backend(backend.name, backend.new_database), tmp_path)
    if existing:
        build(settings).close()
    names = {f"Skole {number}" for number in range(4)}
    started = [processes.start("serve once", settings, AUGUST_11, unit=name, waits=False) for name in sorted(names)]
    served: set[str] = set()
    for said in processes.lines():
        assert said[0] != "failed", said
        if said[0] == "served":
            served.add(" ".join(said[1:]))
        if served == names:
            break
    assert len(set(started)) == 4
    house = build(settings)
    try:
        with house.realms[TOWN].database.read() as connection:
            found = connection.exec_driver_sql("SELECT name FROM view_unit").scalars().all()
        assert sorted(found) == sorted(names)
        assert rebuilt(house) == digests(house)
    finally:
        house.close()
