"""A real process at work in a house, to be killed: it says what it was acknowledged, and when it is about to do what.

It opens no store itself. For each line on its input, a job, it forks a child that builds the house and works, and says
the child's pid first.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

from adapters.wiring import House, RealmSettings, SetClock, Settings, build
from application import organisations
from application.consents import Answer
from domain.compartments import RealmKind
from domain.lists import PartKind, Purpose, UnitKind
from tests.forked import Program
from tests.house import TOWN
from tests.living import GIVEN_NAMES, STEM, Grounds, Life


def say(*words: object) -> None:
    """One line, written at once and whole."""
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


@dataclass
class Telling(Life):
    """A life that says of every command that it was acknowledged."""

    def does(self, who: str, command: Any, realm: str = "red-barnet") -> Mapping[str, Any]:
        answer = super().does(who, command, realm)
        say("done", realm, self.acknowledged[-1][1])
        return answer


def open_house(job: Mapping[str, Any]) -> House:
    settings = Settings(tuple(realm_of(line) for line in job["realms"]))
    return build(settings, clock=SetClock(datetime.fromisoformat(job["now"])))


def live(job: Mapping[str, Any]) -> None:
    """One family after the other, from its referral to the erasure of its mother, until somebody ends it."""
    life = Telling(open_house(job), ids={name: UUID(value) for name, value in job["ids"].items()})
    say("ready")
    GIVEN_NAMES.setdefault("mother of N", f"{STEM}nea")
    GIVEN_NAMES.setdefault("child of N", f"{STEM}nis")
    for number in count():
        life.register_another_family("N")
        referral_id = life.refer("family N", "child of N", Grounds(assessments=()))
        say("delivering")
        life.place_and_hand_over(referral_id)
        life.ring("family N")
        life.write("part", PartKind.PRESENTATION, ("mother of N", None, f"{STEM}ord"), family="family N")
        life.confirm("family N")
        consent = life.answers(
            Purpose.SHARE_WITH_VOLUNTEERS, Answer.YES, "part", person="mother of N", family="family N"
        )
        say("withdrawing")
        life.withdraws(consent)
        if number % 2 == job["erases"]:
            request_id = life.asks_to_be_erased("mother of N")
            say("erasing", request_id)
            life.carry_out(request_id)
            say("erased", request_id)


def serve_once(job: Mapping[str, Any]) -> None:
    """Build the house, open a unit, look at it, and go."""
    house = open_house(job)
    life = Telling(house)
    life.does(
        "administrator",
        organisations.OpenUnit(name=job["unit"], kind=UnitKind.SCHOOL, since=house.clock.today()),
        TOWN,
    )
    house.deliver()
    house.close()
    say("served", job["unit"])


WORK = {"live": live, "serve once": serve_once}


def realm_of(line: Mapping[str, str]) -> RealmSettings:
    return RealmSettings(
        line["name"], RealmKind(line["kind"]), line["register"], line["keys"], line["log"], Path(line["key_folder"]),
        Path(line["ledger"]),
    )  # fmt: skip


def line_of(realm: RealmSettings) -> dict[str, str]:
    return {
        "name": realm.name, "kind": realm.kind.value, "register": realm.register, "keys": realm.keys, "log": realm.log,
        "key_folder": str(realm.key_folder), "ledger": str(realm.ledger),
    }  # fmt: skip


class Processes:
    """The test's side: starts children, reads what they say."""

    def __init__(self) -> None:
        self._root = Program("from tests.privacy.at_work import main; main()")

    def start(self, work: str, settings: Settings, now: datetime, **more: Any) -> int:
        """The pid of a child at work."""
        job = {"work": work, "realms": [line_of(realm) for realm in settings.realms], "now": now.isoformat()} | more
        self._root.stdin.write(json.dumps(job) + "\n")
        self._root.stdin.flush()
        said = next(line for line in self.lines() if line[0] == "child")
        return int(said[1])

    def lines(self) -> Iterator[list[str]]:
        """What is said, line by line, by whichever child."""
        for line in self._root.stdout:
            yield line.split()

    def close(self) -> None:
        self._root.close()


def main() -> None:
    for line in sys.stdin:
        job = json.loads(line)
        child = os.fork()
        if child == 0:
            try:
                WORK[job["work"]](job)
            except BaseException as error:
                say("failed", type(error).__name__, error)
                os._exit(1)
            os._exit(0)
        say("child", child)
        if job.get("waits", True):
            os.waitpid(child, 0)
            say("ended", child)
