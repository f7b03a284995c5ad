"""What a member of a family is shown and can send over HTTP, in both realms; never the other adult's (RIG-17)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from adapters import wordings
from adapters.family.data import ConsentForOwnChild, EachRevealed, OwnConsent, OwnData, OwnProgramme
from adapters.family.kinds import OwnKind
from adapters.family.preview import SeenByVolunteers
from adapters.family.readers import OwnReading
from application.answers import kinds
from application.consents import RecordAnswer
from application.custody import TellCustody
from application.desk import Asker
from application.introductions import ReadBackPart, StatementTyped, WritePart
from application.reading import own as reading
from application.reading import own_log, preview
from domain.compartments import BY_NAME, held_in
from domain.consent import Answer
from domain.custody import Arrangement
from domain.lists import PartKind, Purpose, Way
from domain.people import Role
from gdpr.ports import ERASED, WITHHELD
from tests.api_at_work import ApiAtWork, Caller, an_api_at_work
from tests.club_at_work import (
    CLUB,
    FATHER,
    LEADER,
    MILK,
    MOTHER,
    OFFICER,
    PRESENTATION,
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
    assert left_behind(kinds.own_kinds(asker, desk), OwnKind(many=True)) == set()
    seen = preview.what_volunteers_see(asker, desk)
    assert left_behind(seen, SeenByVolunteers(many=True)) == {"course.club_id", "course.municipality", "family_id"}
    his = Asker(FATHER, Role.FAMILY, uuid4(), person_id=api.club.ids["father"])
    joint_custody(api)
    assert left_behind(reading.consents_for_own_children(his, desk), ConsentForOwnChild(many=True)) == set()
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


def joint_custody(api: ApiAtWork) -> None:
    ids = api.club.ids
    both = (ids["mother"], ids["father"])
    told = {"course_id": ids["course"], "family_id": ids["family"], "child_id": ids["boy"], "told_by": ids["mother"]}
    api.club.leader_does(TellCustody(**told, arrangement=Arrangement.JOINT, holders=both))


def his_words_are_shared(api: ApiAtWork) -> None:
    """The father tells something about the boy, and says yes to sharing it with the volunteers; so does the mother."""
    ids, course = api.club.ids, {"course_id": api.club.ids["course"], "family_id": api.club.ids["family"]}
    said = StatementTyped(told_by=ids["father"], words="Han sover dårligt", about=ids["boy"])
    written = api.club.leader_does(WritePart(**course, kind=PartKind.EVERYDAY_LIFE, themes=(), statements=(said,)))
    part = UUID(written["part_id"])
    api.club.leader_does(ReadBackPart(**course, part_id=part))
    for adult in ("father", "mother"):
        purpose = Purpose.SHARE_WITH_VOLUNTEERS
        api.club.leader_does(
            RecordAnswer(
                **course, person_id=ids[adult], purpose=purpose, answer=Answer.YES, way=Way.TELEPHONE, part_id=part,
                wording_id=wordings.wording_id(purpose), wording_version=wordings.VERSION, language="da", edition=1,
            )
        )  # fmt: skip


def test_she_is_told_of_each_kind_of_data_what_it_is_for_and_who_may_see_it(api: ApiAtWork, mother: Caller) -> None:
    here = {each["compartment"]: each for each in mother.get("own-data/kinds").get_json()}
    assert {"roster", "note", "shared_note", "consent_proof"} <= here.keys()
    assert here.keys() <= {each.name for each in held_in(api.club.desk().kind)}
    assert here["shared_note"]["may_see"] == [
        {"role": "leader", "as_group": False},
        {"role": "volunteer", "as_group": False},
    ]
    assert here["ages"]["fields"] == ["birth_month"]
    assert (here["note"]["days"], here["note"]["special"], here["note"]["source"]) == (14, True, "the_family")
    assert {one["role"] for one in here["ages"]["may_see"] if one["as_group"]} == {"professional", "coordinator"}
    there = {each["compartment"]: each for each in api.caller(MOTHER, TOWN, "family").get("own-data/kinds").get_json()}
    assert {one["role"] for one in there["case_file"]["may_see"]} == {"referrer", "coordinator"}
    assert there["case_file"]["may_be_objected_to"]
    assert not any(each["may_be_objected_to"] for each in here.values())
    assert all(BY_NAME[name].basis == each["basis"] for name, each in (here | there).items())


def test_the_preview_is_what_a_volunteer_reads_and_a_look_of_her_own(api: ApiAtWork, mother: Caller) -> None:
    evening = f"courses/{api.club.ids['course']}/evening"
    volunteer = api.caller(VOLUNTEER, CLUB, "volunteer")

    def same() -> list[list[str]]:
        (read,) = volunteer.get(evening).get_json()["families"]
        (seen,) = mother.get("seen-by-volunteers").get_json()
        assert (seen["children"], seen["parts"]) == (read["children"], read["parts"])
        assert [adult["given_name"] for adult in seen["adults"]] == ["Mette"]
        assert {"Mette", "Frode"} == {adult["given_name"] for adult in read["adults"]}
        return [part["words"] for part in seen["parts"]]

    assert sorted(same()) == sorted([[PRESENTATION], [MILK]])
    mother.post(f"consents/{api.club.ids['consent to presentation']}/withdrawal", {})
    assert same() == [[MILK]]
    last = [
        line for line in mother.get("readers?limit=1000").get_json()["lines"] if line["compartment"] == "shared_note"
    ][-1]
    assert (last["role"], last["own"], last["purpose"]) == ("family", True, "own_data")


def test_what_another_adult_told_of_the_child_is_there_without_its_words(api: ApiAtWork, mother: Caller) -> None:
    joint_custody(api)
    assert mother.get("seen-by-volunteers").get_json()[0]["others_told"] is False
    his_words_are_shared(api)
    volunteer = api.caller(VOLUNTEER, CLUB, "volunteer")
    assert "sover dårligt" in volunteer.get(f"courses/{api.club.ids['course']}/evening").get_data(as_text=True)
    seen = mother.get("seen-by-volunteers")
    assert seen.get_json()[0]["others_told"] is True
    assert "sover" not in seen.get_data(as_text=True)


def test_a_holder_of_custody_learns_of_the_others_yes_for_the_child_and_nobody_else_does(
    api: ApiAtWork, mother: Caller
) -> None:
    his = api.caller(FATHER, CLUB, "family")
    assert his.get("consents-of-another-adult").get_json() == [], "only the mother may answer for the boy"
    joint_custody(api)
    (hers,) = his.get("consents-of-another-adult").get_json()
    assert hers["children"] == [str(api.club.ids["boy"])], "the milk, and not what she told about herself"
    his_words_are_shared(api)
    (known,) = mother.get("consents-of-another-adult").get_json()
    assert known == {
        "children": [str(api.club.ids["boy"])], "course_id": str(api.club.ids["course"]), "until": "2026-12-01",
        "purpose": "share_with_volunteers", "recipient": "course_volunteers", "answered_on": "2026-09-01",
    }  # fmt: skip
    assert api.caller(MOTHER, TOWN, "family").get("consents-of-another-adult").get_json() == []


def test_each_answer_has_its_words_in_every_language_they_are_published_in(api: ApiAtWork, mother: Caller) -> None:
    assert {len(each["also_in"]) for each in mother.get("consents").get_json()} == {0}
    wordings.publish_missing(api.club.desk())
    for each in mother.get("consents").get_json():
        assert [one["language"] for one in each["also_in"]] == ["ar", "en"]
        assert each["also_in"][0]["words"] == wordings.words(Purpose(each["purpose"]), "ar")


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
