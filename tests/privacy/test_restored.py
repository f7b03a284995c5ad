"""Really restored: file by file from a backup, each store is recognised as old, and brings nobody back."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.wiring import (
    BehindTheLedger,
    ClockBehind,
    EpochMissing,
    House,
    SetClock,
    build,
    doctor,
    reapply_erasures,
    rotate_keys,
)
from adapters.wiring.restoring import Reapplied
from domain.facts import Sealed
from gdpr.ports import ERASED, Tampered, Unavailable
from infrastructure.database import Database
from infrastructure.key_providers.key_file import KeyFileProvider
from infrastructure.rows import sealed_values
from infrastructure.vault import KeyVault
from tests.house import CLUB, digests, rebuilt, settings_of
from tests.living import Life

FIRST, SECOND = "before she asked", "before it was carried out"


class Restorer:
    """A story on files, backups of it, and the house that is opened on what was put back."""

    def __init__(self, life: Life, backups: Path) -> None:
        self.life, self.settings, self._backups = life, settings_of(life.house), backups
        self.realm = next(each for each in self.settings.realms if each.name == CLUB)

    def path(self, store: str) -> Path:
        return Path(getattr(self.realm, store).removeprefix("sqlite:///"))

    def back_up(self, name: str) -> None:
        for store in ("register", "keys"):
            (self._backups / name).mkdir(exist_ok=True, parents=True)
            copy = self._backups / name / store
            with closing(sqlite3.connect(self.path(store))) as source, closing(sqlite3.connect(copy)) as target:
                source.backup(target)

    def restore(self, name: str, store: str) -> None:
        for left in self.path(store).parent.glob(f"{self.path(store).name}*"):
            left.unlink()
        shutil.copy(self._backups / name / store, self.path(store))

    def opened(self) -> House:
        return build(self.settings, clock=self.life.clock)

    def refuses(self, error: type[Exception], words: str) -> None:
        with pytest.raises(error, match=words) as refused:
            self.opened()
        assert any(str(refused.value) == told for _, well, told in doctor(self.settings) if not well)

    def reapplied(self) -> Reapplied:
        return reapply_erasures(self.realm, self.settings, clock=self.life.clock)


def about(house: House, life: Life, person: str) -> list[Sealed]:
    facts = [recorded.fact for _, recorded in house.realms[CLUB].register.events_after(0, 100_000)]
    values = [getattr(happened, name) for happened in facts for name in happened.MARKS.personal]
    mine = [value for value in values if isinstance(value, Sealed) and value.subject == life.ids[person]]
    return [value for value in mine if value.compartment != "rights"]


def in_views(house: House, life: Life, person: str) -> list[Sealed]:
    realm = house.realms[CLUB]
    classes = [kind for view in realm.views for kind in view.ROWS]
    with realm.database.read() as connection:
        found = [value for _, _, value in sealed_values(connection, classes)]
    return [value for value in found if value.subject == life.ids[person] and value.compartment != "rights"]


@pytest.fixture
def restorer(life_on_files: Life, tmp_path: Path) -> Restorer:
    """The mother is erased; of each store there is a backup from before she asked, and one from right before."""
    life = life_on_files
    restorer = Restorer(life, tmp_path / "backups")
    restorer.back_up(FIRST)
    life.ids["request"] = life.asks_to_be_erased("mother")
    restorer.back_up(SECOND)
    life.carry_out(life.ids["request"])
    life.house.close()
    return restorer


def test_a_restored_register_is_recognised_and_erases_again_what_it_had_forgotten(restorer: Restorer) -> None:
    life = restorer.life
    restorer.restore(FIRST, "register")
    restorer.refuses(BehindTheLedger, "the register's database is older than the ledger of erasures")

    done = restorer.reapplied()
    house = restorer.opened()

    assert (done.fenced, done.cases, done.lost) == (1, (), (life.ids["request"],))
    assert done.values > 3
    assert in_views(house, life, "mother") == []
    assert in_views(house, life, "father")
    realm = house.realms[CLUB]
    assert set(realm.vault.open(about(house, life, "mother"))) == {ERASED}
    assert "roster" in realm.register.fences_of(life.ids["mother"])
    before = digests(house)
    assert rebuilt(house) == before
    house.close()


def test_a_case_that_the_restored_register_has_goes_on_to_its_end(restorer: Restorer) -> None:
    life = restorer.life
    for store in ("register", "keys"):
        restorer.restore(SECOND, store)
    restorer.refuses(BehindTheLedger, "the key database is older than the ledger of erasures")

    done = restorer.reapplied()
    assert (done.cases, done.lost) == ((life.ids["request"],), ())
    assert done.keys > 3
    assert restorer.reapplied().cases == ()  # nothing is left to do

    house = restorer.opened()
    again = Life(house, ids=life.ids)
    receipt = json.loads(json.dumps(again.carry_out(life.ids["request"]), default=str))
    assert receipt["case_id"] == str(life.ids["request"])
    assert len(house.realms[CLUB].ledger.entries_after(0)) == 1
    assert in_views(house, life, "mother") == []
    assert set(house.realms[CLUB].vault.open(about(house, life, "mother"))) == {ERASED}
    house.close()


def test_after_a_rotation_the_old_key_database_opens_nothing_even_without_the_ledger(restorer: Restorer) -> None:
    life = restorer.life
    house = restorer.opened()
    fathers, mothers = about(house, life, "father"), about(house, life, "mother")
    rotate_keys(house.realms[CLUB], keep=1, progress=lambda done, of: None)
    house.close()
    restorer.back_up("after the rotation")
    whole = restorer.realm.ledger.read_bytes()

    for store in ("register", "keys"):
        restorer.restore(FIRST, store)
    restorer.realm.ledger.write_bytes(b"")
    restorer.refuses(EpochMissing, "epoch 1, whose key-encryption key is not in the key store")
    old = Database(restorer.realm.keys)
    provider = KeyFileProvider(restorer.realm.key_folder, CLUB, production=False)
    for value in mothers:
        with pytest.raises(Unavailable):
            KeyVault(old, provider, realm=CLUB, kind=restorer.realm.kind).open([value])
    old.close()

    restorer.realm.ledger.write_bytes(whole)
    for store in ("register", "keys"):
        restorer.restore("after the rotation", store)
    house = restorer.opened()
    vault = house.realms[CLUB].vault
    assert set(vault.open(mothers)) == {ERASED}
    assert ERASED not in vault.open(fathers)
    house.close()


def test_a_key_store_restored_from_before_a_rotation_is_recognised(restorer: Restorer, tmp_path: Path) -> None:
    folder = restorer.realm.key_folder
    shutil.copytree(folder, tmp_path / "old")
    house = restorer.opened()
    rotate_keys(house.realms[CLUB], keep=1, progress=lambda done, of: None)
    house.close()
    shutil.copytree(tmp_path / "old", folder, dirs_exist_ok=True)  # the new epochs stay, the old ones are back

    restorer.refuses(BehindTheLedger, "the key store holds epochs again that the ledger says are destroyed")
    assert restorer.reapplied().epochs > 3
    restorer.opened().close()


def test_a_ledger_that_was_cut_off_or_changed_and_a_clock_that_jumped_back_are_refused(restorer: Restorer) -> None:
    ledger, life = restorer.realm.ledger, restorer.life
    whole = ledger.read_bytes()
    for altered, words in (
        (b"", "line 1 of the ledger is missing; it had 1 lines"),
        (whole[:-20], "line 1 of the ledger is not in the form it is written in, or cut off"),
        (re.sub(rb'"realm":"[a-z-]+"', b'"realm":"elsewhere"', whole), "line 1 of the ledger was changed"),
    ):
        ledger.write_bytes(altered)
        restorer.refuses(Tampered, words)
        with pytest.raises(Tampered, match=words):
            restorer.reapplied()
    ledger.write_bytes(whole)

    early = SetClock(life.clock.now() - timedelta(days=2))
    with pytest.raises(ClockBehind, match="Set the clock right"):
        build(restorer.settings, clock=early)
