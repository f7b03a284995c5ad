"""Whether consents in force allow exactly one use of one thing; the one place where that is decided (INT-04, INT-07).

A use is a tuple: for what, to whom, which kind of data, of which part in which edition, about whom. Each consent is
held against the whole tuple by itself. Nothing is gathered from several consents but the yes of several adults to one
and the same tuple.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from domain.consent import Answer
from domain.custody import Circle, Stance, carrying
from domain.lists import Purpose
from domain.people import ConsentId, PersonId
from domain.purposes import CONFIDENTIAL, DATA_OF, RECIPIENT_OF, Data, Recipient


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """What is to be done with what: judged as a whole, or not at all."""

    family_id: UUID
    course_id: UUID
    purpose: Purpose
    recipient: Recipient
    data: Data
    about: UUID
    part_id: UUID | None = None
    edition: int | None = None


class Answered(Protocol):
    """One adult's recorded answer to one question, as a view or an aggregate knows it."""

    @property
    def consent_id(self) -> UUID: ...
    @property
    def family_id(self) -> UUID: ...
    @property
    def person_id(self) -> UUID: ...
    @property
    def course_id(self) -> UUID: ...
    @property
    def purpose(self) -> Purpose: ...
    @property
    def recipient(self) -> Recipient | None: ...
    @property
    def data(self) -> tuple[str, ...]: ...
    @property
    def on_behalf_of(self) -> tuple[UUID, ...]: ...
    @property
    def part_id(self) -> UUID | None: ...
    @property
    def edition(self) -> int | None: ...
    @property
    def not_to(self) -> tuple[UUID, ...]: ...
    @property
    def answer(self) -> Answer: ...
    @property
    def withdrawn(self) -> bool: ...
    def in_force(self, on: date) -> bool: ...


def use_of(
    purpose: Purpose, *, family_id: UUID, course_id: UUID, about: UUID, part_id: UUID | None = None, edition: int | None = None
) -> Use:  # fmt: skip
    """The use a purpose stands for: its own recipient, and the kind of data it is about."""
    return Use(
        family_id=family_id, course_id=course_id, purpose=purpose, recipient=RECIPIENT_OF[purpose],
        data=DATA_OF[purpose][0], about=about, part_id=part_id, edition=edition,
    )  # fmt: skip


def consents_for(
    use: Use, answered: Iterable[Answered], circle: Circle, *, on: date, reader: UUID | None = None
) -> frozenset[ConsentId]:
    """The consents on which exactly this use may rest today; none when it is not allowed.

    `reader` is who would read: a consent that excludes that person is no consent to it (INT-11).
    """
    stances = [stance for one in answered if (stance := _stance(one, use, on, reader)) is not None]
    return carrying(use.about, _current(stances), circle, confidential=use.data in CONFIDENTIAL)


def _stance(one: Answered, use: Use, on: date, reader: UUID | None) -> Stance | None:
    """Where an answer puts its adult to this use; nowhere when it was the answer to another question."""
    question = (one.family_id, one.course_id, one.purpose, one.part_id)
    if question != (use.family_id, use.course_id, use.purpose, use.part_id):
        return None
    whom = frozenset(map(PersonId, one.on_behalf_of))
    stance = Stance(PersonId(one.person_id), ConsentId(one.consent_id), True, whom)
    if one.answer is Answer.NO or (one.answer is Answer.YES and one.withdrawn):
        return stance._replace(yes=False)
    same = one.recipient == use.recipient and use.data in one.data and one.edition == use.edition
    return stance if same and one.in_force(on) and reader not in one.not_to else None


def _current(stances: list[Stance]) -> list[Stance]:
    """A yes in force stands above every earlier no, and a later no has ended it: so a yes, where there is one, is current."""
    saying_yes = {stance.adult for stance in stances if stance.yes}
    return [stance for stance in stances if stance.yes or stance.adult not in saying_yes]
