"""Finding a person by a keyed index, and opening what another realm sealed: both end with the keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from domain.compartments import RECEIVING
from gdpr.ports import SubjectErased, Tampered, Unavailable
from infrastructure.key_tables import leaving_words, receiving_keys, search_index
from infrastructure.vault import KeyVault, NotHeldHere
from tests.crypto.vault_examples import Shop, rows_of
from tests.postgres import Backend

ALMA, BO = UUID(int=0xA), UUID(int=0xB)


@pytest.fixture
def shop(backend: Backend, tmp_path: Path) -> Iterator[Shop]:
    shop = Shop(backend.new_database(), tmp_path / "keys")
    yield shop
    shop.close()


@pytest.fixture
def vault(shop: Shop) -> KeyVault:
    return shop.vault()


# The search index


def test_a_subject_is_found_however_its_name_and_telephone_are_written(vault: KeyVault) -> None:
    vault.index_all([("family_name", "Åse  HOLM-Lund ", ALMA), ("telephone", "+45 20 30 40 50", ALMA)])
    vault.index_all([("family_name", "åse holm-lund", BO)])
    vault.index_all([("family_name", "åse holm-lund", BO)])

    # "A" and a ring of its own, no-break spaces, capitals
    assert vault.find("family_name", "A\u030ase\u00a0holm-LUND") == {ALMA, BO}
    for written in ("20304050", "0045 2030 4050", "45 20 30 40 50", "(+45) 20-30-40-50", "２０３０４０５０"):
        assert vault.find("telephone", written) == {ALMA}
    assert vault.find("family_name", "20304050") == set()
    assert vault.find("family_name", "holm") == set()


def test_a_number_that_begins_with_45_is_not_cut_short(vault: KeyVault) -> None:
    vault.index_all([("telephone", "45 30 40 50", ALMA), ("telephone", "30 40 50", BO)])

    assert vault.find("telephone", "+45 45 30 40 50") == {ALMA}


def test_nothing_is_found_by_nothing(vault: KeyVault) -> None:
    vault.index_all([("telephone", "unknown", ALMA), ("family_name", "  ", ALMA)])
    vault.index_all([])

    assert vault.find("telephone", "none") == set()
    assert vault.find("family_name", "") == set()


def test_the_index_holds_no_word(shop: Shop, vault: KeyVault) -> None:
    vault.index_all([("family_name", "Zebulon", ALMA)])

    [row] = rows_of(shop, search_index)
    assert (row.field, len(row.token), row.subject) == ("family_name", 12, ALMA)
    assert b"zebulon" not in row.token.lower()


def test_words_said_anew_leave_the_index_once_their_command_is_saved(shop: Shop, vault: KeyVault) -> None:
    vault.index_all(
        [("name", "Holm", ALMA), ("name", "Alma", ALMA), ("name", "Holm", BO), ("telephone", "20304050", ALMA)]
    )
    new = [("name", "Lund", ALMA), ("name", "Alma", ALMA)]
    vault.index_all(new)
    vault.mark_words(UUID(int=1), [("name", ALMA)], new)
    assert vault.find("name", "Holm") == {ALMA, BO}, "it may not be saved yet"
    for _ in range(2):
        vault.forget_words(UUID(int=1))
        assert [vault.find("name", word) for word in ("Holm", "Lund", "Alma")] == [{BO}, {ALMA}, {ALMA}]
    assert vault.find("telephone", "20304050") == {ALMA}
    assert rows_of(shop, leaving_words) == []


def test_a_word_that_is_said_again_stays_whichever_command_is_finished_last(vault: KeyVault) -> None:
    vault.index_all([("name", "Holm", ALMA)])
    for number, name in ((1, "Lund"), (2, "Holm")):
        vault.index_all([("name", name, ALMA)])
        vault.mark_words(UUID(int=number), [("name", ALMA)], [("name", name, ALMA)])
    vault.forget_words(UUID(int=2))
    vault.forget_words(UUID(int=1))
    assert [vault.find("name", word) for word in ("Holm", "Lund")] == [{ALMA}, set()]


def test_an_erased_subject_leaves_the_index_and_does_not_come_back(shop: Shop, vault: KeyVault) -> None:
    vault.index_all([("family_name", "Holm", ALMA), ("family_name", "Holm", BO)])

    vault.destroy(ALMA, ["contact"])

    assert vault.find("family_name", "Holm") == {BO}
    shop.vault().index_all([("family_name", "Holm", ALMA), ("telephone", "20304050", BO)])
    assert vault.find("family_name", "Holm") == {BO}
    assert vault.find("telephone", "20304050") == {BO}


# What comes from another realm


def test_what_is_sealed_for_the_realm_opens_there_until_its_key_is_destroyed(shop: Shop, vault: KeyVault) -> None:
    course = uuid4()
    public = vault.new_receiving_key(course)
    message = vault.seal_for(public, b"Alma", b"hand-over")

    assert shop.vault().new_receiving_key(course) == public
    assert shop.vault().open_received(course, message, b"hand-over") == b"Alma"
    with pytest.raises(Tampered):
        vault.open_received(course, message, b"another")
    with pytest.raises(Unavailable):
        vault.open_received(uuid4(), message, b"hand-over")

    shop.vault().destroy_receiving_key(course)
    shop.vault().destroy_receiving_key(course)

    assert [(row.state, row.wrapped) for row in rows_of(shop, receiving_keys)] == [("destroyed", None)]
    with pytest.raises(SubjectErased):
        vault.open_received(course, message, b"hand-over")
    with pytest.raises(SubjectErased):
        vault.new_receiving_key(course)


def test_a_receiving_key_exchanged_for_another_is_tampered(shop: Shop, vault: KeyVault) -> None:
    one, other = uuid4(), uuid4()
    message = vault.seal_for(vault.new_receiving_key(one), b"Alma", b"")
    vault.new_receiving_key(other)
    theirs = {row.about: row for row in rows_of(shop, receiving_keys)}[other]
    for exchanged in ({"wrapped": theirs.wrapped}, {"wrapped": theirs.wrapped, "public": theirs.public}):
        with shop.database.write() as connection:
            connection.execute(sa.update(receiving_keys).where(receiving_keys.c.about == one).values(exchanged))
        with pytest.raises(Tampered):
            vault.open_received(one, message, b"")


def test_a_process_that_may_not_receive_neither_makes_nor_uses_receiving_keys(shop: Shop) -> None:
    volunteers = shop.vault(opens=frozenset({"roster"}))

    with pytest.raises(NotHeldHere):
        volunteers.new_receiving_key(ALMA)
    with pytest.raises(NotHeldHere):
        volunteers.open_received(ALMA, b"", b"")
    assert shop.vault(opens=frozenset({RECEIVING.name})).new_receiving_key(ALMA)
