"""What is opened for an answer, as it can be written out: text, numbers, lists and tables of these."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from enum import Enum
from typing import Any
from uuid import UUID

from gdpr.ports import ERASED, WITHHELD


def plain(value: Any) -> Any:
    """The value with ids, days and choices as text; an erased one says so, and a withheld one leaves no key behind."""
    if value is ERASED:
        return {"erased": True}
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items() if inner is not WITHHELD}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(inner) for inner in value if inner is not WITHHELD]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
