"""What of an erasure stays: decided compartment by compartment, each with its ground, its act and its end (RIG-04)."""

from __future__ import annotations

import re
from datetime import date

from domain.compartments import BY_NAME, RIGHTS
from domain.errors import Invalid
from domain.text import optional_text
from gdpr.rights import AlreadyCarriedOut, NotAnErasure, RightsCase, UnknownCompartment, refuse_unidentified
from gdpr.rights_facts import CompartmentDecided, Ground, Outcome, Right, RightsFact

_STATUTE_LENGTH = 120
_NAMES_A_PROVISION = re.compile(r"§|\b[Aa]rt\.|\b[Aa]rtikel\b")
_FIVE_DIGITS = re.compile(r"\d{5}")


class WrongGround(Invalid):
    """Erasing rests on a letter of Art. 17(1), keeping on one of Art. 17(3)."""

    code = "ground_does_not_fit"


class NoStatute(Invalid):
    """What is kept is kept by an act, named with its section or article and with no more than that (RIG-04)."""

    code = "legal_basis_missing"


class NoEndDate(Invalid):
    """What is kept is kept until a day that is still to come (RIG-04)."""

    code = "keep_until_missing"


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


def _statute(legal_basis: str | None) -> str:
    # This text is clear and stays for ever: so it is short, names a provision, and holds no telephone or file number.
    named = optional_text(legal_basis, "legal_basis", limit=_STATUTE_LENGTH)
    if named is None or not _NAMES_A_PROVISION.search(named) or _FIVE_DIGITS.search(named.replace(" ", "")):
        raise NoStatute("legal_basis")
    return named
