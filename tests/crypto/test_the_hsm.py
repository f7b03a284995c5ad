"""The keys of a realm in a real PKCS#11 module: used there, never taken out, gone when destroyed (house plan, section 4)."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pkcs11
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pkcs11 import Attribute, ObjectClass

from adapters.wiring import SetClock, Settings, build, embedded, rotate_keys
from application.reading import leader as reading
from application.reading import volunteer
from domain.compartments import held_in
from gdpr.ports import Tampered, Unavailable
from infrastructure.key_providers.hsm import HsmProvider, HsmRefused, label_of
from infrastructure.key_providers.private_files import KeyFileRefused
from infrastructure.settings import HsmSettings
from tests.house import CLUB, EARLY, TOWN
from tests.house import REALMS as HOUSE
from tests.living import SAID, a_story
from tests.softhsm import SoftHsm, soft_hsm

KEY = bytes(range(32))
CONTEXT = b"of one row"


REALMS = [f"by-{number}" for number in range(8)]
TOKENS = ("roster", "note", "index", "signing")


@pytest.fixture(scope="module")
def hsm(tmp_path_factory: pytest.TempPathFactory) -> SoftHsm:
    made = soft_hsm(tmp_path_factory.mktemp("hsm"))
    for name in REALMS:
        made.initialise(name, TOKENS)
    for name, kind in HOUSE.items():
        made.initialise(name, [*(compartment.name for compartment in held_in(kind)), "index", "signing"])
    return made


@pytest.fixture(scope="module")
def unused() -> Iterator[str]:
    return iter(REALMS)


@pytest.fixture
def realm(hsm: SoftHsm, unused: Iterator[str]) -> str:
    """A realm with tokens for two compartments and keys in them."""
    name = next(unused)
    HsmProvider(hsm.library, name, hsm.pins).create(["roster", "note"])
    return name


def a_provider(hsm: SoftHsm, realm: str) -> HsmProvider:
    return HsmProvider(hsm.library, realm, hsm.pins)


def test_a_key_opens_in_its_own_compartment_epoch_and_row_only(hsm: SoftHsm, realm: str) -> None:
    provider = a_provider(hsm, realm)
    wrapped = provider.wrap("roster", 1, CONTEXT, KEY)
    assert len(wrapped) == 65
    assert a_provider(hsm, realm).unwrap("roster", 1, CONTEXT, wrapped) == KEY
    assert provider.wrap("roster", 1, CONTEXT, KEY) != wrapped, "a new nonce each time"
    for compartment, context, given in (
        ("note", CONTEXT, wrapped),
        ("roster", b"of another row", wrapped),
        ("roster", CONTEXT, wrapped[:-1] + bytes([wrapped[-1] ^ 1])),
        ("roster", CONTEXT, wrapped[:-1]),
        ("roster", CONTEXT, b"\x12" + wrapped[1:]),
    ):
        with pytest.raises(Tampered):
            provider.unwrap(compartment, 1, context, given)


def test_an_epoch_that_is_destroyed_is_gone_for_everybody_at_once(hsm: SoftHsm, realm: str) -> None:
    provider, other = a_provider(hsm, realm), a_provider(hsm, realm)
    wrapped = provider.wrap("roster", 1, CONTEXT, KEY)
    assert other.unwrap("roster", 1, CONTEXT, wrapped) == KEY
    with pytest.raises(ValueError, match="current epoch"):
        provider.destroy_epoch("roster", 1)
    assert provider.create_epoch("roster") == 2
    assert other.current_epoch("roster") == 2
    provider.destroy_epoch("roster", 1)
    provider.destroy_epoch("roster", 1)
    assert (provider.epochs("roster"), provider.epochs("note")) == ([2], [1])
    with pytest.raises(Unavailable):
        other.unwrap("roster", 1, CONTEXT, wrapped)


def test_of_several_that_begin_an_epoch_at_once_all_get_the_same(hsm: SoftHsm, realm: str) -> None:
    ready, made = threading.Barrier(4), []

    def begin() -> None:
        provider = a_provider(hsm, realm)
        provider.epochs("roster")
        ready.wait()
        made.append(provider.create_epoch("roster"))

    threads = [threading.Thread(target=begin) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    provider = a_provider(hsm, realm)
    assert provider.epochs("roster") == list(range(1, max(made) + 1))
    for epoch in provider.epochs("roster"):
        assert provider.unwrap("roster", epoch, CONTEXT, provider.wrap("roster", epoch, CONTEXT, KEY)) == KEY


def test_no_key_can_be_taken_out_of_the_module(hsm: SoftHsm, realm: str) -> None:
    a_provider(hsm, realm).epochs("roster")
    token = pkcs11.lib(str(hsm.library)).get_token(token_label=label_of(realm, "roster"))
    try:
        session = token.open(rw=True, user_pin="pin of roster")
    except pkcs11.exceptions.UserAlreadyLoggedIn:
        session = token.open(rw=True)
    key = session.get_key(object_class=ObjectClass.SECRET_KEY, label="kek")
    with pytest.raises(pkcs11.exceptions.AttributeSensitive):
        key[Attribute.VALUE]
    assert (key[Attribute.EXTRACTABLE], key[Attribute.SENSITIVE]) == (False, True)
    with pytest.raises(pkcs11.exceptions.PKCS11Error):
        key[Attribute.EXTRACTABLE] = True


def test_a_process_without_the_pin_of_a_compartment_knows_no_key_of_it(hsm: SoftHsm, realm: str) -> None:
    wrapped = a_provider(hsm, realm).wrap("note", 1, CONTEXT, KEY)
    (hsm.pins / realm / "note.pin").unlink()
    volunteers = a_provider(hsm, realm)
    assert volunteers.epochs("note") == []
    with pytest.raises(Unavailable):
        volunteers.unwrap("note", 1, CONTEXT, wrapped)
    with pytest.raises(Unavailable):
        volunteers.current_epoch("note")
    assert volunteers.epochs("roster") == [1]


def test_a_pin_file_that_others_may_read_is_refused(hsm: SoftHsm, realm: str) -> None:
    (hsm.pins / realm / "note.pin").chmod(0o640)
    with pytest.raises(KeyFileRefused, match="mode 0600"):
        a_provider(hsm, realm).wrap("note", 1, CONTEXT, KEY)


def test_what_is_not_there_is_refused_in_words_without_the_pin(hsm: SoftHsm, realm: str, tmp_path: Path) -> None:
    with pytest.raises(HsmRefused, match="cannot be loaded"):
        HsmProvider(tmp_path / "no-such-module.so", realm, hsm.pins)
    nowhere = hsm.pins / "nowhere"
    nowhere.mkdir(mode=0o700, exist_ok=True)
    pin = nowhere / "roster.pin"
    pin.touch(mode=0o600)
    pin.write_text("secret-pin")
    with pytest.raises(HsmRefused, match="no token nowhere/roster") as refused:
        HsmProvider(hsm.library, "nowhere", hsm.pins).wrap("roster", 1, CONTEXT, KEY)
    assert "secret-pin" not in str(refused.value)


def test_it_signs_and_finds_as_the_key_files_do(hsm: SoftHsm, realm: str) -> None:
    provider = a_provider(hsm, realm)
    Ed25519PublicKey.from_public_bytes(provider.verify_key()).verify(provider.sign(b"a checkpoint"), b"a checkpoint")
    token = provider.index_token("telephone", "+4512345678")
    assert len(token) == 12
    assert a_provider(hsm, realm).index_token("telephone", "+4512345678") == token
    assert provider.index_token("name", "+4512345678") != token
    provider.create(["roster", "note"])
    assert (provider.index_token("telephone", "+4512345678"), provider.epochs("roster")) == (token, [1])


def test_a_token_is_called_by_realm_and_compartment_as_far_as_a_module_allows() -> None:
    assert label_of("kommune-0376", "case_file") == "kommune-0376/case_file"
    longest = label_of("a" * 40, "municipal_telephone")
    assert len(longest) == 32
    assert longest != label_of("a" * 39, "municipal_telephone")
    assert os.fsencode(longest).isalnum()


def test_in_production_a_house_keeps_every_key_in_the_module_and_each_process_only_its_own(
    hsm: SoftHsm, tmp_path: Path
) -> None:
    house = build(_in_production(tmp_path, hsm.library, hsm.pins), clock=SetClock(EARLY))
    try:
        life = a_story(house)
        assert list(tmp_path.rglob("*.key")) == []
        leader, course, family = life.asker("leader"), life.ids["course"], life.ids["family"]
        told = str(reading.note(leader, course, family, house.desk(CLUB)))
        assert SAID["challenges"] in told
        volunteers = tmp_path / "pins of the volunteers' process"
        for name, tokens in {TOWN: ("signing",), CLUB: ("roster", "ages", "shared_note", "signing")}.items():
            (volunteers / name).mkdir(parents=True, mode=0o700)
            for token in tokens:
                shutil.copy(hsm.pins / name / f"{token}.pin", volunteers / name)
        theirs = build(_in_production(tmp_path, hsm.library, volunteers), clock=house.clock)
        try:
            shared = str(volunteer.shared_parts(life.asker("volunteer"), course, family, theirs.desk(CLUB)))
            assert SAID["presentation"] in shared
            with pytest.raises(Unavailable):
                reading.note(leader, course, family, theirs.desk(CLUB))
        finally:
            theirs.close()
        club = house.realms[CLUB]
        rotate_keys(club, keep=1, progress=lambda done, total: None)
        assert {
            compartment.name: club.provider.epochs(compartment.name) for compartment in held_in(club.settings.kind)
        } == {compartment.name: [2] for compartment in held_in(club.settings.kind)}
        assert str(reading.note(leader, course, family, house.desk(CLUB))) == told
    finally:
        house.close()


def _in_production(home: Path, library: Path, pins: Path) -> Settings:
    realms = embedded(home, HOUSE).realms
    return Settings(tuple(replace(realm, hsm=HsmSettings(library, pins)) for realm in realms), production=True)
