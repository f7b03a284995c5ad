"""The pages that are everybody's, in a browser: the start, the choice of a role, the statement, and what is not there."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from playwright.sync_api import Page

from adapters.texts.words import Words
from adapters.web.site import Picked
from tests.browser import keyboard
from tests.browser.looking import check
from tests.browser.served import served
from tests.club_at_work import CLUB
from tests.pages_at_work import PagesAtWork, pages_at_work

STRANGER = UUID(int=0x5EEE)


@pytest.fixture(scope="module")
def club(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[PagesAtWork, str]]:
    """The pages of a club at work, and their address."""
    club = pages_at_work(tmp_path_factory.mktemp("house"))
    everybody = Words("Alle", "Everybody")
    club.everybody.found[STRANGER] = Picked(STRANGER, "Nogen", Words("En, der er ny", "Somebody new"), everybody)
    with served(club.app) as address:
        yield club, address
    club.club.house.close()


@pytest.mark.parametrize("language", ["da", "en", "ar"])
def test_the_start_and_the_statement_are_for_everybody(
    club: tuple[PagesAtWork, str], page: Page, language: str
) -> None:
    _, address = club
    page.goto(address)
    if language != "da":
        page.locator(f"button[name=language][value={language}]").click()

    assert page.locator("html").get_attribute("lang") == language
    check(page, f"start-{language}")
    page.locator("footer a").click()
    check(page, f"accessibility-{language}")


def test_what_is_not_there_is_said_plainly(club: tuple[PagesAtWork, str], page: Page) -> None:
    _, address = club
    answer = page.goto(f"{address}/{CLUB}/nobody/{UUID(int=1)}")

    assert answer is not None and answer.status == 404
    check(page, "not-there")


def test_somebody_without_a_role_is_told_so(club: tuple[PagesAtWork, str], page: Page) -> None:
    _, address = club
    page.goto(address)
    page.get_by_role("button", name="Vær denne person Nogen").click()

    assert page.get_by_text("Du har ingen rolle her i dag.").is_visible()
    check(page, "no-role")


def test_the_start_is_walked_with_the_keyboard(club: tuple[PagesAtWork, str], page: Page) -> None:
    _, address = club
    page.goto(address)
    stops = keyboard.walk(page)

    assert stops[0] == "Gå til indholdet"
    assert stops[-1] == "Tilgængelighedserklæring"
