"""What is due to go on a day: no sooner than every clock that keeps it has run out, and never against a hold."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from gdpr.retention import Clock
from gdpr.retention_facts import Ending

Where = tuple[UUID, str]
"""A subject and a compartment."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """One clock that keeps a subject's values in a compartment, or those of one course; None: it has not started."""

    clock: str
    subject: UUID
    compartment: str
    under: UUID | None
    started_on: date | None


@dataclass(frozen=True, slots=True)
class Due:
    """What goes, and what would go and is kept back; each ordered by its day."""

    goes: tuple[Ending, ...]
    kept_back: tuple[Ending, ...]


def endings(keepings: Iterable[Keeping], clocks: Mapping[str, Clock]) -> list[Ending]:
    """When each value's last clock runs out; nothing for what a clock keeps that has not started."""
    latest: dict[tuple[UUID, str, UUID | None], Ending | None] = {}
    for each in keepings:
        at = (each.subject, each.compartment, each.under)
        if each.started_on is None:
            latest[at] = None
            continue
        ending = Ending(each.clock, *at, clocks[each.clock].keep.after(each.started_on))
        known = latest.setdefault(at, ending)
        if known is not None and known.due_on < ending.due_on:
            latest[at] = ending
    return [ending for ending in latest.values() if ending is not None]


def due(
    keepings: Iterable[Keeping], clocks: Mapping[str, Clock], *, kept_back: Collection[Where], on: date
) -> Due:  # fmt: skip
    """What is due on a day, with what a hold or a restriction keeps back (Art. 17(3), 18(2))."""
    found = sorted(
        (ending for ending in endings(keepings, clocks) if ending.due_on <= on),
        key=lambda ending: (ending.due_on, ending.clock, ending.compartment, ending.subject.bytes),
    )
    stays = [(ending.subject, ending.compartment) in kept_back for ending in found]
    return Due(
        tuple(ending for ending, kept in zip(found, stays, strict=True) if not kept),
        tuple(ending for ending, kept in zip(found, stays, strict=True) if kept),
    )
