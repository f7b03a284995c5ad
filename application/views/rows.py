"""How a view declares its rows: every column is clear, or holds sealed values of one named compartment and subject."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar, dataclass_transform

from application.ports import Recorded, Rows
from domain.compartments import Compartment
from domain.facts import Sealed

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Holds:
    """The one compartment whose values a column may hold."""

    compartment: Compartment


class WrongCompartment(TypeError):
    """A projection offered a value from a compartment, or about a subject, that the row may not hold."""


@dataclass(frozen=True, slots=True)
class RowShape:
    """A declared row: its name, key, the column that names the subject of its sealed columns, and all columns."""

    name: str
    key: tuple[str, ...]
    about: str | None
    indexes: tuple[tuple[str, ...], ...]
    clear: dict[str, Any]
    sealed: dict[str, Compartment]


ROWS: dict[type[Any], RowShape] = {}


@dataclass_transform(frozen_default=True, kw_only_default=True)
def view_row(
    name: str, *, key: tuple[str, ...], about: str | None = None, indexes: Sequence[tuple[str, ...]] = ()
) -> Callable[[type[T]], type[T]]:
    """Declare a row class. Sealed columns are `Annotated[Sealed | None, Holds(COMPARTMENT)]`, all about one subject.

    Clear columns are UUID, str, int, bool, date, datetime, `X | None` of these, or tuple[UUID | str, ...].
    """

    def declare(cls: type[T]) -> type[T]:
        made = dataclass(frozen=True, slots=True, kw_only=True)(cls)
        hints = typing.get_type_hints(made, include_extras=True)
        clear: dict[str, Any] = {}
        sealed: dict[str, Compartment] = {}
        for column in dataclasses.fields(made):  # type: ignore[arg-type]
            hint = hints[column.name]
            holds = [m for m in getattr(hint, "__metadata__", ()) if isinstance(m, Holds)]
            if holds:
                sealed[column.name] = holds[0].compartment
            elif Sealed in typing.get_args(hint) or hint is Sealed:
                raise TypeError(f"{cls.__name__}.{column.name}: a sealed column names the compartment it holds")
            else:
                clear[column.name] = hint
        if sealed and (about is None or about not in clear):
            raise TypeError(f"{cls.__name__}: a row with sealed columns names the column of their subject")
        if not set(key) <= clear.keys():
            raise TypeError(f"{cls.__name__}: a key is made of clear columns")
        ROWS[made] = RowShape(name, key, about, tuple(indexes), clear, sealed)
        return made

    return declare


def sealed_in(value: object) -> Sealed | None:
    """A personal field as the facts come back from the store: sealed, or nothing."""
    return value if isinstance(value, Sealed) else None


class View(Protocol):
    """A view: which rows it keeps, and how they follow from the facts."""

    NAME: str
    ROWS: tuple[type[Any], ...]

    def follow(self, recorded: Recorded, rows: Rows) -> None:
        """Bring the rows up to date with one fact. Pure: only the fact and the rows; no clock, no key."""
