"""A mother reads about herself, and takes a yes back: without a mouse in Danish, on a telephone in Arabic, from the right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from adapters import wordings
from tests.browser.keyboard import reach, walk
from tests.browser.looking import HEIGHT, TELEPHONE, check, check_in_both
from tests.browser.served import let_in, served
from tests.club_at_work import CLUB, MOTHER, TOWN, VOLUNTEER
from tests.pages_at_work import PagesAtWork, pages_at_work


@dataclass(frozen=True, slots=True)
class World:
    site: PagesAtWork
    address: str

    def enter(self, context: BrowserContext, realm: str, language: str) -> str:
        """The mother is let in, in this language; the address of her pages there."""
        mother = self.site.visitor(MOTHER, realm, "family")
        mother.client.set_cookie("language", language)
        let_in(context, mother.client, self.address)
        return f"{self.address}{mother.base}"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    site = pages_at_work(tmp_path_factory.mktemp("family"))
    wordings.publish_missing(site.club.desk(), languages=["ar"])
    site.visitor(VOLUNTEER, CLUB, "volunteer").get(f"courses/{site.club.ids['course']}")
    with served(site.app) as address:
        yield World(site, address)
    site.club.house.close()


def test_without_a_mouse_she_finds_her_answers_and_takes_one_back(world: World, page: Page) -> None:
    own = world.enter(page.context, CLUB, "da")
    page.goto(f"{own}/")
    check(page, "family-start")
    assert walk(page)[0] == "Gå til indholdet"
    page.goto(f"{own}/")
    reach(page, "Mine svar")
    page.keyboard.press("Enter")
    expect(page).to_have_title("Mine svar – Min side – Tillid")
    reach(page, "Læs ordene, du blev spurgt med")
    page.keyboard.press("Enter")
    expect(page.locator("details[open] .said").first).to_be_visible()
    held = page.get_by_role("button", name="Tag mit ja tilbage").count()
    reach(page, "Tag mit ja tilbage At de frivillige tager hensyn til det, du har fortalt: Hvem I er")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Dit ja er taget tilbage")
    expect(page.get_by_role("button", name="Tag mit ja tilbage")).to_have_count(held - 1)
    check(page, "family-consents-taken-back")
    for name in ("held", "readers", "consents", "seen", "requests", "programme", "ask/access", "ask/erasure"):
        check_in_both(page, f"{own}/{name}", f"family-{name.replace('/', '-')}")


def test_on_a_telephone_in_arabic_she_asks_for_a_correction_and_everything_runs_from_the_right(
    world: World, page: Page
) -> None:
    own = world.enter(page.context, CLUB, "ar")
    page.set_viewport_size({"width": TELEPHONE, "height": HEIGHT})
    page.goto(f"{own}/ask/rectification")
    page.get_by_role("button", name="إرسال").click()
    expect(page.get_by_role("alert")).to_contain_text("يجب ملء هذا الحقل.")
    check(page, "family-ask-refused-ar")
    page.set_viewport_size({"width": TELEPHONE, "height": HEIGHT})
    page.get_by_label("ما الخطأ؟").select_option(index=2)
    page.get_by_label("ماذا ينبغي أن يُكتب؟").fill("2023-06")
    page.get_by_role("button", name="إرسال").click()
    expect(page.get_by_role("status")).to_contain_text("شكرًا لك. وصلنا طلبك.")
    check(page, "family-request-ar")
    for name in ("", "held", "readers", "consents", "seen", "requests", "programme", "ask/erasure"):
        page.goto(f"{own}/{name}")
        check(page, f"family-{name.replace('/', '-') or 'start'}-ar")
    name = page.locator("bdi").first
    assert page.evaluate("() => getComputedStyle(document.querySelector('h1')).direction") == "rtl"
    assert name.evaluate("(one) => getComputedStyle(one).unicodeBidi") == "isolate"


def test_at_the_municipality_the_same_pages_answer_for_themselves(world: World, page: Page) -> None:
    own = world.enter(page.context, TOWN, "en")
    for name in ("held", "consents", "ask/objection"):
        page.goto(f"{own}/{name}")
        check(page, f"family-town-{name.replace('/', '-') or 'start'}-en")
    page.goto(f"{own}/")
    page.get_by_role("link", name="Go to the other page").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What are you here as?")
    expect(page.get_by_role("main")).to_contain_text("Red Barnet")
