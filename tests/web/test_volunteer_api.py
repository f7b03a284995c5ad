"""What a volunteer is shown and can send over HTTP; what is not shared looks as if nothing were there (INT-10)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from adapters.volunteer import SharedPart, VolunteersFamily, VolunteersSheet
from application.courses import KeepFromNotes
from application.desk import Asker
from application.reading import volunteer as reading
from domain.people import Role
from tests.api_at_work import ApiAtWork, Caller, an_api_at_work
from tests.club_at_work import CLUB, LEADER, MILK, OFFICER, PRESENTATION, TROUBLE, VOLUNTEER
from tests.left_behind import left_behind


@pytest.fixture
def api(tmp_path: Path) -> Iterator[ApiAtWork]:
    made = an_api_at_work(tmp_path)
    yield made
    made.club.house.close()


@pytest.fixture
def volunteer(api: ApiAtWork) -> Caller:
    return api.caller(VOLUNTEER, CLUB, "volunteer")


def _course(api: ApiAtWork, more: str = "") -> str:
    return f"courses/{api.club.ids['course']}{more}"


def _family(api: ApiAtWork) -> str:
    return _course(api, f"/families/{api.club.ids['family']}")


def _decide(api: ApiAtWork, person: str, **decision: str) -> None:
    """An erasure of everything but the roster, which is decided on apart, carried out."""
    officer = api.caller(OFFICER, CLUB, "officer")
    who = str(api.club.ids[person])
    asked = officer.post("requests", {"right": "erasure", "subject": who, "asked_by": who}).get_json()["request_id"]
    officer.post(f"requests/{asked}/identity", {"how": "Mødt op"})
    if decision:
        assert officer.put(f"requests/{asked}/decisions/roster", decision).status_code == 200
    assert officer.post(f"requests/{asked}/carrying-out").status_code == 200


def test_what_the_readings_answer_leaves_whole_but_for_what_a_volunteer_has_no_use_for(api: ApiAtWork) -> None:
    ids, desk = api.club.ids, api.club.desk()
    asker = Asker(VOLUNTEER, Role.VOLUNTEER, uuid4())
    sheet = reading.evening(asker, ids["course"], desk, printed=True)
    assert left_behind(sheet, VolunteersSheet()) == {"course.club_id", "course.municipality"}
    assert left_behind(reading.shared_parts(asker, ids["course"], ids["family"], desk), VolunteersFamily()) == set()
    assert left_behind(reading.shared_part(asker, ids["practical"], desk), SharedPart()) == set()


def test_the_evening_shows_first_names_ages_and_shared_words_only(api: ApiAtWork, volunteer: Caller) -> None:
    answer = volunteer.get(_course(api, "/evening"))
    (family,) = answer.get_json()["families"]
    assert sorted(adult["given_name"] for adult in family["adults"]) == ["Frode", "Mette"]
    assert all(adult.keys() == {"given_name"} for adult in family["adults"])
    assert [child.keys() for child in family["children"]] == [{"given_name", "age"}] * 2
    assert [part["words"] for part in family["parts"]] == [[PRESENTATION], [MILK]]
    text = answer.get_data(as_text=True)
    assert not any(words in text for words in (TROUBLE, "Mosegaard", "20304050", "2023-05", "network", "Har sagt ja"))


def test_a_part_that_is_not_shared_is_answered_like_one_that_never_was(api: ApiAtWork, volunteer: Caller) -> None:
    unshared = volunteer.get(f"note-parts/{api.club.ids['trouble']}")
    unknown = volunteer.get(f"note-parts/{uuid4()}")
    assert (unshared.status_code, unshared.get_json()) == (403, unknown.get_json())
    assert volunteer.get(f"note-parts/{api.club.ids['practical']}").get_json()["words"] == [MILK]


def test_after_a_withdrawal_the_part_is_gone_and_nothing_says_that_it_was_there(
    api: ApiAtWork, volunteer: Caller
) -> None:
    leader = api.caller(LEADER, CLUB, "leader")
    leader.post(f"consents/{api.club.ids['consent to presentation']}/withdrawal", {"way": "sms"})
    family = volunteer.get(_family(api)).get_json()
    assert [part["words"] for part in family["parts"]] == [[MILK]]
    assert family.keys() == {"family_id", "adults", "children", "parts"}
    gone = volunteer.get(f"note-parts/{api.club.ids['presentation']}")
    assert gone.get_json() == volunteer.get(f"note-parts/{uuid4()}").get_json()


def test_who_is_kept_from_a_familys_notes_sees_a_family_that_shares_nothing(api: ApiAtWork, volunteer: Caller) -> None:
    before = volunteer.get(_family(api)).get_json()
    ids = api.club.ids
    api.club.leader_does(KeepFromNotes(course_id=ids["course"], family_id=ids["family"], actor=VOLUNTEER))
    assert volunteer.get(_family(api)).get_json() == {**before, "parts": []}


def test_a_person_whose_data_are_restricted_or_erased_is_not_there_at_all(api: ApiAtWork, volunteer: Caller) -> None:
    kept = {
        "outcome": "restrict", "ground": "GDPR Art. 17(3)(e)", "legal_basis": "Lov om eksempler § 1",
        "keep_until": "2027-01-01",
    }  # fmt: skip
    _decide(api, "boy", **kept)
    _decide(api, "mother")
    family = volunteer.get(_family(api)).get_json()
    assert family["adults"] == [{"given_name": "Frode"}]
    assert [child["given_name"] for child in family["children"]] == ["Asta"]
    assert "erased" not in volunteer.get(_course(api, "/evening")).get_data(as_text=True)


def test_a_part_whose_words_may_not_be_opened_is_answered_like_one_that_never_was(
    api: ApiAtWork, volunteer: Caller
) -> None:
    restricted = {
        "outcome": "restrict", "ground": "GDPR Art. 17(3)(e)", "legal_basis": "Lov om eksempler § 1",
        "keep_until": "2027-01-01",
    }  # fmt: skip
    officer = api.caller(OFFICER, CLUB, "officer")
    who = str(api.club.ids["boy"])
    asked = officer.post("requests", {"right": "erasure", "subject": who, "asked_by": who}).get_json()["request_id"]
    officer.post(f"requests/{asked}/identity", {"how": "Mødt op"})
    for compartment in ("roster", "shared_note"):
        officer.put(f"requests/{asked}/decisions/{compartment}", restricted)
    officer.post(f"requests/{asked}/carrying-out")
    part = volunteer.get(f"note-parts/{api.club.ids['practical']}")
    assert part.get_json() == volunteer.get(f"note-parts/{uuid4()}").get_json()


def test_the_evening_itself_is_counted_by_volunteers_another_is_not(api: ApiAtWork, volunteer: Caller) -> None:
    line = {"family_id": str(api.club.ids["family"]), "status": "present", "adults": 1, "children": 1}
    counted = volunteer.put(_course(api, "/evenings/1/attendance"), {"lines": [line]})
    assert counted.get_json() == {"course_id": str(api.club.ids["course"]), "evening": 1}
    api.club.clock.set(api.club.clock.now().replace(day=2))
    assert volunteer.put(_course(api, "/evenings/1/attendance"), {"lines": [line]}).status_code == 403


def test_a_volunteer_takes_a_cancellation_and_says_whom_it_knows(api: ApiAtWork, volunteer: Caller) -> None:
    family = str(api.club.ids["family"])
    told = volunteer.post(_course(api, "/evenings/2/cancellations"), {"family_id": family, "way": "telephone"})
    assert told.get_json() == {"expected_families": 0}
    assert volunteer.post(_course(api, f"/acquaintances/{family}")).status_code == 200
    assert volunteer.post(_course(api, "/confidentiality")).status_code == 200
    assert [course["club"] for course in volunteer.get("courses").get_json()] == ["Klub Nykøbing"]
