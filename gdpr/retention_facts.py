"""What is recorded of retention: runs in which values end, and holds that keep some back (GDPR Art. 5(1)(e), 17(3)).

What is clear here stays: ids that say nothing, names of clocks and compartments, dates, numbers. Why a hold was placed
is written in words, which are sealed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from domain.compartments import RIGHTS
from domain.facts import CLEAR, Fact, Personal, Text, fact
from domain.people import SubjectId
from gdpr.rights_facts import Ground


@dataclass(frozen=True, slots=True)
class Ending:
    """One subject's values in one compartment, all of them or those of one course, and the day they are due to go."""

    clock: str
    subject: UUID
    compartment: str
    under: UUID | None
    due_on: date


@fact("retention.run_begun")
class RunBegun(Fact):
    """From here on nothing is sealed with a key that ends in this run; what ends in it is fixed."""

    run_id: Annotated[UUID, CLEAR]
    on: Annotated[date, CLEAR]
    endings: Annotated[tuple[Ending, ...], CLEAR]


@fact("retention.keys_ended")
class KeysEnded(Fact):
    """The keys that are gone: id and commitment in hexadecimal and compartment of each, in the same order."""

    key_ids: Annotated[tuple[str, ...], CLEAR]
    commitments: Annotated[tuple[str, ...], CLEAR]
    compartments: Annotated[tuple[str, ...], CLEAR]


@fact("retention.ending_entered")
class EndingEntered(Fact):
    """The ledger holds what ended: its size and head (hexadecimal) right after the entry."""

    size: Annotated[int, CLEAR]
    head: Annotated[str, CLEAR]


@fact("retention.rows_emptied")
class RowsEmptied(Fact):
    """How many sealed values were taken out of rows of views; the fences are lifted."""

    views: Annotated[int, CLEAR]


@fact("retention.run_completed")
class RunCompleted(Fact):
    """All steps are taken; `receipt_hash` is the digest of the receipt."""

    on: Annotated[date, CLEAR]
    receipt_hash: Annotated[str, CLEAR]


class HoldGround(StrEnum):
    """Why values are kept that are due to go; each stands on a letter of Art. 17(3)."""

    LEGAL_CLAIM = "legal_claim"
    ARCHIVE_ACT = "archive_act"
    SUPERVISORY_CASE = "supervisory_case"
    LEGAL_OBLIGATION = "legal_obligation"

    @property
    def letter(self) -> Ground:
        return {
            HoldGround.LEGAL_CLAIM: Ground.LEGAL_CLAIMS,
            HoldGround.ARCHIVE_ACT: Ground.ARCHIVE,
        }.get(self, Ground.LAW_DEMANDS_KEEPING)


@fact("hold.placed")
class HoldPlaced(Fact):
    """Retention and erasure stop at these compartments; reading does not, nor the taking back of a consent."""

    hold_id: Annotated[UUID, CLEAR]
    subject: Annotated[SubjectId, CLEAR]
    compartments: Annotated[tuple[str, ...], CLEAR]
    ground: Annotated[HoldGround, CLEAR]
    placed_on: Annotated[date, CLEAR]
    review_on: Annotated[date, CLEAR]
    reason: Annotated[Text, Personal(about="subject", kept_in=RIGHTS)]


@fact("hold.prolonged")
class HoldProlonged(Fact):
    """It was reviewed, and is still needed until a later review."""

    on: Annotated[date, CLEAR]
    review_on: Annotated[date, CLEAR]


@fact("hold.lifted")
class HoldLifted(Fact):
    """What is due goes with the next run."""

    on: Annotated[date, CLEAR]


HoldFact = HoldPlaced | HoldProlonged | HoldLifted
RunFact = RunBegun | KeysEnded | EndingEntered | RowsEmptied | RunCompleted
