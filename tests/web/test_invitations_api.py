"""Invitations over HTTP: who may make a code, that it is said once, and where each stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from werkzeug.test import TestResponse

from adapters.invitations.links import BookingsLink
from adapters.invitations.office import PersonInvited
from adapters.leader.invitations import AdultInvited
from application.courses import ChangeCourseState, LeaveCourse
from application.desk import Asker
from application.organisations import AssignRole, Enrol
from application.reading import invitations as reading
from domain.course import CourseState
from domain.people import Role
from tests.api_at_work import ApiAtWork, Caller, an_api_at_work
from tests.club_at_work import (
    CLUB,
    CO_LEADER,
    COORDINATOR,
    FIRST_EVENING,
    LEADER,
    MIDWIFE,
    MOTHER,
    OFFICER,
    SECRETARY,
    STARTED,
    TOWN,
    VOLUNTEER,
)
from tests.left_behind import left_behind

ADMINISTRATOR, BRANCH = UUID(int=0xB000), UUID(int=0xB001)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ApiAtWork]:
    yield from an_api_with_an_office(tmp_path_factory.mktemp("shared"))


@pytest.fixture
def api(shared: ApiAtWork) -> ApiAtWork:
    """Shared by all that leave nothing behind but codes."""
    shared.club.clock.set(FIRST_EVENING)
    return shared


@pytest.fixture
def of_its_own(tmp_path: Path) -> Iterator[ApiAtWork]:
    yield from an_api_with_an_office(tmp_path)


def an_api_with_an_office(home: Path) -> Iterator[ApiAtWork]:
    api = an_api_at_work(home)
    for realm, actor, role in (
        (CLUB, ADMINISTRATOR, Role.ADMINISTRATOR), (CLUB, BRANCH, Role.BRANCH), (TOWN, ADMINISTRATOR, Role.ADMINISTRATOR),
    ):  # fmt: skip
        api.club.does(ADMINISTRATOR, Role.ADMINISTRATOR, AssignRole(actor=actor, role=role, since=STARTED), realm)
    yield api
    api.club.house.close()


@pytest.fixture
def leader(api: ApiAtWork) -> Caller:
    return api.caller(LEADER, CLUB, "leader")


@pytest.fixture
def coordinator(api: ApiAtWork) -> Caller:
    return api.caller(COORDINATOR, CLUB, "coordinator")


def is_refused(answer: TestResponse, status: int, code: str) -> None:
    assert (answer.status_code, answer.get_json()["code"]) == (status, code)


def adults(api: ApiAtWork, who: str = "mother") -> str:
    return f"courses/{api.club.ids['course']}/members/{api.club.ids[who]}/invitations"


def lines(api: ApiAtWork, caller: Caller) -> dict[str, dict[str, Any]]:
    found = caller.get(f"courses/{api.club.ids['course']}/invitations").get_json()
    return {line["person_id"]: line for line in found}


# The leader and the adults of the own course


def test_a_leader_is_told_a_code_once_and_afterwards_only_where_it_stands(api: ApiAtWork, leader: Caller) -> None:
    key = str(uuid4())
    made = leader.post(adults(api), Idempotency_Key=key).get_json()
    assert len(made["code"]) == 19
    assert datetime.fromisoformat(made["valid_until"]) == datetime.fromisoformat("2026-09-16T00:00:00+02:00")

    again = leader.post(adults(api), Idempotency_Key=key).get_json()
    assert again == {"invitation_id": made["invitation_id"], "valid_until": made["valid_until"], "code": None}
    line = lines(api, leader)[str(api.club.ids["mother"])]
    assert (line["state"], line["invitation_id"], line["has_access"]) == ("open", made["invitation_id"], True)
    assert "code" not in line


def test_a_second_code_for_the_same_person_closes_the_first_and_nobody_elses(api: ApiAtWork, leader: Caller) -> None:
    first = leader.post(adults(api)).get_json()
    fathers = leader.post(adults(api, "father")).get_json()
    second = leader.post(adults(api)).get_json()
    assert len({first["code"], second["code"], fathers["code"]}) == 3
    states = {who: lines(api, leader)[str(api.club.ids[who])] for who in ("mother", "father")}
    assert states["mother"]["invitation_id"] == second["invitation_id"]
    assert states["father"]["state"] == "open"
    revoke = f"courses/{api.club.ids['course']}/invitations"
    assert leader.delete(f"{revoke}/{first['invitation_id']}").status_code == 200, "closed before, and silent"


def test_a_leader_closes_a_code_and_sees_when_one_is_over(api: ApiAtWork, leader: Caller) -> None:
    made = leader.post(adults(api)).get_json()
    path = f"courses/{api.club.ids['course']}/invitations/{made['invitation_id']}"
    assert leader.delete(path).get_json() == {"invitation_id": made["invitation_id"]}
    assert lines(api, leader)[str(api.club.ids["mother"])]["state"] == "revoked"
    leader.post(adults(api))
    api.club.clock.set(api.club.clock.now() + timedelta(days=15))
    assert lines(api, leader)[str(api.club.ids["mother"])]["state"] == "expired"


@pytest.mark.parametrize("who", ["girl", "boy", "family"])
def test_only_the_adults_of_a_family_are_invited(api: ApiAtWork, leader: Caller, who: str) -> None:
    is_refused(leader.post(adults(api, who)), 404, "unknown_family")


def test_nobody_invites_from_another_course_or_role(api: ApiAtWork, leader: Caller) -> None:
    for actor in (VOLUNTEER, SECRETARY, MOTHER, COORDINATOR, OFFICER):
        is_refused(api.caller(actor, CLUB, "leader").post(adults(api)), 403, "role_not_held")
    elsewhere = uuid4()
    api.club.does(SECRETARY, Role.SECRETARIAT, AssignRole(actor=elsewhere, role=Role.LEADER, since=STARTED))
    stranger = api.caller(elsewhere, CLUB, "leader")
    is_refused(stranger.post(adults(api)), 403, "role_not_held")
    is_refused(stranger.get(f"courses/{api.club.ids['course']}/invitations"), 403, "not_for_this_reader")
    made = leader.post(adults(api)).get_json()
    path = f"courses/{api.club.ids['course']}/invitations/{made['invitation_id']}"
    is_refused(stranger.delete(path), 403, "role_not_held")
    is_refused(leader.delete(f"courses/{api.club.ids['course']}/invitations/{uuid4()}"), 404, "unknown_invitation")
    assert api.caller(CO_LEADER, CLUB, "leader").delete(path).status_code == 200


def test_no_family_is_invited_that_has_left_or_whose_course_is_over(of_its_own: ApiAtWork) -> None:
    api, leader = of_its_own, of_its_own.caller(LEADER, CLUB, "leader")
    assert {line["state"] for line in lines(api, leader).values()} == {"none"}
    course, family = api.club.ids["course"], api.club.ids["family"]
    api.club.leader_does(LeaveCourse(course_id=course, family_id=family))
    is_refused(leader.post(adults(api)), 404, "unknown_family")
    for state in (CourseState.RUNNING, CourseState.COMPLETED):
        api.club.leader_does(ChangeCourseState(course_id=course, state=state))
    is_refused(leader.post(adults(api)), 409, "course_is_closed")


# Red Barnet's office, and administrators


def test_branch_and_secretariat_invite_whom_they_enrolled(api: ApiAtWork) -> None:
    for inviter in (BRANCH, SECRETARY):
        office = api.caller(inviter, CLUB, "secretariat")
        made = office.post(f"volunteers/{VOLUNTEER}/invitations")
        assert made.status_code == 200
        assert made.get_json()["code"]
        state = {line["actor"]: line["state"] for line in office.get("volunteers/invitations").get_json()}
        assert state == {str(LEADER): "none", str(CO_LEADER): "none", str(VOLUNTEER): "open"}
        assert office.delete(f"volunteers/invitations/{made.get_json()['invitation_id']}").status_code == 200
        is_refused(office.post(f"volunteers/{uuid4()}/invitations"), 404, "not_enrolled")
        is_refused(office.post(f"staff/{VOLUNTEER}/invitations"), 403, "role_not_held")


def test_a_code_never_gives_more_than_its_maker_gives_access_to(of_its_own: ApiAtWork) -> None:
    """Otherwise who recruits volunteers could log in as an officer, and Red Barnet as a municipality's coordinator."""
    api = of_its_own
    club, office = api.club, api.caller(SECRETARY, CLUB, "secretariat")
    club.does(SECRETARY, Role.SECRETARIAT, AssignRole(actor=VOLUNTEER, role=Role.OFFICER, since=STARTED))
    is_refused(office.post(f"volunteers/{VOLUNTEER}/invitations"), 409, "access_given_by_others")

    club.does(ADMINISTRATOR, Role.ADMINISTRATOR, Enrol(actor=COORDINATOR, given_name="Kim", family_name="Koch"))
    club.does(ADMINISTRATOR, Role.ADMINISTRATOR, Enrol(actor=COORDINATOR, given_name="Kim", family_name="Koch"), TOWN)
    at_the_club = api.caller(ADMINISTRATOR, CLUB, "secretariat")
    is_refused(at_the_club.post(f"staff/{COORDINATOR}/invitations"), 409, "access_given_by_others")
    in_town = api.caller(ADMINISTRATOR, TOWN, "secretariat")
    assert in_town.post(f"staff/{COORDINATOR}/invitations").status_code == 200

    club.does(ADMINISTRATOR, Role.ADMINISTRATOR, Enrol(actor=MOTHER, given_name="Mona", family_name="Madsen"))
    is_refused(at_the_club.post(f"staff/{MOTHER}/invitations"), 409, "access_given_by_others")


def test_an_administrator_invites_the_realms_own_staff(api: ApiAtWork) -> None:
    in_town, somebody = api.caller(ADMINISTRATOR, TOWN, "secretariat"), uuid4()
    is_refused(in_town.post(f"staff/{somebody}/invitations"), 404, "not_enrolled")
    enrol = Enrol(actor=somebody, given_name="Kim", family_name="Koch")
    api.club.does(ADMINISTRATOR, Role.ADMINISTRATOR, enrol, TOWN)
    made = in_town.post(f"staff/{somebody}/invitations").get_json()
    assert made["code"]
    (line,) = in_town.get("staff/invitations").get_json()
    assert (line["actor"], line["state"]) == (str(somebody), "open")
    assert in_town.delete(f"staff/invitations/{made['invitation_id']}").status_code == 200
    is_refused(api.caller(OFFICER, TOWN, "secretariat").post(f"staff/{somebody}/invitations"), 403, "role_not_held")
    is_refused(in_town.post(f"volunteers/{somebody}/invitations"), 404, "not_found")


def test_nobody_closes_a_code_that_is_not_its_to_make(api: ApiAtWork, leader: Caller) -> None:
    made = leader.post(adults(api)).get_json()["invitation_id"]
    for actor, path in ((SECRETARY, "volunteers"), (ADMINISTRATOR, "staff")):
        refused = api.caller(actor, CLUB, "secretariat").delete(f"{path}/invitations/{made}")
        is_refused(refused, 404, "unknown_invitation")


# The coordinator and the visiting professional


def test_a_coordinator_makes_a_link_to_a_booking_until_the_end_of_its_day(api: ApiAtWork, coordinator: Caller) -> None:
    course, booking = api.club.ids["course"], api.club.ids["booking"]
    made = coordinator.post(f"club-courses/{course}/bookings/{booking}/links").get_json()
    assert datetime.fromisoformat(made["valid_until"]) == datetime.fromisoformat("2026-09-02T00:00:00+02:00")
    line = next(line for line in coordinator.get(f"club-courses/{course}/links").get_json() if line["evening"] == 1)
    assert (line["booking_id"], line["state"]) == (str(booking), "open")
    assert coordinator.delete(f"club-courses/{course}/links/{made['invitation_id']}").status_code == 200

    is_refused(coordinator.post(f"club-courses/{course}/bookings/{uuid4()}/links"), 404, "not_found")
    is_refused(coordinator.post(f"club-courses/{uuid4()}/bookings/{booking}/links"), 404, "unknown_course")
    is_refused(api.caller(LEADER, CLUB, "coordinator").get(f"club-courses/{course}/links"), 403, "role_not_held")
    api.club.clock.set(api.club.clock.now() + timedelta(days=1))
    is_refused(coordinator.post(f"club-courses/{course}/bookings/{booking}/links"), 409, "visit_is_over")


def test_each_booking_has_a_link_of_its_own(api: ApiAtWork, coordinator: Caller) -> None:
    course = api.club.ids["course"]
    said = {"actor": str(MIDWIFE), "profession": "midwife", "evening": 2}
    other = coordinator.post(f"club-courses/{course}/bookings", said).get_json()["booking_id"]
    for booking in (api.club.ids["booking"], other, other):
        assert coordinator.post(f"club-courses/{course}/bookings/{booking}/links").status_code == 200
    states = {line["booking_id"]: line["state"] for line in coordinator.get(f"club-courses/{course}/links").get_json()}
    assert (states[str(api.club.ids["booking"])], states[other]) == ("open", "open")


def test_a_link_never_leads_to_somebody_who_holds_another_role(api: ApiAtWork, coordinator: Caller) -> None:
    course = api.club.ids["course"]
    said = {"actor": str(OFFICER), "profession": "midwife", "evening": 2}
    booking = coordinator.post(f"club-courses/{course}/bookings", said).get_json()["booking_id"]
    is_refused(coordinator.post(f"club-courses/{course}/bookings/{booking}/links"), 409, "access_given_by_others")


def test_another_municipalitys_coordinator_makes_no_links_here(api: ApiAtWork) -> None:
    course, booking, elsewhere = api.club.ids["course"], api.club.ids["booking"], uuid4()
    role = AssignRole(actor=elsewhere, role=Role.COORDINATOR, since=date(2026, 8, 1), municipality="kommune-0400")
    api.club.does(SECRETARY, Role.SECRETARIAT, role)
    other = api.caller(elsewhere, CLUB, "coordinator")
    is_refused(other.get(f"club-courses/{course}/links"), 403, "role_not_held")
    is_refused(other.post(f"club-courses/{course}/bookings/{booking}/links"), 404, "unknown_course")


def test_what_the_lists_show_leaves_whole(api: ApiAtWork, leader: Caller, coordinator: Caller) -> None:
    course, desk = api.club.ids["course"], api.club.desk()
    leader.post(adults(api))
    coordinator.post(f"club-courses/{course}/bookings/{api.club.ids['booking']}/links")

    def asker(actor: UUID, role: Role) -> Asker:
        return Asker(actor, role, uuid4(), municipality=TOWN if role is Role.COORDINATOR else None)

    told = reading.of_adults(asker(LEADER, Role.LEADER), course, desk)
    assert left_behind(told, AdultInvited(many=True)) == set()
    told = reading.of_bookings(asker(COORDINATOR, Role.COORDINATOR), course, desk)
    assert left_behind(told, BookingsLink(many=True)) == set()
    told = reading.of_people(asker(SECRETARY, Role.SECRETARIAT), desk)
    assert left_behind(told, PersonInvited(many=True)) == set()
