"""What is recorded when a right is answered: what is told, what is corrected and who is told, what is objected to.

What is clear here outlives erasure, as in `rights_facts.py`: ids, dates, grounds, names of fields, hashes. Words are
sealed about whoever asked, and end with the case.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from domain.compartments import RIGHTS
from domain.facts import CLEAR, Fact, Personal, Text, fact
from domain.people import SubjectId


class WithheldBecause(StrEnum):
    """Why a compartment is not told although access was asked for; the person is told so (Art. 15(4), 23)."""

    RIGHTS_OF_OTHERS = "GDPR Art. 15(4)"
    PRIVATE_INTERESTS = "databeskyttelsesloven § 22, stk. 1"
    PUBLIC_INTERESTS = "databeskyttelsesloven § 22, stk. 2"


class NamesOfStaff(StrEnum):
    """Whether the reading log is told with the names of those who read, and why (CJEU C-579/21)."""

    GIVEN_NEEDED_FOR_RIGHTS = "given_needed_for_rights"
    WITHHELD_NOT_NEEDED = "withheld_not_needed"
    WITHHELD_FOR_STAFF = "withheld_for_staff"

    @property
    def given(self) -> bool:
        return self is NamesOfStaff.GIVEN_NEEDED_FOR_RIGHTS


class Form(StrEnum):
    """In which form an answer was handed out."""

    JSON = "json"
    PDF = "pdf"


class CorrectionRefused(StrEnum):
    """Why a correction is not made; what the person says instead is kept beside it (Art. 16)."""

    HELD_TO_BE_ACCURATE = "held_to_be_accurate"
    A_PROFESSIONALS_JUDGEMENT = "a_professionals_judgement"
    NOT_HELD_HERE = "not_held_here"


class RecipientKind(StrEnum):
    """What a recipient is: another controller, by the name of its realm, or one person who read, by pseudonym."""

    CONTROLLER = "controller"
    READER = "reader"


class CompellingGround(StrEnum):
    """Why processing goes on although it was objected to (Art. 21(1))."""

    OVERRIDING_INTEREST = "overriding_interest"
    LEGAL_CLAIMS = "legal_claims"


class Concerning(StrEnum):
    """Which decision written reasons belong to."""

    EXTENSION = "extension"
    REFUSAL = "refusal"
    ANSWER = "answer"
    CORRECTION = "correction"
    OBJECTION = "objection"


@fact("rights.reasons_written")
class ReasonsWritten(Fact):
    """Why it was decided so, in words to the person who asked; they stand in the letter (Art. 12(3) and (4))."""

    asked_by: Annotated[UUID, CLEAR]
    concerning: Annotated[Concerning, CLEAR]
    words: Annotated[Text, Personal(about="asked_by", kept_in=RIGHTS)]


@fact("rights.answer_decided")
class AnswerDecided(Fact):
    """What is told, decided by an officer who has not seen it: all that is held but `withheld`, with a ground for each."""

    on: Annotated[date, CLEAR]
    withheld: Annotated[tuple[str, ...], CLEAR]
    grounds: Annotated[tuple[WithheldBecause, ...], CLEAR]
    names_of_staff: Annotated[NamesOfStaff, CLEAR]


@fact("rights.answer_collected")
class AnswerCollected(Fact):
    """The answer was handed out; `sha256` (hexadecimal) is that of the very bytes."""

    on: Annotated[date, CLEAR]
    by: Annotated[UUID, CLEAR]
    form: Annotated[Form, CLEAR]
    sha256: Annotated[str, CLEAR]


@fact("rights.correction_wished")
class CorrectionWished(Fact):
    """One field the person holds to be wrong, and what it should say (Art. 16). `record` is a note part or a referral."""

    asked_by: Annotated[UUID, CLEAR]
    number: Annotated[int, CLEAR]
    compartment: Annotated[str, CLEAR]
    field: Annotated[str, CLEAR]
    record: Annotated[UUID | None, CLEAR]
    wished: Annotated[Text, Personal(about="asked_by", kept_in=RIGHTS)]


@fact("rights.correction_decided")
class CorrectionDecided(Fact):
    """Accepted (`refused` is None), or refused, and then the wish stays beside the value as the person's statement."""

    number: Annotated[int, CLEAR]
    refused: Annotated[CorrectionRefused | None, CLEAR]
    on: Annotated[date, CLEAR]


@fact("rights.correction_made")
class CorrectionMade(Fact):
    """Whoever owns the data has corrected it: the fact that did, by stream and version."""

    number: Annotated[int, CLEAR]
    on: Annotated[date, CLEAR]
    stream: Annotated[UUID, CLEAR]
    version: Annotated[int, CLEAR]


@fact("rights.recipient_told")
class RecipientTold(Fact):
    """Somebody who had the data was told of the correction, erasure or restriction (Art. 19)."""

    kind: Annotated[RecipientKind, CLEAR]
    recipient: Annotated[str, CLEAR]
    on: Annotated[date, CLEAR]


@fact("rights.objection_raised")
class ObjectionRaised(Fact):
    """Processing that rests on public task or legitimate interest is objected to (Art. 21(1))."""

    subject: Annotated[SubjectId, CLEAR]
    compartments: Annotated[tuple[str, ...], CLEAR]


@fact("rights.objection_decided")
class ObjectionDecided(Fact):
    """Upheld (`compelling` is None): the processing stops. Or it goes on, for a compelling ground, and the person is told."""

    compelling: Annotated[CompellingGround | None, CLEAR]
    on: Annotated[date, CLEAR]


AnsweringFact = (
    ReasonsWritten
    | AnswerDecided
    | AnswerCollected
    | CorrectionWished
    | CorrectionDecided
    | CorrectionMade
    | RecipientTold
    | ObjectionRaised
    | ObjectionDecided
)
