"""Epochs on both databases: every live key moves on, none that was destroyed comes back, and old copies open nothing."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from domain.compartments import NOTE, ROSTER, SHARED_NOTE, RealmKind, held_in
from gdpr.ports import ERASED, SubjectErased, Tampered, Unavailable
from infrastructure.key_providers.key_file import KeyFileProvider
from infrastructure.key_tables import keys, receiving_keys
from infrastructure.rotation import EpochStillNeeded, Rotation
from infrastructure.vault import KeyVault
from tests.crypto.vault_examples import REALM, Shop, rows_of, sealed, statements_of
from tests.postgres import Backend

ALMA, BO = UUID(int=0xA), UUID(int=0xB)
HELD = sorted(compartment.name for compartment in held_in(RealmKind.RED_BARNET))


@pytest.fixture
def shop(backend: Backend, tmp_path: Path) -> Iterator[Shop]:
    shop = Shop(backend.new_database(), tmp_path / "keys")
    yield shop
    shop.close()


@pytest.fixture
def vault(shop: Shop) -> KeyVault:
    return shop.vault()


def rotation(shop: Shop, provider: KeyFileProvider | None = None) -> Rotation:
    return Rotation(shop.database, provider or shop.provider(), realm=REALM, compartments=HELD)


def rotate(shop: Shop, keep: int = 3, provider: KeyFileProvider | None = None) -> dict[str, int]:
    turning = rotation(shop, provider)
    turning.begin()
    turning.wrap_anew(batch=4)
    turning.clean()
    return turning.destroy_old(keep)


def test_every_live_key_moves_to_the_new_epoch_and_opens_in_every_process(shop: Shop, vault: KeyVault) -> None:
    course, other = uuid4(), shop.vault()
    values = [sealed(vault, uuid4(), ROSTER, str(number)) for number in range(9)]
    values.append(sealed(vault, ALMA, NOTE, "9", course))
    letter = vault.seal_for(vault.new_receiving_key(course), b"Alma", b"")
    assert other.open(values) == [str(number) for number in range(10)]

    heard: list[tuple[int, int]] = []
    turning = rotation(shop)
    assert turning.begin()
    assert turning.wrap_anew(lambda done, of: heard.append((done, of)), batch=4) == 11

    assert heard[-1] == (11, 11) and heard == sorted(heard)
    assert {row.epoch for table in (keys, receiving_keys) for row in rows_of(shop, table)} == {2}
    assert turning.destroy_old(keep=1) == dict.fromkeys(HELD, 1)
    assert other.open(values) == shop.vault().open(values) == [str(number) for number in range(10)]
    assert shop.vault().open_received(course, letter, b"") == b"Alma"
    assert vault.keys_for([(BO, ROSTER, None)])


def test_three_epochs_are_kept_unless_told_otherwise_and_the_current_one_always(shop: Shop, vault: KeyVault) -> None:
    sealed(vault, ALMA, ROSTER)

    assert [rotate(shop).get("roster") for _ in range(4)] == [None, None, 1, 2]

    assert shop.provider().epochs("roster") == [3, 4, 5]
    with pytest.raises(ValueError, match="kept"):
        rotation(shop).destroy_old(keep=0)


def test_an_old_copy_of_a_destroyed_key_opens_nothing_once_its_epoch_is_gone(shop: Shop, vault: KeyVault) -> None:
    """Whoever kept the row from a backup puts it back: first it opens, which is the danger, and then never again."""
    erased, living = sealed(vault, ALMA, ROSTER), sealed(vault, BO, ROSTER)
    backup = {row.subject: row for row in rows_of(shop, keys)}
    vault.destroy(ALMA, ["roster"])

    def put_back() -> None:
        with shop.database.write() as connection:
            old = {name: getattr(backup[ALMA], name) for name in ("state", "wrapped", "epoch", "destroyed_at")}
            connection.execute(sa.update(keys).where(keys.c.subject == ALMA).values(**old))

    put_back()
    assert shop.vault().open([erased, living]) == ["Alma", "Alma"]
    vault.destroy(ALMA, ["roster"])
    rotate(shop, keep=1)
    put_back()

    with pytest.raises(Unavailable):
        shop.vault().open([erased])
    assert shop.vault().open([living]) == ["Alma"]


def test_a_key_keeps_the_epoch_it_was_last_wrapped_in_when_it_is_destroyed(shop: Shop, vault: KeyVault) -> None:
    for subject in (ALMA, BO):
        sealed(vault, subject, ROSTER)
    [first] = vault.destroy(ALMA, ["roster"])
    rotate(shop)
    [second] = vault.destroy(BO, ["roster"])
    rotate(shop)

    assert (first.epoch, second.epoch) == (1, 2)
    assert vault.destroy(ALMA, ["roster"]) == [first]
    of_roster = [each for each in rotation(shop).epochs() if each.compartment == "roster"]
    assert [(e.number, e.exists, e.live, e.destroyed) for e in of_roster] == [
        (1, True, 0, 1), (2, True, 0, 1), (3, True, 0, 0),
    ]  # fmt: skip


def test_no_epoch_is_destroyed_that_a_live_key_needs(shop: Shop, vault: KeyVault) -> None:
    value = sealed(vault, ALMA, ROSTER)
    turning = rotation(shop)
    turning.begin()

    with pytest.raises(EpochStillNeeded, match="1 live keys of roster"):
        turning.destroy_old(keep=1)

    assert shop.provider().epochs("note") == [1, 2]
    assert shop.vault().open([value]) == ["Alma"]


class Dies(KeyFileProvider):
    """A key provider under which the process dies at its n-th change."""

    def __init__(self, folder: Path, at: int) -> None:
        super().__init__(folder, REALM, production=False)
        self._left = at

    def _live(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise KeyboardInterrupt

    def create_epoch(self, compartment: str) -> int:
        self._live()
        return super().create_epoch(compartment)

    def rewrap(self, compartment: str, epoch: int, to: int, wrapped: Sequence[tuple[bytes, bytes]]) -> list[bytes]:
        anew = super().rewrap(compartment, epoch, to, wrapped)
        self._live()
        return anew

    def destroy_epoch(self, compartment: str, epoch: int) -> None:
        self._live()
        super().destroy_epoch(compartment, epoch)


@pytest.mark.parametrize("at", [0, 3, len(HELD), len(HELD) + 1, len(HELD) + 2, len(HELD) + 4, 2 * len(HELD)])
def test_a_rotation_that_is_broken_off_is_taken_up_by_the_next(shop: Shop, vault: KeyVault, at: int) -> None:
    values = [sealed(vault, uuid4(), ROSTER if number % 2 else SHARED_NOTE, "x", None if number % 2 else uuid4())
              for number in range(8)]  # fmt: skip
    gone = sealed(vault, ALMA, ROSTER)
    vault.destroy(ALMA, ["roster"])

    with pytest.raises(KeyboardInterrupt):
        rotate(shop, keep=1, provider=Dies(shop.folder, at))
    assert shop.vault().open([*values, gone]) == ["x"] * 8 + [ERASED]
    rotate(shop, keep=1)

    assert shop.vault().open([*values, gone]) == ["x"] * 8 + [ERASED]
    provider = shop.provider()
    assert {(row.compartment, row.epoch) for row in rows_of(shop, keys) if row.state == "live"} == {
        (name, provider.current_epoch(name)) for name in ("roster", "shared_note")
    }
    assert all(len(provider.epochs(name)) == 1 for name in ("roster", "shared_note"))


def test_a_broken_off_rotation_begins_no_further_epoch(shop: Shop, vault: KeyVault) -> None:
    sealed(vault, ALMA, ROSTER)
    assert rotation(shop).begin()
    assert not rotation(shop).begin()
    assert shop.provider().epochs("roster") == [1, 2]


def test_what_is_made_and_destroyed_during_a_rotation_is_neither_lost_nor_brought_back(shop: Shop) -> None:
    ours, theirs = shop.vault(), shop.vault()
    subjects = [uuid4() for _ in range(30)]
    to_go = [sealed(ours, subject, ROSTER) for subject in subjects]
    made: list[Any] = []
    stop = threading.Event()

    def make() -> None:
        while not stop.wait(0.005):
            made.append(sealed(ours, uuid4(), ROSTER))

    def erase() -> None:
        for subject in subjects:
            stop.wait(0.005)
            theirs.destroy(subject, ["roster"])

    with ThreadPoolExecutor(2) as pool:
        making, erasing = pool.submit(make), pool.submit(erase)
        try:
            rotations = 0
            while rotations < 3 or len(made) < 4:  # so long that something was made meanwhile, however busy the machine
                rotate(shop, keep=1)
                rotations += 1
            erasing.result()
        finally:
            stop.set()
        making.result()
    rotate(shop, keep=1)

    assert shop.vault().open(to_go) == [ERASED] * 30
    assert shop.vault().open(made) == ["Alma"] * len(made)
    with pytest.raises(SubjectErased):
        ours.keys_for([(subjects[0], ROSTER, None)])


def test_a_row_that_was_exchanged_stops_the_rotation_and_is_no_loss(shop: Shop, vault: KeyVault) -> None:
    values = [sealed(vault, subject, ROSTER) for subject in (ALMA, BO)]
    rows = {row.subject: row for row in rows_of(shop, keys)}
    with shop.database.write() as connection:
        connection.execute(sa.update(keys).where(keys.c.subject == ALMA).values(wrapped=rows[BO].wrapped))

    turning = rotation(shop)
    turning.begin()
    with pytest.raises(Tampered):
        turning.wrap_anew()
    with pytest.raises(EpochStillNeeded):
        turning.destroy_old(keep=1)

    assert shop.vault().open(values[1:]) == ["Alma"]


def test_each_batch_costs_two_statements_however_many_keys_it_holds(shop: Shop, vault: KeyVault) -> None:
    vault.keys_for([(uuid4(), ROSTER, None) for _ in range(40)])
    turning = rotation(shop)
    turning.begin()
    seen = statements_of(shop.database, "")

    turning.wrap_anew(batch=10)

    asked_for_keys = [each for each in seen if "FROM keys" in each and "count(" not in each and "UPDATE" not in each]
    exchanged = [each for each in seen if "UPDATE keys" in each]
    assert (len(asked_for_keys), len(exchanged)) == (5, 4)  # the last page is empty
    assert len(seen) < 40


def test_no_key_of_a_compartment_is_turned_by_whoever_may_not_open_it(shop: Shop, vault: KeyVault) -> None:
    value = sealed(vault, ALMA, ROSTER)
    Rotation(shop.database, shop.provider(), realm=REALM, compartments=["note"]).begin()

    assert (shop.provider().epochs("roster"), shop.provider().epochs("note")) == ([1], [1, 2])
    assert shop.vault().open([value]) == ["Alma"]
