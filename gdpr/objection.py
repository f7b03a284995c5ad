"""An objection to what rests on public task or legitimate interest: nobody reads while it is pending (Art. 21, 18(1)(d))."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from domain.compartments import BY_NAME, Basis
from domain.errors import RuleBroken
from domain.people import SubjectId
from gdpr import restriction
from gdpr.answering_facts import CompellingGround, Concerning, ObjectionDecided, ObjectionRaised
from gdpr.rights import RightsCase, UnknownCompartment, because_of, refuse_unidentified
from gdpr.rights_facts import RestrictedBecause, Right, RightsFact

MAY_BE_OBJECTED_TO = frozenset({Basis.PUBLIC_TASK, Basis.LEGITIMATE_INTEREST})


class NotOpenToObjection(RuleBroken):
    """What rests on consent is taken back, and what rests on an agreement or a legal duty is not objected to (Art. 21(1))."""

    code = "not_open_to_objection"


class NotAnObjection(RuleBroken):
    """The request is about another right."""

    code = "not_an_objection"


class NothingObjectedTo(RuleBroken):
    """An objection says what it is against."""

    code = "nothing_objected_to"


class DecidedBefore(RuleBroken):
    """The objection was decided, and is not decided otherwise; whoever disagrees asks anew or complains."""

    code = "decided_before"


def raise_objection(subject: SubjectId, compartments: Iterable[str], *, held: Iterable[str]) -> list[RightsFact]:
    """What is objected to, of what is held here. Raises NothingObjectedTo, UnknownCompartment, NotOpenToObjection."""
    names = tuple(sorted(set(compartments)))
    if not names:
        raise NothingObjectedTo("against")
    if not set(held) >= set(names):
        raise UnknownCompartment("against")
    if any(BY_NAME[name].basis not in MAY_BE_OBJECTED_TO for name in names):
        raise NotOpenToObjection("against")
    return [ObjectionRaised(subject=subject, compartments=names)]


def pause(case: RightsCase, *, also: Iterable[SubjectId] = ()) -> list[RightsFact]:
    """While it is pending, only storage survives: as soon as it is known who objects. Silent in any other case."""
    raised = case.answering.objection
    if case.right is not Right.OBJECTION or raised is None:
        return []
    return restriction.place(case, raised.compartments, RestrictedBecause.OBJECTION_PENDING, also=also)


def decide(
    case: RightsCase, compelling: CompellingGround | None, *, reasons: str | None, told_on: date
) -> list[RightsFact]:
    """Uphold it (None), and it stays restricted; or go on for a compelling ground, stated in words, and open it again.

    Silent when it was decided so. Raises NotAnObjection, DecidedBefore, IdentityNotChecked, RequestClosed, and Empty
    for a compelling ground without reasons.
    """
    if case.right is not Right.OBJECTION:
        raise NotAnObjection("right")
    earlier = case.answering.objection_decided
    if earlier is not None:
        if earlier.compelling is compelling:
            return []
        raise DecidedBefore("compelling")
    refuse_unidentified(case)
    decided: list[RightsFact] = [ObjectionDecided(compelling=compelling, on=told_on)]
    if compelling is not None or reasons:
        decided.append(because_of(case, Concerning.OBJECTION, reasons or ""))
    if compelling is None:
        return decided
    return decided + restriction.opened(case, told_on=told_on)
