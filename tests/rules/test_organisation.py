"""Units, channels, places, branches and clubs come and go, each once, and a club has one contact."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from domain.facts import Fact
from domain.lists import UnitKind
from domain.organisation import (
    ChannelClosed,
    ClubContactNamed,
    NoSuchChannel,
    NoSuchClub,
    NoSuchPlace,
    NoSuchUnit,
    UnitClosed,
    close_channel,
    close_unit,
    establish_club,
    name_club_contact,
    name_place,
    open_branch,
    open_channel,
    open_unit,
)
from domain.text import Empty, TooLong
from tests.phrases import (
    BRANCH,
    CLUB,
    CO_LEADER,
    LEADER,
    PLACE,
    STARTS_ON,
    TODAY,
    UNIT,
    branch_opened,
    channel_opened,
    club_established,
    contact_named,
    place_named,
    unit_opened,
)
from tests.spec import given

UNIT_SAID = {"unit_id": UNIT, "name": "Sundhedsplejen", "kind": UnitKind.HEALTH_VISITING, "hosts": True, "since": TODAY}
CLUB_SAID = {
    "club_id": CLUB, "name": "Klubben på Havnen", "municipality": "strandby", "place_id": None, "branch_id": None,
    "since": TODAY,
}  # fmt: skip
BEGINNINGS: list[tuple[Callable[..., Any], dict[str, Any], Fact]] = [
    (open_unit, UNIT_SAID, unit_opened()),
    (open_channel, {"kind": UnitKind.SCHOOL, "since": TODAY}, channel_opened()),
    (name_place, {"place_id": PLACE, "name": "Havnen"}, place_named()),
    (open_branch, {"branch_id": BRANCH, "name": "Strandby lokalforening"}, branch_opened()),
    (establish_club, CLUB_SAID, club_established()),
]


@pytest.mark.parametrize(("begin", "said", "happens"), BEGINNINGS, ids=[each[0].__name__ for each in BEGINNINGS])
def test_each_begins_once_also_as_the_first_of_all(
    begin: Callable[..., Any], said: dict[str, Any], happens: Fact
) -> None:
    others = [fact for _, _, fact in BEGINNINGS if fact != happens]

    given().when(begin, **said).then(happens)
    given(others).when(begin, **said).then(happens)
    given(happens).when(begin, **said).then_nothing()


@pytest.mark.parametrize(
    ("begin", "said"), [(b, s) for b, s, _ in BEGINNINGS if "name" in s], ids=[b.__name__ for b, s, _ in BEGINNINGS if "name" in s]
)  # fmt: skip
def test_each_has_a_name(begin: Callable[..., Any], said: dict[str, Any]) -> None:
    given().when(begin, **(said | {"name": " "})).then_refused(Empty, field="name")
    given().when(begin, **(said | {"name": "N" * 81})).then_refused(TooLong, field="name")


def test_a_unit_that_closed_may_open_again() -> None:
    closed = UnitClosed(unit_id=UNIT, last_day=STARTS_ON)

    given(unit_opened()).when(close_unit, unit_id=UNIT, last_day=STARTS_ON).then(closed)
    given(unit_opened(), closed).when(close_unit, unit_id=UNIT, last_day=STARTS_ON).then_refused(
        NoSuchUnit, field="unit_id"
    )
    given(unit_opened(), closed).when(open_unit, **UNIT_SAID).then(unit_opened())
    given(channel_opened()).when(close_unit, unit_id=UNIT, last_day=TODAY).then_refused(NoSuchUnit, field="unit_id")


def test_several_channels_are_open_at_a_time_apart_from_the_host_unit() -> None:
    """REF-06: the unit where the cooperation is anchored opens no channel."""
    given(unit_opened()).when(open_channel, kind=UnitKind.HEALTH_VISITING, since=TODAY).then(
        channel_opened(kind=UnitKind.HEALTH_VISITING)
    )
    given(channel_opened()).when(open_channel, kind=UnitKind.HEALTH_VISITING, since=TODAY).then(
        channel_opened(kind=UnitKind.HEALTH_VISITING)
    )


def test_a_channel_that_closed_may_open_again() -> None:
    closed = ChannelClosed(kind=UnitKind.SCHOOL, last_day=STARTS_ON)

    given(channel_opened()).when(close_channel, kind=UnitKind.SCHOOL, last_day=STARTS_ON).then(closed)
    given(channel_opened(), closed).when(close_channel, kind=UnitKind.SCHOOL, last_day=STARTS_ON).then_refused(
        NoSuchChannel, field="channel"
    )
    given(channel_opened(), closed).when(open_channel, kind=UnitKind.SCHOOL, since=TODAY).then(channel_opened())
    given(channel_opened()).when(close_channel, kind=UnitKind.SELF_REFERRAL, last_day=TODAY).then_refused(
        NoSuchChannel, field="channel"
    )


@pytest.mark.parametrize(("named", "field"), [({"place_id": PLACE}, "place_id"), ({"branch_id": BRANCH}, "branch_id")])
def test_a_club_lies_in_a_place_and_a_branch_that_have_been_named(named: dict[str, Any], field: str) -> None:
    given().when(establish_club, **(CLUB_SAID | named)).then_refused(NoSuchPlace, field=field)
    given(place_named(), branch_opened()).when(establish_club, **(CLUB_SAID | named)).then(club_established(**named))


def test_a_club_has_one_contact_and_may_get_another() -> None:
    given(club_established()).when(name_club_contact, club_id=CLUB, contact=LEADER).then(contact_named())
    given(club_established(), contact_named()).when(name_club_contact, club_id=CLUB, contact=LEADER).then_nothing()
    given(club_established(), contact_named()).when(name_club_contact, club_id=CLUB, contact=CO_LEADER).then(
        ClubContactNamed(club_id=CLUB, contact=CO_LEADER)
    )
    given(place_named()).when(name_club_contact, club_id=CLUB, contact=LEADER).then_refused(NoSuchClub, field="club_id")
