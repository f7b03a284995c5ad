"""The office at the API: it builds the organisation, gives roles, plans courses with their teams, and sees numbers only."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest

from application.organisations import AssignRole
from domain.people import Role
from tests.api_at_work import ApiAtWork, Caller, an_api_at_work
from tests.club_at_work import CLUB, SECRETARY, STARTED, TOWN


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ApiAtWork]:
    api = an_api_at_work(tmp_path_factory.mktemp("house"))
    yield api
    api.club.house.close()


@pytest.fixture
def office(api: ApiAtWork) -> Caller:
    return api.caller(SECRETARY, CLUB, "secretariat")


def somebody(api: ApiAtWork, role: Role, realm: str = CLUB) -> Caller:
    person = uuid4()
    command = AssignRole(actor=person, role=role, since=STARTED)
    api.club.does(UUID(int=0xB000), Role.ADMINISTRATOR, command, realm)
    return api.caller(person, realm, "secretariat")


def test_an_administrator_of_a_municipality_opens_and_closes_units_and_channels(api: ApiAtWork) -> None:
    administrator = somebody(api, Role.ADMINISTRATOR, TOWN)
    unit = administrator.post("units", {"name": "Dagplejen", "kind": "day_care_institution", "since": "2026-08-01"})
    assert unit.status_code == 201
    path = f"units/{unit.get_json()['unit_id']}"
    assert administrator.delete(path).status_code == 422
    assert administrator.delete(f"{path}?last_day=2026-12-31").status_code == 200
    assert administrator.delete(f"{path}?last_day=2026-12-31").status_code == 404
    assert administrator.post("channels", {"kind": "school", "since": "2026-08-01"}).status_code == 201
    assert administrator.post("channels/school/closing", {"last_day": "2026-12-31"}).status_code == 200
    assert administrator.post("channels/kiosk/closing", {"last_day": "2026-12-31"}).status_code == 404
    assert administrator.post("places", {"name": "Øster Skrumlinge"}).status_code == 201


def test_a_municipality_has_no_clubs_and_courses(api: ApiAtWork) -> None:
    administrator = somebody(api, Role.ADMINISTRATOR, TOWN)
    assert administrator.get("courses").status_code == 404
    assert administrator.post("branches", {"name": "x"}).status_code == 404


def test_a_club_is_established_with_its_contact(office: Caller) -> None:
    place = office.post("places", {"name": "Havnen"}).get_json()["place_id"]
    branch = office.post("branches", {"name": "Red Barnet Havnen"}).get_json()["branch_id"]
    club = {"name": "Klub Havnen", "municipality": TOWN, "since": "2026-08-01", "place_id": place, "branch_id": branch}
    made = office.post("clubs", club)
    assert made.status_code == 201
    contact = {"contact": str(uuid4())}
    assert office.put(f"clubs/{made.get_json()['club_id']}/contact", contact).status_code == 200
    assert office.put(f"clubs/{uuid4()}/contact", contact).status_code == 404
    assert office.post("clubs", {**club, "municipality": "Guldborgsund\n"}).status_code == 422


def test_people_are_enrolled_given_a_role_and_relieved_of_it(api: ApiAtWork, office: Caller) -> None:
    person = uuid4()
    name = {"given_name": "Vips", "family_name": "Frivillig", "telephone": "20304099"}
    assert office.put(f"volunteers/{person}", name).get_json() == {"actor": str(person)}
    made = office.post("roles", {"actor": str(person), "role": "volunteer", "since": "2026-08-01"})
    assert made.status_code == 201
    ending = f"roles/{person}/{made.get_json()['assignment_id']}/ending"
    assert office.post(ending, {"last_day": "2026-07-01"}).status_code == 422
    assert office.post(ending, {"last_day": "2026-12-01"}).status_code == 200
    assert office.post(f"roles/{person}/{uuid4()}/ending", {"last_day": "2026-12-01"}).status_code == 404


def test_only_an_administrator_enrols_staff(api: ApiAtWork, office: Caller) -> None:
    person = uuid4()
    name = {"given_name": "Vips", "family_name": "Ansat"}
    assert office.put(f"staff/{person}", name).status_code == 403
    assert somebody(api, Role.ADMINISTRATOR).put(f"staff/{person}", name).status_code == 200


def test_the_role_that_may_is_the_one_in_use(api: ApiAtWork) -> None:
    person = uuid4()
    for role in (Role.ADMINISTRATOR, Role.BRANCH):
        command = AssignRole(actor=person, role=role, since=STARTED)
        api.club.does(UUID(int=0xB000), Role.ADMINISTRATOR, command)
    both = api.caller(person, CLUB, "secretariat")
    assert both.put(f"staff/{uuid4()}", {"given_name": "Vips", "family_name": "Ansat"}).status_code == 200
    joining = {"role": "volunteer", "since": "2026-09-01"}
    assert both.put(f"courses/{api.club.ids['course']}/team/{uuid4()}", joining).status_code == 200
    assert both.get("courses").status_code == 200


def test_a_published_wording_is_never_edited(office: Caller) -> None:
    wording = {
        "wording_id": str(uuid4()), "version": 1, "language": "da", "purpose": "sms_reminders",
        "words": "Må vi sende jer en besked før hver klubaften?",
    }  # fmt: skip
    assert office.post("wordings", wording).status_code == 201
    again = office.post("wordings", {**wording, "words": "Noget andet"})
    assert (again.status_code, again.get_json(force=True)["errors"][0]["field"]) == (409, "/version")
    assert office.post("wordings", {**wording, "version": 2}).status_code == 201
    assert office.post("wordings", {**wording, "purpose": "marketing"}).status_code == 422


def test_a_course_is_planned_and_its_team_joins_and_leaves(api: ApiAtWork, office: Caller) -> None:
    club_id = office.get(f"courses/{api.club.ids['course']}").get_json()["course"]["club_id"]
    planned = {
        "club_id": club_id, "starts_on": "2027-02-02", "ends_on": "2027-05-25", "starts_at": "17:00", "season": "spring",
    }  # fmt: skip
    made = office.post("courses", planned)
    assert made.status_code == 201
    team = f"courses/{made.get_json()['course_id']}/team/{uuid4()}"
    assert office.put(team, {"role": "coordinator", "since": "2027-01-01"}).status_code == 422
    assert office.put(team, {"role": "leader", "since": "2027-01-01"}).status_code == 200
    assert office.post(f"{team}/leaving", {"role": "leader", "last_day": "2027-03-01"}).status_code == 200
    assert office.post(f"{team}/leaving", {"role": "volunteer", "last_day": "2027-03-01"}).status_code == 404


def test_the_office_sees_numbers_and_nobody(api: ApiAtWork, office: Caller) -> None:
    answer = office.get(f"courses/{api.club.ids['course']}")
    assert answer.get_json()["size"]["families"] == 1
    assert "ages" not in answer.get_json()
    for name in ("Mette", "Asta", str(api.club.ids["family"])):
        assert name not in answer.text + office.get("courses").text


def test_whoever_asks_for_a_course_without_having_to_do_with_it_is_written_down(api: ApiAtWork) -> None:
    administrator = somebody(api, Role.ADMINISTRATOR)
    assert administrator.get(f"courses/{api.club.ids['course']}").status_code == 403
    assert api.club.house.realms[CLUB].log.find(role="administrator", action="refused")
