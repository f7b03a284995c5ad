"""A legal hold: values that are due to go stay, on a ground, until the next review; nobody forgets one (Art. 17(3))."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import assert_never
from uuid import UUID

from domain.compartments import BY_NAME, CONSENT_PROOF, RIGHTS
from domain.errors import Invalid, NotFound, RuleBroken
from domain.people import SubjectId
from domain.text import text
from gdpr.deadlines import months_after
from gdpr.retention import ACCESS_LOG
from gdpr.retention_facts import HoldFact, HoldGround, HoldLifted, HoldPlaced, HoldProlonged
from gdpr.rights import RightsCase, UnknownCompartment
from gdpr.rights_facts import CompartmentDecided, Outcome

LONGEST_REVIEW_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Hold:
    """Whose values stay, where, why, and when somebody must ask again whether they still have to."""

    hold_id: UUID
    subject: SubjectId
    compartments: frozenset[str]
    ground: HoldGround
    placed_on: date
    review_on: date
    lifted_on: date | None = None


def evolve(hold: Hold | None, happened: HoldFact) -> Hold:
    if isinstance(happened, HoldPlaced):
        return Hold(
            happened.hold_id, happened.subject, frozenset(happened.compartments), happened.ground, happened.placed_on,
            happened.review_on,
        )  # fmt: skip
    assert hold is not None
    match happened:
        case HoldProlonged():
            return replace(hold, review_on=happened.review_on)
        case HoldLifted():
            return replace(hold, lifted_on=happened.on)
        case _:
            assert_never(happened)


class NoReviewDay(Invalid):
    """A hold has a day on which it is reviewed: after today, and within a year."""

    code = "hold_review_missing"


class NothingHeld(Invalid):
    """A hold names the compartments it keeps."""

    code = "hold_names_nothing"


class EndsWithItsConsent(RuleBroken):
    """What a consent lets others read goes when it is taken back, always; the words themselves are held as the note."""

    code = "hold_cannot_keep"


class NoSuchHold(NotFound):
    """There is no such hold."""

    code = "unknown_hold"


class HoldIsLifted(RuleBroken):
    """The hold is lifted; a new one is placed, with its own reason."""

    code = "hold_is_lifted"


def place(
    hold_id: UUID, *, subject: SubjectId, compartments: Iterable[str], held: Iterable[str], ground: HoldGround,
    reason: str, review_on: date | None, today: date,
) -> list[HoldFact]:  # fmt: skip
    """Keep these compartments of the subject, of those the realm holds; `access_log` keeps the whole realm's log.

    Raises NothingHeld, UnknownCompartment, EndsWithItsConsent, NoReviewDay and what `domain.text.text` raises.
    """
    names = tuple(sorted(set(compartments)))
    if not names:
        raise NothingHeld("compartments")
    if not set(names) <= {*held, ACCESS_LOG} - {RIGHTS.name}:
        raise UnknownCompartment("compartments")
    if any(BY_NAME[name].per_consent and BY_NAME[name] is not CONSENT_PROOF for name in names if name in BY_NAME):
        raise EndsWithItsConsent("compartments")
    return [
        HoldPlaced(
            hold_id=hold_id, subject=subject, compartments=names, ground=ground, placed_on=today,
            review_on=_review(review_on, today), reason=text(reason, "reason"),
        )
    ]  # fmt: skip


def prolong(hold: Hold, *, review_on: date | None, today: date) -> list[HoldFact]:
    """Reviewed, and still needed. Silent when that is its review day already. Raises HoldIsLifted, NoReviewDay."""
    if hold.lifted_on is not None:
        raise HoldIsLifted("hold_id")
    chosen = _review(review_on, today)
    return [] if chosen == hold.review_on else [HoldProlonged(on=today, review_on=chosen)]


def lift(hold: Hold, *, today: date) -> list[HoldFact]:
    """The hold is over. Silent when it is."""
    return [] if hold.lifted_on is not None else [HoldLifted(on=today)]


def respected(case: RightsCase, holds: Iterable[Hold]) -> list[CompartmentDecided]:
    """An erasure that meets holds: what they keep and would go stays until their review, on their grounds (Art. 17(3)).

    None for an erasure that has begun, whose plan is fixed.
    """
    if case.fenced is not None:
        return []
    return [
        CompartmentDecided(
            compartment=name, outcome=Outcome.KEEP, ground=hold.ground.letter, legal_basis=hold.ground.letter.value,
            keep_until=hold.review_on,
        )
        for hold in sorted(holds, key=lambda hold: hold.review_on)
        for name in sorted(hold.compartments & BY_NAME.keys())
        if hold.lifted_on is None and not case.stays(name)
    ]  # fmt: skip


def _review(review_on: date | None, today: date) -> date:
    if review_on is None or not today < review_on <= months_after(today, LONGEST_REVIEW_MONTHS):
        raise NoReviewDay("review_on")
    return review_on
