"""The codes of invitations: 80 random bits that are read from paper and typed by hand, and what is kept of them."""

from __future__ import annotations

import secrets
import unicodedata
from hashlib import sha256
from typing import Final

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's 32: without I, L, O and U."""
_MEANT: Final = {"I": "1", "L": "1", "O": "0"}
_BETWEEN: Final = frozenset("-‐‑‒–—−_.· ")
_LENGTH: Final = 16
_LONGEST_TYPED: Final = 200


def new_code() -> str:
    """A code as it is shown, once: four groups of four."""
    drawn = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    return "-".join(drawn[at : at + 4] for at in range(0, _LENGTH, 4))


def read(typed: str) -> str | None:
    """The code that was meant, without its hyphens; None for what is none.

    Case, spaces and hyphens do not matter, the letters O, I and L are read as the digits they look like, and digits may
    be those of another script.
    """
    if len(typed) > _LONGEST_TYPED:
        return None
    meant = "".join(
        _one(letter)
        for letter in unicodedata.normalize("NFKC", typed).upper()
        if letter not in _BETWEEN and not letter.isspace() and unicodedata.category(letter) != "Cf"
    )
    return meant if len(meant) == _LENGTH and set(meant) <= set(_ALPHABET) else None


def digest_of(code: str) -> str:
    """What is kept of a code, and finds its invitation. `code` as `read` or `new_code` give it."""
    return sha256(f"tillid/invitation/{code.replace('-', '')}".encode()).hexdigest()


def proof_of(code: str, hand: bytes) -> str:
    """What is kept of whoever typed the code, `hand`: enough to know it again, for who knows the code."""
    return sha256(f"tillid/invitation-taken/{code.replace('-', '')}/".encode() + hand).hexdigest()


def _one(letter: str) -> str:
    digit = unicodedata.digit(letter, None)
    return _MEANT.get(letter, letter) if digit is None else str(digit)
