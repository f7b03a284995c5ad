"""Given what happened, when somebody decides, then this happened, or it was refused, or nothing did.

The past is folded with every personal value sealed, so each test also proves that its decision reads none.
"""

from __future__ import annotations

import dataclasses
import sys
import typing
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, reduce
from typing import Any
from uuid import UUID

from hypothesis import settings

from domain.errors import Refusal
from domain.facts import Fact, Place, Sealed

AGGREGATE_OF = {
    "domain.course_plan": "domain.course",
    "domain.course_group": "domain.course",
    "domain.asking": "domain.consent",
    "domain.sharing": "domain.introduction",
    "domain.participants_custody": "domain.participants",
    "domain.family_correcting": "domain.family",
}
"""Where decisions stand in a file of their own, beside their aggregate's facts."""

quick = settings(max_examples=100, deadline=None)


def given(*happened: Fact | Iterable[Fact]) -> Given:
    return Given(_flat(happened))


def sealed(happened: Fact) -> Fact:
    """The fact as it comes back from the store: a handle in the place of every personal value."""
    handles = {
        name: Sealed(
            b"sealed", Place(UUID(int=0), 1, happened.TOPIC, name), getattr(happened, mark.about), mark.kept_in.name
        )
        for name, mark in happened.MARKS.personal.items()
    }
    return dataclasses.replace(happened, **handles)  # type: ignore[type-var]


def fold(evolve: Callable[..., Any], happened: Iterable[Fact]) -> Any:
    return reduce(evolve, happened, None)


@dataclass(frozen=True)
class Given:
    past: list[Fact]

    def when(self, decision: Callable[..., Any], *args: Any, **said: Any) -> Then:
        """Decide. The state stands before the other arguments, if the decision asks for one."""
        module = AGGREGATE_OF.get(decision.__module__, decision.__module__)
        evolve = sys.modules[module].evolve  # type: ignore[attr-defined]
        state = fold(evolve, map(sealed, self.past))
        try:
            got = decision(state, *args, **said) if _asks_for_state(decision, evolve) else decision(*args, **said)
        except Refusal as refusal:
            return Then(refusal)
        fold(evolve, [*self.past, *got])  # whatever was decided can be lived with
        return Then(got)


@dataclass(frozen=True)
class Then:
    outcome: list[Fact] | Refusal

    @property
    def facts(self) -> list[Fact]:
        if isinstance(self.outcome, Refusal):
            raise self.outcome
        return self.outcome

    def then(self, *expected: Fact | Iterable[Fact]) -> None:
        assert self.facts == _flat(expected), f"{_shown(self.facts)}\nexpected:\n{_shown(_flat(expected))}"

    def then_nothing(self) -> None:
        assert self.facts == [], _shown(self.facts)

    def then_refused(self, refusal: type[Refusal], *, field: str = "") -> None:
        assert isinstance(self.outcome, Refusal), f"not refused:\n{_shown(self.facts)}"
        assert (type(self.outcome), self.outcome.field) == (refusal, field)
        assert str(self.outcome) == (f"{refusal.code} ({field})" if field else refusal.code)


@cache
def _asks_for_state(decision: Callable[..., Any], evolve: Callable[..., Any]) -> bool:
    state = typing.get_type_hints(evolve)["return"]
    first = next(iter(typing.get_type_hints(decision).values()))
    return first in (state, state | None)


def _flat(happened: Iterable[Fact | Iterable[Fact]]) -> list[Fact]:
    return [one for some in happened for one in ([some] if isinstance(some, Fact) else some)]


def _shown(happened: Iterable[Fact]) -> str:
    """All fields, because a fact's own repr shows none; in tests all people are made up."""
    return "\n".join(f"  {one.TOPIC} {dataclasses.asdict(one)}" for one in happened)  # type: ignore[call-overload]
