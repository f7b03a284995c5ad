"""A checkpoint is a C2SP signed note: byte for byte, and believed only from the right key, for the right log."""

from __future__ import annotations

from base64 import b64decode, b64encode

import pytest

from gdpr.checkpoint import NotACheckpoint, check, key_id, make, parse, verifier_key
from tests.access_log_examples import PUBLIC_KEY, sign, sign_as_another, verify_signature

ORIGIN, NAME, ROOT = "red-barnet/audit/2026-11", "red-barnet/audit", bytes(range(32))


def note(**other: object) -> str:
    given = {"origin": ORIGIN, "size": 42, "root": ROOT, "name": NAME, "sign": sign, "public_key": PUBLIC_KEY} | other
    return make(**given)  # type: ignore[arg-type]


def holds(text: str, origin: str = ORIGIN, name: str = NAME, public_key: bytes = PUBLIC_KEY) -> bool:
    return check(parse(text), origin=origin, name=name, public_key=public_key, verify_signature=verify_signature)


def test_the_key_id_and_key_line_are_those_of_the_known_example_of_signed_notes() -> None:
    line = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    public_key = b64decode(line.rsplit("+", 1)[1])[1:]
    assert verifier_key("PeterNeumann", public_key) == line


def test_a_checkpoint_is_written_exactly_so() -> None:
    text, _, signature = note().partition("\n\n")
    assert text == f"{ORIGIN}\n42\n{b64encode(ROOT).decode()}"
    raw = key_id(NAME, PUBLIC_KEY) + sign((text + "\n").encode())
    assert signature == f"— {NAME} {b64encode(raw).decode()}\n"


def test_a_checkpoint_comes_back_and_holds() -> None:
    read = parse(note())
    assert (read.origin, read.size, read.root, read.note) == (ORIGIN, 42, ROOT, note())
    assert holds(note())


def test_a_checkpoint_with_a_witness_beside_our_signature_holds() -> None:
    witness = b64encode(key_id("witness", bytes(32)) + bytes(64)).decode()
    assert holds(f"{note()}— witness {witness}\n")


def test_a_checkpoint_of_another_log_key_or_name_does_not_hold() -> None:
    assert not holds(note(), origin="red-barnet/audit/2026-12")
    assert not holds(note(), name="koege/audit")
    assert not holds(note(), public_key=bytes(32))
    assert not holds(note(sign=sign_as_another))


@pytest.mark.parametrize(
    ("old", "new"), [("\n42\n", "\n43\n"), ("audit/2026-11\n", "audit/2026-12\n"), ("\nAAEC", "\nAAED")]
)
def test_an_altered_checkpoint_does_not_hold(old: str, new: str) -> None:
    altered = note().replace(old, new, 1)
    assert altered != note()
    assert not holds(altered, origin=parse(altered).origin)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no checkpoint",
        note().replace("\n\n", "\n"),
        note().rstrip("\n"),
        note().replace("\n42\n", "\n042\n"),
        note().replace("\n42\n", "\n-42\n"),
        note().replace("\n42\n", "\n" + "9" * 5000 + "\n"),
        note().replace("\n42\n", "\n42\nmore\n"),
        note().replace("— ", "- "),
        note().replace("=\n\n", "\n\n"),
        note(root=ROOT[:31]),
        note().replace("8=\n\n", "9=\n\n"),
        note() + "\n",
    ],
)
def test_what_is_not_in_the_form_is_not_a_checkpoint(text: str) -> None:
    with pytest.raises(NotACheckpoint):
        parse(text)


@pytest.mark.parametrize("name", ["", "two words", "a+b", "line\n"])
def test_a_key_has_a_name_that_a_note_can_carry(name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        note(name=name)
