"""What the use cases need from below stairs: the register of facts, its rows, a clock, and the way between realms."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from domain.errors import Refusal
from domain.facts import Fact, Sealed
from domain.people import Role

S = TypeVar("S")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Context:
    """Who acts, in which role and unit, when, and under which command id (SYS-01, REF-27)."""

    actor: UUID
    role: Role
    unit: UUID | None
    command_id: UUID
    happened_at: datetime
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Recorded:
    """A fact with the envelope it is stored in."""

    stream: UUID
    version: int
    fact: Fact
    context: Context


@dataclass(frozen=True, slots=True)
class Aggregate(Generic[S]):
    """A kind of stream: its name, with which the topics of its facts begin, and how its state follows from them."""

    name: str
    evolve: Callable[[S | None, Any], S]

    def tells(self, fact: Fact) -> bool:
        """Whether this fact is one of such a stream."""
        return fact.TOPIC.partition(".")[0] == self.name


@dataclass(frozen=True, slots=True)
class Loaded(Generic[S]):
    """The state of one stream and the version it was loaded at."""

    stream: UUID
    version: int
    state: S


@dataclass(frozen=True, slots=True)
class Change:
    """Facts to append to one stream, if it is still at `at_version` (0 for a stream that must be new)."""

    stream: UUID
    at_version: int
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """Something for another realm, sent in the transaction of the facts that caused it, delivered exactly once."""

    message_id: UUID
    to_realm: str
    kind: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Duty:
    """A destruction of keys that must follow a committed fact, also after a crash: what is destroyed, by id."""

    kind: str
    ref: UUID


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A word by which the coordinator may find a subject; kept only as a keyed token in the key database (VIS-10)."""

    field: str
    value: str
    subject: UUID


class StaleVersion(Refusal):
    """Somebody else changed this since it was read (SYS-04)."""

    code = "stale_version"


class CommandIdTaken(Refusal):
    """The command id was used before, for another command or by somebody else (SYS-04)."""

    code = "command_id_taken"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command answered; a repeated command gets the same again. Ids and numbers only, never personal values."""

    command: str
    actor: UUID
    result: Mapping[str, Any]


class Rows(Protocol):
    """The rows of the views, as declared with `view_row` in `application.views.rows`."""

    def put(self, row: Any) -> None:
        """Insert the row, or replace the one with its key. Raises WrongCompartment."""

    def get(self, kind: type[R], /, **key: Any) -> R | None:
        """The row with this whole key."""

    def where(self, kind: type[R], /, **equal: Any) -> list[R]:
        """All rows whose columns equal these values, in key order; a tuple value means any of them."""

    def change(self, kind: type[Any], where: Mapping[str, Any], /, **values: Any) -> None:
        """Set columns of all rows that match. Raises WrongCompartment."""

    def delete(self, kind: type[Any], /, **equal: Any) -> None:
        """Delete all rows that match."""


class Register(Protocol):
    """The facts of one realm and its views."""

    realm: str

    def load(self, aggregate: Aggregate[S], stream: UUID) -> Loaded[S] | None: ...

    def history(self, stream: UUID) -> Sequence[Recorded]: ...

    def rows(self) -> Rows:
        """The rows of the views, for reading."""

    def outcome_of(self, command_id: UUID) -> Outcome | None: ...

    def save(
        self,
        context: Context,
        changes: Sequence[Change],
        *,
        outcome: Outcome,
        messages: Iterable[Message] = (),
        duties: Iterable[Duty] = (),
        index: Iterable[IndexEntry] = (),
        instead: Sequence[tuple[str, UUID]] = (),
        received: Any = None,
    ) -> None:
        """All of it, with the views' rows, in one transaction, or nothing.

        By the words of `index` a subject is found from now on; in each (field, subject) of `instead` by no earlier one.
        `received` marks the message from another realm that this answers, so that it is taken in once.
        Raises StaleVersion, SubjectErased, Unavailable; CommandIdTaken when another command won the race for the id.
        """


@dataclass(frozen=True, slots=True)
class Draft:
    """A form that was begun and not sent: whose it is, when it was last saved, and what stands in it, sealed."""

    draft_id: UUID
    author: UUID
    saved_at: datetime
    form: Sealed


class Drafts(Protocol):
    """Unfinished forms of one realm, beside the events. Every method may raise Unavailable."""

    def of(self, author: UUID) -> Sequence[Draft]:
        """Those of one author, the latest first."""

    def find(self, draft_id: UUID) -> Draft | None: ...

    def all(self) -> Sequence[Draft]: ...

    def keep(self, draft_id: UUID, author: UUID, form: str, now: datetime) -> None:
        """Sealed under a key of its own, in place of what was there. Raises StaleVersion when it was saved, begun or
        discarded elsewhere at this moment.
        """

    def remove(self, draft_id: UUID) -> None:
        """The row; the key is destroyed before."""


class Clock(Protocol):
    """The time, and the day in Denmark (SYS-06)."""

    def now(self) -> datetime: ...

    def today(self) -> date: ...
