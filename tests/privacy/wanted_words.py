"""The words of a lived story that must lie nowhere, and what a PostgreSQL server holds to look for them in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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


def rows_of(urls: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """(table, all its rows as the server writes them out) of PostgreSQL databases: also what it stores compressed."""
    for url in urls:
        dsn = sa.make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(dsn) as connection:
            tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
            for (table,) in tables:
                with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" TO STDOUT (FORMAT binary)') as copy:
                    yield f"{connection.info.dbname}.{table}", b"".join(bytes(some) for some in copy)
