"""A coordinator at the API: brings a family to a course in the municipality's realm, and sees numbers in Red Barnet's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from tests.api_at_work import ApiAtWork, Caller, an_api_at_work
from tests.club_at_work import CLUB, COORDINATOR, FIRST_EVENING, LEADER, MIDWIFE, REFERRER, TOWN


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ApiAtWork]:
    api = an_api_at_work(tmp_path_factory.mktemp("house"))
    yield api
    api.club.house.close()


@pytest.fixture
def town(api: ApiAtWork) -> Caller:
    return api.caller(COORDINATOR, TOWN, "coordinator")


@pytest.fixture
def club(api: ApiAtWork) -> Caller:
    return api.caller(COORDINATOR, CLUB, "coordinator")


@pytest.fixture
def referral(api: ApiAtWork) -> str:
    """A family referred today."""
    referrer = api.caller(REFERRER, TOWN, "referrer")
    family = referrer.post(
        "families",
        {
            "offer": {"told_on": "2026-08-30", "said_yes": True, "answered_on": "2026-08-31"},
            "adults": [{"given_name": "Sanne", "family_name": "Skrumbel", "caregiver": "mother", "household": "a"}],
            "children": [{"given_name": "Ea", "birth_month": "2024-03", "households": ["a"]}],
        },
    ).get_json()
    made = referrer.post(
        "referrals",
        {
            "family_id": family["family_id"], "channel": "health_visiting", "profession": "health_visitor",
            "criteria": [{"code": "lacking_network"}], "able_to_take_part": True,
            "judgements": [{"child_id": family["children"][0], "judgement": "at_risk"}],
        },
    )  # fmt: skip
    return str(made.get_json()["referral_id"])


def a_course(api: ApiAtWork, club: Caller, **said: Any) -> str:
    course = club.get(f"club-courses/{api.club.ids['course']}").get_json()["course"]
    planned = {
        "club_id": course["club_id"], "starts_on": "2026-10-01", "ends_on": "2026-12-17", "starts_at": "16:30",
        "season": "autumn", **said,
    }  # fmt: skip
    answer = club.post("club-courses", planned)
    assert answer.status_code == 201, answer.text
    api.club.house.deliver()
    return str(answer.get_json()["course_id"])


def stage_of(town: Caller, referral: str) -> str:
    return str(town.get(f"referrals/{referral}").get_json()["stage"])


def test_a_referral_is_accepted_placed_and_handed_over(
    api: ApiAtWork, town: Caller, club: Caller, referral: str
) -> None:
    course = a_course(api, club)
    assert town.post(f"referrals/{referral}/acceptance").status_code == 200
    placed = town.post(f"referrals/{referral}/place", {"course_id": course})
    version = placed.get_json()["version"]
    handed = town.post(f"referrals/{referral}/handover", If_Match=f'"{version}"').get_json()
    assert (handed["lead_days"], handed["lead_time_warning"]) == (30, 0)
    assert stage_of(town, referral) == "handed_over"
    api.club.house.deliver()
    assert club.get(f"club-courses/{course}").get_json()["size"]["families"] == 1


def test_a_referral_waits_is_declined_or_withdrawn(town: Caller, referral: str) -> None:
    for step, stage in (("waiting", "waiting"), ("decline", "declined")):
        assert town.post(f"referrals/{referral}/{step}").status_code == 200
        assert stage_of(town, referral) == stage
    refused = town.post(f"referrals/{referral}/acceptance")
    assert refused.status_code == 409
    assert refused.get_json(force=True)["detail"] == "Det kan ikke gøres nu, for henvisningen er afvist."
    assert town.post(f"referrals/{referral}/withdrawal").status_code == 200
    assert stage_of(town, referral) == "withdrawn"


def test_a_course_that_has_started_takes_nobody_in_until_both_agree(
    api: ApiAtWork, town: Caller, club: Caller, referral: str
) -> None:
    course = str(api.club.ids["course"])
    town.post(f"referrals/{referral}/acceptance")
    refused = town.post(f"referrals/{referral}/place", {"course_id": course})
    assert (refused.status_code, refused.get_json(force=True)["code"]) == (409, "course_has_started")
    assert club.post(f"club-courses/{course}/late-entry", {"agreed": True}).status_code == 200
    api.club.house.deliver()
    assert town.post(f"referrals/{referral}/place", {"course_id": course}).status_code == 409


def test_the_coordinator_is_shown_no_address_and_after_the_hand_over_no_telephone(api: ApiAtWork, town: Caller) -> None:
    answer = town.get(f"referrals/{api.club.ids['referral']}")
    adults = answer.get_json()["family"]["adults"]
    assert [adult["given_name"] for adult in adults] == ["Mette", "Frode"]
    assert all("address" not in adult and adult["telephone"] is None for adult in adults)
    assert "Vejen" not in answer.text
    assert "20304050" not in answer.text


def test_a_family_is_found_by_name_or_telephone_and_the_search_is_written_down(api: ApiAtWork, town: Caller) -> None:
    log = api.club.house.realms[TOWN].log
    for query in ({"name": "Mette Mosegaard"}, {"name": "mosegaard"}, {"telephone": "20304050"}):
        before = len(log.find(actor=COORDINATOR, action="search"))
        answer = town.post("families/search", query)
        assert [found["family_id"] for found in answer.get_json()] == [str(api.club.ids["family"])], query
        assert len(log.find(actor=COORDINATOR, action="search")) == before + 1
    assert town.post("families/search", {"name": "Ukendtsen"}).get_json() == []
    assert town.post("families/search", {"name": "Mette", "telephone": "20304050"}).status_code == 422


def test_nobody_else_searches(api: ApiAtWork) -> None:
    answer = api.caller(REFERRER, TOWN, "coordinator").post("families/search", {"name": "Mosegaard"})
    assert (answer.status_code, answer.get_json(force=True)["code"]) == (403, "not_for_this_reader")
    assert api.club.house.realms[TOWN].log.find(actor=REFERRER, action="refused")


def test_the_overview_counts(town: Caller) -> None:
    overview = town.get("overview").get_json()
    assert overview["referrals"] == sum(overview["by_stage"].values()) == sum(overview["by_channel"].values())
    assert overview["courses"] == town.get("courses").get_json()


def test_at_the_club_there_are_numbers_and_nobody(api: ApiAtWork, club: Caller) -> None:
    answer = club.get(f"club-courses/{api.club.ids['course']}")
    shown = answer.get_json()
    assert (shown["size"]["families"], shown["size"]["adults"], shown["ages"]) == (1, 2, [1, 3])
    assert shown["programme"][0]["on"] == FIRST_EVENING.date().isoformat()
    for name in ("Mette", "Mosegaard", "Asta", str(api.club.ids["family"]), str(api.club.ids["mother"])):
        assert name not in answer.text + club.get("club-courses").text


def test_a_programme_is_planned_changed_and_cancelled(api: ApiAtWork, club: Caller) -> None:
    course = a_course(api, club)
    evening = {"on": "2026-10-01", "starts_at": "16:30", "kind": "talk_with_professional", "theme": "teeth"}
    assert club.put(f"club-courses/{course}/evenings/1", evening).status_code == 200
    assert club.put(f"club-courses/{course}/evenings/1", {**evening, "theme": None, "minutes": 90}).status_code == 200
    assert club.delete(f"club-courses/{course}/evenings/1").status_code == 200
    (shown,) = club.get(f"club-courses/{course}").get_json()["programme"]
    assert (shown["minutes"], shown["theme"], shown["cancelled"]) == (90, None, True)
    assert club.put(f"club-courses/{course}/evenings/13", evening).status_code == 404
    assert club.put(f"club-courses/{course}/evenings/1", {**evening, "starts_at": "25:00"}).status_code == 422


def test_a_professional_is_booked_and_the_booking_cancelled(api: ApiAtWork, club: Caller) -> None:
    path = f"club-courses/{api.club.ids['course']}/bookings"
    said = {"actor": str(MIDWIFE), "profession": "midwife", "evening": 2, "theme": "sleep"}
    made = club.post(path, said)
    assert made.status_code == 201
    assert club.delete(f"{path}/{made.get_json()['booking_id']}").status_code == 200
    booked = [club.delete(f"{path}/{booking}").status_code for booking in (made.get_json()["booking_id"], uuid4())]
    assert booked == [200, 200], "a booking that is not there is cancelled already"


def test_a_course_passes_to_another_state_and_never_back_from_the_end(api: ApiAtWork, club: Caller) -> None:
    course = a_course(api, club)
    assert club.put(f"club-courses/{course}/state", {"state": "cancelled"}).status_code == 200
    refused = club.put(f"club-courses/{course}/state", {"state": "running"})
    assert refused.status_code == 409
    assert "aflyst" in refused.get_json(force=True)["detail"]


def test_another_municipalitys_course_is_as_good_as_none(api: ApiAtWork, club: Caller) -> None:
    assert club.get(f"club-courses/{uuid4()}").status_code == 403
    assert club.put(f"club-courses/{uuid4()}/state", {"state": "running"}).status_code == 404


def test_a_leader_gets_no_answer_from_the_coordinators_door(api: ApiAtWork) -> None:
    leader = api.caller(LEADER, CLUB, "coordinator")
    assert leader.get(f"club-courses/{api.club.ids['course']}").status_code == 403
    assert leader.post(f"club-courses/{api.club.ids['course']}/late-entry", {"agreed": True}).status_code == 403
