"""The municipality with its units, channels and places, and Red Barnet with its branches and clubs; each with a period."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated, assert_never
from uuid import UUID

from domain.errors import Invalid, NotFound
from domain.facts import CLEAR, Fact, fact
from domain.lists import UnitKind
from domain.people import ActorId, ClubId, UnitId
from domain.text import NAME_LENGTH, text


@fact("organisation.unit_opened")
class UnitOpened(Fact):
    """A municipal unit; `hosts` when the cooperation is anchored there (ORG-01, REF-06)."""

    unit_id: Annotated[UnitId, CLEAR]
    name: Annotated[str, CLEAR]
    kind: Annotated[UnitKind, CLEAR]
    hosts: Annotated[bool, CLEAR]
    since: Annotated[date, CLEAR]


@fact("organisation.unit_closed")
class UnitClosed(Fact):
    unit_id: Annotated[UnitId, CLEAR]
    last_day: Annotated[date, CLEAR]


@fact("organisation.channel_opened")
class ChannelOpened(Fact):
    """A recruitment channel: who finds families; several at a time, apart from the host unit (REF-06, REF-07)."""

    kind: Annotated[UnitKind, CLEAR]
    since: Annotated[date, CLEAR]


@fact("organisation.channel_closed")
class ChannelClosed(Fact):
    kind: Annotated[UnitKind, CLEAR]
    last_day: Annotated[date, CLEAR]


@fact("organisation.place_named")
class PlaceNamed(Fact):
    """A district, housing area or island below the municipality (ORG-02)."""

    place_id: Annotated[UUID, CLEAR]
    name: Annotated[str, CLEAR]


@fact("organisation.branch_opened")
class BranchOpened(Fact):
    """A local branch of Red Barnet (ORG-06)."""

    branch_id: Annotated[UUID, CLEAR]
    name: Annotated[str, CLEAR]


@fact("organisation.club_established")
class ClubEstablished(Fact):
    """A club lasts; its courses come and go (COU-01)."""

    club_id: Annotated[ClubId, CLEAR]
    name: Annotated[str, CLEAR]
    municipality: Annotated[str, CLEAR]
    place_id: Annotated[UUID | None, CLEAR]
    branch_id: Annotated[UUID | None, CLEAR]
    since: Annotated[date, CLEAR]


@fact("organisation.club_contact_named")
class ClubContactNamed(Fact):
    """The one contact in Red Barnet whom the coordinator calls about a club (ORG-05)."""

    club_id: Annotated[ClubId, CLEAR]
    contact: Annotated[ActorId, CLEAR]


OrganisationFact = (
    UnitOpened
    | UnitClosed
    | ChannelOpened
    | ChannelClosed
    | PlaceNamed
    | BranchOpened
    | ClubEstablished
    | ClubContactNamed
)


@dataclass(frozen=True, slots=True)
class Organisation:
    units: frozenset[UnitId] = frozenset()
    channels: frozenset[UnitKind] = frozenset()
    places: frozenset[UUID] = frozenset()
    branches: frozenset[UUID] = frozenset()
    clubs: dict[ClubId, str] = field(default_factory=dict)
    contacts: dict[ClubId, ActorId] = field(default_factory=dict)


def evolve(organisation: Organisation | None, happened: OrganisationFact) -> Organisation:
    now = organisation or Organisation()
    match happened:
        case UnitOpened():
            return replace(now, units=now.units | {happened.unit_id})
        case UnitClosed():
            return replace(now, units=now.units - {happened.unit_id})
        case ChannelOpened():
            return replace(now, channels=now.channels | {happened.kind})
        case ChannelClosed():
            return replace(now, channels=now.channels - {happened.kind})
        case PlaceNamed():
            return replace(now, places=now.places | {happened.place_id})
        case BranchOpened():
            return replace(now, branches=now.branches | {happened.branch_id})
        case ClubEstablished():
            return replace(now, clubs=now.clubs | {happened.club_id: happened.municipality})
        case ClubContactNamed():
            return replace(now, contacts=now.contacts | {happened.club_id: happened.contact})
        case _:
            assert_never(happened)


class NoSuchUnit(NotFound):
    """The municipality has no such unit open."""

    code = "unknown_unit"


class NoSuchChannel(NotFound):
    """The municipality has no such recruitment channel open."""

    code = "unknown_channel"


class NoSuchClub(NotFound):
    """Red Barnet has no such club."""

    code = "unknown_club"


class NoSuchPlace(Invalid):
    """The place or branch has not been named."""

    code = "unknown_place"


def open_unit(
    organisation: Organisation | None, *, unit_id: UnitId, name: str, kind: UnitKind, hosts: bool, since: date
) -> list[OrganisationFact]:
    """A municipal unit begins to take part. Silent when it does already."""
    if organisation is not None and unit_id in organisation.units:
        return []
    return [
        UnitOpened(unit_id=unit_id, name=text(name, "name", limit=NAME_LENGTH), kind=kind, hosts=hosts, since=since)
    ]


def close_unit(organisation: Organisation, *, unit_id: UnitId, last_day: date) -> list[OrganisationFact]:
    """A unit no longer takes part."""
    if unit_id not in organisation.units:
        raise NoSuchUnit("unit_id")
    return [UnitClosed(unit_id=unit_id, last_day=last_day)]


def open_channel(organisation: Organisation | None, *, kind: UnitKind, since: date) -> list[OrganisationFact]:
    """A recruitment channel opens. Silent when it is open."""
    if organisation is not None and kind in organisation.channels:
        return []
    return [ChannelOpened(kind=kind, since=since)]


def close_channel(organisation: Organisation, *, kind: UnitKind, last_day: date) -> list[OrganisationFact]:
    """A recruitment channel closes."""
    if kind not in organisation.channels:
        raise NoSuchChannel("channel")
    return [ChannelClosed(kind=kind, last_day=last_day)]


def name_place(organisation: Organisation | None, *, place_id: UUID, name: str) -> list[OrganisationFact]:
    """Name a place. Silent when it is named."""
    if organisation is not None and place_id in organisation.places:
        return []
    return [PlaceNamed(place_id=place_id, name=text(name, "name", limit=NAME_LENGTH))]


def open_branch(organisation: Organisation | None, *, branch_id: UUID, name: str) -> list[OrganisationFact]:
    """A local branch. Silent when it is known."""
    if organisation is not None and branch_id in organisation.branches:
        return []
    return [BranchOpened(branch_id=branch_id, name=text(name, "name", limit=NAME_LENGTH))]


def establish_club(
    organisation: Organisation | None,
    *,
    club_id: ClubId,
    name: str,
    municipality: str,
    place_id: UUID | None,
    branch_id: UUID | None,
    since: date,
) -> list[OrganisationFact]:
    """A club in a municipality. Silent when it is established."""
    now = organisation or Organisation()
    if club_id in now.clubs:
        return []
    if place_id is not None and place_id not in now.places:
        raise NoSuchPlace("place_id")
    if branch_id is not None and branch_id not in now.branches:
        raise NoSuchPlace("branch_id")
    return [
        ClubEstablished(
            club_id=club_id,
            name=text(name, "name", limit=NAME_LENGTH),
            municipality=municipality,
            place_id=place_id,
            branch_id=branch_id,
            since=since,
        )
    ]


def name_club_contact(organisation: Organisation, *, club_id: ClubId, contact: ActorId) -> list[OrganisationFact]:
    """Name the club's contact. Silent when it is the one already."""
    if club_id not in organisation.clubs:
        raise NoSuchClub("club_id")
    if organisation.contacts.get(club_id) == contact:
        return []
    return [ClubContactNamed(club_id=club_id, contact=contact)]
