"""What documents say is said in each of their languages, with the same things left to fill in."""

from __future__ import annotations

import importlib
import pkgutil
import string
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest

import adapters.letters
from adapters.letters.said import LANGUAGES, Said, day, printed_in


def _every_text() -> dict[str, Said]:
    """Each text of each letter, by the module and name it stands under, also where it stands in a list."""
    found: dict[str, Said] = {}
    for module in pkgutil.walk_packages(adapters.letters.__path__, "adapters.letters."):
        for name, value in vars(importlib.import_module(module.name)).items():
            found |= {f"{module.name.removeprefix('adapters.')}.{name}{at}": said for at, said in _texts_in(value)}
    return found


def _texts_in(value: Any) -> Iterator[tuple[str, Said]]:
    if isinstance(value, Said):
        yield "", value
    elif isinstance(value, Mapping) or (isinstance(value, tuple | list) and not isinstance(value, str)):
        items = value.items() if isinstance(value, Mapping) else enumerate(value)
        for key, inner in items:
            yield from ((f"[{key}]{at}", said) for at, said in _texts_in(inner))


TEXTS = _every_text()


@pytest.mark.parametrize("where", TEXTS)
def test_a_text_is_said_in_every_language_with_the_same_things_to_fill_in(where: str) -> None:
    said = [getattr(TEXTS[where], language) for language in ("danish", "english", "arabic")]

    assert all(text.strip() == text and text for text in said)
    assert len({frozenset(_to_fill_in(text)) for text in said}) == 1
    assert any(unicodedata.bidirectional(sign) == "AL" for sign in said[2]), "no word of it is Arabic"
    assert not any(unicodedata.bidirectional(sign) == "AL" for text in said[:2] for sign in text)


def test_there_are_texts_to_look_at() -> None:
    assert len(TEXTS) > 60


def test_a_letter_is_printed_in_the_first_language_we_print_in() -> None:
    assert printed_in("so", "ar-SY", "en") == "ar"
    assert printed_in(None, "so") == "da"
    assert printed_in("EN-gb") == "en"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_day_has_a_month_of_its_own_in_every_language(language: str) -> None:
    assert len({day(date(2026, month, 1), language) for month in range(1, 13)}) == 12
    assert day(date(2026, 9, 1), "da") == "1. september 2026"


def _to_fill_in(text: str) -> list[str]:
    return [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]
