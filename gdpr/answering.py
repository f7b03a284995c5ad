"""What a case remembers of its answer: what is told and was collected, what is corrected, and what is objected to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import assert_never
from uuid import UUID

from gdpr.answering_facts import (
    AnswerCollected,
    AnswerDecided,
    AnsweringFact,
    CorrectionDecided,
    CorrectionMade,
    CorrectionWished,
    ObjectionDecided,
    ObjectionRaised,
    ReasonsWritten,
    RecipientKind,
    RecipientTold,
)


@dataclass(frozen=True, slots=True)
class Wish:
    """One correction that is wished for, and how far it is. What it should say is sealed, and no decision needs it."""

    number: int
    compartment: str
    field: str
    record: UUID | None
    decided: CorrectionDecided | None = None
    made: CorrectionMade | None = None

    @property
    def accepted(self) -> bool:
        return self.decided is not None and self.decided.refused is None

    @property
    def is_to_be_made(self) -> bool:
        return self.accepted and self.made is None


@dataclass(frozen=True, slots=True)
class Answering:
    """How far the answer is. `wishes` are by number, from 1."""

    decided: AnswerDecided | None = None
    collected: tuple[AnswerCollected, ...] = ()
    wishes: Mapping[int, Wish] = field(default_factory=dict)
    told: Mapping[tuple[RecipientKind, str], RecipientTold] = field(default_factory=dict)
    objection: ObjectionRaised | None = None
    objection_decided: ObjectionDecided | None = None

    @property
    def corrects(self) -> frozenset[str]:
        """The compartments in which something is, or is to be, corrected."""
        return frozenset(wish.compartment for wish in self.wishes.values() if wish.accepted)


NOTHING_YET = Answering()


def evolve(answering: Answering, happened: AnsweringFact) -> Answering:
    match happened:
        case ReasonsWritten():
            return answering
        case AnswerDecided():
            return replace(answering, decided=happened)
        case AnswerCollected():
            return replace(answering, collected=(*answering.collected, happened))
        case CorrectionWished():
            wish = Wish(happened.number, happened.compartment, happened.field, happened.record)
            return replace(answering, wishes={**answering.wishes, wish.number: wish})
        case CorrectionDecided():
            return _with(answering, replace(answering.wishes[happened.number], decided=happened))
        case CorrectionMade():
            return _with(answering, replace(answering.wishes[happened.number], made=happened))
        case RecipientTold():
            return replace(answering, told={**answering.told, (happened.kind, happened.recipient): happened})
        case ObjectionRaised():
            return replace(answering, objection=happened)
        case ObjectionDecided():
            return replace(answering, objection_decided=happened)
        case _:
            assert_never(happened)


def _with(answering: Answering, wish: Wish) -> Answering:
    return replace(answering, wishes={**answering.wishes, wish.number: wish})
