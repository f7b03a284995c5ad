"""What a form lets one choose among, in words."""

from __future__ import annotations

from enum import StrEnum

from adapters.labels import label
from adapters.web.here import Here


def choices(kind: type[StrEnum], here: Here) -> list[tuple[str, str]]:
    """Every member of an enumeration with its words, in the order of the enumeration."""
    return [(one.value, label(one.value, kind.__name__, here.language)) for one in kind]
