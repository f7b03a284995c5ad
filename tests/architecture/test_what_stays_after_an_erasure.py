"""An erasure lets go of everything but what is listed: a new field, column, table, view or letter needs an answer.

Values about people are sealed, and go with their keys. What is clear stays for ever: ids that say nothing, days,
numbers and choices from lists may be; a text only where `what_texts_say` says what it says.
"""

from __future__ import annotations

import ast
import dataclasses
import types
import typing
from collections.abc import Iterator
from datetime import date, time
from enum import Enum
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from adapters.wiring.stores import CLUB_VIEWS, TOWN_VIEWS, row_classes_of
from application.views.rows import ROWS
from domain.facts import FACTS
from infrastructure.key_tables import keys_metadata
from infrastructure.log_tables import log_metadata
from infrastructure.tables import register_metadata
from infrastructure.web_tables import web_metadata
from tests.architecture.what_texts_say import COLUMNS, LETTERS, TEXTS

ROOT = Path(__file__).resolve().parents[2]
SAYS_NOTHING = (UUID, int, bool, date, time, Enum)
ANSWERED = {place for places in TEXTS.values() for place in places}


def _leaves(hint: Any, place: str) -> Iterator[tuple[str, Any]]:
    """The types a clear value is made of, each with the place it stands at."""
    if hasattr(hint, "__supertype__"):
        yield from _leaves(hint.__supertype__, place)
    elif typing.get_origin(hint) in (typing.Union, types.UnionType, tuple):
        for part in typing.get_args(hint):
            if part not in (Ellipsis, type(None)):
                yield from _leaves(part, place)
    elif dataclasses.is_dataclass(hint) and isinstance(hint, type):
        for name, inner in typing.get_type_hints(hint).items():
            yield from _leaves(inner, f"{place}.{name}")
    else:
        yield place, hint


def _clear_places() -> Iterator[tuple[str, Any]]:
    for topic, cls in FACTS.items():
        if not cls.__module__.startswith("tests"):
            for name, hint in cls.MARKS.clear.items():
                yield from _leaves(hint, f"{topic}.{name}")
    for kind, shape in ROWS.items():
        if not kind.__module__.startswith("tests"):
            for name, hint in shape.clear.items():
                yield from _leaves(hint, f"{kind.__name__}.{name}")


def test_no_text_stands_clear_in_a_fact_or_a_view_without_an_answer() -> None:
    says_something = {place for place, kind in _clear_places() if not issubclass(kind, SAYS_NOTHING)}

    assert len(says_something) > 50
    assert says_something - ANSWERED == set()
    assert ANSWERED - says_something == set(), "answers for what is not there"


def test_every_row_that_is_declared_is_purged_and_rebuilt_with_its_realm() -> None:
    declared = {kind for kind in ROWS if not kind.__module__.startswith("tests")}

    assert declared == {*row_classes_of(CLUB_VIEWS), *row_classes_of(TOWN_VIEWS)}


@pytest.mark.parametrize(
    "store", [register_metadata, keys_metadata, log_metadata, web_metadata], ids=["register", "keys", "log", "web"]
)
def test_every_column_of_every_store_has_an_answer(store: sa.MetaData) -> None:
    columns = {table.name: {column.name for column in table.columns} for table in store.tables.values()}

    assert columns == {name: set(COLUMNS[name]) for name in columns}


def test_every_kind_of_letter_that_waits_has_an_answer() -> None:
    posted: set[str] = set()
    for path in (ROOT / "application").rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "Message":
                posted.add(ast.unparse(call.args[2]))

    assert posted == set(LETTERS)
