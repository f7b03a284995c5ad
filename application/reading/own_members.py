"""Whom a member of a family may see as its own: itself and the children it lives with, and nobody else (RIG-17)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from application.desk import Asker, Desk
from application.perform import RoleNotHeld
from application.ports import Rows
from application.reading.opening import Opening
from application.views.club import ChildsCustody, ClubMember
from application.views.municipality import TownMember
from domain.compartments import RealmKind
from domain.facts import Place
from domain.lists import Custody
from domain.people import PersonId, Role, TakesPartAs
from gdpr.policy import Standing

STANDS = Standing(is_the_subject=True)
CHILD = Standing(is_a_parent_or_household=True)
_MEMBER = ("given_name", "family_name", "caregiver", "birth_month", "day_care", "telephone", "address")


@dataclass(frozen=True, slots=True)
class Scope:
    """How much of what is a person's own is asked for, what for, and what of it an officer decided to withhold.

    `about` is the person itself with the children it lives with (None), or one of these children. `released` are the
    compartments that two persons let an officer print for the person.
    """

    about: UUID | None = None
    purpose: str = "own_data"
    withheld: frozenset[str] = frozenset()
    released: frozenset[str] = frozenset()
    asked: set[Place] | None = None
    """Where what was asked for is written, for whoever wants to know afterwards."""

    def of(self, members: list[Any]) -> list[Any]:
        return [m for m in members if self.about is None or m.person_id == self.about]

    def opening(self, asker: Asker, desk: Desk) -> Opening:
        request = asker.asks(desk, self.purpose)
        return Opening(desk, request, withheld=self.withheld, released=self.released, places=self.asked)


EVERYTHING = Scope()


def person_of(asker: Asker) -> UUID:
    """The member that the asker is. Raises RoleNotHeld."""
    if asker.role is not Role.FAMILY or asker.person_id is None:
        raise RoleNotHeld("role")
    return asker.person_id


def family_of(rows: Rows, person: UUID, desk: Desk) -> tuple[UUID | None, list[Any]]:
    """The family of a member and all its members in this realm; nothing for somebody unknown or erased."""
    kind: type[Any] = TownMember if desk.kind is RealmKind.MUNICIPALITY else ClubMember
    own = rows.where(kind, person_id=person)
    if not own or own[0].erased_on is not None:
        return None, []
    return own[0].family_id, rows.where(kind, family_id=own[0].family_id)


def mine(members: list[Any], person: UUID) -> list[Any]:
    """The asker and the children it lives with; the other adult is not among them (FAM-08)."""
    homes = {home for m in members if m.person_id == person for home in m.household_ids}
    return [
        m
        for m in members
        if m.person_id == person
        or (m.takes_part_as is not TakesPartAs.ADULT and m.erased_on is None and homes & set(m.household_ids))
    ]


def spoken_for(rows: Rows, family_id: UUID | None, person: UUID) -> set[UUID]:
    """The children of a family at the club for whom this adult may say yes or no, as the family told the leader."""
    found = rows.where(ChildsCustody, family_id=family_id) if family_id is not None else []
    return {row.child_id for row in found if row.told.may_consent(PersonId(person)) is Custody.YES}


def ask_members(opening: Opening, members: list[Any], person: UUID) -> None:
    """Ask for everything that stands on these members' lines."""
    for member in members:
        stands = STANDS if member.person_id == person else CHILD
        for name in _MEMBER:
            opening.ask((member.person_id, name), getattr(member, name, None), stands)


def lines(members: list[Any], answers: Mapping[Any, Any]) -> list[Mapping[str, Any]]:
    """The members with what was opened of each."""
    return [
        {
            "person_id": m.person_id,
            "takes_part_as": m.takes_part_as,
            **{name: answers[m.person_id, name] for name in _MEMBER if answers[m.person_id, name] is not None},
        }
        for m in sorted(members, key=lambda m: m.number)
    ]
