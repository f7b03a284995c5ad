"""The realm's own organisation and its published wordings; clear rows only, in every realm."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from application.ports import Recorded, Rows
from application.views.rows import view_row
from domain.lists import Purpose, UnitKind
from domain.organisation import (
    BranchOpened,
    ChannelClosed,
    ChannelOpened,
    ClubContactNamed,
    ClubEstablished,
    PlaceNamed,
    UnitClosed,
    UnitOpened,
)
from domain.purposes import Recipient
from domain.wording import WordingPublished

NAME = "organisation"


@view_row("unit", key=("unit_id",))
class Unit:
    unit_id: UUID
    name: str
    kind: UnitKind
    hosts: bool
    since: date
    until: date | None = None


@view_row("channel", key=("kind", "since"))
class Channel:
    kind: UnitKind
    since: date
    until: date | None = None


@view_row("place", key=("place_id",))
class Place:
    place_id: UUID
    name: str


@view_row("branch", key=("branch_id",))
class Branch:
    branch_id: UUID
    name: str


@view_row("club", key=("club_id",), indexes=(("municipality",),))
class Club:
    club_id: UUID
    name: str
    municipality: str
    place_id: UUID | None
    branch_id: UUID | None
    contact: UUID | None = None


@view_row("wording", key=("wording_id", "version", "language"))
class WordingRow:
    wording_id: UUID
    version: int
    language: str
    purposes: tuple[str, ...]
    words: str
    text_hash: str


@view_row("wording_states", key=("wording_id", "version", "language", "purpose"))
class WordingStates:
    """What a wording states of one purpose: the boundary of every consent asked in it."""

    wording_id: UUID
    version: int
    language: str
    purpose: Purpose
    recipient: Recipient
    data: tuple[str, ...]
    days_after_course: int


ROWS: tuple[type[Any], ...] = (
    Unit,
    Channel,
    Place,
    Branch,
    Club,
    WordingRow,
    WordingStates,
)


def follow(recorded: Recorded, rows: Rows) -> None:
    match recorded.fact:
        case UnitOpened() as fact:
            rows.put(Unit(unit_id=fact.unit_id, name=fact.name, kind=fact.kind, hosts=fact.hosts, since=fact.since))
        case UnitClosed() as fact:
            rows.change(Unit, {"unit_id": fact.unit_id}, until=fact.last_day)
        case ChannelOpened() as fact:
            rows.put(Channel(kind=fact.kind, since=fact.since))
        case ChannelClosed() as fact:
            rows.change(Channel, {"kind": fact.kind, "until": None}, until=fact.last_day)
        case PlaceNamed() as fact:
            rows.put(Place(place_id=fact.place_id, name=fact.name))
        case BranchOpened() as fact:
            rows.put(Branch(branch_id=fact.branch_id, name=fact.name))
        case ClubEstablished() as fact:
            rows.put(
                Club(
                    club_id=fact.club_id, name=fact.name, municipality=fact.municipality, place_id=fact.place_id,
                    branch_id=fact.branch_id,
                )
            )  # fmt: skip
        case ClubContactNamed() as fact:
            rows.change(Club, {"club_id": fact.club_id}, contact=fact.contact)
        case WordingPublished() as fact:
            rows.put(
                WordingRow(
                    wording_id=fact.wording_id, version=fact.version, language=fact.language,
                    purposes=tuple(p.value for p in fact.purposes), words=fact.words, text_hash=fact.text_hash,
                )
            )  # fmt: skip
            for stated in fact.states:
                rows.put(
                    WordingStates(
                        wording_id=fact.wording_id, version=fact.version, language=fact.language,
                        purpose=stated.purpose, recipient=stated.recipient, data=stated.data,
                        days_after_course=stated.days_after_course,
                    )
                )  # fmt: skip
        case _:
            pass
