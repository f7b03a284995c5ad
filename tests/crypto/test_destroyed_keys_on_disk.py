"""After a destruction no byte of the key is in SQLite's files, beside a living key's bytes, which must be found."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from domain.compartments import ROSTER, SHARED_NOTE
from gdpr.ports import ERASED, Unavailable
from infrastructure.key_rows import wrapping_context
from infrastructure.key_tables import keys, receiving_keys, search_index
from infrastructure.vault import KeyVault
from tests.crypto.vault_examples import REALM, Shop, sealed

ALMA, BO = UUID(int=0xA), UUID(int=0xB)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    shop = Shop(f"sqlite:///{tmp_path / 'keys.db'}", tmp_path / "keys")
    yield shop
    shop.close()


def files_of(shop: Shop) -> dict[str, bytes]:
    """The bytes of the database, its write-ahead log and its shared memory, while all of it is in use."""
    path = Path(shop.database.engine.url.database or "")
    return {file.name: file.read_bytes() for file in path.parent.glob("keys.db*")}


def copies(shop: Shop, secret: bytes) -> int:
    return sum(content.count(secret) for content in files_of(shop).values())


def wrapped_of(shop: Shop, subject: UUID) -> bytes:
    with shop.database.read() as connection:
        return bytes(connection.scalars(sa.select(keys.c.wrapped).where(keys.c.subject == subject)).one())


def test_the_files_looked_into_are_those_in_use(shop: Shop) -> None:
    sealed(shop.vault(), ALMA, ROSTER)

    assert files_of(shop).keys() == {"keys.db", "keys.db-wal", "keys.db-shm"}


@pytest.mark.parametrize("by", ["subject", "consent", "id"])
def test_a_destroyed_key_is_in_no_file_and_a_living_one_is(shop: Shop, by: str) -> None:
    vault, consent = shop.vault(), uuid4()
    value = sealed(vault, ALMA, SHARED_NOTE, "asleep", consent)
    # Others' writes to the same page: each puts another copy of it into the log.
    for _ in range(20):
        sealed(vault, uuid4(), ROSTER)
    sealed(vault, BO, ROSTER)
    destroyed, living = wrapped_of(shop, ALMA), wrapped_of(shop, BO)
    planted = os.urandom(32)
    plant(shop, planted)
    assert [copies(shop, each) > 0 for each in (destroyed, living, planted)] == [True, True, True]
    plant(shop, None)

    if by == "subject":
        vault.destroy(ALMA, ["shared_note"])
    elif by == "consent":
        vault.destroy_under(consent)
    else:
        vault.destroy_by_id([value.token[1:17]])

    assert [copies(shop, each) for each in (destroyed, destroyed[:16], destroyed[-16:], planted)] == [0, 0, 0, 0]
    assert copies(shop, living) == 1
    assert vault.open([value]) == [ERASED]


def plant(shop: Shop, raw: bytes | None) -> None:
    """A raw data key, as a careless program would store it; or take it away again."""
    with shop.database.write() as connection:
        if raw is not None:
            connection.execute(sa.text("CREATE TABLE careless (raw BLOB)"))
            connection.execute(sa.text("INSERT INTO careless VALUES (:raw)"), {"raw": raw})
        else:
            connection.execute(sa.text("DELETE FROM careless"))


def test_no_data_key_ever_stands_in_a_file_unwrapped(shop: Shop) -> None:
    vault = shop.vault()
    sealed(vault, ALMA, ROSTER)
    with shop.database.read() as connection:
        row = connection.execute(sa.select(keys)).one()
    context = wrapping_context(REALM, "roster", ALMA.bytes, row.consent.bytes, row.key_id)

    data_key = shop.provider().unwrap("roster", row.epoch, context, row.wrapped)

    assert copies(shop, data_key) == 0
    assert copies(shop, row.wrapped) > 0


def test_a_destroyed_receiving_key_and_a_forgotten_word_are_in_no_file(shop: Shop) -> None:
    vault, course = shop.vault(), uuid4()
    vault.new_receiving_key(course)
    vault.index_all([("family_name", "Holm", ALMA), ("family_name", "Lund", BO)])
    with shop.database.read() as connection:
        wrapped = connection.scalars(sa.select(receiving_keys.c.wrapped)).one()
        by_subject = {row.subject: row.token for row in connection.execute(sa.select(search_index))}
    secrets = [bytes(wrapped), by_subject[ALMA], by_subject[BO]]
    assert all(copies(shop, each) for each in secrets)

    vault.destroy_receiving_key(course)
    vault.destroy(ALMA, ["roster"])

    assert [copies(shop, each) > 0 for each in secrets] == [False, False, True]


def test_while_a_reader_keeps_the_bytes_the_destruction_says_so_and_ends_when_asked_again(shop: Shop) -> None:
    vault = shop.vault()
    value = sealed(vault, ALMA, ROSTER)
    destroyed = wrapped_of(shop, ALMA)
    with closing(sqlite3.connect(shop.database.engine.url.database or "")) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM keys").fetchall()

        with pytest.raises(Unavailable, match="write-ahead log"):
            vault.destroy(ALMA, ["roster"])

        assert vault.open([value]) == [ERASED]
        assert copies(shop, destroyed) > 0

    assert len(vault.destroy(ALMA, ["roster"])) == 1
    assert copies(shop, destroyed) == 0


def test_a_reader_who_leaves_soon_does_not_stop_the_destruction(shop: Shop) -> None:
    vault: KeyVault = shop.vault()
    sealed(vault, ALMA, ROSTER)
    destroyed = wrapped_of(shop, ALMA)
    reader = sqlite3.connect(shop.database.engine.url.database or "", check_same_thread=False)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM keys").fetchall()
    leaving = threading.Timer(0.3, reader.close)
    leaving.start()

    vault.destroy(ALMA, ["roster"])

    leaving.join()
    assert copies(shop, destroyed) == 0
