"""What a person holds to be wrong is corrected by whoever owns it, or stands beside its statement (Art. 16, 19)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.compartments import RIGHTS
from domain.errors import NotFound, RuleBroken
from domain.facts import FACTS
from domain.text import past, text
from gdpr import rights
from gdpr.answering import Wish
from gdpr.answering_facts import (
    Concerning,
    CorrectionDecided,
    CorrectionMade,
    CorrectionRefused,
    CorrectionWished,
    RecipientKind,
    RecipientTold,
)
from gdpr.answers import digest_of
from gdpr.rights import (
    BeforeTheRequest,
    OutOfTurn,
    RightsCase,
    because_of,
    refuse_closed,
    refuse_unidentified,
)
from gdpr.rights_facts import Right, RightsFact


@dataclass(frozen=True, slots=True, repr=False)
class Wished:
    """A field as the person would have it; `record` is the note part or the referral it stands in, if it does."""

    compartment: str
    field: str
    words: str
    record: UUID | None = None


class NothingToCorrect(RuleBroken):
    """A request to correct says what is wrong, and what it should say."""

    code = "nothing_to_correct"


class NotARectification(RuleBroken):
    """The request is about another right, which its own step completes."""

    code = "not_a_rectification"


class NoSuchField(NotFound):
    """No personal value of this name is kept in this compartment."""

    code = "unknown_field"


class NoSuchCorrection(NotFound):
    """The request wishes for no such correction."""

    code = "unknown_correction"


class CorrectionDecidedBefore(RuleBroken):
    """The correction was decided otherwise; what was told to the person stands."""

    code = "correction_decided_before"


class NotCorrectedYet(RuleBroken):
    """Nobody has recorded the right value since the correction was accepted."""

    code = "not_corrected_yet"


class RecipientsNotTold(RuleBroken):
    """Somebody who had the wrong value has not been told (Art. 19)."""

    code = "recipients_not_told"


def correctable(compartments: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Every personal field as (compartment, field), as the marks on the facts say it; the cases themselves aside."""
    names = set(compartments) - {RIGHTS.name}
    for kind in FACTS.values():
        for field, mark in kind.MARKS.personal.items():
            if mark.kept_in.name in names:
                yield mark.kept_in.name, field


def wish(asked_by: UUID, wishes: Iterable[Wished], *, held: Iterable[str]) -> list[RightsFact]:
    """What is wrong, one by one; `held` are the compartments of this realm. Raises NothingToCorrect, NoSuchField."""
    known = set(correctable(held))
    facts: list[RightsFact] = []
    for number, wished in enumerate(wishes, start=1):
        if (wished.compartment, wished.field) not in known:
            raise NoSuchField(f"corrections/{number - 1}/field")
        facts.append(
            CorrectionWished(
                asked_by=asked_by, number=number, compartment=wished.compartment, field=wished.field,
                record=wished.record, wished=text(wished.words, f"corrections/{number - 1}/words"),
            )
        )  # fmt: skip
    if not facts:
        raise NothingToCorrect("corrections")
    return facts


def decide(
    case: RightsCase, number: int, refused: CorrectionRefused | None, *, reasons: str | None, on: date
) -> list[RightsFact]:
    """Accept a correction (None), or refuse it with reasons. Silent when it was decided so.

    What was accepted and cannot be corrected after all may be refused as long as it is not made. Raises
    NoSuchCorrection, CorrectionDecidedBefore, IdentityNotChecked, RequestClosed; Empty for a refusal without reasons.
    """
    wished = _wish(case, number)
    if wished.decided is not None:
        if wished.decided.refused is refused:
            return []
        if not wished.is_to_be_made:
            raise CorrectionDecidedBefore("refused")
    refuse_unidentified(case)
    facts: list[RightsFact] = [CorrectionDecided(number=number, refused=refused, on=on)]
    if refused is not None or reasons:
        facts.append(because_of(case, Concerning.CORRECTION, reasons or ""))
    return facts


def made(case: RightsCase, number: int, *, stream: UUID, version: int, on: date) -> list[RightsFact]:
    """The owner of the data has corrected it, by the fact at this version of this stream. Silent when that is known.

    Raises NoSuchCorrection; OutOfTurn for one that was not accepted; RequestClosed.
    """
    wished = _wish(case, number)
    if wished.made is not None:
        return []
    refuse_closed(case)
    if not wished.accepted:
        raise OutOfTurn("number")
    return [CorrectionMade(number=number, on=on, stream=stream, version=version)]


def tell(case: RightsCase, kind: RecipientKind, recipient: str, *, on: date, today: date) -> list[RightsFact]:
    """A recipient was told (Art. 19): of a correction, an erasure or a restriction; also in a closed case.

    Silent when that is recorded. Raises BeforeTheRequest, InTheFuture, IdentityNotChecked; RequestClosed when the
    request was refused; OutOfTurn for a right of which nobody is told.
    """
    if (kind, recipient) in case.answering.told:
        return []
    if past(on, "on", today=today) < case.received_on:
        raise BeforeTheRequest("on")
    if case.refused is not None:
        refuse_closed(case)
    if case.right not in TOLD_ONWARD:
        raise OutOfTurn("right")
    return [RecipientTold(kind=kind, recipient=recipient, on=on)]


def complete(case: RightsCase, *, on: date) -> list[RightsFact]:
    """All that was wished for is decided, and what was accepted is made. Silent when it is completed.

    Raises NotARectification for a case that another step completes, OutOfTurn, IdentityNotChecked, RequestClosed.
    """
    if case.right is not Right.RECTIFICATION:
        raise NotARectification("right")
    decided: list[RightsFact] = [wish.decided for wish in case.answering.wishes.values() if wish.decided is not None]
    return rights.complete(case, on=on, receipt_hash=digest_of(case.case_id, decided))


TOLD_ONWARD = frozenset({Right.RECTIFICATION, Right.ERASURE, Right.RESTRICTION})
"""The rights of whose outcome each recipient is told (Art. 19)."""


def _wish(case: RightsCase, number: int) -> Wish:
    wished = case.answering.wishes.get(number)
    if wished is None:
        raise NoSuchCorrection("number")
    return wished
