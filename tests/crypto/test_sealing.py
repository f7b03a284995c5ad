"""A value comes back as it went in, its length tells next to nothing, and an error never tells the value."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.facts import Place
from gdpr.ports import Tampered
from infrastructure.sealing import (
    SealingKey,
    associated_data,
    commitment,
    committed_key,
    new_receiving_pair,
    open_for,
    pad,
    seal,
    seal_for,
    unpad,
    unseal,
)

BUCKETS = [32, 64, 128, 256, 512, 1024, 2048, 4096]
TEXTS = st.text(st.characters(codec="utf-8"), max_size=200)
VALUES = st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | TEXTS | st.lists(TEXTS, max_size=5).map(tuple)


def a_key() -> SealingKey:
    data_key, key_id = bytes(32), bytes(16)
    return committed_key(data_key, commitment(data_key, key_id), key_id, UUID(int=1), "roster")


KEY = a_key()


@given(st.binary(max_size=9000))
def test_what_is_padded_comes_back_and_fills_a_bucket(content: bytes) -> None:
    padded = pad(content)

    assert unpad(padded) == content
    assert len(padded) in BUCKETS or (len(padded) > 4096 and len(padded) % 4096 == 0)
    assert len(content) < len(padded)
    assert padded == pad(unpad(padded))


@given(st.binary(max_size=200))
def test_only_what_pad_makes_is_taken_for_padded(padded: bytes) -> None:
    try:
        content = unpad(padded)
    except Tampered:
        return
    assert pad(content) == padded


@given(VALUES, st.binary(max_size=50))
def test_what_is_sealed_comes_back_with_its_type(value: Any, bound_to: bytes) -> None:
    opened = unseal(KEY, seal(KEY, value, bound_to), bound_to)

    assert (type(opened), opened) == (type(value), value)


@given(TEXTS, st.binary(max_size=20), st.binary(max_size=20))
def test_what_is_sealed_opens_nowhere_else(value: str, one: bytes, other: bytes) -> None:
    token = seal(KEY, value, one)
    if one == other:
        return
    with pytest.raises(Tampered):
        unseal(KEY, token, other)


@given(st.data())
def test_any_byte_changed_is_noticed(data: st.DataObject) -> None:
    token = seal(KEY, "Alma", b"here")
    at = data.draw(st.integers(0, len(token) - 1))
    changed = token[:at] + bytes([token[at] ^ data.draw(st.integers(1, 255))]) + token[at + 1 :]

    with pytest.raises(Tampered):
        unseal(KEY, changed, b"here")


PARTS = st.text(max_size=8)


@given(st.tuples(PARTS, PARTS, PARTS, PARTS), st.tuples(PARTS, PARTS, PARTS, PARTS))
def test_no_two_places_are_bound_to_the_same_bytes(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    def bound_to(realm: str, topic: str, field: str, compartment: str) -> bytes:
        return associated_data(realm, Place(UUID(int=3), 1, topic, field), UUID(int=4), compartment, bytes(16))

    assert (bound_to(*one) == bound_to(*other)) == (one == other)


def test_short_values_are_all_of_one_length() -> None:
    values = [None, True, False, 0, 2**40, "", "Bo", "Alma", "x" * 30, ("a", "b"), ()]

    assert {len(seal(KEY, value, b"")) for value in values} == {77}
    assert len(seal(KEY, "x" * 31, b"")) == 109  # the measure itself can tell two lengths apart


def test_the_same_value_at_the_same_place_never_looks_the_same() -> None:
    assert len({seal(KEY, "Alma", b"here") for _ in range(1000)}) == 1000


@pytest.mark.parametrize("value", [1.5, date(2020, 1, 31), b"Alma", ["Alma"], {"Alma": 1}, uuid4()])
def test_what_would_not_come_back_as_it_was_is_not_sealed(value: Any) -> None:
    with pytest.raises(TypeError) as caught:
        seal(KEY, value, b"")

    assert "Alma" not in repr(caught.value)


def test_half_a_character_is_refused_without_the_text() -> None:
    with pytest.raises(ValueError, match="surrogate") as caught:
        seal(KEY, "Alma\ud800", b"")

    assert "Alma" not in repr(caught.value)
    assert not isinstance(caught.value, UnicodeEncodeError)


def test_a_key_shows_its_id_only() -> None:
    assert repr(KEY) == f"<key {'00' * 16} in roster>"


def test_what_is_sealed_for_a_realm_opens_with_its_private_key_and_info_only() -> None:
    private, public = new_receiving_pair()
    other_private, other_public = new_receiving_pair()
    message = seal_for(public, b"Alma", b"hand-over 1")

    assert open_for(private, public, message, b"hand-over 1") == b"Alma"
    assert b"Alma" not in message
    for keys, sealed, info in [
        ((private, public), message, b"hand-over 2"),
        ((other_private, other_public), message, b"hand-over 1"),
        ((private, other_public), message, b"hand-over 1"),
        ((private, public), message[:-1], b"hand-over 1"),
        ((private, public), message[:5], b"hand-over 1"),
        ((private, public), b"", b"hand-over 1"),
        ((private, public), b"\x22" + message[1:], b"hand-over 1"),
    ]:
        with pytest.raises(Tampered):
            open_for(*keys, sealed, info)


def test_the_length_of_a_message_tells_next_to_nothing() -> None:
    _, public = new_receiving_pair()

    assert len(seal_for(public, b"one child", b"")) == len(seal_for(public, b"one child, two children", b""))


def test_nobody_seals_for_a_key_that_is_none() -> None:
    for wrong in (bytes(32), b"short"):
        with pytest.raises(ValueError, match=r"key"):
            seal_for(wrong, b"Alma", b"")
