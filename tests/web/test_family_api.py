"""What a member of a family is shown and can send over HTTP, in both realms; never the other adult's (RIG-17)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from adapters.family.data import EachRevealed, OwnConsent, OwnData, OwnProgramme
from adapters.family.readers import OwnReading
from application.desk import Asker
from application.reading import own as reading
from application.reading import own_log
from domain.people import Role
from gdpr.ports import ERASED, WITHHELD
from tests.api_at_work import ApiAtWork, Caller, an_api_at_work
from tests.club_at_work import CLUB, FATHER, LEADER, MOTHER, OFFICER, PRESENTATION, STRANGER, TOWN, TROUBLE, VOLUNTEER
from tests.left_behind import left_behind


@pytest.fixture
def api(tmp_path: Path) -> Iterator[ApiAtWork]:
    made = an_api_at_work(tmp_path)
    yield made
    made.club.house.close()


@pytest.fixture
def mother(api: ApiAtWork) -> Caller:
    return api.caller(MOTHER, CLUB, "family")


def test_what_the_readings_answer_leaves_whole(api: ApiAtWork) -> None:
    asker = Asker(MOTHER, Role.FAMILY, uuid4(), person_id=api.club.ids["mother"])
    for realm in (CLUB, TOWN):
        desk = api.club.desk(realm)
        assert left_behind(reading.own_data(asker, desk), OwnData()) == set()
    desk = api.club.desk()
    assert left_behind(reading.own_consents(asker, desk), OwnConsent(many=True)) == set()
    assert left_behind(own_log.own_readers(asker, desk)["lines"], OwnReading(many=True)) == set()
    pages = reading.programme(asker, desk)
    assert left_behind(pages, OwnProgramme(many=True)) == {"club_id", "municipality"}


def test_in_a_list_an_erased_value_says_so_and_a_withheld_one_leaves_no_gap() -> None:
    assert EachRevealed().serialize("told", {"told": ["a", WITHHELD, ERASED]}) == ["a", {"erased": True}]


def test_a_mother_sees_what_each_realm_holds_about_herself_and_the_children(api: ApiAtWork, mother: Caller) -> None:
    here = mother.get("own-data").get_json()
    assert {member["given_name"] for member in here["members"]} == {"Mette", "Asta", "Bo"}
    words = [statement["words"] for part in here["note_parts"] for statement in part["statements"]]
    assert (words[0], TROUBLE in words) == (PRESENTATION, True)
    there = api.caller(MOTHER, TOWN, "family").get("own-data").get_json()
    assert there["referrals"][0]["criteria"] == ["Manglende netværk"]
    assert there["members"][0]["address"] == "Vejen 1"


def test_the_other_adult_sees_neither_her_nor_her_words(api: ApiAtWork) -> None:
    for realm in (CLUB, TOWN):
        held = api.caller(FATHER, realm, "family").get("own-data").get_data(as_text=True)
        assert "Frode" in held
        assert not any(words in held for words in ("Mette", "20304050", PRESENTATION, TROUBLE))


def test_she_takes_a_consent_back_and_he_cannot(api: ApiAtWork, mother: Caller) -> None:
    consent = str(api.club.ids["consent to presentation"])
    refused = api.caller(FATHER, CLUB, "family").post(f"consents/{consent}/withdrawal", {"way": "sms"})
    assert (refused.status_code, refused.get_json()["code"]) == (404, "unknown_consent")
    assert mother.post(f"consents/{consent}/withdrawal", {}).get_json() == {"consent_id": consent}
    own = {each["consent_id"]: each for each in mother.get("consents").get_json()}
    assert (own[consent]["withdrawn"], own[consent]["way"]) == (True, "telephone")
    assert own[consent]["words"].startswith("Må de frivillige på jeres hold læse den del")


def test_she_sees_by_role_who_has_read(api: ApiAtWork, mother: Caller) -> None:
    api.caller(VOLUNTEER, CLUB, "volunteer").get(f"courses/{api.club.ids['course']}/evening")
    page = mother.get("readers?limit=1000").get_json()
    lines = page["lines"]
    assert {"leader", "volunteer"} <= {line["role"] for line in lines}
    assert all(str(LEADER) not in line.values() and "actor" not in line for line in lines)
    assert all(line["danish"].endswith(".") and line["english"].endswith(".") for line in lines)
    assert "En frivillig læste fornavn for at holde klubaftenen." in {line["danish"] for line in lines}
    assert page["next_after"] is None
    assert sum(month["entries"] for month in page["months"]) == len(lines)
    assert mother.get("readers?limit=0").get_json()["errors"][0]["field"] == "limit"


def test_the_family_cancels_for_itself_and_learns_nothing_of_others(api: ApiAtWork, mother: Caller) -> None:
    (course,) = mother.get("programme").get_json()
    told = {"family_id": course["family_id"], "evening": 2, "way": "sms"}
    answer = mother.post(f"courses/{course['course_id']}/cancellations", told)
    assert (answer.status_code, answer.get_json()) == (200, {})
    another = mother.post(f"courses/{course['course_id']}/cancellations", {**told, "family_id": str(uuid4())})
    assert (another.status_code, another.get_json()["code"]) == (404, "unknown_family")
    assert mother.delete(f"courses/{course['course_id']}/places/{course['family_id']}").status_code == 200
    assert mother.get("programme").get_json() == []


def test_one_asks_about_oneself_and_ones_child_and_not_about_the_other_adult(api: ApiAtWork, mother: Caller) -> None:
    ids = api.club.ids
    made = mother.post("requests", {"right": "access", "subject": str(ids["mother"])})
    assert (made.status_code, made.get_json()["due_on"]) == (201, "2026-10-01")
    assert mother.post("requests", {"right": "access", "subject": str(ids["boy"])}).status_code == 201
    refused = mother.post("requests", {"right": "erasure", "subject": str(ids["father"])})
    assert (refused.status_code, refused.get_json()["code"]) == (409, "not_own_data")
    lines = mother.get("requests").get_json()
    assert {line["subject"] for line in lines} == {str(ids["mother"]), str(ids["boy"])}
    assert lines[0].keys() == {
        "request_id", "right", "subject", "received_on", "due_on", "extended_because", "extension_told_on",
        "identity_checked_on", "decided", "withheld", "names_of_staff", "against", "compelling", "refused",
        "answered_on", "collected_on", "completed_on", "waits_for", "overdue", "next",
    }  # fmt: skip
    his = api.caller(FATHER, CLUB, "family")
    assert his.get("requests").get_json() == []
    assert his.get(f"requests/{made.get_json()['request_id']}").status_code == 404


def test_the_receipt_of_an_erasure_is_the_persons_too(api: ApiAtWork) -> None:
    father, officer = api.caller(FATHER, CLUB, "family"), api.caller(OFFICER, CLUB, "officer")
    asked = father.post("requests", {"right": "erasure", "subject": str(api.club.ids["father"])}).get_json()[
        "request_id"
    ]
    officer.post(f"requests/{asked}/identity", {"how": "Mødt op"})
    carried = officer.post(f"requests/{asked}/carrying-out").get_json()
    assert father.get(f"requests/{asked}/receipt").get_json() == carried
    assert father.get(f"requests/{asked}").get_json()["completed_on"] == "2026-09-01"
    assert father.get("own-data").get_json()["members"] == []
    assert api.caller(MOTHER, CLUB, "family").get(f"requests/{asked}/receipt").status_code == 404


def test_nobody_else_is_let_in(api: ApiAtWork) -> None:
    assert api.caller(None, CLUB, "family").get("own-data").status_code == 401
    for actor in (STRANGER, LEADER):
        assert api.caller(actor, CLUB, "family").get("own-data").get_json()["code"] == "role_not_held"
