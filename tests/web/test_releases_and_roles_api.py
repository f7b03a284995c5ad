"""The second pair of eyes over the API: contents reach an officer by two persons only, and roles lapse when nobody confirms."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

import pytest

from adapters.releases import ReleaseShown, release_shown
from adapters.review import RoleLine
from application import releases, reviews
from application.desk import Asker
from application.organisations import AssignRole
from domain.people import Role
from tests.api_at_work import ApiAtWork, Caller, an_api_at_work
from tests.club_at_work import CLUB, LEADER, MOTHER, OFFICER, SECRETARY
from tests.left_behind import left_behind

SECOND_OFFICER, ADMINISTRATOR = UUID(int=0xB100), UUID(int=0xB101)


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ApiAtWork]:
    api = an_api_at_work(tmp_path_factory.mktemp("house"))
    today = api.club.house.clock.today()
    for actor, role in ((SECOND_OFFICER, Role.OFFICER), (ADMINISTRATOR, Role.ADMINISTRATOR)):
        api.club.does(SECRETARY, Role.SECRETARIAT, AssignRole(actor=actor, role=role, since=today))
    yield api
    api.club.house.close()


@pytest.fixture
def officer(api: ApiAtWork) -> Caller:
    return api.caller(OFFICER, CLUB, "officer")


@pytest.fixture
def request_id(api: ApiAtWork, officer: Caller) -> str:
    mother = str(api.club.ids["mother"])
    asked = officer.post("requests", {"right": "access", "subject": mother, "asked_by": mother}).get_json()
    return str(asked["request_id"])


WANTED = {"compartments": ["roster", "note"], "ground": "no_login"}


def is_refused(answer: Any, status: int, code: str) -> None:
    assert (answer.status_code, answer.get_json(force=True)["code"]) == (status, code)


def test_one_officer_asks_and_another_person_agrees(api: ApiAtWork, officer: Caller, request_id: str) -> None:
    release = f"requests/{request_id}/release"
    is_refused(officer.post(f"{release}/approval"), 404, "unknown_release")
    is_refused(officer.post(release, WANTED), 409, "identity_not_checked")
    officer.post(f"requests/{request_id}/identity", {"how": "Mødt op"})
    is_refused(officer.post(release, {**WANTED, "compartments": []}), 422, "nothing_to_release")
    is_refused(officer.post(release, {**WANTED, "compartments": ["case_file"]}), 404, "unknown_compartment")
    asked = officer.post(release, WANTED)
    assert (asked.status_code, asked.get_json()["state"]) == (201, "asked")
    is_refused(officer.post(f"{release}/approval"), 409, "second_person_needed")
    agreed = api.caller(ADMINISTRATOR, CLUB, "secretariat").post(f"{release}/approval")
    assert (agreed.status_code, agreed.get_json()["state"]) == (200, "approved")
    is_refused(api.caller(SECOND_OFFICER, CLUB, "officer").post(f"{release}/approval"), 409, "release_decided")
    back = api.caller(SECOND_OFFICER, CLUB, "officer").post(f"{release}/withdrawal")
    assert back.get_json()["state"] == "withdrawn"
    line = officer.get("releases").get_json()[0]
    assert (line["request_id"], line["state"], line["decided_by"]) == (request_id, "withdrawn", str(ADMINISTRATOR))


def test_the_answer_goes_on_paper_under_a_release_whole_and_as_the_person_would_see_it(
    api: ApiAtWork, officer: Caller, request_id: str
) -> None:
    release, paper = f"requests/{request_id}/release", f"requests/{request_id}/answer.pdf"
    officer.post(f"requests/{request_id}/identity", {"how": "Mødt op"})
    is_refused(officer.get(paper), 404, "unknown_release")
    officer.post(f"requests/{request_id}/answer", {"names_of_staff": "withheld_not_needed"})
    officer.post(release, WANTED)
    is_refused(officer.get(paper), 409, "release_not_in_force")
    administrator = api.caller(ADMINISTRATOR, CLUB, "secretariat")
    administrator.post(f"{release}/approval")
    is_refused(officer.get(paper), 409, "release_too_narrow")

    officer.post(release, {"ground": "no_login"})
    administrator.post(f"{release}/approval")
    is_refused(api.caller(SECOND_OFFICER, CLUB, "officer").get(paper), 409, "release_not_in_force")
    printed = officer.get(paper)
    assert (printed.status_code, printed.content_type, printed.data[:5]) == (200, "application/pdf", b"%PDF-")
    desk, ids = api.club.desk(), api.club.ids
    read = desk.log.find(actor=OFFICER, action="read", allowed=True)
    assert ids["mother"] in {entry.subject for entry in read}
    assert ids["father"] not in {entry.subject for entry in read if entry.purpose == "answer_access"}
    released = [entry for entry in read if entry.rule.startswith("released_by_two_persons and ")]
    assert {"roster", "note"} <= {entry.compartment for entry in released}
    assert not desk.log.find(actor=OFFICER, action="refused"), "what was not released is not even asked for"
    line = officer.get("releases").get_json()[0]
    assert (line["used"], line["state"]) == (1, "approved")
    digest = sha256(printed.data).hexdigest()
    assert officer.get(f"requests/{request_id}/answer-check?sha256={digest}").status_code == 200

    before = api.club.clock.now()
    api.club.clock.set(before + timedelta(hours=25))
    is_refused(officer.get(paper), 409, "release_not_in_force")
    api.club.clock.set(before)


def test_nobody_agrees_to_what_is_about_itself(api: ApiAtWork, officer: Caller, request_id: str) -> None:
    officer.post(f"requests/{request_id}/identity", {"how": "Mødt op"})
    officer.post(f"requests/{request_id}/release", WANTED)
    today = api.club.house.clock.today()
    also = AssignRole(actor=MOTHER, role=Role.SECRETARIAT, since=today)
    api.club.does(SECRETARY, Role.SECRETARIAT, also)
    own = api.caller(MOTHER, CLUB, "secretariat").post(f"requests/{request_id}/release/approval")
    is_refused(own, 409, "second_person_needed")


def test_who_may_neither_ask_nor_agree_is_not_even_told(api: ApiAtWork, request_id: str) -> None:
    for audience in ("officer", "secretariat"):
        leader = api.caller(LEADER, CLUB, audience)
        is_refused(leader.post(f"requests/{request_id}/release/approval"), 403, "role_not_held")
        is_refused(leader.get("releases"), 403, "role_not_held")


def test_what_the_lists_show_leaves_whole(api: ApiAtWork, officer: Caller, request_id: str) -> None:
    officer.post(f"requests/{request_id}/identity", {"how": "Mødt op"})
    officer.post(f"requests/{request_id}/release", WANTED)
    asker, desk = Asker(OFFICER, Role.OFFICER, uuid4()), api.club.desk()
    lines = [release_shown(line) for line in releases.releases(asker, desk)]
    assert left_behind(lines, ReleaseShown(many=True)) == set()
    assert left_behind(reviews.roles(asker, desk), RoleLine(many=True)) == set()


def test_roles_are_listed_confirmed_by_another_and_lapse(api: ApiAtWork, officer: Caller) -> None:
    clock = api.club.clock
    before = clock.now()
    office = api.caller(SECRETARY, CLUB, "secretariat")
    lines = {(line["actor"], line["role"]): line for line in office.get("roles").get_json()}
    leaders = lines[str(LEADER), "leader"]
    assert (leaders["state"], leaders["name"]) == ("held", "Lone Frivillig")
    assert "name" not in officer.get("roles").get_json()[0]
    own = lines[str(SECRETARY), "secretariat"]["assignment_id"]
    is_refused(office.post(f"roles/{SECRETARY}/{own}/confirmation"), 409, "own_role")
    is_refused(officer.post(f"roles/{LEADER}/{leaders['assignment_id']}/confirmation"), 404, "not_found")

    clock.set(before + (date.fromisoformat(leaders["lapses_after"]) - before.date()) - timedelta(days=20))
    assert {line["state"] for line in office.get("roles").get_json() if line["actor"] == str(LEADER)} == {"lapses_soon"}
    confirmed = office.post(f"roles/{LEADER}/{leaders['assignment_id']}/confirmation")
    assert confirmed.status_code == 200
    clock.set(clock.now() + timedelta(days=25))
    is_refused(office.get("roles"), 403, "role_not_held")
    assert api.caller(LEADER, CLUB, "leader").get(f"courses/{api.club.ids['course']}").status_code == 200
    reviews.let_roles_lapse(api.club.desk())
    reviews.let_roles_lapse(api.club.desk())
    after = api.caller(SECOND_OFFICER, CLUB, "officer").get("roles").get_json()
    states = {(line["actor"], line["role"]): line["state"] for line in after}
    assert states[str(SECRETARY), "secretariat"] == "lapsed"
    assert states[str(LEADER), "leader"] == "held"
    clock.set(before)
