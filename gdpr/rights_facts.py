"""What is recorded of a request about one's own data, from its receipt to its answer (GDPR Art. 12, 15 to 18, 20, 21).

What is clear here outlives erasure: ids that say nothing, dates, grounds and statutes, numbers of keys and of values.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from domain.compartments import RIGHTS
from domain.facts import CLEAR, Fact, Personal, Sealed, Text, fact
from domain.people import SubjectId
from gdpr.answering_facts import AnsweringFact


class Right(StrEnum):
    """What may be asked for; the value is what receipts and lists show."""

    ACCESS = "access"
    RECTIFICATION = "rectification"
    ERASURE = "erasure"
    RESTRICTION = "restriction"
    PORTABILITY = "portability"
    OBJECTION = "objection"


class Outcome(StrEnum):
    """What becomes of a compartment. Restricted data stay, but are read only where the law needs it (RIG-04)."""

    ERASE = "erase"
    KEEP = "keep"
    RESTRICT = "restrict"


class Ground(StrEnum):
    """Why data are erased (Art. 17(1)), or why they are kept although erasure was asked for (Art. 17(3))."""

    NO_LONGER_NEEDED = "GDPR Art. 17(1)(a)"
    CONSENT_WITHDRAWN = "GDPR Art. 17(1)(b)"
    OBJECTED = "GDPR Art. 17(1)(c)"
    UNLAWFUL = "GDPR Art. 17(1)(d)"
    LAW_DEMANDS_ERASURE = "GDPR Art. 17(1)(e)"
    CHILD_ONLINE = "GDPR Art. 17(1)(f)"
    EXPRESSION = "GDPR Art. 17(3)(a)"
    LAW_DEMANDS_KEEPING = "GDPR Art. 17(3)(b)"
    PUBLIC_HEALTH = "GDPR Art. 17(3)(c)"
    ARCHIVE = "GDPR Art. 17(3)(d)"
    LEGAL_CLAIMS = "GDPR Art. 17(3)(e)"

    @property
    def keeps(self) -> bool:
        return self.value.startswith("GDPR Art. 17(3)")


class RefusedBecause(StrEnum):
    """Why a whole request is refused; the person is told, with the way to complain (Art. 12(4) and (5))."""

    NOT_OWN_DATA = "not_own_data"
    MANIFESTLY_UNFOUNDED = "manifestly_unfounded"
    EXCESSIVE = "manifestly_excessive"
    IDENTITY_NOT_PROVEN = "identity_not_proven"
    NO_GROUND_TO_RESTRICT = "no_ground_to_restrict"


class RestrictedBecause(StrEnum):
    """Why reading is restricted because the person asked for it or objected (Art. 18(1))."""

    ACCURACY_CONTESTED = "GDPR Art. 18(1)(a)"
    UNLAWFUL_NOT_ERASED = "GDPR Art. 18(1)(b)"
    NEEDED_FOR_CLAIMS = "GDPR Art. 18(1)(c)"
    OBJECTION_PENDING = "GDPR Art. 18(1)(d)"


class ExtendedBecause(StrEnum):
    """The two reasons for which the deadline may be extended (Art. 12(3))."""

    COMPLEXITY = "complexity"
    NUMBER_OF_REQUESTS = "number_of_requests"


@fact("rights.request_received")
class RequestReceived(Fact):
    """Asked in any form; `told` is what was said, if it was written down (RIG-01)."""

    case_id: Annotated[UUID, CLEAR]
    right: Annotated[Right, CLEAR]
    subject: Annotated[SubjectId, CLEAR]
    asked_by: Annotated[UUID, CLEAR]
    received_on: Annotated[date, CLEAR]
    due_on: Annotated[date, CLEAR]
    told: Annotated[str | Sealed | None, Personal(about="subject", kept_in=RIGHTS)]


@fact("rights.deadline_extended")
class DeadlineExtended(Fact):
    """By two months, and the person was told so, with the reason, before the first deadline (Art. 12(3))."""

    because: Annotated[ExtendedBecause, CLEAR]
    told_on: Annotated[date, CLEAR]
    due_on: Annotated[date, CLEAR]


@fact("rights.identity_checked")
class IdentityChecked(Fact):
    """Whoever asks is who it says; no copy of a paper is kept (Art. 12(6))."""

    on: Annotated[date, CLEAR]
    asked_by: Annotated[UUID, CLEAR]
    how: Annotated[Text, Personal(about="asked_by", kept_in=RIGHTS)]


@fact("rights.compartment_decided")
class CompartmentDecided(Fact):
    """One compartment goes, stays, or stays restricted; what stays has a law and an end (RIG-04, RIG-05)."""

    compartment: Annotated[str, CLEAR]
    outcome: Annotated[Outcome, CLEAR]
    ground: Annotated[Ground, CLEAR]
    legal_basis: Annotated[str | None, CLEAR]
    keep_until: Annotated[date | None, CLEAR]


@fact("rights.request_refused")
class RequestRefused(Fact):
    ground: Annotated[RefusedBecause, CLEAR]
    on: Annotated[date, CLEAR]


@fact("rights.fenced")
class Fenced(Fact):
    """From here on nothing new about the subjects is written in the `closed` compartments; the plan is fixed."""

    on: Annotated[date, CLEAR]
    subjects: Annotated[tuple[SubjectId, ...], CLEAR]
    closed: Annotated[tuple[str, ...], CLEAR]
    kept: Annotated[tuple[str, ...], CLEAR]


def _of_the_first_epoch(fields: dict[str, Any]) -> None:
    """Version 1 was written before there was a second epoch."""
    fields["epochs"] = [1] * len(fields["key_ids"])


@fact("rights.keys_destroyed", _of_the_first_epoch)
class KeysDestroyed(Fact):
    """The keys that are gone: id and commitment in hexadecimal, compartment, and the epoch it was last wrapped in, of
    each, in the same order.
    """

    key_ids: Annotated[tuple[str, ...], CLEAR]
    commitments: Annotated[tuple[str, ...], CLEAR]
    compartments: Annotated[tuple[str, ...], CLEAR]
    epochs: Annotated[tuple[int, ...], CLEAR]


@fact("rights.entered_in_ledger")
class EnteredInLedger(Fact):
    """The ledger holds the destruction: its size and head (hexadecimal) right after the entry."""

    size: Annotated[int, CLEAR]
    head: Annotated[str, CLEAR]


@fact("rights.rows_purged")
class RowsPurged(Fact):
    """How many sealed values were taken out of rows of views, and out of messages not yet sent."""

    views: Annotated[int, CLEAR]
    outbox: Annotated[int, CLEAR]


@fact("rights.completed")
class Completed(Fact):
    """The request is answered; `receipt_hash` is the SHA-256, in hexadecimal, of the receipt or of what was sent."""

    on: Annotated[date, CLEAR]
    receipt_hash: Annotated[str, CLEAR]


@fact("rights.erasure_final")
class ErasureFinal(Fact):
    """No copy of the key database opens what was erased: of each compartment, the last epoch that was destroyed."""

    on: Annotated[date, CLEAR]
    compartments: Annotated[tuple[str, ...], CLEAR]
    epochs: Annotated[tuple[int, ...], CLEAR]


def _of_no_ground(fields: dict[str, Any]) -> None:
    """Version 1 knew only what an erasure left restricted, by its own decision and act."""
    fields["because"] = None


@fact("rights.restriction_placed", _of_no_ground)
class RestrictionPlaced(Fact):
    """The data stay, and only the person sees them (Art. 18). `because` is None for what an erasure leaves restricted.

    It does not lapse: `until` is the day the data themselves are due to go, None if that is not known. What is overdue
    for destruction must not become readable again meanwhile.
    """

    subject: Annotated[SubjectId, CLEAR]
    compartments: Annotated[tuple[str, ...], CLEAR]
    until: Annotated[date | None, CLEAR]
    because: Annotated[RestrictedBecause | None, CLEAR] = None


@fact("rights.restriction_lifted")
class RestrictionLifted(Fact):
    """The person was told before it was lifted (Art. 18(3))."""

    subject: Annotated[SubjectId, CLEAR]
    compartments: Annotated[tuple[str, ...], CLEAR]
    told_on: Annotated[date, CLEAR]


RightsFact = (
    RequestReceived
    | DeadlineExtended
    | IdentityChecked
    | CompartmentDecided
    | RequestRefused
    | Fenced
    | KeysDestroyed
    | EnteredInLedger
    | RowsPurged
    | Completed
    | ErasureFinal
    | RestrictionPlaced
    | RestrictionLifted
    | AnsweringFact
)
