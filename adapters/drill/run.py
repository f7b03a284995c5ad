"""The drill: live a story, back up, erase, restore, prove the refusal, reapply, rotate, and search every byte.

All of it on files in one folder, with the commands an operator types, in processes of their own. What is proven is the
guarantee of `docs/what-erasure-reaches.md`: an old backup brings nobody back.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from rich.console import Console

from adapters.demo.identity import DemoIdentity
from adapters.demo.stories import erasure
from adapters.demo.world import DENMARK, RED_BARNET, World, http_in
from adapters.drill.search import files_under, found_in
from adapters.http import create_app
from adapters.wiring import House, Realm, SetClock, back_up, build, read, restore
from adapters.wiring.realm import open_realm
from application.streams import introduction_id
from domain.facts import Sealed
from gdpr.ports import ERASED, Unavailable

CHECKOUT = Path(__file__).parents[2]
SURNAME, DIGITS = "Sagnmand", "23000002"
CANARIES = (SURNAME, DIGITS, erasure.FATHERS, erasure.SONS, erasure.ABOUT_FATHER, erasure.MOTHERS)
"""What was typed in about the family: names, a number, words. Nothing of it may lie in any byte, in any form."""
CONTROL = "ved Broen"
"""A word that is nobody's, the end of the club's name: the same search must find it."""


@dataclass(slots=True)
class Drill:
    """The account of what was expected and found, and the folder it happens in."""

    folder: Path
    console: Console
    kept: int = 0
    broken: int = 0

    @property
    def realm(self) -> Path:
        return self.folder / "data" / RED_BARNET

    def tell(self, words: str) -> None:
        self.console.print(f"\n[bold]{words}[/]", highlight=False)

    def expect(self, words: str, found: object) -> None:
        self.kept, self.broken = self.kept + bool(found), self.broken + (not found)
        style, mark = (None, "✓") if found else ("red", "✗ NOT SO:")
        self.console.print(f"  {mark} {words}", style=style, highlight=False, soft_wrap=True)

    def tillid(self, *said: str) -> subprocess.CompletedProcess[str]:
        """What an operator types, in a process of its own."""
        return self._run("-m", "adapters.cli", *said)

    def offline(self, *said: str) -> subprocess.CompletedProcess[str]:
        """The verifier that shares no code with the register."""
        return self._run(str(CHECKOUT / "tools" / "verify_log.py"), *said)

    def _run(self, *said: str) -> subprocess.CompletedProcess[str]:
        env = {**os.environ, "PYTHONPATH": str(CHECKOUT), "COLUMNS": "200"}
        return subprocess.run(  # noqa: S603 - our own programs, with arguments of our own
            [sys.executable, *said], cwd=self.folder, env=env, capture_output=True, text=True, timeout=300, check=False
        )


def run(*, home: Path | None = None) -> int:
    """Rehearse; 0 if everything was as it must be, else 1."""
    with ExitStack() as stack:
        folder = home or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tillid-drill-")))
        folder.mkdir(parents=True, exist_ok=True)
        drill = Drill(folder, Console())
        drill.console.print("[bold]Tillid[/] rehearses a restore after an erasure, on files of its own.")
        made = drill.tillid("init", "--municipality", erasure.TOWN)
        drill.expect("a new register is made", made.returncode == 0)
        father = _live_and_erase(drill)
        _restore_and_refuse(drill, father)
        _reapply(drill, father)
        _rotate(drill, father)
        _prove_the_log(drill)
        _search_every_byte(drill)
        drill.console.print(
            f"\n{drill.kept} of {drill.kept + drill.broken} expectations kept.",
            style="bold red" if drill.broken else "green",
        )
        return 1 if drill.broken else 0


@dataclass(frozen=True, slots=True)
class _Father:
    """Whom the drill erases, and the streams that hold what is sealed about him and the family."""

    person: UUID
    mother: UUID
    streams: tuple[UUID, ...]

    def values(self, realm: Realm, about: UUID) -> list[Sealed]:
        facts = [recorded.fact for stream in self.streams for recorded in realm.register.history(stream)]
        return [value for fact in facts for value in _sealed_in(fact) if value.subject == about]


def _live_and_erase(drill: Drill) -> _Father:
    drill.tell("A family comes to the club and tells; then the night's backup is taken")
    with _opened(drill) as (world, house):
        begun = erasure.begin(world)
        people = begun.people
        family, course = UUID(people.family_id), UUID(begun.course.course_id)
        father = _Father(UUID(people.father), UUID(people.mother), (family, introduction_id(family, course)))
        before = _answers(_club(house), father.values(_club(house), father.person))
        drill.expect(f"{len(before)} values about the father are sealed in the events, and open", _all_open(before))
        back_up(_databases(drill), drill.folder / "backup")
        drill.tell("The father asks to be erased, and Red Barnet erases him")
        world.on(2026, 5, 12)
        _, asked = erasure.father_asks(world, begun)
        erasure.red_barnet_erases(world, begun.club, asked["request_id"])
        after = _answers(_club(house), father.values(_club(house), father.person))
        drill.expect("the same values are all still there, and none opens", _all_erased(after) and after)
        mothers = _answers(_club(house), father.values(_club(house), father.mother))
        drill.expect("the mother's values open as before", _all_open(mothers))
    return father


def _restore_and_refuse(drill: Drill, father: _Father) -> None:
    drill.tell("The key database is lost, and the old backup is restored: with the father's keys in it")
    for left in _databases(drill):
        restore(left, drill.folder / "backup")
    for command in (("serve", "--port", "8999"), ("doctor",)):
        refused = drill.tillid(*command)
        drill.expect(f"`tillid {command[0]}` refuses: {_last_line(refused)}", refused.returncode == 1)


def _reapply(drill: Drill, father: _Father) -> None:
    drill.tell("`tillid erasure reapply` brings the restored databases up to date with the ledger")
    again = drill.tillid("erasure", "reapply")
    drill.expect(f"it does: {_last_line(again)}", again.returncode == 0)
    drill.expect("the doctor finds the register well", drill.tillid("doctor").returncode == 0)
    with _opened(drill) as (_, house):
        answers = _answers(_club(house), father.values(_club(house), father.person))
        drill.expect("the father's values are erased again", _all_erased(answers) and answers)
        drill.expect("the mother's open", _all_open(_answers(_club(house), father.values(_club(house), father.mother))))


def _rotate(drill: Drill, father: _Father) -> None:
    drill.tell("The epoch is changed: survivors are wrapped anew, and the keys that wrapped the old backup destroyed")
    rotated = drill.tillid("keys", "rotate", "--keep", "1")
    said = rotated.stdout.strip().splitlines()[-1:] or [_last_line(rotated)]
    drill.expect(f"`tillid keys rotate`: {said[0]}", rotated.returncode == 0)
    with _opened(drill) as (_, house):
        drill.expect(
            "the mother's values open", _all_open(_answers(_club(house), father.values(_club(house), father.mother)))
        )
    back_up(_databases(drill), drill.folder / "later")
    drill.tell("Somebody restores the old databases, and forges the ledger away as well")
    for left in _databases(drill):
        restore(left, drill.folder / "backup")
    ledger = drill.realm / "ledger.jsonl"
    true_ledger = ledger.read_bytes()
    ledger.write_bytes(b"")
    refused = drill.tillid("serve", "--port", "8999")
    drill.expect(f"`tillid serve` refuses: {_last_line(refused)}", refused.returncode == 1)
    settings = read(drill.folder / "tillid.toml")
    (of_realm,) = (each for each in settings.realms if each.name == RED_BARNET)
    realm = open_realm(of_realm, settings, SetClock(_now()), None, even_behind=True)
    answers = _answers(realm, father.values(realm, father.person))
    realm.close()
    drill.expect("and not one of the father's values opens: their wrapping key is gone", _none_open(answers))
    ledger.write_bytes(true_ledger)
    for left in _databases(drill):
        restore(left, drill.folder / "later")
    drill.expect("with the latest backup back, the register is well", drill.tillid("doctor").returncode == 0)


def _prove_the_log(drill: Drill) -> None:
    drill.tell("The officer takes the access log home and verifies it offline")
    drill.expect("it is signed", drill.tillid("audit", "checkpoint").returncode == 0)
    exported = drill.tillid("audit", "export", "evidence", "--realm", RED_BARNET)
    drill.expect("it is exported", exported.returncode == 0)
    whole = drill.offline("evidence")
    drill.expect(f"verified offline: {_last_line(whole)}", whole.returncode == 0)
    entries = sorted((drill.folder / "evidence").rglob("entries.jsonl"))[0]
    true_entries = entries.read_text("utf-8")
    entries.write_text(true_entries.replace('\\"allowed\\":true', '\\"allowed\\":false', 1), "utf-8")
    altered = drill.offline("evidence")
    drill.expect(f"one word altered is found and named: {_last_line(altered)}", altered.returncode == 1)
    entries.write_text(true_entries, "utf-8")


def _search_every_byte(drill: Drill) -> None:
    drill.tell("Every byte of every file is searched for what the family said: databases, logs, exports, backups")
    files = dict(files_under(drill.folder))
    leaks = {path: found for path, data in files.items() if (found := found_in(data, CANARIES))}
    drill.expect(f"no word, name or number of the family lies in any of {len(files)} files", not leaks)
    control = any(found_in(data, [CONTROL]) for data in files.values())
    drill.expect("and the same search finds the name of the club, which is nobody's", control)


@contextmanager
def _opened(drill: Drill) -> Iterator[tuple[World, House]]:
    """The register of the folder, open, with the clock where the story left it."""
    clock, identity = SetClock(_now()), DemoIdentity()
    house = build(read(drill.folder / "tillid.toml"), clock=clock, identity=identity)
    try:
        yield World(house, clock, identity, http_in(create_app(house))), house
    finally:
        house.close()


def _now() -> datetime:
    """After the story's end, and never before what the commands wrote into the ledger by the machine's own clock."""
    return max(datetime(2026, 5, 21, 9, tzinfo=DENMARK), datetime.now(UTC))


def _databases(drill: Drill) -> list[Path]:
    return [drill.realm / name for name in ("register.sqlite", "keys.sqlite")]


def _club(house: House) -> Realm:
    return house.realms[RED_BARNET]


def _answers(realm: Realm, values: list[Sealed]) -> list[Any]:
    """One answer per value, straight from the vault: the value, ERASED, or Unavailable for one that cannot be had."""
    answers: list[Any] = []
    for value in values:
        try:
            answers += realm.vault.open([value])
        except Unavailable:
            answers.append(Unavailable)
    return answers


def _all_open(answers: list[Any]) -> bool:
    return bool(answers) and not any(answer is ERASED or answer is Unavailable for answer in answers)


def _all_erased(answers: list[Any]) -> bool:
    return bool(answers) and all(answer is ERASED for answer in answers)


def _none_open(answers: list[Any]) -> bool:
    return bool(answers) and all(answer is ERASED or answer is Unavailable for answer in answers)


def _sealed_in(part: Any) -> Iterator[Sealed]:
    """Every sealed value in a fact, wherever it stands."""
    if isinstance(part, Sealed):
        yield part
    elif is_dataclass(part):
        for field in fields(part):
            yield from _sealed_in(getattr(part, field.name))
    elif isinstance(part, Mapping):
        for each in part.values():
            yield from _sealed_in(each)
    elif isinstance(part, tuple | list | frozenset):
        for each in part:
            yield from _sealed_in(each)


def _last_line(ran: subprocess.CompletedProcess[str]) -> str:
    """What it said at the end; of a doctor's findings the first that is not well."""
    lines = [line.strip() for line in (ran.stderr or ran.stdout).strip().splitlines()]
    unwell = [" ".join(line.replace("│", " ").split()) for line in lines if line.startswith("no ")]
    return next(iter(unwell), lines[-1] if lines else f"exit {ran.returncode}")
