"""A person asks about its own data: by when that is due, what was decided and why, and how far it was carried out.

One case is one request to one controller (RIG-01, RIG-05). Its facts are in `rights_facts.py`, the steps of an erasure
in `erasure.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import assert_never
from uuid import UUID

from domain.compartments import RIGHTS
from domain.errors import Invalid, NotFound, RuleBroken
from domain.people import SubjectId
from domain.text import LINE_LENGTH, optional_text, past, text
from gdpr import answering
from gdpr.answering import NOTHING_YET, Answering
from gdpr.answering_facts import AnsweringFact, Concerning, ReasonsWritten
from gdpr.deadlines import due_on, months_after
from gdpr.rights_facts import (
    CompartmentDecided,
    Completed,
    DeadlineExtended,
    EnteredInLedger,
    ErasureFinal,
    Fenced,
    Ground,
    IdentityChecked,
    KeysDestroyed,
    Outcome,
    RefusedBecause,
    RequestReceived,
    RequestRefused,
    RestrictionLifted,
    RestrictionPlaced,
    Right,
    RightsFact,
    RowsPurged,
)

_DUTY_TO_ACCOUNT = "GDPR Art. 5(2), Art. 12(3)"


class Step(StrEnum):
    """What a case waits for. An erasure takes FENCE to PURGE in this order; any other right takes DECIDE and its own."""

    CHECK_IDENTITY = "check_identity"
    DECIDE = "decide"
    CORRECT = "correct"
    FENCE = "fence"
    DESTROY = "destroy"
    ENTER_IN_LEDGER = "enter_in_ledger"
    PURGE = "purge"
    COMPLETE = "complete"
    COLLECT = "collect"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class RightsCase:
    """What decisions need and what a receipt says; compartments are named. `restricted` says of whom what is."""

    case_id: UUID
    right: Right
    subject: SubjectId
    asked_by: UUID
    received_on: date
    due_on: date
    extended: bool = False
    identity_checked: bool = False
    refused: RefusedBecause | None = None
    decided: Mapping[str, CompartmentDecided] = field(default_factory=dict)
    fenced: Fenced | None = None
    destroyed: KeysDestroyed | None = None
    entered: EnteredInLedger | None = None
    purged: RowsPurged | None = None
    completed: Completed | None = None
    final: ErasureFinal | None = None
    restricted: frozenset[tuple[SubjectId, str]] = frozenset()
    answering: Answering = NOTHING_YET

    @property
    def is_open(self) -> bool:
        return self.completed is None and self.refused is None

    def overdue(self, today: date) -> bool:
        return self.is_open and self.due_on < today

    @property
    def subjects(self) -> tuple[SubjectId, ...]:
        """Whom the case reaches: the subject, and once it is fenced a household that ends with it."""
        return (self.subject,) if self.fenced is None else self.fenced.subjects

    def stays(self, compartment: str) -> bool:
        """Only what was decided to stay stays, and the case itself: everything else goes."""
        decision = self.decided.get(compartment)
        return compartment == RIGHTS.name or (decision is not None and decision.outcome is not Outcome.ERASE)


def evolve(case: RightsCase | None, happened: RightsFact) -> RightsCase:
    if isinstance(happened, RequestReceived):
        return RightsCase(
            happened.case_id, happened.right, happened.subject, happened.asked_by, happened.received_on, happened.due_on
        )
    assert case is not None
    if isinstance(happened, AnsweringFact):
        return replace(case, answering=answering.evolve(case.answering, happened))
    match happened:
        case DeadlineExtended():
            return replace(case, extended=True, due_on=happened.due_on)
        case IdentityChecked():
            return replace(case, identity_checked=True)
        case CompartmentDecided():
            return replace(case, decided={**case.decided, happened.compartment: happened})
        case RequestRefused():
            return replace(case, refused=happened.ground)
        case Fenced():
            return replace(case, fenced=happened)
        case KeysDestroyed():
            return replace(case, destroyed=happened)
        case EnteredInLedger():
            return replace(case, entered=happened)
        case RowsPurged():
            return replace(case, purged=happened)
        case Completed():
            return replace(case, completed=happened)
        case ErasureFinal():
            return replace(case, final=happened)
        case RestrictionPlaced():
            return replace(
                case, restricted=case.restricted | {(happened.subject, name) for name in happened.compartments}
            )
        case RestrictionLifted():
            return replace(
                case, restricted=case.restricted - {(happened.subject, name) for name in happened.compartments}
            )
        case _:
            assert_never(happened)


@dataclass(frozen=True, slots=True)
class Kept:
    """What stays although erasure was asked for: where, on which ground, by which act, until when."""

    compartment: str
    ground: Ground
    legal_basis: str
    until: date


def what_stays(case: RightsCase, compartments: Iterable[str], *, closed_on: date) -> tuple[Kept, ...]:
    """Of these compartments those that stay, by name; the case itself until its retention from `closed_on` ends."""
    kept = []
    for name in sorted(compartments):
        decision = case.decided.get(name)
        if name == RIGHTS.name:
            until = months_after(closed_on, RIGHTS.keep_months)
            kept.append(Kept(name, Ground.LAW_DEMANDS_KEEPING, _DUTY_TO_ACCOUNT, until))
        elif case.stays(name) and decision is not None and decision.legal_basis and decision.keep_until:
            kept.append(Kept(name, decision.ground, decision.legal_basis, decision.keep_until))
    return tuple(kept)


def next_step(case: RightsCase) -> Step:
    """What the case waits for. An erasure waits at FENCE until the officer has decided and starts it."""
    if not case.is_open:
        waits = case.answering.decided is not None and not case.answering.collected
        return Step.COLLECT if waits else Step.NOTHING
    if not case.identity_checked:
        return Step.CHECK_IDENTITY
    if case.right is Right.ERASURE:
        return _next_of_erasure(case)
    if case.right is Right.RECTIFICATION:
        wishes = case.answering.wishes.values()
        if any(wish.is_to_be_made for wish in wishes):
            return Step.CORRECT
        return Step.DECIDE if any(wish.decided is None for wish in wishes) else Step.COMPLETE
    decided = {
        Right.RESTRICTION: case.restricted,
        Right.OBJECTION: case.answering.objection_decided,
    }.get(case.right, case.answering.decided)
    return Step.COMPLETE if decided else Step.DECIDE


def _next_of_erasure(case: RightsCase) -> Step:
    done = (
        (Step.FENCE, case.fenced),
        (Step.DESTROY, case.destroyed),
        (Step.ENTER_IN_LEDGER, case.entered),
        (Step.PURGE, case.purged),
    )
    return next((step for step, happened in done if happened is None), Step.COMPLETE)


class NotOwnData(RuleBroken):
    """One asks about oneself, or as a parent about one's child; never about another adult (RIG-17)."""

    code = "not_own_data"


class IdentityNotChecked(RuleBroken):
    """Nothing is decided or handed over before it is known who asks (Art. 12(6))."""

    code = "identity_not_checked"


class RequestClosed(RuleBroken):
    """The request was refused, or has been answered."""

    code = "request_closed"


class NotAnErasure(RuleBroken):
    """Only a request for erasure is decided compartment by compartment, and carried out in steps."""

    code = "not_an_erasure"


class AlreadyCarriedOut(RuleBroken):
    """The erasure has begun; what was decided can no longer be changed."""

    code = "erasure_carried_out"


class OutOfTurn(RuleBroken):
    """The step before this one has not been taken."""

    code = "step_out_of_turn"


class UnknownCompartment(NotFound):
    """There is no compartment of this name, or none of which one may decide: the case itself stays."""

    code = "unknown_compartment"


class BeforeTheRequest(Invalid):
    """What answers a request cannot lie before it."""

    code = "date_before_request"


def receive(
    case_id: UUID, right: Right, *, subject: SubjectId, asked_by: UUID, entitled: bool, told: str | None,
    received_on: date, today: date,
) -> list[RightsFact]:  # fmt: skip
    """Begin a case. `entitled`: who asks may do so for the subject, as a parent for its child. Raises NotOwnData."""
    if asked_by != subject and not entitled:
        raise NotOwnData("subject")
    past(received_on, "received_on", today=today, years=1)
    return [
        RequestReceived(
            case_id=case_id, right=right, subject=subject, asked_by=asked_by, received_on=received_on,
            due_on=due_on(received_on), told=optional_text(told, "told"),
        )
    ]  # fmt: skip


def check_identity(case: RightsCase, *, how: str, on: date, today: date) -> list[RightsFact]:
    """Whoever asks has shown who it is. Silent when that is known. Raises RequestClosed."""
    if case.identity_checked:
        return []
    refuse_closed(case)
    past(on, "on", today=today, years=1)
    return [IdentityChecked(on=on, asked_by=case.asked_by, how=text(how, "how", limit=LINE_LENGTH))]


def refuse(case: RightsCase, ground: RefusedBecause, *, on: date, reasons: str | None = None) -> list[RightsFact]:
    """Refuse the whole request, for reasons in words where they were given. Silent when it was, on this ground.

    Raises AlreadyCarriedOut once an erasure has begun, RequestClosed.
    """
    if case.refused is ground:
        return []
    refuse_closed(case)
    if case.fenced is not None:
        raise AlreadyCarriedOut("right")
    refused: list[RightsFact] = [RequestRefused(ground=ground, on=on)]
    return [*refused, because_of(case, Concerning.REFUSAL, reasons)] if reasons else refused


def because_of(case: RightsCase, concerning: Concerning, reasons: str) -> ReasonsWritten:
    """The reasons of a decision, for the letter to whoever asked. Raises what `domain.text.text` raises."""
    return ReasonsWritten(asked_by=case.asked_by, concerning=concerning, words=text(reasons, "reasons"))


def complete(case: RightsCase, *, on: date, receipt_hash: str) -> list[RightsFact]:
    """The request is answered. Silent when it was. Raises IdentityNotChecked, OutOfTurn, RequestClosed."""
    if case.completed is not None:
        return []
    refuse_unidentified(case)
    if next_step(case) is not Step.COMPLETE:
        raise OutOfTurn("right")
    return [Completed(on=on, receipt_hash=receipt_hash)]


def refuse_closed(case: RightsCase) -> None:
    """Raises RequestClosed for a case that was refused or completed."""
    if not case.is_open:
        raise RequestClosed("right")


def refuse_unidentified(case: RightsCase) -> None:
    """Raises RequestClosed; IdentityNotChecked for a case in which it is not known who asks."""
    refuse_closed(case)
    if not case.identity_checked:
        raise IdentityNotChecked("right")
