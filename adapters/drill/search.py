"""Looks for words in bytes, in every form in which a program leaves a text lying about."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path


@cache
def forms(word: str) -> Mapping[bytes, str]:
    """The forms by their bytes: in either case, wide, as hexadecimal, as base64 however it falls."""
    found: dict[bytes, str] = {}
    for case, spelled in (("", word), (" lower", word.lower()), (" upper", word.upper())):
        for coding in ("utf-8", "utf-16-le", "utf-16-be"):
            found.setdefault(spelled.encode(coding), coding + case)
    for name, data in (("", word.encode()), (" wide", word.encode("utf-16-le"))):
        found.setdefault(data.hex().encode(), f"hex{name}")
        found.setdefault(data.hex().upper().encode(), f"hex upper{name}")
        for shift in range(3):
            coded = base64.b64encode(bytes(shift) + data)
            # The first characters hold the shift, the last ones what follows the word: neither is the word's.
            inner = coded[-(-shift * 8 // 6) : (shift + len(data)) * 8 // 6]
            found.setdefault(inner, f"base64{name} +{shift}")
            found.setdefault(inner.replace(b"+", b"-").replace(b"/", b"_"), f"base64url{name} +{shift}")
    return found


def found_in(data: bytes, words: Iterable[str]) -> list[str]:
    """`word as form` for each that is in the bytes."""
    return [f"{word} as {form}" for word in words for wanted, form in forms(word).items() if wanted in data]


def files_under(*folders: Path) -> Iterator[tuple[str, bytes]]:
    """(path, bytes) of every file, whatever it is called."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.stat().st_size:
                yield str(path), path.read_bytes()
