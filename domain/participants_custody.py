"""What a family tells the leader of custody, checked for whether it can be so."""

from __future__ import annotations

from datetime import date

from domain.custody import Arrangement, Holders
from domain.errors import Invalid
from domain.participants import CustodyTold, Participants, ParticipantsFact, UnknownMember
from domain.people import ActorId, PersonId
from domain.text import past


class CustodyImplausible(Invalid):
    """Custody that one holds has one holder, shared custody two; of unknown custody nobody is named."""

    code = "custody_implausible"


def tell_custody(
    family: Participants, child_id: PersonId, holders: Holders, *, told_by: PersonId, noted_by: ActorId, told_on: date,
    today: date,
) -> list[ParticipantsFact]:  # fmt: skip
    """Who holds custody of a child, as an adult of the family says. Silent when that stands already.

    Raises UnknownMember, CustodyImplausible.
    """
    adults = frozenset(family.adults) - family.erased
    if child_id not in family.children or child_id in family.erased:
        raise UnknownMember("child_id")
    if told_by not in adults:
        raise UnknownMember("told_by")
    if not holders.adults <= adults:
        raise UnknownMember("holders")
    number = len(holders.adults) + holders.elsewhere
    wanted = {Arrangement.SINGLE: number == 1, Arrangement.UNKNOWN: number == 0}
    if not wanted.get(holders.arrangement, number >= 2):
        raise CustodyImplausible("holders")
    past(told_on, "told_on", today=today, years=1)
    if family.custody.get(child_id) == holders:
        return []
    return [
        CustodyTold(
            child_id=child_id, arrangement=holders.arrangement, holders=tuple(sorted(holders.adults)),
            elsewhere=holders.elsewhere, told_by=told_by, noted_by=noted_by, told_on=told_on,
        )
    ]  # fmt: skip
