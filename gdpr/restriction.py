"""Reading is restricted: the data stay, and every view is blank for everybody but the person (Art. 18)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from domain.compartments import BY_NAME, RIGHTS
from domain.errors import RuleBroken
from domain.people import SubjectId
from domain.text import past
from gdpr.keeping import WrongGround
from gdpr.rights import BeforeTheRequest, OutOfTurn, RightsCase, UnknownCompartment, refuse_unidentified
from gdpr.rights_facts import RestrictedBecause, RestrictionLifted, RestrictionPlaced, Right, RightsFact


class NothingRestricted(RuleBroken):
    """This case restricts nothing, so there is nothing to lift."""

    code = "nothing_restricted"


def place(
    case: RightsCase, compartments: Iterable[str], because: RestrictedBecause, *, also: Iterable[SubjectId] = ()
) -> list[RightsFact]:
    """Restrict reading on one of the four grounds of Art. 18(1). Silent where it is restricted.

    `also` is the household, whose data are the person's too. Raises IdentityNotChecked, UnknownCompartment,
    RequestClosed; WrongGround when a pending objection is given as the ground and none is pending, or the other way.
    """
    names = tuple(sorted(set(compartments)))
    new = {
        subject: tuple(name for name in names if (subject, name) not in case.restricted)
        for subject in dict.fromkeys((*case.subjects, *also))
    }
    if names and not any(new.values()):
        return []
    refuse_unidentified(case)
    if not names or not BY_NAME.keys() - {RIGHTS.name} >= set(names):
        raise UnknownCompartment("compartments")
    if (because is RestrictedBecause.OBJECTION_PENDING) != (case.right is Right.OBJECTION):
        raise WrongGround("because")
    return [
        RestrictionPlaced(subject=subject, compartments=fresh, until=None, because=because)
        for subject, fresh in new.items()
        if fresh
    ]


def lift(
    case: RightsCase, compartments: Iterable[str] | None = None, *, told_on: date, today: date
) -> list[RightsFact]:
    """Read again as before, after the person was told (Art. 18(3)); also in a closed case. None lifts all of it.

    Raises NothingRestricted, BeforeTheRequest, InTheFuture; OutOfTurn while an objection is pending (Art. 18(1)(d)).
    """
    if past(told_on, "told_on", today=today) < case.received_on:
        raise BeforeTheRequest("told_on")
    lifted = opened(case, compartments, told_on=told_on)
    if not lifted:
        raise NothingRestricted("compartments")
    if case.right is Right.OBJECTION and case.is_open:
        raise OutOfTurn("right")
    return lifted


def opened(case: RightsCase, compartments: Iterable[str] | None = None, *, told_on: date) -> list[RightsFact]:
    """All that this case restricts, in these compartments or any, read again from now on; empty when it is nothing."""
    wanted = None if compartments is None else set(compartments)
    lifted: dict[SubjectId, list[str]] = {}
    for subject, name in sorted(case.restricted):
        if wanted is None or name in wanted:
            lifted.setdefault(subject, []).append(name)
    return [
        RestrictionLifted(subject=subject, compartments=tuple(names), told_on=told_on)
        for subject, names in lifted.items()
    ]
