"""What is stored is what `docs/sealed-format.md` says, and what was tampered with opens nowhere."""

from __future__ import annotations

import json
import runpy
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.facts import Place
from gdpr.ports import Tampered
from infrastructure.key_providers.key_file import KeyFileProvider
from infrastructure.sealing import (
    SealingKey,
    associated_data,
    commitment,
    committed_key,
    encryption_key,
    key_id_of,
    seal,
    unseal,
)

FILE = Path(__file__).with_name("vectors.json")
VECTORS = json.loads(FILE.read_text())
KEY_ID = bytes.fromhex(VECTORS["place"]["key_id"])
DATA_KEY = bytes.fromhex(VECTORS["data_key"])


def named(kind: str) -> list[Any]:
    return [pytest.param(vector, id=vector["name"]) for vector in VECTORS[kind]]


def aad_of(place: dict[str, Any]) -> bytes:
    where = Place(UUID(place["stream"]), place["version"], place["topic"], place["field"])
    return associated_data(
        place["realm"], where, UUID(place["subject"]), place["compartment"], bytes.fromhex(place["key_id"])
    )


def a_key(data_key: bytes = DATA_KEY, committed: bytes | None = None) -> SealingKey:
    return committed_key(
        data_key, committed or commitment(data_key, KEY_ID), KEY_ID, UUID(VECTORS["place"]["subject"]), "roster"
    )


def test_the_file_is_what_the_independent_script_makes() -> None:
    script = runpy.run_path(str(FILE.with_name("make_vectors.py")))

    assert script["as_text"]() == FILE.read_text()


def test_the_derived_keys_are_those_of_the_vectors() -> None:
    assert encryption_key(DATA_KEY, KEY_ID).hex() == VECTORS["encryption_key"]
    assert commitment(DATA_KEY, KEY_ID).hex() == VECTORS["commitment"]


def test_the_associated_data_are_those_of_the_vectors() -> None:
    assert aad_of(VECTORS["place"]).hex() == VECTORS["associated_data"]


@pytest.mark.parametrize("vector", named("opens"))
def test_a_token_of_the_format_opens(vector: dict[str, Any]) -> None:
    value = vector["value"]
    expected = tuple(value) if isinstance(value, list) else value

    opened = unseal(a_key(), bytes.fromhex(vector["token"]), aad_of(VECTORS["place"]))

    assert (type(opened), opened) == (type(expected), expected)


@pytest.mark.parametrize("vector", named("opens"))
def test_what_we_seal_is_a_token_of_the_format_but_for_its_nonce(vector: dict[str, Any]) -> None:
    value, expected = vector["value"], bytes.fromhex(vector["token"])
    aad = bytes.fromhex(VECTORS["associated_data"])
    cipher = AESGCM(bytes.fromhex(VECTORS["encryption_key"]))

    token = seal(a_key(), tuple(value) if isinstance(value, list) else value, aad)

    assert token[:17] == expected[:17]
    assert cipher.decrypt(token[17:29], token[29:], aad) == cipher.decrypt(expected[17:29], expected[29:], aad)


@pytest.mark.parametrize("vector", named("tampered"))
def test_a_token_that_is_not_as_it_was_written_or_not_where_is_tampered(vector: dict[str, Any]) -> None:
    with pytest.raises(Tampered) as caught:
        unseal(a_key(), bytes.fromhex(vector["token"]), aad_of(vector["place"]))

    assert "Alma" not in repr(caught.value)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_a_token_under_another_key_id_is_tampered() -> None:
    token = bytes.fromhex(VECTORS["opens"][0]["token"])
    other = bytes(16)

    with pytest.raises(Tampered):
        unseal(a_key(), token[:1] + other + token[17:], aad_of(VECTORS["place"] | {"key_id": other.hex()}))


def test_one_ciphertext_opens_under_two_keys_to_two_values_and_only_the_commitment_tells_them_apart() -> None:
    vector = VECTORS["two_keys"]
    token, aad = bytes.fromhex(vector["token"]), aad_of(VECTORS["place"])
    first, second = (bytes.fromhex(each) for each in vector["data_keys"])
    committed = bytes.fromhex(vector["commitments"][0])

    # Each opens it under a commitment of its own: the seal itself does not notice.
    assert unseal(a_key(first), token, aad) != unseal(a_key(second), token, aad)

    assert unseal(a_key(first, committed), token, aad)
    with pytest.raises(Tampered, match="commitment"):
        a_key(second, committed)


def test_a_wrapped_key_of_the_format_unwraps_in_its_epoch_and_context_only(tmp_path: Path) -> None:
    vector = VECTORS["wrapped"]
    wrapped, context = bytes.fromhex(vector["wrapped"]), bytes.fromhex(vector["context"])
    KeyFileProvider.create(tmp_path / "keys", "red-barnet", ["roster", "contact"])
    for name in ("roster.3.key", "roster.4.key", "contact.3.key"):
        key_file(tmp_path / "keys" / "red-barnet" / name, bytes.fromhex(vector["key_encryption_key"]))
    provider = KeyFileProvider(tmp_path / "keys", "red-barnet", production=False)

    assert provider.unwrap("roster", 3, context, wrapped) == DATA_KEY
    for epoch, other, blob in (
        (4, context, wrapped),
        (3, context[:-1] + b"\0", wrapped),
        (3, context, wrapped[:-1]),
        (3, context, wrapped + b"\0"),
        (3, context, b"\x12" + wrapped[1:]),
        (3, context, wrapped[:-1] + bytes([wrapped[-1] ^ 1])),
        (3, context, b""),
    ):
        with pytest.raises(Tampered):
            provider.unwrap("roster", epoch, other, blob)


def test_a_token_of_the_search_index_is_that_of_the_vectors(tmp_path: Path) -> None:
    vector = VECTORS["index"]
    folder = tmp_path / "keys" / vector["realm"]
    folder.mkdir(mode=0o700, parents=True)
    folder.parent.chmod(0o700)
    key_file(folder / "index.key", bytes.fromhex(vector["key"]))
    provider = KeyFileProvider(tmp_path / "keys", vector["realm"], production=False)

    assert provider.index_token(vector["field"], vector["value"]).hex() == vector["token"]


def test_a_token_names_its_key() -> None:
    assert key_id_of(bytes.fromhex(VECTORS["opens"][0]["token"])) == KEY_ID


def key_file(path: Path, key: bytes) -> None:
    path.touch(mode=0o600)
    path.write_bytes(key)
