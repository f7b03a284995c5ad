"""Looks for words in bytes, in every form in which a program leaves a text lying about."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import psycopg
import sqlalchemy as sa

from tests.living import DIGITS, STEM

BEGINNINGS = (STEM, DIGITS)
"""Every personal word of a story begins with one of these, so one search finds them all."""

CODES = (
    "tight_economy", "Trang økonomi", "conflict_at_home", "Konfliktfyldt hverdag", "development_not_matching_age",
    "ikke alderssvarende", "preventive_measure", "substance_misuse", "childminder", "other_caregiver", "2023-04", "2016-07",
    "cancelled_in_advance",
)  # fmt: skip
"""What the story chooses from lists: the values that are sealed, by code and as a reader sees them."""


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


def rows_of(urls: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """(table, all its rows as the server writes them out) of PostgreSQL databases: also what it stores compressed."""
    for url in urls:
        dsn = sa.make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(dsn) as connection:
            tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
            for (table,) in tables:
                with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" TO STDOUT (FORMAT binary)') as copy:
                    yield f"{connection.info.dbname}.{table}", b"".join(bytes(some) for some in copy)
