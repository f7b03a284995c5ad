"""The coordinator's pages at the club: numbers and no names, evenings, and a visitor's link that works once."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from domain.people import Role
from tests.club_at_work import CLUB, COORDINATOR, MILK, PRESENTATION, TROUBLE
from tests.pages_at_work import ORIGIN, PagesAtWork, Visitor, hidden_fields, pages_at_work


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PagesAtWork]:
    made = pages_at_work(tmp_path_factory.mktemp("programme"))
    yield made
    made.club.house.close()


@pytest.fixture(scope="module")
def coordinator(site: PagesAtWork) -> Visitor:
    return site.visitor(COORDINATOR, CLUB, "programme", Role.COORDINATOR)


@pytest.fixture
def course(site: PagesAtWork) -> str:
    return f"courses/{site.club.ids['course']}"


def test_a_course_is_shown_in_numbers_and_warns_without_hindering(coordinator: Visitor, course: str) -> None:
    text = coordinator.get(course).get_data(as_text=True)
    assert "1 familie" in coordinator.get().get_data(as_text=True)
    assert "Anbefalet: 6 til 8 familier" in text
    assert not any(
        word in text for word in ("Mette", "Frode", "Asta", "Mosegaard", PRESENTATION, MILK, TROUBLE, "network")
    )


def test_an_evening_is_planned_and_what_is_wrong_stands_at_its_field(coordinator: Visitor, course: str) -> None:
    page = f"{course}/evenings/7"
    wrong = coordinator.send(
        page, "/7", {"on": "2026-02-30", "starts_at": "17:00", "minutes": "to timer", "kind": "outing"}
    )
    text = wrong.get_data(as_text=True)
    assert wrong.status_code == 422
    assert '<a href="#f-on">' in text
    assert 'value="to timer"' in text
    day = re.search(r'"on"[^>]*', text)
    assert day is not None
    assert 'value="outing" checked' in text


def test_a_visit_is_booked_and_its_link_is_shown_once_and_opens_once(
    site: PagesAtWork, coordinator: Visitor, course: str
) -> None:
    page = coordinator.get(f"{course}/visits/new").get_data(as_text=True)
    number = re.findall(r'<option value="(\d+)"', page)[-1]
    booked = coordinator.send(
        f"{course}/visits/new", "/new", {"evening": number, "profession": "dental_care", "theme": "teeth"}
    )
    assert booked.status_code == 303
    text = coordinator.get(course).get_data(as_text=True)
    assert "Tandplejen" in text
    forms = [hidden_fields(form, "/link") for form in re.findall(r"<form\b.*?</form>", text, re.S) if '/link"' in form]
    made = coordinator.post(forms[-1].pop("action"), forms[-1])
    (link,) = re.findall(r"http://localhost(/briefing/\S+?)<", made.get_data(as_text=True))
    assert "Linket er allerede vist" in coordinator.post(made.request.path, forms[-1]).get_data(as_text=True)
    visitor = site.app.test_client()
    fields = hidden_fields(visitor.get(link).get_data(as_text=True), link)
    opened = visitor.post(fields.pop("action"), data=fields, headers={"Origin": ORIGIN})
    briefing = visitor.get(opened.headers["Location"]).get_data(as_text=True)
    assert "Hvem du møder" in briefing
    assert "Mette" not in briefing
    somebody_else = site.app.test_client()
    fields = hidden_fields(somebody_else.get(link).get_data(as_text=True), link)
    assert somebody_else.post(fields.pop("action"), data=fields, headers={"Origin": ORIGIN}).status_code == 422
    assert "Linket er åbnet" in coordinator.get(course).get_data(as_text=True)


def test_a_late_family_needs_the_judgement_of_both(coordinator: Visitor, course: str) -> None:
    assert (
        coordinator.send(course, "/late-entry", {"agreed": "true"})
        .headers["Location"]
        .endswith("done=decide_late_entry")
    )
    assert coordinator.send(course, "/late-entry", {}).status_code == 422
