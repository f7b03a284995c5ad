"""The vault on both databases: one key each, five answers told apart, and what was destroyed stays so."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from domain.compartments import CASE_FILE, CONTACT, FOLLOW_UP, NOTE, RECEIVING, ROSTER, SHARED_NOTE, RealmKind
from domain.facts import Sealed
from gdpr.ports import ERASED, WITHHELD, SubjectErased, Tampered, Unavailable
from infrastructure.database import Database
from infrastructure.key_providers.key_file import KeyFileProvider
from infrastructure.key_tables import erased_subjects, keys, receiving_keys, search_index
from infrastructure.vault import KeyVault, NotHeldHere
from tests.crypto.vault_examples import REALM, Shop, a_place, sealed
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


def change_rows(shop: Shop, which: Any, **values: Any) -> None:
    with shop.database.write() as connection:
        assert connection.execute(sa.update(keys).where(which).values(values)).rowcount == 1


def rows_of(shop: Shop, table: sa.Table) -> list[Any]:
    with shop.database.read() as connection:
        return list(connection.execute(sa.select(table)))


# Keys


def test_a_key_is_made_once_and_is_the_same_in_every_process(shop: Shop) -> None:
    wanted = [(ALMA, ROSTER, None), (ALMA, NOTE, None), (BO, ROSTER, None), (ALMA, SHARED_NOTE, uuid4())]

    first, second = shop.vault().keys_for([*wanted, wanted[0]]), shop.vault().keys_for(wanted)

    assert list(first) == wanted
    assert {each: key.key_id for each, key in first.items()} == {each: key.key_id for each, key in second.items()}
    assert len({key.key_id for key in first.values()}) == 4
    assert len(rows_of(shop, keys)) == 4


def test_all_new_keys_are_written_in_one_transaction(shop: Shop, vault: KeyVault) -> None:
    vault.keys_for([(ALMA, ROSTER, None)])
    commits: list[Any] = []
    sa.event.listen(shop.databases[-1].engine, "commit", commits.append)
    inserts = statements_of(shop.databases[-1], "INSERT INTO keys")

    vault.keys_for([(uuid4(), ROSTER, None) for _ in range(20)])
    assert (len(inserts), len(commits)) == (1, 1)  # to look needs no transaction

    vault.keys_for([(ALMA, ROSTER, None)])
    assert (len(inserts), len(commits)) == (1, 1)


def test_another_consent_is_another_key(vault: KeyVault) -> None:
    one, other = uuid4(), uuid4()
    made = vault.keys_for([(ALMA, SHARED_NOTE, one), (ALMA, SHARED_NOTE, other)])

    assert made[(ALMA, SHARED_NOTE, one)].key_id != made[(ALMA, SHARED_NOTE, other)].key_id


def test_a_compartment_of_the_other_realm_gets_no_key(shop: Shop, vault: KeyVault) -> None:
    with pytest.raises(NotHeldHere):
        vault.keys_for([(ALMA, ROSTER, None), (ALMA, CASE_FILE, None)])
    with pytest.raises(NotHeldHere):
        shop.vault(opens=frozenset({"case_file"}))
    assert rows_of(shop, keys) == []


def test_a_key_belongs_to_a_consent_exactly_where_the_compartment_says_so(shop: Shop, vault: KeyVault) -> None:
    for wanted in ((ALMA, SHARED_NOTE, None), (ALMA, ROSTER, uuid4())):
        with pytest.raises(ValueError, match="consent"):
            vault.keys_for([wanted])
    assert rows_of(shop, keys) == []


def test_threads_that_want_the_same_new_key_get_one(shop: Shop, vault: KeyVault) -> None:
    other = shop.vault()
    start = threading.Barrier(8)

    def want(number: int) -> list[bytes]:
        start.wait()
        wanted = [(UUID(int=each), ROSTER, None) for each in range(20)]
        made = (vault if number % 2 else other).keys_for(wanted if number % 3 else wanted[::-1])
        return [made[each].key_id for each in wanted]

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(want, range(8)))

    assert len(answers[0]) == 20
    assert answers == [answers[0]] * 8
    assert len(rows_of(shop, keys)) == 20


WANT = """
import pathlib, sys
from uuid import UUID
from domain.compartments import ROSTER, RealmKind
from infrastructure.database import Database
from infrastructure.key_providers.key_file import KeyFileProvider
from infrastructure.vault import KeyVault
realm, folder, url = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3]
provider = KeyFileProvider(folder, realm, production=False)
vault = KeyVault(Database(url), provider, realm=realm, kind=RealmKind.RED_BARNET)
print("ready", flush=True)
sys.stdin.readline()
for number in range(40):
    print([key.key_id.hex() for key in vault.keys_for([(UUID(int=number), ROSTER, None)]).values()])
"""


def test_processes_that_want_the_same_new_key_get_one(shop: Shop) -> None:
    started = [
        subprocess.Popen(
            [sys.executable, "-c", WANT, REALM, str(shop.folder), shop.url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        for _ in range(2)
    ]
    for process in started:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in started:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    answers = [process.communicate()[0] for process in started]

    assert [process.returncode for process in started] == [0, 0]
    assert answers[0] == answers[1]
    assert answers[0].count("\n") == 40
    assert len(rows_of(shop, keys)) == 40


# The five answers


def test_a_value_that_is_there_is_answered_in_every_process_in_order(shop: Shop, vault: KeyVault) -> None:
    values = [
        sealed(vault, ALMA, ROSTER, "Alma"),
        sealed(vault, BO, CONTACT, None),
        sealed(vault, ALMA, NOTE, ("one", "two")),
        sealed(vault, ALMA, ROSTER, True),
    ]

    assert vault.open(values) == ["Alma", None, ("one", "two"), True]
    assert shop.vault().open(values[::-1]) == [True, ("one", "two"), None, "Alma"]
    assert vault.open([]) == []


def test_the_keys_of_many_values_are_read_with_one_statement(shop: Shop, vault: KeyVault) -> None:
    values = [sealed(vault, uuid4(), ROSTER) for _ in range(30)] * 2
    statements = statements_of(shop.databases[-1], "")

    assert vault.open(values) == ["Alma"] * 60
    assert len([each for each in statements if "SELECT" in each]) == 1


def test_the_five_answers_are_told_apart(shop: Shop, vault: KeyVault) -> None:
    there, withheld, erased = (sealed(vault, who, ROSTER) for who in (ALMA, ALMA, BO))
    withheld = replace(withheld, compartment="case_file")
    lost = sealed(vault, uuid4(), ROSTER)
    vault.destroy(BO, ["roster"])
    with shop.database.write() as connection:
        connection.execute(sa.delete(keys).where(keys.c.subject == lost.subject))

    assert vault.open([there, withheld, erased]) == ["Alma", WITHHELD, ERASED]
    with pytest.raises(Unavailable):
        vault.open([there, lost])
    with pytest.raises(Tampered):
        vault.open([there, replace(there, place=a_place())])


def test_a_process_answers_withheld_for_what_it_may_not_open_without_asking_for_keys(shop: Shop) -> None:
    everything = shop.vault()
    roster, note = sealed(everything, ALMA, ROSTER), sealed(everything, ALMA, NOTE, "asleep")
    for file in (shop.folder / REALM).glob("note.*"):
        file.unlink()
    volunteers = shop.vault(opens=frozenset({"roster", "shared_note"}))
    statements = statements_of(shop.databases[-1], "SELECT")

    assert volunteers.open([roster, note, roster]) == ["Alma", WITHHELD, "Alma"]
    statements.clear()
    assert volunteers.open([note, replace(note, token=b"nonsense")]) == [WITHHELD, WITHHELD]
    assert statements == []


def test_what_one_may_not_open_does_not_open_under_another_name(shop: Shop) -> None:
    note = sealed(shop.vault(), ALMA, NOTE, "asleep")

    with pytest.raises(Tampered):
        shop.vault(opens=frozenset({"roster"})).open([replace(note, compartment="roster")])


def test_a_value_moved_to_another_place_subject_or_realm_is_tampered(shop: Shop, vault: KeyVault) -> None:
    value = sealed(vault, ALMA, ROSTER)
    sealed(vault, BO, ROSTER)
    place = value.place
    moved = [
        replace(value, place=replace(place, stream=uuid4())),
        replace(value, place=replace(place, version=2)),
        replace(value, place=replace(place, topic="participants.child_noted")),
        replace(value, place=replace(place, field="family_name")),
        replace(value, subject=BO),
        replace(value, compartment="contact"),
        replace(value, token=value.token[:-1]),
        replace(value, token=b""),
        replace(value, token=b"\x12" + value.token[1:]),
    ]

    for each in moved:
        alarm(vault, each)
    elsewhere = KeyVault(shop.database, shop.provider(), realm="kommune-0101", kind=RealmKind.RED_BARNET)
    alarm(elsewhere, value)


def test_a_key_row_given_to_somebody_else_is_tampered(shop: Shop, vault: KeyVault) -> None:
    value, other = sealed(vault, ALMA, ROSTER), sealed(vault, ALMA, SHARED_NOTE, "asleep", uuid4())

    change_rows(shop, keys.c.compartment == "roster", subject=BO)
    alarm(vault, value)
    alarm(vault, replace(value, subject=BO))
    change_rows(shop, keys.c.compartment == "shared_note", consent=uuid4())
    alarm(vault, other)


def test_the_material_of_another_key_is_tampered_also_where_the_first_was_in_use(shop: Shop, vault: KeyVault) -> None:
    value, other = sealed(vault, ALMA, ROSTER), sealed(vault, BO, ROSTER)
    assert vault.open([value, other]) == ["Alma", "Alma"]
    theirs = {row.subject: row for row in rows_of(shop, keys)}

    change_rows(shop, keys.c.subject == ALMA, wrapped=theirs[BO].wrapped)
    alarm(vault, value)
    change_rows(shop, keys.c.subject == ALMA, wrapped=theirs[ALMA].wrapped)
    assert vault.open([value]) == ["Alma"]
    change_rows(shop, keys.c.subject == ALMA, commitment=theirs[BO].commitment)
    alarm(vault, value)


def test_a_key_that_is_well_wrapped_but_not_the_committed_one_is_tampered(shop: Shop, vault: KeyVault) -> None:
    """The insider who holds the key-encryption key exchanges a data key for one that opens the same ciphertext."""
    value = sealed(vault, ALMA, ROSTER)
    row = rows_of(shop, keys)[0]
    context = vault._wrapping_context("roster", ALMA, row.consent, row.key_id)
    provider = shop.provider()
    assert len(provider.unwrap("roster", row.epoch, context, row.wrapped)) == 32

    change_rows(shop, keys.c.subject == ALMA, wrapped=provider.wrap("roster", row.epoch, context, bytes(32)))

    with pytest.raises(Tampered, match="commitment"):
        vault.open([value])


def test_a_destroyed_key_of_somebody_else_does_not_make_a_value_erased(vault: KeyVault) -> None:
    value, other = sealed(vault, ALMA, ROSTER), sealed(vault, BO, ROSTER)
    vault.destroy(BO, ["roster"])

    alarm(vault, replace(value, token=value.token[:1] + other.token[1:17] + value.token[17:]))


def test_a_missing_epoch_is_unavailable_and_comes_back(shop: Shop, vault: KeyVault) -> None:
    value = sealed(vault, ALMA, ROSTER)
    file = shop.folder / REALM / "roster.1.key"
    file.rename(file.with_suffix(".away"))
    with pytest.raises(Unavailable):
        shop.vault().open([value])
    file.with_suffix(".away").rename(file)

    assert shop.vault().open([value]) == ["Alma"]


def test_a_database_that_does_not_answer_is_unavailable(shop: Shop, vault: KeyVault) -> None:
    value = sealed(vault, ALMA, ROSTER)
    with shop.database.write() as connection:
        connection.execute(sa.text("ALTER TABLE keys RENAME TO gone"))
        connection.execute(sa.text("ALTER TABLE search_index RENAME TO gone_too"))
    asks: list[Callable[[], object]] = [
        lambda: vault.open([value]),
        lambda: vault.keys_for([(ALMA, ROSTER, None)]),
        lambda: vault.keys_for([(BO, ROSTER, None)]),
        lambda: vault.destroy(ALMA, ["roster"]),
        lambda: vault.destroy_consent(uuid4()),
        lambda: vault.destroy_by_id([bytes(16)]),
        lambda: vault.subjects_keys(ALMA),
        lambda: vault.index_all([("family_name", "Holm", ALMA)]),
        lambda: vault.find("family_name", "Holm"),
    ]
    for ask in asks:
        with pytest.raises(Unavailable) as caught:
            ask()
        assert caught.value.__suppress_context__
        assert "Holm" not in str(caught.value)
    assert rows_of(shop, erased_subjects) == []


def test_no_answer_and_no_error_shows_a_value(shop: Shop, vault: KeyVault) -> None:
    value = sealed(vault, ALMA, ROSTER, "Zebulon")
    errors: list[BaseException] = []
    for wrong in (replace(value, place=a_place()), replace(value, token=b"x"), replace(value, subject=BO)):
        with pytest.raises(Tampered) as caught:
            vault.open([wrong])
        errors.append(caught.value)
    with pytest.raises(TypeError) as refused:
        vault.seal(vault.keys_for([(ALMA, ROSTER, None)])[(ALMA, ROSTER, None)], ["Zebulon"], a_place())
    errors.append(refused.value)

    assert not [error for error in errors if "Zebulon" in repr(error)]
    assert vault.open([value]) == ["Zebulon"]


# Destroying


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
    values = [sealed(vault, who, where) for who in (ALMA, BO) for where in (ROSTER, NOTE)]

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
    assert vault.keys_for([(ALMA, NOTE, None), (BO, CONTACT, None)])


def test_a_consent_that_ended_takes_its_keys_along_and_no_other(shop: Shop, vault: KeyVault) -> None:
    consent, other = uuid4(), uuid4()
    shared = sealed(vault, ALMA, SHARED_NOTE, "asleep", consent)
    about_bo = sealed(vault, BO, SHARED_NOTE, "asleep", consent)
    kept = [sealed(vault, ALMA, SHARED_NOTE, "asleep", other), sealed(vault, ALMA, NOTE, "asleep")]

    gone = shop.vault().destroy_consent(consent)

    assert len(gone) == 2
    assert vault.open([shared, about_bo, *kept]) == [ERASED, ERASED, "asleep", "asleep"]
    assert vault.destroy_consent(consent) == gone
    with pytest.raises(SubjectErased):
        vault.keys_for([(ALMA, SHARED_NOTE, consent)])


def test_no_key_is_made_under_a_consent_that_ended_before_its_first(shop: Shop, vault: KeyVault) -> None:
    consent = uuid4()

    assert vault.destroy_consent(consent) == []

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
        gone = eraser.destroy(ALMA, ["shared_note"]) if by == "subject" else eraser.destroy_consent(consent)
        provider.go_on.set()
        [key] = making.result().values()

    assert [each.key_id for each in gone] == [key.key_id]
    assert [row.state for row in rows_of(shop, keys)] == ["destroyed"]


def test_what_the_ledger_names_is_destroyed_again_after_a_restore(shop: Shop, vault: KeyVault) -> None:
    consent = uuid4()
    values = [sealed(vault, ALMA, ROSTER), sealed(vault, BO, ROSTER), sealed(vault, BO, SHARED_NOTE, "asleep", consent)]
    backup = {table: rows_of(shop, table) for table in (keys, search_index)}
    vault.index_all([("family_name", "Holm", ALMA), ("family_name", "Holm", BO)])
    gone = [*vault.destroy(ALMA, ["roster"]), *vault.destroy_consent(consent)]
    with shop.database.write() as connection:
        connection.execute(sa.delete(keys))
        connection.execute(sa.delete(erased_subjects))
        connection.execute(sa.insert(keys), [row._asdict() for row in backup[keys]])
    vault.index_all([("family_name", "Holm", ALMA), ("family_name", "Holm", BO)])
    assert vault.open(values) == ["Alma", "Alma", "asleep"]  # the danger

    again = vault.destroy_by_id([each.key_id for each in gone] + [bytes(16)])

    assert {each.key_id for each in again} == {each.key_id for each in gone}
    assert vault.open(values) == [ERASED, "Alma", ERASED]
    assert vault.find("family_name", "Holm") == {BO}
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


def test_a_subject_leaves_the_index_when_asked_and_may_come_back(vault: KeyVault) -> None:
    vault.index_all([("family_name", "Holm", ALMA), ("family_name", "Holm", BO)])
    vault.forget_index(ALMA)
    assert vault.find("family_name", "Holm") == {BO}

    vault.index_all([("family_name", "Lund", ALMA)])
    assert vault.find("family_name", "Lund") == {ALMA}


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


def alarm(vault: KeyVault, value: Sealed) -> None:
    with pytest.raises(Tampered):
        vault.open([value])


def statements_of(database: Database, beginning: str) -> list[str]:
    """The statements that the database will be sent from now on and that begin so."""
    seen: list[str] = []

    asked = database.ask

    def before(_c: Any, _cursor: Any, statement: str, _p: Any, _context: Any, _many: bool) -> None:
        if statement.startswith(beginning):
            seen.append(statement)

    def ask(statement: str, values: Sequence[Any] = ()) -> list[Any]:
        if statement.startswith(beginning):
            seen.append(statement)
        return asked(statement, values)

    sa.event.listen(database.engine, "before_cursor_execute", before)
    database.ask = ask  # goes straight to the driver, past the engine's events
    return seen
