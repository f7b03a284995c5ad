"""Volunteer, visiting professional, coordinator and office in a real browser: each page, and each main task by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from playwright.sync_api import Page

from application.courses import ConfirmPlace
from domain.people import Role
from tests.another_family import hand_over_another
from tests.browser.keyboard import reach, walk
from tests.browser.looking import HEIGHT, TELEPHONE, check, check_in_both
from tests.browser.served import let_in, served
from tests.club_at_work import CLUB, COORDINATOR, MIDWIFE, SECRETARY, STARTED, TOWN, VOLUNTEER
from tests.pages_at_work import PagesAtWork, pages_at_work

ADMINISTRATOR = UUID(int=0xB000)
FORTY_CHILDREN = [
    (f"Wilhelmina-Konstantina nr. {number}", f"202{number % 5 + 1}-0{number % 9 + 1}") for number in range(40)
]
"""More than any home has; the pages must bear it."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PagesAtWork]:
    made = pages_at_work(tmp_path_factory.mktemp("office"))
    made.club.house.appoint_administrator(TOWN, ADMINISTRATOR, STARTED)
    family = hand_over_another(made.club, "Ane-Katrine", "Abrahamowitz-Christoffersen", FORTY_CHILDREN)
    made.club.leader_does(ConfirmPlace(course_id=made.club.ids["course"], family_id=family))
    yield made
    made.club.house.close()


@pytest.fixture(scope="module")
def address(site: PagesAtWork) -> Iterator[str]:
    with served(site.app) as address:
        yield address


def _in_as(page: Page, site: PagesAtWork, address: str, actor: UUID, realm: str, pages: str, role: Role) -> str:
    """The address of the pages that this person is let in to."""
    page.context.clear_cookies()
    let_in(page.context, site.visitor(actor, realm, pages, role).client, address)
    return f"{address}/{realm}/{pages}"


def test_a_volunteers_pages_are_as_they_should_be_and_the_evening_is_held_on_a_telephone(
    page: Page, site: PagesAtWork, address: str
) -> None:
    base = _in_as(page, site, address, VOLUNTEER, CLUB, "volunteer", Role.VOLUNTEER)
    course, family = f"{base}/courses/{site.club.ids['course']}", site.club.ids["family"]
    for name, there in {
        "volunteer-courses": f"{base}/",
        "volunteer-evening": course,
        "volunteer-knows": f"{course}/families/{family}/acquaintance",
    }.items():
        check_in_both(page, there, name)
    page.set_viewport_size({"width": TELEPHONE, "height": HEIGHT})
    page.goto(course)
    assert page.get_by_text("Wilhelmina-Konstantina").count() == len(FORTY_CHILDREN)
    stops = walk(page)
    assert stops.index("Skriv afbuddet ned") < stops.index("Lav et ark til at printe")
    page.goto(course)
    page.get_by_role("button", name="Lav et ark til at printe").click()
    check(page, "volunteer-sheet")
    assert "Mette" in page.get_by_role("main").inner_text()


def test_a_visitor_of_the_club_opens_the_link_and_reads_the_briefing(
    page: Page, site: PagesAtWork, address: str
) -> None:
    base = _in_as(page, site, address, MIDWIFE, CLUB, "professional", Role.PROFESSIONAL)
    for name, there in {
        "professional-visits": f"{base}/",
        "professional-briefing": f"{base}/bookings/{site.club.ids['booking']}",
    }.items():
        check_in_both(page, there, name)


def test_a_coordinator_finds_a_family_with_the_keyboard_alone(page: Page, site: PagesAtWork, address: str) -> None:
    base = _in_as(page, site, address, COORDINATOR, TOWN, "coordinator", Role.COORDINATOR)
    referral = f"{base}/referrals/{site.club.ids['referral']}"
    for name, there in {
        "coordinator-waiting": f"{base}/",
        "coordinator-all": f"{base}/all",
        "coordinator-numbers": f"{base}/overview",
        "coordinator-referral": referral,
        "coordinator-declining": f"{referral}/decline",
    }.items():
        check_in_both(page, there, name)
    page.goto(f"{base}/search")
    reach(page, "Navn (kan udelades)")
    page.keyboard.type("Mosegaard")
    page.keyboard.press("Enter")
    page.get_by_text("Mette").wait_for()
    check(page, "coordinator-found")


def test_a_coordinator_plans_at_the_club_and_what_is_wrong_is_said_first(
    page: Page, site: PagesAtWork, address: str
) -> None:
    base = _in_as(page, site, address, COORDINATOR, CLUB, "programme", Role.COORDINATOR)
    course = f"{base}/courses/{site.club.ids['course']}"
    for name, there in {
        "programme-courses": f"{base}/",
        "programme-course": course,
        "programme-new": f"{base}/new",
        "programme-visit": f"{course}/visits/new",
    }.items():
        check_in_both(page, there, name)
    page.goto(f"{course}/evenings/1")
    page.get_by_label("Minutter").fill("mange")
    page.get_by_role("button", name="Gem aftenen").click()
    summary = page.get_by_role("alert")
    assert summary.evaluate("(one) => one === document.activeElement")
    check(page, "programme-evening-wrong")
    summary.get_by_role("link").first.press("Enter")
    assert page.get_by_label("Minutter").evaluate("(one) => one === document.activeElement")
    assert page.get_by_label("Minutter").input_value() == "mange"


def test_an_office_enrols_a_volunteer_with_the_keyboard_alone(page: Page, site: PagesAtWork, address: str) -> None:
    base = _in_as(page, site, address, SECRETARY, CLUB, "secretariat", Role.SECRETARIAT)
    for name, there in {
        "office-start": f"{base}/",
        "office-roles": f"{base}/roles",
        "office-clubs": f"{base}/clubs",
        "office-team": f"{base}/courses/{site.club.ids['course']}/team",
        "office-volunteers": f"{base}/volunteers",
        "office-wordings": f"{base}/wordings",
        "office-wording": f"{base}/wordings/share_with_volunteers/new",
        "office-releases": f"{base}/releases",
    }.items():
        check_in_both(page, there, name)
    page.goto(f"{base}/volunteers")
    reach(page, "Ny frivillig")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Ny frivillig").wait_for()
    for name, typed in {"Fornavn": "Vilhelmine", "Efternavn": "Vester"}.items():
        reach(page, name)
        page.keyboard.type(typed)
    reach(page, "Frivillig")
    page.keyboard.press("Space")
    reach(page, "Opret, og lav en kode")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Koden til det første login").wait_for()
    check(page, "office-code")


def test_an_administrators_pages_are_as_they_should_be(page: Page, site: PagesAtWork, address: str) -> None:
    base = _in_as(page, site, address, ADMINISTRATOR, TOWN, "secretariat", Role.ADMINISTRATOR)
    for name in ("organisation", "people/new", "invitations", "roles"):
        check_in_both(page, f"{base}/{name}", f"administrator-{name.replace('/', '-')}")
