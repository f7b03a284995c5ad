"""A code is random, is read however it was typed, and what is kept of it leads to nobody who does not know it."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given as any_of
from hypothesis import strategies as st

from application.invitation_codes import digest_of, new_code, proof_of, read
from tests.spec import quick

CODE, MEANT = "7K0Q-M1XD-93TA-VW1H", "7K0QM1XD93TAVW1H"


def test_a_code_is_four_groups_of_four_without_letters_that_look_like_others_and_holds_80_bits() -> None:
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}", code) for code in codes)
    letters = set("".join(codes)) - {"-"}
    assert 16 * math.log2(len(letters)) >= 80


@pytest.mark.parametrize(
    "typed",
    [
        CODE, MEANT, CODE.lower(), f"  {CODE} ", CODE.replace("-", " "), CODE.replace("-", " – "), "7koq-mixd-93ta-vwlh",
        "٧K٠Q-M١XD-٩٣TA-VW١H", "７Ｋ０Ｑ-Ｍ１ＸＤ-９３ＴＡ-ＶＷ１Ｈ", f"\u200f{CODE}\u200e",
    ],
)  # fmt: skip
def test_it_is_understood_however_it_is_typed(typed: str) -> None:
    assert read(typed) == MEANT


@pytest.mark.parametrize("typed", ["", "7K0Q", CODE + "7", CODE.replace("7", "U"), CODE.replace("7", "Æ"), "-" * 16])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert read(typed) is None


@quick
@any_of(st.text(max_size=400))
def test_whatever_is_typed_is_a_code_or_none_and_a_code_is_its_own_reading(typed: str) -> None:
    meant = read(typed)
    assert meant is None or read(meant) == meant


@quick
@any_of(st.binary(min_size=1, max_size=40), st.binary(min_size=1, max_size=40))
def test_what_is_kept_knows_the_same_hand_and_no_other(one: bytes, other: bytes) -> None:
    code = new_code()
    assert digest_of(code) == digest_of(read(code) or "")
    assert (proof_of(code, one) == proof_of(code, other)) == (one == other)
    assert proof_of(code, one) != proof_of(new_code(), one)
    assert not {code, read(code)} & {digest_of(code), proof_of(code, one)}
