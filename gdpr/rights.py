"""A person asks about its own data: by when that is due, what was decided and why, and how far it was carried out.

One case is one request to one controller (RIG-01, RIG-05). Its facts are in `rights_facts.py`, the steps of an erasure
in `erasure.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import assert_never
from uuid import UUID

from domain.compartments import BY_NAME, RIGHTS
from domain.errors import Invalid, NotFound, RuleBroken
from domain.people import SubjectId
from domain.text import LINE_LENGTH, optional_text, past, text
from gdpr.deadlines import due_on, extended_due_on, months_after
from gdpr.rights_facts import (
    CompartmentDecided,
    Completed,
    DeadlineExtended,
    EnteredInLedger,
    ExtendedBecause,
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
_STATUTE_LENGTH = 120
_NAMES_A_PROVISION = re.compile(r"§|\b[Aa]rt\.|\b[Aa]rtikel\b")
_FIVE_DIGITS = re.compile(r"\d{5}")


class Step(StrEnum):
    """What a case waits for, in this order. Requests other than erasures go from the first straight to COMPLETE."""

    CHECK_IDENTITY = "check_identity"
    FENCE = "fence"
    DESTROY = "destroy"
    ENTER_IN_LEDGER = "enter_in_ledger"
    PURGE = "purge"
    COMPLETE = "complete"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class RightsCase:
    """What decisions need and what a receipt says; `decided` and `restricted` are by name of compartment."""

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
    restricted: frozenset[str] = frozenset()

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
        case RestrictionPlaced():
            return replace(case, restricted=case.restricted | set(happened.compartments))
        case RestrictionLifted():
            return replace(case, restricted=case.restricted - set(happened.compartments))
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
        return Step.NOTHING
    if not case.identity_checked:
        return Step.CHECK_IDENTITY
    if case.right is not Right.ERASURE:
        return Step.COMPLETE
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


class AlreadyCarriedOut(RuleBroken):
    """The erasure has begun; what was decided can no longer be changed."""

    code = "erasure_carried_out"


class NotAnErasure(RuleBroken):
    """Only a request for erasure is decided compartment by compartment, and carried out in steps."""

    code = "not_an_erasure"


class OutOfTurn(RuleBroken):
    """The step before this one has not been taken."""

    code = "step_out_of_turn"


class UnknownCompartment(NotFound):
    """There is no compartment of this name, or none of which one may decide: the case itself stays."""

    code = "unknown_compartment"


class WrongGround(Invalid):
    """Erasing rests on a letter of Art. 17(1), keeping on one of Art. 17(3)."""

    code = "ground_does_not_fit"


class NoStatute(Invalid):
    """What is kept is kept by an act, named with its section or article and with no more than that (RIG-04)."""

    code = "legal_basis_missing"


class NoEndDate(Invalid):
    """What is kept is kept until a day that is still to come (RIG-04)."""

    code = "keep_until_missing"


class TooLateToExtend(RuleBroken):
    """The person is told of an extension before the first deadline, and there is one extension (Art. 12(3))."""

    code = "too_late_to_extend"


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


def extend(case: RightsCase, because: ExtendedBecause, *, told_on: date, today: date) -> list[RightsFact]:
    """Take two further months. Silent when they were taken. Raises TooLateToExtend, RequestClosed."""
    if case.extended:
        return []
    refuse_closed(case)
    if past(told_on, "told_on", today=today) > case.due_on:
        raise TooLateToExtend("told_on")
    return [DeadlineExtended(because=because, told_on=told_on, due_on=extended_due_on(case.received_on))]


def check_identity(case: RightsCase, *, how: str, on: date, today: date) -> list[RightsFact]:
    """Whoever asks has shown who it is. Silent when that is known. Raises RequestClosed."""
    if case.identity_checked:
        return []
    refuse_closed(case)
    past(on, "on", today=today, years=1)
    return [IdentityChecked(on=on, asked_by=case.asked_by, how=text(how, "how", limit=LINE_LENGTH))]


def decide(
    case: RightsCase, compartment: str, outcome: Outcome, ground: Ground, *, today: date,
    legal_basis: str | None = None, keep_until: date | None = None,
) -> list[RightsFact]:  # fmt: skip
    """Decide on one compartment; a later decision replaces an earlier one. Silent when it says the same.

    Raises NotAnErasure, IdentityNotChecked, UnknownCompartment, WrongGround; NoStatute and NoEndDate for what stays;
    AlreadyCarriedOut, RequestClosed.
    """
    if case.right is not Right.ERASURE:
        raise NotAnErasure("right")
    if compartment not in BY_NAME or compartment == RIGHTS.name:
        raise UnknownCompartment("compartment")
    stays = outcome is not Outcome.ERASE
    if ground.keeps != stays:
        raise WrongGround("ground")
    if stays and keep_until is None:
        raise NoEndDate("keep_until")
    decision = CompartmentDecided(
        compartment=compartment, outcome=outcome, ground=ground,
        legal_basis=_statute(legal_basis) if stays else None, keep_until=keep_until if stays else None,
    )  # fmt: skip
    if case.decided.get(compartment) == decision:
        return []
    refuse_unidentified(case)
    if case.fenced is not None:
        raise AlreadyCarriedOut("compartment")
    if decision.keep_until is not None and decision.keep_until <= today:
        raise NoEndDate("keep_until")
    return [decision]


def refuse(case: RightsCase, ground: RefusedBecause, *, on: date) -> list[RightsFact]:
    """Refuse the whole request. Silent when it was, on this ground. Raises AlreadyCarriedOut, RequestClosed."""
    if case.refused is ground:
        return []
    refuse_closed(case)
    if case.fenced is not None:
        raise AlreadyCarriedOut("right")
    return [RequestRefused(ground=ground, on=on)]


def complete(case: RightsCase, *, on: date, receipt_hash: str) -> list[RightsFact]:
    """The request is answered. Silent when it was. Raises IdentityNotChecked, OutOfTurn, RequestClosed."""
    if case.completed is not None:
        return []
    refuse_unidentified(case)
    if next_step(case) is not Step.COMPLETE:
        raise OutOfTurn("right")
    return [Completed(on=on, receipt_hash=receipt_hash)]


def place_restriction(case: RightsCase, compartments: Iterable[str], *, until: date | None = None) -> list[RightsFact]:
    """Restrict reading while something is contested or needed for a claim (Art. 18(1)). Silent where it is.

    Raises IdentityNotChecked, UnknownCompartment, RequestClosed.
    """
    new = tuple(sorted(set(compartments) - case.restricted))
    if not new:
        return []
    refuse_unidentified(case)
    if not BY_NAME.keys() >= set(new):
        raise UnknownCompartment("compartments")
    return [RestrictionPlaced(subject=each, compartments=new, until=until) for each in case.subjects]


def lift_restriction(case: RightsCase, compartments: Iterable[str], *, told_on: date, today: date) -> list[RightsFact]:
    """Read again as before, after the person was told (Art. 18(3)); also in a closed case. Silent where that is so."""
    past(told_on, "told_on", today=today)
    lifted = tuple(sorted(case.restricted & set(compartments)))
    if not lifted:
        return []
    return [RestrictionLifted(subject=each, compartments=lifted, told_on=told_on) for each in case.subjects]


def refuse_closed(case: RightsCase) -> None:
    """Raises RequestClosed for a case that was refused or completed."""
    if not case.is_open:
        raise RequestClosed("right")


def refuse_unidentified(case: RightsCase) -> None:
    """Raises RequestClosed; IdentityNotChecked for a case in which it is not known who asks."""
    refuse_closed(case)
    if not case.identity_checked:
        raise IdentityNotChecked("right")


def _statute(legal_basis: str | None) -> str:
    # This text is clear and stays for ever: so it is short, names a provision, and holds no telephone or file number.
    named = optional_text(legal_basis, "legal_basis", limit=_STATUTE_LENGTH)
    if named is None or not _NAMES_A_PROVISION.search(named) or _FIVE_DIGITS.search(named.replace(" ", "")):
        raise NoStatute("legal_basis")
    return named
