"""Every right over HTTP: asked by a mother, decided by an officer, corrected by a leader, collected by the mother."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from adapters.texts.waiting import WAITS_FOR
from gdpr.rights import Step
from tests.api_at_work import ApiAtWork, Caller, an_api_at_work
from tests.club_at_work import CLUB, FATHER, LEADER, MOTHER, OFFICER, TOWN, TROUBLE, VOLUNTEER


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ApiAtWork]:
    """One house for all: each test makes requests of its own, and undoes what others would notice."""
    made = an_api_at_work(Path(tmp_path_factory.mktemp("rights")))
    yield made
    made.club.house.close()


@pytest.fixture
def mother(api: ApiAtWork) -> Caller:
    return api.caller(MOTHER, CLUB, "family")


@pytest.fixture
def officer(api: ApiAtWork) -> Caller:
    return api.caller(OFFICER, CLUB, "officer")


def asked(api: ApiAtWork, right: str, realm: str = CLUB, **more: Any) -> str:
    """A request of the mother's about herself, with the identity checked."""
    body = {"right": right, "subject": str(api.club.ids["mother"])} | more
    answer = api.caller(MOTHER, realm, "family").post("requests", body)
    assert answer.status_code == 201, answer.get_json()
    request_id = str(answer.get_json()["request_id"])
    checked = api.caller(OFFICER, realm, "officer").post(f"requests/{request_id}/identity", {"how": "Mødt op"})
    assert checked.status_code == 200
    return request_id


def code(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.get_json()["code"]


def test_an_answer_is_decided_unseen_and_collected_as_a_file_and_as_a_letter(
    api: ApiAtWork, mother: Caller, officer: Caller
) -> None:
    request = asked(api, "access")
    assert mother.get(f"requests/{request}").get_json()["next"]["danish"] == WAITS_FOR[Step.DECIDE].danish
    assert code(mother.get(f"requests/{request}/answer")) == (409, "not_answered_yet")
    decided = {"names_of_staff": "withheld_not_needed"}
    unsaid = {**decided, "withheld": [{"compartment": "note", "ground": "GDPR Art. 15(4)"}]}
    assert code(officer.post(f"requests/{request}/answer", unsaid)) == (422, "text_missing")
    assert code(officer.post(f"requests/{request}/answer", {**decided, "withheld": [{"compartment": "case_file",
        "ground": "GDPR Art. 15(4)"}], "reasons": "x"})) == (404, "unknown_compartment")  # fmt: skip
    assert officer.post(f"requests/{request}/answer", decided).status_code == 200
    assert code(officer.post(f"requests/{request}/answer", {"names_of_staff": "given_needed_for_rights"})) == (
        409, "answered_otherwise",
    )  # fmt: skip

    file, page = mother.get(f"requests/{request}/answer"), mother.get(f"requests/{request}/answer.pdf?language=ar")
    assert (file.content_type, page.content_type) == ("application/json", "application/pdf")
    assert TROUBLE in file.get_data(as_text=True)
    shown = officer.get(f"requests/{request}").get_json()
    assert [each["sha256"] for each in shown["collected"]] == [sha256(each.data).hexdigest() for each in (file, page)]
    assert TROUBLE not in officer.get("requests").get_data(as_text=True)
    ours = officer.get(f"requests/{request}/answer-check?sha256={sha256(page.data).hexdigest()}")
    assert ours.get_json()["form"] == "pdf"
    assert code(mother.get(f"requests/{request}/answer-check?sha256={'00' * 32}")) == (404, "not_our_answer")
    for other in (api.caller(FATHER, CLUB, "family"), api.caller(MOTHER, TOWN, "family")):
        assert code(other.get(f"requests/{request}/answer")) == (404, "unknown_request")
    assert officer.get(f"requests/{request}/letter.pdf?kind=answer").data.startswith(b"%PDF")


def test_an_extension_without_a_reason_too_late_or_of_a_stale_version_is_refused_in_words(
    api: ApiAtWork, officer: Caller
) -> None:
    request = asked(api, "access")
    path, because = f"requests/{request}/extension", {"because": "complexity"}
    assert officer.post(path, because).get_json()["errors"][0]["field"] == "/reasons"
    assert code(officer.post(path, {**because, "reasons": " "})) == (422, "extension_without_reason")
    said = {**because, "reasons": "Mange samtaler"}
    assert code(officer.post(path, {**said, "told_on": "2026-08-31"})) == (422, "date_before_request")
    assert code(officer.post(path, {**said, "told_on": "2026-09-02"})) == (422, "date_in_future")
    assert code(officer.post(path, said, If_Match='"1"')) == (412, "stale_version")
    assert code(officer.get(f"requests/{request}/letter.pdf?kind=extension")) == (404, "unknown_letter")
    assert officer.post(path, said).get_json()["due_on"] == "2026-12-01"
    letter = officer.get(f"requests/{request}/letter.pdf?kind=extension&language=en")
    assert letter.data.startswith(b"%PDF")


def test_a_correction_goes_from_the_mother_by_the_officer_to_the_leader_and_back(
    api: ApiAtWork, mother: Caller, officer: Caller
) -> None:
    leader, ids = api.caller(LEADER, CLUB, "leader"), api.club.ids
    wrong = mother.post("requests", {"right": "rectification", "subject": str(ids["mother"])})
    assert code(wrong) == (409, "nothing_to_correct")
    wish = {"compartment": "roster", "field": "given_name", "words": "Mette Marie"}
    request = asked(api, "rectification", corrections=[wish])
    accepted = officer.post(f"requests/{request}/corrections/1/decision", {"refused": None})
    assert accepted.status_code == 200
    (task,) = leader.get("corrections").get_json()
    assert (task["wished"], task["request_id"]) == ("Mette Marie", request)
    done = f"corrections/{request}/1/confirmation"
    assert code(leader.post(done)) == (409, "not_corrected_yet")
    names = f"courses/{ids['course']}/families/{ids['family']}/names/{ids['mother']}"
    assert leader.put(names, {"given_name": "Mette Marie", "family_name": "Madsen"}).status_code == 200
    assert leader.post(done).status_code == 200
    for each in officer.get(f"requests/{request}").get_json()["recipients"]:
        told = {"kind": each["kind"], "recipient": each["recipient"]}
        assert officer.post(f"requests/{request}/recipients", told).status_code == 200
    assert officer.post(f"requests/{request}/completion").status_code == 200
    shown = mother.get(f"requests/{request}").get_json()
    assert (shown["corrections"][0]["state"], shown["waits_for"]) == ("made", "nothing")


def test_reading_is_restricted_and_opened_again_only_after_the_mother_was_told(api: ApiAtWork, officer: Caller) -> None:
    request = asked(api, "restriction")
    course = f"courses/{api.club.ids['course']}"
    place = {"because": "GDPR Art. 18(1)(c)", "compartments": ["roster"]}
    assert officer.post(f"requests/{request}/restriction", place).status_code == 200
    evening = api.caller(VOLUNTEER, CLUB, "volunteer")
    assert "Mette" not in evening.get(f"{course}/evening").get_data(as_text=True)
    lift = f"requests/{request}/restriction/lift"
    assert officer.post(lift, {}).get_json()["errors"][0]["field"] == "/told_on"
    assert code(officer.post(lift, {"told_on": "2026-09-02"})) == (422, "date_in_future")
    assert officer.post(lift, {"told_on": "2026-09-01"}).status_code == 200
    assert "Mette" in evening.get(f"{course}/evening").get_data(as_text=True)
    assert code(officer.post(lift, {"told_on": "2026-09-01"})) == (409, "nothing_restricted")


def test_an_objection_is_heard_at_the_municipality_and_not_at_the_club_where_consent_is_the_ground(
    api: ApiAtWork, mother: Caller
) -> None:
    body = {"right": "objection", "subject": str(api.club.ids["mother"])}
    assert code(mother.post("requests", body)) == (409, "nothing_objected_to")
    assert code(mother.post("requests", {**body, "against": ["note"]})) == (409, "not_open_to_objection")
    request = asked(api, "objection", TOWN, against=["case_file"])
    officer = api.caller(OFFICER, TOWN, "officer")
    assert officer.get(f"requests/{request}").get_json()["restricted"] == ["case_file"]
    assert code(officer.post(f"requests/{request}/objection", {"compelling": "legal_claims"})) == (422, "text_missing")
    upheld = officer.post(f"requests/{request}/objection", {"compelling": None})
    assert upheld.status_code == 200
    shown = officer.get(f"requests/{request}").get_json()
    assert (shown["waits_for"], shown["restricted"]) == ("nothing", ["case_file"])


def test_every_step_has_words_for_the_person() -> None:
    assert set(WAITS_FOR) == set(Step)
    assert all(words.danish != words.english for words in WAITS_FOR.values())
