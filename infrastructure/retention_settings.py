"""The clocks that a controller sets in its settings file, each with its reason and whoever answers for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from domain.compartments import RealmKind
from gdpr.retention import ACCESS_LOG, Clock, ClockRefused, Span, changed, clocks_of

_BEGIN = date(2026, 1, 1)


def clocks_set(kind: RealmKind, table: Any) -> Mapping[str, Clock]:
    """`[realms.<name>.retention.<clock>]`: months or days, reason, owner. Raises ClockRefused, naming the clock."""
    if not isinstance(table, dict) or not all(isinstance(line, dict) for line in table.values()):
        raise ClockRefused("retention: a table for each clock, as [realms.red-barnet.retention.note]")
    return {name: _clock(name, kind, line) for name, line in table.items()}


def refuse_shorter_than_checks(clocks: Mapping[str, Clock], kind: RealmKind, *, days_back: int) -> None:
    """A random check asks who read: an entry says so at least as long as checks look back. Raises ClockRefused."""
    if clocks_of(kind, clocks)[ACCESS_LOG].keep.after(_BEGIN) < _BEGIN + timedelta(days=days_back):
        raise ClockRefused(f"retention.{ACCESS_LOG}: shorter than limits.check_days_back")


def _clock(name: str, kind: RealmKind, line: Mapping[str, Any]) -> Clock:
    if unknown := set(line) - {"months", "days", "reason", "owner"}:
        raise ClockRefused(f"retention.{name}: unknown settings: {', '.join(sorted(unknown))}")
    figures = {unit: line[unit] for unit in ("months", "days") if unit in line}
    if len(figures) != 1 or not all(type(figure) is int for figure in figures.values()):
        raise ClockRefused(f"retention.{name}: a whole number of either months or days")
    said = {what: line.get(what, "") for what in ("reason", "owner")}
    if not all(isinstance(words, str) for words in said.values()):
        raise ClockRefused(f"retention.{name}: reason and owner are words")
    return changed(name, Span(**figures), kind=kind, **said)
