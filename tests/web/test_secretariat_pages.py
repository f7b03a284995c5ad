"""The pages of office, branch and administrator: people, roles, places and wordings, and never what a family told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import UUID

import pytest

from domain.people import Role
from tests.club_at_work import CLUB, MILK, PRESENTATION, SECRETARY, STARTED, TOWN, TROUBLE
from tests.pages_at_work import PagesAtWork, Visitor, hidden_fields, pages_at_work

ADMINISTRATOR = UUID(int=0xB000)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PagesAtWork]:
    made = pages_at_work(tmp_path_factory.mktemp("secretariat"))
    yield made
    made.club.house.close()


@pytest.fixture(scope="module")
def office(site: PagesAtWork) -> Visitor:
    return site.visitor(SECRETARY, CLUB, "secretariat", Role.SECRETARIAT)


@pytest.fixture(scope="module")
def town(site: PagesAtWork) -> Visitor:
    site.club.house.appoint_administrator(TOWN, ADMINISTRATOR, STARTED)
    return site.visitor(ADMINISTRATOR, TOWN, "secretariat", Role.ADMINISTRATOR)


def _course(site: PagesAtWork) -> str:
    return f"courses/{site.club.ids['course']}/team"


def test_every_page_of_the_office_is_shown_and_none_holds_a_family(site: PagesAtWork, office: Visitor) -> None:
    pages = ("", "roles", "clubs", "volunteers", "volunteers/new", "wordings", "releases", _course(site))
    for page in pages:
        answer = office.get(page)
        text = answer.get_data(as_text=True)
        assert answer.status_code == 200, page
        assert not any(
            word in text for word in ("Mette", "Mosegaard", "20304050", PRESENTATION, MILK, TROUBLE, "network")
        )


def test_a_page_that_is_for_another_office_or_realm_is_in_nobodys_menu_and_not_shown(
    office: Visitor, town: Visitor
) -> None:
    for page in ("people/new", "invitations", "organisation"):
        assert office.get(page).status_code == 404
        assert f"/{CLUB}/secretariat/{page}" not in office.get().get_data(as_text=True)
    for page in ("clubs", "volunteers", "wordings"):
        assert town.get(page).status_code == 404


def test_a_volunteer_is_enrolled_given_a_role_and_invited_in_one_go_and_the_code_is_shown_once(office: Visitor) -> None:
    typed = {"given_name": "Birthe", "family_name": "Bygholm", "role": "volunteer", "since": "2026-08-03"}
    page = office.get("volunteers/new").get_data(as_text=True)
    made = office.send("volunteers/new", "/new", typed)
    text = made.get_data(as_text=True)
    assert made.status_code == 200
    assert re.search(r"<strong[^>]*>[0-9A-Z]{4}(-[0-9A-Z]{4}){3}</strong>", text)
    listed = office.get("volunteers").get_data(as_text=True)
    assert listed.count("Birthe Bygholm</h2>") == 1
    assert "Inviteret" in listed
    assert page != text


def test_sent_twice_it_is_one_volunteer_and_the_code_is_not_shown_again(office: Visitor) -> None:
    typed = {"given_name": "Carla", "family_name": "Clausen", "role": "leader", "since": "2026-08-03"}
    fields = hidden_fields(office.get("volunteers/new").get_data(as_text=True), "/new")
    action = fields.pop("action")
    first, second = (office.post(action, {**fields, **typed}).get_data(as_text=True) for _ in range(2))
    assert "Skriv koden af nu" in first
    assert "Koden er allerede vist" in second
    assert office.get("volunteers").get_data(as_text=True).count("Carla Clausen</h2>") == 1


def test_nobody_is_enrolled_when_the_role_is_missing(office: Visitor) -> None:
    answer = office.send(
        "volunteers/new", "/new", {"given_name": "Dagny", "family_name": "Dahl", "since": "2026-08-03"}
    )
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert '<a href="#f-role">' in text
    assert 'value="Dagny"' in text
    assert "Dagny" not in office.get("volunteers").get_data(as_text=True)


def test_somebody_joins_the_team_and_without_a_choice_is_told_so_at_the_field(
    site: PagesAtWork, office: Visitor
) -> None:
    page = _course(site)
    text = office.get(page).get_data(as_text=True)
    who = dict(re.findall(r'<option value="([^"]+)"[^>]*>([^<]+)', text))
    birthe = next(actor for actor, name in who.items() if "Birthe" in name)
    assert office.send(page, "/team", {"actor": birthe, "role": "volunteer", "since": "2026-08-03"}).status_code == 303
    wrong = office.send(page, "/team", {"role": "volunteer", "since": "2026-08-03"})
    assert wrong.status_code == 422
    assert '<a href="#f-join-actor">' in wrong.get_data(as_text=True)


def test_a_new_version_of_a_wording_is_published_and_the_old_one_stays(office: Visitor) -> None:
    page = "wordings/share_with_volunteers/new"
    before = office.get("wordings").get_data(as_text=True)
    answer = office.send(
        page, "/new", {"version": "2", "language": "da", "words": "Må de frivillige læse det, du har fortalt?"}
    )
    assert answer.status_code == 303
    after = office.get("wordings").get_data(as_text=True)
    assert "Må de frivillige læse det, du har fortalt?" in after
    assert len(after) > len(before)


def test_the_administrator_of_a_town_opens_a_unit_and_invites_a_referrer_to_it(
    site: PagesAtWork, town: Visitor
) -> None:
    opened = town.send(
        "organisation", "/units", {"name": "Dagplejen", "kind": "day_care_institution", "since": "2026-08-03"}
    )
    assert opened.status_code == 303
    assert "Dagplejen" in town.get("organisation").get_data(as_text=True)
    typed = {"given_name": "Erna", "family_name": "Egelund", "role": "referrer", "since": "2026-08-03"}
    typed["unit_id"] = str(site.club.ids["unit"])
    assert "Skriv koden af nu" in town.send("people/new", "/new", typed).get_data(as_text=True)
    assert "Erna Egelund" in town.get("roles").get_data(as_text=True)


def test_nobody_is_enrolled_when_the_role_would_be_refused(town: Visitor) -> None:
    before = town.get("invitations").get_data(as_text=True).count("<h2>")
    typed = {"given_name": "Fie", "family_name": "Friis", "role": "referrer", "since": "2026-08-03"}
    answer = town.send("people/new", "/new", typed)
    assert answer.status_code == 422
    assert '<a href="#f-unit_id">' in answer.get_data(as_text=True)
    assert town.get("invitations").get_data(as_text=True).count("<h2>") == before


def test_a_role_is_confirmed_by_somebody_else_and_ended_on_a_page_of_its_own(town: Visitor) -> None:
    text = town.get("roles").get_data(as_text=True)
    ending = next(link for link in re.findall(r'href="[^"]*/secretariat/(roles/[^"]+/ending)"', text))
    assert "Efter den sidste dag" in town.get(ending).get_data(as_text=True)
    wrong = town.send(ending, "/ending", {"last_day": "i morgen"})
    assert (wrong.status_code, 'value="i morgen"' in wrong.get_data(as_text=True)) == (422, True)
    confirmation = re.search(r'action="([^"]*/confirmation)"', text)
    assert confirmation is not None
    assert town.send("roles", confirmation[1].split("/secretariat/")[1]).headers["Location"].endswith("done=confirm")
