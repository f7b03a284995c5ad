"""One command at a time: who may give it, whether it was given before, what it decides, and all of it saved at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Protocol, TypeVar
from uuid import UUID

from application.desk import Asker, Desk
from application.ports import (
    Aggregate,
    Change,
    CommandIdTaken,
    Context,
    Duty,
    IndexEntry,
    Loaded,
    Message,
    Outcome,
    StaleVersion,
)
from domain.errors import NotFound, Refusal
from domain.facts import Fact
from domain.people import Role

S = TypeVar("S")
C = TypeVar("C", bound="Command")

TRIES = 5
"""How often a command that names no version is decided anew when somebody else was faster."""


class Command(Protocol):
    """A frozen dataclass that says in GIVEN_BY which roles may give it."""

    GIVEN_BY: ClassVar[frozenset[Role]]


class RoleNotHeld(Refusal):
    """The asker does not hold the role this needs, or not for this unit, course or day."""

    code = "role_not_held"


UseCase = Callable[[Any, "Work"], Mapping[str, Any]]
_USE_CASES: dict[type[Any], UseCase] = {}


def serves(
    command: type[C],
) -> Callable[[Callable[[C, Work], Mapping[str, Any]]], Callable[[C, Work], Mapping[str, Any]]]:
    """Put the function that serves a command below it."""

    def register(use_case: Callable[[C, Work], Mapping[str, Any]]) -> Callable[[C, Work], Mapping[str, Any]]:
        _USE_CASES[command] = use_case
        return use_case

    return register


def commands() -> Sequence[type[Any]]:
    """Every command that is served, for the tests of completeness."""
    return tuple(_USE_CASES)


@dataclass(slots=True)
class Work:
    """What one command has loaded and decided so far; nothing is stored before it is all there."""

    asker: Asker
    context: Context
    desk: Desk
    changes: dict[UUID, Change] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    index: list[IndexEntry] = field(default_factory=list)
    instead: list[tuple[str, UUID]] = field(default_factory=list)
    _found: dict[UUID, Loaded[Any] | None] = field(default_factory=dict)

    def find(self, aggregate: Aggregate[S], stream: UUID) -> S | None:
        """The state of a stream, or None when it has not begun; looked up once, and the same to the end of the work."""
        if stream not in self._found:
            self._found[stream] = self.desk.register.load(aggregate, stream)
        loaded = self._found[stream]
        return loaded.state if loaded is not None else None

    def load(
        self,
        aggregate: Aggregate[S],
        stream: UUID,
        missing: type[Refusal] = NotFound,
        field: str = "",
        *,
        version: int | None = None,
    ) -> S:
        """The state of a stream. Raises `missing` when there is none, StaleVersion when it is not at `version`."""
        state = self.find(aggregate, stream)
        if state is None:
            raise missing(field)
        if version is not None and version != self._version_found(stream):
            raise StaleVersion("version", version=self._version_found(stream))
        return state

    def now(self, aggregate: Aggregate[S], stream: UUID) -> S | None:
        """The state of a stream with what this work has recorded on it so far."""
        state = self.find(aggregate, stream)
        change = self.changes.get(stream)
        for happened in change.facts if change is not None else ():
            state = aggregate.evolve(state, happened)
        return state

    def record(self, stream: UUID, facts: Sequence[Fact]) -> None:
        """Append facts to a stream that was loaded or looked for in this work."""
        if not facts:
            return
        before = self.changes.get(stream)
        if before is not None:
            self.changes[stream] = Change(stream, before.at_version, (*before.facts, *facts))
        else:
            self.changes[stream] = Change(stream, self._version_found(stream), tuple(facts))

    def found_by(self, name: str, words: Iterable[str], subject: UUID) -> None:
        """Let the coordinator find the subject by these words in this field, and by no earlier one once all is saved."""
        self.index += [IndexEntry(name, word, subject) for word in words]
        self.instead.append((name, subject))

    def version(self, stream: UUID) -> int:
        """The version the stream will be at when the work is saved."""
        change = self.changes.get(stream)
        return change.at_version + len(change.facts) if change is not None else self._version_found(stream)

    def _version_found(self, stream: UUID) -> int:
        loaded = self._found.get(stream)
        return loaded.version if loaded is not None else 0


def rehearse(command: Any, asker: Asker, desk: Desk) -> None:
    """What giving a command would refuse, without giving it: nothing is stored. Raises as `perform` does."""
    if asker.role not in command.GIVEN_BY:
        raise RoleNotHeld("role")
    now = desk.clock.now()
    context = Context(asker.actor, asker.role, asker.unit, asker.request_id, now, now)
    _USE_CASES[type(command)](command, Work(asker, context, desk))


def perform(
    command: Any,
    asker: Asker,
    desk: Desk,
    *,
    command_id: UUID,
    happened_at: datetime | None = None,
    received: Any = None,
) -> Mapping[str, Any]:
    """Serve a command: the same command id a second time answers the same and does nothing (SYS-04).

    Raises RoleNotHeld, CommandIdTaken, StaleVersion and every Refusal of the domain; LogUnavailable and Unavailable
    when nothing could be done.
    """
    name = type(command).__name__
    if asker.role not in command.GIVEN_BY:
        raise RoleNotHeld("role")
    for attempt in range(TRIES):
        earlier = desk.register.outcome_of(command_id)
        if earlier is not None:
            if (earlier.command, earlier.actor) != (name, asker.actor):
                raise CommandIdTaken("command_id")
            return earlier.result
        now = desk.clock.now()
        context = Context(asker.actor, asker.role, asker.unit, command_id, happened_at or now, now)
        work = Work(asker, context, desk)
        result = _USE_CASES[type(command)](command, work)
        try:
            desk.register.save(
                context,
                list(work.changes.values()),
                outcome=Outcome(name, asker.actor, result),
                messages=work.messages,
                duties=work.duties,
                index=work.index,
                instead=work.instead,
                received=received,
            )
        except StaleVersion:
            if getattr(command, "version", None) is not None or attempt == TRIES - 1:
                raise
            continue
        except CommandIdTaken:
            if attempt == TRIES - 1:
                raise
            continue
        return result
    raise AssertionError("unreachable")
