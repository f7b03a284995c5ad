"""A fact, and the mark that each of its fields carries: personal, about whom and kept where, or clear.

``CLEAR`` is an assertion, not a default: what is clear outlives erasure, so it may be an id, a date, a stage or a
number, never something that identifies by itself. A field without exactly one mark fails when its module is imported.
"""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Final, TypeVar, dataclass_transform
from uuid import UUID

from domain.compartments import Compartment


class _Clear:
    def __repr__(self) -> str:
        return "CLEAR"


CLEAR: Final = _Clear()


@dataclass(frozen=True, slots=True)
class Personal:
    """The field is sealed under the key of the person named by the field `about`, in the compartment `kept_in`.

    `under` names the field that holds the consent or the course whose key seals the value (scoped compartments).
    """

    about: str
    kept_in: Compartment
    under: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed value was written; the seal is bound to it and opens nowhere else."""

    stream: UUID
    version: int
    topic: str
    field: str


@dataclass(frozen=True, slots=True)
class Sealed:
    """A personal value as it is stored: ciphertext, its place, and whose key in which compartment opens it."""

    token: bytes
    place: Place
    subject: UUID
    compartment: str

    def __repr__(self) -> str:
        return f"<sealed {self.place.topic}.{self.place.field} in {self.compartment}>"


Text = str | Sealed
"""A personal text: words on the way in, sealed ever after."""


class UnmarkedField(TypeError):
    """A field of a fact carries no mark, or two; or its mark names a field that is not clear."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What the fields of one fact class are: names and types of the clear ones, names and marks of the personal."""

    clear: dict[str, Any]
    personal: dict[str, Personal]
    value_types: dict[str, Any]


class Fact:
    """Something that happened; immutable. `repr` shows the topic only."""

    __slots__ = ()
    TOPIC: ClassVar[str]
    VERSION: ClassVar[int]
    MARKS: ClassVar[Marks]

    def __repr__(self) -> str:
        return f"<{self.TOPIC}>"


F = TypeVar("F", bound=Fact)
Upcast = Callable[[dict[str, Any]], None]

FACTS: dict[str, type[Fact]] = {}
"""Every fact class by topic; a topic is a name we chose, never an import path."""

UPCASTS: dict[str, tuple[Upcast, ...]] = {}
"""Per topic: how stored fields of version 1, 2, … become those of the next. Sealed values stay sealed."""


@dataclass_transform(frozen_default=True, kw_only_default=True)
def fact(topic: str, *upcasts: Upcast) -> Callable[[type[F]], type[F]]:
    """Declare a fact class under a topic. Each upcast turns the fields of one older version into the next (SYS-05)."""

    def declare(cls: type[F]) -> type[F]:
        if topic in FACTS:
            raise UnmarkedField(f"the topic {topic} is taken")
        made = dataclass(frozen=True, slots=True, kw_only=True, repr=False)(cls)
        made.TOPIC, made.VERSION, made.MARKS = topic, len(upcasts) + 1, _marks_of(made)
        FACTS[topic] = made
        UPCASTS[topic] = upcasts
        return made

    return declare


def _marks_of(cls: type[Fact]) -> Marks:
    hints = typing.get_type_hints(cls, include_extras=True)
    clear: dict[str, Any] = {}
    personal: dict[str, Personal] = {}
    value_types: dict[str, Any] = {}
    for field in dataclasses.fields(cls):  # type: ignore[arg-type]
        hint = hints[field.name]
        marks = [m for m in getattr(hint, "__metadata__", ()) if m is CLEAR or isinstance(m, Personal)]
        if len(marks) != 1:
            raise UnmarkedField(f"{cls.__name__}.{field.name} needs exactly one mark: Personal(…) or CLEAR")
        mark = marks[0]
        if isinstance(mark, Personal):
            personal[field.name] = mark
            value_types[field.name] = _without_sealed(typing.get_args(hint)[0])
        else:
            clear[field.name] = typing.get_args(hint)[0]
    for name, mark in personal.items():
        if mark.about not in clear or (mark.under is not None and mark.under not in clear):
            raise UnmarkedField(f"{cls.__name__}.{name}: its mark names a field that is not clear")
        if (mark.under is not None) != mark.kept_in.scoped:
            raise UnmarkedField(
                f"{cls.__name__}.{name}: `under` goes with a compartment of a key per consent or course"
            )
    return Marks(clear, personal, value_types)


def _without_sealed(hint: Any) -> Any:
    kept = tuple(arg for arg in typing.get_args(hint) if arg is not Sealed)
    if not kept or Sealed not in typing.get_args(hint):
        raise UnmarkedField("a personal field's type is `X | Sealed`")
    return typing.Union[kept] if len(kept) > 1 else kept[0]  # noqa: UP007
