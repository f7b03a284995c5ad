"""The volunteer's pages: first names, ages and shared words, on the evening; everything else looks as if it were not there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from application.courses import KeepFromNotes
from tests.club_at_work import CLUB, MIDWIFE, MILK, PRESENTATION, TROUBLE, VOLUNTEER
from tests.pages_at_work import PagesAtWork, Visitor, pages_at_work


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PagesAtWork]:
    made = pages_at_work(tmp_path_factory.mktemp("volunteer"))
    yield made
    made.club.house.close()


@pytest.fixture(scope="module")
def volunteer(site: PagesAtWork) -> Visitor:
    return site.visitor(VOLUNTEER, CLUB, "volunteer")


@pytest.fixture
def evening(site: PagesAtWork) -> str:
    return f"courses/{site.club.ids['course']}"


def test_the_evening_shows_first_names_ages_and_shared_words_and_nothing_else(volunteer: Visitor, evening: str) -> None:
    text = volunteer.get(evening).get_data(as_text=True)
    assert all(words in text for words in ("Frode", "Mette", PRESENTATION, MILK))
    assert not any(words in text for words in (TROUBLE, "Mosegaard", "20304050", "2023-05", "network"))


def test_the_sheet_has_a_number_and_a_time_and_stands_in_the_log(
    site: PagesAtWork, volunteer: Visitor, evening: str
) -> None:
    log = site.club.desk().log
    before = len(log.find(action="print"))
    answer = volunteer.send(evening, "/sheets")
    text = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "Mette" in text
    assert "Mosegaard" not in text
    assert len(log.find(action="print")) > before
    assert volunteer.get(f"{evening}/sheets").status_code == 405


def test_a_cancellation_is_written_down_once_however_often_it_is_sent(
    site: PagesAtWork, volunteer: Visitor, evening: str
) -> None:
    typed = {"family_id": str(site.club.ids["family"]), "way": "sms"}
    answer = volunteer.send(evening, "/cancellations", typed)
    assert (answer.status_code, answer.headers["Location"].endswith("?done=cancel")) == (303, True)
    assert "Afbuddet er skrevet ned" in volunteer.get(answer.headers["Location"]).get_data(as_text=True)


def test_a_cancellation_without_a_family_says_what_is_missing_and_keeps_the_rest(
    volunteer: Visitor, evening: str
) -> None:
    answer = volunteer.send(evening, "/cancellations", {"way": "sms"})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert '<a href="#f-family_id">' in text
    assert 'value="sms" checked' in text


def test_attendance_is_for_the_evening_itself_only(volunteer: Visitor, evening: str) -> None:
    assert volunteer.get(f"{evening}/evenings/12/attendance").status_code == 404


def test_who_knows_a_family_says_so_and_the_leader_can_keep_that_volunteer_from_what_it_shares(
    site: PagesAtWork, volunteer: Visitor, evening: str
) -> None:
    family = site.club.ids["family"]
    page = f"{evening}/families/{family}/acquaintance"
    assert "ikke hvordan" in volunteer.get(page).get_data(as_text=True)
    assert volunteer.send(page, "/acquaintance").headers["Location"].endswith("?done=know")
    site.club.leader_does(KeepFromNotes(course_id=site.club.ids["course"], family_id=family, actor=VOLUNTEER))
    text = volunteer.get(evening).get_data(as_text=True)
    assert "Mette" in text
    assert not any(words in text for words in (PRESENTATION, MILK))


def test_a_professional_learns_how_many_how_old_and_where_and_no_name(site: PagesAtWork) -> None:
    professional = site.visitor(MIDWIFE, CLUB, "professional")
    listed = professional.get().get_data(as_text=True)
    text = professional.get(f"bookings/{site.club.ids['booking']}").get_data(as_text=True)
    assert f"bookings/{site.club.ids['booking']}" in listed
    assert all(words in text for words in ("Hvem du møder", "Børnenes aldre", "Jordemoder"))
    assert not any(words in text for words in ("Mette", "Frode", "Mosegaard", MILK, TROUBLE, "network"))
    assert professional.get(f"bookings/{site.club.ids['course']}").status_code == 404
