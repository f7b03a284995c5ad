"""A father, a mother and their son ask about their own data: the facts and the people of the tests of the rights."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.people import SubjectId
from gdpr.rights import RightsCase, evolve
from gdpr.rights_facts import (
    Completed,
    IdentityChecked,
    RefusedBecause,
    RequestReceived,
    RequestRefused,
    Right,
    RightsFact,
)

CASE = UUID(int=1)
FATHER, MOTHER, SON = SubjectId(UUID(int=11)), SubjectId(UUID(int=12)), SubjectId(UUID(int=13))
HOUSEHOLD = SubjectId(UUID(int=14))
TODAY, DUE = date(2027, 5, 12), date(2027, 6, 14)
UNTIL = date(2032, 5, 12)


def received(
    right: Right, *, subject: SubjectId = FATHER, asked_by: UUID = FATHER, told: str | None = None
) -> RequestReceived:
    return RequestReceived(
        case_id=CASE, right=right, subject=subject, asked_by=asked_by, received_on=TODAY, due_on=DUE, told=told
    )


RECEIVED = received(Right.ERASURE, told="Slet alt om mig")
ACCESS = received(Right.ACCESS, subject=SON, asked_by=MOTHER)
CHECKED = IdentityChecked(on=TODAY, asked_by=FATHER, how="ringede op på det kendte nummer")
REFUSED = RequestRefused(ground=RefusedBecause.MANIFESTLY_UNFOUNDED, on=TODAY)
COMPLETED = Completed(on=TODAY, receipt_hash="00" * 32)


def after(*facts: RightsFact) -> RightsCase:
    case: RightsCase | None = None
    for happened in facts:
        case = evolve(case, happened)
    assert case is not None
    return case
