"""Values gathered for one question, opened through the gate in one go, and given back under the names they were asked by."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

from application.desk import Desk
from domain.compartments import Compartment
from domain.facts import Place, Sealed
from gdpr.gate import Asked, Request
from gdpr.policy import Standing, decide
from gdpr.ports import Absent


class Opening:
    """One question's values. `ask` gathers, `open` asks the gate once: one durable log write for the whole page.

    What lies in a compartment of `withheld` is not asked for: an officer decided so in the case that is answered.
    What lies in one of `released` was released to an officer by two persons; `places` takes down what was asked for.
    """

    def __init__(
        self,
        desk: Desk,
        request: Request,
        *,
        action: str = "read",
        withheld: frozenset[str] = frozenset(),
        released: frozenset[str] = frozenset(),
        places: set[Place] | None = None,
    ) -> None:
        self._desk = desk
        self._request = request
        self._action = action
        self._withheld = withheld
        self._released = released
        self._places = places if places is not None else set()
        self._names: list[Hashable] = []
        self._asked: list[Asked] = []

    def ask(
        self,
        name: Hashable,
        value: Sealed | None,
        standing: Standing,
        *,
        record: UUID | None = None,
        consents: Iterable[UUID] = (),
    ) -> None:
        """Ask for one value; None was never written and is not asked for."""
        if value is not None and value.compartment not in self._withheld:
            if value.compartment in self._released:
                standing = replace(standing, released_by_two_persons=True, is_on_duty=True)
            self._places.add(value.place)
            self._names.append(name)
            self._asked.append(Asked(value, standing, record, tuple(consents)))

    def open(self) -> Answers:
        """The answers. Raises LogUnavailable, Unavailable, Tampered."""
        answers = self._desk.gate.open(self._request, self._asked, action=self._action)
        return Answers(dict(zip(self._names, answers, strict=True)))


class Answers(dict[Hashable, Any]):
    """What came back, by the name it was asked by; None for what was never written."""

    def __missing__(self, name: Hashable) -> None:
        return None

    def shown(self, name: Hashable) -> Any:
        """The value if it is there; None for one that is absent for any reason."""
        value = self[name]
        return None if isinstance(value, Absent) else value


def must_stand(
    desk: Desk,
    request: Request,
    compartment: Compartment,
    standing: Standing,
    *,
    subjects: Iterable[UUID] = (),
    record: UUID | None = None,
) -> None:
    """Refuse the whole question, in the log too, when the reader has no standing. Raises NotForThisReader."""
    decision = decide(request.role, compartment, standing)
    if not decision.allowed:
        desk.gate.refuse(request, compartment, decision.rule, subjects, record)
