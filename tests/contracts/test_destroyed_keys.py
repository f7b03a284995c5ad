"""What was destroyed stays so, in every process and after a restore; only whose retention ended may begin anew."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from domain.compartments import CONTACT, FOLLOW_UP, NOTE, ROSTER, SHARED_NOTE, RealmKind
from gdpr.ports import ERASED, SubjectErased
from infrastructure.key_providers.key_file import KeyFileProvider
from infrastructure.key_tables import erased_subjects, keys, search_index
from infrastructure.vault import KeyVault, NotHeldHere
from tests.crypto.vault_examples import REALM, Shop, alarm, change_rows, rows_of, sealed
from tests.postgres import Backend

ALMA, BO = UUID(int=0xA), UUID(int=0xB)
SPRING, AUTUMN = UUID(int=0x51), UUID(int=0x52)


@pytest.fixture
def shop(backend: Backend, tmp_path: Path) -> Iterator[Shop]:
    shop = Shop(backend.new_database(), tmp_path / "keys")
    yield shop
    shop.close()


@pytest.fixture
def vault(shop: Shop) -> KeyVault:
    return shop.vault()


def test_a_destroyed_key_leaves_its_row_and_nothing_to_open_with(shop: Shop, vault: KeyVault) -> None:
    value = sealed(vault, ALMA, ROSTER)
    before = rows_of(shop, keys)[0]

    [gone] = vault.destroy(ALMA, ["roster"])

    row = rows_of(shop, keys)[0]
    assert (row.state, row.wrapped, row.key_id, row.commitment) == ("destroyed", None, before.key_id, before.commitment)
    assert (gone.key_id, gone.compartment, gone.commitment) == (before.key_id, "roster", before.commitment)
    assert gone.destroyed_at.utcoffset() is not None
    assert vault.open([value]) == [ERASED]
    assert vault.subjects_keys(ALMA) == [("roster", "destroyed")]


def test_destroying_again_answers_the_same_with_the_day_it_happened(vault: KeyVault) -> None:
    sealed(vault, ALMA, ROSTER)
    sealed(vault, ALMA, SHARED_NOTE, "asleep", uuid4())

    first = vault.destroy(ALMA, ["roster", "shared_note", "contact"])

    assert sorted(each.compartment for each in first) == ["roster", "shared_note"]
    assert vault.destroy(ALMA, ["roster", "shared_note", "contact"]) == first


def test_destroying_reaches_the_named_compartments_of_the_one_subject_only(vault: KeyVault) -> None:
    values = [
        sealed(vault, who, where, consent=scope)
        for who in (ALMA, BO)
        for where, scope in ((ROSTER, None), (NOTE, SPRING))
    ]

    vault.destroy(ALMA, ["note"])

    assert vault.open(values) == ["Alma", ERASED, "Alma", "Alma"]
    assert vault.subjects_keys(ALMA) == [("note", "destroyed"), ("roster", "live")]


def test_a_key_another_process_destroyed_is_not_used_any_more_though_it_was_remembered(shop: Shop) -> None:
    ours, theirs = shop.vault(), shop.vault()
    wanted = (ALMA, ROSTER, None)
    value, other = sealed(ours, ALMA, ROSTER), sealed(ours, BO, ROSTER)
    assert theirs.open([value, other]) == ["Alma", "Alma"]

    ours.destroy(ALMA, ["roster"])

    assert theirs.open([value, other]) == [ERASED, "Alma"]
    with pytest.raises(SubjectErased):
        theirs.keys_for([wanted])


def test_an_erased_subject_gets_no_new_key_also_where_it_never_had_one(shop: Shop, vault: KeyVault) -> None:
    sealed(vault, ALMA, ROSTER)
    vault.destroy(ALMA, ["roster", "contact", "shared_note"])

    for wanted in ((ALMA, ROSTER, None), (ALMA, CONTACT, None), (ALMA, SHARED_NOTE, uuid4())):
        with pytest.raises(SubjectErased) as caught:
            shop.vault().keys_for([(BO, ROSTER, None), wanted])
        assert str(ALMA) not in str(caught.value)
    assert vault.subjects_keys(BO) == []  # all or none
    assert vault.keys_for([(ALMA, NOTE, SPRING), (BO, CONTACT, None)])


def test_a_consent_that_ended_takes_its_keys_along_and_no_other(shop: Shop, vault: KeyVault) -> None:
    consent, other = uuid4(), uuid4()
    shared = sealed(vault, ALMA, SHARED_NOTE, "asleep", consent)
    about_bo = sealed(vault, BO, SHARED_NOTE, "asleep", consent)
    kept = [sealed(vault, ALMA, SHARED_NOTE, "asleep", other), sealed(vault, ALMA, NOTE, "asleep", SPRING)]

    gone = shop.vault().destroy_under(consent)

    assert len(gone) == 2
    assert vault.open([shared, about_bo, *kept]) == [ERASED, ERASED, "asleep", "asleep"]
    assert vault.destroy_under(consent) == gone
    with pytest.raises(SubjectErased):
        vault.keys_for([(ALMA, SHARED_NOTE, consent)])


def test_the_notes_of_the_spring_course_die_and_those_of_the_autumn_course_live(shop: Shop, vault: KeyVault) -> None:
    """INT-25, INT-09: a family that comes back tells anew, under another key, before or after the first course ends."""
    spring, before, sibling = (
        sealed(vault, who, where, "asleep", course)
        for who, where, course in ((ALMA, NOTE, SPRING), (ALMA, NOTE, AUTUMN), (BO, NOTE, SPRING))
    )
    roster = sealed(vault, ALMA, ROSTER)

    gone = shop.vault().destroy_under(SPRING)
    after = sealed(vault, BO, NOTE, "awake", AUTUMN)

    assert {each.compartment for each in gone} == {"note"}
    assert vault.open([spring, sibling, before, after, roster]) == [ERASED, ERASED, "asleep", "awake", "Alma"]
    with pytest.raises(SubjectErased):
        vault.keys_for([(ALMA, NOTE, SPRING)])


def test_a_note_of_one_course_does_not_open_as_one_of_another(shop: Shop, vault: KeyVault) -> None:
    """Moved to the other course's stream, under the other course's key, or with its key's row given to that course."""
    spring, autumn = (sealed(vault, ALMA, NOTE, "asleep", course) for course in (SPRING, AUTUMN))

    alarm(vault, replace(spring, place=autumn.place))
    alarm(vault, replace(spring, token=spring.token[:1] + autumn.token[1:17] + spring.token[17:]))
    change_rows(shop, keys.c.consent == SPRING, consent=UUID(int=0x53))
    alarm(shop.vault(), spring)


def test_no_key_is_made_under_a_consent_that_ended_before_its_first(shop: Shop, vault: KeyVault) -> None:
    consent = uuid4()

    assert vault.destroy_under(consent) == []

    with pytest.raises(SubjectErased):
        shop.vault().keys_for([(ALMA, FOLLOW_UP, consent)])


def test_a_name_that_is_no_compartment_is_refused_and_one_of_the_other_realm_has_nothing(
    shop: Shop, vault: KeyVault
) -> None:
    with pytest.raises(NotHeldHere):
        vault.destroy(ALMA, ["roster", "rooster"])
    assert rows_of(shop, erased_subjects) == []
    assert vault.destroy(ALMA, ["case_file"]) == []


def test_no_key_survives_a_destruction_that_races_with_its_making(shop: Shop) -> None:
    writer, eraser = shop.vault(), shop.vault()
    subjects = [uuid4() for _ in range(40)]
    made: list[UUID] = []

    def write() -> None:
        for subject in subjects:
            try:
                writer.keys_for([(subject, SHARED_NOTE, uuid4()), (subject, ROSTER, None)])
                made.append(subject)
            except SubjectErased:
                pass

    def erase() -> None:
        for subject in subjects:
            eraser.destroy(subject, ["roster", "shared_note"])

    threads = [threading.Thread(target=write), threading.Thread(target=erase)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    rows = rows_of(shop, keys)
    assert len(rows) == 2 * len(made)
    assert {row.state for row in rows} <= {"destroyed"}


class PausesBeforeWrapping(KeyFileProvider):
    """A key provider as slow as one across a network: long enough for a whole destruction to come between."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, REALM, production=False)
        self.wrapping, self.go_on = threading.Event(), threading.Event()

    def wrap(self, compartment: str, epoch: int, context: bytes, key: bytes) -> bytes:
        self.wrapping.set()
        self.go_on.wait(0.5)
        return super().wrap(compartment, epoch, context, key)


@pytest.mark.parametrize("by", ["subject", "consent"])
def test_a_destruction_waits_for_a_key_that_is_being_made_and_takes_it_along(shop: Shop, by: str) -> None:
    provider, eraser, consent = PausesBeforeWrapping(shop.folder), shop.vault(), uuid4()
    writer = KeyVault(shop.database, provider, realm=REALM, kind=RealmKind.RED_BARNET)
    with ThreadPoolExecutor(1) as pool:
        making = pool.submit(writer.keys_for, [(ALMA, SHARED_NOTE, consent)])
        assert provider.wrapping.wait(5)
        gone = eraser.destroy(ALMA, ["shared_note"]) if by == "subject" else eraser.destroy_under(consent)
        provider.go_on.set()
        [key] = making.result().values()

    assert [each.key_id for each in gone] == [key.key_id]
    assert [row.state for row in rows_of(shop, keys)] == ["destroyed"]


def test_what_the_ledger_names_is_destroyed_again_after_a_restore(shop: Shop, vault: KeyVault) -> None:
    consent = uuid4()
    values = [sealed(vault, ALMA, ROSTER), sealed(vault, BO, ROSTER), sealed(vault, BO, SHARED_NOTE, "asleep", consent)]
    backup = {table: rows_of(shop, table) for table in (keys, search_index)}
    vault.index_all([("family_name", "Holm", ALMA), ("family_name", "Holm", BO)])
    gone = [*vault.destroy(ALMA, ["roster"]), *vault.destroy_under(consent)]
    with shop.database.write() as connection:
        connection.execute(sa.delete(keys))
        connection.execute(sa.delete(erased_subjects))
        connection.execute(sa.insert(keys), [row._asdict() for row in backup[keys]])
    vault.index_all([("family_name", "Holm", ALMA), ("family_name", "Holm", BO)])
    assert vault.open(values) == ["Alma", "Alma", "asleep"]  # the danger

    again = vault.destroy_by_id([each.key_id for each in gone] + [bytes(16)])

    assert {each.key_id for each in again} == {each.key_id for each in gone}
    assert vault.open(values) == [ERASED, "Alma", ERASED]
    assert vault.find("family_name", "Holm") == set()  # a key of both was named
    for wanted in ((ALMA, ROSTER, None), (BO, SHARED_NOTE, consent)):
        with pytest.raises(SubjectErased):
            vault.keys_for([wanted])


def test_the_head_of_the_ledger_is_kept_and_goes_forward_only(shop: Shop, vault: KeyVault) -> None:
    assert vault.ledger_head() == (0, b"")
    vault.set_ledger_head(3, b"three")
    vault.set_ledger_head(5, b"five")
    vault.set_ledger_head(4, b"four")

    assert shop.vault().ledger_head() == (5, b"five")


def test_only_so_many_keys_are_remembered_and_all_of_them_open(shop: Shop) -> None:
    vault = shop.vault(cache_size=3)
    values = [sealed(vault, uuid4(), ROSTER, str(number)) for number in range(10)]

    assert vault.open(values) == [str(number) for number in range(10)]
    assert len(vault._unwrapped) == 3
    vault.destroy(values[-1].subject, ["roster"])
    assert len(vault._unwrapped) == 2


# Ending: the retention is over, and nobody asked for an erasure


def test_what_ended_reads_erased_and_who_comes_back_gets_the_next_generation(shop: Shop, vault: KeyVault) -> None:
    before, kept = sealed(vault, ALMA, ROSTER), sealed(vault, ALMA, CONTACT)

    [gone] = vault.end(ALMA, ["roster"])

    assert vault.end(ALMA, ["roster"]) == [gone]
    assert shop.vault().open([before, kept]) == [ERASED, "Alma"]
    assert rows_of(shop, erased_subjects) == []

    again = sealed(shop.vault(), ALMA, ROSTER)

    assert vault.open([before, again]) == [ERASED, "Alma"]
    assert {row.generation: row.state for row in rows_of(shop, keys) if row.compartment == "roster"} == {
        1: "destroyed", 2: "live",
    }  # fmt: skip
    vault.index_all([("family_name", "Holm", ALMA)])
    assert vault.find("family_name", "Holm") == {ALMA}
    [second] = vault.end(ALMA, ["roster"])
    assert second.key_id != gone.key_id


def test_an_erasure_refuses_for_ever_also_after_an_ending(shop: Shop, vault: KeyVault) -> None:
    sealed(vault, ALMA, ROSTER)
    vault.end(ALMA, ["roster"])
    sealed(vault, ALMA, ROSTER)

    assert len(vault.destroy(ALMA, ["roster"])) == 2

    vault.end(ALMA, ["roster"])
    with pytest.raises(SubjectErased):
        shop.vault().keys_for([(ALMA, ROSTER, None)])


def test_a_consent_that_ended_gets_no_next_generation(vault: KeyVault) -> None:
    consent = uuid4()
    sealed(vault, ALMA, SHARED_NOTE, "asleep", consent)
    vault.end(ALMA, ["shared_note"])
    vault.destroy_under(consent)

    with pytest.raises(SubjectErased):
        vault.keys_for([(ALMA, SHARED_NOTE, consent)])


def test_what_the_ledger_says_has_ended_is_ended_again_and_may_begin_anew(shop: Shop, vault: KeyVault) -> None:
    value = sealed(vault, ALMA, ROSTER)

    [gone] = vault.destroy_by_id([rows_of(shop, keys)[0].key_id], for_ever=False)

    assert vault.open([value]) == [ERASED]
    assert vault.keys_for([(ALMA, ROSTER, None)])[(ALMA, ROSTER, None)].key_id != gone.key_id


def test_processes_that_begin_anew_at_once_get_one_key(shop: Shop, vault: KeyVault) -> None:
    sealed(vault, ALMA, ROSTER)
    vault.end(ALMA, ["roster"])
    vaults = [shop.vault() for _ in range(4)]
    start = threading.Barrier(4)

    def want(own: KeyVault) -> bytes:
        start.wait()
        return own.keys_for([(ALMA, ROSTER, None)])[(ALMA, ROSTER, None)].key_id

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(want, vaults))) == 1
