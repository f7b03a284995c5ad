"""A parent with a code on paper, and a midwife with a link: at every width, by keyboard, in three languages."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from adapters.web.assurance import Assurance
from tests.browser.looking import check
from tests.browser.served import let_in, served
from tests.login.site_at_work import SiteAtWork, a_provider, a_site
from tests.privacy.test_invitations import adult, link, without_access

PROVIDER = a_provider("https://mitid.example")


def logged_in(page: Page, site: SiteAtWork, address: str, subject: str) -> None:
    """As after the provider sent the browser back; who it is, nobody here knows yet."""
    login = site.kept.bindings.digest(PROVIDER.issuer, subject)
    token, _ = site.kept.sessions.open(
        site.club.clock.now(), actor=None, provider=PROVIDER.name, assurance=Assurance.SUBSTANTIAL, login=login
    )
    client = site.app.test_client()
    client.set_cookie("session", token)
    let_in(page.context, client, address)


def test_a_code_is_typed_and_a_link_opened_by_whoever_has_it(page: Page, browser: Browser, tmp_path: Path) -> None:
    site = a_site(tmp_path, "http://127.0.0.1", [PROVIDER])
    without_access(site.club)
    code, visit = adult(site.club), link(site.club)
    with served(site.app) as address:
        _types_the_code(page, site, address, code)
        with browser.new_context(locale="da-DK") as midwifes:
            _opens_the_link(midwifes.new_page(), f"{address}/briefing/{visit}")
    site.club.house.close()
    site.kept.close()


def _types_the_code(page: Page, site: SiteAtWork, address: str, code: str) -> None:
    page.goto(f"{address}/invitation")
    check(page, "invitation-logged-out")
    logged_in(page, site, address, "mette")
    page.goto(f"{address}/invitation")
    check(page, "invitation")
    for language in ("en", "ar"):
        page.locator(f"button[value={language}]").click()
        check(page, f"invitation-{language}")
    page.locator("button[value=da]").click()

    page.get_by_label("Kode").fill("7K0Q-M1XD-93TA-VW1H")
    page.keyboard.press("Enter")
    expect(page).to_have_title("Fejl: Koden fra din invitation – Tillid")
    check(page, "invitation-wrong")
    summary = page.get_by_role("alert").get_by_role("link")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Kode")).to_be_focused()
    expect(page.get_by_label("Kode")).to_have_value("7K0Q-M1XD-93TA-VW1H")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(code.lower())
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: not url.endswith("/invitation"))


def _opens_the_link(page: Page, address: str) -> None:
    page.goto(address)
    check(page, "visit")
    page.get_by_role("button", name="Vis mit besøg").click()
    page.wait_for_url(lambda url: "/briefing/" not in url)
    page.context.clear_cookies()
    page.goto(address)
    page.get_by_role("button", name="Vis mit besøg").click()
    expect(page.get_by_role("alert")).to_contain_text("Linket kan ikke åbnes")
    check(page, "visit-used")
