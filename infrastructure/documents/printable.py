"""What of a text can be printed in our fonts, and which way it runs; what cannot be printed is named, never dropped."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path
from typing import Literal

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

_FONTS = Path(__file__).resolve().parent / "fonts"
_LAYOUT = {"\u200c", "\u200d"}
"""Joiners that Persian and Arabic spelling needs; the only characters without a shape that are let through."""


def printable(words: str) -> str:
    """The words with each character that has no shape in our fonts as its number, [U+1F600]: nobody is left to guess
    that something stood there. So are characters that turn the order of what follows, and those of private use, which
    PDF/A forbids.
    """
    composed = unicodedata.normalize("NFC", words.replace("\r\n", "\n").replace("\t", " "))
    return "".join(sign if _has_a_shape(sign) else f"[U+{ord(sign):04X}]" for sign in composed)


def base_direction(words: str, *, otherwise: Literal["ltr", "rtl"]) -> Literal["ltr", "rtl"]:
    """Which way a text runs by its first letter (UAX 9, P2 and P3), so that a Danish name in an Arabic letter keeps its
    full stop at its end.
    """
    for sign in words:
        match unicodedata.bidirectional(sign):
            case "L":
                return "ltr"
            case "R" | "AL":
                return "rtl"
    return otherwise


def _has_a_shape(sign: str) -> bool:
    if sign in _LAYOUT or sign == "\n":
        return True
    return unicodedata.category(sign) not in {"Cc", "Cf", "Cn", "Co", "Cs"} and ord(sign) in _shapes()


@cache
def _shapes() -> frozenset[int]:
    """The code points that every one of our weights of a script can draw."""
    plain = frozenset.intersection(*map(_drawn_by, _FONTS.glob("IBMPlexSans-*.ttf")))
    arabic = frozenset.intersection(*map(_drawn_by, _FONTS.glob("IBMPlexSansArabic_*.ttf")))
    return plain | arabic


def _drawn_by(path: Path) -> frozenset[int]:
    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())
