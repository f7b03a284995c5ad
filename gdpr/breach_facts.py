"""What is recorded of a personal data breach, from the moment the controller knew of it to its end (GDPR Art. 33 and 34).

Every breach is here, also one that need not be reported (Art. 33(5)). What is clear are times, numbers, choices and
names of compartments; every word that somebody writes is sealed under the breach's own random id, for a breach is told
of in sentences that name people. `at` is when it was written down; the other moments are when it happened.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from domain.compartments import BREACH
from domain.facts import CLEAR, Fact, Personal, Sealed, Text, fact


class Nature(StrEnum):
    """What kinds of breach there are (Art. 4(12), EDPB Guidelines 9/2022); one breach may be several."""

    CONFIDENTIALITY = "confidentiality"
    INTEGRITY = "integrity"
    AVAILABILITY = "availability"


class Affected(StrEnum):
    """The categories of persons whose data a register like this holds (Art. 33(3)(a))."""

    PARENTS = "parents"
    CHILDREN = "children"
    VOLUNTEERS = "volunteers"
    STAFF = "staff"


class Risk(StrEnum):
    """To the rights and freedoms of persons: unlikely (not reported), a risk (reported), high (the persons are told)."""

    UNLIKELY = "unlikely"
    RISK = "risk"
    HIGH = "high"


class WayTold(StrEnum):
    """How the persons were told (Art. 34(1)); a public notice only where telling each would be out of proportion."""

    EACH = "each_person"
    PUBLIC_NOTICE = "public_notice"


class NotToldBecause(StrEnum):
    """The exceptions of Art. 34(3)(a) and (b); (c) is no silence but a public notice."""

    UNINTELLIGIBLE = "unintelligible"
    RISK_REMOVED = "risk_removed"


@fact("breach.noticed")
class BreachNoticed(Fact):
    """The controller knows (`aware_at`): the 72 hours run. `processor_told_at`: a processor said so (Art. 33(2))."""

    breach_id: Annotated[UUID, CLEAR]
    at: Annotated[datetime, CLEAR]
    aware_at: Annotated[datetime, CLEAR]
    began_at: Annotated[datetime | None, CLEAR]
    ended_at: Annotated[datetime | None, CLEAR]
    processor_told_at: Annotated[datetime | None, CLEAR]
    natures: Annotated[tuple[Nature, ...], CLEAR]
    what: Annotated[Text, Personal(about="breach_id", kept_in=BREACH)]


@fact("breach.described")
class BreachDescribed(Fact):
    """What is known by now (Art. 33(3)); None where nothing new is said. Later ones add to earlier ones (Art. 33(4))."""

    breach_id: Annotated[UUID, CLEAR]
    at: Annotated[datetime, CLEAR]
    affected: Annotated[tuple[Affected, ...] | None, CLEAR]
    compartments: Annotated[tuple[str, ...] | None, CLEAR]
    persons: Annotated[int | None, CLEAR]
    records: Annotated[int | None, CLEAR]
    said: Annotated[tuple[str, ...], CLEAR]
    """Which of the sealed fields below say something; a sealed nothing looks like a sealed word."""
    consequences: Annotated[str | Sealed | None, Personal(about="breach_id", kept_in=BREACH)]
    measures: Annotated[str | Sealed | None, Personal(about="breach_id", kept_in=BREACH)]
    contact: Annotated[str | Sealed | None, Personal(about="breach_id", kept_in=BREACH)]


@fact("breach.risk_judged")
class RiskJudged(Fact):
    """How likely and how severe; the last judgement holds, and the earlier ones stay with their reasons."""

    breach_id: Annotated[UUID, CLEAR]
    at: Annotated[datetime, CLEAR]
    risk: Annotated[Risk, CLEAR]
    reason: Annotated[Text, Personal(about="breach_id", kept_in=BREACH)]


@fact("breach.reported")
class BreachReported(Fact):
    """Sent to Datatilsynet at `reported_at`; number 1 is the notice, what follows are its phases (Art. 33(1) and (4))."""

    breach_id: Annotated[UUID, CLEAR]
    at: Annotated[datetime, CLEAR]
    reported_at: Annotated[datetime, CLEAR]
    number: Annotated[int, CLEAR]
    late: Annotated[bool, CLEAR]
    late_because: Annotated[str | Sealed | None, Personal(about="breach_id", kept_in=BREACH)]


@fact("breach.persons_told")
class PersonsTold(Fact):
    """The persons concerned were told, in plain words (Art. 34(1) and (2)); how many at least."""

    breach_id: Annotated[UUID, CLEAR]
    at: Annotated[datetime, CLEAR]
    on: Annotated[date, CLEAR]
    way: Annotated[WayTold, CLEAR]
    persons: Annotated[int | None, CLEAR]


@fact("breach.telling_not_needed")
class TellingNotNeeded(Fact):
    """The risk is high, and yet the persons need not be told, on one of the two grounds (Art. 34(3))."""

    breach_id: Annotated[UUID, CLEAR]
    at: Annotated[datetime, CLEAR]
    because: Annotated[NotToldBecause, CLEAR]
    reason: Annotated[Text, Personal(about="breach_id", kept_in=BREACH)]


@fact("breach.closed")
class BreachClosed(Fact):
    """Nothing more is to be done; it stays in the register for the supervisory authority (Art. 33(5))."""

    breach_id: Annotated[UUID, CLEAR]
    at: Annotated[datetime, CLEAR]


BreachFact = (
    BreachNoticed
    | BreachDescribed
    | RiskJudged
    | BreachReported
    | PersonsTold
    | TellingNotNeeded
    | BreachClosed
)  # fmt: skip
