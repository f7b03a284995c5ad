"""A witness's cosignature: byte for byte as C2SP says, and believed only from who is named, of what it was made for."""

from __future__ import annotations

from base64 import b64decode, b64encode
from datetime import UTC, datetime

import pytest

from gdpr.checkpoint import make, parse
from gdpr.cosignature import NOBODY, NotAWitnessKey, WitnessDisagrees, WitnessKey, message
from tests.access_log_examples import PUBLIC_KEY, cosigned, sign, verify_signature, witness_key, witnesses

NOTE = make("red-barnet/audit/2026-11", 42, bytes(range(32)), "red-barnet/audit", sign, PUBLIC_KEY)


def who(note: str, *numbers: int) -> list[str]:
    return [each.witness for each in witnesses(*numbers).cosignatures(parse(note), verify_signature)]


def test_a_witness_signs_exactly_the_message_of_the_specification() -> None:
    text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    assert message(text, 1679315147) == f"cosignature/v1\ntime 1679315147\n{text}".encode()


def test_a_witness_key_comes_back_from_its_line_and_has_the_type_of_cosignatures() -> None:
    key = witness_key(1)
    assert WitnessKey.read(f"{key}\n") == key
    assert b64decode(str(key).rsplit("+", 1)[1])[0] == 4


@pytest.mark.parametrize(
    "line",
    [
        "",
        "name",
        str(witness_key(1)).replace("witness1", "witness9"),
        str(witness_key(1))[:-8],
        f"w+00000000+{b64encode(bytes([1]) + bytes(32)).decode()}",
        "wit ness+" + str(witness_key(1)).split("+", 1)[1],
    ],
)
def test_what_is_no_key_of_a_witness_is_refused(line: str) -> None:
    with pytest.raises(NotAWitnessKey):
        WitnessKey.read(line)


def test_a_note_tells_who_cosigned_it_and_when() -> None:
    (found,) = witnesses(1, 3).cosignatures(parse(cosigned(NOTE, 1, 2, seconds=1_793_000_000)), verify_signature)
    assert (found.witness, found.at) == ("witness1.example", datetime.fromtimestamp(1_793_000_000, UTC))
    assert found.line in cosigned(NOTE, 1)


def test_whom_nobody_named_is_passed_over_and_nobody_counts_twice() -> None:
    assert who(cosigned(NOTE, 1, 2, 3), 2) == ["witness2.example"]
    assert who(cosigned(NOTE, 1, 1), 1) == ["witness1.example"]
    assert not who(NOTE, 1)


def test_a_cosignature_of_another_checkpoint_time_or_hand_is_a_disagreement() -> None:
    other = make("red-barnet/audit/2026-11", 43, bytes(32), "red-barnet/audit", sign, PUBLIC_KEY)
    line = cosigned(NOTE, 1).removeprefix(NOTE)
    raw = bytearray(b64decode(line.split(" ")[2]))
    raw[11] ^= 1
    later = f"— witness1.example {b64encode(raw).decode()}\n"
    short = f"— witness1.example {b64encode(raw[:40]).decode()}\n"
    endless = f"— witness1.example {b64encode(raw[:4] + bytes([255] * 8) + raw[12:]).decode()}\n"
    for note in (other + line, NOTE + later, NOTE + short, NOTE + endless):
        with pytest.raises(WitnessDisagrees, match=r"witness1\.example"):
            who(note, 1)


def test_a_quorum_is_so_many_of_those_who_are_named() -> None:
    two_of_three = witnesses(1, 2, 3, quorum=2)
    assert two_of_three.reached(["witness1.example", "witness3.example"])
    assert not two_of_three.reached(["witness1.example", "witness9.example"])
    assert not witnesses(1, quorum=0).reached(["witness1.example"])


def test_the_policy_is_written_as_the_specification_says() -> None:
    assert witnesses(1, 2, quorum=2).policy("log-key") == (
        f"log log-key\nwitness w1 {witness_key(1)}\nwitness w2 {witness_key(2)}\n"
        "group witnesses-of-this-log 2 w1 w2\nquorum witnesses-of-this-log\n"
    )
    assert NOBODY.policy("log-key") == "log log-key\nquorum none\n"
