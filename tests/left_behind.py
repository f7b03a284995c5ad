"""What of an answer does not leave: the fields a reading gave that the schema of an audience does not list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema


def left_behind(answer: Any, schema: Schema) -> set[str]:
    """Paths such as ``families.adults.telephone``; also that all that leaves is JSON, without a gap in its lists."""
    return set(_missing(answer, schema.dump(answer), ""))


def _missing(given: Any, shown: Any, at: str) -> list[str]:
    if isinstance(given, Mapping):
        assert isinstance(shown, dict), at
        gone = [f"{at}.{name}".lstrip(".") for name in given if str(name) not in shown]
        within = [_missing(given[name], shown[str(name)], f"{at}.{name}") for name in given if str(name) in shown]
        return [*gone, *(path for paths in within for path in paths)]
    if isinstance(given, list | tuple):
        assert isinstance(shown, list) and len(shown) == len(given), at
        return [path for one, other in zip(given, shown, strict=True) for path in _missing(one, other, at)]
    assert shown is None or isinstance(shown, str | int | float | bool), at
    return []
