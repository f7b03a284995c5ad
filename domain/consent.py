"""A family allows one use of what it told, for one purpose and one course, and takes it back as easily."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, assert_never
from uuid import UUID

from domain.compartments import CONSENT_PROOF
from domain.errors import Invalid, RuleBroken
from domain.facts import CLEAR, Fact, Personal, Sealed, fact
from domain.lists import Purpose, Way
from domain.people import ActorId, ConsentId, CourseId, FamilyId, NotePartId, PersonId
from domain.purposes import DATA_OF, Data, Recipient
from domain.text import past


class Answer(StrEnum):
    """Not decided counts as no."""

    YES = "yes"
    NO = "no"
    NOT_DECIDED = "not_decided"


class State(StrEnum):
    """Where an answer stands on a day; withdrawn is the end of a record, never of a person: one may be asked again."""

    GIVEN = "given"
    RENEWED = "renewed"
    REFUSED = "refused"
    NOT_DECIDED = "not_decided"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Capacity(StrEnum):
    """In what capacity an adult answered (INT-06)."""

    SELF = "self"
    HOLDER_OF_CUSTODY = "holder_of_custody"
    OTHER_CAREGIVER = "other_caregiver"


class Outcome(StrEnum):
    """What came of asking back what had been read or printed under a consent (INT-08)."""

    TOLD = "told"
    DESTROYED = "destroyed"
    NOT_FOUND = "not_found"


def _given_without_proof(fields: dict[str, Any]) -> None:
    """Version 1 said neither for whom nor as what the adult answered, and nothing of it was sealed."""
    fields |= {
        "data": [data.value for data in DATA_OF[Purpose(fields["purpose"])]],
        "on_behalf_of": [],
        "renews": None,
        "proof_id": fields["consent_id"],
        "capacity": None,
        "said": None,
        "interpreter": None,
    }


@fact("consent.given", _given_without_proof)
class ConsentGiven(Fact):
    """Who, for whom, for what, to whom, which words it was asked in, how, to whom it was told, until when (INT-06).

    What shows how this one adult came to say yes is sealed under a key of its own, `proof_id`: it outlives a withdrawal
    by the time in which there may be a dispute, and no longer (GDPR Art. 7(1), 5(1)(e)).
    """

    consent_id: Annotated[ConsentId, CLEAR]
    family_id: Annotated[FamilyId, CLEAR]
    given_by: Annotated[PersonId, CLEAR]
    on_behalf_of: Annotated[tuple[PersonId, ...], CLEAR]
    course_id: Annotated[CourseId, CLEAR]
    purpose: Annotated[Purpose, CLEAR]
    recipient: Annotated[Recipient, CLEAR]
    data: Annotated[tuple[Data, ...], CLEAR]
    part_id: Annotated[NotePartId | None, CLEAR]
    edition: Annotated[int | None, CLEAR]
    not_to: Annotated[tuple[ActorId, ...], CLEAR]
    wording_id: Annotated[UUID, CLEAR]
    wording_version: Annotated[int, CLEAR]
    wording_hash: Annotated[str, CLEAR]
    language: Annotated[str, CLEAR]
    translated: Annotated[bool, CLEAR]
    way: Annotated[Way, CLEAR]
    taken_by: Annotated[ActorId, CLEAR]
    given_on: Annotated[date, CLEAR]
    until: Annotated[date, CLEAR]
    renews: Annotated[ConsentId | None, CLEAR]
    proof_id: Annotated[UUID, CLEAR]
    capacity: Annotated[str | Sealed | None, Personal(about="given_by", kept_in=CONSENT_PROOF, under="proof_id")]
    said: Annotated[str | Sealed | None, Personal(about="given_by", kept_in=CONSENT_PROOF, under="proof_id")]
    interpreter: Annotated[str | Sealed | None, Personal(about="given_by", kept_in=CONSENT_PROOF, under="proof_id")]


def _refused_for_oneself(fields: dict[str, Any]) -> None:
    """Version 1 said neither for whom a no was nor to which words."""
    fields |= {"on_behalf_of": [], "wording_id": None, "wording_version": None, "wording_hash": None, "language": None}


@fact("consent.not_given", _refused_for_oneself)
class ConsentNotGiven(Fact):
    """The family was asked and said no, or left it open; it has no effect on its place (INT-10).

    The words it was asked in stand here if they were named: its receipt then says to what the no was said.
    """

    consent_id: Annotated[ConsentId, CLEAR]
    family_id: Annotated[FamilyId, CLEAR]
    asked: Annotated[PersonId, CLEAR]
    on_behalf_of: Annotated[tuple[PersonId, ...], CLEAR]
    course_id: Annotated[CourseId, CLEAR]
    purpose: Annotated[Purpose, CLEAR]
    part_id: Annotated[NotePartId | None, CLEAR]
    answer: Annotated[Answer, CLEAR]
    wording_id: Annotated[UUID | None, CLEAR]
    wording_version: Annotated[int | None, CLEAR]
    wording_hash: Annotated[str | None, CLEAR]
    language: Annotated[str | None, CLEAR]
    way: Annotated[Way, CLEAR]
    taken_by: Annotated[ActorId, CLEAR]
    on: Annotated[date, CLEAR]


@fact("consent.withdrawn")
class ConsentWithdrawn(Fact):
    way: Annotated[Way, CLEAR]
    on: Annotated[date, CLEAR]


@fact("consent.expired")
class ConsentExpired(Fact):
    on: Annotated[date, CLEAR]


@fact("consent.asked_back")
class AskedBack(Fact):
    """After a withdrawal, one reader was spoken to or one printed sheet was dealt with; nothing of what was read."""

    reader: Annotated[ActorId | None, CLEAR]
    sheet: Annotated[UUID | None, CLEAR]
    outcome: Annotated[Outcome, CLEAR]
    on: Annotated[date, CLEAR]


@fact("consent.proof_ended")
class ProofEnded(Fact):
    """The time for a dispute is over: what identifies somebody goes; which words were used, and how, stays known."""

    on: Annotated[date, CLEAR]


ConsentFact = ConsentGiven | ConsentNotGiven | ConsentWithdrawn | ConsentExpired | AskedBack | ProofEnded


@dataclass(frozen=True, slots=True)
class Consent:
    family_id: FamilyId
    person_id: PersonId
    course_id: CourseId
    purpose: Purpose
    given: bool
    answered_on: date
    proof_id: UUID | None = None
    until: date | None = None
    ended_on: date | None = None
    withdrawn: bool = False
    asked_back: Mapping[UUID, Outcome] | None = None
    proof_ended: bool = False

    @property
    def ended(self) -> bool:
        return self.ended_on is not None

    def in_force(self, on: date) -> bool:
        return self.given and not self.ended and self.until is not None and on <= self.until


def evolve(consent: Consent | None, happened: ConsentFact) -> Consent:
    match happened:
        case ConsentGiven():
            return Consent(
                happened.family_id,
                happened.given_by,
                happened.course_id,
                happened.purpose,
                given=True,
                answered_on=happened.given_on,
                proof_id=happened.proof_id,
                until=happened.until,
            )
        case ConsentNotGiven():
            return Consent(
                happened.family_id,
                happened.asked,
                happened.course_id,
                happened.purpose,
                given=False,
                answered_on=happened.on,
            )
    assert consent is not None
    match happened:
        case ConsentWithdrawn():
            return replace(consent, ended_on=happened.on, withdrawn=True)
        case ConsentExpired():
            return replace(consent, ended_on=happened.on)
        case AskedBack():
            found = happened.reader or happened.sheet
            assert found is not None
            return replace(consent, asked_back={**(consent.asked_back or {}), found: happened.outcome})
        case ProofEnded():
            return replace(consent, proof_ended=True)
        case _:
            assert_never(happened)


class NotGiven(RuleBroken):
    """What was never given cannot be taken back."""

    code = "consent_not_given"


class StillInForce(RuleBroken):
    """A consent that holds is proven and not asked back; first it ends (GDPR Art. 7(1))."""

    code = "consent_in_force"


class ProofNeeded(RuleBroken):
    """The proof of a consent is kept through the time for a dispute after its end, and no longer."""

    code = "consent_proof_needed"


class OutcomeImplausible(Invalid):
    """A reader is told; a printed sheet is destroyed, or not found."""

    code = "recall_outcome_implausible"


def withdraw(consent: Consent, *, way: Way, on: date, today: date) -> list[ConsentFact]:
    """Take a consent back, in any way, without a reason (GDPR Art. 7(3)). Silent when it has ended."""
    if not consent.given:
        raise NotGiven("consent_id")
    past(on, "on", today=today, years=1)
    return [] if consent.ended else [ConsentWithdrawn(way=way, on=on)]


def expire(consent: Consent, *, today: date) -> list[ConsentFact]:
    """The consent's end date has passed. Silent before it, and after it has ended."""
    if not consent.given or consent.ended or consent.until is None or today <= consent.until:
        return []
    return [ConsentExpired(on=today)]


def ask_back(
    consent: Consent, *, reader: ActorId | None = None, sheet: UUID | None = None, outcome: Outcome, today: date
) -> list[ConsentFact]:
    """What came of speaking to one who had read, or of one printed sheet. Silent when the same was recorded before.

    Raises OutcomeImplausible; StillInForce, for there is nothing to ask back while the consent holds.
    """
    if (reader is None) == (sheet is None) or (outcome is Outcome.TOLD) != (reader is not None):
        raise OutcomeImplausible("outcome")
    if not consent.ended:
        raise StillInForce("consent_id")
    found = reader or sheet
    if found is not None and (consent.asked_back or {}).get(found) is outcome:
        return []
    return [AskedBack(reader=reader, sheet=sheet, outcome=outcome, on=today)]


def end_proof(consent: Consent, *, not_before: date, today: date) -> list[ConsentFact]:
    """What identifies somebody in an ended consent, or in a refusal, goes. Silent when it has gone.

    `not_before` is the first day after the time in which there may be a dispute. Raises StillInForce, ProofNeeded.
    """
    if consent.proof_ended:
        return []
    if consent.given and not consent.ended:
        raise StillInForce("consent_id")
    if today < not_before:
        raise ProofNeeded("consent_id")
    return [ProofEnded(on=today)]
