"""The vault on both databases: one key each, five answers told apart, and what was destroyed stays so."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from domain.compartments import CASE_FILE, CONTACT, NOTE, ROSTER, SHARED_NOTE, RealmKind
from gdpr.ports import ERASED, WITHHELD, Tampered, Unavailable
from infrastructure.key_rows import wrapping_context
from infrastructure.key_tables import erased_subjects, keys
from infrastructure.vault import KeyVault, NotHeldHere
from tests.crypto.vault_examples import REALM, Shop, a_place, alarm, change_rows, rows_of, sealed, statements_of
from tests.forked import Program
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


# Keys


def test_a_key_is_made_once_and_is_the_same_in_every_process(shop: Shop) -> None:
    wanted = [(ALMA, ROSTER, None), (ALMA, NOTE, SPRING), (BO, ROSTER, None), (ALMA, SHARED_NOTE, uuid4())]

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


def test_a_key_belongs_to_a_consent_or_a_course_exactly_where_the_compartment_says_so(
    shop: Shop, vault: KeyVault
) -> None:
    for wanted in ((ALMA, SHARED_NOTE, None), (ALMA, NOTE, None), (ALMA, ROSTER, uuid4())):
        with pytest.raises(ValueError, match="consent or course"):
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
    started = [Program(WANT, REALM, str(shop.folder), shop.url) for _ in range(2)]
    for process in started:
        assert process.stdout.readline() == "ready\n"
    for process in started:
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
        sealed(vault, ALMA, NOTE, ("one", "two"), SPRING),
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
    roster, note = sealed(everything, ALMA, ROSTER), sealed(everything, ALMA, NOTE, "asleep", SPRING)
    for file in (shop.folder / REALM).glob("note.*"):
        file.unlink()
    volunteers = shop.vault(opens=frozenset({"roster", "shared_note"}))
    statements = statements_of(shop.databases[-1], "SELECT")

    assert volunteers.open([roster, note, roster]) == ["Alma", WITHHELD, "Alma"]
    statements.clear()
    assert volunteers.open([note, replace(note, token=b"nonsense")]) == [WITHHELD, WITHHELD]
    assert statements == []


def test_what_one_may_not_open_does_not_open_under_another_name(shop: Shop) -> None:
    note = sealed(shop.vault(), ALMA, NOTE, "asleep", SPRING)

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
    context = wrapping_context(REALM, "roster", ALMA.bytes, row.consent.bytes, row.key_id)
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
        lambda: vault.destroy_under(uuid4()),
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
