"""Answers as a view knows them, for rules that decide on several at once: who said yes or no, for whom, to which question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.consent import Answer
from domain.lists import Purpose
from domain.people import ConsentId, PersonId
from domain.purposes import DATA_OF, RECIPIENT_OF, Recipient
from tests.phrases import COURSE, ENDS_ON, LIND, PART


@dataclass(frozen=True)
class Said:
    """Implements `domain.permission.Answered`."""

    consent_id: UUID
    person_id: UUID
    on_behalf_of: tuple[UUID, ...] = ()
    answer: Answer = Answer.YES
    purpose: Purpose = Purpose.SHARE_WITH_VOLUNTEERS
    recipient: Recipient | None = Recipient.COURSE_VOLUNTEERS
    data: tuple[str, ...] = ("note_part",)
    part_id: UUID | None = PART
    edition: int | None = 1
    not_to: tuple[UUID, ...] = ()
    withdrawn: bool = False
    until: date = ENDS_ON
    family_id: UUID = LIND
    course_id: UUID = COURSE

    def in_force(self, on: date) -> bool:
        return self.answer is Answer.YES and not self.withdrawn and on <= self.until


def yes(
    consent_id: ConsentId, adult: PersonId, *children: PersonId, purpose: Purpose = Purpose.SHARE_WITH_VOLUNTEERS,
    edition: int = 1, not_to: tuple[UUID, ...] = (),
) -> Said:  # fmt: skip
    return Said(
        consent_id, adult, children, purpose=purpose, recipient=RECIPIENT_OF[purpose], data=DATA_OF[purpose],
        edition=edition, not_to=not_to,
    )  # fmt: skip


def no(
    consent_id: ConsentId, adult: PersonId, *children: PersonId, purpose: Purpose = Purpose.SHARE_WITH_VOLUNTEERS
) -> Said:
    return Said(
        consent_id, adult, children, answer=Answer.NO, purpose=purpose, recipient=None, data=(), edition=None
    )  # fmt: skip


def taken_back(consent_id: ConsentId, adult: PersonId, *children: PersonId) -> Said:
    return Said(consent_id, adult, children, withdrawn=True)
