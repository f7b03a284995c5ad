"""A leader at the pages in a real browser: the call by keyboard alone, and a withdrawal on a telephone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Page

from tests.another_family import hand_over_another
from tests.browser.keyboard import reach
from tests.browser.looking import HEIGHT, TELEPHONE, check, check_in_both
from tests.browser.served import let_in, served
from tests.club_at_work import CLUB, LEADER, VOLUNTEER
from tests.pages_at_work import PagesAtWork, pages_at_work


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PagesAtWork]:
    made = pages_at_work(Path(tmp_path_factory.mktemp("leader")))
    yield made
    made.club.house.close()


@pytest.fixture(scope="module")
def amal(site: PagesAtWork) -> UUID:
    """A family that speaks Arabic and waits to be rung."""
    children = [("Yusuf", "2022-02"), ("Zahra-Magdalene Christina", "2024-11"), ("Ibrahim", "2026-03")]
    return hand_over_another(site.club, "Amal", "Abdelrahman-Christoffersen", children, language="arabisk")


@pytest.fixture(scope="module")
def address(site: PagesAtWork) -> Iterator[str]:
    with served(site.app) as address:
        yield address


@pytest.fixture
def leader(page: Page, site: PagesAtWork, address: str) -> Page:
    let_in(page.context, site.visitor(LEADER, CLUB, "leader").client, address)
    page.goto(f"{address}/{CLUB}/leader/")
    return page


def test_every_page_of_a_leader_is_as_it_should_be(leader: Page, site: PagesAtWork, amal: UUID, address: str) -> None:
    ids = site.club.ids
    course = f"{address}/{CLUB}/leader/courses/{ids['course']}"
    family = f"{course}/families/{ids['family']}"
    check(leader, "leader-courses")
    for name, there in {
        "leader-course": course,
        "leader-call": f"{course}/families/{amal}/conversation",
        "leader-note": f"{family}/conversation",
        "leader-correct": f"{family}/note-parts/{ids['practical']}",
        "leader-read-back": f"{family}/read-back",
        "leader-family": family,
        "leader-question": f"{family}/note-parts/{ids['practical']}/questions/share_with_volunteers",
        "leader-custody": f"{family}/custody",
        "leader-members": f"{family}/members",
        "leader-acquaintances": f"{family}/acquaintances",
        "leader-leaving": f"{family}/leaving",
        "leader-evening": f"{course}/evenings/1",
        "leader-cancelling": f"{course}/evenings/2/cancelling",
        "leader-recalls": f"{course}/recalls",
        "leader-corrections": f"{address}/{CLUB}/leader/corrections",
    }.items():
        check_in_both(leader, there, name)


def test_the_call_is_made_with_the_keyboard_alone_from_the_notice_to_the_consent(
    leader: Page, site: PagesAtWork, amal: UUID
) -> None:
    keys = leader.keyboard

    def go_by(name: str, heading: str) -> None:
        """Press what has this name, and wait for the page that it leads to."""
        reach(leader, name)
        keys.press("Enter")
        leader.get_by_role("heading", level=1, name=heading).wait_for()

    go_by("Klub Nykøbing", "Klub Nykøbing")
    go_by("Ring og tal sammen : Amal Abdelrahman-Christoffersen", "Samtale med Amal")
    reach(leader, "Jeg har læst teksten op")
    keys.press("Space")
    reach(leader, "Gem, at I har talt sammen")
    keys.press("Enter")
    leader.get_by_text("Det er gemt, at I har talt sammen.").wait_for()

    reach(leader, "Hvad er det?")
    keys.type("Praktiske")
    reach(leader, "Hvem handler det om?")
    keys.type("Yusuf")
    reach(leader, "Hvad fortæller familien?")
    keys.type("Yusuf har astma")
    reach(leader, "Gem")
    keys.press("Enter")
    leader.get_by_text("Stop op et øjeblik").wait_for()
    check(leader, "leader-stop-op")
    assert leader.evaluate("() => document.activeElement.id") == "caution"

    reach(leader, "Ja, familien vil gerne have, at det står sådan")
    keys.press("Space")
    reach(leader, "Gem")
    keys.press("Enter")
    leader.get_by_text("Det er gemt, og kun du kan læse det.").wait_for()
    go_by("Læs det op igen", "Læs op igen for Amal")
    reach(leader, "Familien er enig i ordene Praktiske hensyn")
    keys.press("Enter")
    leader.get_by_text("Familien er enig i ordene.").wait_for()
    go_by("Gå videre til samtykke", "Amal Abdelrahman-Christoffersen")
    go_by("Dele en del af noten med de frivillige : Praktiske hensyn", "Dele en del af noten med de frivillige")
    assert not leader.get_by_label("Ja", exact=True).is_checked()
    reach(leader, "Ja")
    keys.press("Space")
    reach(leader, "Gem svaret")
    keys.press("Enter")
    leader.get_by_text("Svaret er gemt, men deles ikke endnu.").wait_for()
    check(leader, "leader-answered")


def test_on_a_telephone_a_consent_is_taken_back_by_one_press_and_the_list_says_whom_to_tell(
    leader: Page, site: PagesAtWork, address: str
) -> None:
    site.visitor(VOLUNTEER, CLUB, "volunteer").get(f"courses/{site.club.ids['course']}")
    leader.set_viewport_size({"width": TELEPHONE, "height": HEIGHT})
    leader.get_by_role("link", name="Klub Nykøbing").click()
    leader.get_by_role("link", name=re.compile("Samtykker og noter ?: Mette Mosegaard")).click()
    leader.get_by_role(
        "button", name="Tag tilbage nu : Dele en del af noten med de frivillige: Praktiske hensyn"
    ).click()
    leader.get_by_text("Samtykket er taget tilbage.").wait_for()
    check(leader, "leader-taken-back")
    leader.get_by_role("link", name="Tilbage til forløbet").click()
    leader.get_by_role("link", name="Se, hvem du skal tale med").click()
    check(leader, "leader-recall-open")
    leader.get_by_role("button", name="Vi har talt om det Vibeke").click()
    leader.get_by_text("Har fået det at vide").wait_for()


def test_the_sheet_the_count_and_a_code_look_as_they_should_in_both_languages(
    leader: Page, site: PagesAtWork, address: str
) -> None:
    course = f"{address}/{CLUB}/leader/courses/{site.club.ids['course']}"
    leader.goto(f"{course}/evenings/1")
    leader.get_by_role("button", name="Lav et ark til at printe").click()
    check(leader, "leader-sheet")
    leader.emulate_media(media="print")
    assert not leader.get_by_role("link", name="Tilbage til forløbet").is_visible()
    leader.emulate_media(media="screen")
    leader.goto(f"{course}/families/{site.club.ids['family']}/members")
    leader.get_by_role("button", name="Lav en kode Mette Mosegaard").click()
    check(leader, "leader-code")
    leader.locator("button[name=language][value=en]").click()
    for name, there in {
        "leader-course-en": course,
        "leader-call-en": f"{course}/families/{site.club.ids['family']}/conversation",
        "leader-family-en": f"{course}/families/{site.club.ids['family']}",
    }.items():
        check_in_both(leader, there, name)
