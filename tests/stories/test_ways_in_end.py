"""A way into the pages ends with what it was given for: the last role, the erasure, the lost telephone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from adapters.web.assurance import Assurance
from adapters.wiring import House, SetClock, build, embedded
from adapters.wiring.kept import Kept
from application.organisations import AssignRole, EndRole
from application.perform import perform
from domain.people import Role
from infrastructure.web_settings import WebSettings
from tests.house import CLUB, EARLY, REALMS, TOWN
from tests.typed import tillid

TODAY = EARLY.date()
ALMA, BO, NOBODY = UUID(int=0xA), UUID(int=0xB), UUID(int=0xC)


@pytest.fixture
def clock() -> SetClock:
    return SetClock(EARLY)


@pytest.fixture
def house(tmp_path: Path, clock: SetClock) -> Iterator[House]:
    web = WebSettings.under(tmp_path, "http://127.0.0.1:8000")
    house = build(replace(embedded(tmp_path, REALMS), web=web), clock=clock)
    yield house
    house.close()


@pytest.fixture
def kept(house: House) -> Kept:
    assert house.kept is not None
    return house.kept


def gives(house: House, realm: str, actor: UUID, *, since: date = TODAY, until: date | None = None) -> UUID:
    role = AssignRole(actor=actor, role=Role.COORDINATOR, since=since, until=until, municipality=TOWN)
    given = perform(role, house.founder(), house.desk(realm), command_id=uuid4())
    return UUID(given["assignment_id"])


def ends(house: House, realm: str, actor: UUID, assignment: UUID) -> None:
    command = EndRole(actor=actor, assignment_id=assignment, last_day=house.clock.today())
    perform(command, house.founder(), house.desk(realm), command_id=uuid4())


def logs_in(house: House, kept: Kept, actor: UUID) -> tuple[bytes, str]:
    """The login, bound, and the token of a session of today."""
    login, now = kept.bindings.digest("https://login.example", str(actor)), house.clock.now()
    kept.bindings.bind(login, actor, now)
    token, _ = kept.sessions.open(now, actor=actor, provider="kommunen", assurance=Assurance.SUBSTANTIAL, login=login)
    return login, token


def a_day_later(house: House, clock: SetClock) -> None:
    clock.set(clock.now() + timedelta(days=1))
    house.tend()


def test_whoever_still_holds_a_role_in_one_realm_stays_bound(house: House, kept: Kept, clock: SetClock) -> None:
    in_town, in_club = gives(house, TOWN, ALMA), gives(house, CLUB, ALMA)
    login, _ = logs_in(house, kept, ALMA)

    ends(house, TOWN, ALMA, in_town)
    a_day_later(house, clock)
    assert kept.bindings.actor_of(login) == ALMA

    ends(house, CLUB, ALMA, in_club)
    house.tend()
    assert kept.bindings.actor_of(login) == ALMA, "the last day is a day"
    _, token = logs_in(house, kept, ALMA)
    assert kept.sessions.find(token, clock.now()) is not None
    a_day_later(house, clock)
    assert kept.bindings.actor_of(login) is None
    assert kept.sessions.end_of(actor=ALMA) == 0


def test_a_role_that_nobody_confirmed_ends_the_way_in_too(house: House, kept: Kept, clock: SetClock) -> None:
    gives(house, TOWN, ALMA)
    login, _ = logs_in(house, kept, ALMA)
    clock.set(EARLY + timedelta(days=364))
    house.tend()
    assert kept.bindings.actor_of(login) == ALMA
    clock.set(EARLY + timedelta(days=367))
    house.tend()
    assert kept.bindings.actor_of(login) is None


def test_whoever_waits_for_a_role_to_begin_is_not_shut_out(house: House, kept: Kept, clock: SetClock) -> None:
    gives(house, TOWN, ALMA, since=TODAY - timedelta(days=9), until=TODAY - timedelta(days=2))
    gives(house, TOWN, ALMA, since=TODAY + timedelta(days=9))
    invited, other = logs_in(house, kept, ALMA)[0], logs_in(house, kept, NOBODY)[0]
    a_day_later(house, clock)
    assert kept.bindings.actor_of(invited) == ALMA
    assert kept.bindings.actor_of(other) == NOBODY, "no role yet in any realm of this house: not for it to end"


def test_sessions_that_are_over_are_swept_once_a_day(house: House, kept: Kept, clock: SetClock) -> None:
    gives(house, TOWN, ALMA)
    logs_in(house, kept, ALMA)
    house.tend()
    assert kept.sessions.end_of(actor=ALMA) == 1
    logs_in(house, kept, ALMA)
    a_day_later(house, clock)
    assert kept.sessions.end_of(actor=ALMA) == 0


def test_a_lost_telephone_is_logged_out_from_the_machine(house: House, kept: Kept, tmp_path: Path) -> None:
    (tmp_path / "tillid.toml").write_text(
        '[web]\norigin = "http://127.0.0.1:8000"\n[realms.red-barnet]\nkind = "red_barnet"\n', "utf-8"
    )
    login, lost = logs_in(house, kept, ALMA)
    _, at_home = logs_in(house, kept, ALMA)
    _, of_bo = logs_in(house, kept, BO)

    said = tillid(tmp_path, "sessions", "end", "--actor", str(ALMA))

    assert (said.returncode, said.stdout) == (0, "Ended 2 sessions.\n")
    now = house.clock.now()
    assert [kept.sessions.find(token, now) for token in (lost, at_home)] == [None, None]
    assert kept.sessions.find(of_bo, now) is not None
    assert kept.bindings.actor_of(login) == ALMA, "a new telephone logs in as before"

    said = tillid(tmp_path, "sessions", "end", "--actor", str(ALMA), "--unbind")
    assert (said.stdout, kept.bindings.actor_of(login)) == ("Ended 0 sessions.\n", None)
    assert tillid(tmp_path, "sessions", "end", "--all").stdout == "Ended 1 session.\n"
    assert kept.sessions.find(of_bo, now) is None


@pytest.mark.parametrize("said", [(), ("--all", "--unbind"), ("--all", "--actor", str(ALMA)), ("--unbind",)])
def test_whose_sessions_end_is_said_or_nothing_is_done(house: House, tmp_path: Path, said: tuple[str, ...]) -> None:
    answer = tillid(tmp_path, "sessions", "end", *said)
    assert answer.returncode == 2 and "--actor" in answer.stderr
