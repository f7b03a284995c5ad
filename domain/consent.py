"""A family allows one use of what it told, for one purpose and one course, and takes it back as easily."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Annotated, assert_never
from uuid import UUID

from domain.errors import Invalid, RuleBroken
from domain.facts import CLEAR, Fact, fact
from domain.lists import Purpose, Way
from domain.people import ActorId, ConsentId, CourseId, FamilyId, NotePartId, PersonId
from domain.text import past


class Recipient(StrEnum):
    """To whom a consent opens something; one group each (INT-04)."""

    COURSE_VOLUNTEERS = "course_volunteers"
    CO_LEADER = "co_leader"
    COORDINATOR = "coordinator"
    REMINDER_SERVICE = "reminder_service"
    SECRETARIAT = "secretariat"
    EVALUATOR = "evaluator"
    REFERRER = "referrer"
    OFFER = "offer"
    PROFESSIONAL = "professional"
    NEXT_LEADER = "next_leader"


RECIPIENT_OF: dict[Purpose, Recipient] = {
    Purpose.SHARE_WITH_VOLUNTEERS: Recipient.COURSE_VOLUNTEERS,
    Purpose.SHARE_WITH_CO_LEADER: Recipient.CO_LEADER,
    Purpose.ANONYMOUS_THEMES: Recipient.COORDINATOR,
    Purpose.SMS_REMINDERS: Recipient.REMINDER_SERVICE,
    Purpose.CONTACT_AFTER_COURSE: Recipient.SECRETARIAT,
    Purpose.REUNION_INVITATION: Recipient.SECRETARIAT,
    Purpose.LINKED_QUESTIONNAIRE: Recipient.EVALUATOR,
    Purpose.PHOTO_OR_STORY: Recipient.SECRETARIAT,
    Purpose.REFERRAL_FEEDBACK: Recipient.REFERRER,
    Purpose.BRIDGING_OFFER: Recipient.OFFER,
    Purpose.QUESTION_TO_PROFESSIONAL: Recipient.PROFESSIONAL,
    Purpose.CARRY_OVER: Recipient.NEXT_LEADER,
}
"""Each purpose reaches one recipient; a consent can never be wider than its purpose (GDPR Art. 7(2))."""

ABOUT_PARTS = frozenset(
    {
        Purpose.SHARE_WITH_VOLUNTEERS,
        Purpose.SHARE_WITH_CO_LEADER,
        Purpose.ANONYMOUS_THEMES,
        Purpose.QUESTION_TO_PROFESSIONAL,
    }
)
"""Purposes that are consented to part by part (INT-04)."""


class Answer(StrEnum):
    """Not decided counts as no."""

    YES = "yes"
    NO = "no"
    NOT_DECIDED = "not_decided"


@fact("consent.given")
class ConsentGiven(Fact):
    """Who, for whom, for what, to whom, which words it was asked in, how, to whom it was told, until when (INT-06)."""

    consent_id: Annotated[ConsentId, CLEAR]
    family_id: Annotated[FamilyId, CLEAR]
    given_by: Annotated[PersonId, CLEAR]
    course_id: Annotated[CourseId, CLEAR]
    purpose: Annotated[Purpose, CLEAR]
    recipient: Annotated[Recipient, CLEAR]
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


@fact("consent.not_given")
class ConsentNotGiven(Fact):
    """The family was asked and said no, or left it open; it has no effect on its place (INT-10)."""

    consent_id: Annotated[ConsentId, CLEAR]
    family_id: Annotated[FamilyId, CLEAR]
    asked: Annotated[PersonId, CLEAR]
    course_id: Annotated[CourseId, CLEAR]
    purpose: Annotated[Purpose, CLEAR]
    part_id: Annotated[NotePartId | None, CLEAR]
    answer: Annotated[Answer, CLEAR]
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


ConsentFact = ConsentGiven | ConsentNotGiven | ConsentWithdrawn | ConsentExpired


@dataclass(frozen=True, slots=True)
class Consent:
    family_id: FamilyId
    person_id: PersonId
    course_id: CourseId
    purpose: Purpose
    given: bool
    until: date | None = None
    ended: bool = False

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
                until=happened.until,
            )
        case ConsentNotGiven():
            return Consent(happened.family_id, happened.asked, happened.course_id, happened.purpose, given=False)
        case ConsentWithdrawn() | ConsentExpired():
            assert consent is not None
            return replace(consent, ended=True)
        case _:
            assert_never(happened)


class WordingNotInForce(RuleBroken):
    """A consent is asked in a published wording of that version and language, inside its purposes."""

    code = "wording_not_in_force"


class PartNeeded(Invalid):
    """This purpose is consented to part by part, in the edition that was read back."""

    code = "consent_needs_part"


class NoPartHere(Invalid):
    """This purpose is not about a part of the note."""

    code = "consent_without_part"


class EndsBeforeItBegins(Invalid):
    """A consent ends on a day that has not passed, at the latest with its purpose."""

    code = "consent_end_implausible"


class NotGiven(RuleBroken):
    """What was never given cannot be taken back."""

    code = "consent_not_given"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The words a consent is asked in: id, version, language, the hash of the text, and what purposes it speaks of."""

    wording_id: UUID
    version: int
    language: str
    text_hash: str
    purposes: frozenset[Purpose]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question put to one adult: purpose, part, and how it was put."""

    family_id: FamilyId
    person_id: PersonId
    course_id: CourseId
    purpose: Purpose
    part_id: NotePartId | None
    edition: int | None
    way: Way
    taken_by: ActorId
    translated: bool = False
    not_to: tuple[ActorId, ...] = ()


def answer(
    consent_id: ConsentId, asked: Asked, given: Answer, *, wording: Wording, on: date, until: date, today: date
) -> list[ConsentFact]:
    """The adult's answer to one question. Raises WordingNotInForce, PartNeeded, NoPartHere, EndsBeforeItBegins."""
    past(on, "on", today=today, years=1)
    if (asked.purpose in ABOUT_PARTS) != (asked.part_id is not None):
        raise PartNeeded("part_id") if asked.purpose in ABOUT_PARTS else NoPartHere("part_id")
    if given is not Answer.YES:
        return [
            ConsentNotGiven(
                consent_id=consent_id, family_id=asked.family_id, asked=asked.person_id, course_id=asked.course_id,
                purpose=asked.purpose, part_id=asked.part_id, answer=given, way=asked.way, taken_by=asked.taken_by, on=on,
            )
        ]  # fmt: skip
    if asked.purpose not in wording.purposes:
        raise WordingNotInForce("wording_id")
    if (asked.edition is None) != (asked.part_id is None):
        raise PartNeeded("edition") if asked.edition is None else NoPartHere("edition")
    if until < today:
        raise EndsBeforeItBegins("until")
    return [
        ConsentGiven(
            consent_id=consent_id, family_id=asked.family_id, given_by=asked.person_id, course_id=asked.course_id,
            purpose=asked.purpose, recipient=RECIPIENT_OF[asked.purpose], part_id=asked.part_id, edition=asked.edition,
            not_to=asked.not_to, wording_id=wording.wording_id, wording_version=wording.version,
            wording_hash=wording.text_hash, language=wording.language, translated=asked.translated, way=asked.way,
            taken_by=asked.taken_by, given_on=on, until=until,
        )
    ]  # fmt: skip


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
