"""Every question a family was asked and how it answered; on these rows each reading of shared words rests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from application.ports import Recorded, Rows
from application.views.rows import Holds, sealed_in, view_row
from domain.compartments import CONSENT_PROOF
from domain.consent import (
    Answer,
    AskedBack,
    ConsentExpired,
    ConsentGiven,
    ConsentNotGiven,
    ConsentWithdrawn,
    Outcome,
    ProofEnded,
    State,
)
from domain.facts import Sealed
from domain.lists import Purpose, Way
from domain.people import Role
from domain.purposes import Recipient

NAME = "consents"


@view_row(
    "consent",
    key=("consent_id",),
    about="person_id",
    indexes=(("family_id",), ("course_id", "purpose"), ("part_id",), ("person_id",)),
)
class ConsentRow:
    """A question that was answered: yes until it ends, no, or not decided. `taken_as` is the role it was taken in."""

    consent_id: UUID
    family_id: UUID
    person_id: UUID
    on_behalf_of: tuple[UUID, ...]
    course_id: UUID
    purpose: Purpose
    answer: Answer
    part_id: UUID | None
    edition: int | None
    recipient: Recipient | None
    data: tuple[str, ...]
    not_to: tuple[UUID, ...]
    wording_id: UUID | None
    wording_version: int | None
    wording_hash: str | None
    language: str | None
    translated: bool
    way: Way
    taken_by: UUID
    taken_as: Role
    answered_on: date
    answered_at: datetime
    until: date | None
    renews: UUID | None
    proof_id: UUID | None
    ended_on: date | None = None
    ended_at: datetime | None = None
    ended_way: Way | None = None
    withdrawn: bool = False
    capacity: Annotated[Sealed | None, Holds(CONSENT_PROOF)] = None
    said: Annotated[Sealed | None, Holds(CONSENT_PROOF)] = None
    interpreter: Annotated[Sealed | None, Holds(CONSENT_PROOF)] = None

    def in_force(self, on: date) -> bool:
        return self.answer is Answer.YES and self.ended_on is None and self.until is not None and on <= self.until

    def state(self, on: date) -> State:
        """Where the answer stands on a day; one whose last day has passed has expired, whether or not that is recorded."""
        if self.answer is not Answer.YES:
            return State.REFUSED if self.answer is Answer.NO else State.NOT_DECIDED
        if self.withdrawn:
            return State.WITHDRAWN
        if not self.in_force(on):
            return State.EXPIRED
        return State.GIVEN if self.renews is None else State.RENEWED


@view_row("past_consent", key=("consent_id",))
class PastConsent:
    """What stays known of an answer when its proof has ended: which words, which way, which days; of nobody."""

    consent_id: UUID
    proof_id: UUID | None
    purpose: Purpose
    answer: Answer
    wording_id: UUID | None
    wording_version: int | None
    wording_hash: str | None
    language: str | None
    way: Way
    answered_on: date
    until: date | None
    ended_on: date | None
    withdrawn: bool
    proof_ended_on: date


@view_row("asked_back", key=("consent_id", "found"))
class AskedBackRow:
    """What came of asking back, by reader or by sheet."""

    consent_id: UUID
    found: UUID
    outcome: Outcome
    on: date


ROWS: tuple[type[Any], ...] = (ConsentRow, PastConsent, AskedBackRow)


def follow(recorded: Recorded, rows: Rows) -> None:
    match recorded.fact:
        case ConsentGiven() | ConsentNotGiven():
            rows.put(answered(recorded))
        case ConsentWithdrawn() | ConsentExpired():
            row = rows.get(ConsentRow, consent_id=recorded.stream)
            assert row is not None
            rows.put(ended(row, recorded.fact, at=recorded.context.happened_at))
        case AskedBack() as fact:
            found = fact.reader or fact.sheet
            assert found is not None
            rows.put(AskedBackRow(consent_id=recorded.stream, found=found, outcome=fact.outcome, on=fact.on))
        case ProofEnded() as fact:
            known = rows.get(ConsentRow, consent_id=recorded.stream)
            assert known is not None
            rows.put(_documented(known, fact.on))
            rows.delete(ConsentRow, consent_id=recorded.stream)
            rows.delete(AskedBackRow, consent_id=recorded.stream)
        case _:
            pass


def answered(recorded: Recorded) -> ConsentRow:
    """The row of an answer, as the fact tells it."""
    at, role = recorded.context.happened_at, recorded.context.role
    match recorded.fact:
        case ConsentGiven() as fact:
            return ConsentRow(
                consent_id=fact.consent_id, family_id=fact.family_id, person_id=fact.given_by,
                on_behalf_of=fact.on_behalf_of, course_id=fact.course_id, purpose=fact.purpose, answer=Answer.YES,
                part_id=fact.part_id, edition=fact.edition, recipient=fact.recipient, data=fact.data,
                not_to=fact.not_to, wording_id=fact.wording_id, wording_version=fact.wording_version,
                wording_hash=fact.wording_hash, language=fact.language, translated=fact.translated, way=fact.way,
                taken_by=fact.taken_by, taken_as=role, answered_on=fact.given_on, answered_at=at, until=fact.until,
                renews=fact.renews, proof_id=fact.proof_id, capacity=sealed_in(fact.capacity),
                said=sealed_in(fact.said), interpreter=sealed_in(fact.interpreter),
            )  # fmt: skip
        case ConsentNotGiven() as fact:
            return ConsentRow(
                consent_id=fact.consent_id, family_id=fact.family_id, person_id=fact.asked,
                on_behalf_of=fact.on_behalf_of, course_id=fact.course_id, purpose=fact.purpose, answer=fact.answer,
                part_id=fact.part_id, edition=None, recipient=None, data=(), not_to=(),
                wording_id=fact.wording_id, wording_version=fact.wording_version, wording_hash=fact.wording_hash,
                language=fact.language, translated=False, way=fact.way,
                taken_by=fact.taken_by, taken_as=role, answered_on=fact.on, answered_at=at, until=None, renews=None,
                proof_id=None,
            )  # fmt: skip
        case _:
            raise TypeError("not an answer")


def ended(row: ConsentRow, by: ConsentWithdrawn | ConsentExpired, *, at: datetime) -> ConsentRow:
    """The row of a consent that was taken back, or has run out."""
    if isinstance(by, ConsentWithdrawn):
        return replace(row, ended_on=by.on, ended_at=at, ended_way=by.way, withdrawn=True)
    return replace(row, ended_on=by.on, ended_at=at)


def _documented(row: ConsentRow, on: date) -> PastConsent:
    return PastConsent(
        consent_id=row.consent_id, proof_id=row.proof_id, purpose=row.purpose, answer=row.answer,
        wording_id=row.wording_id, wording_version=row.wording_version, wording_hash=row.wording_hash,
        language=row.language, way=row.way, answered_on=row.answered_on, until=row.until, ended_on=row.ended_on,
        withdrawn=row.withdrawn, proof_ended_on=on,
    )  # fmt: skip
