"""Every question a family was asked and how it answered; on these rows each reading of shared words rests."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from application.ports import Recorded, Rows
from application.views.rows import view_row
from domain.consent import Answer, ConsentExpired, ConsentGiven, ConsentNotGiven, ConsentWithdrawn, Recipient
from domain.lists import Purpose, Way

NAME = "consents"


@view_row("consent", key=("consent_id",), indexes=(("family_id",), ("course_id", "purpose"), ("part_id",)))
class ConsentRow:
    """A question that was answered: yes until it ends, no, or not decided."""

    consent_id: UUID
    family_id: UUID
    person_id: UUID
    course_id: UUID
    purpose: Purpose
    answer: Answer
    part_id: UUID | None
    edition: int | None
    recipient: Recipient | None
    not_to: tuple[UUID, ...]
    wording_id: UUID | None
    wording_version: int | None
    language: str | None
    way: Way
    taken_by: UUID
    answered_on: date
    until: date | None
    ended_on: date | None = None
    withdrawn: bool = False

    def in_force(self, on: date) -> bool:
        return self.answer is Answer.YES and self.ended_on is None and self.until is not None and on <= self.until


ROWS: tuple[type[Any], ...] = (ConsentRow,)


def follow(recorded: Recorded, rows: Rows) -> None:
    match recorded.fact:
        case ConsentGiven() as fact:
            rows.put(
                ConsentRow(
                    consent_id=fact.consent_id, family_id=fact.family_id, person_id=fact.given_by,
                    course_id=fact.course_id, purpose=fact.purpose, answer=Answer.YES, part_id=fact.part_id,
                    edition=fact.edition, recipient=fact.recipient, not_to=fact.not_to, wording_id=fact.wording_id,
                    wording_version=fact.wording_version, language=fact.language, way=fact.way, taken_by=fact.taken_by,
                    answered_on=fact.given_on, until=fact.until,
                )
            )  # fmt: skip
        case ConsentNotGiven() as fact:
            rows.put(
                ConsentRow(
                    consent_id=fact.consent_id, family_id=fact.family_id, person_id=fact.asked,
                    course_id=fact.course_id, purpose=fact.purpose, answer=fact.answer, part_id=fact.part_id,
                    edition=None, recipient=None, not_to=(), wording_id=None, wording_version=None, language=None,
                    way=fact.way, taken_by=fact.taken_by, answered_on=fact.on, until=None,
                )
            )  # fmt: skip
        case ConsentWithdrawn() as fact:
            rows.change(ConsentRow, {"consent_id": recorded.stream}, ended_on=fact.on, withdrawn=True)
        case ConsentExpired() as fact:
            rows.change(ConsentRow, {"consent_id": recorded.stream}, ended_on=fact.on)
        case _:
            pass
