"""Whose yes it takes for a use of what concerns one person, by what the family itself says of custody (FAM-09, INT-22).

Forældreansvarsloven § 3: with joint custody both decide what is essential, the daily life is decided where the child
lives, and with shared residence by both. Hence: what is confidential about a child takes the yes of all who hold
custody; what is ordinary takes one, and with shared residence all. Two opposing answers are a no.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from domain.lists import Custody
from domain.people import ConsentId, FamilyId, PersonId


class Arrangement(StrEnum):
    """How custody of a child is held, as the family says; no papers are asked for."""

    SINGLE = "single"
    JOINT = "joint"
    SHARED_RESIDENCE = "shared_residence"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Holders:
    """Who holds custody of one child: adults whom the club knows, and whether somebody else does too.

    Without a word on it custody is unknown, and nobody may say yes for the child: no arrangement is stricter.
    """

    arrangement: Arrangement = Arrangement.UNKNOWN
    adults: frozenset[PersonId] = frozenset()
    elsewhere: bool = False

    def may_consent(self, adult: PersonId) -> Custody:
        """Yes, no or not known, as FAM-09 has it."""
        if self.arrangement is Arrangement.UNKNOWN:
            return Custody.NOT_KNOWN
        return Custody.YES if adult in self.adults else Custody.NO

    def needs_all(self, confidential: bool) -> bool:
        """Whether the use takes the yes of every holder, and not of one."""
        return confidential or self.arrangement not in (Arrangement.SINGLE, Arrangement.JOINT)


@dataclass(frozen=True, slots=True)
class Circle:
    """A family as far as consent goes: its adults, and of each child who holds custody."""

    family_id: FamilyId
    adults: frozenset[PersonId]
    children: Mapping[PersonId, Holders]

    def held_by(self, adult: PersonId) -> frozenset[PersonId]:
        """The children for whom this adult may say yes."""
        return frozenset(child for child, holders in self.children.items() if holders.may_consent(adult) is Custody.YES)


class Stance(NamedTuple):
    """Where one adult stands to one question today: by a yes in force, or by a no or a yes taken back."""

    adult: PersonId
    consent_id: ConsentId
    yes: bool
    on_behalf_of: frozenset[PersonId] = frozenset()


def carrying(about: UUID, stances: Collection[Stance], circle: Circle, *, confidential: bool) -> frozenset[ConsentId]:
    """The consents on which a use of what concerns `about` may rest; none of them when it may not be.

    An adult answers for itself alone. The household takes one adult's yes and nobody's no. A child takes what its
    custody says, and of each holder a yes that names the child.
    """
    known = [stance for stance in stances if stance.adult in circle.adults]
    if about in circle.adults:
        return frozenset(stance.consent_id for stance in known if stance.yes and stance.adult == about)
    if about == circle.family_id:
        return _unopposed(known)
    holders = circle.children.get(PersonId(about))
    if holders is None or holders.arrangement is Arrangement.UNKNOWN:
        return frozenset()
    theirs = [stance for stance in known if stance.adult in holders.adults and about in stance.on_behalf_of]
    whole = not holders.elsewhere and holders.adults <= {stance.adult for stance in theirs}
    return _unopposed(theirs) if whole or not holders.needs_all(confidential) else frozenset()


def _unopposed(stances: Collection[Stance]) -> frozenset[ConsentId]:
    return frozenset(s.consent_id for s in stances) if all(s.yes for s in stances) else frozenset()
