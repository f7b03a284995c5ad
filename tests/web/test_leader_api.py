"""What a leader is shown and can send over HTTP, and that no answer loses or adds a field on its way out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from adapters.leader.consents import WordingToRead
from adapters.leader.course import LeadersCourse
from adapters.leader.evenings import LeadersAttendance, LeadersSheet
from adapters.leader.families import OwnFamily
from adapters.leader.notes import LeadersNote, LeadersPart
from adapters.leader.recalls import Recall
from adapters.wordings import VERSION, wording_id
from application.courses import JoinTeam, LeaveCourse, PlanCourse
from application.desk import Asker
from application.organisations import AssignRole, EstablishClub
from application.reading import consents, families, recalls, volunteer
from application.reading import leader as reading
from domain.lists import Purpose, Season
from domain.people import Role
from tests.api_at_work import ApiAtWork, Caller, an_api_at_work
from tests.club_at_work import (
    CLUB,
    COORDINATOR,
    LEADER,
    MILK,
    OFFICER,
    PRESENTATION,
    SECRETARY,
    STRANGER,
    TOWN,
    TROUBLE,
    VOLUNTEER,
)
from tests.left_behind import left_behind


@pytest.fixture
def api(tmp_path: Path) -> Iterator[ApiAtWork]:
    made = an_api_at_work(tmp_path)
    yield made
    made.club.house.close()


@pytest.fixture
def leader(api: ApiAtWork) -> Caller:
    return api.caller(LEADER, CLUB, "leader")


def _course(api: ApiAtWork, more: str = "") -> str:
    return f"courses/{api.club.ids['course']}{more}"


def _family(api: ApiAtWork, more: str = "") -> str:
    return _course(api, f"/families/{api.club.ids['family']}{more}")


def _answer(api: ApiAtWork, part: str, **other: object) -> dict[str, object]:
    ids = api.club.ids
    asked = {
        "person_id": str(ids["mother"]), "purpose": "share_with_volunteers", "answer": "yes", "way": "sms",
        "wording_version": VERSION, "language": "da", "part_id": part, "edition": 1,
    } | other  # fmt: skip
    return {"wording_id": str(wording_id(Purpose(str(asked["purpose"])))), **asked}


def _telephones(family: Any) -> dict[str, str]:
    return {adult["given_name"]: adult["telephone"] for adult in family["adults"]}


def test_what_the_readings_answer_leaves_whole_but_for_what_a_leader_has_no_use_for(api: ApiAtWork) -> None:
    ids, desk = api.club.ids, api.club.desk()
    asker = Asker(LEADER, Role.LEADER, uuid4())
    page = reading.course(asker, ids["course"], desk)
    assert left_behind(page, LeadersCourse()) == {"course.club_id", "course.municipality"}
    one = families.family(asker, ids["course"], ids["family"], desk)
    assert left_behind(one, OwnFamily()) == {"course.club_id", "course.municipality"}
    assert left_behind(reading.note(asker, ids["course"], ids["family"], desk), LeadersNote()) == set()
    assert left_behind(reading.part(asker, ids["trouble"], desk), LeadersPart()) == set()
    assert left_behind(consents.wordings(asker, desk), WordingToRead(many=True)) == set()
    assert left_behind(reading.attendance(asker, ids["course"], 1, desk), LeadersAttendance()) == set()
    sheet = volunteer.evening(asker, ids["course"], desk, printed=True)
    assert left_behind(sheet, LeadersSheet()) == {"course.club_id", "course.municipality", "families.parts"}
    assert left_behind(recalls.recall(asker, ids["consent to practical"], desk), Recall()) == set()


def test_the_course_is_on_one_page_with_names_telephone_and_ages(api: ApiAtWork, leader: Caller) -> None:
    page = leader.get(_course(api)).get_json()
    (family,) = page["families"]
    assert _telephones(family) == {"Mette": "+4520304050", "Frode": "+4520304051"}
    assert sorted(child["age"] for child in family["children"]) == [1, 3]
    assert family["needs_translation"] is False
    assert {member["given_name"] for member in page["team"]} == {"Lone", "Carsten", "Vibeke"}


def test_a_part_is_written_read_back_shared_corrected_and_closed_again(api: ApiAtWork, leader: Caller) -> None:
    told = {
        "kind": "wishes", "themes": ["sleep"],
        "statements": [{"told_by": str(api.club.ids["mother"]), "words": "Vi vil gerne sove om natten"}],
    }  # fmt: skip
    written = leader.post(_family(api, "/note-parts"), told)
    assert written.status_code == 201
    part, version = written.get_json()["part_id"], written.headers["ETag"]
    assert leader.post(_family(api, "/answers"), _answer(api, part)).get_json()["code"] == "part_not_read_back"
    assert leader.post(_family(api, f"/note-parts/{part}/read-back")).status_code == 200
    assert leader.post(_family(api, "/answers"), _answer(api, part)).status_code == 201

    shown = leader.get(f"note-parts/{part}").get_json()
    assert shown["themes"] == ["sleep"]
    assert (shown["shared_edition"], shown["statements"][0]["shared"]) == (1, True)

    late = leader.put(_family(api, f"/note-parts/{part}"), told, If_Match=version)
    assert (late.status_code, late.get_json()["code"]) == (412, "stale_version")
    corrected = leader.put(_family(api, f"/note-parts/{part}"), told)
    assert corrected.get_json()["edition"] == 2
    assert leader.get(f"note-parts/{part}").get_json()["statements"][0]["shared"] is False


def test_one_family_is_looked_at_by_itself_and_the_log_says_whom(api: ApiAtWork, leader: Caller) -> None:
    page = leader.get(_family(api)).get_json()
    assert (page["course"]["club"], _telephones(page["family"])["Mette"]) == ("Klub Nykøbing", "+4520304050")
    refused = leader.get(_course(api, f"/families/{uuid4()}"))
    assert (refused.status_code, refused.get_json()["code"]) == (403, "not_for_this_reader")
    left = api.club.leader_does(LeaveCourse(course_id=api.club.ids["course"], family_id=api.club.ids["family"]))
    assert left and leader.get(_family(api)).status_code == 403


def test_the_notice_is_read_aloud_in_the_familys_language_and_names_who_keeps_the_data(leader: Caller) -> None:
    found = {notice["language"]: notice for notice in leader.get("notices").get_json()}
    assert found.keys() == {"da", "en", "ar"}
    assert "slettet 14 dage efter forløbet" in found["da"]["words"]
    assert "Red Barnet" in found["en"]["words"] and "Datatilsynet" in found["ar"]["words"]
    assert found["ar"]["direction"] == "rtl"


def test_words_are_looked_at_before_they_are_kept_and_nothing_is_kept_or_refused(
    api: ApiAtWork, leader: Caller
) -> None:
    ids = api.club.ids
    told = {
        "statements": [
            {"told_by": str(ids["mother"]), "words": "Vi synger med Asta og Mosegaards bamse"},
            {"told_by": str(ids["mother"]), "words": "Sover dårligt", "about": str(ids["father"])},
            {"told_by": str(ids["mother"]), "words": "Politiet kom, og Karen blev syg"},
        ]
    }
    before = leader.get(_family(api, "/note")).get_json()
    said = leader.post(_family(api, "/cautions"), told).get_json()
    assert said == {"statements": [[], ["third_person"], ["third_person", "illness", "crime"]]}
    assert leader.get(_family(api, "/note")).get_json() == before


def test_a_refused_input_names_the_field_and_quotes_nothing(api: ApiAtWork, leader: Caller) -> None:
    told = {
        "kind": "wishes",
        "statements": [{"told_by": str(api.club.ids["mother"]), "words": "hans nummer er 010190-1234"}],
    }
    refused = leader.post(_family(api, "/note-parts"), told)
    assert refused.status_code == 422
    assert refused.get_json()["errors"][0]["field"] == "/statements/0/words"
    assert "1234" not in refused.get_data(as_text=True)
    unknown = leader.put(_course(api, "/state"), {"state": "running", "because": "x"})
    assert unknown.get_json()["errors"][0]["field"] == "/because"


def test_a_leader_takes_no_answer_of_a_family_that_has_no_place_in_the_own_course(api: ApiAtWork) -> None:
    club = api.club
    another, today = uuid4(), date(2026, 8, 10)
    for command in (
        AssignRole(actor=another, role=Role.LEADER, since=today),
        EstablishClub(name="Klub Lolland", municipality=TOWN, since=today),
    ):
        made = club.does(SECRETARY, Role.SECRETARIAT, command)
    days = {"starts_on": date(2026, 9, 1), "ends_on": date(2026, 12, 1), "starts_at": time(17)}
    plan = PlanCourse(club_id=UUID(made["club_id"]), season=Season.AUTUMN, **days)
    course = UUID(club.does(SECRETARY, Role.SECRETARIAT, plan)["course_id"])
    club.does(SECRETARY, Role.SECRETARIAT, JoinTeam(course_id=course, actor=another, role=Role.LEADER, since=today))
    asked = _answer(api, "", purpose="contact_after_course", part_id=None, edition=None)
    refused = api.caller(another, CLUB, "leader").post(f"courses/{course}/families/{club.ids['family']}/answers", asked)
    assert (refused.status_code, refused.get_json()["code"]) == (404, "unknown_family")
    assert api.caller(LEADER, CLUB, "leader").post(_family(api, "/answers"), asked).status_code == 201


def test_what_was_read_and_printed_before_a_withdrawal_is_listed_for_the_leader(api: ApiAtWork, leader: Caller) -> None:
    volunteer = api.caller(VOLUNTEER, CLUB, "volunteer")
    sheet = volunteer.post(_course(api, "/sheets")).get_json()
    consent = api.club.ids["consent to practical"]
    assert leader.post(f"consents/{consent}/withdrawal", {"way": "sms"}).status_code == 200
    found = leader.get(f"consents/{consent}/recall").get_json()
    assert [reader["given_name"] for reader in found["readers"]] == ["Vibeke"]
    assert [(s["sheet_id"], s["printed_at"]) for s in found["sheets"]] == [(sheet["sheet_id"], sheet["printed_at"])]


def test_readers_are_told_and_sheets_dealt_with_until_the_officers_list_is_empty(
    api: ApiAtWork, leader: Caller
) -> None:
    volunteer, officer = api.caller(VOLUNTEER, CLUB, "volunteer"), api.caller(OFFICER, CLUB, "officer")
    sheet = volunteer.post(_course(api, "/sheets")).get_json()["sheet_id"]
    consent = str(api.club.ids["consent to practical"])
    leader.post(f"consents/{consent}/withdrawal", {"way": "sms"})
    (line,) = leader.get(_course(api, "/recalls")).get_json()
    assert (line["consent_id"], line["sheets"][0]["outcome"]) == (consent, None)
    (still,) = officer.get("recalls").get_json()
    assert (still["readers"], still["sheets"]) == ([str(VOLUNTEER)], [sheet])

    told = leader.post(f"consents/{consent}/recall/readers/{LEADER}")
    assert (told.status_code, told.get_json(force=True)["code"]) == (404, "not_in_recall")
    assert leader.post(f"consents/{consent}/recall/sheets/{sheet}", {"outcome": "told"}).status_code == 422
    assert leader.post(f"consents/{consent}/recall/readers/{VOLUNTEER}").status_code == 200
    assert leader.post(f"consents/{consent}/recall/sheets/{sheet}", {"outcome": "destroyed"}).status_code == 200
    assert officer.get("recalls").get_json() == []
    assert volunteer.get(_course(api, "/recalls")).status_code in (403, 404)


def test_who_may_say_yes_for_a_child_is_told_and_an_answer_for_another_is_refused_in_words(
    api: ApiAtWork, leader: Caller
) -> None:
    ids = api.club.ids
    told = {"arrangement": "joint", "told_by": str(ids["mother"]), "holders": [str(ids["mother"]), str(ids["father"])]}
    assert leader.put(_family(api, f"/custody/{ids['girl']}"), told).status_code == 200
    (family,) = leader.get(_course(api)).get_json()["families"]
    girl = next(child for child in family["children"] if child["person_id"] == str(ids["girl"]))
    assert {each["may_consent_for"] for each in girl["who_may_consent"]} == {"yes"}
    single = leader.put(_family(api, f"/custody/{ids['girl']}"), {**told, "arrangement": "single"})
    assert (single.status_code, single.get_json(force=True)["code"]) == (422, "custody_implausible")

    part = str(ids["presentation"])
    for other, status, code in (
        ({"on_behalf_of": [str(ids["boy"])], "person_id": str(ids["father"])}, 409, "not_a_holder"),
        ({"on_behalf_of": [str(uuid4())]}, 404, "unknown_child"),
        ({"language": "ar"}, 409, "wording_language_missing"),
        ({"wording_id": str(wording_id(Purpose.SMS_REMINDERS))}, 409, "wording_not_in_force"),
        ({"until": "2027-12-01"}, 422, "consent_ends_too_late"),
    ):
        refused = leader.post(_family(api, "/answers"), _answer(api, part, **other))
        answer = refused.get_json(force=True)
        assert (refused.status_code, answer["code"]) == (status, code)
        assert answer["detail"], "in words"
    waiting = leader.post(_family(api, "/answers"), _answer(api, part)).get_json()
    assert (waiting["withheld_statements"], waiting["awaits"], waiting["custody_missing"]) == (0, [], [])


def test_a_leaders_sheet_has_names_ages_and_a_number_and_none_of_the_notes(api: ApiAtWork, leader: Caller) -> None:
    command_id = str(uuid4())
    answer = leader.post(_course(api, "/sheets"), Idempotency_Key=command_id)
    sheet = answer.get_json()
    adults = sheet["families"][0]["adults"]
    assert (sheet["sheet_id"], {adult["given_name"] for adult in adults}) == (command_id, {"Mette", "Frode"})
    assert all(adult.keys() == {"given_name"} for adult in adults)
    assert not any(words in answer.get_data(as_text=True) for words in (TROUBLE, MILK, PRESENTATION))


def test_an_evening_is_planned_cancelled_by_a_family_and_counted(api: ApiAtWork, leader: Caller) -> None:
    family = str(api.club.ids["family"])
    planned = {"on": "2026-09-15", "starts_at": "17:00", "kind": "outing"}
    assert leader.put(_course(api, "/evenings/3"), planned).status_code == 200
    told = leader.post(_course(api, "/evenings/2/cancellations"), {"family_id": family, "way": "sms"})
    assert told.get_json() == {"expected_families": 0, "few_families_warning": 1}
    line = {"family_id": family, "status": "present", "adults": 1, "children": 2}
    assert leader.put(_course(api, "/evenings/1/attendance"), {"lines": [line]}).status_code == 200
    (shown,) = leader.get(_course(api, "/evenings/1/attendance")).get_json()["lines"]
    assert shown == {**line, "siblings": 0, "way": None}
    turnout = leader.get(_course(api)).get_json()["turnout"]
    assert [(e["counted"], e["children"], e["cancelled"]) for e in turnout] == [
        (True, 2, 0),
        (False, None, 1),
        (False, None, 0),
    ]
    assert leader.delete(_course(api, "/evenings/3")).status_code == 200


def test_team_places_and_confidentiality(api: ApiAtWork, leader: Caller) -> None:
    ids = api.club.ids
    kept = leader.put(_course(api, f"/kept-apart/{VOLUNTEER}/{ids['family']}"), {"kept": True})
    stated = leader.post(_course(api, f"/acquaintances/{ids['family']}"))
    accepted = leader.post(_course(api, "/confidentiality"))
    introduced = leader.post(_course(api, "/confidential-room"))
    late = leader.post(_course(api, "/late-entry"), {"agreed": False})
    left = leader.post(_course(api, f"/team/{VOLUNTEER}/leaving"), {"role": "volunteer", "last_day": "2026-09-02"})
    rung = leader.put(_family(api, f"/telephones/{ids['mother']}"), {"telephone": "30405060"})
    running = leader.put(_course(api, "/state"), {"state": "running"})
    answers = (kept, stated, accepted, introduced, late, left, rung, running)
    assert [answer.status_code for answer in answers] == [200] * len(answers)
    page = leader.get(_course(api)).get_json()
    assert {(k["actor"], k["acquainted"], k["kept"]) for k in page["kept_apart"]} == {
        (str(VOLUNTEER), False, True), (str(LEADER), True, False),
    }  # fmt: skip
    assert _telephones(page["families"][0])["Mette"] == "+4530405060"
    assert leader.delete(_course(api, f"/places/{ids['family']}")).status_code == 200
    assert leader.get(_course(api)).get_json()["families"] == []


def test_another_role_that_asks_for_a_part_is_refused_by_the_policy_and_stands_in_the_log(api: ApiAtWork) -> None:
    part: UUID = api.club.ids["trouble"]
    refused = api.caller(COORDINATOR, CLUB, "leader").get(f"note-parts/{part}")
    assert (refused.status_code, refused.get_json()["code"]) == (403, "not_for_this_reader")
    entries = [e for e in api.club.desk().log.find(record=part) if not e.allowed]
    assert {(e.actor, e.role) for e in entries} == {(COORDINATOR, "coordinator")}
    assert api.caller(STRANGER, CLUB, "leader").get(f"note-parts/{part}").get_json()["code"] == "role_not_held"
