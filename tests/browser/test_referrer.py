"""A health visitor has two minutes: a whole referral by keyboard alone, and each of the referrer's pages looked at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.keyboard import reach
from tests.browser.looking import HEIGHT, TELEPHONE, check, check_in_both
from tests.browser.served import let_in, served
from tests.club_at_work import REFERRER, TOWN
from tests.pages_at_work import PagesAtWork, pages_at_work


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PagesAtWork]:
    made = pages_at_work(Path(tmp_path_factory.mktemp("referrer")))
    yield made
    made.club.house.close()


@pytest.fixture(scope="module")
def address(site: PagesAtWork) -> Iterator[str]:
    with served(site.app) as address:
        yield address


@pytest.fixture
def referrer(page: Page, site: PagesAtWork, address: str) -> Page:
    let_in(page.context, site.visitor(REFERRER, TOWN, "referrer").client, address)
    page.goto(f"{address}/{TOWN}/referrer/")
    return page


def _press(page: Page, name: str, key: str = "Enter") -> None:
    """What a key does that leads to another page."""
    reach(page, name)
    with page.expect_navigation():
        page.keyboard.press(key)


def _type(page: Page, **words: str) -> None:
    for name, text in words.items():
        reach(page, name)
        page.keyboard.type(text)


def _tick(page: Page, name: str) -> None:
    reach(page, name)
    page.keyboard.press("Space")


def test_a_family_is_referred_by_keyboard_alone(referrer: Page) -> None:
    page = referrer
    check(page, "referrer-start")
    _press(page, "Henvis en familie")
    check(page, "referrer-asked")
    _tick(page, "Ja tak")
    _press(page, "Fortsæt")
    _press(page, "Fortsæt")
    assert page.locator("#summary a").count() >= 4, "each field that is missing is named"
    check(page, "referrer-members-refused")
    page.goto(page.url)
    for name, text in (("Fornavn", "Vibeke"), ("Efternavn", "Vaerum")):
        _type(page, **{name: text})
    _tick(page, "Mor")
    _type(page, **{"Telefon (kan udelades)": "20 10 20 30"})
    _type(page, Fornavn="Per", **{"Født i måneden": "02-2024"})
    _press(page, "Tilføj et barn")
    _type(page, Fornavn="Ida", **{"Født i måneden": "052025"})
    check(page, "referrer-members")
    page.keyboard.press("Enter")
    page.wait_for_url("**/grounds")
    _tick(page, "Manglende netværk")
    reach(page, "ingen vurdering")
    page.keyboard.press("ArrowUp")
    assert page.get_by_label("i risiko herfor").first.is_checked()
    _tick(page, "Familien kan deltage i en gruppe")
    _type(page, **{"Bemærkning (kan udelades)": "Vil gerne ud og møde andre"})
    reach(page, "Din faglighed")
    page.keyboard.type("Sundhed")
    check(page, "referrer-grounds")
    _press(page, "Fortsæt")
    assert page.locator("h1").inner_text() == "Det her sender vi"
    check(page, "referrer-preview")
    _press(page, "Send henvisningen")
    assert "Henvisningen er sendt" in page.get_by_role("status").inner_text()
    check(page, "referrer-referral")


def test_the_other_pages_of_a_referrer_are_as_they_should_be(referrer: Page, site: PagesAtWork, address: str) -> None:
    """Begun in a kitchen on a telephone, with two homes, and left for later; then what is kept true afterwards."""
    page, ids, base = referrer, site.club.ids, f"{address}/{TOWN}/referrer"
    page.set_viewport_size({"width": TELEPHONE, "height": HEIGHT})
    page.goto(f"{base}/new")
    page.get_by_label("Ja tak").check()
    page.get_by_role("button", name="Fortsæt").click()
    page.get_by_role("button", name="Børnene har to hjem").click()
    page.get_by_role("button", name="Tilføj en voksen").click()
    check(page, "referrer-two-homes")
    page.get_by_role("button", name="Gem, og gør det færdigt senere").click()
    page.get_by_role("heading", name="Fortsæt, hvor du slap").wait_for()
    check(page, "referrer-drafts")
    referral = f"referrals/{ids['referral']}"
    for name, there in {
        "referral": referral,
        "grounds": f"{referral}/grounds",
        "withdrawing": f"{referral}/withdrawal",
        "corrections": "corrections",
        "family": f"families/{ids['family']}",
        "adult": f"families/{ids['family']}/adults/{ids['mother']}",
        "child": f"families/{ids['family']}/children/{ids['girl']}",
    }.items():
        check_in_both(page, f"{base}/{there}", f"referrer-{name}")
