"""The register as it stood at a moment: the facts recorded until then, followed by the same views, in memory.

Nothing is opened: rows hold sealed values, and no gate stands behind them. So what could be seen on a day is answered by
the same functions that answer what may be seen now (RIG-10).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar

from application.desk import Desk
from application.ports import Recorded
from application.views.rows import ROWS, View
from domain.danish_time import day_of

R = TypeVar("R")


class RowsInMemory:
    """`application.ports.Rows` without a database."""

    def __init__(self) -> None:
        self._rows: dict[type[Any], dict[tuple[Any, ...], Any]] = {}

    def put(self, row: Any) -> None:
        self._rows.setdefault(type(row), {})[_key_of(row)] = row

    def get(self, kind: type[R], /, **key: Any) -> R | None:
        return self._rows.get(kind, {}).get(tuple(key[name] for name in ROWS[kind].key))

    def where(self, kind: type[R], /, **equal: Any) -> list[R]:
        found = [row for row in self._rows.get(kind, {}).values() if _fits(row, equal)]
        return sorted(found, key=lambda row: [str(part) for part in _key_of(row)])

    def change(self, kind: type[Any], where: Mapping[str, Any], /, **values: Any) -> None:
        for row in self.where(kind, **where):
            self.delete(kind, **dict(zip(ROWS[kind].key, _key_of(row), strict=True)))
            self.put(dataclasses.replace(row, **values))

    def delete(self, kind: type[Any], /, **equal: Any) -> None:
        for row in self.where(kind, **equal):
            del self._rows[kind][_key_of(row)]


@dataclass(frozen=True, slots=True)
class ClockThen:
    """A clock that shows one moment of the past."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment

    def today(self) -> date:
        return day_of(self.moment)


class RegisterThen:
    """A register of which there are only rows: whoever asks it for more asks the wrong one."""

    def __init__(self, realm: str, rows: RowsInMemory) -> None:
        self.realm = realm
        self._rows = rows

    def rows(self) -> RowsInMemory:
        return self._rows

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"the register as it stood has rows only, and no {name}")


def moments_of(begins: datetime, ends: datetime, recorded: Iterable[Recorded]) -> list[datetime]:
    """The beginning of a time, and every later moment of it at which something was recorded."""
    changed = {one.context.recorded_at for one in recorded if begins <= one.context.recorded_at < ends}
    return [begins, *sorted(changed - {begins})]


def desk_then(desk: Desk, streams: Sequence[Sequence[Recorded]], views: Sequence[View], moment: datetime) -> Desk:
    """A desk to ask how somebody stood at that moment.

    `streams` are whole histories, those first on which the rows of others rest: facts of one moment are followed in
    this order.
    """
    rows = RowsInMemory()
    known = [
        (one.context.recorded_at, place, one.version, one)
        for place, stream in enumerate(streams)
        for one in stream
        if one.context.recorded_at <= moment
    ]
    for *_, recorded in sorted(known, key=lambda each: each[:3]):
        for view in views:
            view.follow(recorded, rows)
    register: Any = RegisterThen(desk.realm, rows)
    return replace(desk, register=register, clock=ClockThen(moment))


def _key_of(row: Any) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in ROWS[type(row)].key)


def _fits(row: Any, equal: Mapping[str, Any]) -> bool:
    return all(
        getattr(row, name) in value if isinstance(value, (tuple, list)) else getattr(row, name) == value
        for name, value in equal.items()
    )
